"""Everywhere that one person is: the rows that name them, in all tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.store.contacts import targeted
from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

_MAILS = (
    "SELECT m.letter_id FROM enquiry_letters m JOIN letters l ON l.id = m.letter_id WHERE m.enquiry_id IN ({}) AND "
    "(l.ours = 1 OR NOT EXISTS (SELECT 1 FROM enquiry_journalists j WHERE j.enquiry_id = m.enquiry_id AND j.place > 1))"
)
"""Mails of enquiries: where another journalist asked as well, what these wrote is theirs and stays."""


class Everywhere(NamedTuple):
    """Where a person is. `open` are the references of their enquiries that have not ended; all others are ids."""

    addresses: tuple[str, ...]
    enquiries: tuple[str, ...]
    open: tuple[str, ...]
    letters: tuple[str, ...]
    targets: tuple[str, ...]


def of(session: Session, contacts: Sequence[str]) -> Everywhere:
    """Where these contacts, who are one person, are. Their mails are those they wrote, and those of
    their enquiries."""
    addresses = sorted({value for value, in _each(
        session, "SELECT value FROM contact_points WHERE kind = 'email' AND contact_id IN ({})", contacts
    )})  # fmt: skip
    enquiries = sorted({(ident, reference, ended) for ident, reference, ended in _each(
        session,
        "SELECT e.id, e.reference, e.ended_at FROM enquiry_journalists j JOIN enquiries e ON e.id = j.enquiry_id "
        "WHERE j.contact_id IN ({})",
        contacts,
    )}, key=lambda row: row[1])  # fmt: skip
    ids = [ident for ident, _, _ in enquiries]
    written = {
        one for (one,) in _each(session, "SELECT id FROM letters WHERE sender <> '' AND sender IN ({})", addresses)
    }
    theirs = {one for (one,) in _each(session, _MAILS, ids)}
    return Everywhere(
        addresses=tuple(addresses),
        enquiries=tuple(ids),
        open=tuple(reference for _, reference, ended in enquiries if not ended),
        letters=tuple(sorted(written | theirs)),
        targets=tuple(targeted.of_contacts(session, contacts)),
    )


def forget_requests(session: Session, addresses: Sequence[str]) -> None:
    """Take journalist and address out of the requests of services that these addresses stand in."""
    session.many(
        "UPDATE requests SET journalist = '', reply_to = '' WHERE lower(reply_to) = ?", [(one,) for one in addresses]
    )


def _each(session: Session, sql: str, values: Sequence[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for part in chunks(values):
        found += session.tuples(sql.format(holes(part)), part)
    return found
