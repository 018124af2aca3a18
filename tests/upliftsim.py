"""Made-up coverage whose truth is known: how many stories a day really came of a campaign, and what moved besides.

Written apart from the rule and in another way than it: levels wander day by day (an Ornstein-Uhlenbeck process in
logarithms), days burst (gamma-mixed Poisson), weekends may be near silent, and watching fails for days on end.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commsleads.rules.figures.uplift import Series, surprise
from commsleads.rules.figures.weekdays import Day

MEANS = (0.2, 0.5, 1.0, 3.0, 10.0, 30.0)
DISPERSIONS = (1.0, 1.5, 2.5, 4.0)
DRIFTS = (0.0, 0.1, 0.2, 0.3)
LASTING = (1.0, 2.0, 4.0)
"""Weeks in which a wandering level forgets about two thirds of where it was."""
BASELINES = (4, 6, 8, 12)
LENGTHS = (1, 2, 4, 8, 12)
GAPS = (0.0, 0.03, 0.08)
WEEKS = (
    (1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.7),
    (1.1, 1.2, 1.2, 1.1, 1.0, 0.15, 0.1),
    (1.0, 1.0, 1.0, 1.0, 1.0, 0.03, 0.03),
    (0.8, 1.3, 1.2, 1.4, 0.9, 0.4, 0.3),
)
MONDAY = date(2026, 3, 2)


@dataclass(frozen=True, kw_only=True)
class World:
    """How a series comes about. `compared` has a second one, three times as large at least, that shares the drift."""

    mean: float
    dispersion: float
    drift: float
    lasting: float
    baseline: int
    length: int
    gaps: float
    week: int
    start: int
    compared: bool
    effect: float = 1.0
    stepped: bool = False
    """Levels jump from week to week instead of wandering, and days burst by lognormal factors."""


class Told(NamedTuple):
    """A world, and what the rule made of one series of it."""

    world: World
    surprise: float | None

    @property
    def more(self) -> bool:
        """Whether it was called more."""
        return self.surprise is not None and self.surprise > 0.975

    @property
    def less(self) -> bool:
        """Whether it was called less."""
        return self.surprise is not None and self.surprise < 0.025


def drawn(rng: random.Random, *, effect: float = 1.0) -> World:
    """Any world, each property by itself."""
    return World(
        mean=rng.choice(MEANS),
        dispersion=rng.choice(DISPERSIONS),
        drift=rng.choice(DRIFTS),
        lasting=rng.choice(LASTING),
        baseline=rng.choice(BASELINES),
        length=rng.choice(LENGTHS),
        gaps=rng.choice(GAPS),
        week=rng.randrange(len(WEEKS)),
        start=rng.randrange(7),
        compared=rng.random() < 0.3,
        effect=effect,
    )


def lived(world: World, rng: random.Random) -> tuple[date, Series, Series | None]:
    """A series of that world: the start, our days before and since, and those of the comparison."""
    start = MONDAY + timedelta(days=world.start)
    days = 7 * (world.baseline + world.length)
    shared, own = _level(world, rng, days), [0.0] * days
    theirs = [0.0] * days
    if world.compared:  # most of what moves us moves them, too
        own = [level / 2 for level in _level(world, rng, days)]
        theirs = [level / 4 for level in _level(world, rng, days)]
    seen = _seen(world, rng, days)
    ours = [a + b for a, b in zip(shared, own, strict=True)]
    other = [a + b for a, b in zip(shared, theirs, strict=True)]
    mine = _days(world, rng, list(zip(ours, seen, strict=True)), mean=world.mean, effect=world.effect)
    if not world.compared:
        return start, _parted(mine, world), None
    them = _days(world, rng, list(zip(other, seen, strict=True)), mean=max(5.0, 3 * world.mean))
    return start, _parted(mine, world), _parted(them, world)


def _parted(days: list[Day], world: World) -> Series:
    return days[: 7 * world.baseline], days[7 * world.baseline :]


def _level(world: World, rng: random.Random, days: int) -> list[float]:
    step = 7 if world.stepped else 1
    kept = math.exp(-step / (7 * world.lasting))
    level, found, first = rng.gauss(0, 1), [], rng.randrange(step)
    for day in range(days):
        if (day + first) % step == 0:
            level = kept * level + math.sqrt(1 - kept * kept) * rng.gauss(0, 1)
        found.append(world.drift * level)
    return found


def _seen(world: World, rng: random.Random, days: int) -> list[float]:
    """Outages of one to four days."""
    seen = [1.0] * days
    day = 0
    while world.gaps:
        day += int(rng.expovariate(world.gaps / 2.5)) + 1
        if day >= days:
            break
        for missed in range(day, min(days, day + rng.randint(1, 4))):
            seen[missed] = rng.random() * 0.9
    return seen


def _days(
    world: World, rng: random.Random, levels: list[tuple[float, float]], *, mean: float, effect: float = 1.0
) -> list[Day]:
    week = WEEKS[world.week]
    start = MONDAY + timedelta(days=world.start)
    scale = mean * 7 / sum(week)
    found = []
    for place, (height, share) in enumerate(levels):
        day = start + timedelta(days=place - 7 * world.baseline)
        rate = scale * week[day.weekday()] * math.exp(height - world.drift**2 / 2)
        rate *= effect if place >= 7 * world.baseline else 1.0
        found.append(Day(day, _burst(rng, rate * share, world), share))
    return found


def begotten(rng: random.Random) -> tuple[float, date, Series]:
    """A world of a third kind, written without a look at the rule: a story brings others in the week after it (the
    first figure is how many of all stories are such), and the level walks at random without ever coming back."""
    mean = math.exp(rng.uniform(math.log(0.3), math.log(25)))
    week = [rng.uniform(0.8, 1.2) * (1 if day < 5 else rng.uniform(0.05, 0.9)) for day in range(7)]
    before, since = 7 * rng.choice([6, 8, 8, 8, 10, 12]), 7 * rng.choice([1, 2, 3, 4, 6])
    follow, fading, step, level = rng.uniform(0, 0.6), rng.uniform(0.3, 0.8), rng.uniform(0, 0.03), 0.0
    start = date(2026, 1, 1) + timedelta(days=rng.randrange(300))
    later = [fading**wait for wait in range(7)]
    warm = 40
    owed = [0.0] * (warm + before + since + 8)
    days = []
    for place in range(warm + before + since):
        day = start + timedelta(days=place - warm - before)
        level += step * rng.gauss(0, 1)
        fresh = mean * (1 - follow) * 7 / sum(week) * week[day.weekday()] * math.exp(level)
        count = _poisson(rng, fresh) + _poisson(rng, owed[place])
        for wait, part in enumerate(later, 1):
            owed[place + wait] += count * follow * part / sum(later)
        days.append(Day(day, count))
    return follow, start, (days[warm : warm + before], days[warm + before :])


def _burst(rng: random.Random, rate: float, world: World) -> int:
    """A count of this mean, and of a variance that is the dispersion times that."""
    over = world.dispersion - 1
    if over and rate > 0:
        if world.stepped:
            spread = math.log(1 + over / rate)
            rate *= math.exp(math.sqrt(spread) * rng.gauss(0, 1) - spread / 2)
        else:
            rate = rng.gammavariate(rate / over, over)
    return _poisson(rng, rate)


def _poisson(rng: random.Random, rate: float) -> int:
    rate = min(rate, 5_000.0)
    count = 0
    while rate > 0:  # Knuth's way, in pieces that do not underflow
        piece = min(rate, 50.0)
        rate -= piece
        least, product = math.exp(-piece), rng.random()
        while product > least:
            count += 1
            product *= rng.random()
    return count


def run(n: int, seed: int, make: Callable[[random.Random], World] = drawn) -> Iterator[Told]:
    """That many campaigns, each in a world of its own."""
    rng = random.Random(seed)
    for _ in range(n):
        world = make(rng)
        start, ours, theirs = lived(world, rng)
        yield Told(world, surprise(*ours, start, theirs))


def by_cell(told: list[Told], called: Callable[[Told], bool]) -> dict[tuple[str, float], tuple[int, int]]:
    """Of each value of each property: how many were called, of how many."""
    called_in: Counter[tuple[str, float]] = Counter()
    all_in: Counter[tuple[str, float]] = Counter()
    for one in told:
        for name in ("mean", "dispersion", "drift", "lasting", "baseline", "length", "gaps", "week", "compared"):
            cell = (name, float(getattr(one.world, name)))
            all_in[cell] += 1
            called_in[cell] += called(one)
    return {cell: (called_in[cell], n) for cell, n in sorted(all_in.items())}
