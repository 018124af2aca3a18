"""One contact as it is changed: what is known, and what is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from commsleads.store.contacts.gathering import BETWEEN
from commsleads.store.desk.people import folded_name
from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes


def picture(session: Session, contact: str) -> dict[str, Any]:
    """What can be changed of a contact, as values: to see whether it was, and what it was before."""
    (row,) = session.query(
        "SELECT name, role, preferred, beats, stopped_at, stopped_why FROM contacts WHERE id = :id", id=contact
    )
    points = session.tuples(
        "SELECT kind, value FROM contact_points WHERE contact_id = ? ORDER BY at, value", (contact,)
    )
    outlets = session.tuples(
        "SELECT outlet FROM contact_outlets WHERE contact_id = ? ORDER BY last_at, outlet", (contact,)
    )
    return row | {
        "beats": [one for one in row["beats"].split(BETWEEN) if one],
        "emails": [value for kind, value in points if kind == "email"],
        "phones": [value for kind, value in points if kind == "phone"],
        "outlets": [outlet for (outlet,) in outlets],
    }


def describe(session: Session, contact: str, fields: Mapping[str, str]) -> None:
    """Write name and role. Names of fields come from the program, never from a person."""
    for name, value in fields.items():
        session.execute(f"UPDATE contacts SET {name} = :value WHERE id = :id", value=value, id=contact)
    if "name" in fields:
        session.execute(
            "UPDATE contacts SET folded = :folded WHERE id = :id", folded=folded_name(fields["name"]), id=contact
        )


def drop_point(session: Session, contact: str, kind: str, value: str) -> None:
    """Take an address or a number back, and that it was ever given: it may be somebody else's."""
    shown = session.tuples(
        "SELECT shown FROM contact_points WHERE contact_id = ? AND kind = ? AND value = ?", (contact, kind, value)
    )
    session.execute(
        "DELETE FROM contact_points WHERE contact_id = :id AND kind = :kind AND value = :value",
        id=contact,
        kind=kind,
        value=value,
    )
    written = [(contact, kind, one) for one in {value, *(word for (word,) in shown), *(w.lower() for (w,) in shown)}]
    session.many("DELETE FROM contact_data WHERE contact_id = ? AND field = ? AND value = ?", written)


def drop_outlet(session: Session, contact: str, outlet: str) -> None:
    """They never wrote for it: that was a mistake."""
    session.execute(
        "DELETE FROM contact_outlets WHERE contact_id = :id AND outlet = :outlet", id=contact, outlet=outlet
    )
    session.execute(
        "DELETE FROM contact_data WHERE contact_id = :id AND field = 'outlet' AND value = :outlet",
        id=contact,
        outlet=outlet,
    )


def drop_beats(session: Session, contact: str, beats: Sequence[str]) -> None:
    """They do not write about these."""
    there = [one for one in picture(session, contact)["beats"] if one not in beats]
    session.execute("UPDATE contacts SET beats = :beats WHERE id = :id", beats=BETWEEN.join(there), id=contact)
    session.many(
        "DELETE FROM contact_data WHERE contact_id = ? AND field = 'beat' AND value = ?",
        [(contact, one) for one in beats],
    )


def stop(session: Session, contacts: Sequence[str], at: datetime | None, why: str) -> None:
    """Nobody writes to these people from a moment on; `None` lifts it."""
    session.many(
        "UPDATE contacts SET stopped_at = ?, stopped_why = ? WHERE id = ?",
        [(stamp(at) if at else "", why, contact) for contact in contacts],
    )


def stopped(session: Session, contacts: Iterable[str]) -> set[str]:
    """Those of these who asked, as a person, not to be written to, at whatever address."""
    found: set[str] = set()
    for part in chunks(sorted(set(contacts) - {""})):
        rows = session.tuples(f"SELECT id FROM contacts WHERE stopped_at <> '' AND id IN ({holes(part)})", part)
        found.update(contact for (contact,) in rows)
    return found
