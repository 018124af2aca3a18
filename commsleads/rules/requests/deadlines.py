"""The deadlines of request services: a small fixed grammar, mostly without a year and with a loose zone.

`7:00 PM ET - 9 March`, `6:00 PM PACIFIC - August 22`, `2025-12-17 12:00 pm Eastern Standard Time`, `29 July`,
`5pm today`. What does not fit is not read: that an enquiry has no deadline can be seen, a wrong one cannot.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.letters import Deadline

LONGEST = 200
"""Characters of a deadline that are looked at."""

PASSED = timedelta(days=2)
"""A time without a year that passed less long ago than this has passed; it is not next year's."""

LATE, FAR = timedelta(days=31), timedelta(days=400)
"""A written year that makes the deadline earlier or later than this is doubted."""

_ZONES = {
    "America/New_York": "et|est|edt|e\\.t\\.|eastern|new york",
    "America/Chicago": "ct|cst|cdt|central|chicago",
    "America/Denver": "mt|mst|mdt|mountain",
    "America/Los_Angeles": "pt|pst|pdt|pacific|los angeles",
    "Europe/London": "gmt|bst|uk|british|london",
    "Europe/Berlin": "cet|cest|met|mez|mesz|central european|berlin",
    "Australia/Sydney": "aest|aedt|aet|sydney|melbourne|australian eastern",
    "Australia/Perth": "awst|perth|australian western",
    "Australia/Adelaide": "acst|acdt|adelaide|australian central",
    "Pacific/Auckland": "nzt|nzst|nzdt|new zealand|auckland",
    "UTC": "utc|zulu",
}  # fmt: skip
_NAMED = {name: zone for zone, names in _ZONES.items() for name in names.replace("\\", "").split("|")}
_ZONE = re.compile(
    rf"(?<![\w+-])({'|'.join(sorted('|'.join(_ZONES.values()).split('|'), key=len, reverse=True))})"
    r"(?:[ -](?:standard|daylight|summer))?(?:[ -]time)?(?!\w)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b(?!\s?[A-Z])", re.IGNORECASE)
_OTHER_ZONE = re.compile(r"^\s{0,3}\(?([A-Z]{2,5})\b")

_CLOCK = re.compile(
    r"(?<![\d:/.-])(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s{0,3}([ap])\.?\s?m\b\.?"
    r"|(?<![\d:/.-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|\b(noon|midday|midnight)\b",
    re.IGNORECASE,
)
_NO_CLOCK = re.compile(r"\d:\d")
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_FULL = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_YEAR = r"(?:,?\s{1,3}(\d{4})\b)?"
_ISO = re.compile(r"(?<!\d)([12]\d{3})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:])(\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}(?:of )?({_FULL})\b\.?{_YEAR}", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b({_FULL})\b\.?[\s-]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){_YEAR}", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/])")
_NO_ZONE = re.compile(rf"{_FULL}|on|by|at|to|or|and|the|today|local|time|sharp", re.IGNORECASE)
_NEAR = re.compile(r"\b(today|tonight|this evening|tomorrow)\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:(?<=tue)s|(?<=wed)nes|(?<=thu)rs?|(?<=sat)ur)?(?:day)?\b", re.IGNORECASE
)


CLOSE = time(17)
"""What stands for the time where only a day is given, as everywhere in the program."""


class _Day(NamedTuple):
    """A day as written: `year` is 0 where none is."""

    year: int
    month: int
    day: int
    sure: bool = True


def read_deadline(words: str, *, after: datetime, zone: ZoneInfo) -> Deadline | None:
    """The deadline that these words name for a mail sent at `after` (UTC); None when they name none for sure.

    A day without a year is the next such day. One without a time has `day` set and is read as
    the close of work, 17:00: who answers by then is in time whatever was meant. `zone` counts where
    the words name none; names such as EST mean the region with its real offset, also in summer. `sure` is False where
    the words contradict themselves or can be read in another way.
    """
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(words[:LONGEST].split()))
    clock, rest = _clock(text)
    if clock is None:
        return None
    at, after_clock = clock
    place, known = _place(rest, after_clock, zone)
    days = _days(_ZONE.sub(" ", rest), day_first=not str(zone).startswith("America/"))
    try:
        local = after.astimezone(place)
        chosen = _chosen(rest, days, at if known else None, local)
    except (OverflowError, ValueError):
        return None
    if chosen is None:
        return None
    moment, sure = chosen
    by_day = at is None or not known
    why = _why(moment, local, by_day, written=bool(days and days[0].year), sure=sure)
    return Deadline(moment.astimezone(UTC), words.strip(), moment.date() if by_day else None, sure and known, why)


