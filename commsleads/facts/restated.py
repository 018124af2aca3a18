"""Figures that earlier editions told and that are others now, and why."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.restated_values import Restated


def restated(ground: Ground, period: Period) -> tuple[Restated, ...]:
    """What the last eight editions before this period told and is another figure now, each change once."""
    del ground, period
    return ()
