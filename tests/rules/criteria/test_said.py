"""Criteria in sentences, and what changed between two of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from commsleads.criteria import Assignment, Criteria
from commsleads.journey import MARKS, TOUCH_KINDS
from commsleads.rules.criteria import wording
from commsleads.rules.criteria.diff import changes, deciding
from commsleads.rules.criteria.sentences import sections, sentences
from tests.rules.criteria.written import CRITERIA, own

LOST = "who has an address that no mail can reach loses 20 points. Asked: from an address that no mail can reach."
OWN_ACT = "any touch, beyond doubt their own act"


def test_every_word_of_the_criteria_can_be_said() -> None:
    """No kind of touch and no mark is without words."""
    assert set(wording.KINDS) == set(TOUCH_KINDS)
    assert set(wording.MARKS) == set(MARKS)


def test_a_sentence_a_rule() -> None:
    """Each rule, band and stage of the packaged file has its one sentence, and the handoff its five."""
    found = own()
    by_head = {section.head.split(":")[0]: section.sentences for section in sections(found)}
    assert len(by_head["Engagement"]) == len(found.engagement)
    assert len(by_head["Fit"]) == len(found.fit)
    assert by_head["Engagement"][0] == (
        "asked: who asked us something gets 30 points, 60 at most; half of them are left after 30 days. "
        "Counted: an enquiry or a form."
    )
    assert by_head["Engagement"][-1] == (
        "objected: who asked not to be written to loses 100 points, 100 points at most; they never grow less. "
        "Counted: any touch, asking not to be written to."
    )
    assert by_head["Fit"][0] == (
        "national: who works for an outlet of the first tier gets 40 points. Asked: for an outlet of the first tier."
    )
    assert by_head["Bands of engagement"][1] == "warm: from 20 points; who is in it leaves it below 15."
    assert by_head["Stages, the last the highest"][1] == (
        "material-qualified: used our material, then came to us. Needs any touch, beyond doubt their own act, and not "
        "hostile to us; after any touch, using our data, an asset or a briefing; fit C or better (10 points); "
        "engagement warm or better (20 points). It is a qualified lead, which is offered."
    )
    assert by_head["Handoff"][:3] == (
        "A qualified lead waits until somebody assigns it.",
        "Who it is offered to answers within 8 hours of working time.",
        "Unanswered by then, it has lapsed and waits for somebody.",
    )


def test_the_handoff_says_who_gets_what() -> None:
    """Assignments first, then everybody else."""
    text = own(('to = ""', 'to = "press"'), ('escalate_to = ""', 'escalate_to = "ada"'))
    one = Assignment(to="ben", campaign=("spring",), source=("email",), having=("tier-1",))
    found = sections(replace(text, handoff=replace(text.handoff, assign=(one,))))[-1].sentences
    assert found[:2] == (
        "A qualified lead of the campaign “spring”, come by email, for an outlet of the first tier is offered to ben.",
        "Any other qualified lead is offered to press.",
    )
    assert "Unanswered by then, it is offered to ada." in found


def test_what_changed_is_said_rule_by_rule() -> None:
    """Points, an id that is another, a condition, the handoff: a sentence each."""
    before = own()
    after = own(
        ("points = 30\ncap", "points = 20\ncap"),
        ('id = "broken"', 'id = "dead"'),
        ('answer_within = "8h"', 'answer_within = "4h"'),
        (', without = ["hostile"] }\nafter', " }\nafter"),
        ('reading = "EU"', 'reading = "US"'),
        ('half_life = "0s"', 'half_life = "1d"'),
    )
    assert [one.sentence for one in changes(before, after)] == [
        "The criteria: reading EU → US.",
        "The rule “asked”: points 30 → 20.",
        "The rule “objected”: half-life never less → 1 day.",
        f"The fit rule “broken” is gone. broken: {LOST}",
        f"The fit rule “dead” is new. dead: {LOST}",
        f"The stage “material-qualified”: when {OWN_ACT}, and not hostile to us → {OWN_ACT}.",
        "The handoff: time to answer 8 hours → 4 hours.",
    ]


def test_the_order_of_stages_and_of_assignments_is_a_difference() -> None:
    """The last stage is the highest, and the first assignment that fits decides."""
    text = own()
    turned = replace(text, stages=(*text.stages[2:], *text.stages[:2]))
    (moved,) = changes(text, turned)
    assert moved.sentence == (
        "The order of the stages: engaged, material-qualified, story-qualified, service-qualified → story-qualified, "
        "service-qualified, engaged, material-qualified."
    )
    two = (Assignment(to="ada", source=("email",)), Assignment(to="ben", source=("phone",)))
    first, second = (replace(text, handoff=replace(text.handoff, assign=one)) for one in (two, two[::-1]))
    assert [(one.part, one.what) for one in changes(first, second)] == [("assignment", "moved")]


def test_words_alone_decide_nothing() -> None:
    """Another author, date or clause is told, and known to change no lead."""
    found = changes(own(), own(('version = "1"', 'version = "2"'), ('says = "answered us"', 'says = "wrote back"')))
    assert [(one.part, one.field) for one in found] == [("criteria", "version"), ("rule", "says")]
    assert deciding(found) == ()


@given(CRITERIA, CRITERIA)
def test_no_difference_is_left_out_and_none_is_made_up(one: Criteria, other: Criteria) -> None:
    """The same criteria have none; of two that differ one is told, but for the order in which rules stand."""
    assert changes(one, one) == ()
    assert bool(changes(one, other)) == (_sorted(one) != _sorted(other))
    for change in changes(one, other):
        assert change.sentence.endswith(".")


@given(CRITERIA)
def test_any_criteria_can_be_said(criteria: Criteria) -> None:
    """Each sentence is one line and ends as one."""
    for said in sentences(criteria):
        assert said.endswith(".")
        assert "\n" not in said


def _sorted(criteria: Criteria) -> Criteria:
    def by_id(one: object) -> str:
        return str(getattr(one, "id", ""))

    return replace(
        criteria, engagement=tuple(sorted(criteria.engagement, key=by_id)), fit=tuple(sorted(criteria.fit, key=by_id))
    )
