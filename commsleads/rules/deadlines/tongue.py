"""What a language gives to the grammar: its words, as tables. The grammar itself is the same for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from commsleads.rules.deadlines.pieces import Clock, Edge, End, InWeek, Later, Part, Piece, Which

Maker = Callable[["re.Match[str]", "Tongue"], Piece | None]
"""Makes a piece of what a pattern matched; None where the numbers cannot be (25:12) and another pattern may try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The words of one language, folded (see `folding`); a blank stands for any white space.

    `clocks` are the ways of this language to say a time, as pattern and maker; in a pattern ``{num}`` is a number in
    digits or words, ``{hour}`` an hour in words or digits. `one_hour` needs no number (within the hour).
    `literal` says that an hour in digits with minutes (3:30, 3h30) is meant as the 24 hours have it. `next_is_coming`
    says that "next Friday" is simply the coming one. `day_first` is the order of 3/4; None leaves it to the zone.
    """

    code: str
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    everyday: frozenset[str] = frozenset()
    days: Mapping[str, int]
    parts: Mapping[str, str]
    fixed: Mapping[str, Clock]
    edges: Mapping[str, str]
    ends: Mapping[str, str]
    which: Mapping[str, str]
    weeks: Mapping[str, int]
    later: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str]
    amounts: Mapping[str, float]
    signs: Mapping[str, tuple[str, ...]]
    clocks: tuple[tuple[str, Maker], ...]
    one_hour: str
    suffix: str
    of: str
    half: str = r"a\s?\.?\s?m\b\.?|p\s?\.?\s?m\b\.?"
    literal: bool = True
    next_is_coming: bool = True
    day_first: bool | None = True

    def number(self, said: str) -> int | None:
        """A number in digits or in words."""
        said = said.strip()
        if said.isdecimal():
            return int(said)
        return self.numbers.get(re.sub(r"[\s-]+", " ", said))

    def simple(self) -> list[tuple[str, Piece]]:
        """The words that are a piece by themselves."""
        made: list[tuple[str, Piece]] = []
        made += [(words, End(of)) for words, of in self.ends.items()]
        made += [(words, Edge(which)) for words, which in self.edges.items()]
        made += [(words, Which(which)) for words, which in self.which.items()]
        made += [(words, InWeek(shift)) for words, shift in self.weeks.items()]
        made += [(words, Later(weeks)) for words, weeks in self.later.items()]
        made += [(words, Part(part)) for words, part in self.parts.items()]
        made += list(self.fixed.items())
        return made


Value = TypeVar("Value")


def listed(table: Mapping[Value, str]) -> dict[str, Value]:
    """A table by words, from one by values: ``{"close": "cob | eod"}``."""
    return {word.strip(): value for value, words in table.items() for word in words.split("|")}


def split(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words of each role, from one text a role."""
    return {role: tuple(word.strip() for word in words.split("|")) for role, words in table.items()}


def counted(said: str, first: int) -> dict[str, int]:
    """Words in their order, numbered from `first` on."""
    return {word: number for number, word in enumerate(said.split(), first)}


def spelled(said: str, tens: Mapping[int, str], join: str) -> dict[str, int]:
    """Numbers in words: those `said` from nought on, and the tens with their units joined by `join`."""
    units = said.split()
    table = {word: value for value, word in enumerate(units)}
    for ten, word in tens.items():
        table[word] = ten
        for unit in range(1, 10):
            if ten + unit not in table.values():
                table[join.format(t=word, u=units[unit])] = ten + unit
    return table


def clock(match: re.Match[str], tongue: Tongue, *, spoken: bool = False, half: str = "") -> Clock | None:
    """A clock out of the groups ``h``, ``m`` and ``half``, None where there is no such time."""
    groups = match.groupdict()
    hour = tongue.number(groups["h"])
    minute = tongue.number(groups.get("m") or "0")
    word = (groups.get("half") or half)[:1]
    if hour is None or minute is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if word in {"a", "p"}:
        return Clock(hour, minute, word + "m") if 1 <= hour <= 12 else Clock(hour, minute, "24") if hour > 12 else None
    if hour > 12 or hour == 0 or groups["h"].startswith("0"):
        return Clock(hour, minute, "24")
    return Clock(hour, minute, half, spoken)


def minutes_from(match: re.Match[str], tongue: Tongue, *, sign: int, minutes: int | None = None) -> Clock | None:
    """So many minutes past (`sign` 1) or to (-1) an hour; of an hour that may have its own am or pm."""
    full = clock(match, tongue, spoken=True)
    if minutes is None:
        minutes = tongue.number(match["n"])
    if full is None or full.minute or minutes is None or not 0 < minutes < 60:
        return None
    if sign > 0:
        return full._replace(minute=minutes)
    hour = full.hour - 1
    if full.half in {"am", "pm"} and hour % 12 == 11:
        return None  # a quarter to twelve pm is nobody's clear word
    return (
        full._replace(hour=hour or 12, minute=60 - minutes)
        if full.half != "24"
        else (full._replace(hour=hour % 24, minute=60 - minutes))
    )
