"""In which campaigns somebody is a target: by their contact, and by any of their addresses."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

ANY = "any"


def of_contacts(session: Session, contacts: Sequence[str], *, excluded: str = ANY) -> list[str]:
    """The ids of the targets that these people are, in all campaigns; with `excluded` those with that reason only."""
    found: set[str] = set()
    for part in chunks(contacts):
        there = holes(part)
        found.update(
            ident
            for ident, reason in session.tuples(
                f"SELECT id, excluded FROM targets WHERE contact_id IN ({there}) UNION "
                "SELECT t.id, t.excluded FROM contact_points p JOIN targets t ON t.email = p.value AND t.email <> '' "
                f"WHERE p.kind = 'email' AND p.contact_id IN ({there})",
                (*part, *part),
            )
            if excluded in (ANY, reason)
        )
    return sorted(found)


def of_address(session: Session, address: str, *, excluded: str = ANY) -> list[str]:
    """The ids of the targets with this folded address; with `excluded` those with that reason only."""
    rows = session.tuples("SELECT id, excluded FROM targets WHERE email = ? AND email <> '' ORDER BY id", (address,))
    return [ident for ident, reason in rows if excluded in (ANY, reason)]


def addresses(session: Session, targets: Sequence[str]) -> list[tuple[str, str]]:
    """The ids of these targets, each with its folded address, '' for none."""
    found: list[tuple[str, str]] = []
    for part in chunks(targets):
        found += [(ident, email) for ident, email in session.tuples(
            f"SELECT id, email FROM targets WHERE id IN ({holes(part)}) ORDER BY id", part
        )]  # fmt: skip
    return found
