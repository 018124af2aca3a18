"""What people outside are called, where nothing else of them is wanted."""

from __future__ import annotations

from collections.abc import Iterable

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes


def names_of(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The names of these contacts; '' for one whose name is not known, or erased."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(ids))):
        found.update(session.tuples(f"SELECT id, name FROM contacts WHERE id IN ({holes(part)})", part))
    return found
