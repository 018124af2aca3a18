"""The step of a target's way that a response leads to."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.plan import Status


def step(statuses: Sequence[Status], *, did: bool) -> str:
    """The status that follows from a response: for who did it the first of success, else the first that responded.

    Where no status says success, the last that responded; where none says responded, '': nothing follows.
    """
    responded = [status.name for status in statuses if status.responded and not status.success]
    success = [status.name for status in statuses if status.success]
    if did:
        return success[0] if success else responded[-1] if responded else ""
    return responded[0] if responded else ""
