"""Whose turn it is: offers, answers, lapses, escalation, nurture and fading, move by move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commsleads.criteria import Assignment
from commsleads.enquiries import Officer
from commsleads.journey import Act, Lead, Touch
from commsleads.rules.leads.handoff import resolved
from commsleads.rules.leads.terms import Terms
from tests.rules.leads.logs import ASKS, CRITERIA, GROUND, STRICTER, act, day, last, lead, statuses, terms, touch

ASKED = touch("a", day(0), ASKS)
OWN = touch("o", day(-1), "own")
ALONE = replace(CRITERIA, handoff=replace(CRITERIA.handoff, escalate_to=""))
"""Criteria that escalate to nobody."""


def names(told: Lead) -> list[str]:
    """The statuses it went through."""
    return [status for status, _ in statuses(told)]


def ledger(told: Lead) -> list[tuple[str, str]]:
    """To whom it was offered, and the answers."""
    return [(offer.to, offer.answer) for offer in told.offers]


def test_a_qualified_lead_is_offered_once() -> None:
    """At the moment we knew, due in working time, and not again while somebody is asked."""
    found = lead(touch("a", day(0), ASKS, learned=day(0, 6)), touch("b", day(0, 7), ASKS))
    assert statuses(found) == [("new", day(0, 6)), ("offered", day(0, 6))]
    assert [(one.at, one.to, one.due, one.stage, one.terms) for one in found.offers] == [
        (day(0, 6), "ruth", day(1, 6), "story", 1)
    ]
    assert (found.next, found.owner) == (day(1, 6), "")
    assert last(found, "status").why == (
        "A qualified lead, offered to ruth: an answer is due by 3 November 2026, 15:00."
    )


@pytest.mark.parametrize(
    ("ground", "due"),
    [
        ({}, day(1)),  # eight hours from the Monday at nine are there at five: the first moment is that of closing
        ({"holidays": frozenset({date(2026, 11, 2)})}, day(1, 8)),
        ({"hours": ()}, day(0, 8)),  # nobody works at all: then the clock on the wall
    ],
)
def test_due_in_working_time(ground: dict[str, Any], due: datetime) -> None:
    """An answer is due when so much of our own time has passed."""
    found = lead(ASKED, terms(**ground)).offers[0].due
    assert found == (day(0, 8) if not ground else due)


@pytest.mark.parametrize(
    ("assign", "to"),
    [
        ((), "ruth"),
        ((Assignment(to="ann", campaign=("flu",)),), "ann"),
        ((Assignment(to="ann", campaign=("other",)), Assignment(to="tom", stage=("story",))), "tom"),
        ((Assignment(to="ann", source=("email",), having=("tier-2",)),), "ann"),
        ((Assignment(to="ann", having=("tier-1",)),), "ruth"),
        ((Assignment(to="ann", having=("ask",)),), "ann"),  # of the newest touch
        ((Assignment(to="news"),), "tom"),  # a team is its lead
        ((Assignment(to="health"),), "ann"),  # or its first
        ((Assignment(to="nobody"),), "ruth"),  # whom nobody knows
    ],
)
def test_assignment(assign: tuple[Assignment, ...], to: str) -> None:
    """The first that fits decides, else the handoff; a team is an officer of it."""
    criteria = replace(CRITERIA, handoff=replace(CRITERIA.handoff, assign=assign))
    assert lead(ASKED._replace(campaign="flu"), terms(criteria=criteria)).offers[0].to == to


def test_names_where_there_is_no_register() -> None:
    """With no officers declared a name is taken as it stands; with some, one that nobody knows is nobody's."""
    assert resolved("anybody", replace(GROUND, officers=())) == "anybody"
    assert resolved("anybody", GROUND) == ""
    assert resolved("both", replace(GROUND, officers=(Officer(id="x", team="both"), Officer(id="both")))) == "both"


