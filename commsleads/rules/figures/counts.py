"""Counts that vary more than independent events would: negative binomial, given by mean and variance."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from statistics import NormalDist

LARGE = 300.0
"""Mean from which on the normal curve serves: the counts' interval then differs from it by one at most."""


def at_most(most: int, mean: float, variance: float) -> float:
    """The chance of a count of `most` or fewer."""
    if mean > LARGE:
        return NormalDist(mean, math.sqrt(variance)).cdf(most + 0.5)
    return sum(chance for _, chance in itertools.islice(chances(mean, variance), most + 1))


def expected_between(mean: float, variance: float, level: float) -> tuple[int, int]:
    """The central interval of a negative binomial of this mean and variance."""
    tail = (1 - level) / 2
    if mean > LARGE:
        half = NormalDist().inv_cdf(1 - tail) * math.sqrt(variance)
        return max(0, math.ceil(mean - half)), math.floor(mean + half)
    total = 0.0
    low = -1
    counts = chances(mean, variance)
    while True:
        count, chance = next(counts)
        total += chance
        if low < 0 and total >= tail:
            low = count
        # The chances add up to one but for rounding, which is far below any tail asked for.
        if total >= 1 - tail:
            return low, count


def chances(mean: float, variance: float) -> Iterator[tuple[int, float]]:
    """0, 1, 2 … with their chances: negative binomial, which becomes Poisson as the variance nears the mean."""
    variance = max(variance, mean * (1 + 1e-6))
    size = mean * mean / (variance - mean)
    failure = 1 - mean / variance
    chance = math.exp(size * math.log1p(-failure))
    count = 0
    while True:
        yield count, chance
        chance *= (count + size) / (count + 1) * failure
        count += 1
