"""Honest figures, held to published values, to exact sums and to simulated newsrooms."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.figures import Point, Share, baseline, compare, counts, median, quantile, student, wilson

COUNTS = st.integers(0, 400)


def points(*counts: int, observed: float = 1.0) -> list[Point]:
    return [Point(label=f"W{week:02}", count=count, observed=observed) for week, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(k: int, n: int, low: float, high: float) -> None:
    """The interval is that of Newcombe's table (Statistics in Medicine 17, 1998, method 3)."""
    share = wilson(k, n)
    assert share.low == pytest.approx(low, abs=5e-5)
    assert share.high == pytest.approx(high, abs=5e-5)


@given(st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share(pair: tuple[int, int]) -> None:
    """The share lies in its interval, the interval in 0 to 1; of nothing there is no share."""
    k, n = pair
    share = wilson(k, n)
    if n == 0:
        assert share == Share(0, 0, None, None, None)
        return
    assert share.low is not None
    assert share.value is not None
    assert share.high is not None
    assert 0 <= share.low <= share.value <= share.high <= 1
    mirrored = wilson(n - k, n)
    assert mirrored.low == pytest.approx(1 - share.high)


def test_more_than_all_is_no_share() -> None:
    """Five of three is refused."""
    with pytest.raises(ValueError, match="5 of 3"):
        wilson(5, 3)


def test_quantiles_of_known_numbers() -> None:
    """Medians and quartiles are those that everybody's spreadsheet shows."""
    assert median([]) is None
    assert median([7]) == 7
    assert median([1, 9, 2]) == 2
    assert median([1, 2, 3, 10]) == 2.5
    assert quantile([1, 2, 3, 4, 5, 6, 7, 8], 0.25) == 2.75
    assert quantile([3, 1, 2], 1) == 3


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [(0.975, 1, 12.7062), (0.975, 2, 4.3027), (0.975, 3, 3.1824), (0.975, 7, 2.3646), (0.995, 7, 3.4995),
     (0.9995, 4, 8.6103), (0.975, 30, 2.0423)],
)  # fmt: skip
def test_student_as_in_the_table(share: float, freedom: int, value: float) -> None:
    """Student's t has the quantiles of the printed tables."""
    assert student.student(share, freedom) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("mean", [0.1, 2.5, 40.0])
@pytest.mark.parametrize("dispersion", [1.0, 1.7, 6.0])
def test_the_distribution_has_its_mean_and_variance(mean: float, dispersion: float) -> None:
    """The counts' chances add up to one, with the mean and variance that were asked for."""
    chances = [chance for (_, chance), _ in zip(counts.chances(mean, mean * dispersion), range(4000), strict=False)]
    assert sum(chances) == pytest.approx(1)
    found = sum(count * chance for count, chance in enumerate(chances))
    assert found == pytest.approx(mean)
    variance = sum((count - mean) ** 2 * chance for count, chance in enumerate(chances))
    assert variance == pytest.approx(mean * dispersion, rel=1e-3)


def test_without_dispersion_it_is_poisson() -> None:
    """Independent events have Poisson's chances."""
    for (count, chance), _ in zip(counts.chances(3.0, 3.0), range(12), strict=False):
        assert chance == pytest.approx(math.exp(-3) * 3**count / math.factorial(count), rel=1e-4)


def test_the_normal_curve_takes_over_without_a_step() -> None:
    """Just below and just above the mean where the normal curve serves, the intervals agree within two."""
    below = counts.expected_between(counts.LARGE, counts.LARGE * 3, 0.95)
    above = counts.expected_between(counts.LARGE + 0.01, counts.LARGE * 3, 0.95)
    assert below[0] == pytest.approx(above[0], abs=6)
    assert below[1] == pytest.approx(above[1], abs=6)


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        (12, (5, 6, 7, 8, 7, 6, 9, 8), "nothing outside baseline"),
        (14, (5, 6, 7, 8, 7, 6, 9, 8), "above"),
        (1, (5, 6, 7, 8, 7, 6, 9, 8), "below"),
        (14, (1, 2, 15, 3, 1, 18, 7, 9), "nothing outside baseline"),
        (0, (0, 0, 0, 0), "nothing outside baseline"),
        (5, (0, 0, 0, 0), "above"),
        (9, (1, 2, 3), "cannot tell"),
        (9, (), "cannot tell"),
    ],
)
def test_verdicts(now: int, before: tuple[int, ...], word: str) -> None:
    """A rise is called when steady weeks make it one, and not when such weeks have always been about."""
    assert compare(Point(label="W09", count=now), points(*before)).word == word


