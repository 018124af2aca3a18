"""Causes in what one of our own people owes: a signature that a draft waits for, and a promise whose hour has passed.

As with every enquiry, what leaves the house is the reference and no word of what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from commsleads.rules.alerts.causes import Cause, level_of
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.wording import acts, clock, harmless, one_line, span, told
from commsleads.rules.desk.alarms import PATIENCE


class Asked(NamedTuple):
    """A step of a sign-off that waits for somebody, of an enquiry that was never answered."""

    enquiry: str
    reference: str
    level: str
    number: int
    step: str
    approver: str
    asked_at: datetime
    deadline_at: datetime | None


class Promised(NamedTuple):
    """A promise to a journalist that is not kept yet."""

    enquiry: str
    reference: str
    level: str
    number: int
    due_at: datetime
    by: str


def of_signoffs(asked: Iterable[Asked], now: datetime, office: Office) -> list[Cause]:
    """The sign-offs that have waited for longer than anybody should, and at once those whose deadline is near."""
    found = []
    for one in asked:
        near = one.deadline_at is not None and one.deadline_at - now <= office.plan.deadline_before
        if not near and office.calendar.worked(one.asked_at, now) <= PATIENCE:
            continue
        step = harmless(one.step, 40)
        by = f" It must be answered by {clock(one.deadline_at, office.calendar.zone)}." if one.deadline_at else ""
        found.append(
            Cause(
                kind="sign-off waiting",
                subject=one.enquiry,
                slot=f"{one.number} {one.asked_at.isoformat()}",
                level=level_of(office.plan, "sign-off waiting", one.level),
                title=one_line(f"{one.reference} waits for a signature ({step})"),
                text=told(
                    f"{one.reference} has waited for {span(now - one.asked_at)} to be signed ({step}).",
                    f"Nothing goes out before.{by}",
                    acts(one.approver, office.on_call, office.names),
                ),
                command=f"commsleads enquiry show {one.reference}",
                caused_at=_since(one, now, office, near=near),
                owner=one.approver or office.on_call,
                evidence=(one.reference,),
            )
        )
    return found


def _since(one: Asked, now: datetime, office: Office, *, near: bool) -> datetime:
    """Since when it is told: since it was asked when the deadline was near then, else since patience ran out."""
    if near and one.deadline_at:
        return min(now, max(one.asked_at, one.deadline_at - office.plan.deadline_before))
    return office.calendar.add(one.asked_at, PATIENCE)


def of_promises(promised: Iterable[Promised], now: datetime, office: Office) -> list[Cause]:
    """The promises whose hour has passed."""
    return [
        Cause(
            kind="promise overdue",
            subject=one.enquiry,
            slot=f"{one.number} {one.due_at.isoformat()}",
            level=level_of(office.plan, "promise overdue", one.level),
            title=one_line(f"A promise of {one.reference} was due {clock(one.due_at, office.calendar.zone)}"),
            text=told(
                f"{one.reference} holds a promise to a journalist that was due {span(now - one.due_at)} ago.",
                "Somebody waits for us who believed us.",
                acts(one.by, office.on_call, office.names),
            ),
            command=f"commsleads enquiry show {one.reference}",
            caused_at=one.due_at,
            owner=one.by or office.on_call,
            evidence=(one.reference,),
        )
        for one in promised
        if now > one.due_at
    ]
