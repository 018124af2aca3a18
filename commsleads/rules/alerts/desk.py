"""Causes on the press desk and in the handoff: deadlines near and passed, nobody has acknowledged, an offer runs out.

An alert leaves the house, so it tells the reference, the outlet and the tier and never what was asked or by whom; of a
restricted enquiry the reference alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from commsleads.plan import AlertPlan
from commsleads.rules.alerts.causes import Cause, level_of
from commsleads.rules.alerts.wording import acts, clock, harmless, one_line, span, told
from commsleads.rules.desk.clocks import Calendar


class Waiting(NamedTuple):
    """An enquiry that is open and was never answered."""

    id: str
    reference: str
    received_at: datetime
    logged_at: datetime
    deadline_at: datetime | None
    acknowledged: bool
    outlet: str
    tier: int | None
    level: str
    privacy: str
    owner: str


class Offer(NamedTuple):
    """A lead that was offered to somebody who has not answered."""

    lead: str
    number: int
    to: str
    offered_at: datetime
    due_at: datetime
    stage: str
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who is there to act: whoever is on call now, the names of the officers, the hours, and what the settings say."""

    plan: AlertPlan
    calendar: Calendar
    on_call: str
    names: Mapping[str, str]


def of_desk(waiting: Iterable[Waiting], now: datetime, office: Office) -> list[Cause]:
    """The causes of enquiries. At the deadline itself there is still time."""
    found = []
    for one in waiting:
        if one.deadline_at and now > one.deadline_at:
            found.append(_passed(one, one.deadline_at, now, office))
        elif one.deadline_at and one.deadline_at - now <= office.plan.deadline_before:
            found.append(_near(one, one.deadline_at, now, office))
        if not one.acknowledged and (cause := _unacknowledged(one, now, office)):
            found.append(cause)
    return found


def _near(one: Waiting, deadline: datetime, now: datetime, office: Office) -> Cause:
    at = clock(deadline, office.calendar.zone)
    return _cause(
        "deadline near",
        one,
        office,
        slot=deadline.isoformat(),
        caused_at=max(deadline - office.plan.deadline_before, one.logged_at),
        title=f"{one.reference} must be answered by {at}",
        what=f"{_called(one)} must be answered in {span(deadline - now)}, by {at}.",
        why="After that the story may run without our words.",
    )


def _passed(one: Waiting, deadline: datetime, now: datetime, office: Office) -> Cause:
    at = clock(deadline, office.calendar.zone)
    near = one.tier is not None and one.tier <= office.plan.tier
    return _cause(
        "deadline passed",
        one,
        office,
        slot=deadline.isoformat(),
        caused_at=max(deadline, one.logged_at),
        title=f"{one.reference} is unanswered and its deadline passed, {at}",
        what=f"{_called(one)} is unanswered; its deadline passed {span(now - deadline)} ago, at {at}.",
        why="An answer may still be taken. A call now tells whether it is.",
        graver="escalate" if near else "",
    )


def _unacknowledged(one: Waiting, now: datetime, office: Office) -> Cause | None:
    """None while the target has not run out, in working time."""
    within, calendar = office.plan.unacknowledged_after, office.calendar
    if calendar.worked(one.received_at, now) <= within:
        return None
    return _cause(
        "unacknowledged",
        one,
        office,
        slot=one.received_at.isoformat(),
        caused_at=max(calendar.add(one.received_at, within), one.logged_at),
        title=f"{one.reference} has not been acknowledged",
        what=f"{_called(one)} came {span(now - one.received_at)} ago and nobody has acknowledged it.",
        why="Who asked does not know whether anybody read it.",
    )


def _called(one: Waiting) -> str:
    """The enquiry as it may be named outside the house."""
    if one.privacy == "restricted":
        return one.reference
    outlet = harmless(one.outlet, 60)
    known = ", ".join(filter(None, (outlet, f"tier {one.tier}" if one.tier else "")))
    return f"{one.reference} ({known})" if known else one.reference


def _cause(
    kind: str, one: Waiting, office: Office, *, slot: str, caused_at: datetime, title: str, what: str, why: str,
    graver: str = "",
) -> Cause:  # fmt: skip
    return Cause(
        kind=kind,
        subject=one.id,
        slot=slot,
        level=level_of(office.plan, kind, one.level, graver),
        title=one_line(title),
        text=told(what, why, acts(one.owner, office.on_call, office.names)),
        command=f"commsleads enquiry show {one.reference}",
        caused_at=caused_at,
        owner=one.owner or office.on_call,
        evidence=(one.reference,),
    )


def of_offers(offers: Iterable[Offer], now: datetime, office: Office) -> list[Cause]:
    """The causes of leads that were offered and not answered. Who they are is told to nobody."""
    found = []
    for one in offers:
        begins = max(one.due_at - office.plan.lead_before, one.offered_at)
        if now < begins:
            continue
        at = clock(one.due_at, office.calendar.zone)
        when = f"in {span(one.due_at - now)}" if one.due_at >= now else f"{span(now - one.due_at)} ago"
        verb = "must be answered" if one.due_at >= now else "was to be answered"
        found.append(
            Cause(
                kind="lead due",
                subject=one.lead,
                slot=f"{one.number} {one.due_at.isoformat()}",
                level=level_of(office.plan, "lead due", "review" if one.escalated else ""),
                title=one_line(f"The offer of lead {one.lead} runs out {at}"),
                text=told(
                    f"Lead {one.lead} was offered at the stage {one.stage or 'none'} and {verb} {when}, at {at}.",
                    "An offer that nobody answers goes to the next one, and the lead waits.",
                    acts(one.to, office.on_call, office.names),
                ),
                command=f"commsleads lead show {one.lead}",
                caused_at=begins,
                owner=one.to or office.on_call,
                evidence=(one.lead,),
            )
        )
    return found
