"""The desk's enquiries, sign-offs, promises and stories as rows that a report may show. Restricted ones are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from commsleads.contract import Period
from commsleads.enquiries import UNCOUNTED, Case, Covered, State
from commsleads.facts.desk_values import DeskLine, Printed, Promised, Signing
from commsleads.facts.ground import Ground
from commsleads.rules.desk.aftermath import CONFIRMED, missed
from commsleads.rules.desk.measures import Figures
from commsleads.rules.desk.promptness import in_time
from commsleads.rules.desk.workflow import shown
from commsleads.store.coverage import titles

RESTRICTED = "restricted"


def hidden(case: Case) -> bool:
    """Whether nothing may be told of it but that it is there."""
    return case.privacy == RESTRICTED


def by_deadline(case: Case) -> tuple[bool, datetime, datetime, str]:
    """Open ones as the board shows them: by deadline, those without one last, the longest waiting first."""
    return case.deadline_at is None, case.deadline_at or case.received_at, case.received_at, case.id


def line(case: Case, names: Mapping[str, str], now: datetime) -> DeskLine:
    """An enquiry as a list shows it."""
    secret = hidden(case)
    return DeskLine(
        id=case.id,
        reference=case.reference,
        received_at=case.received_at,
        out_of_hours=case.out_of_hours,
        channel="" if secret else case.channel,
        direction="" if secret else case.direction,
        outlet="" if secret else case.outlet,
        tier=None if secret else case.tier,
        journalists=() if secret else tuple(name for who in case.journalists if (name := names.get(who, ""))),
        subject=RESTRICTED if secret else case.subject,
        stance="" if secret else case.stance,
        deadline_at=case.deadline_at,
        deadline_kind=case.deadline_kind,
        shown=shown(case, now),
        owner="" if secret else case.owner,
        acknowledged_at=case.acknowledged_at,
        responded_at=case.responded_at,
        response_kind="" if secret else case.response_kind,
        in_time=in_time(case, now),
        outcome="" if secret else case.outcome,
        hidden=secret,
    )


def pending(waiting: Iterable[Case]) -> list[Signing]:
    """The sign-offs that wait, by the journalist's deadline."""
    found = [
        Signing(
            reference=case.reference,
            step=one.step,
            approver="" if hidden(case) else one.approver,
            asked_at=one.asked_at,
            deadline_at=case.deadline_at if case.responded_at is None else None,
            hidden=hidden(case),
        )
        for case in sorted(waiting, key=by_deadline)
        for one in case.approvals
        if one.decision == "asked"
    ]
    return [one for one in found if one.deadline_at] + [one for one in found if not one.deadline_at]


def promised(found: Iterable[Case], now: datetime) -> list[Promised]:
    """What was promised and is not done, by when it is due. Nobody waits for it whose enquiry is no more."""
    open_ones = [
        Promised(
            reference=case.reference,
            what="" if hidden(case) else one.what,
            due_at=one.due_at,
            by="" if hidden(case) else one.by or case.owner,
            hidden=hidden(case),
        )
        for case in found
        if case.state not in (*UNCOUNTED, State.WITHDRAWN)
        for one in case.promises
        if one.done_at is None and one.made_at <= now
    ]
    return sorted(open_ones, key=lambda one: (one.due_at, one.reference))


def open_ends(found: Iterable[Case], figures: Figures) -> list[str]:
    """The references of answered enquiries of which nobody knows what came; restricted ones are not named."""
    unknown = set(figures.coverage_yield.unknown.ids)
    return [case.reference for case in found if case.id in unknown and not hidden(case)]


def printed(ground: Ground, found: Sequence[Case], period: Period) -> list[Printed]:
    """The stories of the period that a person tied to enquiries, newest first."""
    ties = [(case, item) for case in found if case.state not in UNCOUNTED for item in _of(case, period, ground.now)]
    told = titles(ground.session, [item.story for _, item in ties])
    rows = [_printed(case, item, told.get(item.story, ("", "", ""))) for case, item in ties]
    return sorted(rows, key=lambda one: (one.seen_at, one.reference), reverse=True)


def _of(case: Case, period: Period, now: datetime) -> Iterator[Covered]:
    for item in case.coverage:
        seen = period.start <= item.seen_at < period.end
        asked = item.correction_asked_at is not None and period.start <= item.correction_asked_at < period.end
        if item.state == CONFIRMED and item.seen_at <= now and (seen or asked):
            yield item


def _printed(case: Case, item: Covered, told: tuple[str, str, str]) -> Printed:
    secret = hidden(case)
    title, outlet, url = ("", "", "") if secret else told
    return Printed(
        reference=RESTRICTED if secret else case.reference,
        story="" if secret else item.story,
        title=title,
        outlet=outlet,
        url=url,
        seen_at=item.seen_at,
        quote_used=item.quote_used,
        error="" if secret else item.error,
        correction_asked_at=item.correction_asked_at,
        correction_granted_at=item.correction_granted_at,
        unreached="" if secret else item.unreached,
        missed=missed(case),
        hidden=secret,
    )
