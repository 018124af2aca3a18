"""Contacts that are one person, as somebody said, until it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commsleads.journey import Merge
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.leads import waiting
from commsleads.store.signals import chunks, holes

_COLUMNS = ("id", "one", "other", "at", "by", "why", "undone_at", "undone_by", "undone_why")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM merges"
_sure = datetime.fromisoformat


def all_(session: Session) -> list[Merge]:
    """All merges, undone ones too, in the order in which they were made."""
    return [_merge(row) for row in session.tuples(f"{_SELECT} ORDER BY at, id")]


def standing(session: Session) -> list[Merge]:
    """Those that nobody undid."""
    return [_merge(row) for row in session.tuples(f"{_SELECT} WHERE undone_at = '' ORDER BY at, id")]


def around(session: Session, contacts: Sequence[str]) -> list[Merge]:
    """Those standing that join these contacts with others, however long the way: mostly none."""
    found: dict[str, Merge] = {}
    seen: set[str] = set()
    front = list(dict.fromkeys(contacts))
    while front:
        seen.update(front)
        fresh: set[str] = set()
        for part in chunks(front):
            these = holes(part)
            rows = session.tuples(
                f"{_SELECT} WHERE undone_at = '' AND one IN ({these}) UNION "
                f"{_SELECT} WHERE undone_at = '' AND other IN ({these})",
                (*part, *part),
            )
            for edge in map(_merge, rows):
                found[edge.id] = edge
                fresh.update((edge.one, edge.other))
        front = sorted(fresh - seen)
    return sorted(found.values(), key=lambda edge: (edge.at, edge.id))


def add(session: Session, merge: Merge) -> None:
    """Keep a merge. Both are to be told anew, and with them all that they are joined with."""
    session.many(f"INSERT INTO merges ({', '.join(_COLUMNS)}) VALUES ({holes(_COLUMNS)})", [_row(merge)])
    waiting.note(session, [merge.one, merge.other])


def undo(session: Session, merge_id: str, at: datetime, by: str, why: str = "") -> bool:
    """Undo a merge; False when there is none of that id that stands. All that were one person are to be told anew."""
    rows = session.tuples("SELECT one, other FROM merges WHERE id = ? AND undone_at = ''", (merge_id,))
    if not rows:
        return False
    session.execute(
        "UPDATE merges SET undone_at = :at, undone_by = :by, undone_why = :why WHERE id = :id",
        id=merge_id,
        at=stamp(at),
        by=by,
        why=why,
    )
    waiting.note(session, rows[0])
    return True


def _row(one: Merge) -> tuple[Any, ...]:
    undone = stamp(one.undone) if one.undone else ""
    return (one.id, one.one, one.other, stamp(one.at), one.by, one.why, undone, one.undone_by, one.undone_why)


def _merge(row: Sequence[Any]) -> Merge:
    ident, one, other, at, by, why, undone, undone_by, undone_why = row
    return Merge(ident, one, other, _sure(at), by, why, moment(undone), undone_by, undone_why)
