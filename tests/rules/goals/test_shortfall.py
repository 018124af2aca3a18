"""Why there are fewer than expected: in figures that add up, and in a sentence."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.goals.shortfall import Basis, Came, Step, diagnosis, unknown

QUALIFIED = (Step("qualified", "qualified"),)
ACCEPTED = (*QUALIFIED, Step("accepted", "were accepted"))


def test_fewer_leads_and_fewer_of_them() -> None:
    """Twelve came and not thirty, six of them qualified and not half: each has its part."""
    found = diagnosis(
        "qualified leads", QUALIFIED, Came((12, 5)), Came((30, 15)), basis="goal", than="the goal expects by now"
    )
    volume, share = found.parts
    assert (found.word, found.actual, found.expected, found.difference) == ("fewer", 5, 15.0, -10_000)
    assert (volume.step, volume.thousandths, volume.chance) == ("leads", -8_250, False)
    assert (share.step, share.thousandths, share.chance) == ("qualified", -1_750, True)
    assert share.share is not None
    assert (share.share.k, share.share.n) == (5, 12)
    assert found.sentence == (
        "10 fewer qualified leads than the goal expects by now (5 and not 15): 8.3 fewer because fewer leads came "
        "(12 and not 30); 1.7 fewer because fewer of them qualified (5 of 12, 42% [19% to 68%], and not 50%, which may "
        "be chance)."
    )


def test_enough_came_and_too_few_qualified() -> None:
    """More leads than before and a worse share of them: one part for, one against."""
    found = diagnosis(
        "qualified leads", QUALIFIED, Came((200, 40)), Came((100, 50)), basis="before", than="in the 28 days before"
    )
    assert [part.thousandths for part in found.parts] == [35_000, -45_000]
    assert [part.chance for part in found.parts] == [False, False]
    assert "35 more because more leads came (200 and not 100)" in found.sentence
    assert "45 fewer because fewer of them qualified (40 of 200, 20%" in found.sentence


def test_of_nobody_no_share_can_be_told() -> None:
    """Nobody came: all of it is volume, and the sentence says what nobody can tell."""
    found = diagnosis("qualified leads", QUALIFIED, Came((0, 0)), Came((30, 15)), basis="goal", than="the goal expects")
    assert [part.thousandths for part in found.parts] == [-15_000, 0]
    assert found.parts[1].actual is None
    assert found.parts[1].chance is None
    assert "of how many qualified nobody can tell, for there was none" in found.sentence
    nothing = diagnosis("qualified leads", QUALIFIED, Came((9, 3)), Came((0, 0)), basis="before", than="before")
    assert [part.thousandths for part in nothing.parts] == [3_000, 0]
    assert "how many qualified there is nothing to compare with" in nothing.sentence


def test_those_who_had_come_earlier_are_a_part_of_their_own() -> None:
    """A lead of last month that qualifies in this one is no conversion of this month's leads."""
    found = diagnosis(
        "qualified leads", QUALIFIED, Came((10, 5), 4), Came((10, 5)), basis="goal", than="the goal asks for"
    )
    assert [(part.step, part.thousandths) for part in found.parts] == [
        ("leads", 0), ("qualified", 0), ("earlier", 4_000),
    ]  # fmt: skip
    assert found.sentence.startswith(
        "4 more qualified leads than the goal asks for (9 and not 5): none because of how many"
    )
    assert "how many leads came (10 as well)" in found.sentence
    assert "4 more because more leads that had come earlier got there (4 and not 0)" in found.sentence


def test_as_expected() -> None:
    """Nothing differs, and nothing is made of it."""
    found = diagnosis("leads", (), Came((7,)), Came((7,)), basis="goal", than="the goal asks for")
    assert found.word == "as expected"
    assert found.sentence == "7 leads, as many as the goal asks for."


def test_it_cannot_be_told() -> None:
    """That is an answer, with its reason."""
    assert unknown("nobody counted", 3).sentence == "Why, nobody can tell: nobody counted."
    assert unknown("nobody counted", 3).word == "cannot tell"


COUNTS = st.integers(0, 2_000)


@st.composite
def came(draw: st.DrawFn) -> Came:
    entered = draw(COUNTS)
    qualified = draw(st.integers(0, entered))
    return Came((entered, qualified, draw(st.integers(0, qualified))), draw(st.integers(0, 50)))


@given(came(), came(), st.sampled_from(("goal", "before")))
def test_parts_add_up_whatever_came(actual: Came, expected: Came, basis: Basis) -> None:
    """For any counts the told parts make the told difference, which is that of the counts; and a sentence is there."""
    found = diagnosis("accepted leads", ACCEPTED, actual, expected, basis=basis, than="before")
    assert found.difference == sum(part.thousandths for part in found.parts)
    assert found.difference == 1000 * (actual.n - expected.n)
    assert found.sentence.endswith(".")
    turned = diagnosis("accepted leads", ACCEPTED, expected, actual, basis=basis, than="before")
    assert [part.thousandths for part in turned.parts] == [-part.thousandths for part in found.parts]


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.fractions(0, 1))
def test_against_a_share_of_a_plan(counts: tuple[int, int], share: Fraction) -> None:
    """What a plan expects by now is a fraction; the told parts still add up to the told difference."""
    found = diagnosis(
        "qualified leads",
        QUALIFIED,
        Came(counts),
        Came((200 * share, 40 * share)),
        basis="goal",
        than="the goal expects",
    )
    assert found.difference is not None
    assert found.difference == sum(part.thousandths for part in found.parts)
    assert abs(found.difference - 1000 * (counts[1] - 40 * share)) <= Fraction(1, 2)
