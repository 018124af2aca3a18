"""How fast and how punctually enquiries are answered.

The journalist's deadline is the measure: elapsed time, which never stops. Targets of our own run in working time, and
stop while we wait for the journalist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from commsleads.enquiries import ENDED, UNCOUNTED, Case, State
from commsleads.rules.desk.clocks import Calendar, running
from commsleads.rules.desk.counting import (
    Count,
    Rate,
    Scope,
    Spread,
    Verdict,
    Wait,
    answered_at,
    counted,
    ended_at,
    rate,
    spread,
    wait,
)

HOUR = timedelta(hours=1)
NO_NOTICE = "none stated"
BANDS = ("under 1 h", "1 to 4 h", "same day", "later", NO_NOTICE)
"""Notice given: under an hour; from one to under four; longer, on the local day it came; longer still; no deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures that are given for all enquiries and for each part of them."""

    received: Count
    hit_rate: Rate
    first_answer: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """Time to acknowledge, on the wall clock and in working time. `without` have no acknowledgement."""

    elapsed: Spread
    working: Spread
    without: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Internal targets met, in working time."""

    acknowledged: Rate
    answered: Rate


def group(cases: Sequence[Case], now: datetime) -> Group:
    """The figures of these enquiries."""
    return Group(
        received=counted(cases),
        hit_rate=rate((case.id, in_time(case, now)) for case in cases),
        first_answer=wait(_first_answer(case, now) for case in cases if case.state not in UNCOUNTED),
    )


def in_time(case: Case, now: datetime) -> Verdict:
    """Whether it was answered by the journalist's deadline.

    Out: no deadline stated, withdrawn, redirected, duplicate. A miss: late, lapsed, or ended without an answer.
    Undecided: open, and the deadline still to come.
    """
    if case.deadline_at is None or case.state in UNCOUNTED or case.state is State.WITHDRAWN:
        return "out"
    if at := answered_at(case, now):
        return "hit" if at <= case.deadline_at else "miss"
    return "miss" if now > case.deadline_at or case.state in ENDED else "undecided"


def notice(case: Case, calendar: Calendar) -> str:
    """The band of notice given: deadline less receipt. A deadline that had passed already is the shortest notice."""
    if case.deadline_at is None:
        return NO_NOTICE
    given = case.deadline_at - case.received_at
    if given < HOUR:
        return BANDS[0]
    if given < 4 * HOUR:
        return BANDS[1]
    same = calendar.local_day(case.deadline_at) == calendar.local_day(case.received_at)
    return BANDS[2] if same else BANDS[3]


def acknowledged(cases: Sequence[Case], scope: Scope) -> Acknowledged:
    """Time from receipt to acknowledgement, of those that have one."""
    done = [
        (case, case.acknowledged_at) for case in cases if case.acknowledged_at and case.acknowledged_at <= scope.now
    ]
    having = {case.id for case, _ in done}
    worked = scope.calendar.worked
    # Before its receipt nothing is worked: the elapsed time then says that the stamp is odd.
    working = [
        (case.id, worked(case.received_at, at) if at >= case.received_at else at - case.received_at)
        for case, at in done
    ]
    return Acknowledged(
        elapsed=spread((case.id, at - case.received_at) for case, at in done),
        working=spread(working),
        without=counted(case for case in cases if case.id not in having),
    )


def targets(cases: Sequence[Case], scope: Scope) -> Targets:
    """Internal targets met. An answer acknowledges, too; what was withdrawn before its target is out."""
    plan = scope.plan
    return Targets(
        acknowledged=rate((case.id, _acknowledged_in_time(case, scope, plan.acknowledge_within)) for case in cases),
        answered=rate((case.id, _answered_in_time(case, scope, plan.answer_within)) for case in cases),
    )


def _acknowledged_in_time(case: Case, scope: Scope, within: timedelta) -> Verdict:
    stamps = [at for at in (case.acknowledged_at, case.responded_at) if at is not None and at <= scope.now]
    spent = scope.calendar.worked(case.received_at, min(stamps) if stamps else ended_at(case, scope.now))
    return _met(case, spent, within, done=bool(stamps))


def _answered_in_time(case: Case, scope: Scope, within: timedelta) -> Verdict:
    at = answered_at(case, scope.now)
    spent = running(scope.calendar, case.moves, case.received_at, at or ended_at(case, scope.now))
    return _met(case, spent, within, done=at is not None)


def _met(case: Case, spent: timedelta, within: timedelta, *, done: bool) -> Verdict:
    """The verdict on a target: a miss once the time is over, done or not; an end without it is a miss."""
    if spent > within:
        return "miss"
    if done:
        return "hit"
    if case.state is State.WITHDRAWN:
        return "out"
    return "miss" if case.state in ENDED else "undecided"


def _first_answer(case: Case, now: datetime) -> tuple[str, timedelta, bool]:
    """How long until the first answer. Open ones are censored now, ended ones without an answer at their end."""
    at = answered_at(case, now)
    if at is not None:
        return case.id, at - case.received_at, True
    return case.id, max(ended_at(case, now) - case.received_at, timedelta(0)), False
