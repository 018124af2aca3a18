"""Differences, curves, waits, funnels and paces: against published values, and against what must always hold."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import NormalDist
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.campaigns.figures import curve, detectable, difference, wait
from commsleads.rules.campaigns.funnel import funnel
from commsleads.rules.campaigns.pace import pace
from commsleads.rules.figures import wilson

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 9, tzinfo=UTC)


# --- the difference ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_published_intervals(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    """Newcombe's paper gives these limits for method 10, in its table of examples."""
    found = difference(wilson(*one), wilson(*other))
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, COUNTS)
def test_an_interval_holds_its_difference_and_turns_with_it(one: tuple[int, int], other: tuple[int, int]) -> None:
    """It lies within -1 and 1, holds the difference, and the other way round it is its mirror; the word follows."""
    there, back = difference(wilson(*one), wilson(*other)), difference(wilson(*other), wilson(*one))
    assert there.low is not None
    assert there.high is not None
    assert there.value is not None
    assert -1 <= there.low <= there.value + 1e-12
    assert there.value - 1e-12 <= there.high <= 1
    assert [there.low, there.high] == pytest.approx([-(back.high or 0), -(back.low or 0)])
    assert there.word == ("more" if there.low > 0 else "less" if there.high < 0 else "cannot tell")
    assert {"more": "less", "less": "more"}.get(there.word, there.word) == back.word


@pytest.mark.parametrize(("one", "other", "why"), [((0, 0), (1, 9), "aimed at"), ((1, 9), (0, 0), "held back")])
def test_nobody_on_one_side_is_no_difference(one: tuple[int, int], other: tuple[int, int], why: str) -> None:
    """Without people on both sides nothing is compared and nothing is zero."""
    found = difference(wilson(*one), wilson(*other))
    assert (found.word, found.value, found.low, found.detectable) == ("cannot tell", None, None, None)
    assert why in found.why


def chance(n: int, k: int, share: float) -> float:
    return math.comb(n, k) * share**k * (1 - share) ** (n - k)


@pytest.mark.parametrize(("n", "held", "did"), [(200, 100, 10), (300, 60, 6), (120, 120, 30)])
def test_what_could_have_been_seen_is_seen_four_times_in_five(n: int, held: int, did: int) -> None:
    """Counted out over every outcome, a true share as large as that is called more in about 80 of 100 cases."""
    share = detectable(n, wilson(did, held))
    assert share is not None
    base = (did + 0.5) / (held + 1)
    power = 0.0
    for k in range(held + 1):
        if (rare := chance(held, k, base)) < 1e-6:
            continue
        low = next(
            (j for j in range(n + 1) if j / n > k / held and difference(wilson(j, n), wilson(k, held)).word == "more"),
            n + 1,
        )
        z = (low - 0.5 - n * share) / math.sqrt(n * share * (1 - share))
        power += rare * (1 - NormalDist().cdf(z))
    assert 0.75 < power < 0.88


def test_too_few_to_see_anything() -> None:
    """With one of each side no share whatever would have been called more."""
    assert detectable(1, wilson(0, 1)) is None
    assert detectable(0, wilson(0, 9)) is None


# --- over time -----------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(-50, 4000)), st.integers(1, 3000))
def test_a_curve_rises_and_holds_all_that_came_within(hours: list[int], length: int) -> None:
    """Its pieces follow each other without a hole from the start to the end, and the last holds everybody."""
    end = START + timedelta(hours=length)
    moments = [START + timedelta(hours=hour) for hour in hours]
    found = curve([(at, 1) for at in moments], START, end, BERLIN)
    assert found[0].at == START
    assert all(one.n - one.new == before.n for before, one in pairwise(found))
    assert found[-1].n == sum(START <= at < end for at in moments)
    assert all(before.at < one.at < end for before, one in pairwise(found))