def test_weeks_with_gaps_stay_out_of_the_baseline_and_are_named() -> None:
    """A week with an outage is no quiet week: it is left out, and the reader is told which."""
    weeks = [*points(7, 8, 6, 7, 8), Point(label="W40", count=0, observed=0.3)]
    verdict = compare(Point(label="W09", count=7), weeks)
    assert verdict.baseline is not None
    assert verdict.baseline.n == 5
    assert verdict.baseline.left_out == ("W40",)
    assert verdict.baseline.expected == 7.2


def test_a_week_with_gaps_cannot_be_called_low() -> None:
    """What nobody saw may have been much: a low count of a week with gaps is no fall, a high one is a rise."""
    weeks = points(7, 8, 6, 7, 8, 9, 7, 6)
    low = compare(Point(label="W09", count=0, observed=0.6), weeks)
    assert low.word == "cannot tell"
    assert low.why == "40% of this week was not observed"
    assert low.rise_from is not None
    assert compare(Point(label="W09", count=low.rise_from, observed=0.6), weeks).word == "above"


def test_the_reason_is_given_when_nothing_can_be_told() -> None:
    """Too few observed weeks are counted out to the reader."""
    verdict = compare(Point(label="W09", count=3), [*points(1, 2, 3), *points(0, 0, observed=0.5)])
    assert verdict.why == "only 3 of the 5 weeks before were fully observed and 4 are needed"
    assert verdict.baseline is None
    assert compare(Point(label="d", count=3), [], unit="day").why == "nothing came before"


@given(st.lists(COUNTS, min_size=4, max_size=8), COUNTS, st.sampled_from([0.9, 0.95, 0.999]))
def test_verdict_and_interval_agree(before: list[int], now: int, level: float) -> None:
    """The word follows from the interval, which holds what is expected; the limits of what can be seen fit it."""
    verdict = compare(Point(label="now", count=now), points(*before), level=level)
    base = verdict.baseline
    assert base is not None
    assert base.low <= base.expected <= base.high + 1
    assert verdict.word == ("above" if now > base.high else "below" if now < base.low else "nothing outside baseline")
    assert verdict.rise_from == base.high + 1
    assert verdict.fall_to == (base.low - 1 if base.low else None)
    assert verdict.detectable is not None
    assert verdict.detectable > base.high - 2


def test_a_stricter_level_widens_the_interval() -> None:
    """Asking for more certainty can only widen what is called ordinary."""
    weeks = points(5, 6, 7, 8, 7, 6, 9, 8)
    wide, narrow = baseline(weeks, 0.999), baseline(weeks, 0.9)
    assert wide.low <= narrow.low <= narrow.high <= wide.high


@pytest.mark.parametrize(("mean", "dispersion"), [(0.3, 1), (3, 1), (3, 2), (7, 4), (20, 2), (100, 1), (400, 3)])
@pytest.mark.parametrize("weeks", [4, 8])
def test_the_interval_keeps_its_promise(mean: float, dispersion: float, weeks: int) -> None:
    """In a thousand simulated newsrooms the next week's count falls into the interval at least 94 times in 100."""
    chance = random.Random(f"{mean} {dispersion} {weeks}")

    def draw() -> int:
        rate = mean if dispersion == 1 else chance.gammavariate(mean / (dispersion - 1), dispersion - 1)
        if rate > 60:
            return max(0, round(NormalDist(rate, math.sqrt(rate)).inv_cdf(chance.random())))
        count, left = 0, chance.expovariate(1)
        while left < rate:
            count, left = count + 1, left + chance.expovariate(1)
        return count

    inside = 0
    for _ in range(1000):
        base = baseline(points(*(draw() for _ in range(weeks))))
        inside += base.low <= draw() <= base.high
    assert inside >= 940


def test_what_is_detectable_is_detected_four_times_in_five() -> None:
    """The mean named as detectable lies above the interval in eighty of a hundred weeks."""
    verdict = compare(Point(label="now", count=7), points(5, 6, 7, 8, 7, 6, 9, 8))
    assert verdict.detectable is not None
    assert verdict.rise_from is not None
    missed = counts.at_most(verdict.rise_from - 1, verdict.detectable, verdict.detectable)
    assert missed == pytest.approx(0.2, abs=1e-6)
