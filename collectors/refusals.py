"""How services say no: status, headers and words of an interface's answer as an error with a sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from commsleads.contract import AuthError, CollectError, FetchError

LONGEST_WAIT = timedelta(days=7)
BUSY = timedelta(minutes=1)
"""How long to stay away from who has had enough and does not say for how long."""
A_DAY = timedelta(days=1)
LONGEST_WORDS = 200

_FEW = re.compile(r"rate.{0,3}limit|too.many|throttl|quota|resource.exhausted", re.IGNORECASE)
_PERIOD = re.compile(r"month|daily|per.day|limit", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,9})?")
_WORDS = ("error", "errors", "detail", "message", "description", "title", "code", "error_code")


def refusal(
    status: int,
    headers: Mapping[str, str],
    data: Any,
    *,
    who: str,
    what: str,
    hide: Callable[[str], str],
    now: datetime,
) -> CollectError:
    """The error for an answer that is no 2xx. `data` is its JSON or None, `hide` takes the secrets out of words."""
    said = words(data, hide)
    heard = f' It says: "{said}"' if said else ""
    wait = asked_to_wait(headers, now)
    if status == 429 or (status == 403 and (_FEW.search(said) or _used_up(headers))):
        return FetchError(
            f"{who} has been asked too often ({status}) and is left alone for a while.{heard}",
            status=status,
            wait=wait or BUSY,
        )
    if status == 402:
        return _unpaid(who, what, said, heard, wait)
    if status in (401, 403) and "challenge" not in headers.get("cf-mitigated", "").lower():
        return AuthError(
            f"{who} refuses the key of this source ({status}) for {what}. Make a new key there, or give this one the "
            f"right to read; then poll the source by name.{heard}",
            status=status,
        )
    if status == 407:
        return AuthError("The proxy of [fetch] proxy says 407: it wants a name and a password.", status=status)
    return FetchError(
        f"{who} was asked for {what}: {_plainly(status)}{heard}", status=status, wait=wait, quarters=_weight(status)
    )


def _unpaid(who: str, what: str, said: str, heard: str, wait: timedelta | None) -> CollectError:
    if _PERIOD.search(said):
        return FetchError(
            f"{who} says that the plan's limit is used up (402). It is asked again in a day.{heard}",
            status=402,
            wait=wait or A_DAY,
        )
    return AuthError(f"The plan at {who} does not include {what} (402). Choose another plan there.{heard}", status=402)


def _plainly(status: int) -> str:
    if 300 <= status < 400:
        return (
            f"it sends to another address ({status}), and a key is not carried elsewhere. Write the address that "
            "answers into url."
        )
    if status == 404:
        return "it is not there (404), or this key may not see it. Check the url of this source and its links."
    if status == 410:
        return "it is gone for good (410). Take it out of the settings."
    if status == 503:
        return "the service is not available now (503). It will be asked again."
    if status >= 500:
        return f"the service has a fault of its own ({status}). It will be asked again."
    if status >= 400:
        return f"the question is not accepted ({status}). Compare the settings of this source with the service's."
    return f"it answered {status}, which is no answer here."


def _weight(status: int) -> int:
    return 4 if 300 <= status < 500 and status not in (404, 408, 425) else 2


def words(data: Any, hide: Callable[[str], str]) -> str:
    """What an answer says of its trouble: on one line, printable, short, without secrets; '' when it says nothing."""
    found: dict[str, None] = {}
    for word in _said(data, 0):
        plain = "".join(letter if letter.isprintable() else " " for letter in hide(word[:2_000]))
        plain = " ".join(plain.replace('"', "'").split())
        if plain and not any(plain in other for other in found):
            found[plain] = None
        if len(found) >= 3:
            break
    text = "; ".join(found)
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1].rstrip() + "…"


def _said(data: Any, depth: int) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list) and depth < 3:
        for one in data[:3]:
            yield from _said(one, depth + 1)
    elif isinstance(data, dict) and depth < 3:
        for name in _WORDS:
            yield from _said(data.get(name), depth + 1)


def asked_to_wait(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server wants to be left alone: Retry-After (seconds or a date), or the reset of a used-up limit."""
    seconds = _seconds(headers.get("retry-after", ""), now)
    if seconds <= 0 and _used_up(headers):
        seconds = max(_seconds(headers.get(name, ""), now) for name in ("x-ratelimit-reset", "ratelimit-reset"))
    return min(timedelta(seconds=seconds), LONGEST_WAIT) if seconds > 0 else None


def _used_up(headers: Mapping[str, str]) -> bool:
    return any(headers.get(name, "").strip() == "0" for name in ("x-ratelimit-remaining", "ratelimit-remaining"))


def _seconds(asked: str, now: datetime) -> float:
    """Seconds from now on: written as seconds, as a moment since 1970 (in seconds or milliseconds), or as a date."""
    asked = asked.strip()
    if _SECONDS.fullmatch(asked):
        number = float(asked)
        if number > 1e12:
            number /= 1000
        return number - now.timestamp() if number > 1e9 else number
    try:
        until = parsedate_to_datetime(asked) if asked else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
    if until is None:
        return 0.0
    return ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds()
