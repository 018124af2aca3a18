"""Goals, and how each stands: so far, expected by now, where it ends if it goes on so, and why it is behind."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.goal_values import GoalLine
from commsleads.facts.ground import Ground


def goals(ground: Ground, period: Period | None = None) -> list[GoalLine]:
    """The goals that a period touches, all when none is named. Those that run first, then by id."""
    raise NotImplementedError