@pytest.mark.parametrize(
    ("at", "status", "answers"),
    [
        (day(0, 7), "accepted", [("ruth", "accepted")]),
        (day(0, 8), "accepted", [("ruth", "accepted")]),  # at due is in time
        (day(0, 9), "accepted", [("ruth", "lapsed"), ("tom", "accepted")]),
        (day(1, 8), "accepted", [("ruth", "lapsed"), ("tom", "accepted")]),
        (day(5), "accepted", [("ruth", "lapsed"), ("tom", "lapsed")]),  # late, and better than never
    ],
)
def test_an_answer_in_time_and_late(at: datetime, status: str, answers: list[tuple[str, str]]) -> None:
    """Who does not answer in time is followed by whom it escalates to, once; a late answer is taken."""
    found = lead(ASKED, act("accept", at, by="ruth"), now=day(6))
    assert (found.status, ledger(found), found.owner) == (status, answers, "ruth")
    assert last(found, "owner").why == "ruth accepted it."


def test_nobody_answers() -> None:
    """Lapsed at the due moment, then escalated, then nobody's; the ledger says each."""
    found = lead(ASKED, now=day(3))
    assert statuses(found) == [("new", day(0)), ("offered", day(0)), ("lapsed", day(1, 8))]
    assert [(one.to, one.at, one.due, one.answered, one.escalated) for one in found.offers] == [
        ("ruth", day(0), day(0, 8), day(0, 8), False),
        ("tom", day(0, 8), day(1, 8), day(1, 8), True),
    ]
    assert last(found, "status").why == "tom did not answer by 3 November 2026, 17:00."
    assert last(found, "status").cause == "clock"
    assert found.next == day(60)
    assert names(lead(ASKED, terms(criteria=ALONE), now=day(0, 8))) == ["new", "offered", "lapsed"]
    to_ruth = replace(CRITERIA, handoff=replace(CRITERIA.handoff, escalate_to="ruth"))
    assert ledger(lead(ASKED, terms(criteria=to_ruth), now=day(3))) == [("ruth", "lapsed")]


@pytest.mark.parametrize(
    ("rows", "status", "rest"),
    [
        ([act("accept", day(0, 1), to="ann")], "accepted", {"owner": "ann"}),
        ([act("reject", day(0, 1), reason="wrong person")], "rejected", {"next": day(60, 1)}),
        ([act("recycle", day(0, 1), until=day(20))], "recycled", {"wakes": day(20), "next": day(20)}),
        ([act("recycle", day(0, 1))], "recycled", {"wakes": None, "next": day(60, 1)}),
        ([act("accept", day(0, 1)), act("close", day(0, 2), to="covered")], "closed",
         {"outcome": "covered", "next": None}),
        ([act("accept", day(0, 1)), act("recycle", day(0, 2), until=day(9))], "recycled", {"owner": "ruth"}),
        ([act("close", day(0, 1), to="withdrew"), act("reopen", day(0, 2))], "offered", {"outcome": ""}),
        ([act("assign", day(0, 1), to="health")], "offered", {"owner": ""}),
        ([act("accept", day(0, 1)), act("assign", day(0, 2), to="ann")], "accepted", {"owner": "ann"}),
        ([act("note", day(0, 1), words="called back")], "offered", {}),
        # Without sense, and so without effect.
        ([act("accept", day(0, 1)), act("reject", day(0, 2))], "accepted", {"owner": "ruth"}),
        ([act("reopen", day(0, 1))], "offered", {}),
        ([act("assign", day(0, 1))], "offered", {}),
        ([act("no such verb", day(0, 1))], "offered", {}),
    ],
)  # fmt: skip
def test_acts(rows: list[Act], status: str, rest: dict[str, object]) -> None:
    """What one of us does, and where the lead stands then."""
    found = lead(ASKED, *rows)
    assert found.status == status
    assert {name: getattr(found, name) for name in rest} == rest


