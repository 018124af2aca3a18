"""When a source is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.timing import GROWTH, JITTER, LONGEST, STRETCH, NextCheck, next_check

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def ask(**changes: object) -> NextCheck:
    given = {
        "source_id": "trade-press",
        "every": HALF_HOUR,
        "interval": HALF_HOUR,
        "failures": 0,
        "now": NOW,
    } | changes
    return next_check(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "least", "failures"),
    [
        ({"brought_news": True}, HALF_HOUR, 0),
        ({"brought_news": True, "interval": 4 * HALF_HOUR}, HALF_HOUR, 0),
        ({}, HALF_HOUR * GROWTH, 0),
        ({"interval": HALF_HOUR * STRETCH}, HALF_HOUR * STRETCH, 0),
        ({"failures": 40}, HALF_HOUR * GROWTH, 0),
        ({"quarters": 1}, HALF_HOUR, 1),
        ({"quarters": 2}, HALF_HOUR, 2),
        ({"quarters": 2, "failures": 2}, HALF_HOUR, 4),
        ({"quarters": 4, "failures": 4}, 2 * HALF_HOUR, 8),
        ({"quarters": 4, "failures": 36}, 10 * HALF_HOUR, 40),
        ({"quarters": 4, "failures": 4_000}, LONGEST, 4_004),
        ({"brought_news": True, "wait": timedelta(hours=6)}, timedelta(hours=6), 0),
        ({"brought_news": True, "wait": timedelta(seconds=5)}, HALF_HOUR, 0),
        ({"quarters": 2, "wait": timedelta(days=3)}, timedelta(days=3), 2),
        ({"every": timedelta(days=7), "interval": timedelta(days=7), "brought_news": True}, timedelta(days=7), 0),
        ({"every": timedelta(days=7), "interval": timedelta(days=7), "quarters": 4}, timedelta(days=7), 4),
    ],
)
def test_table_of_cases(changes: dict[str, object], least: timedelta, failures: int) -> None:
    """Each case comes no sooner than it should and at most the jitter later."""
    found = ask(**changes)
    assert least <= found.at - NOW <= least * (1 + JITTER) + timedelta(seconds=1)
    assert found.failures == failures


@given(
    every=st.timedeltas(timedelta(minutes=1), timedelta(days=30)),
    stretch=st.floats(1, STRETCH),
    failures=st.integers(0, 10_000),
    quarters=st.sampled_from([0, 1, 2, 4]),
    news=st.booleans(),
)
def test_never_sooner_than_asked_and_never_given_up(
    every: timedelta, stretch: float, failures: int, quarters: int, news: bool
) -> None:
    """No failure and no silence makes us ask more often than `every`, or stop asking."""
    found = ask(every=every, interval=every * stretch, failures=failures, quarters=quarters, brought_news=news)
    longest = max(every, LONGEST) * (1 + JITTER) + timedelta(seconds=1)
    assert every - timedelta(seconds=1) <= found.at - NOW <= longest
    assert (found.failures > 0) == (quarters > 0)


def test_siblings_that_failed_together_part_again() -> None:
    """Twenty sources that fail in one second come back at many different seconds."""
    moments = {ask(source_id=f"alert-{number}", quarters=2).at for number in range(20)}
    assert len(moments) > 15


def test_same_input_same_answer() -> None:
    """The jitter is taken from the source and the time, so a rule stays a function."""
    assert ask(quarters=2) == ask(quarters=2)
