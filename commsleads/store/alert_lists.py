"""Alerts as people look at them: lists, what became of each send, which channels are in trouble, and who found them
useful."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commsleads.store.engine import Row, Session, stamp
from commsleads.store.signals import chunks, holes


def vote(session: Session, alert: str, voter: str, now: datetime, *, useful: bool) -> None:
    """Keep what somebody says of an alert. The newest of each voter counts; of one second the last word."""
    session.execute(
        "INSERT INTO alert_votes (alert_id, at, voter, useful) VALUES (:alert, :at, :voter, :useful) "
        "ON CONFLICT (alert_id, voter, at) DO UPDATE SET useful = excluded.useful",
        alert=alert,
        at=stamp(now),
        voter=voter,
        useful=int(useful),
    )


def votes(session: Session, ids: Sequence[str]) -> dict[str, list[tuple[str, bool]]]:
    """What each voter said last, by alert: (voter, useful)."""
    found: dict[str, dict[str, bool]] = {}
    for part in chunks(ids):
        for alert, voter, useful in session.tuples(
            f"SELECT alert_id, voter, useful FROM alert_votes WHERE alert_id IN ({holes(part)}) ORDER BY at", part
        ):
            found.setdefault(alert, {})[voter] = bool(useful)
    return {alert: list(said.items()) for alert, said in found.items()}


_COLUMNS = (
    "id, kind, level, subject, slot, title, text, command, evidence, owner, told_in, caused_at, raised_at, ready_at, "
    "settled_at, settled_why"
)


def by_id(session: Session, prefix: str) -> list[Row]:
    """The alerts whose id begins so, two at most."""
    return session.query(
        f"SELECT {_COLUMNS} FROM alerts WHERE id >= :low AND id < :high ORDER BY id LIMIT 2",
        low=prefix,
        high=prefix + "g",
    )


def listed(session: Session, *, start: str = "", end: str = "", only_open: bool = False, most: int = 0) -> list[Row]:
    """Alerts raised in a stretch (stamps), newest first; those not settled only, when asked. 0 is all."""
    return session.query(
        f"SELECT {_COLUMNS} FROM alerts WHERE raised_at >= :start AND (:end = '' OR raised_at < :end) "
        "AND (:open = 0 OR settled_at = '') ORDER BY raised_at DESC, id LIMIT :most",
        start=start,
        end=end,
        open=int(only_open),
        most=most or 1_000_000_000,
    )


def sends(session: Session, ids: Sequence[str]) -> dict[str, list[Row]]:
    """What became of these alerts on each channel, by alert."""
    found: dict[str, list[Row]] = {}
    for part in chunks(ids):
        for alert, *rest in session.tuples(
            f"SELECT alert_id, channel, state, at, next_at, tries, error FROM alert_sends "
            f"WHERE alert_id IN ({holes(part)}) ORDER BY alert_id, channel",
            part,
        ):
            names = ("channel", "state", "at", "next_at", "tries", "error")
            found.setdefault(alert, []).append(dict(zip(names, rest, strict=True)))
    return found


def count(session: Session, start: str, end: str) -> int:
    """How many causes were raised in a stretch (stamps); summaries are none of their own."""
    rows = session.tuples(
        "SELECT count(*) FROM alerts WHERE raised_at >= ? AND raised_at < ? AND subject <> 'summary'", (start, end)
    )
    return int(rows[0][0])


def troubled(session: Session, since: str, before: str) -> list[Row]:
    """What is wrong with each channel: a send of after `since` failed, was given up, or is in doubt since `before`.

    A channel that took a later one is well again.
    """
    return session.query(
        "SELECT channel, state, max(at) AS at, min(error) AS error, count(*) AS n FROM alert_sends s "
        "WHERE at >= :since AND (state IN ('failed', 'over') OR (state = 'sending' AND at < :before)) AND NOT EXISTS ("
        "SELECT 1 FROM alert_sends t WHERE t.channel = s.channel AND t.state = 'sent' AND t.at > s.at) "
        "GROUP BY channel, state ORDER BY channel, state",
        since=since,
        before=before,
    )
