"""Goals as people set them: set, and dropped, each with its line of history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches

from commsleads.errors import LeadError
from commsleads.plan import GoalPlan
from commsleads.store.engine import Session
from commsleads.store.leads import goals

FILE = "“{}” is a goal of the settings file, which owns it; change it there."


def set_goal(session: Session, goal: GoalPlan, *, owned: Collection[str], now: datetime, by: str) -> str:
    """Put a goal in force, in place of what stood under its id: new, changed or same. Doing it twice changes nothing.

    `owned` are the goals of the settings file. The caller has checked the goal as one of the file
    (`config.aims.goal`). Raises `LeadError`.
    """
    if goal.id in owned:
        raise LeadError(FILE.format(goal.id))
    with session.atomic():
        return goals.put(session, goal, now, by)


def drop_goal(session: Session, goal_id: str, *, owned: Collection[str], now: datetime, by: str) -> None:
    """Take a goal that was set by command out of force. Raises `LeadError` with the nearest where there is none."""
    if goal_id in owned:
        raise LeadError(FILE.format(goal_id))
    with session.atomic():
        if not goals.drop(session, goal_id, now, by):
            raise missing(goal_id, [one.id for one in goals.active(session)])


def missing(goal_id: str, known: Collection[str]) -> LeadError:
    """What to say of a goal that there is not."""
    names = list(known)
    near = get_close_matches(goal_id[:100].lower(), names, 1, 0.6)
    there = f"There is: {', '.join(names[:20])}." if names else "Set one with: commsleads goal set ID"
    hint = f"Did you mean “{near[0]}”?" if near else there
    return LeadError(f"No goal is called “{goal_id[:60]}”. {hint}")
