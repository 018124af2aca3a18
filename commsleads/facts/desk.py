"""The figures of the press desk, and what on it needs somebody now.

The figures themselves are worked out in `rules.desk.measures`; here they get their rows, and what stands beside them:
what waits for whom, which of it is a lead touch, and whether the mailbox was read at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from commsleads.contract import Period
from commsleads.enquiries import Case
from commsleads.facts.ground import Ground, unit
from commsleads.facts.values import DeskFigures, DeskLine, Gap, TouchFigures
from commsleads.rules.desk.aftermath import stale
from commsleads.rules.desk.alarms import due
from commsleads.rules.desk.counting import Scope, received
from commsleads.rules.desk.measures import Figures, measure
from commsleads.rules.desk.promptness import in_time
from commsleads.rules.desk.touch import touch_of
from commsleads.rules.desk.workflow import is_open, shown
from commsleads.rules.desk.workload import SEEN_WITHIN
from commsleads.rules.figures import median
from commsleads.rules.periods import alike
from commsleads.store import letters, requests, review
from commsleads.store.desk import cases, enquiries
from commsleads.store.desk.names import names_of

PERIODS = 8


def desk(ground: Ground, period: Period) -> DeskFigures:
    """The desk in a period. What is open, waits or is due is so now, whichever period is asked for."""
    before = alike(period, unit(period), ground.zone, PERIODS)
    begun = enquiries.begun(ground.session)
    found = cases.cases(ground.session, since=(before[0] if before else period).start - SEEN_WITHIN)
    known = [one for one in before if begun is not None and one.end > begun]
    names = names_of(ground.session, {who for case in found for who in case.journalists})
    here = [case for case in found if period.start <= case.received_at < period.end and case.received_at <= ground.now]
    waiting = [case for case in found if is_open(case) and case.received_at <= ground.now]
    return DeskFigures(
        ever=enquiries.count(ground.session),
        figures=_figures(ground, found, period, begun),
        before=_figures(ground, found, before[-1] if before else period, begun),
        median_8=median([_received(ground, found, one) for one in known]),
        periods=len(known),
        lines=tuple(_line(case, names, ground.now) for case in reversed(here)),
        board=tuple(_line(case, names, ground.now) for case in sorted(waiting, key=_by_deadline)),
        alarms=tuple(due(found, ground.now, ground.plan, ground.calendar)),
        stale=tuple(case.reference for case in stale(waiting, ground.now)),
        touches=_touches(here),
        requests=requests.count(ground.session, ground.now)[1],
        review=review.waiting(ground.session),
        aside=letters.aside_count(ground.session),
        mailboxes=tuple(sorted(ground.mailboxes)),
        gaps=_gaps(ground, period),
    )


def _figures(ground: Ground, found: Sequence[Case], period: Period, begun: datetime | None) -> Figures:
    return measure(found, period, ground.now, ground.calendar, ground.plan, log_begins=begun)


def _received(ground: Ground, found: Sequence[Case], period: Period) -> int:
    return len(received(found, Scope(period=period, now=ground.now, calendar=ground.calendar, plan=ground.plan)))


def _by_deadline(case: Case) -> tuple[bool, datetime, datetime, str]:
    """Open ones as the board shows them: by deadline, those without one last, the longest waiting first."""
    return case.deadline_at is None, case.deadline_at or case.received_at, case.received_at, case.id


def _line(case: Case, names: dict[str, str], now: datetime) -> DeskLine:
    # A report goes to people of whom nobody knows who they are: what is restricted is told to none of them.
    hidden = case.privacy == "restricted"
    return DeskLine(
        id=case.id,
        reference=case.reference,
        received_at=case.received_at,
        channel="" if hidden else case.channel,
        direction="" if hidden else case.direction,
        outlet="" if hidden else case.outlet,
        tier=None if hidden else case.tier,
        journalists=() if hidden else tuple(names.get(who, "") for who in case.journalists),
        subject="restricted" if hidden else case.subject,
        deadline_at=case.deadline_at,
        deadline_kind=case.deadline_kind,
        shown=shown(case, now),
        owner="" if hidden else case.owner,
        responded_at=case.responded_at,
        in_time=in_time(case, now),
        outcome="" if hidden else case.outcome,
        hidden=hidden,
    )


def _touches(here: Iterable[Case]) -> TouchFigures:
    found = [(case, touch_of(case)) for case in here]
    counted = [touch for _, touch in found if touch.counts]
    sources = Counter(touch.source for touch in counted)
    return TouchFigures(
        n=len(counted),
        not_yet=sum(not touch.counts and touch.why.startswith("not yet") for _, touch in found),
        by_source=tuple(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
        contacts=len({who for touch in counted for who in touch.contacts}),
    )


def _gaps(ground: Ground, period: Period) -> tuple[Gap, ...]:
    """The stretches in which a mailbox was not read: an enquiry may have come that nobody saw."""
    names = {row["id"]: row["name"] or row["id"] for row in ground.sources}
    return tuple(
        Gap(
            source=gap["source"],
            name=names[gap["source"]],
            start=gap["start"],
            end=gap["end"],
            why=gap["why"],
            lost=not gap["seamless"],
        )
        for gap in ground.gaps(period)
        if gap["source"] in ground.mailboxes
    )
