"""What may follow what on the desk: the table of moves, what each needs, and what no path of moves can do."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.enquiries import ENDED, OUTCOMES, Case, Hold, State
from commsleads.rules.desk import workflow
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.workflow import HOLDABLE, MOVES, Given, allowed, answer_kind, check, check_hold, round_after
from tests.rules.desk.table import at, case

S = State
OPEN = [state for state in State if state not in ENDED]
FULL = Given(
    owner="ada", draft=2, standing="complete", method="email", text="We are glad.", kind="full", terms="spokesperson",
    reason="it was told", outcome="not covered", other="2026-0009",
)  # fmt: skip
"""Everything that any move could need."""
PATH = (
    S.NEW, S.ACKNOWLEDGED, S.ASSIGNED, S.RESEARCHING, S.DRAFTING, S.AWAITING_SIGNOFF, S.APPROVED, S.RESPONDED,
    S.MONITORING, S.CLOSED, S.REOPENED,
)  # fmt: skip


def standing_in(state: State, **known: Any) -> Case:
    """An enquiry in a state, with the answer that this state supposes."""
    if state in (S.RESPONDED, S.MONITORING):
        known.setdefault("responded_at", at("11-02 12:00"))
    return case(state=state, **known)


@pytest.mark.parametrize(("one", "then"), list(pairwise(PATH)))
def test_the_usual_way(one: State, then: State) -> None:
    """Each state of the usual way leads to the next when all is at hand."""
    assert check(standing_in(one), then, FULL).to is then


@pytest.mark.parametrize(
    ("one", "then"),
    [
        (S.NEW, S.ASSIGNED), (S.ASSIGNED, S.DRAFTING), (S.DRAFTING, S.RESEARCHING), (S.AWAITING_SIGNOFF, S.DRAFTING),
        (S.APPROVED, S.DRAFTING), (S.RESPONDED, S.DRAFTING), (S.MONITORING, S.DRAFTING), (S.DRAFTING, S.APPROVED),
        (S.REOPENED, S.ASSIGNED), (S.REOPENED, S.DRAFTING), (S.WITHDRAWN, S.REOPENED),
        (S.DUPLICATE, S.REOPENED), (S.REDIRECTED, S.REOPENED), (S.DECLINED, S.REOPENED),
        *((state, end) for state in OPEN for end in (S.CLOSED, S.DUPLICATE)),
        *((state, end) for state in OPEN if state not in (S.RESPONDED, S.MONITORING)
          for end in (S.WITHDRAWN, S.REDIRECTED, S.DECLINED)),
    ],
)  # fmt: skip
def test_loops_and_ways_out(one: State, then: State) -> None:
    """Loops, skips and early exits are there when all is at hand."""
    assert check(standing_in(one), then, FULL).to is then


@pytest.mark.parametrize(
    ("one", "then", "words"),
    [
        (S.NEW, S.RESPONDED, "new and cannot become responded"),
        (S.NEW, S.APPROVED, "may become: acknowledged"),
        (S.ACKNOWLEDGED, S.AWAITING_SIGNOFF, "cannot become awaiting sign-off"),
        (S.AWAITING_SIGNOFF, S.RESPONDED, "`commsleads enquiry sign-off 2026-0001` says what is open"),
        (S.RESPONDED, S.WITHDRAWN, "cannot become withdrawn"),
        (S.MONITORING, S.DECLINED, "cannot become declined"),
        (S.DRAFTING, S.DRAFTING, "is drafting already"),
        (S.CLOSED, S.DRAFTING, "has ended (closed). `commsleads enquiry reopen 2026-0001`"),
        (S.WITHDRAWN, S.CLOSED, "has ended (withdrawn)"),
        (S.CLOSED, S.NEW, "has ended"),
    ],
)
def test_what_is_no_way(one: State, then: State, words: str) -> None:
    """What may not follow is refused with what may, or with the command that opens it again."""
    with pytest.raises(DeskError) as refused:
        check(standing_in(one), then, FULL)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("one", "then", "lack", "words"),
    [
        (S.NEW, S.ASSIGNED, {"owner": ""}, "`commsleads enquiry assign 2026-0001"),
        (S.ASSIGNED, S.RESEARCHING, {"owner": ""}, "nobody owns it"),
        (S.DRAFTING, S.AWAITING_SIGNOFF, {"draft": 0}, "`commsleads enquiry draft 2026-0001`"),
        (S.AWAITING_SIGNOFF, S.APPROVED, {"standing": ""}, "`commsleads enquiry sign-off 2026-0001`"),
        (S.DRAFTING, S.APPROVED, {"standing": ""}, "sign-off is not complete"),
        (S.APPROVED, S.RESPONDED, {"standing": ""}, "sign-off is not complete"),
        (S.ASSIGNED, S.RESPONDED, {"standing": "complete"}, "only a pre-approved line"),
        (S.RESEARCHING, S.RESPONDED, {"standing": "waived"}, "only a pre-approved line"),
        (S.ASSIGNED, S.RESPONDED, {"standing": "", "draft": 0}, "`commsleads enquiry draft 2026-0001 TEXT`"),
        (S.DRAFTING, S.RESPONDED, {"standing": "", "draft": 3}, "--ask OFFICER` offers draft 3"),
        (S.APPROVED, S.RESPONDED, {"kind": "maybe"}, "full, partial, statement"),
        (S.APPROVED, S.RESPONDED, {"method": " "}, "how it was sent"),
        (S.APPROVED, S.RESPONDED, {"text": "\n"}, "word for word"),
        (S.APPROVED, S.RESPONDED, {"terms": ""}, "on the record, spokesperson"),
        (S.APPROVED, S.RESPONDED, {"terms": "embargoed"}, "until when it is embargoed"),
        (S.REOPENED, S.MONITORING, {}, "`commsleads enquiry respond 2026-0001`"),
        (S.ASSIGNED, S.DECLINED, {"reason": " "}, "--reason"),
        (S.NEW, S.DUPLICATE, {"other": ""}, "of which enquiry"),
        (S.NEW, S.DUPLICATE, {"other": "2026-0001"}, "duplicate of itself"),
        (S.NEW, S.REDIRECTED, {"other": ""}, "where the journalist was sent"),
        (S.ASSIGNED, S.CLOSED, {"reason": ""}, "it has had no answer"),
        (S.RESPONDED, S.CLOSED, {"outcome": ""}, "what came of it"),
        (S.RESPONDED, S.CLOSED, {"outcome": "fine"}, "“fine” is no outcome"),
        (S.DUPLICATE, S.REOPENED, {"reason": ""}, "--reason"),
    ],
)
def test_what_is_missing(one: State, then: State, lack: dict[str, Any], words: str) -> None:
    """Each missing thing is named with the command or word that gives it."""
    with pytest.raises(DeskError) as refused:
        check(standing_in(one), then, replace(FULL, **lack))
    assert words in str(refused.value)
    assert str(refused.value).startswith("2026-0001 cannot become")


@pytest.mark.parametrize("standing", ["line", "not asked"])
@pytest.mark.parametrize("state", [S.ASSIGNED, S.RESEARCHING, S.DRAFTING, S.REOPENED])
def test_the_short_cut(state: State, standing: Any) -> None:
    """A pre-approved line goes out without a draft, and so does an answer where no sign-off is declared."""
    assert check(standing_in(state), S.RESPONDED, replace(FULL, draft=0, standing=standing)).to is S.RESPONDED


def test_a_lapsed_enquiry_stays_open() -> None:
    """Past its deadline an unanswered one is shown as lapsed and closed only with a reason; an answer ends the word."""
    late = standing_in(S.ASSIGNED, owner="ada", deadline_at=at("11-02 15:00"))
    assert workflow.shown(late, at("11-02 15:00")) == "assigned"
    assert workflow.shown(late, at("11-02 15:01")) == "lapsed"
    assert workflow.lapses(late, at("11-02 15:01"))
    marked = replace(late, lapsed_at=at("11-02 15:00"))
    assert not workflow.lapses(marked, at("11-03 15:00"))
    assert workflow.shown(marked, at("11-03 15:00")) == "lapsed"
    with pytest.raises(DeskError, match="deadline passed without an answer"):
        check(marked, S.CLOSED, replace(FULL, reason="", outcome="not covered"))
    check(marked, S.CLOSED, Given(reason="no one to speak"))
    answered = replace(marked, state=S.RESPONDED, responded_at=at("11-03 09:00"))
    assert workflow.shown(answered, at("11-03 15:00")) == "responded"
    assert workflow.shown(replace(marked, state=S.CLOSED), at("11-03 15:00")) == "closed"


def test_an_answer_cannot_be_undone() -> None:
    """While supplementary questions are worked on, an answered enquiry cannot be withdrawn, sent away or declined."""
    again = case(state=S.DRAFTING, owner="ada", responded_at=at("11-02 12:00"))
    for end in (S.WITHDRAWN, S.REDIRECTED, S.DECLINED):
        with pytest.raises(DeskError, match="has been answered"):
            check(again, end, FULL)
    check(again, S.CLOSED, Given(outcome="unknown"))


def test_a_refusal_that_was_told_is_an_answer() -> None:
    """Declined and told is an answer of that kind, declined in silence is none; a response is what it says."""
    assert answer_kind(S.DECLINED, Given(told=True)) == "declined"
    assert answer_kind(S.DECLINED, Given()) == ""
    assert answer_kind(S.RESPONDED, FULL) == "full"
    assert answer_kind(S.MONITORING, FULL) == ""


@pytest.mark.parametrize(
    ("one", "then", "before", "after"),
    [
        (S.DRAFTING, S.AWAITING_SIGNOFF, 0, 1), (S.AWAITING_SIGNOFF, S.DRAFTING, 1, 2),
        (S.DRAFTING, S.AWAITING_SIGNOFF, 2, 2), (S.AWAITING_SIGNOFF, S.APPROVED, 2, 2),
        (S.RESPONDED, S.DRAFTING, 2, 3), (S.ASSIGNED, S.DRAFTING, 0, 0), (S.RESEARCHING, S.DRAFTING, 1, 1),
    ],
)  # fmt: skip
def test_rounds(one: State, then: State, before: int, after: int) -> None:
    """The first asking is round one; each return to drafting of what had been offered opens the next."""
    assert round_after(one, then, before) == after


@pytest.mark.parametrize("state", list(State))
def test_holds(state: State) -> None:
    """Any open enquiry but a new one may wait for somebody, and may stop waiting."""
    here, held = standing_in(state), standing_in(state, hold=Hold.EXPERT)
    may = {move.hold for move in allowed(state) if move.to is state}
    may_end = {move.hold for move in allowed(state, Hold.EXPERT) if move.to is state}
    if state in HOLDABLE:
        assert (may, may_end) == ({Hold.JOURNALIST, Hold.EXPERT}, {Hold.NONE})
        check_hold(here, Hold.JOURNALIST)
        check_hold(held, Hold.NONE)
        with pytest.raises(DeskError, match="waits for nobody"):
            check_hold(here, Hold.NONE)
    else:
        assert (may, may_end) == (set(), set())
        with pytest.raises(DeskError, match=r"enquiry (acknowledge|reopen) 2026-0001"):
            check_hold(here, Hold.JOURNALIST)


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"state": S.NEW}, "desk"), ({"state": S.ASSIGNED, "owner": "ada"}, "owner"),
        ({"state": S.AWAITING_SIGNOFF, "owner": "ada"}, "approver"),
        ({"state": S.DRAFTING, "owner": "ada", "hold": Hold.JOURNALIST}, "journalist"),
        ({"state": S.DRAFTING, "owner": "ada", "hold": Hold.EXPERT}, "expert"), ({"state": S.CLOSED}, ""),
    ],
)  # fmt: skip
def test_whose_move_it_is(known: dict[str, Any], who: str) -> None:
    """Every open enquiry waits for somebody."""
    assert workflow.waits_for(case(**known)) == who


def test_every_state_has_its_ways() -> None:
    """The table knows every state, leads out of every one, into every one but new, and names only checks there are."""
    assert set(MOVES) == set(State)
    assert all(MOVES.values())
    assert {move.to for moves in MOVES.values() for move in moves} == set(State) - {S.NEW}
    assert {need for moves in MOVES.values() for move in moves for need in move.needs} == set(workflow.NEEDS)


GIVEN = st.builds(
    Given,
    owner=st.sampled_from(["", "ada"]),
    draft=st.integers(0, 1),
    standing=st.sampled_from(["", "complete", "waived", "line", "not asked"]),
    method=st.sampled_from(["", "email"]),
    text=st.sampled_from(["", "Yes."]),
    kind=st.sampled_from(["", "full", "no comment"]),
    terms=st.sampled_from(["", "on the record"]),
    reason=st.sampled_from(["", "so it is"]),
    outcome=st.sampled_from(["", *OUTCOMES[:2]]),
    other=st.sampled_from(["", "2026-0009"]),
    told=st.booleans(),
)
STEPS = st.lists(st.tuples(st.sampled_from(list(State)), st.just(FULL) | GIVEN), max_size=25)


@settings(max_examples=300)
@given(STEPS)
def test_no_path_leaves_an_open_enquiry_to_nobody(steps: list[tuple[State, Given]]) -> None:
    """Whatever is tried: open ones past acknowledgement have an owner, rounds only rise, an end has a cause."""
    now = case()
    count = 0
    causes: list[str] = []
    for to, given_now in steps:
        try:
            check(now, to, given_now)
        except DeskError:
            continue
        later = round_after(now.state, to, count)
        assert later >= count
        count = later
        responded = now.responded_at or (at("11-02 12:00") if answer_kind(to, given_now) else None)
        causes += [cause for cause in (given_now.reason, answer_kind(to, given_now)) if cause]
        now = replace(now, state=to, owner=given_now.owner or now.owner, responded_at=responded)
        assert bool(workflow.waits_for(now)) is (now.state not in ENDED)
        if now.state in PATH[2:9]:
            assert now.owner
        if now.state in (S.RESPONDED, S.MONITORING):
            assert now.responded_at
        if now.state is S.CLOSED:
            assert causes
