"""Mails that a person hands over as files: the mailbox collector reads them, and they come in like all others.

While one bite is read by the rules, the next is made into letters in the child process, so that both of two processors
have work. What stands in memory is two bites, however many mails there are.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from commsleads.apart import Apart
from commsleads.app import App
from commsleads.contract import Batch, CollectError, Collector, Cursor, Source
from commsleads.fetch import Fetcher
from commsleads.intake.letters import Post
from commsleads.store import letters as rows
from commsleads.store import readings, requests
from commsleads.store import sources as timetable
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.signals import chunks, holes
from commsleads.tools import SourceTools, manners

SOURCE = "mail-import"
COLLECTOR = "mailbox"
BITE = 250
"""Mails that are read, settled and told at once."""
Entry = dict[str, Any]
Ask = Callable[[Cursor], Coroutine[Any, Any, Batch]]


class Imported:
    """What an import came to."""

    def __init__(self) -> None:
        self.mails = self.new = self.unread = self.enquiries = 0
        self.classes: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.failed = 0


def import_mails(app: App, paths: Sequence[Path], tell: Callable[[Sequence[Entry]], None]) -> Imported:
    """Read all mails below these paths. `tell` is given what became of them, bite by bite.

    A mail that was known is told as it was read then. A path that cannot be read is told with its `error`.
    """
    with app.engine.session() as session, session.atomic():
        timetable.by_hand(
            session,
            SOURCE,
            kind=COLLECTOR,
            name="Imported mails",
            why="Mails are imported with: commsleads mail import",
        )
    # One thread to read files and one to read mails: each further thread has an arena of memory of its own, which grows
    # to a bite and stays.
    with asyncio.Runner() as runner, ThreadPoolExecutor(1) as rules:
        runner.get_loop().set_default_executor(ThreadPoolExecutor(1))
        return runner.run(_import(app, paths, tell, rules))


async def _import(
    app: App, paths: Sequence[Path], tell: Callable[[Sequence[Entry]], None], rules: Executor
) -> Imported:
    collector = app.plugins.collector(COLLECTOR)
    total = Imported()
    apart = Apart()
    try:
        async with Fetcher(manners(app)) as fetcher:
            for path in paths:
                tools = SourceTools(app, fetcher, apart, app.now())
                tools.limit = BITE
                source = Source(
                    id=SOURCE,
                    kind=COLLECTOR,
                    url=path.absolute().as_uri(),
                    every=timedelta(days=1),
                    settings=collector.Settings(),
                )
                try:
                    await _path(app, partial(_ask, collector, source, tools), total, tell, rules)
                except CollectError as error:
                    total.failed += 1
                    tell([_blank(str(path), str(error))])
    finally:
        await apart.close()
    return total


async def _ask(collector: Collector[Any], source: Source[Any], tools: SourceTools, cursor: Cursor) -> Batch:
    return await collector.collect(source, cursor, tools)


async def _path(
    app: App, collect: Ask, total: Imported, tell: Callable[[Sequence[Entry]], None], rules: Executor
) -> None:
    coming = asyncio.ensure_future(collect({}))
    try:
        while True:
            batch = await coming
            total.notes.update(_counted(batch.note))
            if not batch.complete:
                coming = asyncio.ensure_future(collect(batch.cursor))
            tell(await asyncio.get_running_loop().run_in_executor(rules, _take, app, batch, total))
            if batch.complete or not (batch.signals or batch.unread):
                return
    finally:
        if not coming.done():
            coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


def _counted(note: str) -> dict[str, int]:
    """The sentences of a note that begin with a number, so that those of all bites can be added up.

    The others speak of one poll, and that more is waiting is no news to a person who imports all of it.
    """
    found = re.findall(r"(?:^|(?<=\. ))(\d+) ([^.\d][^.]*\.)", note)
    return {rest: int(number) for number, rest in found}


def _take(app: App, batch: Batch, total: Imported) -> list[Entry]:
    """Keep and read one bite; what became of each mail, in their order."""
    now = app.now()
    with app.engine.session() as session:
        with session.atomic():
            (kept,) = app.letters.keep(session, [Post(SOURCE, batch.signals, batch.unread)], now, live=False)
        total.enquiries += app.letters.take_in(session, now).enquiries
        files = [signal.extra.get("file", "") for signal in batch.signals if signal.letter]
        entries = told(session, kept.ids, files)
    total.mails += len(entries)
    total.new += kept.new
    total.unread += kept.unread
    total.classes.update(entry["class"] or "" for entry in entries)
    for one in batch.unread:
        entries.append(_blank(one.external_id.removeprefix("file:"), one.why))
    return entries


def told(session: Session, ids: Sequence[str], files: Sequence[str]) -> list[Entry]:
    """What became of these mails, in the shape of `mail import --json`."""
    mails = rows.several(session, ids)
    found = readings.of(session, ids)
    asked = [name for row in found.values() for name in json.loads(row["found"]).get("requests", ())]
    held = requests.by_id(session, asked)
    enquiries = _enquiries(session, ids)
    failed = {row["id"]: row["error"] for row in rows.stuck(session)} if len(found) < len(set(ids)) else {}
    entries = []
    for ident, file in zip(ids, files, strict=True):
        mail, error = mails[ident], failed.get(ident, "")
        entry = _blank(file or mail["place"], error)
        entry |= {"id": ident, "message_id": mail["message_id"] or None, "enquiry": enquiries.get(ident)}
        if ident in found:
            entry |= _read(found[ident], held)
        elif not error:
            entry["error"] = "It waits to be read."
        entries.append(entry)
    return entries


def _read(row: Row, held: Mapping[str, Row]) -> Entry:
    """What a mail was read as."""
    said = readings.reading_of(row)
    deadline = said.deadline
    asked = json.loads(row["found"]).get("requests", ())
    words = ("journalist", "email", "phone", "outlet", "topic", "request_type", "language")
    return {
        "class": said.kind.value,
        "confidence": said.permille / 1000,
        "reasons": list(said.reasons),
        "doubts": list(said.doubts),
        "urgent": said.urgent,
        "forwarded": said.forwarded,
        "questions": list(said.questions),
        "deadline_at": stamp(deadline.at) if deadline else None,
        "deadline_text": deadline.words if deadline else None,
        "deadline_day": deadline.day.isoformat() if deadline and deadline.day else None,
        "requests": [shown(held[name]) for name in asked if name in held],
        **{name: getattr(said, name) or None for name in words},
    }


def shown(row: Row) -> Entry:
    """A journalist's request as programs read it: what is not there is null."""
    return {name: value if value != "" else None for name, value in row.items() if name != "matches"}


def _enquiries(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The references of the enquiries that these mails belong to."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        found.update(
            session.tuples(
                "SELECT l.letter_id, e.reference FROM enquiry_letters l JOIN enquiries e ON e.id = l.enquiry_id "
                f"WHERE l.letter_id IN ({holes(part)}) ORDER BY e.reference DESC",
                part,
            )
        )
    return found


def _blank(file: str, error: str) -> Entry:
    """The entry of what could not be read. A name that is no Unicode is written with backslashes, as JSON needs it."""
    file, error = (text.encode("utf-8", "backslashreplace").decode() for text in (file, error))
    entry: Entry = {"file": file, "message_id": None, "class": None, "confidence": None, "reasons": []}
    entry |= dict.fromkeys(
        ("journalist", "email", "outlet", "topic", "request_type", "deadline_at", "deadline_text", "language")
    )
    entry |= {"urgent": False, "enquiry": None, "requests": []}
    if error:
        entry["error"] = error
    return entry
