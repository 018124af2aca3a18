"""Criteria held against themselves: each contradiction is named with its id, and what is called impossible is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.criteria import Criteria, Sort
from commsleads.enquiries import Officer
from commsleads.rules.criteria import reach
from commsleads.rules.criteria.checks import contradictions
from commsleads.rules.criteria.sorts import ENGAGING, WHO, marked, narrower, ways
from tests.rules.criteria.written import CRITERIA, SORTS, own, touches

ADA = Officer(id="ada", team="press", role="lead")
BEN = Officer(id="ben", team="trade")


def test_the_criteria_that_come_with_the_program_contradict_nothing() -> None:
    """They can be switched on as they are, whoever works here."""
    assert contradictions(own()) == []
    assert contradictions(own(), [ADA, BEN]) == []


ENGAGED = 'when = { having = ["own"] }'

CASES = [
    # rules
    (("points = 30\ncap = 60", "points = 30\ncap = 20"), ["“asked”", "more than its cap of 20"]),
    (("points = 30\ncap = 60", "points = 30\ncap = -60"), ["“asked”", "A cap of it is above zero"]),
    (("cap = -40", "cap = 40"), ["“hostile”", "A cap of it is below zero"]),
    (("cap = -40", "cap = -10"), ["“hostile”", "more than its cap of -10"]),
    (("points = 15\ncap = 30", "points = 0"), ["“answered”", "gives 0 points"]),
    (('touch = ["click"]', 'touch = ["click"]\nhaving = ["own"]'), ["“clicked”", "has no words and is never “own”"]),
    (('touch = ["click"]', 'touch = ["click"]\nany = ["ask", "hostile"]'), ["“clicked”", "never “ask” or “hostile”"]),
    (('touch = ["click"]', 'touch = ["known"]'), ["“clicked”", "no touch. Write it as a rule of [[fit]]"]),
    (('having = ["hostile"]', 'having = ["hostile", "positive"]'), ["“hostile”", "both “positive” and “hostile”"]),
    (('having = ["hostile"]', 'having = ["hostile"]\nwithout = ["hostile"]'), ["“hostile”", "Take it out of one"]),
    (('having = ["hostile"]', 'any = ["hostile", "ask"]\nwithout = ["ask"]'), ["“hostile”", "the mark “ask”"]),
    (('having = ["tier-1"]', 'having = ["tier-1", "tier-2"]'), ["“national”", "both “tier-1” and “tier-2”"]),
    (('having = ["tier-1"]', 'having = ["tier-1"]\nwithout = ["outlet"]'), ["“national”", "is “outlet” too"]),
    (('having = ["tier-1"]', 'having = ["works", "broken"]'), ["“national”", "both “works” and “broken”"]),
    (('having = ["tier-1"]', 'having = ["ask"]'), ["“national”", "[[engagement]]"]),
    (('having = ["tier-1"]', 'having = ["tier-1"]\nhalf_life = "9d"'), ["“national”", "do not decay"]),
    (('id = "trade"', 'id = "asked"'), ["rule “asked” comes 2 times"]),
    # bands
    (('name = "warm"\nleast = 20', 'name = "warm"\nleast = 3'), ["band “warm” begins at 3", "“cool”"]),
    (("least = 20\nmargin = 5", "least = 20\nmargin = 16"), ["band “warm” is left below 4", "margin 15 or less"]),
    (('name = "hot"\nleast = 50', 'name = "hot"\nleast = 170'), ["band “hot”", "give 169 at most"]),
    (('name = "A"\nleast = 50', 'name = "A"\nleast = 71'), ["fit band “A”", "give 70 at most"]),
    (('name = "B"', 'name = "C"'), ["fit band “C” comes 2 times"]),
    # stages
    (('fit = "C"', 'fit = "D"'), ["“material-qualified”", "fit band “D”, which is not there. There is: C, B, A."]),
    (('engagement = "warm"', 'engagement = "hott"'), ["“material-qualified”", "engagement band “hott”"]),
    (('after = { having = ["material"] }', 'apart = "2d"'), ["“material-qualified”", "no “after”"]),
    ((ENGAGED, 'when = { touch = ["click"], having = ["ask"] }'), ["“engaged” in “when”", "never “ask”"]),
    ((ENGAGED, 'when = { having = ["ask"], without = ["ask"] }'), ["“engaged” in “when”", "mark “ask”"]),
    ((ENGAGED, 'when = { touch = ["known"] }'), ["“engaged” in “when”", "no touch"]),
    (('after = { having = ["material"] }', 'after = { having = ["tier-1", "tier-3"] }'), ["“after”", "“tier-3”"]),
    (('id = "engaged"', 'id = "leads"'), ["“leads”", "figure"]),
    (('id = "story-qualified"', 'id = "qualified"'), ["“qualified”", "step or column"]),
    (('having = ["ask", "more", "outlet"]', 'having = ["ask"]'), ["stage “story-qualified”", "“service-qualified”"]),
    # handoff
    (('to = ""                 # an officer or a team; "" asks for somebody to be assigned\nescalate_to = ""',
      'to = "ada"\nescalate_to = "ada"'), ["escalates to “ada”"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), CASES, ids=[f"{n}-{case[1][0]}" for n, case in enumerate(CASES)])
def test_each_contradiction_is_named(change: tuple[str, str], words: list[str]) -> None:
    """One thing made wrong in the packaged file earns one sentence, with its id and what to do."""
    found = own(change)
    (said,) = contradictions(found)
    for word in words:
        assert word in said


def test_a_band_that_is_out_of_reach_names_the_stages_behind_it() -> None:
    """Who asks why nobody reaches a stage is told."""
    found = own(
        ('name = "warm"\nleast = 20', 'name = "warm"\nleast = 200'),
        ('name = "hot"\nleast = 50', 'name = "hot"\nleast = 300'),
    )
    assert [said for said in contradictions(found) if "material-qualified” or “story-qualified” or" in said]


def test_a_rule_without_a_cap_has_no_bound() -> None:
    """Then no engagement band is out of reach."""
    found = own(("points = 30\ncap = 60", "points = 30"), ('name = "hot"\nleast = 50', 'name = "hot"\nleast = 9000'))
    assert contradictions(found) == []
    assert reach.engagement(found) is None


def test_without_a_stage_nobody_qualifies() -> None:
    """No stage at all, and none that qualifies, are both said."""
    assert "There is no stage" in "".join(contradictions(Criteria()))
    none = Criteria(stages=own().stages[:1])
    assert any("No stage is qualified" in said for said in contradictions(none))


def test_a_stage_that_opens_nobody_is_no_contradiction() -> None:
    """Under the EU reading a stage for clicks holds those who act later."""
    assert contradictions(own((ENGAGED, 'when = { touch = ["click"] }'))) == []


HANDOFF = """
[[handoff.assign]]
to = "ada"
campaign = ["spring"]
[[handoff.assign]]
to = "ben"
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (HANDOFF + '[[handoff.assign]]\nto = "ada"\nstage = ["story-qualified"]', ["number 3", "number 2, to “ben”"]),
        (
            HANDOFF.replace('to = "ben"', 'to = "ben"\ncampaign = ["spring"]\nsource = ["email"]'),
            ["“ben” (number 2)", "is never asked"],
        ),
        (HANDOFF + 'stage = ["engaged"]', ["“engaged”", "not qualified"]),
        (HANDOFF + 'stage = ["storied"]', ["“storied”, which is not there"]),
        (HANDOFF + 'having = ["tier-1", "tier-2"]', ["“ben”", "fits nobody"]),
    ],
)
def test_assignments_are_held_against_each_other_and_the_stages(more: str, words: list[str]) -> None:
    """One that is never asked, of a stage that is not there or not offered, or of nobody."""
    (said,) = contradictions(own(more=more))
    for word in words:
        assert word in said


