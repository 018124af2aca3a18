"""What stands beside the touches of a lead: references of enquiries, what was noted by hand, when we wrote to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commsleads.store.engine import Session, stamp
from commsleads.store.leads.evidence import ENQUIRY, NOTED
from commsleads.store.signals import chunks, holes


def references(session: Session, evidence: Sequence[str]) -> dict[str, str]:
    """The references of the enquiries among this evidence."""
    found: dict[str, str] = {}
    for part in chunks(_ids(evidence, ENQUIRY)):
        for ident, reference in session.tuples(
            f"SELECT id, reference FROM enquiries WHERE id IN ({holes(part)})", part
        ):
            found[f"{ENQUIRY} {ident}"] = reference
    return found


def noted(session: Session, evidence: Sequence[str]) -> dict[str, dict[str, str]]:
    """Who noted what among this evidence, and in which words."""
    found: dict[str, dict[str, str]] = {}
    for part in chunks(_ids(evidence, NOTED)):
        for ident, by, words in session.tuples(f"SELECT id, by, words FROM noted WHERE id IN ({holes(part)})", part):
            found[f"{NOTED} {ident}"] = {"by": by, "words": words}
    return found


def written(session: Session, contacts: Sequence[str], until: datetime) -> list[tuple[datetime, str]]:
    """When we wrote to these people first for a campaign, by then, as far as they are targets of it."""
    found: dict[str, tuple[datetime, str]] = {}
    for part in chunks(contacts):
        there = holes(part)
        rows = session.tuples(
            "SELECT id, contacted_at, campaign_id FROM targets WHERE contacted_at <> '' AND contacted_at <= ? "
            f"AND (contact_id IN ({there}) OR (email <> '' AND email IN "
            f"(SELECT value FROM contact_points WHERE kind = 'email' AND contact_id IN ({there}))))",
            (stamp(until), *part, *part),
        )
        found |= {ident: (datetime.fromisoformat(at), campaign) for ident, at, campaign in rows}
    return sorted(found.values())


def aimed_at(session: Session, contact: str, campaign: str) -> bool:
    """Whether a campaign aims at this person, by the contact or one of its addresses."""
    return bool(
        session.tuples(
            "SELECT 1 FROM targets WHERE campaign_id = ? AND excluded = '' AND (contact_id = ? OR (email <> '' AND "
            "email IN (SELECT value FROM contact_points WHERE kind = 'email' AND contact_id = ?))) LIMIT 1",
            (campaign, contact, contact),
        )
    )


def answered(session: Session, contact: str, before: datetime) -> bool:
    """Whether we had answered an enquiry of this person by then."""
    return bool(
        session.tuples(
            "SELECT 1 FROM enquiry_journalists j JOIN enquiries e ON e.id = j.enquiry_id "
            "WHERE j.contact_id = ? AND e.responded_at <> '' AND e.responded_at <= ? LIMIT 1",
            (contact, stamp(before)),
        )
    )


def _ids(evidence: Sequence[str], sort: str) -> list[str]:
    return sorted({one.partition(" ")[2] for one in evidence if one.startswith(f"{sort} ")})
