"""Credit of touches: six models, always 1000 thousandths a lead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.journey import TOUCH_KINDS, Touch
from commsleads.rules.leads.credit import KEYS, LOOKBACK, MODELS, apportioned, credit, weights

THEN = datetime(2026, 11, 20, 9, tzinfo=UTC)


def touch(
    name: str, days: float, campaign: str = "", *, kind: str = "enquiry", counts: bool = True, **more: str
) -> Touch:
    at = THEN - timedelta(days=days)
    return Touch(name, 1, "c", at, at, kind, campaign=campaign, counts=counts, **more)


def given_by(model: str, *touches: Touch, opener: str = "", key: str = "campaign") -> dict[str, int]:
    return credit(model, touches, opener, THEN, key)


@st.composite
def journeys(draw: st.DrawFn) -> tuple[list[Touch], str]:
    """Touches of any kind around the moment of qualifying, and the id of one that made it a lead."""
    names = st.sampled_from(("", "spring", "summer", "autumn"))
    found = [
        touch(
            f"t{number}",
            draw(st.integers(-5, 200)),
            draw(names),
            kind=draw(st.sampled_from(TOUCH_KINDS)),
            counts=draw(st.booleans()),
            source=draw(st.sampled_from(("not known", "email", "search"))),
            channel=draw(st.sampled_from(("", "mail", "phone"))),
        )
        for number in range(draw(st.integers(0, 12)))
    ]
    return found, draw(st.sampled_from([one.id for one in found] or [""]))


@given(journeys(), st.sampled_from(MODELS), st.sampled_from(tuple(KEYS)))
def test_credit_is_always_1000(journey: tuple[list[Touch], str], model: str, key: str) -> None:
    """For every model and key, whatever came; no part is negative."""
    found = credit(model, journey[0], journey[1], THEN, key)
    assert sum(found.values()) == 1000
    assert min(found.values()) >= 0


@given(journeys(), st.sampled_from(MODELS), st.sampled_from(tuple(KEYS)), st.randoms(use_true_random=False))
def test_the_order_in_which_touches_are_given_does_not_matter(
    journey: tuple[list[Touch], str], model: str, key: str, chance: object
) -> None:
    """The order is that in which they happened."""
    mixed = [*journey[0]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert credit(model, mixed, journey[1], THEN, key) == credit(model, journey[0], journey[1], THEN, key)


@given(journeys(), st.sampled_from(MODELS))
def test_only_names_that_were_touched_get_credit(journey: tuple[list[Touch], str], model: str) -> None:
    """Nobody is given what they had no touch for, but nobody at all."""
    found = credit(model, journey[0], journey[1], THEN, "campaign")
    assert found.keys() <= {"", *(one.campaign for one in journey[0])}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("opener", ["one", "", "another"])
def test_one_touch_gets_all(model: str, opener: str) -> None:
    """By every model, whether or not it made the lead."""
    assert given_by(model, touch("one", 3, "spring"), opener=opener) == {"spring": 1000}


def test_each_model_by_hand() -> None:
    """Four touches of four campaigns, the second of which made the lead, a week between each."""
    four = [touch(name, 21 - 7 * place, name) for place, name in enumerate("abcd")]

    def told(model: str) -> list[int]:
        found = given_by(model, *four, opener="b")
        return [found.get(name, 0) for name in "abcd"]

    assert told("first") == [1000, 0, 0, 0]
    assert told("last") == [0, 0, 0, 1000]
    assert told("linear") == [250, 250, 250, 250]
    assert told("U") == [400, 100, 100, 400]
    assert told("W") == [300, 300, 100, 300]
    assert told("decay") == [67, 133, 267, 533]


def test_points_that_fall_together() -> None:
    """A touch that is first and made the lead has the weight of both points; without others, their tenth is shared."""
    two = (touch("a", 9, "a"), touch("b", 2, "b"))
    assert given_by("U", *two) == {"a": 500, "b": 500}
    assert given_by("W", *two, opener="a") == {"a": 667, "b": 333}
    three = (*two, touch("c", 1, "c"))
    assert given_by("W", *three, opener="a") == {"a": 600, "b": 100, "c": 300}
    assert given_by("W", *three, opener="b") == {"a": 334, "b": 333, "c": 333}


def test_a_half_life_is_seven_days() -> None:
    """A touch seven days older gets half as much."""
    assert given_by("decay", touch("a", 8, "a"), touch("b", 1, "b")) == {"a": 333, "b": 667}


def test_what_gets_no_credit() -> None:
    """What does not count, what is no touch, what came later, and what is older than ninety days."""
    aside = (
        touch("out", 5, "out", counts=False), touch("known", 5, "known", kind="known"), touch("later", -1, "later"),
        touch("old", LOOKBACK.days + 1, "old"),
    )  # fmt: skip
    assert given_by("linear", *aside, touch("one", LOOKBACK.days, "one")) == {"one": 1000}
    assert given_by("linear", *aside) == {"": 1000}


def test_what_nobody_can_attribute_has_a_name() -> None:
    """A touch of no campaign, and one of a source that is not known, give their part to ''."""
    pair = (touch("a", 5, "spring"), touch("b", 4, source="email"))
    assert given_by("linear", *pair) == {"spring": 500, "": 500}
    assert given_by("linear", *pair, key="source") == {"": 500, "email": 500}


def test_many_touches_of_one_campaign_are_counted_as_many() -> None:
    """Thousandths are rounded by campaign and not by touch: ten thousand touches give each campaign its share."""
    many = [touch(f"t{number:05}", 1, "ab"[number % 2]) for number in range(10_000)]
    assert given_by("linear", *many) == {"a": 500, "b": 500}


def test_ties_go_to_who_came_first() -> None:
    """Three alike cannot share 1000 alike."""
    assert apportioned("abc", [1, 1, 1]) == {"a": 334, "b": 333, "c": 333}
    assert apportioned("cba", [1, 1, 1]) == {"c": 334, "b": 333, "a": 333}


def test_no_such_model_or_key() -> None:
    """A word that nobody knows is refused."""
    with pytest.raises(KeyError):
        given_by("magic", touch("a", 2), touch("b", 1))
    with pytest.raises(KeyError):
        given_by("first", touch("a", 1), key="weather")


@given(st.integers(1, 60), st.integers(-1, 59), st.sampled_from(MODELS))
def test_weights_are_whole_and_not_all_nothing(n: int, opener: int, model: str) -> None:
    """Each touch has a weight, none is negative, and there is something to share."""
    found = weights(model, [float(n - place) * 86_400 for place in range(n)], opener if opener < n else -1)
    assert len(found) == n
    assert min(found) >= 0
    assert sum(found) > 0
