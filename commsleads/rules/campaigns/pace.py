"""Against the goal: how far it is, how far it would be if it came evenly, and where it ends if it goes on so.

Responses do not come evenly: most come right after a mailing. So the forecast is a range, it says what it assumes, and
a range too wide to be of use is "cannot tell".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commsleads.rules.figures import LEVEL, expected_between

Word = Literal["reached", "missed", "ahead", "behind", "on pace", "not begun", "cannot tell"]

EARLY = 0.1
"""Share of the time before which no forecast is made."""
USEFUL = 2.0
"""A forecast that holds the goal is "on pace" if its ends are no farther from the goal than by this factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`n` of `goal` so far. `expected` is what there would be by now if it came evenly, `low` and `high` where it ends
    if it goes on as so far (95 of 100). `why` is a clause where it cannot be told."""

    word: Word
    n: int | None
    goal: int
    elapsed: float | None
    expected: float | None
    low: int | None
    high: int | None
    why: str = ""


def pace(n: int | None, goal: int, start: datetime | None, end: datetime | None, now: datetime) -> Pace:
    """How `n` by `now` stands to a goal for the time from `start` to `end`.

    The forecast is the prediction interval of a Poisson count with Jeffreys' prior: what is still to come is negative
    binomial with mean (n + 1/2) x remaining / elapsed (Krishnamoorthy and Peng, Journal of Statistical Planning and
    Inference 141 (2011) 1709-1718, compare it with its rivals).
    """
    if start is None or end is None or end <= start:
        word: Word = "reached" if n is not None and n >= goal else "cannot tell"
        return _told(word, n, goal, why="" if word == "reached" else "no beginning and end were said")
    elapsed = (now - start) / (end - start)
    if elapsed < 0:
        return _told("not begun", n, goal, elapsed=0.0)
    elapsed = min(elapsed, 1.0)
    expected = goal * elapsed
    if n is None:
        return _told("cannot tell", None, goal, elapsed=elapsed, expected=expected, why="nothing counts it")
    if n >= goal:
        return _told("reached", n, goal, elapsed=elapsed, expected=expected)
    if elapsed >= 1:
        return _told("missed", n, goal, elapsed=elapsed, expected=expected)
    if elapsed < EARLY:
        why = f"less than {EARLY:.0%} of the time is over"
        return _told("cannot tell", n, goal, elapsed=elapsed, expected=expected, why=why)
    rest = (1 - elapsed) / elapsed
    mean = (n + 0.5) * rest
    less, more = expected_between(mean, mean * (1 + rest), LEVEL)
    low, high = n + less, n + more
    word, why = _judged(low, high, goal)
    return Pace(word=word, n=n, goal=goal, elapsed=elapsed, expected=expected, low=low, high=high, why=why)


def _judged(low: int, high: int, goal: int) -> tuple[Word, str]:
    if high < goal:
        return "behind", ""
    if low >= goal:
        return "ahead", ""
    if low * USEFUL >= goal and high <= goal * USEFUL:
        return "on pace", ""
    return "cannot tell", "too few have come for a useful forecast"


def _told(
    word: Word, n: int | None, goal: int, *, elapsed: float | None = None, expected: float | None = None, why: str = ""
) -> Pace:
    return Pace(word=word, n=n, goal=goal, elapsed=elapsed, expected=expected, low=None, high=None, why=why)
