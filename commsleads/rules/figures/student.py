"""Student's t, for a spread that few values had to show."""

from __future__ import annotations

import math
from functools import lru_cache

from commsleads.rules.figures.roots import root


@lru_cache(maxsize=256)
def student(share: float, freedom: int) -> float:
    """The quantile of Student's t for a whole number of degrees of freedom, by bisection."""
    return root(lambda t: student_below(t, freedom) - share, 0.0, 1e4)


def student_below(t: float, freedom: int) -> float:
    """P(T <= t), by the finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    odd = freedom % 2
    cosine = math.cos(angle) ** 2
    term = total = (math.cos(angle) if odd else 1.0) if freedom > 1 else 0.0
    for step in range(2 + odd, freedom, 2):
        term *= cosine * (step - 1) / step
        total += term
    within = (2 / math.pi) * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total
    return (1 + within) / 2
