"""A date taken apart word by word: any order of its parts, months in many tongues, names of zones.

For the few dates that `dates.exact` does not know. It reads what stands there and checks no year; what it cannot
read for sure raises ValueError.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from commsleads.collectors.feeds.calendar_words import (
    AFTERNOON,
    FORENOON,
    KOREAN,
    ZONE_MINUTES,
    ZONE_REGIONS,
    month_of,
)

KOREA = timezone(timedelta(hours=9))
"""Feeds that write 오전 and 오후 come from the one country of that tongue with feeds, and give no zone."""

NO_ZONE = "no zone given, read as UTC"
NO_TIME = "no time given, read as midnight UTC"


class DateRead(NamedTuple):
    """What was read: the time in UTC or None, and a word on any assumption made."""

    at: datetime | None
    note: str = ""


_PIECES = re.compile(
    r"(?P<clock>\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)"
    r"|(?P<offset>(?:GMT|UTC|UT)?[+\-−]\d{1,2}:?\d{2}(?![\d\-/.])|(?:GMT|UTC)[+\-−]\d{1,2}\b)"
    r"|(?P<region>[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:[/+\-][A-Za-z_\d]+)?)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:\.[^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w])"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?$")
_SHORT_ISO = re.compile(r"-?(\d{2})-?(\d{2})-?(\d{2})?$")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:(?=[T\s])|$)")
_OFFSET = re.compile(r"[A-Z]*([+\-−])(\d{1,2}):?(\d{2})?$")


class _Parts:
    """What has been found so far in one date."""

    def __init__(self) -> None:
        self.year = self.month = self.day = -1
        self.clock = ""
        self.afternoon: bool | None = None
        self.korean = False
        self.zone: timezone | str | None = None
        self.note = ""
        self.numbers: list[str] = []
        self.marks: set[str] = set()


def tolerant(text: str) -> DateRead:
    """Take a date apart. Raises ValueError for what is not a date."""
    short = _compact(text)
    if short is not None:
        return short
    parts = _Parts()
    iso = _ISO_DATE.match(text)
    if iso:
        parts.year, parts.month, parts.day = int(iso[1]), int(iso[2]), int(iso[3] or 1)
        text = text[iso.end() :]
        if text[:1] == "T" and not text[1:2].isdigit():
            return DateRead(None)
    for found in _PIECES.finditer(text):
        kind = found.lastgroup
        _PUT[kind or "mark"](parts, found[0])
    _place_numbers(parts)
    return _assemble(parts)


def _compact(text: str) -> DateRead | None:
    """Read what has no separators (`20031231`, `031231`) and the shortened years of ISO 8601 (`-03-12`)."""
    found = _COMPACT.fullmatch(text)
    if found:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
        if found[4] is None:
            return DateRead(day, NO_TIME)
        at = day.replace(hour=int(found[4]), minute=int(found[5]), second=int(found[6] or 0))
        return DateRead(at, "" if found[7] else NO_ZONE)
    found = _SHORT_ISO.fullmatch(text)
    if found:
        return DateRead(datetime(2000 + int(found[1]), int(found[2]), int(found[3] or 1), tzinfo=UTC), NO_TIME)
    return DateRead(None) if text.isdigit() else None


def _put_clock(parts: _Parts, piece: str) -> None:
    if parts.clock:
        raise ValueError("two times of day")
    parts.clock = piece.replace("h", ":").replace(",", ".")


def _put_offset(parts: _Parts, piece: str) -> None:
    if not parts.clock:  # the year of "05-May-2025" looks like an offset; before the time of day there is none
        parts.numbers.append(piece.lstrip("+-−"))
        return
    found = _OFFSET.fullmatch(piece)
    if found is None or parts.zone is not None:
        raise ValueError("two zones")
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError("no such offset")
    ahead = timedelta(hours=hours, minutes=minutes)
    parts.zone = timezone(ahead if found[1] == "+" else -ahead)


def _put_region(parts: _Parts, piece: str) -> None:
    parts.zone = piece


def _put_number(parts: _Parts, piece: str) -> None:
    parts.numbers.append(piece)


def _put_word(parts: _Parts, piece: str) -> None:
    word = piece.casefold()
    month = month_of(word)
    if month is not None and not parts.clock and parts.day < 0:
        parts.month = month  # the last one wins: "mar. 15 sept." begins with a Tuesday
    elif word in FORENOON or word in AFTERNOON:
        parts.afternoon = word in AFTERNOON
        parts.korean = word in KOREAN
    elif parts.zone is not None:
        if word not in ZONE_MINUTES and "(" not in parts.marks:
            raise ValueError("a word after the zone")
    elif parts.clock and word not in {"t", "uhr", "h", "u"}:
        _name_zone(parts, word)


def _name_zone(parts: _Parts, word: str) -> None:
    if word in ZONE_REGIONS:
        parts.zone = ZONE_REGIONS[word]
    elif word in ZONE_MINUTES:
        parts.zone = timezone(timedelta(minutes=ZONE_MINUTES[word]))
    elif len(word) <= 5 and word.isascii():
        parts.note = f"zone {word.upper()!r} is not known, read as UTC"
    else:
        raise ValueError("a word that belongs to no date")


def _put_mark(parts: _Parts, piece: str) -> None:
    parts.marks.add(piece)


_PUT = {
    "clock": _put_clock,
    "offset": _put_offset,
    "region": _put_region,
    "number": _put_number,
    "word": _put_word,
    "mark": _put_mark,
}


def _place_numbers(parts: _Parts) -> None:
    """Decide which bare number is the day, the month and the year."""
    numbers = parts.numbers
    if parts.year >= 0:
        if numbers:
            raise ValueError("a number too many")
    elif parts.month >= 0 and len(numbers) == 2:
        first, second = numbers
        if len(first) == 4:
            parts.year, parts.day = int(first), int(second)
        else:
            parts.day, parts.year = int(first), _full_year(second)
    elif parts.month < 0 and len(numbers) == 3:
        _place_three(parts, numbers)
    else:
        raise ValueError("not a day, a month and a year")


def _place_three(parts: _Parts, numbers: list[str]) -> None:
    first, second, third = numbers
    if len(first) == 4:
        parts.year, parts.month, parts.day = int(first), int(second), int(third)
        return
    a, b = int(first), int(second)
    parts.year = _full_year(third)
    if "." in parts.marks or a > 12 or a == b:
        parts.day, parts.month = a, b
    elif b > 12:
        parts.month, parts.day = a, b
    else:
        raise ValueError("day and month could be either way round")


def _full_year(digits: str) -> int:
    """RFC 2822, section 4.3: two digits below 50 are of this century, three count from 1900."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    if len(digits) == 3:
        return year + 1900
    if len(digits) != 4:
        raise ValueError("not a year")
    return year


