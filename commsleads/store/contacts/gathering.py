"""What is known of many people at once: to compare them, to list them, to add to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

MANY = 2_000
"""Past so many everybody is read, which is faster than looking for those beside them."""
BETWEEN = "; "
"""Between the beats of a person, as `contacts` keeps them."""
Told = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Id, name, outlets, addresses and numbers of a person, as `rules.contacts.likeness.Known` has them."""


def add_beats(session: Session, contact: str, beats: Sequence[str]) -> None:
    """Add subjects that somebody writes about; those that are there stay."""
    ((held,),) = session.tuples("SELECT beats FROM contacts WHERE id = ?", (contact,))
    there = [one for one in held.split(BETWEEN) if one]
    fresh = [one for one in beats if one.casefold() not in {known.casefold() for known in there}]
    if fresh:
        session.execute(
            "UPDATE contacts SET beats = :beats WHERE id = :id", beats=BETWEEN.join([*there, *fresh]), id=contact
        )


def came(session: Session, name: str, numbers: Sequence[str], origin: str) -> str:
    """Who came from the same place with no more than this folded name and a folded number among these; '' for nobody.

    Without an address and an outlet nothing else tells that a list is read again.
    """
    there = f"AND p.value IN ({holes(numbers)})" if numbers else ""
    rows = session.tuples(
        "SELECT c.id FROM contacts c LEFT JOIN contact_outlets o ON o.contact_id = c.id "
        "LEFT JOIN contact_points p ON p.contact_id = c.id AND p.kind = 'phone' "
        f"WHERE c.folded = ? AND c.origin = ? AND o.outlet IS NULL {there} "
        f"{'' if numbers else 'AND p.value IS NULL'} ORDER BY c.first_at, c.id LIMIT 1",
        (name, origin, *numbers),
    )
    return str(rows[0][0]) if rows else ""


def beside(session: Session, contacts: Sequence[str]) -> Iterator[Told]:
    """These, everybody who writes for an outlet of theirs, and everybody with a number of theirs."""
    if len(contacts) > MANY:
        return everybody(session)
    found = set(contacts)
    for part in chunks(contacts):
        there = holes(part)
        found.update(
            one
            for (one,) in session.tuples(
                "SELECT contact_id FROM contact_outlets WHERE outlet IN "
                f"(SELECT outlet FROM contact_outlets WHERE contact_id IN ({there})) UNION "
                "SELECT contact_id FROM contact_points WHERE kind = 'phone' AND value IN "
                f"(SELECT value FROM contact_points WHERE kind = 'phone' AND contact_id IN ({there}))",
                (*part, *part),
            )
        )
    return _told(session, sorted(found))


def everybody(session: Session) -> Iterator[Told]:
    """All contacts who are somebody still."""
    rows = session.tuples("SELECT id FROM contacts WHERE NOT (name = 'erased' AND folded = '') ORDER BY id")
    return _told(session, [contact for (contact,) in rows])


def apart(session: Session) -> set[tuple[str, str]]:
    """Pairs of whom somebody said that they are two people, the smaller id first."""
    return {(one, other) for one, other in session.tuples("SELECT one, other FROM told_apart")}


def _told(session: Session, ids: Sequence[str]) -> Iterator[Told]:
    for part in chunks(ids):
        there = holes(part)
        outlets: dict[str, list[str]] = {}
        points: dict[tuple[str, str], list[str]] = {}
        for contact, outlet in session.tuples(
            f"SELECT contact_id, outlet FROM contact_outlets WHERE contact_id IN ({there}) ORDER BY outlet", part
        ):
            outlets.setdefault(contact, []).append(outlet)
        for contact, kind, value in session.tuples(
            f"SELECT contact_id, kind, value FROM contact_points WHERE contact_id IN ({there}) ORDER BY value", part
        ):
            points.setdefault((contact, kind), []).append(value)
        for contact, name in session.tuples(f"SELECT id, name FROM contacts WHERE id IN ({there}) ORDER BY id", part):
            yield (
                contact, name, tuple(outlets.get(contact, ())), tuple(points.get((contact, "email"), ())),
                tuple(points.get((contact, "phone"), ())),
            )  # fmt: skip
