"""Mails in files: one `.eml`, an mbox, a Maildir, or a folder of any of these. Nothing is moved, changed or deleted.

The files are taken in the order of their names. The cursor says up to which name, and where in an mbox; when all were
read, it says how new the newest was, so that the next pass opens only what has come or changed since, and which of
the very newest were read already.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from commsleads.collectors.mailbox import MailboxSettings, mbox
from commsleads.collectors.mailbox.listing import Kind, Listed, kind_of, listed, open_plain, raw_of
from commsleads.collectors.mailbox.pieces import CUT, Harvest, Piece, digest, full
from commsleads.contract import Batch, Cursor, FetchError, Source, Tools

KEY = "files"
MOST_BOXES = 200
MARGIN = 2_000_000_000
"""Nanoseconds: a file may still come that is as old as the newest, when that is as fresh as this."""
MOST_FRESH = 1_000
MOST_BYTES = 300_000_000


@dataclass(slots=True, kw_only=True)
class Position:
    """How far the files have been read.

    `at` is the last name of the pass under way, '' when none is. `newest` is the change time up to which everything
    was read in earlier passes, `coming` what it will be after this one. `boxes` holds, for each mbox, where its last
    mail began and ended, and what stood in front of that end. `fresh` are files so new that they are listed again,
    with change time and size as they were read.
    """

    at: str = ""
    newest: int = 0
    coming: int = 0
    boxes: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    fresh: dict[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Mapping[str, str]) -> Position:
        """From the cursor; the beginning when it says nothing that makes sense."""
        try:
            held = json.loads(cursor[KEY])
            boxes = {str(name): (int(one[0]), int(one[1]), str(one[2])) for name, one in held["boxes"].items()}
            fresh = {str(name): (int(one[0]), int(one[1])) for name, one in held.get("fresh", {}).items()}
            return cls(
                at=str(held["at"]), newest=int(held["newest"]), coming=int(held["coming"]), boxes=boxes, fresh=fresh
            )
        except (KeyError, ValueError, TypeError, AttributeError, IndexError):
            return cls()

    def dump(self) -> Cursor:
        """As it stands in the cursor."""
        boxes = dict(list(self.boxes.items())[-MOST_BOXES:])
        fresh = dict(list(self.fresh.items())[-MOST_FRESH:])
        held = {"at": self.at, "newest": self.newest, "coming": self.coming, "boxes": boxes, "fresh": fresh}
        return {KEY: json.dumps(held, separators=(",", ":"))}


async def read(source: Source[MailboxSettings], cursor: Cursor, tools: Tools) -> Batch:
    """Read at most `tools.limit` mails. Raises `FetchError` when there is no such file or folder."""
    given = path_of(source.url)
    files = _Files(given, Position.of(cursor), source.settings.max_message)
    await asyncio.to_thread(files.look)
    harvest = Harvest(tools)
    while not files.over:
        room = tools.limit - harvest.count
        if room <= 0 or harvest.size > MOST_BYTES:
            if not await asyncio.to_thread(files.more):
                break
            harvest.note("More mails are waiting than one poll reads; the next goes on with them.")
            break
        pieces = await asyncio.to_thread(files.bite, room)
        await harvest.take(pieces)
    if files.passed_over:
        harvest.note(f"{files.passed_over} of the files are no mails and were passed over.")
    return Batch(
        signals=harvest.signals,
        unread=harvest.unread,
        cursor=files.position.dump(),
        complete=files.over,
        modified=bool(harvest.count),
        size=harvest.size,
        note=" ".join(harvest.notes),
    )


def path_of(url: str) -> str:
    """The path, from a path or from `file:///...`."""
    return unquote(urlsplit(url).path) if url.startswith("file://") else url


class _Files:
    """A pass over the files. `position` is where it stands after the last bite; `over` says that all were read."""

    def __init__(self, given: str, position: Position, most: int) -> None:
        self.over = False
        self.passed_over = 0
        self.position = position
        self._given = given
        self._most = most
        self._pieces: Iterator[Piece] = iter(())

    def look(self) -> None:
        """See what is there."""
        started = time.time_ns()
        try:
            found = listed(Path(self._given))
        except OSError as error:
            why = error.strerror or str(error)
            raise FetchError(f"{self._given} cannot be read: {why}. Check the path.", quarters=4) from None
        place = self.position
        if not place.at:
            newest = max((one.changed for one in found), default=0)
            place.coming = max(place.newest, min(newest, started - MARGIN))
        new = [one for one in found if one.changed > place.newest and one.name > place.at]
        self._pieces = self._walk([one for one in new if place.fresh.get(one.name) != (one.changed, one.size)])

    def bite(self, room: int) -> list[Piece]:
        """The next mails, as many as are read at once."""
        found: list[Piece] = []
        while len(found) < room and not full(found):
            piece = next(self._pieces, None)
            if piece is None:
                self._finish()
                break
            found.append(piece)
        return found

    def more(self) -> bool:
        """Whether anything comes after the last bite. Nothing can be read afterwards."""
        here = self.position.dump()
        if next(self._pieces, None) is None:
            self._finish()
            return False
        self.position = Position.of(here)
        return True

    def _finish(self) -> None:
        self.over = True
        place = self.position
        place.at, place.newest = "", place.coming
        place.fresh = {name: one for name, one in place.fresh.items() if one[0] > place.newest}

    def _walk(self, found: list[Listed]) -> Iterator[Piece]:
        """The mails of these files. The position is moved before a mail is given, and kept after it was read."""
        for one in found:
            shown = self._given if one.only else f"{self._given.rstrip('/')}/{one.name}"
            try:
                kind = kind_of(one)
                if kind is Kind.OTHER:
                    self.passed_over += 1
                elif kind is Kind.BOX:
                    with open_plain(one.path) as file:
                        yield from self._box(file, one, shown)
                else:
                    raw, size = raw_of(one, most=self._most, cut=CUT)
                    self.position.at = one.name
                    if one.changed > self.position.coming:
                        self.position.fresh[one.name] = (one.changed, one.size)
                    yield Piece(raw, size, f"file:{shown}", {"file": shown}, "" if raw else "The file is empty.")
            except FileNotFoundError:  # a mail program moved it while we looked
                pass
            except (OSError, EOFError, ValueError) as error:
                self.position.at = one.name
                why = getattr(error, "strerror", None) or str(error) or type(error).__name__
                yield Piece(b"", one.size, f"file:{shown}", {"file": shown}, f"The file cannot be read: {why}.")
            self.position.at = one.name

    def _box(self, file: BinaryIO, one: Listed, shown: str) -> Iterator[Piece]:
        boxes = self.position.boxes
        start = _resumed(file, boxes.get(one.name))
        for mail in mbox.mails(file, start=start, most=self._most, cut=CUT):
            boxes.pop(one.name, None)  # the newest stand last
            here = file.tell()
            boxes[one.name] = (mail.start, mail.end, digest(mbox.tail(file, mail.end)))
            file.seek(here)
            extra = {"file": shown, "offset": str(mail.start)}
            yield Piece(mail.raw, mail.size, f"file:{shown}:{mail.start}", extra, "" if mail.raw else "It is empty.")


def _resumed(file: BinaryIO, known: tuple[int, int, str] | None) -> int:
    """Where to go on in an mbox: at the end of what was read, if that is still what it was."""
    if known is None:
        return 0
    start, end, before = known
    if digest(mbox.tail(file, end)) != before:
        return 0  # a mail program has tidied it up; who is known will be known
    file.seek(end)
    coming = file.read(8).lstrip(b"\r\n")
    # Otherwise the last mail was still being written when it was read.
    return end if not coming or coming.startswith(b"From"[: len(coming)]) else start
