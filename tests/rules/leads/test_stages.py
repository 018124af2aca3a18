"""Who is a lead, which stage it holds and since when, and what moves it forward and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from commsleads.criteria import Criteria
from commsleads.journey import Lead, Touch
from commsleads.rules.leads import told
from tests.rules.leads.logs import ASKS, CRITERIA, OPEN, STRICTER, act, day, last, lead, stages, statuses, terms, touch


@pytest.mark.parametrize(
    ("rows", "eu", "us"),
    [
        ([touch("a", day(0), "own")], "a", "a"),
        ([touch("a", day(0), "material", "click"), touch("b", day(1), "own")], "b", "a"),
        ([touch("a", day(0), "own", counts=False), touch("b", day(1), "own")], "b", "b"),
        ([touch("a", day(0), "own", "known")], "", ""),
        ([touch("a", day(0), "", "click")], "", "a"),
        ([touch("b", day(1), "own"), touch("a", day(0), "own", learned=day(2))], "b", "b"),  # the source is for good
    ],
)
def test_opened(rows: list[Touch], eu: str, us: str) -> None:
    """In the EU reading a person's own act makes a lead; in the US reading any touch that counts."""
    for criteria, opener in ((CRITERIA, eu), (OPEN, us)):
        found = lead(*rows, terms(criteria=criteria))
        assert (found.opener, found.opened is not None) == (opener, bool(opener))
        assert statuses(found)[:1] == (
            [("new", next(one.learned for one in rows if one.id == opener))] if opener else []
        )


def test_before_it_is_opened_it_has_touches_and_no_stage() -> None:
    """A contact with clicks is none, and keeps what they gave for when it becomes one."""
    click = touch("a", day(0), "material", "click", outlet="Mail")
    found = lead(click)
    assert (found.opened, found.stage, found.status, found.moves) == (None, "", "new", ())
    assert (found.touches, found.first, found.engagement, found.outlet) == (1, "a", 3, "Mail")
    assert stages(lead(click, touch("b", day(2), "outlet own", campaign="flu"))) == [("material", day(2))]


def test_first_and_last_are_by_when_they_were() -> None:
    """What opened it stands; the first and the newest touch are those that happened first and last."""
    rows = [
        touch("b", day(1), source="search"),
        touch("a", day(0), "", learned=day(2)),
        touch("c", day(3), counts=False),
    ]
    found = lead(*rows)
    assert (found.first, found.opener, found.last, found.touches) == ("a", "b", "b", 2)
    assert (found.first_at, found.opened, found.last_at, found.source) == (day(0), day(1), day(1), "search")


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ([touch("a", day(0), "own")], [("engaged", day(0))]),
        ([touch("a", day(0), ASKS)], [("story", day(0))]),
        ([touch("a", day(0), ASKS, counts=False)], []),
        ([touch("a", day(0), ASKS + " hostile")], [("engaged", day(0))]),
        # Both bands must do: cool is not warm, and an outlet we do not know is no fit.
        ([touch("a", day(0), ASKS, "reply")], [("engaged", day(0))]),
        ([touch("a", day(0), ASKS, "reply"), touch("b", day(1), "own")], [("engaged", day(0)), ("story", day(1))]),
        ([touch("a", day(0), "ask more own")], [("engaged", day(0))]),
        # What we learn of them later lifts them too, with a thing that is no touch.
        ([touch("a", day(0), "ask more own"), touch("b", day(3), "outlet", "known")],
         [("engaged", day(0)), ("service", day(3))]),
        # The condition `after`: an earlier touch, a day before at least, in whatever order we learn of the two.
        ([touch("a", day(0), "material outlet", "click"), touch("b", day(2), "own")], [("material", day(2))]),
        ([touch("a", day(0), "material outlet", "click"), touch("b", day(0, 23), "own")], [("engaged", day(0, 23))]),
        ([touch("b", day(2), "own"), touch("a", day(0), "material outlet", "click", learned=day(4))],
         [("engaged", day(2)), ("material", day(2))]),
        ([touch("b", day(2), "material outlet own")], [("engaged", day(2))]),
        ([touch("a", day(0), "material outlet", "click", counts=False), touch("b", day(2), "own")],
         [("engaged", day(2))]),
        # A touch learned of late is dated when it was, and never before the stage before it.
        ([touch("a", day(5), "own"), touch("b", day(1), ASKS, learned=day(6))],
         [("engaged", day(5)), ("story", day(5))]),
        ([touch("b", day(1), ASKS, learned=day(6))], [("story", day(1))]),
    ],
)  # fmt: skip
def test_stages_go_forward_by_touches(rows: list[Touch], reached: list[tuple[str, datetime]]) -> None:
    """A stage is reached at the first touch at which its conditions are met and both bands do."""
    found = lead(*rows)
    assert stages(found) == reached
    assert found.stage == (reached[-1][0] if reached else "")
    assert all(move.gave for move in found.moves if move.what == "stage" and move.to != "engaged")