def test_days_are_local_and_may_have_twenty_five_hours() -> None:
    """Over the end of summer time a day of the curve begins at local midnight, not after 24 hours."""
    start = datetime(2026, 10, 23, 22, tzinfo=UTC)  # midnight in Berlin
    found = curve([], start, start + timedelta(days=4), BERLIN)
    assert [f"{one.at.astimezone(BERLIN):%d %H}" for one in found[:4]] == ["24 00", "25 00", "26 00", "27 00"]


def test_two_days_go_by_hours() -> None:
    """A short curve shows hours."""
    assert len(curve([], START, START + timedelta(days=2), BERLIN)) == 48
    assert curve([], START, START, BERLIN) == ()


def test_who_has_not_come_yet_counts_for_what_is_known() -> None:
    """Half of four came: the median is when the second did, and longer than among those who came alone."""
    hour = timedelta(hours=1)
    pairs = [(START, START + hour), (START, START + 5 * hour), (START, None), (START, None), (START, START - hour)]
    found = wait(pairs, START + 48 * hour)
    assert (found.n, found.came, found.odd) == (4, 2, 1)
    assert (found.median, found.of_those) == (5 * hour, 3 * hour)
    assert wait(pairs[2:4], START + 48 * hour).median is None


def test_a_funnel_counts_each_step_by_what_is_known_of_it() -> None:
    """Shares are of those who are known to have stood on the step before; what nobody notes is not known."""
    hour = timedelta(hours=1)
    contacted = {"a": START, "b": START, "c": START}
    did = {"a": START + hour, "x": START + hour}
    steps = funnel(
        [
            ("targeted", "", dict.fromkeys("abcdx")),
            ("contacted", "targeted", contacted),
            ("clicked", "contacted", None),
            ("did it", "contacted", did),
        ],
        START + 9 * hour,
    )
    assert [step.n for step in steps] == [5, 3, None, 2]
    assert steps[1].share is not None
    assert (steps[1].share.k, steps[1].share.n, steps[1].wait) == (3, 5, None)
    assert steps[3].share is not None
    assert (steps[3].share.k, steps[3].share.n) == (1, 3)
    assert steps[3].wait is not None
    assert (steps[3].wait.of_those, steps[3].wait.came) == (hour, 1)


# --- the pace ------------------------------------------------------------------------------------------------------

END = START + timedelta(days=100)


@pytest.mark.parametrize(
    ("n", "days", "word"),
    [
        (0, -1, "not begun"), (None, 50, "cannot tell"), (3, 5, "cannot tell"), (100, 50, "reached"),
        (99, 101, "missed"), (10, 50, "behind"), (90, 50, "ahead"), (50, 50, "on pace"), (100, 101, "reached"),
        (0, 50, "behind"),
    ],
)  # fmt: skip
def test_against_a_goal_of_a_hundred_in_a_hundred_days(n: int | None, days: int, word: str) -> None:
    """Each way in which a goal can stand."""
    assert pace(n, 100, START, END, START + timedelta(days=days)).word == word


def test_few_make_no_forecast() -> None:
    """One of ten after a fifth of the time: the range holds the goal and is too wide to be of use."""
    found = pace(1, 10, START, END, START + timedelta(days=20))
    assert (found.word, found.expected) == ("cannot tell", 2)
    assert "too few" in found.why


def test_without_an_end_only_reaching_it_can_be_told() -> None:
    """Nobody said by when: no pace, but what is reached is reached."""
    assert pace(39, 40, START, None, END).word == "cannot tell"
    assert pace(40, 40, START, None, END).word == "reached"


@given(st.integers(0, 500), st.integers(1, 600), st.integers(1, 99))
def test_a_forecast_never_takes_back_what_came(n: int, goal: int, days: int) -> None:
    """Its range begins at what is there, and the word follows from it."""
    found = pace(n, goal, START, END, START + timedelta(days=days))
    assert found.expected == pytest.approx(goal * days / 100)
    if found.low is not None and found.high is not None:
        assert n <= found.low <= found.high
        assert (found.word == "behind") == (found.high < goal)
        assert (found.word == "ahead") == (found.low >= goal)
