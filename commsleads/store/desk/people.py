"""People outside: who they are, how they are reached, whom they write for over time.

Two people are never made one by a name alone: wrongly joined is worse than kept twice.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commsleads.store.contacts.origins import BASIS, learned
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.leads import evidence
from commsleads.store.signals import chunks, holes
from commsleads.text import fold

LONGEST = 300
"""Characters of what somebody looks for; LIKE takes no more than 50,000, and an underline for any letter."""
NAMESAKES = 100
"""People of one name, or with one number, whose outlets are compared word by word."""
ENQUIRY = "an enquiry"
"""Where a datum comes from that nobody said the origin of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What was said of a journalist, as it was said. Empty is not known."""

    name: str = ""
    email: str = ""
    phone: str = ""
    outlet: str = ""
    role: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


def folded_name(name: str) -> str:
    """A name without case, accents, punctuation and doubled spaces; "Calder, Ruth" is Ruth Calder."""
    last, comma, first = name.partition(",")
    return " ".join(re.findall(r"\w+", fold(f"{first} {last}" if comma else name)))


def folded_phone(phone: str) -> str:
    """The digits of a number, a leading 00 left out: it and the plus say the same."""
    digits = "".join(letter for letter in phone if letter.isdecimal())
    return digits.removeprefix("00")


def identify(
    session: Session, person: Person, *, at: datetime, origin: str, erase_after: datetime, basis: str = BASIS,
    by: str = "commsleads",
) -> str:  # fmt: skip
    """The id of the contact that this is, made when it is nobody we know; '' when nothing was said.

    The same address is the same person. The same number, or the same name, is only at the same outlet, and a number
    that two names share (a newsroom's switchboard) is two people. What is new is added with its origin.
    """
    if not person:
        return ""
    contact = known(session, person)
    if contact is None:
        contact = secrets.token_hex(8)
        session.execute(
            "INSERT INTO contacts (id, name, folded, role, origin, basis, first_at, last_at, erase_after) "
            "VALUES (:id, :name, :folded, :role, :origin, :basis, :at, :at, :erase)",
            id=contact,
            name=person.name,
            folded=folded_name(person.name),
            role=person.role,
            origin=origin,
            basis=basis,
            at=stamp(at),
            erase=stamp(erase_after),
        )
    else:
        _seen_again(session, contact, person, at, erase_after)
    _points(session, contact, person, at, origin)
    if person.outlet:
        _writes_for(session, contact, person.outlet, at, person.role)
    said = {
        "name": person.name, "role": person.role, "outlet": person.outlet, "email": person.email.lower(),
        "phone": person.phone,
    }  # fmt: skip
    learned(session, contact, said, at=at, origin=origin, basis=basis, by=by)
    return contact


def writes_for(
    session: Session, contact: str, outlet: str, *, at: datetime, role: str = "", origin: str = ENQUIRY,
    basis: str = BASIS, by: str = "commsleads",
) -> None:  # fmt: skip
    """Note that this person wrote for an outlet at that time. Those before stay: people move on."""
    if outlet.strip():
        _writes_for(session, contact, outlet, at, role)
        learned(session, contact, {"outlet": outlet}, at=at, origin=origin, basis=basis, by=by)


def _writes_for(session: Session, contact: str, outlet: str, at: datetime, role: str) -> None:
    session.execute(
        "INSERT INTO contact_outlets (contact_id, outlet, role, first_at, last_at) "
        "VALUES (:id, :outlet, :role, :at, :at) ON CONFLICT (contact_id, outlet) DO UPDATE SET "
        "first_at = CASE WHEN excluded.first_at < contact_outlets.first_at THEN excluded.first_at "
        "ELSE contact_outlets.first_at END, "
        "last_at = CASE WHEN excluded.last_at > contact_outlets.last_at THEN excluded.last_at "
        "ELSE contact_outlets.last_at END",
        id=contact,
        outlet=outlet.strip(),
        role=role,
        at=stamp(at),
    )


def known(session: Session, person: Person) -> str | None:
    """The contact that `identify` would take this person for, None for somebody new."""
    if person.email:
        rows = session.tuples(
            "SELECT p.contact_id FROM contact_points p JOIN contacts c ON c.id = p.contact_id "
            "WHERE p.kind = 'email' AND p.value = ? ORDER BY c.first_at, c.id LIMIT 1",
            (person.email.strip().lower(),),
        )
        if rows:
            return str(rows[0][0])
    if not person.outlet:
        return None
    folded, outlet = folded_name(person.name), fold(person.outlet)
    if digits := folded_phone(person.phone):
        rows = _candidates(
            session,
            "SELECT c.id, c.folded, o.outlet FROM contact_points p JOIN contacts c ON c.id = p.contact_id "
            "JOIN contact_outlets o ON o.contact_id = c.id WHERE p.kind = 'phone' AND p.value = ?",
            digits,
            person.outlet,
        )
        for contact, name, theirs in rows:
            if fold(theirs) == outlet and _agree(folded, name):
                return str(contact)
    if folded:
        rows = _candidates(
            session,
            "SELECT c.id, o.outlet FROM contacts c JOIN contact_outlets o ON o.contact_id = c.id WHERE c.folded = ?",
            folded,
            person.outlet,
        )
        for contact, theirs in rows:
            if fold(theirs) == outlet:
                return str(contact)
    return None


def _candidates(session: Session, select: str, wanted: str, outlet: str) -> list[tuple[Any, ...]]:
    """Who may be meant, the one known longest first. Of a name or number that very many have, whose outlet is spelt
    otherwise is found among the first of them only: a list of ten thousand namesakes must not take minutes."""
    rows = session.tuples(f"{select} ORDER BY c.first_at, c.id LIMIT ?", (wanted, NAMESAKES))
    if len(rows) == NAMESAKES:
        rows += session.tuples(
            f"{select} AND o.outlet = ? ORDER BY c.first_at, c.id LIMIT 50", (wanted, outlet.strip())
        )
    return rows


def _agree(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: one is missing, or family name and first letter are the same."""
    if not one or not other or one == other:
        return True
    mine, theirs = one.split(), other.split()
    return mine[-1] == theirs[-1] and mine[0][0] == theirs[0][0]


def _seen_again(session: Session, contact: str, person: Person, at: datetime, erase_after: datetime) -> None:
    (row,) = session.query("SELECT * FROM contacts WHERE id = :id", id=contact)
    name = row["name"] or person.name
    session.execute(
        "UPDATE contacts SET name = :name, folded = :folded, role = :role, first_at = :first, last_at = :last, "
        "erase_after = :erase WHERE id = :id",
        id=contact,
        name=name,
        folded=folded_name(name),
        role=person.role or row["role"],
        first=min(row["first_at"], stamp(at)),
        last=max(row["last_at"], stamp(at)),
        erase=max(row["erase_after"], stamp(erase_after)),
    )


def _points(session: Session, contact: str, person: Person, at: datetime, origin: str) -> None:
    points = (
        ("email", person.email.strip().lower(), person.email),
        ("phone", folded_phone(person.phone), person.phone),
    )
    for kind, value, shown in points:
        if value:
            fresh = session.execute(
                "INSERT INTO contact_points (kind, value, contact_id, shown, origin, at) "
                "VALUES (:kind, :value, :contact, :shown, :origin, :at) "
                "ON CONFLICT (kind, value, contact_id) DO NOTHING",
                kind=kind,
                value=value,
                contact=contact,
                shown=shown.strip(),
                origin=origin,
                at=stamp(at),
            )
            if fresh and kind == "email":  # it tells more of what they asked before
                evidence.note(session, evidence.PERSON, [contact])


def join(session: Session, enquiry_id: str, contact: str) -> None:
    """Add a journalist to an enquiry."""
    session.execute(
        "INSERT INTO enquiry_journalists (enquiry_id, contact_id, place) "
        "SELECT :enquiry, :contact, 1 + coalesce(max(place), 0) FROM enquiry_journalists WHERE enquiry_id = :enquiry "
        "ON CONFLICT (enquiry_id, contact_id) DO NOTHING",
        enquiry=enquiry_id,
        contact=contact,
    )


def leave(session: Session, enquiry_id: str, contact: str) -> None:
    """Take a journalist out of an enquiry that was put there by mistake. The contact stays."""
    session.execute(
        "DELETE FROM enquiry_journalists WHERE enquiry_id = :enquiry AND contact_id = :contact",
        enquiry=enquiry_id,
        contact=contact,
    )


def prefers(
    session: Session, contact: str, method: str, *, at: datetime, origin: str = ENQUIRY, basis: str = BASIS,
    by: str = "commsleads",
) -> None:  # fmt: skip
    """Note how this person would rather be reached."""
    session.execute("UPDATE contacts SET preferred = :method WHERE id = :id", method=method, id=contact)
    learned(session, contact, {"preferred": method}, at=at, origin=origin, basis=basis, by=by)


def reached_by(session: Session, contact: str, person: Person, *, at: datetime, origin: str) -> None:
    """Add the address and the number of somebody whose contact we know. Where each came from is noted by `learned`."""
    _points(session, contact, person, at, origin)


def shown(session: Session, ids: list[str]) -> dict[str, dict[str, Any]]:
    """These contacts as people read them: name, role, email, phone, outlet (the one they wrote for last)."""
    found: dict[str, dict[str, Any]] = {}
    for part in chunks(sorted(set(ids))):
        there = holes(part)
        for contact, name, role, preferred in session.tuples(
            f"SELECT id, name, role, preferred FROM contacts WHERE id IN ({there})", part
        ):
            found[contact] = {
                "id": contact, "name": name, "role": role, "preferred": preferred, "email": "", "phone": "",
                "outlet": "",
            }  # fmt: skip
        for contact, kind, value in session.tuples(
            f"SELECT contact_id, kind, shown FROM contact_points WHERE contact_id IN ({there}) ORDER BY at, value", part
        ):
            found[contact][kind] = value
        for contact, outlet in session.tuples(
            f"SELECT contact_id, outlet FROM contact_outlets WHERE contact_id IN ({there}) ORDER BY last_at, outlet",
            part,
        ):
            found[contact]["outlet"] = outlet
    return found


def called(session: Session, words: str, *, limit: int = 50) -> list[str]:
    """The ids of contacts that a person means: an id, an address, a number, or a name, or how a name begins or ends."""
    folded, digits = folded_name(words[:LONGEST]).replace("_", " ").strip(), folded_phone(words[:LONGEST])
    names = (folded, f"{folded} %", f"% {folded}") if folded else ("-", "-", "-")
    rows = session.tuples(
        "SELECT id FROM contacts WHERE id = ? OR folded = ? OR folded LIKE ? OR folded LIKE ? UNION "
        "SELECT contact_id FROM contact_points WHERE (kind = 'email' AND value = ?) OR (kind = 'phone' AND value = ?) "
        "LIMIT ?",
        (words.strip(), *names, words.strip().lower(), digits or "-", limit),
    )
    return [contact for (contact,) in rows]


def addressed(session: Session, addresses: list[str]) -> dict[str, str]:
    """The contact of each of these folded addresses that is known here; the one known longest, where it is several."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(addresses))):
        for value, contact in session.tuples(
            "SELECT p.value, p.contact_id FROM contact_points p JOIN contacts c ON c.id = p.contact_id "
            f"WHERE p.kind = 'email' AND p.value IN ({holes(part)}) ORDER BY c.first_at, c.id",
            part,
        ):
            found.setdefault(value, contact)
    return found


def holders(session: Session, address: str) -> list[str]:
    """All contacts with this folded address."""
    rows = session.tuples("SELECT contact_id FROM contact_points WHERE kind = 'email' AND value = ?", (address,))
    return [contact for (contact,) in rows]


def outlets(session: Session, contact: str) -> list[Row]:
    """Whom this person wrote for, newest first."""
    return session.query(
        "SELECT outlet, role, first_at, last_at FROM contact_outlets WHERE contact_id = :id "
        "ORDER BY last_at DESC, outlet",
        id=contact,
    )