def _assemble(parts: _Parts) -> DateRead:
    day = datetime(parts.year, parts.month, parts.day, tzinfo=UTC)
    if not parts.clock:
        return DateRead(day, NO_TIME)
    hour, minute, *rest = parts.clock.split(":")
    seconds = float(rest[0]) if rest else 0.0
    hours = int(hour)
    if parts.afternoon is not None and hours <= 12:
        hours = hours % 12 + (12 if parts.afternoon else 0)
    if hours > 24 or int(minute) > 59 or seconds >= 61 or (hours == 24 and (int(minute) or seconds)):
        raise ValueError("no such time of day")
    clock = timedelta(hours=hours, minutes=int(minute), seconds=seconds if seconds < 60 else 59)
    local = (day + clock).replace(tzinfo=None)
    zone = parts.zone
    if zone is None and parts.korean:
        return DateRead(local.replace(tzinfo=KOREA).astimezone(UTC), "no zone given, read as Korean time")
    if zone is None:
        return DateRead(local.replace(tzinfo=UTC), parts.note or NO_ZONE)
    if isinstance(zone, str):
        return _in_region(local, zone)
    return DateRead(local.replace(tzinfo=zone).astimezone(UTC), parts.note)


def _in_region(local: datetime, name: str) -> DateRead:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return DateRead(local.replace(tzinfo=ZoneInfo(name)).astimezone(UTC))
    except (ZoneInfoNotFoundError, OSError):
        return DateRead(local.replace(tzinfo=UTC), f"zone {name!r} is not known, read as UTC")
