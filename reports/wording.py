"""Numbers, dates and lines as a reader expects them: English, the same on every machine, safe in every rendering.

Nothing here asks the machine for its language or the time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from urllib.parse import quote, urlsplit

from commsleads.contract import Period

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

WIDTH = 78
"""Columns of the text part: what every mail program shows without breaking lines."""

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


# --- numbers -------------------------------------------------------------------------------------------------------


def number(value: float | None) -> str:
    """A count or a median: 1,234 or 6.5; a dash when it is not known."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def percent(share: float | None) -> str:
    """A share as whole hundredths; a dash when there is none. A little is not nothing, and nearly all not all."""
    if share is None:
        return "–"
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{100 * share:.0f}%"


def counted(n: int, noun: str, nouns: str = "") -> str:
    """`1 story`, `2 stories`, `no stories`."""
    many = nouns or (f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s")
    return f"1 {noun}" if n == 1 else f"{number(n) if n else 'no'} {many}"


def earlier(unit: str) -> str:
    """What a period is compared with: a week with the week before, a day with the same weekday of the week before."""
    return "same weekday before" if unit == "day" else f"{unit} before"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# --- dates ---------------------------------------------------------------------------------------------------------


def day(value: date | datetime | None, zone: tzinfo | None = None, *, year: bool = False) -> str:
    """`16 Nov`, with the year when asked. An instant is told in the zone."""
    if value is None:
        return "date not known"
    if isinstance(value, datetime):
        value = value.astimezone(zone)
    return f"{value.day} {MONTHS[value.month - 1][:3]}{f' {value.year}' if year else ''}"


def instant(value: datetime, zone: tzinfo) -> str:
    """`Mon 23 Nov 2026, 07:00`, in the zone."""
    value = value.astimezone(zone)
    return f"{DAYS[value.weekday()]} {day(value.date(), year=True)}, {value:%H:%M}"


def moment(value: datetime, zone: tzinfo) -> str:
    """`Mon 23 Nov, 07:00`, in the zone."""
    value = value.astimezone(zone)
    return f"{DAYS[value.weekday()]} {day(value.date())}, {value:%H:%M}"


def stretch(period: Period, zone: tzinfo) -> str:
    """The days of a period: `16–22 November 2026`, `28 December 2026 – 3 January 2027`, `16 November 2026`."""
    first = period.start.astimezone(zone).date()
    last = (period.end.astimezone(zone) - timedelta(seconds=1)).date()
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {MONTHS[first.month - 1]}{year} – {end}"


def short_label(label: str) -> str:
    """A period under a bar: `W47` of 2026-W47, `16 Nov` of 2026-11-16, `Nov` of 2026-11."""
    year, _, rest = label.partition("-")
    if rest.startswith("W") or not rest:
        return rest or year
    month, _, number_of_day = rest.partition("-")
    name = MONTHS[int(month) - 1][:3]
    return f"{int(number_of_day)} {name}" if number_of_day else name


def title_of(period: Period, unit: str) -> str:
    """`Week 47`, `November`, `16 Nov`."""
    label = short_label(period.label)
    if unit == "week" and label.startswith("W"):
        return f"Week {int(label[1:])}"
    return MONTHS[int(period.label[5:7]) - 1] if unit == "month" else label


def must_be_counts(**given: int) -> None:
    """Raises `ValueError` when one of these settings is below nought."""
    if wrong := [name for name, value in given.items() if value < 0]:
        raise ValueError(f"{listed(wrong)} must not be below 0")


def lasted(length: timedelta | None) -> str:
    """A length of time in its two greatest units, rounded down: `3 h 20 min`, `2 days 4 h`; a dash when not known."""
    if length is None:
        return "–"
    minutes = int(length.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return counted(days, "day") + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else "under 1 min"


# --- text from outside ---------------------------------------------------------------------------------------------


def line(text: str, most: int = 0) -> str:
    """One line without control or direction characters, shortened at a word to `most` characters."""
    text = _TURNS.sub("", _BREAKS.sub(" ", text)).strip()
    if not most or len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[most // 2 :] else cut}…"


def link(url: str) -> str:
    """The address if a reader may be sent there (http and https only), else ''. Safe between brackets."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return quote(url.strip(), safe="%/:?#[]@!$&'*+,;=~-._")


def marked(text: str) -> str:
    """Text for Markdown in which nothing is markup."""
    return _MARKS.sub(r"\\\1", line(text))


# --- the text part -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)
def columns(text: str) -> int:
    """How many columns a text takes: East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """Lines of at most `WIDTH` columns, indented, the first with a mark such as `- ` before it.

    An address is not broken, however long: half an address leads nowhere.
    """
    space = WIDTH - indent - len(first)
    lines: list[str] = []
    current = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, space)):
        if current and columns(current) + 1 + columns(word) > space:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    lines.append(current)
    start, rest = " " * indent + first, " " * (indent + len(first))
    return "\n".join(f"{rest if number else start}{line}".rstrip() for number, line in enumerate(lines))


def command(text: str, indent: int = 0) -> str:
    """A command that can be copied: where it is broken, the line ends in a backslash, as shells want it."""
    lines = [""]
    for word in text.split(" "):
        grown = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and indent + columns(grown) > WIDTH - 2:
            lines.append(f"  {word}")
        else:
            lines[-1] = grown
    return " \\\n".join(" " * indent + line for line in lines)


def _pieces(word: str, space: int) -> list[str]:
    if columns(word) <= space or word.startswith(("http://", "https://")):
        return [word]
    pieces = [""]
    for char in word:
        if columns(pieces[-1]) + columns(char) > space:
            pieces.append("")
        pieces[-1] += char
    return pieces
