"""All figures of the desk for a period, from the enquiries themselves.

Definitions are those of `docs/desk.md`. Three sets of enquiries are used, and each figure says which: those *received*
in the period, those first *answered* in it, and what is open *now*. What happened after `now` has not happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from commsleads.contract import Period
from commsleads.enquiries import CHANNELS, DIRECTIONS, STANCES, Case, DeskPlan, State
from commsleads.rules.desk.aftermath import Coverage, Yield, callbacks, coverage, coverage_yield, responses
from commsleads.rules.desk.clearance import SignOff, sign_off
from commsleads.rules.desk.clocks import Calendar
from commsleads.rules.desk.counting import (
    Count,
    Rate,
    Scope,
    Slice,
    Verdict,
    counted,
    rate,
    received,
    slices,
    slices_of_many,
)
from commsleads.rules.desk.promptness import (
    BANDS,
    Acknowledged,
    Group,
    Targets,
    acknowledged,
    group,
    notice,
    targets,
)
from commsleads.rules.desk.workload import (
    Backlog,
    Interviews,
    Journalists,
    Load,
    backlog,
    interviews,
    journalists,
    load,
)
from commsleads.rules.figures import Share, wilson

NOT_KNOWN = "not known"
HOURS = ("in hours", "out of hours")
Groups = tuple[Slice[Group], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Enquiries received in the period that the figures leave out (`duplicate`, `redirected`), or partly leave out.

    `withdrawn` are received ones and leave the hit rate only; `withdrawn_late` are those of them whose deadline had
    passed unanswered when they were withdrawn. `unread` are deadlines that came in words nobody has read yet.
    """

    duplicate: Count
    redirected: Count
    withdrawn: Count
    withdrawn_late: Count
    unread: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The desk in a period. `pitches` and `inbound` are None while nobody counts pitches: not measured."""

    period: Period
    now: datetime
    all: Group
    left_out: LeftOut
    by_tier: Groups
    by_channel: Groups
    by_issue: Groups
    by_stance: Groups
    by_direction: Groups
    by_notice: Groups
    by_hours: Groups
    by_on_call: Groups
    acknowledged: Acknowledged
    targets: Targets
    out_of_hours: Rate
    favourable: Rate
    sign_off: SignOff
    responses: tuple[Slice[Count], ...]
    callbacks: Rate
    backlog: Backlog
    journalists: Journalists
    inbound: Share | None
    coverage_yield: Yield
    coverage: Coverage
    load: tuple[Load, ...]
    interviews: Interviews


def measure(
    cases: Sequence[Case],
    period: Period,
    now: datetime,
    calendar: Calendar,
    plan: DeskPlan,
    *,
    pitches: int | None = None,
    log_begins: datetime | None = None,
) -> Figures:
    """Every figure of a period.

    `cases` are, each once: those received since 180 days before the period, those answered since 30 days before it,
    those open now, and those with an approval, promise, interview, story or correction in the period. More do no harm.
    `pitches` is how many pitches went out in the period, None when that is not measured. `log_begins` is when the log
    began, None when it is old enough to know who is new.
    """
    scope = Scope(period=period, now=now, calendar=calendar, plan=plan)
    came = received(cases, scope)

    def by(name: Callable[[Case], str], order: Sequence[str] = ()) -> Groups:
        return slices(came, name, lambda part: group(part, now), order)

    off = [case for case in came if case.out_of_hours]
    return Figures(
        period=period,
        now=now,
        all=group(came, now),
        left_out=_left_out(cases, came, scope),
        by_tier=by(lambda case: NOT_KNOWN if case.tier is None else str(case.tier)),
        by_channel=by(lambda case: case.channel, CHANNELS),
        by_issue=slices_of_many(came, lambda case: case.issues, lambda part: group(part, now)),
        by_stance=by(lambda case: case.stance, STANCES),
        by_direction=by(lambda case: case.direction, DIRECTIONS),
        by_notice=by(lambda case: notice(case, calendar), BANDS),
        by_hours=by(lambda case: HOURS[case.out_of_hours], HOURS),
        by_on_call=slices(off, lambda case: case.on_call, lambda part: group(part, now)),
        acknowledged=acknowledged(came, scope),
        targets=targets(came, scope),
        out_of_hours=rate((case.id, "hit" if case.out_of_hours else "miss") for case in came),
        favourable=rate((case.id, _favourable(case)) for case in came),
        sign_off=sign_off(cases, scope),
        responses=responses(cases, scope),
        callbacks=callbacks(cases, scope),
        backlog=backlog(cases, now),
        journalists=journalists(cases, scope, log_begins),
        inbound=None if pitches is None else wilson(len(came), len(came) + pitches),
        coverage_yield=coverage_yield(cases, scope),
        coverage=coverage(cases, scope),
        load=load(came, scope),
        interviews=interviews(cases, scope),
    )


def _favourable(case: Case) -> Verdict:
    """Positive or neutral, of those whose stance somebody has set."""
    if case.stance not in STANCES or case.stance == "unknown":
        return "undecided"
    return "miss" if case.stance == "hostile" else "hit"


def _left_out(cases: Sequence[Case], came: Sequence[Case], scope: Scope) -> LeftOut:
    here = [case for case in cases if scope.holds(case.received_at)]
    withdrawn = [case for case in came if case.state is State.WITHDRAWN]
    late = [case for case in withdrawn if case.deadline_at and case.closed_at and case.closed_at > case.deadline_at]
    return LeftOut(
        duplicate=counted(case for case in here if case.state is State.DUPLICATE),
        redirected=counted(case for case in here if case.state is State.REDIRECTED),
        withdrawn=counted(withdrawn),
        withdrawn_late=counted(late),
        unread=counted(case for case in came if case.deadline_kind == "not read"),
    )
