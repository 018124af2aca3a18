"""How long until something happens, when for some it has not happened yet (Kaplan–Meier).

Leaving the open ones out would flatter the figure, counting them as never would damn it: they are censored, known to
have lasted at least so long. Worked out here from the formulas, because the libraries that hold them take seconds to
import.

Kaplan and Meier, Journal of the American Statistical Association 53 (1958); Greenwood's variance (1926); the interval
of the median is that of Brookmeyer and Crowley, Biometrics 38 (1982), on the log(-log) scale, which keeps the curve's
own bounds between 0 and 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95
HALF = 0.5
NEAR = 1e-9
"""A curve that is a half but for rounding is a half."""


class Lasted(NamedTuple):
    """How long one lasted, in any unit. `ended` is False when it was still going on (censored)."""

    time: float
    ended: bool


class Step(NamedTuple):
    """A time at which something ended. `surviving` is the share that lasts longer; `low` and `high` bound it.

    The bounds are None after the last one has ended, where the formula has none.
    """

    time: float
    at_risk: int
    events: int
    surviving: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The share that lasts longer than each time, and the median with its interval.

    `median` is the first time at which half or fewer last longer, None when the curve does not come down that far.
    `low` and `high` are its interval; None is an end that the data do not reach (`high` then is open).
    """

    n: int
    events: int
    steps: tuple[Step, ...]
    median: float | None
    low: float | None
    high: float | None

    @property
    def censored(self) -> int:
        """How many were still going on when they were last seen."""
        return self.n - self.events

    def surviving(self, time: float) -> float:
        """The share that lasts longer than this."""
        share = 1.0
        for step in self.steps:
            if step.time > time:
                break
            share = step.surviving
        return share


def kaplan_meier(lasted: Iterable[Lasted], level: float = LEVEL) -> Curve:
    """The curve of these. Who ended and who was lost at the same time were both at risk then: ends come first.

    Raises ValueError for a time that is negative or no number.
    """
    ended: Counter[float] = Counter()
    left: Counter[float] = Counter()
    for time, done in lasted:
        if not (math.isfinite(time) and time >= 0):
            raise ValueError(f"{time} is no length of time")
        left[time] += 1
        ended[time] += done
    n = at_risk = left.total()
    z = NormalDist().inv_cdf((1 + level) / 2)
    steps: list[Step] = []
    surviving, greenwood = 1.0, 0.0
    for time in sorted(left):
        if gone := ended[time]:
            surviving *= (at_risk - gone) / at_risk
            if at_risk > gone:
                greenwood += gone / (at_risk * (at_risk - gone))
            low, high = _bounds(surviving, greenwood, z)
            steps.append(Step(time, at_risk, gone, surviving, low, high))
        at_risk -= left[time]
    return Curve(
        n=n,
        events=ended.total(),
        steps=tuple(steps),
        median=next((step.time for step in steps if step.surviving <= HALF + NEAR), None),
        low=next((step.time for step in steps if step.low is not None and step.low <= HALF), None),
        high=next((step.time for step in steps if step.high is not None and step.high <= HALF), None),
    )


def _bounds(surviving: float, greenwood: float, z: float) -> tuple[float | None, float | None]:
    """The curve's own interval at one time, on the log(-log) scale (Kalbfleisch and Prentice 1980)."""
    if surviving <= 0:
        return None, None
    spread = z * math.sqrt(greenwood) / abs(math.log(surviving))
    return surviving ** math.exp(spread), surviving ** math.exp(-spread)
