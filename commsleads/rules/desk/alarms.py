"""What on the desk needs a person now, each with a sentence, the most pressing first.

Alarms are worked out, not kept: what was done is gone from the list. Sentences name the reference and no subject, so
that they may stand where a restricted enquiry may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from commsleads.enquiries import Case, DeskPlan, State
from commsleads.rules.desk.clocks import Calendar, running
from commsleads.rules.desk.workflow import is_open, overdue, waits_for

Kind = Literal["lapsed", "promise overdue", "deadline near", "unacknowledged", "sign-off waiting", "target missed"]
URGENCY: tuple[Kind, ...] = (
    "lapsed", "promise overdue", "deadline near", "unacknowledged", "sign-off waiting", "target missed",
)  # fmt: skip
"""The kinds, the most pressing first."""
PATIENCE = timedelta(hours=1)
"""Working time that a sign-off may wait before it is told; nothing waits when the deadline is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something to do. `at` is the instant that it is about: the deadline, the hour promised, when it was asked."""

    kind: Kind
    case: str
    reference: str
    at: datetime
    who: str
    sentence: str


def due(cases: Iterable[Case], now: datetime, plan: DeskPlan, calendar: Calendar) -> list[Alarm]:
    """The alarms of these enquiries, by urgency and then by instant. Ended ones raise none but for open promises."""
    found = [alarm for case in cases for alarm in alarms_of(case, now, plan, calendar)]
    return sorted(found, key=lambda one: (URGENCY.index(one.kind), one.at, one.reference))


def alarms_of(case: Case, now: datetime, plan: DeskPlan, calendar: Calendar) -> list[Alarm]:
    """The alarms of one enquiry."""
    found = _promises(case, now, calendar)
    if not is_open(case):
        return found
    answered = case.responded_at is not None
    if case.deadline_at and overdue(case, now):
        late = f"{span(now - case.deadline_at)} ago, at {_clock(case.deadline_at, calendar)}"
        found.append(_alarm("lapsed", case, case.deadline_at, f"is unanswered and its deadline passed {late}"))
    elif not answered and case.deadline_at and case.deadline_at - now <= plan.soon:
        words = f"must be answered in {span(case.deadline_at - now)}, by {_clock(case.deadline_at, calendar)}"
        found.append(_alarm("deadline near", case, case.deadline_at, words))
    if not answered and case.acknowledged_at is None:
        found += _unacknowledged(case, now, plan, calendar)
    found += _signing(case, now, plan, calendar)
    if not answered:
        found += _slow(case, now, plan, calendar)
    return found


def span(length: timedelta) -> str:
    """A length of time as people say it, in its two greatest units, rounded down: "3 h 20 min", "2 days"."""
    minutes = int(length.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else "less than a minute"


def _promises(case: Case, now: datetime, calendar: Calendar) -> list[Alarm]:
    if case.state in (State.DUPLICATE, State.WITHDRAWN):
        return []
    return [
        _alarm(
            "promise overdue",
            case,
            promise.due_at,
            f"holds a promise that was due at {_clock(promise.due_at, calendar)}, {span(now - promise.due_at)} ago",
            promise.by,
        )
        for promise in case.promises
        if promise.done_at is None and now > promise.due_at
    ]


def _unacknowledged(case: Case, now: datetime, plan: DeskPlan, calendar: Calendar) -> list[Alarm]:
    spent = calendar.worked(case.received_at, now)
    if spent <= plan.acknowledge_within:
        return []
    words = (
        f"has waited {span(spent)} of working time to be acknowledged; the target is {span(plan.acknowledge_within)}"
    )
    return [_alarm("unacknowledged", case, case.received_at, words)]


def _signing(case: Case, now: datetime, plan: DeskPlan, calendar: Calendar) -> list[Alarm]:
    if case.state is not State.AWAITING_SIGNOFF:
        return []
    near = case.deadline_at is not None and case.responded_at is None and case.deadline_at - now <= plan.soon
    return [
        _alarm(
            "sign-off waiting",
            case,
            one.asked_at,
            f"waits for {one.approver or 'somebody'} to sign ({one.step}), for {span(now - one.asked_at)}",
            one.approver,
        )
        for one in case.approvals
        if one.decision == "asked" and (near or calendar.worked(one.asked_at, now) > PATIENCE)
    ]


def _slow(case: Case, now: datetime, plan: DeskPlan, calendar: Calendar) -> list[Alarm]:
    spent = running(calendar, case.moves, case.received_at, now)
    if spent <= plan.answer_within:
        return []
    words = f"has taken {span(spent)} of working time without an answer; the target is {span(plan.answer_within)}"
    return [_alarm("target missed", case, case.received_at, words)]


def _alarm(kind: Kind, case: Case, at: datetime, words: str, who: str = "") -> Alarm:
    who = who or case.owner or (case.on_call if waits_for(case) == "desk" else "")
    return Alarm(
        kind=kind, case=case.id, reference=case.reference, at=at, who=who, sentence=f"{case.reference} {words}."
    )


def _clock(at: datetime, calendar: Calendar) -> str:
    """An instant on the organisation's wall: "Thu 5 Nov 17:00"."""
    local = at.astimezone(calendar.zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"
