"""What credit is counted from: qualified leads with their touches, and how offers were answered. Read-only.

Rows come as tuples, because a table of credit may read a million touches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from commsleads.store.engine import Session
from commsleads.store.leads import guarded
from commsleads.store.signals import chunks, holes

BITE = 400
"""Leads whose touches are in memory at a time."""


class Qualified(NamedTuple):
    """A lead that qualified, when, and by which touch it was made a lead."""

    id: str
    at: str
    opener: str
    self_reported: str | None


class Touched(NamedTuple):
    """A touch as credit needs it, in the order in which touches happened. `key` is what is given credit."""

    at: str
    learned: str
    id: str
    key: str


COLUMNS = {"campaign": "campaign_id", "source": "source", "channel": "channel"}
"""Where what is given credit stands."""


def qualified(session: Session, start: str, end: str) -> list[Qualified]:
    """The leads that qualified for the first time between two times, by id; what is not for everybody is left out."""
    rows = session.tuples(
        "SELECT id, qualified_at, opener, self_reported FROM leads WHERE qualified_at <> '' "
        "AND qualified_at >= ? AND qualified_at < ? AND opened_at > '' ORDER BY id",
        (start, end),
    )
    hidden = guarded.whose(session)
    return [Qualified(ident, at, opener, None if ident in hidden else said) for ident, at, opener, said in rows]


def touched(session: Session, leads: Sequence[Qualified], key: str) -> Iterator[tuple[Qualified, list[Touched]]]:
    """Each lead with its touches that count as known now, up to the moment it qualified, oldest first."""
    select = f"SELECT contact_id, version, counts, kind, at, learned_at, id, {COLUMNS[key]} FROM touches"
    for part in chunks(leads, BITE):
        whose = {one.id: one.id for one in part}
        ids = list(whose)
        people = session.tuples(f"SELECT contact_id, lead_id FROM lead_people WHERE lead_id IN ({holes(ids)})", ids)
        whose |= dict(people)
        found: dict[str, list[tuple[Any, ...]]] = {one.id: [] for one in part}
        for some in chunks(list(whose)):
            for row in session.tuples(f"{select} WHERE contact_id IN ({holes(some)})", some):
                found[whose[row[0]]].append(row)
        for lead in part:
            rows, at = found[lead.id], lead.at
            if any(row[1] > 1 for row in rows):
                rows = _newest(rows)
            mine = [Touched(*row[4:]) for row in rows if row[2] and row[4] <= at and row[3] != "known"]
            mine.sort()
            yield lead, mine


def _newest(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if row[6] not in found or found[row[6]][1] < row[1]:
            found[row[6]] = row
    return list(found.values())


def answered(session: Session, start: str, end: str) -> list[tuple[str, str, str]]:
    """The offers made between two times that were accepted, rejected or lapsed: (to whom, campaign, answer)."""
    return session.tuples(
        "SELECT h.aim, l.campaign_id, h.answer FROM handoffs h JOIN leads l ON l.id = h.lead_id "
        "WHERE h.at >= ? AND h.at < ? AND h.answer IN ('accepted', 'rejected', 'lapsed') ORDER BY h.at, h.lead_id",
        (start, end),
    )


def opened(session: Session, start: str, end: str, now: str) -> list[tuple[str, int, int]]:
    """The leads opened between two times, by campaign: (campaign, how many of them had qualified by now, all)."""
    return session.tuples(
        "SELECT campaign_id, SUM(CASE WHEN qualified_at <> '' AND qualified_at <= ? THEN 1 ELSE 0 END), count(*) "
        "FROM leads WHERE opened_at <> '' AND opened_at >= ? AND opened_at < ? "
        "GROUP BY campaign_id ORDER BY campaign_id",
        (now, start, end),
    )
