"""Where a rising function crosses zero, by bisection: slow, sure, and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable


def root(rising: Callable[[float], float], low: float = 0.0, high: float = 1.0, near: float = 0.0) -> float:
    """Where a rising function crosses zero between `low` and `high`; the end that is nearer when it does not.

    With `near` that is close enough; without it, as close as numbers go.
    """
    for _ in range(60):
        if high - low < near:
            break
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
