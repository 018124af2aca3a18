"""Clicks by hour and visitors by day: answers are read from here and cost the same behind any number of hits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from commsleads.responses import Asked
from commsleads.store.engine import EPOCH, Session
from commsleads.store.signals import chunks, holes

AGAIN = "again"
"""The verdict under which repeated clicks stand: they were asked for, and are no clicks of their own."""

Key = tuple[str, str, str, str]
"""Link, hour, medium, verdict."""


def hour(arrival: int) -> str:
    """The hour of an arrival, in UTC: 2026-11-22T10."""
    return (EPOCH + timedelta(microseconds=arrival)).isoformat()[:13]


def key_of(link: str, arrival: int, asked: Asked, medium: str, verdict: str, *, again: bool) -> Key | None:
    """Under which key a hit is counted; None for one that is no click (asked for by HEAD or in advance) or waits."""
    if asked is not Asked.GET or not verdict:
        return None
    return link, hour(arrival), medium, AGAIN if again else verdict


def add(session: Session, changes: Mapping[Key, int]) -> None:
    """Add to the tallies what changed."""
    session.many(
        "INSERT INTO hit_tallies (link_id, hour, medium, verdict, n) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (link_id, hour, medium, verdict) DO UPDATE SET n = hit_tallies.n + excluded.n",
        [(*key, n) for key, n in sorted(changes.items()) if n],
    )


def put_days(session: Session, days: Iterable[tuple[str, str, int]]) -> None:
    """Write how many visitors these links had on these days: (link, day, visitors)."""
    session.many(
        "INSERT INTO hit_days (link_id, day, visitors) VALUES (?, ?, ?) "
        "ON CONFLICT (link_id, day) DO UPDATE SET visitors = excluded.visitors",
        days,
    )


def of_links(
    session: Session, links: Sequence[str], since: int = 0, until: int | None = None
) -> list[tuple[str, str, str, str, int]]:
    """The clicks of these links by hour: (link, hour, medium, verdict, n).

    `since` and `until` (left out) are arrivals; an hour that one of them cuts counts to the side of its beginning.
    """
    first, last = hour(since) if since else "", hour(until) if until is not None else "9"
    found: list[tuple[str, str, str, str, int]] = []
    for part in chunks(links):
        found += session.tuples(
            f"SELECT link_id, hour, medium, verdict, n FROM hit_tallies WHERE link_id IN ({holes(part)}) "
            "AND hour >= ? AND hour < ? AND n > 0 ORDER BY link_id, hour, medium, verdict",
            (*part, first, last),
        )
    return found


def visitors(session: Session, links: Sequence[str]) -> list[tuple[str, str, int]]:
    """Visitors of these links by day: (link, day, visitors). They add up to nothing, over days or over links."""
    found: list[tuple[str, str, int]] = []
    for part in chunks(links):
        found += session.tuples(
            f"SELECT link_id, day, visitors FROM hit_days WHERE link_id IN ({holes(part)}) ORDER BY link_id, day",
            part,
        )
    return found
