"""The stage that criteria give a lead, and nothing else: for asking it of everybody.

A stage that is reached stays reached, so no touch need be judged after the highest that the touches can reach at all.
Which that is, is seen by their sorts alone, without points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.journey import Act, Touch
from commsleads.rules.leads.judge import judge
from commsleads.rules.leads.judged import Judged, shaped
from commsleads.rules.leads.log import in_force
from commsleads.rules.leads.rejudging import rejudged
from commsleads.rules.leads.terms import Terms


class Staged(NamedTuple):
    """Whether somebody is a lead, in which stage, and whether that is qualified."""

    opened: bool
    stage: str
    qualified: bool


def staged(touches: Iterable[Touch], terms: Terms, now: datetime, acts: Sequence[Act] = ()) -> Staged:
    """The stage that `rejudged` gives."""
    if acts:
        found = rejudged(touches, terms, now, acts)
        return Staged(found.opened is not None, found.stage, found.qualified)
    judging = judge(terms.criteria)
    rows = in_force([touch for touch in touches if touch.learned <= now])
    shapes = list(map(judging.shape, rows))
    alone = when = after = 0
    opens = False
    for shape in shapes:
        alone |= shape.alone
        when |= shape.when
        after |= shape.after
        opens |= shape.opens
    # A stage that asks for two touches needs one of either sort; whether they came in order is judged below.
    highest = (alone | when & after).bit_length() - 1
    if not opens or highest < 0:
        return Staged(opens, "", False)
    judged = Judged(judging)
    for row, shape in zip(rows, shapes, strict=True):
        judged.take(shaped(shape, row))
        if judged.current >= highest:
            break
    return Staged(True, judged.stage, judged.qualified)
