"""What the head of an answer says: headers, media type, how long to stay away. Pure functions of text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

LONGEST_WAIT = timedelta(days=7)
"""The longest that a Retry-After is obeyed; 88 hours and more were seen in the field, mostly by mistake."""
LONGEST_FRESH = timedelta(days=1)
"""The longest that a Cache-Control or Expires is obeyed."""
BUSY = timedelta(seconds=60)
"""How long to stay away after a 429 that does not say."""

_STATUS = re.compile(r"HTTP/[0-9.]+ ([0-9]{3})")
_JOINED = frozenset({"cache-control", "content-encoding", "vary", "link"})
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,10})", re.IGNORECASE)
_NO_WAIT = re.compile(r"(?:^|[\s,])no-(?:cache|store)", re.IGNORECASE)
_SECONDS = re.compile(r"([0-9]{1,12})(?:\.[0-9]+)?")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)


def read(lines: Sequence[bytes]) -> tuple[int, dict[str, str]]:
    """The status and the headers of the last head in these lines, names in small letters; 0 when there is none.

    Of a header that comes twice the last is kept, or all joined where that is their meaning.
    """
    text = b"".join(lines).decode("latin-1")
    begin = text.rfind("\nHTTP/")  # a 103 or the answer of a proxy may stand before
    first, *rest = text[begin + 1 :].split("\n")
    status = _STATUS.match(first)
    found: dict[str, str] = {}
    for line in rest:
        name, colon, value = line.partition(":")
        if not colon:
            continue
        name = name.lower()
        value = value.strip()
        if name in _JOINED and name in found:
            value = f"{found[name]}, {value}"
        found[name] = value
    return int(status[1]) if status else 0, found


@lru_cache(maxsize=256)
def media_type(content_type: str) -> tuple[str, str]:
    """The media type in small letters and the charset as it was written, each "" when not given."""
    charset = _CHARSET.search(content_type)
    return content_type.partition(";")[0].strip().lower(), charset[1] if charset else ""


def moment(text: str) -> datetime | None:
    """An HTTP date as an aware time in UTC, or None."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def stay_away(status: int, head: Mapping[str, str], now: datetime, url: str) -> timedelta | None:
    """How long the server asks to be left alone: Retry-After on a refusal, or the reset of a used-up rate limit.

    A date counts from the server's own clock when it sent one. Up to a tenth is added, always the same for one
    address, so that those who were sent away together do not come back together.
    """
    asked = head.get("retry-after", "") if status >= 400 else ""
    seconds = _seconds(asked, head, now) if asked else 0.0
    if seconds <= 0 and _used_up(head):
        seconds = _seconds(head.get("x-ratelimit-reset", ""), head, now)
    if seconds <= 0:
        return BUSY if status == 429 else None
    bounded = min(seconds, LONGEST_WAIT.total_seconds())
    return min(timedelta(seconds=bounded * (1 + spread(url) / 10)), LONGEST_WAIT)


def spread(url: str) -> float:
    """A number from 0 up to 1 that is always the same for one address."""
    return zlib.crc32(url.encode("utf-8", "replace")) / 2**32


def fresh_for(head: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer says that it stays good (Cache-Control before Expires), at most a day; None: not at all."""
    control = head.get("cache-control")
    if control:
        if _NO_WAIT.search(control):
            return None
        found = _MAX_AGE.search(control)
        if found:
            age = _SECONDS.fullmatch(head.get("age", "0"))
            return _bounded(int(found[1]) - (int(age[1]) if age else 0))
    expires = head.get("expires")
    if not expires or expires in ("0", "-1"):
        return None
    until = moment(expires)
    if until is None:
        return None
    return _bounded((until - (moment(head.get("date", "")) or now)).total_seconds())


def _bounded(seconds: float) -> timedelta | None:
    return min(timedelta(seconds=seconds), LONGEST_FRESH) if seconds > 0 else None


def _seconds(asked: str, head: Mapping[str, str], now: datetime) -> float:
    number = _SECONDS.fullmatch(asked.strip())
    if number:
        seconds = float(number[1])
        return seconds - now.timestamp() if seconds > 1e9 else seconds  # some write the moment itself
    until = moment(asked) if asked else None
    if until is None:
        return 0.0
    return (until - (moment(head.get("date", "")) or now)).total_seconds()


def _used_up(head: Mapping[str, str]) -> bool:
    remaining = _SECONDS.fullmatch(head.get("x-ratelimit-remaining", "").strip())
    return remaining is not None and int(remaining[1]) == 0 and not remaining[0].strip("0.")
