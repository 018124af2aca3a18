"""Shares of a number, with their interval."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

from commsleads.rules.figures.levels import LEVEL


class Share(NamedTuple):
    """`k` of `n`, with its interval. All three are None when there is nothing to divide by."""

    k: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def wilson(k: int, n: int, level: float = LEVEL) -> Share:
    """A proportion with its score interval (Wilson 1927), which behaves for small `n` and near 0 and 1."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    if n == 0:
        return Share(k, n, None, None, None)
    return Share(k, n, k / n, *score_interval(k / n, n, level))


def score_interval(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval of a share of `n`, which need not be whole: an effective number is none (Kish 1965)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(max(0.0, share * (1 - share)) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At the ends the formula gives the end itself, but for the last bit of the arithmetic.
    low = 0.0 if share == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if share == 1 else min(1.0, (middle + half) / scale)
    return low, high
