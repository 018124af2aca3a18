"""How far each file of the spool has been read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from commsleads.store.engine import EPOCH, Session, moment, stamp


class Read(NamedTuple):
    """How far a file was read, and when it last was."""

    upto: int
    at: datetime


def read(session: Session) -> dict[str, Read]:
    """All files that were read from, by name."""
    rows = session.tuples("SELECT name, upto, at FROM spools")
    return {name: Read(upto, moment(at) or EPOCH) for name, upto, at in rows}


def upto(session: Session, name: str) -> int:
    """Where to go on reading a file."""
    rows = session.tuples("SELECT upto FROM spools WHERE name = ?", (name,))
    return int(rows[0][0]) if rows else 0


def put(session: Session, name: str, upto: int, now: datetime) -> None:
    """Note how far a file has been read, in the transaction that keeps what was read."""
    session.execute(
        "INSERT INTO spools (name, upto, at) VALUES (:name, :upto, :at) "
        "ON CONFLICT (name) DO UPDATE SET upto = excluded.upto, at = excluded.at",
        name=name,
        upto=upto,
        at=stamp(now),
    )


def forget(session: Session, names: Collection[str]) -> None:
    """Forget files that are no more."""
    session.many("DELETE FROM spools WHERE name = ?", [(name,) for name in names])
