"""The Date header, as well as it can be read. What is impossible is returned as read; others judge it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

LONGEST_DATE = 200

# What RFC 822 and later software wrote instead of an offset, in minutes. Of several meanings, the mail's: IST is India.
ZONES = {
    "BST": 60, "WEST": 60, "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "EET": 120,
    "SAST": 120, "EEST": 180, "MSK": 180, "IST": 330, "HKT": 480, "SGT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "WET": 0, "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "HST": -600,
    "AKST": -540, "AKDT": -480, "PST": -480, "PDT": -420, "MST": -420, "MDT": -360, "CST": -360, "CDT": -300,
    "EST": -300, "EDT": -240, "AST": -240, "ADT": -180,
}  # fmt: skip
_ZONE = re.compile(r"\d\d?:\d\d(?::\d\d)?\s+([A-Z]{1,5})\b")
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]{0,100}\)")


def read_date(value: str) -> datetime | None:
    """The instant in UTC, None when it cannot be read. Without a zone it is taken to be UTC, as RFC 5322 says."""
    return as_utc(read_local(value), 0)


def as_utc(at: datetime | None, offset: int | None) -> datetime | None:
    """An instant in UTC; a naive time is one in the zone that is `offset` minutes ahead, and none if that is None."""
    if at is None or (at.tzinfo is None and offset is None):
        return None
    try:
        zoned = at if at.tzinfo else at.replace(tzinfo=timezone(timedelta(minutes=offset or 0)))
        return zoned.astimezone(UTC)
    except (OverflowError, ValueError):  # in the year 1 or 9999
        return None


def read_local(value: str) -> datetime | None:
    """The same in the zone that is written; naive when none is. A clock of twelve hours is no matter of this."""
    text = " ".join(_REMARK.sub(" ", value[:LONGEST_DATE]).split())
    if len(text) < 8 or _HALF_DAY.search(text):
        return None
    try:
        parsed = parsedate_tz(text)
        if parsed is not None and parsed[0] >= 1000:
            at = datetime(*parsed[:5], min(parsed[5], 59))  # noqa: DTZ001 - the zone follows
            return _zoned(at, text, parsed[9])
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _zoned(at: datetime, text: str, offset: int | None) -> datetime:
    """A time in the zone whose name is written, or else with the offset in seconds that was read."""
    named = _ZONE.search(text.upper())
    if named and named[1] in ZONES:
        offset = ZONES[named[1]] * 60
    if offset is None or abs(offset) >= 86_400:
        return at
    return at.replace(tzinfo=timezone(timedelta(seconds=offset)))
