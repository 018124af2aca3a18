"""How far chances may be believed: the Brier score, the bins, and the verdict beside the usual shares."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.tone.reliability import FEWEST, TONES, Checked, brier, reliability
from commsleads.rules.tone.stories import SAID, US, doubt, likeliest, said, together, urgency


def drawn(n: int, seed: int, *, honest: bool) -> list[Checked]:
    """Stories whose tone is drawn from the chances given, or from the usual shares whatever the chances say."""
    dice = random.Random(seed)
    found = []
    for _ in range(n):
        a, b = sorted(dice.sample(range(1001), 2))
        chances = (a, b - a, 1000 - b)
        weights = chances if honest else (200, 600, 200)
        found.append(Checked(chances, dice.choices(TONES, weights)[0]))
    return found


def test_the_score_is_briers() -> None:
    """Certain and right is 0, certain and wrong 2, knowing nothing two thirds."""
    assert brier((0, 0, 1), 2) == 0
    assert brier((1, 0, 0), 2) == 2
    assert brier((1 / 3, 1 / 3, 1 / 3), 0) == pytest.approx(2 / 3)


def test_nothing_is_said_of_nothing() -> None:
    """Without a story there is no figure, and with a few no verdict."""
    empty = reliability([])
    assert (empty.n, empty.brier, empty.gain, empty.better, empty.bins) == (0, None, None, "cannot tell", ())
    few = reliability(drawn(FEWEST - 1, 1, honest=True))
    assert few.better == "cannot tell"
    assert few.brier is not None
    assert few.low is None


def test_honest_chances_are_better_than_the_usual_shares() -> None:
    """Where the tone follows the chances, the verdict is yes and the bins hold what they say."""
    found = reliability(drawn(3_000, 2, honest=True))
    assert found.better == "yes"
    assert found.brier is not None
    assert found.usual is not None
    assert found.brier < found.usual
    for one in found.bins:
        assert one.was.low is not None
        assert one.was.high is not None
        assert one.was.low - 0.03 <= one.said <= one.was.high + 0.03
    assert sum(found.expected) == pytest.approx(3_000)
    assert sum(found.was) == 3_000


def test_chances_out_of_the_air_are_worse() -> None:
    """Where the tone has nothing to do with the chances, the verdict is no."""
    assert reliability(drawn(500, 3, honest=False)).better == "no"


def test_mixed_is_counted_apart() -> None:
    """What a person called mixed is no tone the machine can say, and enters no score."""
    found = reliability([Checked((100, 800, 100), "mixed"), Checked((100, 800, 100), "neutral")])
    assert (found.n, found.mixed, found.agreed.k) == (1, 1, 1)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(SAID)), max_size=60))
def test_any_words_give_a_figure(rows: list[tuple[int, int, str]]) -> None:
    """Whatever people said, the score lies between 0 and 2 and the bins hold every story once."""
    found = reliability([
        Checked((min(a, b), abs(a - b), 1000 - max(a, b)), word) for a, b, word in rows
    ])  # fmt: skip
    assert found.n + found.mixed == len(rows)
    assert found.brier is None or 0 <= found.brier <= 2
    assert sum(one.was.n for one in found.bins) == found.n


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ({}, ""),
        ({US: "neutral", "museum": "negative"}, "neutral"),
        ({"museum": "positive", "wing": "neutral"}, "positive"),
        ({"museum": "positive", "wing": "negative"}, "mixed"),
        ({"museum": "mixed", "wing": "neutral"}, "mixed"),
    ],
)
def test_many_words_are_one(words: dict[str, str], one: str) -> None:
    """The word on us as a whole counts; else those on all our watches together."""
    assert said(words) == one


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=9))
def test_a_mean_of_chances_adds_up(rows: list[tuple[int, int]]) -> None:
    """Averaged over watches the chances are thousandths still, and doubt lies between 0 and 1."""
    found = together([(a, 1000 - a - b, b) for a, b in rows])
    assert found is not None
    assert sum(found) == 1000
    assert min(found) >= 0
    assert 0 <= doubt(found) <= 1


def test_what_is_urgent_comes_first() -> None:
    """Doubt, weight and a likely bad word each raise it; of two tones as likely the worse one is told."""
    assert urgency((400, 300, 300), 6) > urgency((400, 300, 300), 1) > urgency((0, 1000, 0), 1)
    assert urgency((400, 300, 300), 1) > urgency((300, 300, 400), 1)
    assert urgency(None, 2) > urgency((20, 960, 20), 2)
    assert likeliest((500, 0, 500)) == "negative"
    assert together([]) is None
