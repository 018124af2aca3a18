"""What words about time can say, one thing each. Values only: nothing here knows a language or what time it is."""

from __future__ import annotations

from typing import NamedTuple


class Day(NamedTuple):
    """A day counted from today: 0 today, 1 tomorrow."""

    shift: int


class Weekday(NamedTuple):
    """A day of the week, Monday is 0. `everyday` marks a short form that is a word of its own, too (sun, so, mar)."""

    number: int
    everyday: bool = False


class Date(NamedTuple):
    """A calendar day. `year` is None where none was said; `swaps` if day and month may stand the other way round."""

    day: int
    month: int
    year: int | None = None
    swaps: bool = False


class OfMonth(NamedTuple):
    """A day of a month that was not named: the 15th."""

    day: int


class End(NamedTuple):
    """The end of a longer time: ``week`` (its last working day), ``month``, ``weekend`` (its Saturday)."""

    of: str


class Which(NamedTuple):
    """Which of several days of that name: ``this``, ``coming``, ``next``, ``after`` (the one after the next)."""

    word: str


class InWeek(NamedTuple):
    """The calendar week a weekday is in, counted from this one."""

    shift: int


class Later(NamedTuple):
    """So many weeks after the weekday that was named: Thursday week, jeudi en huit."""

    weeks: int


class Clock(NamedTuple):
    """A time of day. `half` is ``am``, ``pm``, ``24`` (said so that no other half of the day is possible) or ''.

    `spoken` says that it is a form people use for both halves alike, in any language: half four, um drei.
    """

    hour: int
    minute: int = 0
    half: str = ""
    spoken: bool = False


class Half(NamedTuple):
    """am or pm, standing apart from the hour."""

    word: str


class Part(NamedTuple):
    """A part of the day: ``morning``, ``noon``, ``afternoon``, ``evening``, ``night``."""

    name: str


class Edge(NamedTuple):
    """The close or the open of the working day: COB, first thing."""

    which: str


class Length(NamedTuple):
    """A length of time in ``second``, ``minute``, ``hour``, ``day``, ``workday``, ``week`` or ``month``."""

    amount: float
    unit: str


class Number(NamedTuple):
    """A number by itself: an hour or a day of the month, as its neighbours say. `spelled`: in words."""

    value: int
    spelled: bool = False


class Sign(NamedTuple):
    """A word that steers, in one or more roles.

    ``at`` an hour may follow · ``the`` a day of the month may follow · ``to`` the later end of a range follows ·
    ``in`` a length follows · ``from`` a length came before, counted from now · ``before`` the day itself is too late ·
    ``no`` what this says is not a deadline (ago, after, or, last) · ``glue`` nothing.
    """

    roles: frozenset[str]


Piece = (
    Day | Weekday | Date | OfMonth | End | Which | InWeek | Later | Clock | Half | Part | Edge | Length | Number | Sign
)
