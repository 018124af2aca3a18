"""Readers of single values: each turns what TOML gave into what the program wants, or notes why not.

A reader is given the value, its dotted name and the notes, and answers None when it has noted something.
TOML has no null, so None never stands for a value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from commsleads.config.notes import Notes, show, sort_of

Reader = Callable[[Any, str, Notes], Any]

LONGEST_TEXT = 10_000
LONGEST_URL = 4_096
_LONGEST_TIME = timedelta(days=3660)
YEARS = range(1970, 2200)
"""Years of days: with windows, zones and times of keeping added a calendar still has them."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"([0-9]{1,9})([smhdw])")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,3})?(?:/[!#-;=?-\[\]_a-z~]*)?", re.IGNORECASE
)
# Patterns that few files need stay text: `re` compiles and keeps them at their first use.
_ADDRESS = r"[^\s@<>(),;:\"\\\[\]]{1,64}@[^\s@<>(),;:\"\\\[\]]{1,190}\.?[^\s@<>(),;:\"\\\[\].]"
_NAMED_ADDRESS = r"[^<>\"\r\n]{0,100}<([^<>]+)>"
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"


def text(value: Any, where: str, notes: Notes) -> str | None:
    """Text of any kind but control characters; lines are allowed."""
    if type(value) is not str:
        notes.wrong(where, f"must be text in quotes and not {sort_of(value)}")
    elif len(value) > LONGEST_TEXT:
        notes.wrong(where, f"has {len(value):,} characters; at most {LONGEST_TEXT:,} are allowed")
    elif not value.isprintable() and re.search(_CONTROL, value):
        notes.wrong(where, "holds a control character; take it out")
    else:
        return value
    return None


def line(value: Any, where: str, notes: Notes) -> str | None:
    """Text on one line, such as a name that goes into a subject or a header."""
    found = text(value, where, notes)
    if found is not None and "\n" in found:
        notes.wrong(where, "must stand on one line")
        return None
    return found


def whole(least: int | None = None, most: int | None = None) -> Reader:
    """A whole number between two bounds, both allowed."""

    def read(value: Any, where: str, notes: Notes) -> int | None:
        if type(value) is not int:
            notes.wrong(where, f"must be a whole number and not {sort_of(value)}")
        elif least is not None and value < least:
            notes.wrong(where, f"is {show(value)} and must be at least {least:,}")
        elif most is not None and value > most:
            notes.wrong(where, f"is {show(value)} and must be at most {most:,}")
        else:
            return value
        return None

    return read


def number(value: Any, where: str, notes: Notes) -> float | None:
    """A finite number."""
    if type(value) not in {int, float}:
        notes.wrong(where, f"must be a number and not {sort_of(value)}")
        return None
    try:
        if math.isfinite(value):
            return float(value)
    except OverflowError:
        pass
    notes.wrong(where, "must be a finite number")
    return None


def truth(value: Any, where: str, notes: Notes) -> bool | None:
    """Yes or no."""
    if type(value) is not bool:
        notes.wrong(where, f"must be true or false, without quotes, and not {sort_of(value)}")
        return None
    return value


def duration(least: timedelta = timedelta(seconds=1), most: timedelta = _LONGEST_TIME) -> Reader:
    """A stretch of time such as "15m", "6h", "7d" or "1h30m", between two bounds, both allowed."""

    def read(value: Any, where: str, notes: Notes) -> timedelta | None:
        parts = _DURATION.findall(value) if type(value) is str and len(value) < 40 else []
        if not parts or "".join(map("".join, parts)) != value:
            given = show(value) if type(value) is str else sort_of(value)
            notes.wrong(where, f'must be a duration such as "30s", "15m", "6h" or "7d" and not {given}')
            return None
        seconds = sum(int(amount) * _UNITS[unit] for amount, unit in parts)
        if not least.total_seconds() <= seconds <= most.total_seconds():
            notes.wrong(where, f"is {value} and must be between {said(least)} and {said(most)}")
            return None
        return timedelta(seconds=seconds)

    return read


def said(length: timedelta) -> str:
    """A duration as one writes it in the file: 90 seconds are "90s", two days "2d"."""
    seconds = int(length.total_seconds())
    for unit in "dhm":
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    return f"{seconds}s"


def day(value: Any, where: str, notes: Notes) -> date | None:
    """A day, written without quotes, of a year that can be reckoned with in every zone."""
    if isinstance(value, date) and not isinstance(value, datetime):
        if value.year in YEARS:
            return value
        notes.wrong(where, f"is {value}; a day is of the years {YEARS.start} to {YEARS.stop - 1}")
        return None
    try:
        meant = f"; write {date.fromisoformat(value)} without quotes" if type(value) is str else ""
    except ValueError:
        meant = ""
    notes.wrong(where, f"must be a date such as 2026-03-01, without quotes, and not {sort_of(value)}{meant}")
    return None


