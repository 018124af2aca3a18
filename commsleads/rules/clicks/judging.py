"""The verdict on every hit, out of weighted signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commsleads.plan import ClickPlan
from commsleads.responses import Asked, Hit, Judgement, LinkFacts, Verdict

RULES = 1
"""The version of these rules; a higher one makes every stored hit be judged again."""


def judge(hits: Sequence[Hit], links: Mapping[str, LinkFacts], plan: ClickPlan) -> list[Judgement]:
    """The verdict on each hit, in the order given."""
    return [
        Judgement(hit.id, Verdict.LIKELY if hit.asked is Asked.GET else Verdict.MACHINE, ("not yet judged",))
        for hit in hits
    ]
