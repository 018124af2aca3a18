"""From the spool of the web process into the database: every line once, whatever is killed and however many do it.

How far a file has been read stands in the database and moves in the transaction that keeps what was read. The id of a
hit is made of its file and place, so even a line that is read twice is one hit.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads import spool
from commsleads.responses import Hit
from commsleads.spool import Orphan
from commsleads.store import meta
from commsleads.store.campaigns import hits, orphans, spools
from commsleads.store.engine import EPOCH, Session

log = logging.getLogger(__name__)

BITE = 512 << 10
"""Bytes read in one transaction: some thousand clicks."""
KEPT = timedelta(hours=1)
"""How long a file that was read to its end is kept: until then the database is on the disk for certain."""
TORN = "clicks_torn"
"""The name in `meta` of how many lines were torn."""
TORN_FILE = "torn.lines"
TORN_KEPT = 1 << 20


class Drained(NamedTuple):
    """What one pass brought: new hits, requests that led nowhere, torn lines."""

    hits: int = 0
    orphans: int = 0
    torn: int = 0


class Unread(NamedTuple):
    """What waits in the spool: how many bytes, and when the oldest of it arrived (0 when nothing waits)."""

    bytes: int = 0
    since: int = 0


def never() -> bool:
    """Go on to the end."""
    return False


def drain(
    session: Session, folder: Path, now: datetime, zone: ZoneInfo, stopping: Callable[[], bool] = never
) -> Drained:
    """Read all that is new in the spool; files that are finished and read are deleted after a while.

    A file that cannot be read keeps none of the others waiting. Raises its `OSError` when these are done.
    """
    total = Drained()
    names = set()
    unreadable: OSError | None = None
    for file in spool.files(folder):
        names.add(file.name)
        end = spool.finished(file)
        try:
            while not stopping():
                with session.atomic():
                    came, moved = _bite(session, file, now, zone, end=end)
                total = Drained(*map(sum, zip(total, came, strict=True)))
                if not moved:
                    if end:
                        _delete(session, file, now)
                    break
        except FileNotFoundError:  # another one was done with it
            continue
        except OSError as error:
            unreadable = unreadable or error
    if gone := [name for name in spools.read(session) if name not in names and not (folder / name).exists()]:
        with session.atomic():
            spools.forget(session, gone)
    if total.torn:
        log.warning("%d lines of clicks were torn and are set aside in %s", total.torn, folder / TORN_FILE)
    if unreadable:
        raise unreadable
    return total


def _bite(session: Session, file: Path, now: datetime, zone: ZoneInfo, *, end: bool) -> tuple[Drained, bool]:
    """Read a piece of a file, inside the caller's transaction; what it brought and whether it was anything."""
    start = spools.upto(session, file.name)
    came: list[Hit] = []
    nowhere: dict[tuple[str, str, str], tuple[int, int]] = {}
    torn: list[bytes] = []
    place = start
    for line in spool.lines(file, start, end=end, most=BITE, front=front_of(file.name)):
        place = line.offset
        if isinstance(line.what, Orphan):
            slug, why, arrival, n = line.what
            at = (day_of(arrival, zone), slug, why)
            before = nowhere.get(at, (0, 0))
            nowhere[at] = (before[0] + n, max(before[1], arrival))
        elif line.what:
            came.append(line.what)
        elif line.torn:
            torn.append(line.torn)
    if place == start:
        return Drained(), False
    new = hits.insert(session, came) if came else 0
    for (day, slug, why), (n, arrival) in nowhere.items():
        orphans.add(session, day, slug, why, n=n, at=moment_of(arrival))
    if torn:
        meta.put(session, TORN, str(int(meta.get(session, TORN) or 0) + len(torn)))
        _set_aside(file.parent / TORN_FILE, torn)
    spools.put(session, file.name, place, now)
    return Drained(new, sum(n for n, _ in nowhere.values()), len(torn)), True


def any_unread(session: Session, folder: Path) -> bool:
    """Whether there is anything to do in the spool: something to read or a file to delete."""
    found = spool.files(folder)
    if not found:
        return False
    read = spools.read(session)
    for file in found:
        with contextlib.suppress(OSError):
            if file.name not in read or file.stat().st_size > read[file.name].upto or spool.finished(file):
                return True
    return False


def unread(session: Session, folder: Path) -> Unread:
    """What waits in the spool."""
    waiting, oldest = 0, 0
    read = spools.read(session)
    for file in spool.files(folder):
        start = read[file.name].upto if file.name in read else 0
        with contextlib.suppress(OSError):
            if (more := file.stat().st_size - start) > 0:
                waiting += more
                first = next((one.what for one in spool.lines(file, start, end=False, most=64 << 10) if one.what), None)
                if first and (not oldest or first.arrival < oldest):
                    oldest = first.arrival
    return Unread(waiting, oldest)


def front_of(name: str) -> str:
    """What the ids of all hits of a file begin with."""
    return blake2b(name.encode(), digest_size=6).hexdigest()


def moment_of(arrival: int) -> datetime:
    """An arrival as a moment; one that no calendar has is the beginning of all."""
    try:
        return EPOCH + timedelta(microseconds=arrival)
    except OverflowError:
        return EPOCH


def day_of(arrival: int, zone: ZoneInfo) -> str:
    """The day of the organisation on which something arrived."""
    return moment_of(arrival).astimezone(zone).date().isoformat()


def _delete(session: Session, file: Path, now: datetime) -> None:
    """Delete a file that is finished and was read to its end long enough ago."""
    read = spools.read(session).get(file.name)
    at = read.at if read else datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if not timedelta(0) <= now - at < KEPT:
        file.unlink(missing_ok=True)


def _set_aside(file: Path, torn: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        if not file.exists() or file.stat().st_size < TORN_KEPT:
            with file.open("ab") as opened:
                opened.writelines(line[:1_000] + b"\n" for line in torn)
