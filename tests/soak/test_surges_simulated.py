"""Simulated years: how often the rule on surges speaks where nothing happens, and whether it hears a real wave."""

from __future__ import annotations

import pytest

from commsleads.plan import SurgePlan
from tests.alerts.surgesim import false_alarms, found


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("sensitivity", "most"), [("low", 2.0), ("normal", 4.5), ("high", 16.0)])
def test_false_alarms_stay_where_the_page_says(sensitivity: str, most: float) -> None:
    """Watches of one to forty stories a day, on days that vary up to four times as much as chance alone."""
    plan = SurgePlan(sensitivity=sensitivity)
    for mean, spread in ((1, 4.0), (3, 2.0), (10, 1.0), (40, 2.0)):
        assert false_alarms(mean, spread, plan, years=4, seed=3) <= most, (mean, spread)


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_a_wave_is_heard() -> None:
    """Ten times the usual for a watch with ten stories a day is heard nearly always, within half a day."""
    share, hours = found(10, 2.0, SurgePlan(), times=10, tries=30, seed=5)
    assert share >= 0.9
    assert hours is not None
    assert hours <= 12
