"""The rows of all tables that are about one person, for a copy that they are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.store.contacts.everywhere import Everywhere
from commsleads.store.engine import Row, Session
from commsleads.store.signals import chunks

_BY_CONTACT = {
    "contacts": ("id", "first_at, id"),
    "contact_points": ("contact_id", "at, kind, value"),
    "contact_outlets": ("contact_id", "first_at, outlet"),
    "contact_data": ("contact_id", "at, field, value, origin"),
    "touches": ("contact_id", "learned_at, id, version"),
    "noted": ("contact_id", "at, id"),
}
_BY_LEAD = {
    "lead_acts": ("lead_id", "lead_id, number"),
    "leads": ("id", "id"),
    "lead_moves": ("lead_id", "lead_id, number"),
    "handoffs": ("lead_id", "lead_id, number"),
}
_BY_ENQUIRY = {
    "enquiries": ("id", "received_at, id"),
    "questions": ("enquiry_id", "enquiry_id, number"),
    "answers": ("enquiry_id", "enquiry_id, number"),
    "promises": ("enquiry_id", "enquiry_id, number"),
    "interviews": ("enquiry_id", "enquiry_id, number"),
    "drafts": ("enquiry_id", "enquiry_id, version"),
    "approvals": ("enquiry_id", "enquiry_id, number"),
    "experts": ("enquiry_id", "enquiry_id, number"),
    "moves": ("enquiry_id", "enquiry_id, number"),
    "enquiry_ties": ("enquiry_id", "enquiry_id, what, ref"),
    "enquiry_letters": ("enquiry_id", "enquiry_id, letter_id"),
    "covered": ("enquiry_id", "enquiry_id, signal_id"),
}
_BY_LETTER = {
    "letters": ("id", "received_at, id"),
    "readings": ("letter_id", "letter_id"),
    "review": ("letter_id", "letter_id"),
    "labels": ("letter_id", "letter_id, number"),
    "consents": ("letter_id", "letter_id"),
}
_BY_TARGET = {
    "targets": ("id", "campaign_id, id"),
    "target_moves": ("target_id", "target_id, number"),
    "responses": ("target_id", "at, id"),
    "links": ("target_id", "made_at, id"),
}
_HISTORY = ("contact", "target", "enquiry", "letter")


def copy(session: Session, contacts: Sequence[str], found: Everywhere) -> dict[str, list[Row]]:
    """All rows about these contacts, who are one person, by table."""
    leads = sorted({*contacts, *(row["lead_id"] for row in _rows(session, "lead_people", "contact_id", contacts))})
    parts: dict[str, list[Row]] = {}
    for tables, ids in (
        (_BY_CONTACT, contacts), (_BY_LEAD, leads), (_BY_ENQUIRY, found.enquiries), (_BY_LETTER, found.letters),
        (_BY_TARGET, found.targets),
    ):  # fmt: skip
        for table, (column, order) in tables.items():
            parts[table] = _rows(session, table, column, ids, order)
    parts["requests"] = _rows(session, "requests", "lower(reply_to)", found.addresses, "seen_at, id")
    for table in ("merges", "told_apart"):
        both = [*_rows(session, table, "one", contacts), *_rows(session, table, "other", contacts)]
        parts[table] = list({str(row): row for row in both}.values())
    parts["history"] = [
        row
        for kind, ids in zip(_HISTORY, (contacts, found.targets, found.enquiries, found.letters), strict=True)
        for row in _rows(session, "history", "row_id", ids, "kind, row_id, number")
        if row["kind"] == kind
    ]
    return parts


def _rows(session: Session, table: str, column: str, ids: Sequence[str], order: str = "1") -> list[Row]:
    """Whole rows. Names of tables and columns come from this file."""
    found: list[dict[str, Any]] = []
    for part in chunks(ids):
        names = {f"p{n}": value for n, value in enumerate(part)}
        there = ", ".join(f":{name}" for name in names)
        found += session.query(f"SELECT * FROM {table} WHERE {column} IN ({there}) ORDER BY {order}", **names)
    return found
