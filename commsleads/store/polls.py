"""What polls came to in a stretch of time, by source; and what became of editions in it. Read-only."""

from __future__ import annotations

from typing import NamedTuple

from commsleads.store.engine import Session


class Polled(NamedTuple):
    """The polls of one source: how many, how many of them failed, and what they brought for the first time."""

    polls: int = 0
    failed: int = 0
    new: int = 0


def polled(session: Session, start: str, end: str) -> dict[str, Polled]:
    """The polls between two times (stamps), by source."""
    rows = session.tuples(
        "SELECT source_id, count(*), sum(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END), sum(new) FROM polls "
        "WHERE outcome <> 'skipped' AND at >= ? AND at < ? GROUP BY source_id",
        (start, end),
    )
    return {row[0]: Polled(*row[1:]) for row in rows}


def written(session: Session, start: str, end: str) -> dict[str, int]:
    """How many reports were written between two times, and how many could not be: by their state."""
    rows = session.tuples(
        "SELECT state, count(*) FROM reports WHERE written_at >= ? AND written_at < ? GROUP BY state", (start, end)
    )
    return {str(state): int(n) for state, n in rows}


def delivered(session: Session, start: str, end: str) -> dict[str, int]:
    """The deliveries whose state is of a time between two times, by that state."""
    rows = session.tuples(
        "SELECT state, count(*) FROM deliveries WHERE at >= ? AND at < ? GROUP BY state", (start, end)
    )
    return {str(state): int(n) for state, n in rows}