def _clock(text: str) -> tuple[tuple[time | None, str] | None, str]:
    """The time of day with what follows it, and the words without it. The first is None when the time is impossible.

    Midnight is no time of a day here: it is the end of the day for most who write it, and so the day is taken.
    """
    match = _CLOCK.search(text)
    if match is None:
        return None if _NO_CLOCK.search(text) else (None, ""), text
    rest = f"{text[: match.start()]} ; {text[match.end() :]}"
    tail = text[match.end() :]
    if match[6]:
        return (None if match[6].lower() == "midnight" else time(12), tail), rest
    hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if match[3]:
        afternoon = match[3].lower() == "p"
        if hour > 23 or (hour > 12 and not afternoon):
            return None, rest
        hour = hour if hour > 12 else hour % 12 + (12 if afternoon else 0)
    if minute > 59:
        return None, rest
    return (time(hour, minute), tail), rest


def _place(rest: str, tail: str, zone: ZoneInfo) -> tuple[tzinfo, bool]:
    """The zone that is named, else `zone`; False when one is named that is not known."""
    offset = _OFFSET.search(rest)
    if offset and int(offset[2]) <= 14:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)), True
    named = _ZONE.search(rest)
    if named:
        return ZoneInfo(_NAMED[named[1].lower()]), True
    other = _OTHER_ZONE.match(tail)
    return zone, other is None or bool(_NO_ZONE.fullmatch(other[1]) or _WEEKDAY.fullmatch(other[1]))


def _days(text: str, *, day_first: bool) -> list[_Day]:
    """The days that are written, at most two."""
    found = [_Day(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text)]
    text = _ISO.sub(" ; ", text)
    for match in _DAY_MONTH.finditer(text):
        found.append(_Day(int(match[3] or 0), _MONTHS[match[2][:3].lower()], int(match[1])))  # noqa: PERF401
    text = _DAY_MONTH.sub(" ; ", text)
    for match in _MONTH_DAY.finditer(text):
        found.append(_Day(int(match[3] or 0), _MONTHS[match[1][:3].lower()], int(match[2])))  # noqa: PERF401
    for match in _NUMERIC.finditer(_MONTH_DAY.sub(" ; ", text)):
        one, two, year = int(match[1]), int(match[3]), int(match[4] or 0)
        year += 2000 if 0 < year < 100 else 0
        if one > 12 or two > 12 or one == two or match[2] == ".":
            day, month = (two, one) if two > 12 else (one, two)
            found.append(_Day(year, month, day))
        else:
            found.append(_Day(year, *((two, one) if day_first else (one, two)), sure=False))
    return found[:2]


def _chosen(rest: str, days: list[_Day], at: time | None, local: datetime) -> tuple[datetime, bool] | None:
    """The instant that is meant, and whether it is sure."""
    weekday = _WEEKDAY.search(rest)
    number = _WEEKDAYS.index(weekday[1].lower()) if weekday else None
    if days:
        moment = _dated(days[0], at, local)
        if moment is None:
            return None
        sure = days[0].sure and days[0] == days[-1] and number in (None, moment.weekday())
        if days[0].year:
            return moment, sure and local - LATE < moment < local + FAR
        return moment, sure and moment >= local
    near = _NEAR.search(rest)
    if near:
        day = local.date() + timedelta(days=1 if near[1].lower() == "tomorrow" else 0)
        return _moment(day, at, local), number in (None, day.weekday())
    if number is not None:
        ahead = (number - local.weekday()) % 7
        moment = _moment(local.date() + timedelta(days=ahead), at, local)
        if at is not None and moment < local:
            moment = _moment(local.date() + timedelta(days=7), at, local)
        return moment, ahead != 0
    return None


def _dated(day: _Day, at: time | None, local: datetime) -> datetime | None:
    if day.year:
        return _moment(date(day.year, day.month, day.day), at, local)
    # Eight years ahead there is a 29 February even around 2100.
    for year in range(local.year - 1, local.year + 9):
        try:
            moment = _moment(date(year, day.month, day.day), at, local)
        except ValueError:
            continue
        if moment > local - PASSED:
            return moment
    return None


def _moment(day: date, at: time | None, local: datetime) -> datetime:
    return datetime.combine(day, at or CLOSE, tzinfo=local.tzinfo)


def _why(moment: datetime, local: datetime, by_day: bool, *, written: bool, sure: bool) -> str:
    """How the words were read, in one sentence."""
    day = f"{moment.day} {moment:%B} {moment.year}"
    what = f"the close of work on {day}" if by_day else f"{moment:%H:%M} on {day}"
    year = "with the year as written" if written else f"counted from the mail of {local.day} {local:%B} {local.year}"
    doubt = "" if sure else "; it has passed, or the words allow another reading"
    return f"Read as {what}, {moment.tzinfo} time, {year}{doubt}."
