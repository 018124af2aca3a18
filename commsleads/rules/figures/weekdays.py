"""What a stretch of days tells of each weekday, of how its weeks differ, and of how much single days vary.

A day of which less than `OBSERVED` was seen is no day: it is left out, not counted as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commsleads.rules.figures.baselines import OBSERVED

SEEN = 3
"""Times a weekday must have been observed before anything is expected of it."""


class Day(NamedTuple):
    """How many stories a day brought (`n`), and the share of it, 0 to 1, in which somebody was looking."""

    date: date
    n: int
    observed: float = 1.0

    @property
    def whole(self) -> bool:
        """Whether it was observed well enough to be counted."""
        return self.observed >= OBSERVED


class Week(NamedTuple):
    """Seven days from the first day of the campaign on, or back from it (`number` below 0): its stories, and what its
    observed days let one expect."""

    number: int
    n: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The baseline: `seen` days and `counts` of each weekday that was seen often enough, and its weeks.

    `places` are the week and weekday of each day used. `pearson` is the sum of squared deviations of days from what
    their week and weekday lead one to expect, each divided by that, with `freedom` degrees: their quotient is how many
    times more days vary than independent events.
    """

    seen: Mapping[int, int]
    counts: Mapping[int, int]
    weeks: tuple[Week, ...]
    places: tuple[tuple[int, int], ...]
    left_out: int
    pearson: float
    freedom: int

    @property
    def days(self) -> int:
        """Days used."""
        return len(self.places)

    @property
    def total(self) -> int:
        """Stories of all days used."""
        return sum(self.counts.values())

    def mean(self, weekday: int) -> float:
        """What a day of this weekday brought on average."""
        return self.counts[weekday] / self.seen[weekday]

    def uses(self, day: Day) -> bool:
        """Whether this day can be held against it."""
        return day.whole and day.date.weekday() in self.seen

    @property
    def dispersion(self) -> float:
        """How much more days vary than independent events, drawn a little towards what is usual; never below 1."""
        return max(1.0, (self.pearson + 6.0) / (self.freedom + 4))


def number_of(day: date, start: date) -> int:
    """The week of a day, counted from the start of the campaign: 0 is its first, -1 the one before."""
    return (day - start).days // 7


def pattern(days: Sequence[Day], start: date) -> Pattern:
    """The baseline of these days, which lie before `start`."""
    whole = [day for day in days if day.whole]
    seen: dict[int, int] = defaultdict(int)
    for day in whole:
        seen[day.date.weekday()] += 1
    used = [day for day in whole if seen[day.date.weekday()] >= SEEN]
    counts: dict[int, int] = defaultdict(int)
    for day in used:
        counts[day.date.weekday()] += day.n
    kept = {weekday: n for weekday, n in sorted(seen.items()) if n >= SEEN}
    means = {weekday: counts[weekday] / n for weekday, n in kept.items()}
    weeks = tuple(_weeks(used, means, start))
    pearson, freedom = _pearson(used, means, weeks, start)
    return Pattern(
        seen=kept,
        counts={weekday: counts[weekday] for weekday in kept},
        weeks=weeks,
        places=tuple((number_of(day.date, start), day.date.weekday()) for day in used),
        left_out=len(days) - len(used),
        pearson=pearson,
        freedom=freedom,
    )


def _weeks(days: Iterable[Day], means: Mapping[int, float], start: date) -> Iterable[Week]:
    counts: dict[int, int] = defaultdict(int)
    expected: dict[int, float] = defaultdict(float)
    for day in days:
        week = number_of(day.date, start)
        counts[week] += day.n
        expected[week] += means[day.date.weekday()]
    return [Week(week, counts[week], expected[week]) for week in sorted(counts) if expected[week] > 0]


def _pearson(days: Sequence[Day], means: Mapping[int, float], weeks: Sequence[Week], start: date) -> tuple[float, int]:
    """Pearson's sum over days, with Fletcher's correction for small counts (Biometrika 99 (2012) 230-237)."""
    level = {week.number: week.n / week.expected for week in weeks}
    squares = skewed = 0.0
    cells = 0
    rows, columns = set(), set()
    for day in days:
        week = number_of(day.date, start)
        expected = level.get(week, 0.0) * means[day.date.weekday()]
        if expected > 0:
            squares += (day.n - expected) ** 2 / expected
            skewed += (day.n - expected) / expected
            cells += 1
            rows.add(week)
            columns.add(day.date.weekday())
    if not cells:
        return 0.0, 1
    return squares / (1 + max(-0.5, skewed / cells)), max(1, cells - len(rows) - len(columns) + 1)
