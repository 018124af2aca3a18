"""A week of a press office in 26 enquiries, for figures that were counted by hand: 2 to 8 November 2026."""

from __future__ import annotations

from typing import Any

from commsleads.contract import Period
from commsleads.enquiries import Approval, Case, Covered, Interview, Moved, Promise, State
from tests.rules.desk.table import at, case

WEEK = Period(at("11-02 00:00"), at("11-09 00:00"), "2026-W45")
NOW = at("11-09 08:00")
S = State


def signed(step: str, who: str, asked: str, decided: str, *, decision: str = "approved", count: int = 1) -> Approval:
    return Approval(
        round=count, step=step, approver=who, decision=decision, asked_at=at(asked), draft=count,
        decided_at=at(decided) if decided else None,
    )  # fmt: skip


def promise(due: str, done: str = "") -> Promise:
    return Promise(what="call back", made_at=at("10-20 10:00"), due_at=at(due), done_at=at(done) if done else None)


def story(name: str, seen: str, state: str = "confirmed", **known: Any) -> Covered:
    for key in [key for key in known if key.endswith("_at")]:
        known[key] = at(known[key])
    return Covered(story=name, state=state, seen_at=at(seen), **known)


def _by(who: str, tier: int | None, stance: str, channel: str = "email", journalist: str = "") -> dict[str, Any]:
    names = (journalist,) if journalist else ()
    return {"owner": who, "tier": tier, "stance": stance, "channel": channel, "journalists": names}


def _answered(state: State, kind: str, responded: str, acknowledged: str = "") -> dict[str, Any]:
    stamp = {"acknowledged_at": acknowledged} if acknowledged else {}
    return {"state": state, "response_kind": kind, "responded_at": responded, **stamp}


