"""What people corrected of what was collected: stories taken out and put back, and what was missed."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.restated_values import Quality


def quality(ground: Ground, period: Period) -> Quality:
    """What was taken out, put back and found by hand in a period, and how much noise each watch brought."""
    del ground, period
    return Quality(removed=(), kept=(), missed=(), noise=())