def test_the_ledger_keeps_reason_and_words() -> None:
    """Why it was rejected stands in the line of the offer; free words stand there alone, where they can be erased."""
    found = lead(ASKED, act("reject", day(0, 1), by="tom", reason="no use stated", words="Ada Crane never said"))
    offer = found.offers[0]
    assert (offer.answer, offer.answered, offer.by) == ("rejected", day(0, 1), "tom")
    assert (offer.reason, offer.words) == ("no use stated", "Ada Crane never said")
    assert last(found, "status").why == "tom rejected it: no use stated."
    assert not any("Crane" in move.why for move in found.moves)


def test_assigning_an_offer_makes_a_new_one() -> None:
    """The first is withdrawn, and the other has the whole time."""
    found = lead(ASKED, act("assign", day(0, 4), to="ann"))
    assert ledger(found) == [("ruth", "withdrawn"), ("ann", "")]
    assert found.offers[1].due == day(1, 4)


@pytest.mark.parametrize(
    ("rows", "moves"),
    [
        ([ASKED, act("recycle", day(0, 1), until=day(9))], ["offered", "recycled", "offered"]),
        ([OWN, act("recycle", day(0, 1), until=day(9))], ["recycled", "new"]),
        ([ASKED, act("accept", day(0, 1), by="ann"), act("recycle", day(0, 2), until=day(9))],
         ["offered", "accepted", "recycled", "offered"]),
        ([ASKED, act("recycle", day(0, 2), until=day(0, 1))], ["offered", "recycled", "offered", "lapsed"]),
    ],
)  # fmt: skip
def test_waking(rows: list[Touch | Act], moves: list[str]) -> None:
    """On its day a lead is offered again, to its owner if there is one; or is new, when it is not qualified."""
    found = lead(*rows, now=day(9))
    assert names(found)[1:] == moves
    if found.owner:
        assert found.offers[-1].to == "ann"


GONE: list[tuple[list[Touch | Act], str]] = [
    ([ASKED, act("reject", day(0, 1))], "rejected"),
    ([ASKED, act("recycle", day(0, 1), until=day(50))], "recycled"),
    ([ASKED, act("close", day(0, 1), to="served")], "closed"),
    ([ASKED], "lapsed"),
    ([OWN], "new"),
]


@pytest.mark.parametrize(("rows", "status"), GONE)
def test_who_asks_again_is_offered_again(rows: list[Touch | Act], status: str) -> None:
    """A touch that by itself is of a sort that qualifies brings a lead back; another one does not."""
    assert lead(*rows, now=day(9)).status == status
    assert lead(*rows, touch("z", day(9), "own", "phone")).status == status
    assert lead(*rows, touch("z", day(9), ASKS, counts=False)).status == status
    found = lead(*rows, touch("z", day(9), ASKS))
    assert (found.status, found.offers[-1].at) == ("offered", day(9))


def test_an_old_touch_known_better_is_no_new_one() -> None:
    """A rejected lead comes back by a version only when that made the touch one that asks."""
    rejected = act("reject", day(0, 1))
    better = ASKED._replace(version=2, learned=day(2), marks=ASKS + " tier-1")
    assert lead(ASKED, rejected, better).status == "rejected"
    later = [touch("b", day(2), "own"), touch("b", day(2), ASKS, version=2, learned=day(3))]
    assert lead(ASKED, rejected, *later).status == "offered"


