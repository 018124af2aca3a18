"""The steps of a target's way: which there are, and which may follow which.

The order is the one in which a campaign declares them. Forward is free, and steps may be left out; back needs a reason,
and is kept as a step back.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from commsleads.errors import CampaignError
from commsleads.plan import Status

CONTACTED = "contacted"


class Step(NamedTuple):
    """A step that may be taken. `forward` is 0 where the target stands there already, below it for a step back."""

    status: Status
    forward: int


def named(statuses: Sequence[Status], name: str) -> Status:
    """The status that somebody means. Raises `CampaignError` with the nearest when there is none of that name."""
    wanted = _folded(name)
    known = {_folded(status.name): status for status in statuses}
    if found := known.get(wanted):
        return found
    near = get_close_matches(wanted[:100], list(known), 1, 0.6)
    there = ", ".join(f"“{status.name}”" for status in statuses)
    hint = f"Did you mean “{known[near[0]].name}”?" if near else f"There is: {there}."
    raise CampaignError(f"No status is called “{name[:60]}” here. {hint}")


def place(statuses: Sequence[Status], name: str) -> int:
    """How far on the way a status stands. One that is not declared any more counts as the beginning."""
    wanted = _folded(name)
    return next((n for n, status in enumerate(statuses) if _folded(status.name) == wanted), 0)


def step(statuses: Sequence[Status], came_from: str, to: str, why: str = "") -> Step:
    """The step from one status to another. Raises `CampaignError` for an unknown one, and back without a reason."""
    status = named(statuses, to)
    forward = place(statuses, status.name) - place(statuses, came_from)
    if forward < 0 and not why.strip():
        raise CampaignError(
            f"“{status.name}” is a step back from “{came_from}”. Say why (--why TEXT): it is kept with the step."
        )
    return Step(status, forward)


def first(statuses: Sequence[Status]) -> Status:
    """Where everybody begins."""
    return statuses[0]


def contacted(statuses: Sequence[Status]) -> Status | None:
    """Where somebody stands to whom a mailing went: “contacted”, or else the first step that is not a response yet."""
    waiting = [status for status in statuses[1:] if not status.responded]
    return next((status for status in waiting if _folded(status.name) == CONTACTED), waiting[0] if waiting else None)


def answered(statuses: Sequence[Status], *, did: bool) -> Status:
    """Where somebody stands who has answered; with `did`, who did what was asked (a status with `success`)."""
    responded = [status for status in statuses if status.responded]
    chosen = [status for status in responded if status.success == did]
    return chosen[0] if chosen else responded[-1 if did else 0]


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
