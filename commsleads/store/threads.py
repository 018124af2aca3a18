"""Which enquiries a mail may belong to: found by its Message-IDs, by its people and by a reference, all by index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.store.engine import Row, Session
from commsleads.store.letters import Columns
from commsleads.store.signals import chunks, holes

MOST_ENQUIRIES = 40
MOST_LETTERS = 30
"""Mails looked at of one enquiry, the newest: a thread that goes on for longer has them in its headers too."""


class Candidate(NamedTuple):
    """An enquiry that a mail may belong to: its mails that came before, and the addresses of its journalists."""

    enquiry_id: str
    reference: str
    state: str
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
                f"ORDER BY e.received_at DESC, e.id LIMIT {MOST_ENQUIRIES}",
                (address,),
            )
        )
    made = (_candidate(session, enquiry, arrival, came_at) for enquiry in list(found)[:MOST_ENQUIRIES])
    return [one for one in made if one is not None]


def _candidate(session: Session, enquiry: str, arrival: int, came_at: str) -> Candidate | None:
    (row,) = session.query("SELECT id, reference, state, logged_at FROM enquiries WHERE id = :id", id=enquiry)
    letters = session.query(
        f"SELECT {', '.join('l.' + name for name in Columns._fields)} FROM enquiry_letters e JOIN letters l "
        "ON l.id = e.letter_id WHERE e.enquiry_id = :id AND l.arrival < :arrival ORDER BY l.arrival DESC LIMIT :most",
        id=enquiry,
        arrival=arrival,
        most=MOST_LETTERS,
    )
    if not letters and row["logged_at"] > came_at:
        return None
    addresses = session.tuples(
        "SELECT p.value FROM enquiry_journalists j JOIN contact_points p ON p.contact_id = j.contact_id "
        "WHERE j.enquiry_id = ? AND p.kind = 'email' ORDER BY p.value LIMIT 50",
        (enquiry,),
    )
    return Candidate(
        row["id"], row["reference"], row["state"], tuple(letters), tuple(address for (address,) in addresses)
    )
