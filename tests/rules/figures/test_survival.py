"""Kaplan and Meier's curve, held to published values and to the definition worked out the slow way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.figures.survival import Lasted, kaplan_meier

TREATED = [
    *((time, True) for time in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *((time, False) for time in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]
"""Weeks of remission under 6-MP, Freireich et al., Blood 21 (1963); the example of most textbooks."""
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

LASTED = st.lists(st.builds(Lasted, st.integers(0, 20).map(float), st.booleans()), max_size=40)


def test_remission_under_treatment() -> None:
    """The curve of the treated is that of the textbooks, to four places, and its median is 23 weeks (from 13 on)."""
    curve = kaplan_meier(Lasted(time, ended) for time, ended in TREATED)
    assert (curve.n, curve.events, curve.censored) == (21, 9, 12)
    assert [step.time for step in curve.steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.at_risk for step in curve.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [round(step.surviving, 4) for step in curve.steps] == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip
    assert (curve.median, curve.low, curve.high) == (23, 13, None)


def test_remission_without_treatment() -> None:
    """With nobody censored the median is the ordinary one, 8 weeks, with the published interval of 4 to 11."""
    curve = kaplan_meier(Lasted(time, True) for time in PLACEBO)
    assert (curve.median, curve.low, curve.high) == (8, 4, 11)
    assert curve.surviving(8) == pytest.approx(8 / 21)


def test_by_hand() -> None:
    """Five by hand: 1, 2+, 3, 3+, 4 leaves 4/5, then 4/5 x 2/3, then nothing; the one lost at 3 was at risk at 3."""
    curve = kaplan_meier([Lasted(1, True), Lasted(2, False), Lasted(3, True), Lasted(3, False), Lasted(4, True)])
    assert [step.surviving for step in curve.steps] == pytest.approx([4 / 5, 8 / 15, 0])
    assert [step.at_risk for step in curve.steps] == [5, 3, 1]
    assert curve.median == 4
    assert (curve.surviving(0.5), curve.surviving(3)) == pytest.approx((1, 8 / 15))


def test_greenwood_by_hand() -> None:
    """One of four ended: S = 3/4 with variance S² x 1/(4x3), and bounds on the log(-log) scale from that."""
    step = kaplan_meier([Lasted(1, True), *[Lasted(2, False)] * 3]).steps[0]
    assert step.low == pytest.approx(0.1279, abs=1e-4)
    assert step.high == pytest.approx(0.9605, abs=1e-4)


def test_fewer_than_half() -> None:
    """A curve that stays above one half has no median, and nothing at all has an empty curve."""
    assert kaplan_meier([Lasted(1, True), Lasted(9, False), Lasted(9, False)]).median is None
    empty = kaplan_meier([])
    assert (empty.n, empty.steps, empty.median, empty.surviving(3)) == (0, (), None, 1.0)


def test_exactly_half() -> None:
    """The median is the first time at which no more than half are left, for all the rounding of the product."""
    assert kaplan_meier(Lasted(time, True) for time in (1, 2, 3, 4)).median == 2
    assert kaplan_meier(Lasted(time, True) for time in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)).median == 7


@pytest.mark.parametrize("time", [-1.0, float("nan"), float("inf")])
def test_no_length_of_time(time: float) -> None:
    """A negative or endless length is refused."""
    with pytest.raises(ValueError, match="no length"):
        kaplan_meier([Lasted(time, True)])


@given(LASTED)
def test_the_slow_way(lasted: list[Lasted]) -> None:
    """The curve is the product over times of 1 - ended / at risk, in exact fractions; the median follows from it."""
    curve = kaplan_meier(lasted)
    median = None
    share = Fraction(1)
    for time in sorted({one.time for one in lasted if one.ended}):
        at_risk = sum(one.time >= time for one in lasted)
        share *= 1 - Fraction(sum(one.time == time and one.ended for one in lasted), at_risk)
        assert curve.surviving(time) == pytest.approx(float(share))
        if median is None and share <= Fraction(1, 2):
            median = time
    assert curve.median == median


@given(LASTED)
def test_bounds_hold_the_curve(lasted: list[Lasted]) -> None:
    """The curve only falls, its bounds hold it, and the interval of the median holds the median."""
    curve = kaplan_meier(lasted)
    shares = [step.surviving for step in curve.steps]
    assert shares == sorted(shares, reverse=True)
    for step in curve.steps:
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.surviving <= step.high <= 1
    if curve.median is not None:
        assert curve.low is None or curve.low <= curve.median
        assert curve.high is None or curve.high >= curve.median


@given(LASTED)
def test_censoring_only_lifts(lasted: list[Lasted]) -> None:
    """Were all censored ones ended, no share would be higher: what goes on is never counted as done."""
    curve, harsh = kaplan_meier(lasted), kaplan_meier(one._replace(ended=True) for one in lasted)
    for step in harsh.steps:
        assert curve.surviving(step.time) >= step.surviving - 1e-12
