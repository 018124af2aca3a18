"""Requests that led nowhere, counted by day and word."""

from __future__ import annotations

from datetime import datetime

from commsleads.store.engine import Row, Session, stamp

WORDS = 1_000
"""Different words of a day; past these they are counted under one name."""
OTHERS = "…"


def add(session: Session, day: str, slug: str, why: str, *, n: int, at: datetime) -> None:
    """Count requests for a word, inside the caller's transaction. `day` is an ISO date of the organisation's zone."""
    if not _known(session, day, slug, why) and _words(session, day) >= WORDS:
        slug = OTHERS
    session.execute(
        "INSERT INTO orphans (day, slug, why, n, last_at) VALUES (:day, :slug, :why, :n, :at) "
        "ON CONFLICT (day, slug, why) DO UPDATE SET n = orphans.n + excluded.n, "
        "last_at = CASE WHEN excluded.last_at > orphans.last_at THEN excluded.last_at ELSE orphans.last_at END",
        day=day,
        slug=slug,
        why=why,
        n=n,
        at=stamp(at),
    )


def _known(session: Session, day: str, slug: str, why: str) -> bool:
    return bool(session.tuples("SELECT 1 FROM orphans WHERE day = ? AND slug = ? AND why = ?", (day, slug, why)))


def _words(session: Session, day: str) -> int:
    return int(session.tuples("SELECT count(*) FROM orphans WHERE day = ?", (day,))[0][0])


def listed(session: Session, since: str = "", limit: int = 100) -> list[Row]:
    """What was asked for in vain since a day, the most often asked for first."""
    return session.query(
        "SELECT slug, why, sum(n) AS n, max(last_at) AS last_at FROM orphans WHERE day >= :since "
        "GROUP BY slug, why ORDER BY n DESC, slug, why LIMIT :limit",
        since=since,
        limit=limit,
    )