@pytest.mark.parametrize(
    ("rows", "moves"),
    [
        ([OWN], [("faded", day(59))]),
        ([ASKED, act("reject", day(1))], [("faded", day(61))]),
        ([ASKED], [("faded", day(60))]),  # lapsed
        ([ASKED, act("recycle", day(1), until=day(70))], [("faded", day(130))]),
        ([ASKED, act("accept", day(0, 1))], []),
        ([ASKED, act("close", day(0, 1), to="served")], []),
        ([OWN, touch("b", day(30), "own", counts=False)], [("faded", day(59))]),
        ([OWN, touch("b", day(30), "outlet", "known")], [("faded", day(59))]),
        ([OWN, touch("b", day(30), "", "click")], [("faded", day(90))]),
        ([touch("a", day(0), "own", learned=day(70))], [("faded", day(70))]),  # never before it was known
        ([OWN, touch("b", day(80), "own")], [("faded", day(59)), ("new", day(80)), ("faded", day(140))]),
        ([OWN, touch("b", day(80), ASKS), act("accept", day(80, 1))], [("faded", day(59)), ("offered", day(80))]),
        ([OWN, act("reopen", day(70))], [("faded", day(59)), ("new", day(70)), ("faded", day(130))]),
    ],
)  # fmt: skip
def test_fading(rows: list[Touch | Act], moves: list[tuple[str, datetime]]) -> None:
    """A lead that nobody works on has left so long after the last touch that counts."""
    found = lead(*rows, now=day(200))
    first = next((place for place, (status, _) in enumerate(statuses(found)) if status == "faded"), None)
    assert [one for one in statuses(found)[first:] if one[0] != "accepted"] == moves if first is not None else not moves


def test_no_fading_where_it_is_not_agreed() -> None:
    """Fades of nothing: leads stay."""
    never = replace(CRITERIA, handoff=replace(CRITERIA.handoff, fades=timedelta(0)))
    assert lead(OWN, terms(criteria=never), now=day(9000)).status == "new"
    forever = replace(CRITERIA, handoff=replace(CRITERIA.handoff, fades=timedelta.max, answer_within=timedelta.max))
    assert lead(ASKED, terms(criteria=forever), now=datetime(9999, 1, 1, tzinfo=UTC)).status == "offered"


@pytest.mark.parametrize(
    ("rows", "status", "answers"),
    [
        ([ASKED, terms(2, day(0, 1), STRICTER)], "new", [("ruth", "withdrawn")]),
        ([ASKED, act("accept", day(0, 1)), terms(2, day(0, 2), STRICTER)], "accepted", [("ruth", "accepted")]),
        ([ASKED, act("reject", day(0, 1)), terms(2, day(0, 2), STRICTER)], "rejected", [("ruth", "rejected")]),
        # What was answered under one agreement is not brought back by the next: only a touch does that.
        ([ASKED, act("reject", day(0, 1)), terms(2, day(0, 2), STRICTER), terms(3, day(0, 3))], "rejected",
         [("ruth", "rejected")]),
        ([ASKED, terms(2, day(0, 1), STRICTER), terms(3, day(0, 2))], "offered", [("ruth", "withdrawn"), ("ruth", "")]),
    ],
)  # fmt: skip
def test_other_criteria(rows: list[Touch | Act | Terms], status: str, answers: list[tuple[str, str]]) -> None:
    """Who is no qualified lead any more is not offered any more; who becomes one is, if nobody has dealt with it."""
    found = lead(*rows, terms())
    assert (found.status, ledger(found)) == (status, answers)


def test_who_is_no_lead_has_no_handoff() -> None:
    """Acts on a contact that is none are without effect."""
    rows = [act("accept", day(1)), act("assign", day(1, 1), to="ann"), act("stage", day(1, 2), to="story")]
    found = lead(touch("a", day(0), "", "click"), *rows)
    assert (found.status, found.owner, found.stage, found.moves) == ("new", "", "", ())


def test_an_owner_is_asked_first() -> None:
    """Somebody to whom a lead was assigned before it qualified gets the offer."""
    assert lead(OWN, act("assign", day(-1, 1), to="ann"), ASKED).offers[0].to == "ann"
    gone = replace(GROUND, officers=GROUND.officers[:2]).officers
    assert lead(OWN, act("assign", day(-1, 1), to="ann"), ASKED, terms(officers=gone)).offers[0].to == "ruth"
