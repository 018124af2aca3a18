"""The shapes that the desk's figures come in. Each says of how many it was made, and of which.

Nothing to divide by gives None, which is told as "cannot tell" and never as 0. What is not decided yet is neither hit
nor miss: it is listed apart. A length of time that is below zero, such as an answer stamped before its enquiry, is an
error of the log: it is listed as `odd` and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Literal, NamedTuple, TypeVar

from commsleads.contract import Period
from commsleads.enquiries import ENDED, UNCOUNTED, Case, DeskPlan
from commsleads.rules.desk.clocks import NO_TIME, Calendar
from commsleads.rules.figures import Share, quantile, wilson
from commsleads.rules.figures.survival import Curve, Lasted, kaplan_meier

T = TypeVar("T")
Verdict = Literal["hit", "miss", "undecided", "out"]
"""What one enquiry adds to a rate: to both sides, below the line only, nothing yet, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is measured: which period, as of when, on whose calendar and by which targets."""

    period: Period
    now: datetime
    calendar: Calendar
    plan: DeskPlan

    def holds(self, at: datetime | None) -> bool:
        """Whether something happened in the period and has happened by now."""
        return at is not None and self.period.start <= at < self.period.end and at <= self.now


class Count(NamedTuple):
    """How many, and the ids of what was counted."""

    n: int
    ids: tuple[str, ...]


class Slice(NamedTuple, Generic[T]):
    """One part of a partition by name, such as the enquiries of one channel."""

    name: str
    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`share.k` of `share.n`, with its Wilson interval. `undecided` may still become either."""

    share: Share
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Lengths of time that are all known. `p90` is the time within which nine of ten were done."""

    n: int
    median: timedelta | None
    p90: timedelta | None
    ids: tuple[str, ...]
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Lengths of time of which some go on: Kaplan and Meier's curve, in seconds, and its median with interval.

    `n` are all, `events` those that ended; the rest is censored. A median of None says that fewer than half ended.
    """

    n: int
    events: int
    median: timedelta | None
    low: timedelta | None
    high: timedelta | None
    curve: Curve
    ids: tuple[str, ...]
    odd: tuple[str, ...] = ()


def received(cases: Iterable[Case], scope: Scope) -> list[Case]:
    """The enquiries of the period that count: no duplicates, nothing redirected."""
    return [case for case in cases if case.state not in UNCOUNTED and scope.holds(case.received_at)]


def answered(cases: Iterable[Case], scope: Scope) -> list[Case]:
    """The enquiries that count and had their first substantive answer in the period, whenever they came."""
    return [case for case in cases if case.state not in UNCOUNTED and scope.holds(case.responded_at)]


def answered_at(case: Case, now: datetime) -> datetime | None:
    """When it was first answered, if that was by now."""
    return case.responded_at if case.responded_at is not None and case.responded_at <= now else None


def ended_at(case: Case, now: datetime) -> datetime:
    """When work on it ended, or now while it is open. An end that bears no stamp is taken at the log's first word."""
    if case.state not in ENDED:
        return now
    stamps = [move.at for move in case.moves if move.to == case.state]
    return min(now, case.closed_at or (max(stamps) if stamps else case.logged_at))


def count(ids: Iterable[str]) -> Count:
    """A count of these."""
    kept = tuple(ids)
    return Count(len(kept), kept)


def counted(cases: Iterable[Case]) -> Count:
    """A count of enquiries, by their ids."""
    return count(case.id for case in cases)


def rate(verdicts: Iterable[tuple[str, Verdict]]) -> Rate:
    """The rate that these add up to."""
    by: dict[Verdict, list[str]] = {"hit": [], "miss": [], "undecided": [], "out": []}
    for one, verdict in verdicts:
        by[verdict].append(one)
    k = len(by["hit"])
    return Rate(
        share=wilson(k, k + len(by["miss"])),
        hits=tuple(by["hit"]),
        misses=tuple(by["miss"]),
        undecided=tuple(by["undecided"]),
    )


def spread(lengths: Iterable[tuple[str, timedelta]]) -> Spread:
    """Median and 90th percentile of these, by linear interpolation."""
    given = list(lengths)
    known = [(one, length) for one, length in given if length >= NO_TIME]
    seconds = [length.total_seconds() for _, length in known]
    return Spread(
        n=len(known),
        median=_length(quantile(seconds, 0.5)),
        p90=_length(quantile(seconds, 0.9)),
        ids=tuple(one for one, _ in known),
        odd=tuple(one for one, length in given if length < NO_TIME),
    )


def wait(lengths: Iterable[tuple[str, timedelta, bool]]) -> Wait:
    """The curve of these; True stands by those that ended, False by those that were censored."""
    given = list(lengths)
    known = [(one, length, ended) for one, length, ended in given if length >= NO_TIME]
    curve = kaplan_meier(Lasted(length.total_seconds(), ended) for _, length, ended in known)
    return Wait(
        n=curve.n,
        events=curve.events,
        median=_length(curve.median),
        low=_length(curve.low),
        high=_length(curve.high),
        curve=curve,
        ids=tuple(one for one, _, _ in known),
        odd=tuple(one for one, length, _ in given if length < NO_TIME),
    )


def slices(
    cases: Iterable[Case], name: Callable[[Case], str], figure: Callable[[Sequence[Case]], T], order: Sequence[str] = ()
) -> tuple[Slice[T], ...]:
    """A figure for each part of a partition: names in `order` first, the others by the alphabet; no empty parts."""
    parts: dict[str, list[Case]] = {}
    for case in cases:
        parts.setdefault(name(case), []).append(case)
    place = {one: number for number, one in enumerate(order)}
    names = sorted(parts, key=lambda one: (place.get(one, len(place)), one))
    return tuple(Slice(one, figure(parts[one])) for one in names)


def slices_of_many(
    cases: Iterable[Case], names: Callable[[Case], Sequence[str]], figure: Callable[[Sequence[Case]], T]
) -> tuple[Slice[T], ...]:
    """As `slices`, where a case may have several names: it is in each of them, or in '' for none.

    No partition: the parts may add up to more than the whole.
    """
    parts: dict[str, list[Case]] = {}
    for case in cases:
        for name in dict.fromkeys(names(case)) or ("",):
            parts.setdefault(name, []).append(case)
    return tuple(Slice(one, figure(parts[one])) for one in sorted(parts))


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