MONDAY = [
    case(1, "11-02 10:00", **_by("ada", 1, "neutral", "phone", "j1"), issues=("roof", "jobs"),
         deadline_at="11-02 10:50",
         **_answered(S.CLOSED, "full", "11-02 10:40", "11-02 10:05"),
         promises=(promise("11-02 16:00", "11-02 15:50"),)),
    case(2, "11-02 10:30", **_by("ada", 1, "positive", "email", "j2"), issues=("roof",), deadline_at="11-02 13:00",
         **_answered(S.CLOSED, "statement", "11-02 13:00", "11-02 10:40"),
         approvals=(signed("fact check", "cai", "11-02 11:00", "11-02 11:30"),
                    signed("sign-off", "ada", "11-02 11:30", "11-02 12:30")),
         coverage=(story("s2", "11-03 08:00", quote_used=False, messages=(), error="wrong year",
                         correction_asked_at="11-04 10:00", correction_granted_at="11-05 10:00"),)),
    case(3, "11-02 11:00", **_by("ben", 2, "hostile", "email", "j3"), deadline_at="11-02 14:00",
         **_answered(S.CLOSED, "partial", "11-02 14:01", "11-02 11:30"),
         coverage=(story("s3", "11-03 08:00", "suggested", quote_used=True),)),
    case(4, "11-02 12:00", **_by("ben", 2, "unknown", "email", "j1"), deadline_at="11-02 17:00",
         **_answered(S.MONITORING, "full", "11-02 15:00", "11-02 12:10"),
         promises=(promise("11-03 10:00", "11-03 10:01"),)),
    case(5, "11-02 18:00", **_by("dot", 1, "neutral", "phone", "j4"), out_of_hours=True, on_call="dot",
         deadline_at="11-02 19:30", lapsed_at="11-02 19:30", acknowledged_at="11-02 18:02", closed_at="11-03 09:00",
         state=S.CLOSED, coverage=(story("s5", "11-03 07:00", unreached="could not be reached"),)),
]  # fmt: skip
MIDWEEK = [
    case(6, "11-03 09:00", **_by("ada", 3, "neutral", "email", "j5"), deadline_at="11-04 12:00",
         **_answered(S.CLOSED, "no comment", "11-04 11:00", "11-03 09:05"),
         moves=(Moved(at("11-03 10:00"), "ada", "assigned", "assigned", "awaiting_journalist"),
                Moved(at("11-04 10:00"), "ada", "assigned", "drafting")),
         approvals=(signed("fact check", "cai", "11-03 16:00", "11-03 17:00", decision="sent_back"),
                    signed("fact check", "cai", "11-04 09:00", "11-04 09:30", count=2),
                    signed("sign-off", "ada", "11-04 09:30", "11-04 10:00", decision="waived", count=2)),
         coverage=(story("s6", "11-05 08:00", quote_used=False, error="misquoted", unreached="did not respond",
                         correction_asked_at="11-06 10:00"),)),
    case(7, "11-03 10:00", **_by("ben", None, "positive", "email", "j6"), deadline_at="11-03 15:00", state=S.WITHDRAWN,
         closed_at="11-03 12:00", promises=(promise("11-03 14:00"),)),
    case(8, "11-03 10:10", **_by("ada", 3, "neutral", "email", "j5"), deadline_at="11-04 12:00", state=S.DUPLICATE,
         closed_at="11-03 10:20"),
    case(9, "11-03 11:00", **_by("ada", None, "neutral", "email", "j99"), state=S.REDIRECTED, closed_at="11-03 11:05"),
    case(10, "11-03 12:00", **_by("ada", 1, "neutral", "request service", "j7"), closed_at="11-03 14:00",
         **_answered(S.DECLINED, "declined", "11-03 14:00", "11-03 12:15")),
    case(11, "11-03 13:00", **_by("ben", 2, "neutral", "phone", "j8"), deadline_at="11-03 13:30", state=S.DECLINED,
         acknowledged_at="11-03 13:01", closed_at="11-03 13:20"),
    case(12, "11-04 09:30", **_by("ada", 1, "unknown", "email", "j9"), deadline_at="11-10 12:00",
         state=S.AWAITING_SIGNOFF, acknowledged_at="11-04 10:30",
         approvals=(signed("fact check", "cai", "11-06 10:00", "", decision="asked"),)),
    case(13, "11-04 10:00", **_by("ben", 3, "unknown", "email", "j2"), direction="proactive", state=S.DRAFTING,
         deadline_at="11-09 09:00", acknowledged_at="11-04 10:00", promises=(promise("11-09 10:00"),)),
    case(14, "11-04 20:00", **_by("ben", 1, "neutral", "email", "j10"), out_of_hours=True, on_call="ben",
         deadline_at="11-05 08:00", lapsed_at="11-05 08:00",
         **_answered(S.CLOSED, "full", "11-05 09:30", "11-05 09:10")),
]  # fmt: skip
LATER = [
    case(15, "11-05 09:00", **_by("", None, "unknown", "web form"), deadline_kind="not read"),
    case(16, "11-05 10:00", **_by("ada", 2, "positive", "phone", "j11"), deadline_at="11-05 10:30",
         **_answered(S.CLOSED, "interview", "11-05 10:20", "11-05 10:00"),
         interviews=(Interview(spokesperson="Director", at=at("11-05 10:20"), chief=True),
                     Interview(spokesperson="Curator", at=at("11-06 10:20"))),
         coverage=(story("s16", "11-06 08:00", quote_used=True, messages=("safe",)),)),
    case(17, "11-07 11:00", **_by("dot", 1, "hostile", "phone", "j12"), out_of_hours=True, on_call="dot",
         deadline_at="11-07 12:30", **_answered(S.RESPONDED, "statement", "11-07 12:00", "11-07 11:05")),
    case(18, "11-08 23:59", **_by("", 2, "neutral", "email", "j13"), out_of_hours=True),
]  # fmt: skip
AROUND = [
    case(19, "10-30 16:00", **_by("ada", 1, "neutral", "email", "j5"),
         **_answered(S.CLOSED, "full", "11-02 09:30", "10-30 16:05"),
         approvals=(signed("fact check", "cai", "10-30 17:00", "11-02 09:10"),)),
    case(20, "11-09 00:00", **_by("", 1, "neutral", "phone", "j1")),
    case(21, "10-01 10:00", **_by("ada", 1, "neutral", "email", "j3"), **_answered(S.CLOSED, "full", "10-05 10:00"),
         coverage=(story("s21", "10-10 10:00", quote_used=True),), outcome="covered, our words used"),
    case(22, "10-01 11:00", **_by("ada", 1, "neutral", "email", "j14"), **_answered(S.CLOSED, "full", "10-05 11:00"),
         outcome="not covered"),
    case(23, "10-01 12:00", **_by("ada", 1, "neutral", "email", "j14"), **_answered(S.CLOSED, "full", "10-05 12:00"),
         outcome="unknown", coverage=(story("s23", "10-10 10:00", "suggested"),)),
    case(24, "03-01 10:00", **_by("ada", 1, "neutral", "email", "j8"), **_answered(S.CLOSED, "full", "03-01 12:00")),
    case(25, "05-10 10:00", **_by("ada", 1, "neutral", "email", "j6"), **_answered(S.CLOSED, "full", "05-10 12:00")),
    case(26, "10-20 10:00", **_by("ben", 2, "neutral", "email", "j15"), state=S.ASSIGNED, deadline_at="10-21 10:00",
         lapsed_at="10-21 10:00", acknowledged_at="10-20 10:01", promises=(promise("11-04 10:00"),)),
]  # fmt: skip
CASES: list[Case] = [*MONDAY, *MIDWEEK, *LATER, *AROUND]
