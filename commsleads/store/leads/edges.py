"""Joinings as somebody looks at them: one by its id, and all around one person, those that were undone too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commsleads.journey import Merge
from commsleads.store.engine import Session, moment
from commsleads.store.signals import chunks, holes

_SELECT = "SELECT id, one, other, at, by, why, undone_at, undone_by, undone_why FROM merges"


def get(session: Session, ident: str) -> Merge | None:
    """The joining of that id, or of that beginning of one."""
    start = ident.lower() if len(ident) >= 4 and ident.isalnum() else "-"
    rows = session.tuples(f"{_SELECT} WHERE id = ? OR (id >= ? AND id < ?) LIMIT 2", (ident, start, start + "g"))
    exact = [row for row in rows if row[0] == ident]
    return _merge((exact or rows)[0]) if len(exact or rows) == 1 else None


def around(session: Session, contact: str) -> list[Merge]:
    """Every joining, standing or undone, of whoever may ever have been this person, in the order they were made.

    The way leads over undone edges too: a lead as it stood on a day needs those that stood then.
    """
    found: dict[str, Merge] = {}
    seen: set[str] = set()
    front = [contact]
    while front:
        seen.update(front)
        fresh: set[str] = set()
        for part in chunks(front):
            there = holes(part)
            rows = session.tuples(f"{_SELECT} WHERE one IN ({there}) OR other IN ({there})", (*part, *part))
            for edge in map(_merge, rows):
                found[edge.id] = edge
                fresh.update((edge.one, edge.other))
        front = sorted(fresh - seen)
    return sorted(found.values(), key=lambda edge: (edge.at, edge.id))


def _merge(row: Sequence[Any]) -> Merge:
    ident, one, other, at, by, why, undone, undone_by, undone_why = row
    return Merge(ident, one, other, datetime.fromisoformat(at), by, why, moment(undone), undone_by, undone_why)
