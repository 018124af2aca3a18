"""Points: how engagement decays and is bounded, what fit is made of, and bands that nobody crosses by a point."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commsleads.criteria import Band, Criteria, Rule
from commsleads.journey import Lead, Touch
from commsleads.rules.leads.judge import Bands, judge
from tests.rules.leads.logs import CRITERIA, day, lead, terms, touch


def given(told: Lead) -> dict[str, tuple[int, int]]:
    """Points and touches by rule."""
    return {one.rule: (one.points, one.touches) for one in told.given}


@pytest.mark.parametrize(
    ("rows", "now", "points"),
    [
        ([touch("a", day(0))], 0, {"asked": (30, 1)}),
        ([touch("a", day(0))], 30, {"asked": (15, 1)}),
        ([touch("a", day(0))], 60, {"asked": (8, 1)}),  # 7.5, rounded half up
        ([touch("a", day(0))], 400, {"asked": (0, 1)}),  # gone, and still told
        ([touch("a", day(0)), touch("b", day(0)), touch("c", day(0))], 0, {"asked": (60, 3)}),  # the cap
        ([touch("a", day(0)), touch("b", day(30))], 30, {"asked": (45, 2)}),
        ([touch("a", day(0)), touch("b", day(0)), touch("c", day(30))], 30, {"asked": (60, 3)}),  # 30 of 60, and 30
        ([touch("a", day(0), kind="click")], 10, {"clicked": (2, 1)}),  # a half-life of its own: 1.5
        ([touch("a", day(0), "own hostile")], 0, {"asked": (30, 1), "hostile": (-20, 1)}),
        ([touch(one, day(0), "hostile", "phone") for one in "abc"], 0, {"hostile": (-40, 3)}),  # the cap is the least
        ([touch("a", day(0), "hostile", "phone")], 30, {"hostile": (-10, 1)}),
        ([touch("a", day(0), "objected", "phone")], 400, {"objected": (-100, 1)}),  # never less
        ([touch("a", day(0), counts=False)], 0, {}),  # nothing for one that does not count
        ([touch("a", day(0), "hostile", counts=False)], 0, {"hostile": (-20, 1)}),  # but what speaks against them
        ([touch("a", day(0), "own hostile", "known")], 0, {}),  # and nothing of what is no touch
        ([touch("a", day(0)), touch("b", day(0), "objected", "known")], 0, {"asked": (30, 1), "objected": (-100, 1)}),
    ],
)
def test_engagement(rows: list[Touch], now: float, points: dict[str, tuple[int, int]]) -> None:
    """Each rule has a total that halves with time, bounded by its cap, told in whole points."""
    told = lead(*rows, now=day(now))
    assert given(told) == points
    assert told.engagement == sum(number for number, _ in points.values())


def test_what_is_learned_late_adds_what_is_left_of_it() -> None:
    """A touch of a month ago, learned of after a newer one, gives half."""
    late = touch("b", day(0), learned=day(31))
    assert given(lead(touch("a", day(30)), late, now=day(31)))["asked"] == (44, 2)
    assert given(lead(touch("a", day(30)), late, now=day(60)))["asked"] == (23, 2)  # 22.5


def test_a_touch_that_says_it_is_of_tomorrow_is_of_when_it_came() -> None:
    """Nothing happens after we learned of it, whatever a header says."""
    told = lead(touch("a", day(400), learned=day(0)), now=day(30))
    assert (told.opened, told.last_at, told.engagement) == (day(0), day(0), 15)


@pytest.mark.parametrize(
    ("rows", "fit", "rules"),
    [
        ([touch("a", day(0), "outlet own tier-1")], 50, {"national", "outlet"}),
        ([touch("a", day(0), "outlet own tier-1"), touch("b", day(1), "own")], 50, {"national", "outlet"}),
        ([touch("a", day(0), "outlet own tier-1"), touch("b", day(1), "own throwaway")], -40, {"throwaway"}),
        ([touch("a", day(0), "own throwaway"), touch("b", day(-9), "outlet own", learned=day(1))], -40, {"throwaway"}),
        ([touch("a", day(0), "listed own"), touch("b", day(1), "outlet")], 20, {"listed", "outlet"}),  # listed for good
        ([touch("a", day(0), "listed outlet"), touch("b", day(1), "listed outlet")], 20, {"listed", "outlet"}),  # once
        ([touch("a", day(0), "own"), touch("b", day(1), "outlet", "known")], 10, {"outlet"}),
        ([touch("a", day(0), "outlet", counts=False)], 10, {"outlet"}),
        ([touch("a", day(0), source="personal referral"), touch("b", day(1))], 5, {"referred"}),
        ([touch("a", day(0), "own"), touch("a", day(0), "outlet own", version=2, learned=day(1))], 10, {"outlet"}),
    ],
)
def test_fit(rows: list[Touch], fit: int, rules: set[str]) -> None:
    """Who somebody is, the newest touch that says so decides; each rule gives once, for as long as that holds."""
    told = lead(*rows, now=day(300))
    assert told.fit == fit
    assert {one.rule for one in told.given if one.rule in {rule.id for rule in CRITERIA.fit}} == rules


BANDS = Bands((Band(name="warm", least=20, margin=5), Band(name="cool", least=5, margin=2)))


@pytest.mark.parametrize(
    ("points", "was", "band"),
    [
        (4, 0, ""), (5, 0, "cool"), (19, 0, "cool"), (20, 0, "warm"),
        (19, 2, "warm"), (15, 2, "warm"), (14, 2, "cool"), (3, 2, "cool"), (2, 2, ""),
        (4, 1, "cool"), (3, 1, "cool"), (2, 1, ""), (20, 1, "warm"),
    ],
)  # fmt: skip
def test_bands(points: int, was: int, band: str) -> None:
    """One rises at a band's least and falls out of it only below the margin, in whatever order the file has them."""
    assert BANDS.names[BANDS.at(points, was)] == band


def test_bands_follow_the_touches() -> None:
    """In a band by its touches, a lead is in it until points are below the margin, as of any moment."""
    row = touch("a", day(0))
    bands = [lead(row, now=day(number)).engagement_band for number in (0, 17, 29, 32)]
    assert bands == ["warm", "warm", "warm", "cool"]
    # A band is left at a touch: these 17 points are enough for who was warm at the touch before, and for nobody else.
    assert lead(row, touch("b", day(32), kind="click")).engagement_band == "warm"
    assert lead(row, touch("b", day(33), kind="phone"), touch("c", day(33), kind="click")).engagement_band == "cool"


def test_points_with_nothing_to_hold_them() -> None:
    """Criteria of absurd numbers are bounded and break nothing."""
    rules = (Rule(id="all", points=10**400), Rule(id="cap", points=5, cap=-5), Rule(id="low", points=-5, cap=5))
    told = lead(touch("a", day(0)), terms(criteria=Criteria(engagement=rules, fit=rules, half_life=timedelta(-1))))
    assert given(told)["cap"][0] in (0, 5)
    assert told.engagement == 10**9


def test_equal_criteria_are_compiled_once() -> None:
    """Each lead is told with criteria read anew from the store: the judge is found by what they say."""
    assert judge(CRITERIA) is judge(replace(CRITERIA))
    assert judge(CRITERIA) is not judge(replace(CRITERIA, version="x"))
