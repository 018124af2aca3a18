"""A campaign's days against the weekdays before it: what is said, and how often it is wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.figures.beta import beta_share, counted_below
from commsleads.rules.figures.counts import chances
from commsleads.rules.figures.drifting import DISPERSIONS, DRIFTS, LASTING, Stretch, beliefs, spread_of
from commsleads.rules.figures.uplift import Uplift, _stand, surprise, uplift, visible
from commsleads.rules.figures.weekdays import Day, pattern
from tests.upliftsim import Told, World, begotten, by_cell, drawn, lived, run

START = date(2026, 3, 2)
BUSY = (6, 5, 7, 6, 5, 1, 0)


def steady(first: int, last: int, times: float = 1.0) -> list[Day]:
    """Days as they always are, by their number from the start on."""
    days = [START + timedelta(days=number) for number in range(first, last)]
    return [Day(day, round(BUSY[day.weekday()] * times)) for day in days]


# --- chances -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "x", "value"),
    [(1, 1, 0.3, 0.3), (2, 3, 0.4, 0.5248), (5, 5, 0.5, 0.5), (0.5, 0.5, 0.25, 1 / 3), (10, 2, 0.9, 0.6973568802)],
)
def test_the_incomplete_beta_function(a: float, b: float, x: float, value: float) -> None:
    """As in the closed forms for small whole numbers and the arcsine law."""
    assert beta_share(a, b, x) == pytest.approx(value, abs=1e-9)


@given(st.floats(0.1, 250), st.floats(1.05, 8), st.integers(0, 400))
def test_counts_add_up_to_the_same(mean: float, dispersion: float, count: int) -> None:
    """The closed form gives what adding up every chance gives, half of the count itself included."""
    added = 0.0
    for number, chance in chances(mean, mean * dispersion):
        added += chance / 2 if number == count else chance
        if number == count:
            break
    assert counted_below(count, mean, mean * dispersion) == pytest.approx(added, abs=1e-8)


# --- what is believed ----------------------------------------------------------------------------------------------


def test_what_is_believed_before_anything_was_seen_adds_up() -> None:
    """Shares are shares."""
    for grid in (DISPERSIONS, DRIFTS, LASTING):
        assert sum(share for _, share in grid) == pytest.approx(1.0)


def test_weeks_that_swing_speak_for_drift_and_even_ones_against_it() -> None:
    """Twelve busy weeks of one level leave no room for drift; twelve that go up and down slowly need it."""
    even = [Stretch(n, 1.0 + 0.005 * (n % 2), 1 / 400, 0.0) for n in range(12)]
    swung = [Stretch(n, 1.0 + 0.4 * math.sin(n / 2), 1 / 400, 0.0) for n in range(12)]
    drift = [sum(one.share * one.drift for one in beliefs(weeks, 70.0, 70)) for weeks in (even, swung)]
    assert drift[0] < 0.03
    assert drift[1] > 0.2


def test_the_likelihood_is_that_of_the_whole_covariance() -> None:
    """The Kalman filter gives what the matrix gives: two weeks, worked out by hand."""
    weeks = [Stretch(0, 1.3, 0.02, 0.0), Stretch(3, 0.8, 0.05, 0.0)]
    found = {(b.dispersion, b.drift, b.lasting): b.share for b in beliefs(weeks, 0.0, 0)}
    prior = {
        (p, s, r): a * b * (c if s else 1.0)
        for p, a in DISPERSIONS
        for s, b in DRIFTS
        for r, c in (LASTING if s else ((0.0, 1.0),))
    }
    # Of two values only their difference says anything when the level is unknown.
    weight = {}
    for (p, s, r), share in prior.items():
        variance = p * 0.07 + 2 * s * s * (1 - r**3)
        weight[p, s, r] = share * math.exp(-(0.5**2) / (2 * variance)) / math.sqrt(variance)
    total = sum(weight.values())
    for key, value in found.items():
        assert value == pytest.approx(weight[key] / total, rel=1e-6)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=8), st.sampled_from([0.0, 0.2, 0.9]))
def test_the_spread_of_a_sum_is_that_of_every_pair(parts: list[float], lasting: float) -> None:
    """One pass comes to the double sum over all pairs of weeks."""
    every = sum(a * b * lasting ** abs(i - j) for i, a in enumerate(parts) for j, b in enumerate(parts))
    assert spread_of(list(enumerate(parts)), lasting) == pytest.approx(every, abs=1e-9)


# --- what is said --------------------------------------------------------------------------------------------------


def test_the_same_weekdays_are_compared() -> None:
    """A weekend is held against weekends: three days from a Friday on let one expect six and not twelve."""
    start = START + timedelta(days=4)
    days = [Day(day.date, day.n) for day in steady(-52, 7)]
    found = uplift(days[:56], days[56:59], start)
    assert found.expected == pytest.approx(6.0, rel=0.01)
    assert found.by_weekday[5] == pytest.approx(1.0, rel=0.01)


@pytest.mark.parametrize(("times", "word"), [(0.4, "less"), (1.0, "no change seen"), (2.0, "more")])
def test_the_word_follows_from_the_count(times: float, word: str) -> None:
    """And the interval of the effect leaves one out just when the word says more or less."""
    found = uplift(steady(-56, 0), steady(0, 21, times), START)
    assert found.word == word
    assert found.ratio_low is not None
    assert found.ratio_high is not None
    assert (found.ratio_low > 1, found.ratio_high < 1) == (word == "more", word == "less")
    assert found.low is not None
    assert found.high is not None
    assert (found.observed > found.high, found.observed < found.low) == (word == "more", word == "less")


@given(st.integers(1, 2**32))
def test_verdict_interval_and_surprise_agree(seed: int) -> None:
    """In any world the word, the interval of counts and the interval of the effect say the same."""
    rng = random.Random(seed)
    start, ours, theirs = lived(replace(drawn(rng), mean=rng.choice([0.5, 3.0]), length=2), rng)
    found, share = uplift(*ours, start, theirs), surprise(*ours, start, theirs)
    assert (found.expected is None) == (share is None)
    if share is None or found.high is None or found.low is None or found.ratio_low is None:
        return
    assert (found.word == "more") == (share > 0.975) == (found.observed > found.high)
    assert (found.word == "less") == (share < 0.025) == (found.observed < found.low)
    assert (found.ratio_low > 1.002) <= (found.word == "more") <= (found.ratio_low > 0.998)


@pytest.mark.parametrize(
    ("before", "during", "why"),
    [
        (steady(-21, 0), steady(0, 14), "only 3 weeks before it began were observed well enough and 4 are needed"),
        ([], steady(0, 14), "no week before it began was observed well enough and 4 are needed"),
        (steady(-56, 0, 0.0), steady(0, 14), "no story came in the 56 days before it began"),
        (steady(-56, 0), steady(0, 2), "only 2 days of it can be held against the days before and 3 are needed"),
        (
            steady(-56, 0),
            [Day(day.date, day.n, 0.5) for day in steady(0, 9)],
            "no day of it can be held against the days before and 3 are needed",
        ),
    ],
)
def test_where_nothing_can_be_told_it_says_why(before: list[Day], during: list[Day], why: str) -> None:
    """No baseline, no stories in it, or no days: no figure is made up."""
    found = uplift(before, during, START)
    assert (found.word, found.why, found.expected, found.ratio) == ("cannot tell", why, None, None)


def test_a_comparison_that_fell_silent_cannot_tell() -> None:
    """Nothing came of it where 90 stories were to be expected: a broken series must not make ours look large."""
    silent = [Day(day.date, 0) for day in steady(0, 21)]
    found = uplift(steady(-56, 0), steady(0, 21), START, (steady(-56, 0), silent))
    why = "the comparison fell silent: none of 90 stories to be expected came since"
    assert (found.word, found.why, found.ratio) == ("cannot tell", why, None)


def test_few_stories_cannot_tell_instead_of_seeing_no_change() -> None:
    """Where only a rise to more than three times would have shown, "no change seen" would flatter us."""
    rare = [Day(START + timedelta(days=number), int(number % 14 == 0)) for number in range(-56, 14)]
    found = uplift(rare[:56], rare[56:], START)
    assert found.word == "cannot tell"
    assert found.why.startswith("with so few stories only a rise to ")


def test_days_that_were_not_observed_change_nothing() -> None:
    """What is written on a day that nobody watched is not read, before or since."""
    before, during = steady(-56, 0), steady(0, 21)
    holes = [day._replace(n=99, observed=0.2) if day.date.day % 5 == 0 else day for day in before + during]
    other = [day._replace(n=0, observed=0.0) if day.date.day % 5 == 0 else day for day in before + during]
    assert uplift(holes[:56], holes[56:], START) == uplift(other[:56], other[56:], START)


def test_a_longer_campaign_shows_a_smaller_effect() -> None:
    """Before launch: what can be seen in one week, in three and in eight."""
    rises = [visible(steady(-56, 0), steady(0, 7 * weeks), START).rise for weeks in (1, 3, 8)]
    assert None not in rises
    assert sorted(rises, reverse=True) == rises  # type: ignore[type-var]


def test_what_could_be_seen_is_seen_four_times_in_five() -> None:
    """The smallest visible rise, put into made-up days, is called more about as often as promised."""
    rng = random.Random(5)
    world = World(
        mean=3.0,
        dispersion=1.5,
        drift=0.1,
        lasting=2.0,
        baseline=8,
        length=3,
        gaps=0.0,
        week=1,
        start=0,
        compared=False,
    )
    rises = [visible(lived(world, rng)[1][0], steady(0, 21), START).rise for _ in range(20)]
    typical = sorted(rise for rise in rises if rise)[10]
    told = list(run(150, 6, lambda _: replace(world, effect=typical)))
    assert 0.7 < sum(one.more for one in told) / len(told) < 0.97


def test_a_weekday_seen_twice_is_left_out() -> None:
    """Of a weekday that was hardly ever observed nothing is expected, and its days are left out on both sides."""
    before = [day for day in steady(-56, 0) if day.date.weekday() != 2 or day.date > START - timedelta(days=15)]
    base = pattern(before, START)
    assert (2 in base.seen, base.days, base.left_out) == (False, 48, 2)
    assert uplift(before, steady(0, 14), START).left_out == 2


def test_huge_series_are_no_burden() -> None:
    """A thousand stories a day: an answer, and no overflow."""
    found: Uplift = uplift(steady(-56, 0, 250.0), steady(0, 84, 260.0), START)
    assert found.word == "more"
    assert found.rise is not None
    assert found.rise < 1.1


# --- how often it is wrong -----------------------------------------------------------------------------------------


def wrong(told: list[Told]) -> float:
    """The share of campaigns without effect that were called more or less."""
    return sum(one.more or one.less for one in told) / len(told)


def test_campaigns_without_effect_are_rarely_called_one() -> None:
    """A small run of the calibration: about one in twenty, as promised."""
    assert 0.02 < wrong(list(run(400, 11))) < 0.08


@pytest.mark.soak
@pytest.mark.parametrize("stepped", [False, True])
def test_ten_thousand_campaigns_without_effect(stepped: bool) -> None:
    """More or less is said of 5 % of them, and hardly more in any kind of world; see docs/uplift.md."""
    told = list(run(10_000, 2026 + stepped, lambda rng: replace(drawn(rng), stepped=stepped)))
    assert 0.045 <= wrong(told) <= 0.055
    most = 0.08 if stepped else 0.065  # weeks that jump by 30 % are harder to know than weeks that wander
    for cell, (called, n) in by_cell(told, lambda one: one.more or one.less).items():
        assert called / n <= most + 2 * math.sqrt(most * (1 - most) / n), cell


@pytest.mark.soak
def test_stories_that_beget_stories() -> None:
    """In worlds written by somebody who had not seen the rule it errs somewhat more often; docs/uplift.md says so."""
    rng = random.Random(99)
    called: dict[bool, list[bool]] = {False: [], True: []}
    for _ in range(6_000):
        follow, start, series = begotten(rng)
        share = surprise(*series, start)
        called[follow > 0.5].append(share is not None and not 0.025 <= share <= 0.975)
    assert sum(map(sum, called.values())) / 6_000 <= 0.07
    assert sum(called[False]) / len(called[False]) <= 0.065
    assert sum(called[True]) / len(called[True]) <= 0.115


@pytest.mark.soak
def test_the_interval_holds_the_effect() -> None:
    """Of effects from a half to three times, the interval of 95 of 100 holds 94 to 96."""
    held = told = 0
    for share in effects(1_000):
        told += 1
        held += 0.025 <= share <= 0.975
    assert 0.94 <= held / told <= 0.96


def effects(each: int) -> Iterator[float]:
    """Campaigns with an effect of which something can be told: how surprising each count is, given the effect."""
    rng = random.Random(77)
    for effect in (0.5, 1.25, 1.5, 2.0, 3.0):
        for _ in range(each):
            start, ours, theirs = lived(drawn(rng, effect=effect), rng)
            stand = _stand(*ours, start, theirs)
            if stand.expected:
                yield stand.expected.below(stand.days.count, effect)
