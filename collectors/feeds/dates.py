"""Dates as feeds write them, read into UTC or not at all.

Two readers. `exact` knows the two spellings that nearly every feed uses and costs half a microsecond.
`tolerant` takes a date apart word by word: any order of its parts, names of months in many tongues, names of
zones. Neither ever makes up a date: a day that does not exist, a bare number, a year outside
`EARLIEST … now + 10 years`, and a day and month that could be either way round all give None.
The only assumption made is UTC where no zone is written, and then the note says so.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from commsleads.collectors.feeds.dates_tolerant import DateRead, tolerant

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed is older than the web; earlier years are zeroed clocks and mistakes."""

FUTURE = timedelta(days=3653)
"""Further ahead than this, a date is a mistake. Nearer ones are kept as read: the core clamps them."""

LONGEST = 120
"""Characters; a longer text is not a date and is not looked at (it may be an attack)."""

_MONTH_DIGITS = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip


_GREENWICH = frozenset((" GMT", " +0000", " UTC", " Z", " UT"))


def exact(text: str) -> datetime | None:
    """Read `Tue, 15 Sep 2026 02:02:31 GMT` (or an offset) and RFC 3339; None for the rest. Does not check the year."""
    try:
        if text[3:5] == ", ":
            zone = text[25:]
            if zone in _GREENWICH:
                zone = "+00:00"
            elif len(zone) == 6 and zone[:2] in {" +", " -"}:
                zone = zone[1:]
            else:
                return None
            when = datetime.fromisoformat(f"{text[12:16]}-{_MONTH_DIGITS[text[8:11]]}-{text[5:7]}T{text[17:25]}{zone}")
        elif text[10:11] == "T" and text[13:14] == ":" and text[19:20] in {"Z", "+", "-", "."}:
            when = datetime.fromisoformat(text)
        else:
            return None
        if when.tzinfo is UTC:
            return when
        return when.astimezone(UTC) if when.tzinfo is not None else None
    except (ValueError, KeyError, OverflowError):
        return None


def read_date(text: str, now: datetime) -> DateRead:
    """Read a date in any spelling. `now` only bounds the years."""
    text = text.strip()
    at = exact(text)
    note = ""
    if at is None:
        if not text or len(text) > LONGEST:
            return DateRead(None)
        try:
            at, note = tolerant(text)
        except (ValueError, OverflowError):
            return DateRead(None)
    if at is None or not EARLIEST <= at <= now + FUTURE:
        return DateRead(None)
    return DateRead(at, note)
