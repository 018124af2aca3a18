"""How much days vary and how weeks drift: what a few weeks of counts let one believe, and how surely.

Eight weeks cannot pin down three figures: the dispersion of days, the standard deviation of slow drift, and how long it
lasts. So none is fixed. Each of a grid of combinations is weighted by how well the baseline bears it out, and whatever
is predicted is averaged over all of them. Where the weeks say little, the prediction is wide by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DISPERSIONS = ((1.0, 0.46), (1.25, 0.12), (1.6, 0.08), (2.1, 0.05), (2.9, 0.06), (4.2, 0.12), (6.5, 0.11))
"""Variance of a day over its mean, and how much each is believed before anything was seen."""
DRIFTS = ((0.0, 0.43), (0.07, 0.13), (0.14, 0.08), (0.22, 0.07), (0.32, 0.09), (0.46, 0.11), (0.7, 0.09))
"""Standard deviation of a week's level, as a share of it, and how much each is believed."""
LASTING = ((0.2, 0.25), (0.5, 0.21), (0.75, 0.22), (0.9, 0.32))
"""Correlation of a week's level with the next week's, and how much each is believed."""
LEAST = 1e-6
"""Share of the best weight below which a combination is dropped."""


class Stretch(NamedTuple):
    """A week as the drift is read from it: its level (count by expected) and the two parts of the noise in that:
    `own` is multiplied by the dispersion of days, `other` is there anyway (of a comparison)."""

    number: int
    level: float
    own: float
    other: float


class Belief(NamedTuple):
    """One combination and how much it is believed; the shares add up to 1."""

    share: float
    dispersion: float
    drift: float
    lasting: float


def beliefs(weeks: Sequence[Stretch], pearson: float, freedom: int) -> list[Belief]:
    """The combinations with their shares, after these weeks and this Pearson sum of their days.

    The dispersion is read from the days (Pearson's sum over it is about chi-square), the drift from the weeks: levels
    are taken as normal with a common mean that nothing is known of (restricted likelihood), a first-order
    autoregression and the noise of counting, by the Kalman filter (Harvey, Forecasting, Structural Time Series Models
    and the Kalman Filter, 1989, 3.4).
    """
    found: list[tuple[float, float, float, float]] = []
    for dispersion, believed in DISPERSIONS:
        days = math.log(believed) - freedom / 2 * math.log(dispersion) - pearson / (2 * dispersion)
        noise = [(week.number, week.level, dispersion * week.own + week.other) for week in weeks]
        for drift, lasting, prior in _drifts():
            found.append((days + prior + _likelihood(noise, drift, lasting), dispersion, drift, lasting))
    best = max(weight for weight, *_ in found)
    shares = [(math.exp(weight - best), *rest) for weight, *rest in found if weight > best + math.log(LEAST)]
    total = sum(share for share, *_ in shares)
    return [Belief(share / total, *rest) for share, *rest in shares]


def _drifts() -> Iterator[tuple[float, float, float]]:
    """Each drift with how long it lasts, and the logarithm of how much that is believed. No drift lasts no time."""
    for drift, believed in DRIFTS:
        if not drift:
            yield drift, 0.0, math.log(believed)
            continue
        for lasting, share in LASTING:
            yield drift, lasting, math.log(believed * share)


def _likelihood(weeks: Sequence[tuple[int, float, float]], drift: float, lasting: float) -> float:
    """The restricted log-likelihood of these levels. A week that is missing only lets the drift go on."""
    if not weeks:
        return 0.0
    spread = drift * drift
    variance, seen, one = spread, 0.0, 0.0
    logs = seen_seen = seen_one = one_one = 0.0
    last: int | None = None
    for number, level, noise in weeks:
        if last is not None and spread:
            kept = lasting ** (number - last)
            variance = kept * kept * variance + spread * (1 - kept * kept)
            seen, one = seen * kept, one * kept
        last = number
        total = variance + noise
        off, off_one = level - seen, 1.0 - one
        gain = variance / total
        seen, one, variance = seen + gain * off, one + gain * off_one, variance * (1 - gain)
        logs += math.log(total)
        seen_seen += off * off / total
        seen_one += off * off_one / total
        one_one += off_one * off_one / total
    return -(logs + math.log(one_one) + seen_seen - seen_one * seen_one / one_one) / 2


def spread_of(parts: Sequence[tuple[int, float]], lasting: float) -> float:
    """The variance of a sum of weeks that drift, for a drift of 1: `parts` are (number, how much of it), in order."""
    total = carried = 0.0
    last = 0
    for number, part in parts:
        carried *= lasting ** (number - last) if carried else 1.0
        total += part * part + 2 * part * carried
        carried += part
        last = number
    return total