def clock(value: Any, where: str, notes: Notes) -> time | None:
    """A local time of day, written without quotes."""
    if isinstance(value, time):
        return value
    notes.wrong(where, f"must be a time such as 07:00:00, without quotes, and not {sort_of(value)}")
    return None


def choice(*known: str) -> Reader:
    """One of a few words."""

    def read(value: Any, where: str, notes: Notes) -> str | None:
        if type(value) is not str:
            notes.wrong(where, f"must be one of {', '.join(known)}, in quotes, and not {sort_of(value)}")
            return None
        if value not in known:
            notes.wrong(where, f"is {show(value)}, which is not known; {notes.nearest(value, known)}")
            return None
        return value

    return read


def identifier(value: Any, where: str, notes: Notes) -> str | None:
    """A short name for links and commands, which stays the same when the title changes."""
    if type(value) is str and _ID.fullmatch(value):
        return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'is {given}; an id is 1 to 64 of a-z, 0-9, ".", "_" and "-" and begins with a letter or digit')
    return None


def web_address(value: Any, where: str, notes: Notes) -> str | None:
    """An absolute address of the web, http or https, without a password in it."""
    if type(value) is not str:
        notes.wrong(where, f"must be a web address in quotes and not {sort_of(value)}")
        return None
    if len(value) <= LONGEST_URL and _PLAIN_URL.fullmatch(value):
        return value
    if problem := _address_problem(value):
        notes.wrong(where, problem)
        return None
    return value


def _address_problem(value: str) -> str:
    if len(value) > LONGEST_URL:
        return f"has {len(value):,} characters; a web address has at most {LONGEST_URL:,}"
    if not value.isprintable() or " " in value or "\\" in value:
        return "holds a space, a backslash or a control character; copy the web address again"
    try:
        parts = urlsplit(value)
        host, port, user = parts.hostname, parts.port, parts.username
    except ValueError:
        return f"is {show(value)}, which is not a web address"
    if user is not None:
        return "holds a user name or password; secrets must not stand in this file"
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        meant = f'; did you mean "https://{value}"?' if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", value) else ""
        return f'is {show(value)} and must be a whole web address such as "https://example.org/feed"{meant}'
    return ""


def proxy_address(value: Any, where: str, notes: Notes) -> str | None:
    """The address of a proxy, or "" for none."""
    if type(value) is str and value.partition("://")[0] in {"socks5", "socks5h"}:
        return value if web_address("http" + value[value.index(":") :], where, notes) else None
    return "" if value == "" else web_address(value, where, notes)


def mail_address(value: Any, where: str, notes: Notes) -> str | None:
    """A bare mail address, fit for a header."""
    if type(value) is str and value.isprintable() and re.fullmatch(_ADDRESS, value):
        return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be a mail address such as "press@example.org" and not {given}')
    return None


def recipient(value: Any, where: str, notes: Notes) -> str | None:
    """A mail address that every mail server takes: it would be refused each week, and nobody would be told here."""
    found = mail_address(value, where, notes)
    if found is not None and not found.rpartition("@")[0].isascii():
        notes.wrong(where, f"is {show(found)}; take one of plain letters before the @, for many servers refuse it")
        return None
    return found


def mail_host(value: Any, where: str, notes: Notes) -> str | None:
    """The name or the address of a mail server, without a port and without a way to speak to it."""
    if type(value) is str and re.fullmatch(r"[\w.-]{1,253}|\[?[0-9A-Fa-f:]{2,45}\]?", value):
        return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be the name of a mail server such as "mail.example.org" and not {given}')
    return None


def sender_address(value: Any, where: str, notes: Notes) -> str | None:
    """A mail address, alone or after a name: "Press office <press@example.org>"."""
    named = re.fullmatch(_NAMED_ADDRESS, value) if type(value) is str and value.isprintable() else None
    if named and re.fullmatch(_ADDRESS, named[1]):
        return str(value)
    return mail_address(value, where, notes)


def listed(item: Reader) -> Reader:
    """A list of things, each read by `item`."""

    def read(value: Any, where: str, notes: Notes) -> tuple[Any, ...] | None:
        if type(value) is not list:
            notes.wrong(where, f"must be a list in [ ] and not {sort_of(value)}")
            return None
        found: Sequence[Any] = [item(one, f"{where}[{number}]", notes) for number, one in enumerate(value)]
        return None if None in found else tuple(found)

    return read
