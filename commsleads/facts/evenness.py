"""Whether the criteria are applied evenly: acceptance by owner and campaign, qualified leads by campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from commsleads.contract import Period
from commsleads.facts.goal_values import EvennessFigures
from commsleads.facts.ground import Ground
from commsleads.rules.leads.evenness import Evenness, Of
from commsleads.rules.leads.evenness import evenness as tested
from commsleads.store.engine import stamp
from commsleads.store.leads import credit as rows


def evenness(ground: Ground, period: Period) -> EvennessFigures:
    """The figures of offers made, and leads opened, in the period."""
    start, end = stamp(period.start), stamp(min(period.end, ground.now))
    answered = rows.answered(ground.session, start, end)
    opened = rows.opened(ground.session, start, end, stamp(ground.now))
    return EvennessFigures(
        period=period,
        owners=_shares((to, answer == "accepted") for to, _, answer in answered),
        campaigns=_shares((campaign, answer == "accepted") for _, campaign, answer in answered),
        qualified=tested([Of(campaign, int(k), int(n)) for campaign, k, n in opened]),
        query=ground.command("lead list", period),
    )


def _shares(found: Iterable[tuple[str, bool]]) -> Evenness:
    counts = Counter(found)
    names = sorted({name for name, _ in counts})
    return tested([Of(name, counts[name, True], counts[name, True] + counts[name, False]) for name in names])
