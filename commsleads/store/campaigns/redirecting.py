"""When our redirector ran: while it did not, clicks were not observed."""

from __future__ import annotations

from datetime import datetime

from commsleads.store.engine import EPOCH, Session, moment, stamp


def note(session: Session, run: str, now: datetime) -> None:
    """Note that this process of the redirector is alive now."""
    session.execute(
        "INSERT INTO redirector_runs (id, since_at, seen_at) VALUES (:id, :now, :now) "
        "ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at WHERE redirector_runs.seen_at < excluded.seen_at",
        id=run,
        now=stamp(now),
    )


def stretches(session: Session, since: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches in which it ran, as far as they reach beyond `since`, oldest first. They may overlap."""
    rows = session.tuples(
        "SELECT since_at, seen_at FROM redirector_runs WHERE seen_at >= ? ORDER BY since_at, id", (stamp(since),)
    )
    return [(moment(first) or EPOCH, moment(last) or EPOCH) for first, last in rows]
