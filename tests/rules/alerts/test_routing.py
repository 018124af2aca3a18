"""Where an alert goes and when: levels, kinds, officers, and nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.enquiries import LEVELS
from commsleads.plan import ALERTS, AlertChannel, AlertPlan
from commsleads.rules.alerts.routing import ready_at, ways

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = AlertPlan(quiet_from="21:00", quiet_until="07:00")


@pytest.mark.parametrize(
    ("now", "ready"),
    [
        ("2026-11-18T12:00", "2026-11-18T12:00"),
        ("2026-11-18T20:59", "2026-11-18T20:59"),
        ("2026-11-18T21:00", "2026-11-19T07:00"),
        ("2026-11-19T03:00", "2026-11-19T07:00"),
        ("2026-11-19T07:00", "2026-11-19T07:00"),
        ("2026-03-29T01:30", "2026-03-29T07:00"),  # the clocks go forward at two
        ("2026-10-25T01:30", "2026-10-25T07:00"),  # and back at three
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(now: str, ready: str) -> None:
    """Seven is seven, however long the night was."""
    at = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    assert ready_at(NIGHT, "review", at.astimezone(UTC), BERLIN).astimezone(BERLIN).isoformat()[:16] == ready


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_end_with_the_second() -> None:
    """Nobody is woken between the first half past two and the second."""
    plan = AlertPlan(quiet_from="21:00", quiet_until="02:30")
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45 summer time, the first
    assert ready_at(plan, "review", between, BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_quiet_hours_that_end_in_an_hour_that_is_left_out() -> None:
    """Half past two does not come on that night; half an hour after the change it is over."""
    plan = AlertPlan(quiet_from="21:00", quiet_until="02:30")
    late = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert ready_at(plan, "review", late, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    first=st.times(),
    last=st.times(),
    level=st.sampled_from(LEVELS),
    zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Pacific/Apia"]),
)
def test_no_alert_waits_for_more_than_a_day(now: datetime, first: object, last: object, level: str, zone: str) -> None:
    """Whatever the hours, the zone and the season; and the grave never wait."""
    plan = AlertPlan(quiet_from=f"{first:%H:%M}", quiet_until=f"{last:%H:%M}")
    ready = ready_at(plan, level, now, ZoneInfo(zone))
    assert now <= ready <= now + timedelta(hours=26)
    if level in ("escalate", "crisis"):
        assert ready == now


@given(
    level=st.sampled_from(LEVELS),
    bound=st.sampled_from(LEVELS),
    kind=st.sampled_from(ALERTS),
    kinds=st.lists(st.sampled_from(ALERTS), max_size=3),
    owner=st.sampled_from(["", "ada", "ben"]),
    on_call=st.sampled_from(["", "ada", "ben"]),
    officer=st.sampled_from(["", "ada"]),
)
def test_a_channel_carries_what_it_says(
    *, level: str, bound: str, kind: str, kinds: list[str], owner: str, on_call: str, officer: str
) -> None:
    """By level, kind and officer, and nothing else."""
    channel = AlertChannel(name="c", url_secret="c", level=bound, kinds=tuple(kinds), officer=officer)
    found = ways(
        AlertPlan(channels=(channel,)), kind, level, owner, on_call=on_call, now=datetime(2026, 1, 1, tzinfo=UTC),
        zone=BERLIN,
    )  # fmt: skip
    wanted = LEVELS.index(level) >= LEVELS.index(bound)
    wanted = wanted and (not kinds or kind in kinds) and officer in ("", owner, on_call)
    assert bool(found) is bool(wanted)
