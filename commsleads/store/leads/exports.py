"""Everything about leads, to be taken away: rows by the bite, so that a million of them need no more memory than a few.

What a person said or is called stands in columns of its own, which are asked for or left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from commsleads.store.engine import Session
from commsleads.store.leads import guarded, told
from commsleads.store.signals import chunks, holes

SAID = ("detail", "self_reported")
"""Columns of a lead that hold what somebody said."""
LEAD = tuple(name for name in told.LEAD if name not in ("first_touch", "opener", "last_touch", "near", "reached"))
TOUCH = (
    "id", "contact_id", "at", "learned_at", "kind", "marks", "channel", "source", "campaign_id", "cta_id", "outlet",
    "evidence", "counts", "why",
)  # fmt: skip
OFFER = tuple(name for name in told.OFFER if name != "words")

Row = dict[str, Any]


def lead_ids(session: Session) -> list[str]:
    """The leads, as they were opened."""
    rows = session.tuples("SELECT id FROM leads WHERE opened_at <> '' ORDER BY opened_at, id")
    return [row[0] for row in rows]


def leads(session: Session, ids: Sequence[str], *, people: bool = False) -> Iterator[Row]:
    """These leads in their order, with when each stage was reached, their last offer, and who they are if asked.

    What was said in an enquiry that is not for everybody is in none.
    """
    columns = ", ".join((*LEAD, "reached"))
    guards = guarded.whose(session) if people else frozenset[str]()
    for part in chunks(ids):
        rows = session.tuples(f"SELECT {columns} FROM leads WHERE id IN ({holes(part)})", part)
        found = {row[0]: dict(zip((*LEAD, "reached"), row, strict=True)) for row in rows}
        offers = _last_offers(session, part)
        joined = _people(session, part)
        names = _names(session, joined) if people else {}
        for lead in part:
            row = found[lead]
            row["reached"] = dict(json.loads(row["reached"])) if row["reached"] else {}
            row |= offers.get(lead, {"offers": 0})
            row["people"] = len(joined[lead])
            if people:
                row |= {key: "; ".join(sorted(words)) for key, words in names[lead].items()}
            if lead in guards:
                row |= dict.fromkeys(SAID, "")
            yield row


def _last_offers(session: Session, part: Sequence[str]) -> dict[str, Row]:
    rows = session.tuples(
        "SELECT lead_id, at, aim, due_at, answer, answered_at, reason FROM handoffs "
        f"WHERE lead_id IN ({holes(part)}) ORDER BY lead_id, number",
        part,
    )
    found: dict[str, Row] = {}
    for lead, at, to, due, answer, answered, reason in rows:
        before = found.get(lead, {"offers": 0, "first_offered_at": at})
        found[lead] = before | {
            "offers": before["offers"] + 1, "offered_to": to, "due_at": due, "answer": answer, "answered_at": answered,
            "reason": reason,
        }  # fmt: skip
    return found


def _people(session: Session, part: Sequence[str]) -> dict[str, list[str]]:
    """The contacts of each lead, itself the first."""
    found = {lead: [lead] for lead in part}
    rows = session.tuples(
        f"SELECT lead_id, contact_id FROM lead_people WHERE lead_id IN ({holes(part)}) ORDER BY contact_id", part
    )
    for lead, contact in rows:
        found[lead].append(contact)
    return found


def _names(session: Session, joined: dict[str, list[str]]) -> dict[str, dict[str, set[str]]]:
    """What these people are called and how they are reached, by lead."""
    whose = {contact: lead for lead, contacts in joined.items() for contact in contacts}
    found: dict[str, dict[str, set[str]]] = {lead: {"name": set(), "email": set(), "phone": set()} for lead in joined}
    for part in chunks(list(whose)):
        for contact, name in session.tuples(f"SELECT id, name FROM contacts WHERE id IN ({holes(part)})", part):
            found[whose[contact]]["name"].update(filter(None, [name]))
        points = session.tuples(
            f"SELECT contact_id, kind, value FROM contact_points WHERE contact_id IN ({holes(part)}) "
            "AND kind IN ('email', 'phone')",
            part,
        )
        for contact, kind, value in points:
            found[whose[contact]][kind].add(value)
    return found


def touches(session: Session, ids: Sequence[str]) -> Iterator[Row]:
    """The touches of these leads as they are known now, by lead and in the order in which they happened."""
    columns = ", ".join(TOUCH)
    for part in chunks(ids):
        joined = _people(session, part)
        whose = {contact: lead for lead, contacts in joined.items() for contact in contacts}
        found: dict[str, dict[str, Row]] = {lead: {} for lead in part}
        for some in chunks(list(whose)):
            rows = session.tuples(
                f"SELECT {columns} FROM touches WHERE contact_id IN ({holes(some)}) AND kind <> 'known' "
                "ORDER BY id, version",
                some,
            )
            for row in rows:
                told_row = dict(zip(TOUCH, row, strict=True))
                lead = whose[told_row.pop("contact_id")]
                found[lead][told_row["id"]] = {"lead_id": lead, **told_row}
        for lead in part:
            yield from sorted(found[lead].values(), key=lambda row: (row["at"], row["id"]))


def handoffs(session: Session, ids: Sequence[str], *, people: bool = False) -> Iterator[Row]:
    """The handoff ledger of these leads."""
    columns = (*OFFER, "words") if people else OFFER
    for part in chunks(ids):
        rows = session.tuples(
            f"SELECT {', '.join(columns)} FROM handoffs WHERE lead_id IN ({holes(part)}) ORDER BY lead_id, number", part
        )
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(dict(zip(columns, row, strict=True)))
        for lead in part:
            yield from found.get(lead, ())
