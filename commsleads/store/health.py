"""How well we looked: sources, their gaps, what could not be read, taken in or delivered. Read-only."""

from __future__ import annotations

from commsleads.store.engine import Row, Session
from commsleads.store.reports import TRIES

SEAMLESS = "so nothing was lost."
"""How `sources.close_gap` ends its sentence when the feed still held what was missed."""


def sources(session: Session) -> list[Row]:
    """Every source that is polled, with its state, and when it was first asked ('' when never).

    What people feed by hand is nothing that could fail to be observed.
    """
    return session.query(
        "SELECT id, kind, name, url, state, paused_why, last_success_at, last_polled_at, last_new_at, last_error, "
        "failures, every_seconds, note, coalesce((SELECT min(at) FROM polls WHERE source_id = sources.id), '') "
        "AS first_polled_at FROM sources WHERE origin <> 'people' ORDER BY id"
    )


def gaps(session: Session, start: str, end: str) -> list[Row]:
    """The gaps that touch a stretch (stamps), oldest first. `seamless` is 1 when nothing was lost but time."""
    return session.query(
        "SELECT source_id AS source, start_at, end_at, why, CASE WHEN end_at <> '' AND why LIKE :seamless "
        "THEN 1 ELSE 0 END AS seamless FROM gaps WHERE (end_at > :start OR end_at = '') AND start_at < :end "
        "ORDER BY start_at, source_id",
        start=start,
        end=end,
        seamless=f"%{SEAMLESS}",
    )


def ran(session: Session, start: str, end: str, arrivals: tuple[int, int]) -> bool:
    """Whether anybody polled in a stretch (stamps) or anything came in it."""
    return bool(
        session.tuples("SELECT 1 FROM polls WHERE at >= ? AND at < ? LIMIT 1", (start, end))
        or session.tuples("SELECT 1 FROM signals WHERE arrival >= ? AND arrival < ? LIMIT 1", arrivals)
    )


def unread(session: Session) -> list[Row]:
    """What came and could not be read, the newest of each source."""
    return session.query(
        "SELECT source_id AS source, at, why, media_type, size FROM unread ORDER BY at DESC, source_id"
    )


def undelivered(session: Session, before: str, since: str = "") -> list[Row]:
    """Deliveries that fail or were given up, came back, or were begun before then and never ended; and reports that
    could not be written.

    A report that every run died of is among them: it is not tried again. What was given up or came back longer ago
    than `since` is no news; a doubt stays until somebody decides.
    """
    return session.query(
        "SELECT name, period, recipient, state, error, next_at FROM deliveries WHERE state = 'failed' "
        "OR (state IN ('over', 'bounced') AND at >= :since) OR (state = 'sending' AND at < :before) UNION ALL "
        "SELECT name, period, '', state, error, '' FROM reports WHERE state = 'failed' UNION ALL "
        "SELECT name, period, '', state, :died, '' FROM reports WHERE state = 'begun' AND tries >= :most "
        "AND leased_until <= :before ORDER BY 2, 1, 3",
        before=before,
        since=since,
        most=TRIES,
        died="Every run that wrote it ended before it was done.",
    )


def stuck(session: Session) -> tuple[int, str]:
    """How many signals could not be taken in, and why the first of them."""
    rows = session.tuples("SELECT count(*), coalesce(min(error), '') FROM pending WHERE error <> ''")
    return int(rows[0][0]), str(rows[0][1])


def changes(session: Session, start: str, end: str) -> list[Row]:
    """What was declared anew in a stretch (stamps): sources, watches, outlets and campaigns, oldest first."""
    return session.query(
        "SELECT at, what, kind, row_id FROM history WHERE kind IN ('source', 'watch', 'outlet', 'campaign') "
        "AND at >= :start AND at < :end ORDER BY at, kind, row_id, what",
        start=start,
        end=end,
    )
