"""What needs a person: each alarm with its sentence, the most pressing first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commsleads.enquiries import Approval, DeskPlan, Moved, Promise, State
from commsleads.rules.desk.alarms import URGENCY, due, span
from tests.rules.desk.table import OFFICE, at, case, minutes

PLAN = DeskPlan()
NOW = at("11-02 12:00")
ASKED = Approval(round=1, step="sign-off", approver="cai", decision="asked", asked_at=at("11-02 10:30"), draft=1)
PROMISE = Promise(what="call back", due_at=at("11-02 11:45"), made_at=at("11-02 10:00"), by="ben")
ACKNOWLEDGED: dict[str, Any] = {"state": State.ASSIGNED, "owner": "ada", "acknowledged_at": "11-02 10:05"}


@pytest.mark.parametrize(
    ("came", "known", "sentence"),
    [
        ("11-02 11:44", {}, "2026-0001 has waited 16 min of working time to be acknowledged; the target is 15 min."),
        ("11-02 11:45", {}, ""),
        ("11-02 08:00", {"acknowledged_at": "11-02 09:00"}, ""),
        ("11-01 22:00", {"acknowledged_at": None, "state": State.CLOSED}, ""),
        ("11-02 10:00", {**ACKNOWLEDGED, "deadline_at": "11-02 13:30"},
         "2026-0001 must be answered in 1 h 30 min, by Mon 2 Nov 13:30."),
        ("11-02 10:00", {**ACKNOWLEDGED, "deadline_at": "11-02 12:00"},
         "2026-0001 must be answered in less than a minute, by Mon 2 Nov 12:00."),
        ("11-02 10:00", {**ACKNOWLEDGED, "deadline_at": "11-02 14:01"}, ""),
        ("11-02 10:00", {**ACKNOWLEDGED, "deadline_at": "11-02 11:30"},
         "2026-0001 is unanswered and its deadline passed 30 min ago, at Mon 2 Nov 11:30."),
        ("11-02 10:00", {**ACKNOWLEDGED, "deadline_at": "11-02 11:30", "responded_at": "11-02 11:40",
                         "state": State.RESPONDED}, ""),
        ("11-02 10:00", {**ACKNOWLEDGED, "promises": (PROMISE,)},
         "2026-0001 holds a promise that was due at Mon 2 Nov 11:45, 15 min ago."),
        ("11-02 10:00", {**ACKNOWLEDGED, "promises": (PROMISE,), "state": State.WITHDRAWN}, ""),
        ("11-02 10:00", {**ACKNOWLEDGED, "state": State.AWAITING_SIGNOFF, "approvals": (ASKED,)},
         "2026-0001 waits for cai to sign (sign-off), for 1 h 30 min."),
        ("10-30 15:00", {**ACKNOWLEDGED, "acknowledged_at": "10-30 15:01"},
         "2026-0001 has taken 5 h 30 min of working time without an answer; the target is 4 h."),
        ("10-30 15:00", {**ACKNOWLEDGED, "acknowledged_at": "10-30 15:01",
                         "moves": (Moved(at("10-30 16:00"), "ada", "", "", "awaiting_journalist"),)}, ""),
    ],
)  # fmt: skip
def test_sentences(came: str, known: dict[str, Any], sentence: str) -> None:
    """One enquiry at noon on a Monday: its only alarm, or none."""
    assert [one.sentence for one in due([case(1, came, **known)], NOW, PLAN, OFFICE)] == (
        [sentence] if sentence else []
    )


def test_a_short_wait_is_told_when_the_deadline_is_near() -> None:
    """A sign-off asked for ten minutes ago matters when an hour is left, and names who is to sign."""
    fresh = Approval(round=1, step="sign-off", approver="cai", decision="asked", asked_at=at("11-02 11:50"), draft=1)
    known: dict[str, Any] = {**ACKNOWLEDGED, "state": State.AWAITING_SIGNOFF, "approvals": (fresh,)}
    assert due([case(**known)], NOW, PLAN, OFFICE) == []
    found = due([case(**known, deadline_at="11-02 13:00")], NOW, PLAN, OFFICE)
    assert [(one.kind, one.who) for one in found] == [("deadline near", "ada"), ("sign-off waiting", "cai")]


def test_the_most_pressing_first() -> None:
    """Kinds go by urgency, within a kind by their instant; who is on call hears of what nobody owns."""
    cases = [
        case(1, "11-02 10:00", on_call="dot"),
        case(2, "11-02 09:30", on_call="dot"),
        case(3, **ACKNOWLEDGED, deadline_at="11-02 11:00"),
        case(4, **ACKNOWLEDGED, promises=(PROMISE,)),
    ]
    found = due(cases, NOW, PLAN, OFFICE)
    assert [one.case for one in found] == ["e3", "e4", "e2", "e1"]
    assert [one.who for one in found] == ["ada", "ben", "dot", "dot"]
    assert [URGENCY.index(one.kind) for one in found] == sorted(URGENCY.index(one.kind) for one in found)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "less than a minute"), (minutes(1), "1 min"), (minutes(60), "1 h"),
        (minutes(61), "1 h 1 min"), (minutes(1440), "1 day"), (minutes(2 * 1440 + 61), "2 days 1 h"),
    ],
)  # fmt: skip
def test_spans(length: timedelta, words: str) -> None:
    """Lengths of time as people say them."""
    assert span(length) == words
