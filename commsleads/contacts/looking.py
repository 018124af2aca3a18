"""Contacts as they are looked at: lists, one whole, and what can be said of their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from commsleads.contacts.record import Book, same_person
from commsleads.plan import Outlet
from commsleads.rules.contacts.register import declared
from commsleads.rules.contacts.verifying import verified
from commsleads.rules.desk.privacy import may_see
from commsleads.store.campaigns import objections
from commsleads.store.contacts import reading, targeted
from commsleads.store.contacts.reading import Chosen
from commsleads.store.desk import cases, people
from commsleads.store.engine import Session

HIDDEN = "restricted"
"""The subject of an enquiry that somebody may not see."""


def listed(session: Session, chosen: Chosen) -> list[dict[str, Any]]:
    """The contacts that were chosen, who was heard of last first."""
    ids = reading.listed(session, chosen)
    known, rest = people.shown(session, ids), reading.rest(session, ids)
    return [known[one] | rest[one] for one in ids]


def show(book: Book, words: str) -> dict[str, Any]:
    """All that is known of one person, with origin, basis and day of each datum; the contacts joined to theirs too."""
    session = book.session
    contact = book.one(words)
    mine = same_person(session, contact)
    known = people.shown(session, [contact])[contact] | reading.rest(session, [contact])[contact]
    outlets = reading.outlets(session, mine)
    return known | {
        "also": [one for one in mine if one != contact],
        "data": reading.data(session, mine),
        "outlets": outlets,
        "addresses": _addresses(book, mine, [row["outlet"] for row in outlets]),
        "phones": [row for row in reading.points(session, mine) if row["kind"] == "phone"],
        "enquiries": [_seen(book, row) for row in reading.enquiries(session, mine)],
        "leads": [row | {"qualified": bool(row["qualified"])} for row in reading.leads(session, mine)],
        "targets": reading.targets(session, targeted.of_contacts(session, mine)),
        "do_not_contact": bool(known["stopped_at"]),
    }


def _addresses(book: Book, mine: Sequence[str], outlets: Sequence[str]) -> list[dict[str, Any]]:
    """Each address with what can be said of it; suppressed ones said so."""
    rows = [row for row in reading.points(book.session, mine) if row["kind"] == "email"]
    refused = objections.among(book.session, [row["value"] for row in rows])
    domains = domains_of(book.settings.outlets, outlets)
    found = []
    for row in rows:
        told = verified(row["value"], domains)
        found.append(row | {
            "works": told.works, "marks": list(told.marks), "reasons": list(told.reasons),
            "suppressed": row["value"] in refused,
        })  # fmt: skip
    return found


def domains_of(register: Sequence[Outlet], names: Sequence[str]) -> tuple[str, ...]:
    """The mail domains of these outlets, as the register has them."""
    known = [outlet for name in dict.fromkeys(names) if (outlet := declared(register, name))]
    return tuple(dict.fromkeys(domain for outlet in known for domain in outlet.domains))


def _seen(book: Book, row: dict[str, Any]) -> dict[str, Any]:
    """An enquiry of theirs, without its subject for who may not see it."""
    case = cases.case(book.session, row["id"]) if row["privacy"] != "open" else None
    if case is None or may_see(book.who, case, book.settings.desk.officers):
        return row
    return row | {"subject": HIDDEN}


def checked(session: Session, register: Sequence[Outlet], ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Each address of these contacts with what can be said of it."""
    outlets: dict[str, list[str]] = {}
    for row in reading.outlets(session, ids):
        outlets.setdefault(row["contact"], []).append(row["outlet"])
    names = people.shown(session, list(ids))
    for row in reading.points(session, ids):
        if row["kind"] == "email":
            told = verified(row["value"], domains_of(register, outlets.get(row["contact"], ())))
            yield {
                "contact": row["contact"], "name": names[row["contact"]]["name"], "email": row["value"],
                "works": told.works, "marks": list(told.marks), "reasons": list(told.reasons),
            }  # fmt: skip
