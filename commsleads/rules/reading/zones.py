"""In which zone a mail's times are meant: that of who wrote it, as far as its Date field tells."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)\b|\b(GMT|UTC?|Z)\b")
# A region for an offset, so that a deadline after the clocks change is right, too. The first that fits is taken.
_BY_LANGUAGE = {
    "de": ("Europe/Berlin", "Europe/London"),
    "fr": ("Europe/Paris", "America/Montreal", "Africa/Casablanca"),
    "es": (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Bogota",
        "America/Argentina/Buenos_Aires",
        "America/Santiago",
    ),
}
_ANY = (
    "Europe/London", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/Berlin",
    "Europe/Athens", "Australia/Sydney", "Australia/Brisbane", "Australia/Perth", "Asia/Kolkata", "Asia/Tokyo",
    "Asia/Singapore",
    "Africa/Johannesburg", "Pacific/Auckland", "America/Halifax", "America/Sao_Paulo", "Europe/Moscow", "Asia/Dubai",
)  # fmt: skip


class Zoned(NamedTuple):
    """The zone to read times in. `told` is False where the mail does not say and ours was taken."""

    zone: ZoneInfo
    told: bool


def written_in(date_raw: str, at: datetime, ours: ZoneInfo, language: str) -> Zoned:
    """The zone of a mail's words. Ours where the Date field agrees with it, and where it has no zone or only UTC,
    which many servers write wherever they stand."""
    match = _OFFSET.search(date_raw[-40:])
    if not match or match[4]:
        return Zoned(ours, told=bool(match) and _offset(ours, at) == 0)
    minutes = (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] == "-" else 1)
    if minutes == _offset(ours, at):
        return Zoned(ours, told=True)
    if minutes == 0:
        return Zoned(ours, told=False)
    for name in (*_BY_LANGUAGE.get(language, ()), *_ANY):
        zone = ZoneInfo(name)
        if _offset(zone, at) == minutes:
            return Zoned(zone, told=True)
    if minutes % 60 == 0 and -12 * 60 <= minutes <= 14 * 60:
        return Zoned(ZoneInfo(f"Etc/GMT{-minutes // 60:+d}"), told=True)
    return Zoned(ours, told=False)


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
