"""Clicks and visitors by day: answers are read from here and cost the same behind any number of hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from commsleads.responses import Asked, Verdict
from commsleads.store.engine import EPOCH, Session
from commsleads.store.signals import chunks, holes

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

AGAIN = "again"
"""The verdict under which people's repeated clicks stand: they were asked for, and are no clicks of their own."""
PEOPLE = (str(Verdict.HUMAN), str(Verdict.LIKELY))

BITE = 20_000
"""Hits read at once where all are counted anew."""

Key = tuple[str, str, str, str]
"""Link, day, medium, verdict."""


def day(arrival: int, zone: ZoneInfo) -> str:
    """The day of an arrival in the organisation's zone: 2026-11-22."""
    return (EPOCH + timedelta(microseconds=arrival)).astimezone(zone).date().isoformat()


def key_of(link: str, day: str, asked: Asked, medium: str, verdict: str, *, again: bool) -> Key | None:
    """Under which key a hit is counted; None for one that is no click (asked for by HEAD or in advance) or waits."""
    if asked is not Asked.GET or not verdict:
        return None
    return link, day, medium, AGAIN if again and verdict in PEOPLE else verdict


def add(session: Session, changes: Mapping[Key, int]) -> None:
    """Add to the tallies what changed."""
    session.many(
        "INSERT INTO hit_tallies (link_id, day, medium, verdict, n) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (link_id, day, medium, verdict) DO UPDATE SET n = hit_tallies.n + excluded.n",
        [(*key, n) for key, n in sorted(changes.items()) if n],
    )


def recount(session: Session, zone: ZoneInfo) -> None:
    """Count all hits anew by the days of another zone, in the caller's transaction. Reads every hit."""
    asked = {str(one): one for one in Asked}
    counts: Counter[Key] = Counter()
    seen: dict[tuple[str, str], set[str]] = {}
    after = ("", 0, "")
    while rows := session.tuples(
        "SELECT link_id, arrival, id, asked, medium, verdict, again, visitor FROM hits WHERE verdict <> '' "
        "AND (link_id > ? OR (link_id = ? AND (arrival > ? OR (arrival = ? AND id > ?)))) "
        "ORDER BY link_id, arrival, id LIMIT ?",
        (after[0], after[0], after[1], after[1], after[2], BITE),
    ):
        for link, arrival, ident, how, medium, verdict, again, visitor in rows:
            one = day(arrival, zone)
            if key := key_of(link, one, asked[how], medium, verdict, again=bool(again)):
                counts[key] += 1
            people = seen.setdefault((link, one), set())
            if visitor and verdict in PEOPLE:
                people.add(visitor)
            after = (link, arrival, ident)
    session.execute("DELETE FROM hit_tallies")
    session.execute("DELETE FROM hit_days")
    add(session, counts)
    put_days(session, [(link, one, len(people)) for (link, one), people in sorted(seen.items())])


def put_days(session: Session, days: Iterable[tuple[str, str, int]]) -> None:
    """Write how many visitors these links had on these days: (link, day, visitors)."""
    session.many(
        "INSERT INTO hit_days (link_id, day, visitors) VALUES (?, ?, ?) "
        "ON CONFLICT (link_id, day) DO UPDATE SET visitors = excluded.visitors",
        days,
    )


def of_links(
    session: Session, links: Sequence[str], since: str = "", until: str = "9"
) -> list[tuple[str, str, str, str, int]]:
    """The clicks of these links by day: (link, day, medium, verdict, n). `since` and `until` (left out) are days."""
    found: list[tuple[str, str, str, str, int]] = []
    for part in chunks(links):
        found += session.tuples(
            f"SELECT link_id, day, medium, verdict, n FROM hit_tallies WHERE link_id IN ({holes(part)}) "
            "AND day >= ? AND day < ? AND n > 0 ORDER BY link_id, day, medium, verdict",
            (*part, since, until),
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
