"""What some days lead one to expect of others, as chances of every count, for any effect.

The count of the days in question is taken as negative binomial, by mean and variance, averaged over what is believed of
dispersion and drift (`drifting`). The mean is what the same weekdays of the baseline brought; the variance has four
parts: counting itself, the baseline being short, the drift between the two stretches, and the comparison's own noise.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from commsleads.rules.figures.beta import beta_share, counted_below
from commsleads.rules.figures.drifting import Belief, Stretch, beliefs, spread_of
from commsleads.rules.figures.levels import LEVEL, POWER
from commsleads.rules.figures.roots import root
from commsleads.rules.figures.weekdays import Day, Pattern, number_of

FARTHEST = 200.0
"""Times beyond which an effect is not looked for."""
ALIKE = 0.2
"""Combinations whose variance differs by less than about this share are taken as one."""


class Part(NamedTuple):
    """One way in which the count may come about: how much it is believed, the dispersion of days, and the variance of
    its mean as a share of that, squared."""

    share: float
    dispersion: float
    rest: float


class Other(NamedTuple):
    """What the comparison did in the same days: how many times its own expectation, and the variance of that."""

    ratio: float
    rest: float


@dataclass(frozen=True)
class Expected:
    """The chances of each count of some days. `mean` is what is to be expected if nothing changed."""

    mean: float
    parts: tuple[Part, ...]
    level: float = LEVEL

    def below(self, count: int, times: float = 1.0) -> float:
        """The chance of less than this count (half of the same) if `times` as much came as would have come."""
        mean = self.mean * times
        return sum(part.share * counted_below(count, mean, _variance(mean, part)) for part in self.parts)

    @cached_property
    def rise_from(self) -> int:
        """The smallest count that is surprisingly high."""
        upper = (1 + self.level) / 2
        high = max(2, math.ceil(2 * self.mean))
        while self.below(high) <= upper:
            high *= 2
        return self._first(high, upper)

    @cached_property
    def fall_to(self) -> int | None:
        """The largest count that is surprisingly low; None where not even nothing is."""
        lower = (1 - self.level) / 2
        if self.below(0) >= lower:
            return None
        low, high = 0, max(1, math.ceil(self.mean))
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.below(middle) < lower else (low, middle)
        return low

    def _first(self, high: int, chance: float) -> int:
        low = 0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.below(middle) > chance else (middle, high)
        return high

    def times(self, count: int) -> tuple[float, float | None]:
        """The interval of the effect that this count speaks for. The upper end is None where there is none."""
        tail = (1 - self.level) / 2
        # The more came of it, the less surprising is a high count: both fall with the effect.
        low = 0.0 if count == 0 else self._effect(count, 1 - tail)
        high = self._effect(count, tail)
        return low, (None if high >= FARTHEST * 0.99 * (1 + count / self.mean) else high)

    def _effect(self, count: int, chance: float) -> float:
        most = FARTHEST * (1 + count / self.mean)
        found = root(
            lambda log: chance - self.below(count, math.exp(log)), math.log(1e-4 / self.mean), math.log(most), 1e-3
        )
        return math.exp(found)

    @cached_property
    def rise(self) -> float | None:
        """The smallest rise, as times what was expected, that is called one four times in five (`POWER`)."""
        count = self.rise_from
        if self._reached(count, FARTHEST) < POWER:
            return None
        log = root(lambda log: self._reached(count, math.exp(log)) - POWER, 0.0, math.log(FARTHEST), 1e-3)
        return math.exp(log)

    @cached_property
    def fall(self) -> float | None:
        """The same for a fall: None where not even a fall to nothing would be called one so often."""
        count = self.fall_to
        if count is None:
            return None
        share = root(lambda share: POWER - (1 - self._reached(count + 1, share)), 1e-6, 1.0, 1e-3)
        return share if share > 1e-3 else 0.0

    def _reached(self, count: int, times: float) -> float:
        """The chance of this count or more, whole and not halved."""
        mean = self.mean * times
        less = 0.0
        for part in self.parts:
            variance = _variance(mean, part)
            less += part.share * _strictly_below(count, mean, variance)
        return 1 - less


def _strictly_below(count: int, mean: float, variance: float) -> float:
    return beta_share(mean * mean / (variance - mean), count, mean / variance) if count else 0.0


def _variance(mean: float, part: Part) -> float:
    return max(mean * part.dispersion + mean * mean * part.rest, mean * (1 + 1e-6))


@dataclass(frozen=True, kw_only=True)
class Planned:
    """The days that are held against a baseline: how many of each weekday, and in which week they lie."""

    days: int
    left_out: int
    count: int
    by_weekday: Counter[int]
    places: tuple[tuple[int, int], ...]


def planned(days: Sequence[Day], base: Pattern, start: date) -> Planned:
    """Those of the days that can be held against the baseline."""
    used = [day for day in days if base.uses(day)]
    return Planned(
        days=len(used),
        left_out=len(days) - len(used),
        count=sum(day.n for day in used),
        by_weekday=Counter(day.date.weekday() for day in used),
        places=tuple((number_of(day.date, start), day.date.weekday()) for day in used),
    )


def mean_of(base: Pattern, days: Planned) -> float:
    """What the baseline lets one expect of these days; Jeffreys' half keeps a quiet one from promising silence."""
    return _half(base) * sum(n * base.mean(weekday) for weekday, n in days.by_weekday.items())


