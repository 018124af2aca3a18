"""What falls due on the desk in a stretch of time, each by the index of its date. Read-only."""

from __future__ import annotations

from typing import NamedTuple

from commsleads.store.engine import Session

_HEAD = "e.reference, e.privacy, e.subject, e.outlet, e.owner"


class Falling(NamedTuple):
    """Something of an enquiry that falls due: when (a stamp), and what it is of. `what` is '' or what was promised."""

    at: str
    reference: str
    privacy: str
    subject: str
    outlet: str
    owner: str
    what: str = ""


def deadlines(session: Session, start: str, end: str) -> list[Falling]:
    """Journalists' deadlines of open enquiries that nobody has answered."""
    rows = session.tuples(
        f"SELECT e.deadline_at, {_HEAD} FROM enquiries e WHERE e.ended_at = '' AND e.responded_at = '' "
        "AND e.deadline_at >= ? AND e.deadline_at < ?",
        (start, end),
    )
    return [Falling(*row) for row in rows]


def embargoes(session: Session, start: str, end: str) -> list[Falling]:
    """Embargoes under which an answer was given, and that end."""
    rows = session.tuples(
        f"SELECT e.embargo_until, {_HEAD} FROM enquiries e WHERE e.embargo_until <> '' AND e.embargo_until >= ? "
        "AND e.embargo_until < ?",
        (start, end),
    )
    return [Falling(*row) for row in rows]


def promises(session: Session, start: str, end: str) -> list[Falling]:
    """What was promised to journalists and is not done; nobody waits for it whose enquiry is no more."""
    rows = session.tuples(
        "SELECT p.due_at, e.reference, e.privacy, e.subject, e.outlet, p.by, p.what FROM promises p "
        "JOIN enquiries e ON e.id = p.enquiry_id WHERE p.done_at = '' AND p.due_at >= ? AND p.due_at < ? "
        "AND e.state NOT IN ('withdrawn', 'duplicate', 'redirected')",
        (start, end),
    )
    return [Falling(*row) for row in rows]


def offers(session: Session, start: str, end: str) -> list[tuple[str, str, str, str]]:
    """Offers of leads that wait for an answer: (due, lead, to whom, campaign)."""
    return session.tuples(
        "SELECT h.due_at, h.lead_id, h.aim, l.campaign_id FROM handoffs h JOIN leads l ON l.id = h.lead_id "
        "WHERE h.answer = '' AND h.due_at >= ? AND h.due_at < ?",
        (start, end),
    )


def waking(session: Session, start: str, end: str) -> list[tuple[str, str, str, str]]:
    """Leads that come back from nurture: (when, lead, owner, campaign)."""
    return session.tuples(
        "SELECT wakes_at, id, owner, campaign_id FROM leads WHERE status = 'recycled' AND wakes_at >= ? "
        "AND wakes_at < ?",
        (start, end),
    )
