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
from collections.abc import Iterable, Iterator
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


class Half(NamedTuple):
    """The median of a `Curve` and its interval, without the curve."""

    n: int
    events: int
    median: float | None
    low: float | None
    high: float | None


def kaplan_meier(lasted: Iterable[tuple[float, bool]], level: float = LEVEL) -> Curve:
    """The curve of these (`Lasted`). Who ended and who was lost at the same time were both at risk then: ends come
    first.

    Raises ValueError for a time that is negative or no number.
    """
    left, ended = _counted(lasted)
    steps = tuple(_steps(left, ended, level))
    return Curve(n=left.total(), events=ended.total(), steps=steps, **_half(steps))


def halfway(lasted: Iterable[tuple[float, bool]], level: float = LEVEL) -> Half:
    """The median of these and its interval, as `kaplan_meier` has them, without the rest of the curve: for a hundred
    thousand lengths at once."""
    left, ended = _counted(lasted)
    return Half(left.total(), ended.total(), **_half(_steps(left, ended, level)))


def _half(steps: Iterable[Step]) -> dict[str, float | None]:
    """The first times at which the curve and its bounds are down to a half."""
    median = low = high = None
    for step in steps:
        if median is None and step.surviving <= HALF + NEAR:
            median = step.time
        if low is None and step.low is not None and step.low <= HALF:
            low = step.time
        if high is None and step.high is not None and step.high <= HALF:
            high = step.time
        if high is not None and median is not None and low is not None:
            break
    return {"median": median, "low": low, "high": high}


def _counted(lasted: Iterable[tuple[float, bool]]) -> tuple[Counter[float], Counter[float]]:
    """How many left at each time, and for how many of them it had ended."""
    given = list(lasted)
    left = Counter([time for time, _ in given])
    ended = Counter([time for time, done in given if done])
    if left and not (math.isfinite(sum(left)) and min(left) >= 0):
        wrong = next(time for time in left if not (math.isfinite(time) and time >= 0))
        raise ValueError(f"{wrong} is no length of time")
    return left, ended


def _steps(left: Counter[float], ended: Counter[float], level: float) -> Iterator[Step]:
    """The times at which something ended, in order."""
    at_risk = left.total()
    z = NormalDist().inv_cdf((1 + level) / 2)
    surviving, greenwood = 1.0, 0.0
    for time in sorted(left):
        if gone := ended[time]:
            surviving *= (at_risk - gone) / at_risk
            if at_risk > gone:
                greenwood += gone / (at_risk * (at_risk - gone))
            low, high = _bounds(surviving, greenwood, z)
            yield Step(time, at_risk, gone, surviving, low, high)
        at_risk -= left[time]


def _bounds(surviving: float, greenwood: float, z: float) -> tuple[float | None, float | None]:
    """The curve's own interval at one time, on the log(-log) scale (Kalbfleisch and Prentice 1980)."""
    if surviving <= 0:
        return None, None
    spread = z * math.sqrt(greenwood) / abs(math.log(surviving))
    return surviving ** math.exp(spread), surviving ** math.exp(-spread)
