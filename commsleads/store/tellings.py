"""What editions told, for those who count it again: the data of the digests of some periods. Read-only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from commsleads.store.engine import Session, moment
from commsleads.store.signals import chunks, holes

MARK = '"older_pieces":'
"""Stands in the data of a digest and of no other report. So the others, which may be long, are not read."""


class Told(NamedTuple):
    """One edition of a digest: `data` is its JSON, as it was told at `at`."""

    report: str
    period: str
    at: datetime
    data: dict[str, Any]


def digests(session: Session, periods: Sequence[str]) -> list[Told]:
    """The editions of the digest for these periods, in their order."""
    rows = session.tuples(
        f"SELECT name, period, written_at, data FROM reports WHERE state = 'written' AND period IN ({holes(periods)})",
        periods,
    )
    found = []
    for name, period, at, text in rows:
        told_at = moment(at)
        if MARK not in text or told_at is None:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            found.append(Told(name, period, told_at, data))
    place = {label: number for number, label in enumerate(periods)}
    return sorted(found, key=lambda one: (place[one.period], one.at, one.report))


class Seen(NamedTuple):
    """A signal as it stands now: what story it belongs to and when it was edited last ('' if never)."""

    id: str
    story: str
    title: str
    revised: str
    arrival: int


def signals(session: Session, ids: Sequence[str]) -> dict[str, Seen]:
    """These signals, by id."""
    found: dict[str, Seen] = {}
    for part in chunks(ids):
        for row in session.tuples(
            "SELECT id, story_id, CASE WHEN title <> '' THEN title ELSE substr(text, 1, 100) END, revised_at, arrival "
            f"FROM signals WHERE id IN ({holes(part)})",
            part,
        ):
            found[row[0]] = Seen(*row)
    return found


def declared_since(session: Session, since: str, until: str) -> list[str]:
    """The watches, outlets and campaigns that were declared anew in a stretch (stamps), each once."""
    rows = session.tuples(
        "SELECT DISTINCT kind, row_id FROM history WHERE kind IN ('watch', 'outlet', 'campaign') "
        "AND at > ? AND at <= ? ORDER BY kind, row_id",
        (since, until),
    )
    return [f"{kind} {name}" for kind, name in rows]


def merged_since(session: Session, since: str, until: str) -> int:
    """How many leads were joined, or parted again, in a stretch (stamps)."""
    rows = session.tuples(
        "SELECT count(*) FROM merges WHERE (at > ? AND at <= ?) OR (undone_at > ? AND undone_at <= ?)",
        (since, until, since, until),
    )
    return int(rows[0][0])


def agreed_since(session: Session, since: str, until: str) -> list[int]:
    """The criteria that were switched on in a stretch (stamps)."""
    rows = session.tuples("SELECT DISTINCT number FROM terms WHERE at > ? AND at <= ? ORDER BY number", (since, until))
    return [number for (number,) in rows]


def enquiries_changed_since(session: Session, ids: Sequence[str], since: str, until: str) -> set[str]:
    """Which of these enquiries (ids) were changed or logged in a stretch (stamps)."""
    found: set[str] = set()
    for part in chunks(ids):
        rows = session.tuples(
            f"SELECT DISTINCT row_id FROM history WHERE kind = 'enquiry' AND row_id IN ({holes(part)}) "
            "AND at > ? AND at <= ?",
            (*part, since, until),
        )
        found.update(name for (name,) in rows)
    return found


def entered(session: Session, source: str, start: int, end: int) -> list[tuple[str, str, str, str, str, str]]:
    """What a source that people feed brought in a stretch (arrivals) and was no copy: (story, title, outlet, published,
    first seen, extra), oldest first. Where nobody ever entered anything it costs nothing."""
    if not session.tuples("SELECT 1 FROM sources WHERE id = ?", (source,)):
        return []
    return session.tuples(
        "SELECT story_id, title, outlet, published_at, first_seen_at, extra FROM signals WHERE arrival >= ? "
        "AND arrival < ? AND source_id = ? AND story_why = '' ORDER BY arrival",
        (start, end, source),
    )


def phrases(session: Session, stories: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """By which phrase these stories were found: (watch, story, phrase, arrival), oldest first."""
    found: list[tuple[str, str, str, int]] = []
    for part in chunks(stories):
        ids = [
            name
            for (name,) in session.tuples(
                f"SELECT id FROM signals WHERE id IN ({holes(part)}) UNION "
                f"SELECT id FROM signals WHERE story_id IN ({holes(part)}) AND story_why <> ''",
                (*part, *part),
            )
        ]
        for some in chunks(ids):
            found += session.tuples(
                f"SELECT watch_id, story_id, phrase, arrival FROM matches WHERE signal_id IN ({holes(some)})", some
            )
    return sorted(found, key=lambda row: (row[3], row[0]))
