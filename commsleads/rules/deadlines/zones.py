"""Names of time zones as people write them. A name is a region: "EST" in July is New York's summer time."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
_UK, _CET, _SYDNEY = "Europe/London", "Europe/Berlin", "Australia/Sydney"

SHORT = {
    "et": _EASTERN, "est": _EASTERN, "edt": _EASTERN, "ct": _CENTRAL, "cst": _CENTRAL, "cdt": _CENTRAL,
    "mt": _MOUNTAIN, "mst": _MOUNTAIN, "mdt": _MOUNTAIN, "pt": _PACIFIC, "pst": _PACIFIC, "pdt": _PACIFIC,
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
    "gmt": _UK, "bst": _UK, "utc": "UTC", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
    "cet": _CET, "cest": _CET, "mez": _CET, "mesz": _CET, "eet": "Europe/Athens", "eest": "Europe/Athens",
    "msk": "Europe/Moscow", "ist": "Asia/Kolkata", "pkt": "Asia/Karachi", "jst": "Asia/Tokyo", "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "aest": _SYDNEY, "aedt": _SYDNEY, "aet": _SYDNEY,
    "acst": "Australia/Adelaide", "acdt": "Australia/Adelaide", "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "nzt": "Pacific/Auckland",
    "sast": "Africa/Johannesburg", "wat": "Africa/Lagos", "brt": "America/Sao_Paulo",
}  # fmt: skip
"""Abbreviations. IST is taken for India's; it is Ireland's and Israel's as well, so it is never sure."""

UNSURE = frozenset({"ist"})
"""Short names of several regions. GMT in summer is another matter, see `reckoning`."""

PLACES = {
    "eastern": _EASTERN, "central": _CENTRAL, "mountain": _MOUNTAIN, "pacific": _PACIFIC, "new york": _EASTERN,
    "washington": _EASTERN, "us eastern": _EASTERN, "us pacific": _PACIFIC, "chicago": _CENTRAL, "la": _PACIFIC,
    "los angeles": _PACIFIC, "san francisco": _PACIFIC, "toronto": "America/Toronto",
    "uk": _UK, "london": _UK, "british": _UK, "greenwich": _UK, "greenwich mean": _UK, "dublin": "Europe/Dublin",
    "irish": "Europe/Dublin", "paris": "Europe/Paris", "french": "Europe/Paris", "berlin": _CET, "german": _CET,
    "central european": _CET, "vienna": "Europe/Vienna", "zurich": "Europe/Zurich", "madrid": "Europe/Madrid",
    "spanish": "Europe/Madrid", "brussels": "Europe/Brussels", "geneva": "Europe/Zurich", "rome": "Europe/Rome",
    "amsterdam": "Europe/Amsterdam", "moscow": "Europe/Moscow", "dubai": "Asia/Dubai", "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata", "delhi": "Asia/Kolkata", "tokyo": "Asia/Tokyo", "japan": "Asia/Tokyo",
    "hong kong": "Asia/Hong_Kong", "singapore": "Asia/Singapore", "sydney": _SYDNEY, "melbourne": "Australia/Melbourne",
    "australian eastern": _SYDNEY, "auckland": "Pacific/Auckland",
    "berliner": _CET, "deutscher": _CET, "mitteleuropaischer": _CET, "wiener": "Europe/Vienna",
    "zurcher": "Europe/Zurich", "schweizer": "Europe/Zurich", "londoner": _UK, "britischer": _UK,
    "new yorker": _EASTERN, "pariser": "Europe/Paris", "bruxelles": "Europe/Brussels", "londres": _UK,
    "geneve": "Europe/Zurich", "montreal": "America/Toronto", "nueva york": _EASTERN, "mexico": "America/Mexico_City",
    "peninsular": "Europe/Madrid", "espanola": "Europe/Madrid", "canarias": "Atlantic/Canary",
    "buenos aires": "America/Argentina/Buenos_Aires", "bogota": "America/Bogota", "lima": "America/Lima",
}  # fmt: skip

_PLACE = "|".join(sorted(PLACES, key=len, reverse=True))
_PATTERN = re.compile(
    r"(?P<offset>(?P<base>utc|gmt|mez)?\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?h?(?![\d:a-z]))"
    rf"|(?P<zulu>z(?![a-z0-9]))|(?P<short>{'|'.join(sorted(SHORT, key=len, reverse=True))})(?![a-z0-9+-]|'s)"
    r"(?:\s(?:time|zeit)\b)?"
    rf"|(?:(?:heure|hora)s?\s(?:locale?\s)?(?:de\s|d'|del?\s)?)(?P<after>{_PLACE})(?![a-z])"
    rf"|(?P<place>{_PLACE})(?:\s(?:standard|daylight|summer|european))?\s?(?:time\s?zone|time|zeit)(?![a-z])"
    r"|(?P<bare>eastern|pacific)(?![a-z])"
)
_LOUD = frozenset({"gmt", "utc", "pst", "pdt", "bst", "cest", "cst", "mez", "mesz", "aest", "aedt", "edt"})
"""Short names that are no word of another kind in any of the four languages, so small letters will do."""


class Named(NamedTuple):
    """A zone somebody named, where its name ends, and whether it can be another one as well."""

    zone: tzinfo
    end: int
    sure: bool


@cache
def _region(key: str) -> tzinfo | None:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a machine without the zone database
        return None


def named(folded: str, text: str, at: int, *, touching: bool) -> Named | None:
    """The zone named at this place of a text, or None.

    A bare offset or Z counts only where it stands right after a clock time (`touching`); short names that are words,
    too ("est", "ist", "et"), only in capitals.
    """
    match = _PATTERN.match(folded, at)
    if match is None:
        return None
    if match["offset"] is not None:
        return _shifted(match) if match["base"] or touching else None
    if match["zulu"]:
        return Named(timezone.utc, match.end(), True) if touching else None  # noqa: UP017
    if match["short"]:
        written = text[match.start("short") : match.end("short")]
        if not written.isupper() and match["short"] not in _LOUD:
            return None
    zone = _region(SHORT.get(match["short"] or "") or PLACES[match["after"] or match["place"] or match["bare"] or "uk"])
    return Named(zone, match.end(), match["short"] not in UNSURE) if zone else None


def _shifted(match: re.Match[str]) -> Named | None:
    """A zone given as hours from UTC."""
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59 or (match["base"] is None and match["minutes"] is None):
        return None
    shift = timedelta(hours=hours, minutes=minutes) * (-1 if match["sign"] == "-" else 1)
    return Named(timezone(shift), match.end(), True)
