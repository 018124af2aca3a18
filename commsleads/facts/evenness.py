"""Whether the criteria are applied evenly: acceptance by owner and campaign, qualified leads by campaign."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.goal_values import EvennessFigures
from commsleads.facts.ground import Ground


def evenness(ground: Ground, period: Period) -> EvennessFigures:
    """The figures of offers made, and leads opened, in the period."""
    raise NotImplementedError
