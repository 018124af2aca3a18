"""What credit is counted from: qualified leads with their touches, and how offers were answered. Read-only.

Rows come as tuples, because a table of credit may read a million touches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

BITE = 400
"""Leads whose touches are in memory at a time."""


class Qualified(NamedTuple):
    """A lead that qualified, when, and by which touch it was made a lead."""

    id: str
    at: str
    opener: str
    self_reported: str


class Touched(NamedTuple):
    """A touch as credit needs it."""

    id: str
    at: str
    learned: str
    campaign: str
    source: str
    channel: str


def qualified(session: Session, start: str, end: str) -> list[Qualified]:
    """The leads that qualified for the first time between two times, by id."""
    rows = session.tuples(
        "SELECT id, qualified_at, opener, self_reported FROM leads WHERE qualified_at >= ? AND qualified_at < ? "
        "AND opened_at <> '' ORDER BY id",
        (start, end),
    )
    return [Qualified(*row) for row in rows]


def touched(session: Session, leads: Sequence[Qualified]) -> Iterator[tuple[Qualified, list[Touched]]]:
    """Each lead with its touches that count as known now, up to the moment it qualified, oldest first."""
    for part in chunks(leads, BITE):
        whose = {one.id: one.id for one in part}
        ids = list(whose)
        people = session.tuples(f"SELECT contact_id, lead_id FROM lead_people WHERE lead_id IN ({holes(ids)})", ids)
        whose |= dict(people)
        newest: dict[str, tuple[int, int, str, Touched]] = {}
        for some in chunks(list(whose)):
            rows = session.tuples(
                "SELECT id, version, counts, kind, contact_id, at, learned_at, campaign_id, source, channel "
                f"FROM touches WHERE contact_id IN ({holes(some)})",
                some,
            )
            for id_, version, counts, kind, contact, *rest in rows:
                known = newest.get(id_)
                if known is None or known[0] < version:
                    newest[id_] = version, counts and kind != "known", contact, Touched(id_, *rest)
        found: dict[str, list[Touched]] = {one.id: [] for one in part}
        for _, counts, contact, touch in newest.values():
            if counts:
                found[whose[contact]].append(touch)
        for lead in part:
            mine = [one for one in found[lead.id] if one.at <= lead.at]
            mine.sort(key=lambda one: (one.at, one.learned, one.id))
            yield lead, mine


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
        "FROM leads WHERE opened_at >= ? AND opened_at < ? GROUP BY campaign_id ORDER BY campaign_id",
        (now, start, end),
    )
