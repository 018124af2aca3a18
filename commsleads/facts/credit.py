"""What qualified leads are due to, by each model of attribution, with what nobody can attribute."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.goal_values import CreditTable
from commsleads.facts.ground import Ground


def credit(ground: Ground, period: Period, key: str = "campaign") -> CreditTable:
    """The models side by side for leads qualified in the period. `key` is campaign, source or channel."""
    raise NotImplementedError
