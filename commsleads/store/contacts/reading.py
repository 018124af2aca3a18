"""Contacts as they are looked at: lists, and all that hangs on one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from commsleads.store.contacts.gathering import BETWEEN
from commsleads.store.engine import Row, Session
from commsleads.store.signals import chunks, holes
from commsleads.text import fold


class Chosen(NamedTuple):
    """Which contacts are listed. `outlets` are names, None for all; times are stamps; `limit` 0 is all."""

    outlets: frozenset[str] | None = None
    role: str = ""
    beat: str = ""
    since: str = ""
    not_since: str = ""
    stopped: bool = False
    limit: int = 0


def listed(session: Session, chosen: Chosen) -> list[str]:
    """The ids of these contacts, who was heard of last first. Who was erased is nobody and not listed."""
    rows = session.tuples(
        "SELECT id, role, beats, stopped_at FROM contacts WHERE NOT (name = 'erased' AND folded = '') "
        "AND last_at >= ? AND (? = '' OR last_at < ?) ORDER BY last_at DESC, id",
        (chosen.since, chosen.not_since, chosen.not_since),
    )
    role, beat, found = fold(chosen.role), fold(chosen.beat), list[str]()
    writing = _writing_for(session, chosen.outlets)
    for contact, has, beats, stopped in rows:
        if (
            (not role or role in fold(has))
            and (not beat or beat in fold(beats))
            and (writing is None or contact in writing)
            and (not chosen.stopped or stopped)
        ):
            found.append(contact)
            if len(found) == chosen.limit:
                break
    return found


def _writing_for(session: Session, outlets: frozenset[str] | None) -> set[str] | None:
    """Who writes, or ever wrote, for one of these outlets."""
    if outlets is None:
        return None
    wanted = {fold(outlet) for outlet in outlets}
    names = [name for (name,) in session.tuples("SELECT DISTINCT outlet FROM contact_outlets")]
    found: set[str] = set()
    for part in chunks([name for name in names if fold(name) in wanted]):
        rows = session.tuples(f"SELECT contact_id FROM contact_outlets WHERE outlet IN ({holes(part)})", part)
        found.update(contact for (contact,) in rows)
    return found


def rest(session: Session, ids: Sequence[str]) -> dict[str, Row]:
    """What `people.shown` does not tell of these contacts: beats, where they came from, since when, until when."""
    found: dict[str, Row] = {}
    for part in chunks(ids):
        rows = session.tuples(
            "SELECT id, beats, origin, basis, first_at, last_at, erase_after, stopped_at, stopped_why FROM contacts "
            f"WHERE id IN ({holes(part)})",
            part,
        )
        for contact, beats, *others in rows:
            names = ("origin", "basis", "first_at", "last_at", "erase_after", "stopped_at", "stopped_why")
            found[contact] = {
                "beats": [one for one in beats.split(BETWEEN) if one], **dict(zip(names, others, strict=True))
            }  # fmt: skip
    return found


def data(session: Session, contacts: Sequence[str]) -> list[Row]:
    """Where every datum of these contacts came from."""
    return _of(session, "SELECT contact_id AS contact, field, value, at, origin, basis, by FROM contact_data WHERE "
                        "contact_id IN ({}) ORDER BY at, field, value, origin", contacts)  # fmt: skip


def points(session: Session, contacts: Sequence[str]) -> list[Row]:
    """Their addresses and numbers."""
    return _of(session, "SELECT contact_id AS contact, kind, value, shown, origin, at FROM contact_points WHERE "
                        "contact_id IN ({}) ORDER BY at, kind, value", contacts)  # fmt: skip


def outlets(session: Session, contacts: Sequence[str]) -> list[Row]:
    """Whom they write for, over time."""
    return _of(session, "SELECT contact_id AS contact, outlet, role, first_at, last_at FROM contact_outlets WHERE "
                        "contact_id IN ({}) ORDER BY first_at, outlet", contacts)  # fmt: skip


def enquiries(session: Session, contacts: Sequence[str]) -> list[Row]:
    """The enquiries that they are in, without what was said."""
    return _of(
        session,
        "SELECT e.id, e.reference, e.received_at, e.subject, e.state, e.ended_at, e.privacy, j.contact_id AS contact "
        "FROM enquiry_journalists j JOIN enquiries e ON e.id = j.enquiry_id WHERE j.contact_id IN ({}) "
        "ORDER BY e.received_at, e.id",
        contacts,
    )


def targets(session: Session, ids: Sequence[str]) -> list[Row]:
    """The targets of these ids, by campaign."""
    return _of(
        session,
        "SELECT id, campaign_id AS campaign, part, kind, name, outlet, email, note, control, excluded, status, "
        "status_at, contacted_at, responded_at, origin, basis, added_at, erase_after FROM targets WHERE id IN ({}) "
        "ORDER BY campaign_id, id",
        ids,
    )


def leads(session: Session, contacts: Sequence[str]) -> list[Row]:
    """Their leads as they were told last."""
    return _of(
        session,
        "SELECT id, opened_at, stage, qualified, status, owner, touches, last_at FROM leads WHERE id IN ({0}) OR id IN "
        "(SELECT lead_id FROM lead_people WHERE contact_id IN ({0})) ORDER BY id",
        contacts,
        twice=True,
    )


def _of(session: Session, sql: str, ids: Sequence[str], *, twice: bool = False) -> list[Row]:
    found: list[dict[str, Any]] = []
    for part in chunks(sorted(set(ids))):
        names = {f"p{n}": value for n, value in enumerate(part)}
        there = ", ".join(f":{name}" for name in names)
        found += session.query(sql.format(there), **names)
    return list({str(row): row for row in found}.values()) if twice else found
