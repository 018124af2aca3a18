"""What goals on leads are counted from: leads that entered or went on in a stretch of time. Read-only.

Times are texts as the store keeps them, '' for never.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

COLUMNS = "l.id, l.opened_at, l.qualified_at, l.reached, l.campaign_id, l.source, l.owner, l.opener"


class Gone(NamedTuple):
    """How far a lead has gone, and when it first got there."""

    id: str
    opened: str
    qualified: str
    reached: Mapping[str, str]
    campaign: str
    source: str
    owner: str
    opener: str

    @property
    def engaged(self) -> str:
        """When it first reached any stage."""
        return min(self.reached.values(), default="")


def going(session: Session, start: str, end: str) -> list[Gone]:
    """The leads that were opened, qualified, reached a stage or were accepted between two times, by id."""
    found: dict[str, tuple[str, ...]] = {}
    for where in ("opened_at", "qualified_at"):
        found |= _by_id(
            session.tuples(
                f"SELECT {COLUMNS} FROM leads l WHERE l.{where} >= ? AND l.{where} < ? AND l.{where} <> '' "
                "AND l.opened_at > ''",
                (start, end),
            )
        )
    moved = session.tuples(
        "SELECT DISTINCT lead_id FROM lead_moves WHERE at >= ? AND at < ? AND what = 'status' AND aim = 'accepted'",
        (start, end),
    )
    others = {lead for (lead,) in moved} | _staged(session, start, end)
    for part in chunks(sorted(others.difference(found))):
        found |= _by_id(
            session.tuples(f"SELECT {COLUMNS} FROM leads l WHERE l.id IN ({holes(part)}) AND l.opened_at <> ''", part)
        )
    return [_gone(found[lead]) for lead in sorted(found)]


def _staged(session: Session, start: str, end: str) -> set[str]:
    """The leads that reached a stage between two times. One below the stage they hold is reached without a move."""
    rows = session.tuples(
        "SELECT id, reached FROM leads WHERE opened_at > '' AND opened_at < ? AND reached <> ''", (end,)
    )
    return {lead for lead, reached in rows if any(start <= at < end for at in reached.split('"')[3::4])}


def _by_id(rows: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in rows}


def _gone(row: tuple[str, ...]) -> Gone:
    """`reached` is as the store keeps it, [["engaged","2026-11-16T09:30:00Z"]]: to read it as JSON takes ten times as
    long, and ids of stages hold no quotes."""
    id_, opened, qualified, reached, campaign, source, owner, opener = row
    parts = reached.split('"')
    stages = dict(zip(parts[1::4], parts[3::4], strict=True))
    return Gone(id_, opened, qualified, stages, campaign, source, owner, opener)


def accepted(session: Session, leads: Sequence[str]) -> dict[str, str]:
    """When each of these leads was first accepted; those that never were are not in it."""
    found: dict[str, str] = {}
    for part in chunks(leads):
        found |= dict(
            session.tuples(
                f"SELECT lead_id, MIN(at) FROM lead_moves WHERE lead_id IN ({holes(part)}) AND what = 'status' "
                "AND aim = 'accepted' GROUP BY lead_id",
                part,
            )
        )
    return found


def offered_to(session: Session, leads: Sequence[str]) -> dict[str, str]:
    """To whom each of these leads was offered last."""
    found: dict[str, str] = {}
    for part in chunks(leads):
        rows = session.tuples(
            f"SELECT lead_id, aim FROM handoffs WHERE lead_id IN ({holes(part)}) ORDER BY lead_id, number", part
        )
        found |= dict(rows)
    return found


def begun(session: Session) -> tuple[str, str]:
    """When the first criteria came into force, and when the first touch was; '' for never."""
    terms = session.tuples("SELECT MIN(at) FROM terms")[0][0]
    touch = session.tuples("SELECT MIN(at) FROM touches")[0][0]
    return str(terms or ""), str(touch or "")
