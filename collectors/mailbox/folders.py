"""How far each folder has been read: the cursor, folder by folder.

A UID means something only under its UIDVALIDITY. When that changes, or at the first poll, the folder is read again
from some days back; who was known stays known, since mails are told apart by their Message-ID.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

PREFIX = "folder:"
MOST_LEFT = 500
MARGIN = timedelta(days=2)
"""Servers search by days of their own zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`last` is the highest UID that was read. Up to `until` only mails that arrived since `since` count.

    Up to `marked` the flags were set; `left` are those that could not be read and stay unmarked. `at` is the day on
    which everything there was had been read.
    """

    validity: int
    last: int = 0
    until: int = 0
    since: str = ""
    marked: int = 0
    left: tuple[int, ...] = ()
    at: str = ""

    def lost(self, uid: int) -> Place:
        """The same, with one more that could not be read."""
        return replace(self, left=(*self.left, uid)[-MOST_LEFT:])

    def day(self) -> date | None:
        """`since` as a day."""
        return _day(self.since)


def load(cursor: Mapping[str, str], name: str) -> Place | None:
    """The place in a folder, None when it was never read (or somebody wrote nonsense into the cursor)."""
    try:
        held = json.loads(cursor[PREFIX + name])
        numbers = {key: int(held.get(key, 0)) for key in ("validity", "last", "until", "marked")}
        left = tuple(map(int, held.get("left", ())))
        return Place(**numbers, since=str(held.get("since", "")), left=left, at=str(held.get("at", "")))
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def dump(place: Place) -> str:
    """A place as it stands in the cursor."""
    held = {name: getattr(place, name) for name in Place.__slots__}
    return json.dumps({name: value for name, value in held.items() if value}, separators=(",", ":"))


def begin(validity: int, highest: int, before: Place | None, now: datetime, days: int) -> Place:
    """Where to begin in a folder that is new or has been renumbered: `days` back, or where it was left, if earlier."""
    since = now.date() - timedelta(days=days)
    left_off = _day(before.at) if before else None
    if left_off is not None:
        since = min(since, left_off - MARGIN)
    return Place(validity=validity, until=highest, since=since.isoformat())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
