"""What was observed, and which sources allow a fair comparison."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.contract import Period
from commsleads.rules.observed import Blind, like_for_like, share, watched

START = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = Period(START, START + timedelta(days=7), "2026-W47")
DAYS = st.integers(-3, 10)


def blind(first: float, last: float, source: str = "a") -> Blind:
    return Blind(source, START + timedelta(days=first), START + timedelta(days=last))


@pytest.mark.parametrize(
    ("gaps", "seen"),
    [
        ([], 1.0),
        ([blind(0, 7)], 0.0),
        ([blind(-5, 3.5)], 0.5),
        ([blind(1, 2), blind(4, 5)], 5 / 7),
        ([blind(1, 4), blind(2, 5), blind(1, 2)], 3 / 7),
        ([blind(-9, -2), blind(7, 9)], 1.0),
        ([blind(0, 7, "b")], 1.0),
    ],
)
def test_what_was_seen_of_a_week(gaps: list[Blind], seen: float) -> None:
    """Gaps count where they touch the week, overlapping ones once, those of other sources not at all."""
    assert watched(gaps, ["a"], WEEK) == {"a": pytest.approx(seen)}


@given(st.lists(st.tuples(DAYS, DAYS)), st.randoms())
def test_the_order_of_gaps_does_not_matter(pairs: list[tuple[int, int]], chance: object) -> None:
    """The share is that of the days not covered by any gap, in whatever order the gaps come."""
    gaps = [blind(min(pair), max(pair)) for pair in pairs]
    covered = {day for first, last in (sorted(pair) for pair in pairs) for day in range(first, last)}
    seen = 1 - len(covered & set(range(7))) / 7
    chance.shuffle(gaps)  # type: ignore[attr-defined]
    assert watched(gaps, ["a"], WEEK)["a"] == pytest.approx(seen)


def test_a_period_without_length_was_seen() -> None:
    """A day that the zone left out holds nothing to miss."""
    assert watched([blind(0, 1)], ["a"], Period(START, START)) == {"a": 1.0}


def test_like_is_compared_with_like() -> None:
    """A source that broke this week is left out on both sides, and so is one that is new."""
    old = dict.fromkeys("abcdefgh", 1.0)
    now = old | {"h": 0.2, "new": 1.0}
    eyes = like_for_like(now, [old] * 8, frozenset("abcdefgh"))
    assert eyes.sources == frozenset("abcdefg")
    assert (eyes.alive, eyes.now, eyes.before) == (8, 1.0, (1.0,) * 8)


def test_a_source_that_was_never_seen_is_missing_on_both_sides() -> None:
    """A feed that has been dead all along neither spoils the comparison nor counts as alive."""
    week = {"a": 1.0, "b": 1.0, "dead": 0.0}
    eyes = like_for_like(week, [week] * 8, frozenset(week))
    assert (eyes.sources, eyes.alive, eyes.now) == (frozenset("ab"), 2, 1.0)


def test_with_too_few_left_the_holes_show() -> None:
    """When most sources broke, comparing the rest would speak of something else: all count, with their holes."""
    old = dict.fromkeys("abcd", 1.0)
    eyes = like_for_like({"a": 1.0, "b": 0.0, "c": 0.0, "d": 0.5}, [old] * 8, frozenset("abcd"))
    assert eyes.sources == frozenset("abcd")
    assert eyes.now == pytest.approx(0.375)
    assert eyes.before == (1.0,) * 8


def test_without_sources_nothing_was_seen() -> None:
    """No sources, no eyes: a share of nothing is nothing."""
    assert share({}, ()) == 0.0
    assert like_for_like({}, [{}], frozenset()).now == 0.0