def expected_of(base: Pattern) -> dict[int, float]:
    """What the baseline lets one expect of a day, by weekday."""
    return {weekday: _half(base) * base.mean(weekday) for weekday in base.seen}


def _half(base: Pattern) -> float:
    return (base.total + 0.5) / base.total


def shortness(base: Pattern, days: Planned) -> float:
    """The variance of that expectation, as a share of it squared, for a dispersion of 1: the baseline is short."""
    mean = mean_of(base, days)
    return _half(base) * sum(n * n * base.mean(w) / base.seen[w] for w, n in days.by_weekday.items()) / mean**2


def believed(base: Pattern, other: Pattern | None = None) -> list[Belief]:
    """What the baseline lets one believe of dispersion and drift; with a comparison, of the drift of one against it."""
    theirs = {week.number: week for week in other.weeks} if other else {}
    noise = other.dispersion if other else 0.0
    weeks = []
    for week in base.weeks:
        their = theirs.get(week.number)
        if other and not their:
            continue
        level = week.n / week.expected - (their.n / their.expected - 1 if their else 0.0)
        weeks.append(Stretch(week.number, level, 1 / week.expected, noise / their.expected if their else 0.0))
    return beliefs(weeks, base.pearson, base.freedom)


def expect(base: Pattern, days: Planned, found: Sequence[Belief], other: Other | None = None) -> Expected:
    """The chances of each count of these days."""
    mean = mean_of(base, days)
    short = shortness(base, days)
    weights = _weights(base, days, mean)
    spread = {lasting: spread_of(weights, lasting) for lasting in {one.lasting for one in found if one.drift}}
    parts = [
        Part(
            one.share,
            one.dispersion,
            one.dispersion * short + one.drift**2 * spread.get(one.lasting, 0.0) + (other.rest if other else 0.0),
        )
        for one in found
    ]
    mean *= other.ratio if other else 1.0
    return Expected(mean, _merged(parts, mean))


def _weights(base: Pattern, days: Planned, mean: float) -> list[tuple[int, float]]:
    """How much the drift of each week moves the difference between what came and what was to be expected, by week."""
    found: dict[int, float] = defaultdict(float)
    half = _half(base) / mean
    for week, weekday in base.places:
        if n := days.by_weekday[weekday]:
            found[week] -= half * base.mean(weekday) * n / base.seen[weekday]
    for week, weekday in days.places:
        found[week] += half * base.mean(weekday)
    return sorted(found.items())


def _merged(parts: Sequence[Part], mean: float) -> tuple[Part, ...]:
    """Parts of about the same variance as one: of two hundred, a score is left."""
    groups: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        groups[round(math.log(_variance(mean, part) / mean) / ALIKE)].append(part)
    found = []
    for _, group in sorted(groups.items()):
        share = sum(part.share for part in group)
        dispersion = sum(part.share * part.dispersion for part in group) / share
        found.append(Part(share, dispersion, sum(part.share * part.rest for part in group) / share))
    return tuple(found)