def test_decay_alone_takes_no_stage_away() -> None:
    """Stages are milestones: points that are gone leave them as they are."""
    found = lead(touch("a", day(0), ASKS), now=day(50))
    assert (found.stage, found.engagement_band, found.qualified_at) == ("story", "cool", day(0))
    assert dict(found.reached) == {"engaged": day(0), "story": day(0)}


def test_a_touch_taken_back_takes_its_stage_with_it() -> None:
    """A later version that does not count: the stage goes back when we knew, with a sentence and its cause."""
    rows = [
        touch("a", day(0), "own"),
        touch("b", day(1), ASKS),
        touch("b", day(1), "", version=2, learned=day(1, 2), counts=False),
    ]
    found = lead(*rows)
    assert stages(found) == [("engaged", day(0)), ("story", day(1)), ("engaged", day(1, 2))]
    assert last(found, "stage").cause == "touch b"
    assert "do not meet “story” any more" in last(found, "stage").why
    assert (found.qualified, found.qualified_at, found.status) == (False, None, "new")
    assert found.offers[0].answer == "withdrawn"


def test_a_lead_whose_opening_was_taken_back_is_none() -> None:
    """It keeps its moves, which were told, and stands as a contact again."""
    gone = touch("a", day(0), "", version=2, learned=day(0, 2), counts=False)
    found = lead(touch("a", day(0), ASKS), gone)
    assert (found.opened, found.stage, found.status, found.source) == (None, "", "new", "not known")
    assert stages(found) == [("story", day(0)), ("", day(0, 2))]
    back = lead(touch("a", day(0), ASKS), gone, touch("c", day(3), ASKS))
    assert (back.opened, back.stage, back.status) == (day(3), "story", "offered")


def test_a_version_of_the_same_sort_moves_nothing() -> None:
    """Another detail of the same touch is told, and judged as before."""
    found = lead(touch("a", day(0), ASKS), touch("a", day(0), ASKS, version=2, learned=day(1), detail="a friend"))
    assert found.detail == "a friend"
    assert stages(found) == [("story", day(0))]


def test_the_higher_version_is_in_force_when_both_came_at_once() -> None:
    """Rows of one moment: the number decides, in whatever order they sort."""
    found = lead(touch("a", day(0), "own", learned=day(1)), touch("a", day(-1), ASKS, version=2, learned=day(1)))
    assert (found.stage, found.opened) == ("story", day(-1))


def test_other_criteria_judge_all_touches_again() -> None:
    """Stages move forward and back at the moment of the new criteria, with their number as cause."""
    back = lead(touch("a", day(0), ASKS), terms(), terms(2, day(3), STRICTER))
    assert stages(back) == [("story", day(0)), ("engaged", day(3))]
    assert (last(back, "stage").cause, last(back, "stage").terms) == ("criteria 2", 2)
    forward = lead(touch("a", day(0), ASKS), terms(1, criteria=STRICTER), terms(2, day(3)))
    assert stages(forward) == [("engaged", day(0)), ("story", day(3))]
    assert (forward.qualified_at, forward.terms, forward.status) == (day(3), 2, "offered")
    assert last(forward, "stage").why.startswith("Under criteria 2: asks for something")


