"""What a story weighs, whose voice has how much of it, and how a key message stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import Campaign, KeyMessage
from commsleads.rules.figures import wilson
from commsleads.rules.matching import LEAD
from commsleads.rules.messages import Carried, Messages
from commsleads.rules.prominence import heaviest, prominence, weight, weighted
from commsleads.rules.pullthrough import Said, standing
from commsleads.text import fold

FREE = KeyMessage(id="free", text="Entry is free.", phrases=("free entry", "free of charge"))


def test_weights_are_as_told() -> None:
    """Tier 1 counts 3, tier 2 counts 2, all others 1; twice that in headline or lead."""
    assert [weight(tier, 1) for tier in (1, 2, 3, None, 7)] == [3, 2, 1, 1, 1]
    assert weight(1, prominence("title", lead=False)) == 6
    assert prominence("text", lead=True) == 2
    assert prominence("text", lead=False) == 1


def test_equal_weights_give_the_plain_share() -> None:
    """Where all stories weigh the same, the weighted share and its interval are the plain ones."""
    stories = [{"us": 2}] * 7 + [{"them": 2}] * 13
    found, plain = weighted("us", stories), wilson(7, 20)
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert found.weight == 14


def test_a_heavy_story_counts_more_and_says_less() -> None:
    """One headline of a tier-1 outlet outweighs many small ones, and the interval grows."""
    stories = [{"us": 6}] + [{"them": 1}] * 6
    found, plain = weighted("us", stories), wilson(6, 12)
    assert found.value == 0.5
    assert found.low is not None
    assert plain.low is not None
    assert found.low < plain.low


def test_no_story_is_no_share() -> None:
    """Nothing to divide by is not zero."""
    assert weighted("us", []) == (None, None, None, 0)
    assert weighted("us", [{"them": 3}]).value == 0


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 6), min_size=1), min_size=1, max_size=40))
def test_shares_lie_between_none_and_all(stories: list[dict[str, int]]) -> None:
    """Each share is a part of the whole, within its interval."""
    assert sum(heaviest(stories)) > 0
    for name in "abc":
        found = weighted(name, stories)
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1


def test_messages_are_found_where_they_stand() -> None:
    """Headline and lead count 2, further down 1; each message once, by the phrase that stands first."""
    ours = Messages([Campaign(id="wing", messages=(FREE, KeyMessage(id="open", phrases=("opens on Sunday",))))])
    far = "x " * LEAD
    assert ours.carried(fold("Free entry for all"), "") == [Carried("wing", "free", 2, "free entry")]
    assert ours.carried("", fold("It is free of charge.")) == [Carried("wing", "free", 2, "free of charge")]
    assert ours.carried("", fold(f"{far} It has free entry and opens on Sunday.")) == [
        Carried("wing", "free", 1, "free entry"),
        Carried("wing", "open", 1, "opens on Sunday"),
    ]
    assert ours.carried("", "carefree entryway") == []
    assert Messages([]).carried("free entry", "free entry") == []


@pytest.mark.parametrize(
    ("by_rule", "words", "stands"),
    [
        (2, {}, Said(2, None, judged=False)),
        (0, {"presence": "1"}, Said(1, None, judged=True)),
        (2, {"presence": "0"}, Said(0, None, judged=True)),
        (1, {"prominence": "2", "accuracy": "1"}, Said(2, 1, judged=True)),
        (0, {"accuracy": "0"}, Said(1, 0, judged=True)),
        (2, {"prominence": "0"}, Said(0, None, judged=True)),
        (1, {"presence": "0", "accuracy": "2"}, Said(0, None, judged=True)),
    ],
)
def test_a_persons_word_on_a_message_counts(by_rule: int, words: dict[str, str], stands: Said) -> None:
    """What a rule found holds until somebody says otherwise."""
    assert standing(by_rule, words) == stands
