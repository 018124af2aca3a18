"""What a lead would be under other criteria, for the trial before they are switched on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from commsleads.journey import Act, Touch
from commsleads.rules.leads.judge import judge
from commsleads.rules.leads.judged import Judged, set_by, slot
from commsleads.rules.leads.log import laid_out
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
    """What `told` would give if these terms came into force now. Of the acts only those that set a stage matter."""
    judging = judge(terms.criteria)
    judged = Judged(judging)
    known = (touch for touch in touches if touch.learned <= now)
    for row in laid_out(known, (act for act in acts if act.at <= now)):
        judged.take(set_by(row) if isinstance(row, Act) else slot(judging, row))
    (fit, fit_band), (engagement, engagement_band) = judged.named(judged.standing(now)[0])
    return Rejudged(judged.stage, judged.qualified, judged.opened, fit, engagement, fit_band, engagement_band)