def test_the_same_criteria_on_another_ground_judge_nothing_again() -> None:
    """Another revision changes when answers are due from then on, and no stage."""
    found = lead(touch("a", day(0), ASKS), terms(), replace(terms(1, day(0, 1), hours=()), revision=2))
    assert len(found.moves) == 3


def test_what_was_known_before_any_criteria_is_judged_when_they_come() -> None:
    """Stages keep the dates of their touches; what we do about it is of the day on which there were criteria."""
    rows = [touch("a", day(0), "own"), touch("b", day(1), ASKS)]
    none = told(("ada",), rows, (), (), day(3))
    assert (none.opened, none.terms, none.touches, none.last, none.moves) == (None, 0, 2, "b", ())
    found = lead(*rows, act("accept", day(2)), terms(1, day(4)))
    assert stages(found) == [("engaged", day(0)), ("story", day(1))]
    assert statuses(found) == [("new", day(4)), ("offered", day(4))]
    assert {move.known for move in found.moves} == {day(4)}
    assert found.opened == day(0)


def set_stage(to: str, at: datetime) -> Lead:
    """A lead that asked, and was set to a stage by hand."""
    return lead(touch("a", day(0), ASKS), act("stage", at, to=to, reason="other"))


def test_a_stage_set_by_hand_holds_until_a_touch_reaches_higher() -> None:
    """What is above it begins anew; neither a touch of another sort nor new criteria undo it."""
    ask, low = touch("a", day(0), ASKS), act("stage", day(1), to="engaged", reason="other")
    assert stages(lead(ask, low)) == [("story", day(0)), ("engaged", day(1))]
    assert last(lead(ask, low), "stage").why == "ruth set the stage: other."
    assert lead(ask, low).status == "new"
    assert lead(ask, low, touch("b", day(2), "own")).stage == "engaged"
    assert lead(ask, low, terms(), terms(2, day(3), replace(CRITERIA, version="2"))).stage == "engaged"
    again = lead(ask, low, touch("b", day(2), ASKS))
    assert stages(again)[-1] == ("story", day(2))
    assert (again.status, again.qualified_at) == ("offered", day(0))  # it had been qualified all the same


def test_a_stage_set_higher_by_hand_qualifies() -> None:
    """An officer who knows more may say so: it is offered, and stays when touches fall short."""
    found = lead(touch("a", day(0), "own"), act("stage", day(1), to="story"), touch("b", day(2), "own"))
    assert (found.stage, found.status, found.qualified_at) == ("story", "offered", day(1))
    assert dict(found.reached) == {"engaged": day(0), "story": day(1)}


@pytest.mark.parametrize("to", ["", "no such stage"])
def test_a_stage_that_does_not_exist_is_not_set(to: str) -> None:
    """The verbs refuse it; here it is without effect."""
    assert stages(set_stage(to, day(1))) == [("story", day(0))]


@pytest.mark.parametrize(
    ("criteria", "marks", "now", "near"),
    [
        (CRITERIA, "ask own", 0, ()),  # ten points are missing to C, which has no margin
        (STRICTER, "ask listed outlet own", 0, ()),  # 20 of 30, margin 5
        (replace(STRICTER, fit=(replace(CRITERIA.fit[1], points=26),)), ASKS, 0, ("story",)),
        (replace(STRICTER, fit=(replace(CRITERIA.fit[1], points=25),)), ASKS, 0, ()),
        (replace(STRICTER, fit=(replace(CRITERIA.fit[1], points=26),)), ASKS, 40, ()),  # and warm is gone too
    ],
)
def test_near(criteria: Criteria, marks: str, now: float, near: tuple[str, ...]) -> None:
    """A stage is near when its conditions are met and less than a band's margin is missing."""
    assert lead(touch("a", day(0), marks), terms(criteria=criteria), now=day(now)).near == near


def test_ten_thousand_touches_with_as_many_versions() -> None:
    """A lead that somebody floods is told in the end, and the same as by one look."""
    rows = [touch(f"t{number}", day(number / 100), "own", "click") for number in range(3000)]
    rows += [row._replace(version=2, learned=row.learned + timedelta(hours=1), counts=False) for row in rows[::2]]
    found = lead(*rows)
    assert (found.touches, found.stage) == (1500, "engaged")
