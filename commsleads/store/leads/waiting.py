"""Whose lead is to be told anew: because its log grew, or because its time has come.

Rows are noted in the transaction that wrote the log and go in the one that tells the lead, so a kill loses none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from commsleads.store.engine import Session, stamp


def note(session: Session, contacts: Iterable[str]) -> None:
    """The logs of these contacts have grown."""
    session.many(
        "INSERT INTO leads_waiting (contact_id) VALUES (?) ON CONFLICT (contact_id) DO NOTHING",
        [(one,) for one in contacts if one],
    )


def note_everybody(session: Session) -> None:
    """All that have touches are to be told anew: other criteria are in force."""
    session.execute(
        "INSERT INTO leads_waiting (contact_id) SELECT DISTINCT contact_id FROM touches WHERE 1 = 1 "
        "ON CONFLICT (contact_id) DO NOTHING"
    )


def take(session: Session, most: int) -> list[str]:
    """Contacts that wait, `most` at most, which wait no more: call it in the transaction that tells their leads."""
    found = [
        one for (one,) in session.tuples("SELECT contact_id FROM leads_waiting ORDER BY contact_id LIMIT ?", (most,))
    ]
    done(session, found)
    return found


def done(session: Session, contacts: Sequence[str]) -> None:
    """These wait no more."""
    session.many("DELETE FROM leads_waiting WHERE contact_id = ?", [(one,) for one in contacts])


def none(session: Session) -> None:
    """Nobody waits any more: everybody was told anew."""
    session.execute("DELETE FROM leads_waiting")


def all_(session: Session) -> list[str]:
    """All contacts that wait."""
    return [one for (one,) in session.tuples("SELECT contact_id FROM leads_waiting ORDER BY contact_id")]


def struck(session: Session, now: datetime, most: int, after: str = "") -> list[str]:
    """The leads that the clock changes by now, in the order of their ids from behind `after`."""
    rows = session.tuples(
        "SELECT id FROM leads WHERE next_at <> '' AND next_at <= ? AND id > ? ORDER BY id LIMIT ?",
        (stamp(now), after, most),
    )
    return [one for (one,) in rows]


def any_(session: Session, now: datetime) -> bool:
    """Whether anybody waits, or the clock has struck for somebody."""
    return bool(
        session.tuples("SELECT 1 FROM leads_waiting LIMIT 1")
        or session.tuples("SELECT 1 FROM leads WHERE next_at <> '' AND next_at <= ? LIMIT 1", (stamp(now),))
    )