def test_one_assignment_after_another_that_takes_less_is_asked() -> None:
    """The usual: exceptions first, then everybody else."""
    assert contradictions(own(more=HANDOFF), [ADA, BEN]) == []


def test_who_is_named_in_the_handoff_must_exist() -> None:
    """Officers by id and teams with somebody in them; where no officers are declared anybody is one."""
    found = own(('to = ""', 'to = "adda"'), ('escalate_to = ""', 'escalate_to = "trade"'), more=HANDOFF)
    assert contradictions(found) == []
    (said,) = contradictions(found, [ADA, BEN])
    assert said == "handoff.to names “adda”, and no officer and no team is called so. Did you mean “ada”?"
    assert "handoff.assign, number 2, names “ben”" in contradictions(found, [ADA])[-1]


def test_a_handoff_needs_reasons_each_once() -> None:
    """A lead must be rejectable, and a reason is counted under one name."""
    text = own()
    none = replace(text, handoff=replace(text.handoff, reasons=()))
    assert "no lead could be rejected" in contradictions(none)[0]
    twice = replace(text, handoff=replace(text.handoff, reasons=("other", "other")))
    assert "“other” comes 2 times" in contradictions(twice)[0]


def _met(sort: Sort, touch: tuple[str, frozenset[str], str, str]) -> bool:
    kind, marks, source, campaign = touch
    beside = ((sort.touch, kind), (sort.source, source), (sort.campaign, campaign))
    return all(not asked or given in asked for asked, given in beside) and marked(sort, marks)


@given(SORTS, touches())
def test_no_touch_is_of_a_sort_that_is_called_impossible(
    sort: Sort, touch: tuple[str, frozenset[str], str, str]
) -> None:
    """What is said to be never met is never met, and who meets a sort has at least the marks of one of its ways."""
    if touch[0] in ENGAGING and _met(sort, touch):
        assert any(kind == touch[0] and touch[1] >= marks for kind, marks in ways(sort))


@given(SORTS, SORTS, touches())
def test_what_is_called_narrower_is(one: Sort, other: Sort, touch: tuple[str, frozenset[str], str, str]) -> None:
    """Every touch of the narrower sort is of the wider."""
    if narrower(one, other) and touch[0] in ENGAGING and _met(one, touch):
        assert _met(other, touch)


@given(SORTS)
def test_a_sort_that_can_be_met_is_narrower_than_itself(sort: Sort) -> None:
    """So two stages that ask for the same are found."""
    assert narrower(sort, sort) == any(ways(sort))


@given(CRITERIA, touches())
def test_nobody_has_more_fit_than_can_be_reached(
    criteria: Criteria, touch: tuple[str, frozenset[str], str, str]
) -> None:
    """The bound is one: no person has more points."""
    points = sum(rule.points for rule in criteria.fit if marked(rule, touch[1] & WHO) and _plain(rule))
    assert points <= reach.fit(criteria)


def _plain(rule: object) -> bool:
    return not any(getattr(rule, name) for name in ("touch", "source", "campaign"))


@given(CRITERIA, st.booleans())
def test_any_criteria_are_held_against_themselves(criteria: Criteria, with_people: bool) -> None:
    """Nothing that can be read makes the check fail; each sentence ends as one."""
    for said in contradictions(criteria, [ADA, BEN] if with_people else ()):
        assert said.endswith((".", "?"))
        assert "\n" not in said
