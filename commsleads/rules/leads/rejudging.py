"""What a lead would be under other criteria, for the trial before they are switched on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from commsleads.journey import Act, Touch
from commsleads.rules.leads.terms import Terms


class Rejudged(NamedTuple):
    """What criteria make of a lead's touches: the stage, whether that is qualified, and what it stands on."""

    stage: str
    qualified: bool
    opened: datetime | None
    fit: int
    engagement: int
    fit_band: str
    engagement_band: str


def rejudged(touches: Iterable[Touch], terms: Terms, now: datetime, acts: Iterable[Act] = ()) -> Rejudged:
    """What `told` would give if these terms came into force now. Of the acts only those of stage matter."""
    raise NotImplementedError
