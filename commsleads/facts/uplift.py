"""Whether coverage rose with a campaign, beyond what the same weekdays before it lead one to expect."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.uplift_values import UpliftLine
from commsleads.plan import Campaign


def uplift(ground: Ground, campaign: Campaign, period: Period | None = None) -> UpliftLine | None:
    """The uplift of a campaign up to the end of the period, or to now. None as long as nothing measures it."""
    return None
