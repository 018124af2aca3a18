"""Which enquiries a mail may belong to: found by its Message-IDs, by its people and by a reference, all by index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.store.engine import Row, Session
from commsleads.store.letters import Columns
from commsleads.store.signals import chunks, holes

MOST_ENQUIRIES = 40
MOST_OF_A_PERSON = 12
"""Enquiries looked at of one person, the newest: whoever writes about an older one answers a mail of it."""
MOST_LETTERS = 30
"""Mails looked at for each enquiry, about, the newest: a thread that goes on longer has them in its headers too."""


class Candidate(NamedTuple):
    """An enquiry that a mail may belong to: its mails that came before, and the addresses of its journalists."""

    enquiry_id: str
    reference: str
    letters: tuple[Row, ...]
    addresses: tuple[str, ...]


def placed(session: Session, letter: str) -> list[str]:
    """The enquiries that a mail belongs to already."""
    found = session.tuples("SELECT enquiry_id FROM enquiry_letters WHERE letter_id = ? ORDER BY enquiry_id", (letter,))
    return [enquiry for (enquiry,) in found]


def candidates(
    session: Session,
    *,
    arrival: int,
    came_at: str,
    message_ids: Sequence[str],
    addresses: Sequence[str],
    references: Sequence[str],
) -> list[Candidate]:
    """The enquiries that share a Message-ID, a person or a reference with a mail that came at `arrival`.

    Only what was there before it counts, so that a mail read again finds what it found the first time.
    """
    found: dict[str, None] = {}
    for part in chunks([one for one in message_ids if one]):
        found |= dict.fromkeys(
            enquiry
            for (enquiry,) in session.tuples(
                "SELECT DISTINCT e.enquiry_id FROM letters l JOIN enquiry_letters e ON e.letter_id = l.id "
                f"WHERE l.message_id IN ({holes(part)}) AND l.arrival < ? ORDER BY e.enquiry_id LIMIT {MOST_ENQUIRIES}",
                (*part, arrival),
            )
        )
    for reference in references[:5]:
        found |= dict.fromkeys(
            enquiry for (enquiry,) in session.tuples("SELECT id FROM enquiries WHERE reference = ?", (reference,))
        )
    for address in addresses[:5]:
        found |= dict.fromkeys(
            enquiry
            for (enquiry,) in session.tuples(
                "SELECT e.id FROM contact_points p JOIN enquiry_journalists j ON j.contact_id = p.contact_id "
                "JOIN enquiries e ON e.id = j.enquiry_id WHERE p.kind = 'email' AND p.value = ? "
                f"ORDER BY e.received_at DESC, e.id LIMIT {MOST_OF_A_PERSON}",
                (address,),
            )
        )
    return _candidates(session, list(found)[:MOST_ENQUIRIES], arrival, came_at) if found else []


def _candidates(session: Session, enquiries: Sequence[str], arrival: int, came_at: str) -> list[Candidate]:
    there = holes(enquiries)
    letters: dict[str, list[Row]] = {enquiry: [] for enquiry in enquiries}
    names = Columns._fields
    for enquiry, *values in session.tuples(
        f"SELECT e.enquiry_id, {', '.join('l.' + name for name in names)} FROM enquiry_letters e JOIN letters l "
        f"ON l.id = e.letter_id WHERE e.enquiry_id IN ({there}) AND l.arrival < ? ORDER BY l.arrival DESC LIMIT ?",
        (*enquiries, arrival, MOST_LETTERS * len(enquiries)),
    ):
        letters[enquiry].append(Row(zip(names, values, strict=True)))
    addresses: dict[str, list[str]] = {enquiry: [] for enquiry in enquiries}
    for enquiry, address in session.tuples(
        "SELECT j.enquiry_id, p.value FROM enquiry_journalists j JOIN contact_points p ON p.contact_id = j.contact_id "
        f"WHERE j.enquiry_id IN ({there}) AND p.kind = 'email' ORDER BY p.value",
        enquiries,
    ):
        addresses[enquiry].append(address)
    return [
        Candidate(enquiry, reference, tuple(letters[enquiry]), tuple(addresses[enquiry]))
        for enquiry, reference, logged_at in session.tuples(
            f"SELECT id, reference, logged_at FROM enquiries WHERE id IN ({there}) ORDER BY received_at DESC, id",
            enquiries,
        )
        if letters[enquiry] or logged_at <= came_at
    ]
