"""Touches that one of us noted by hand. What follows from them is made by the intake, from their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.store.engine import Row, Session, stamp
from commsleads.store.leads import evidence
from commsleads.store.signals import chunks


class Noted(NamedTuple):
    """What somebody noted: with whom, when and how they were in touch, and what was said."""

    id: str
    contact: str
    at: datetime
    kind: str
    marks: str
    source: str
    detail: str = ""
    campaign: str = ""
    cta: str = ""
    outlet: str = ""
    words: str = ""


def add(session: Session, noted: Noted, *, now: datetime, by: str) -> None:
    """Keep one. It is looked at by the intake."""
    session.execute(
        "INSERT INTO noted "
        "(id, contact_id, at, kind, marks, source, detail, campaign_id, cta_id, outlet, words, made_at, by) "
        "VALUES (:id, :contact, :at, :kind, :marks, :source, :detail, :campaign, :cta, :outlet, :words, :now, :by)",
        **noted._asdict() | {"at": stamp(noted.at)},
        now=stamp(now),
        by=by,
    )
    evidence.note(session, evidence.NOTED, [noted.id])


def take_back(session: Session, ident: str, *, now: datetime, by: str, why: str) -> None:
    """Say that it was noted by mistake. The row stays."""
    session.execute(
        "UPDATE noted SET gone_at = :now, gone_by = :by, gone_why = :why WHERE id = :id AND gone_at = ''",
        id=ident,
        now=stamp(now),
        by=by,
        why=why,
    )
    evidence.note(session, evidence.NOTED, [ident])


def several(session: Session, ids: Sequence[str]) -> list[Row]:
    """Those of these ids, with all that was noted."""
    found: list[Row] = []
    for part in chunks(ids):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        there = ", ".join(f":{name}" for name in names)
        found += session.query(f"SELECT * FROM noted WHERE id IN ({there}) ORDER BY id", **names)
    return found


def find(session: Session, ident: str) -> Row | None:
    """The one of that id, of that beginning of one, or that a touch of that id rests on."""
    wanted = ident.strip().lower()
    start = wanted if len(wanted) >= 4 and wanted.isalnum() else "-"
    rows = session.query(
        "SELECT * FROM noted WHERE id = :id OR (id >= :start AND id < :end) "
        "OR id IN (SELECT substr(evidence, 7) FROM touches WHERE id = :id AND evidence LIKE 'noted %') LIMIT 2",
        id=wanted,
        start=start,
        end=f"{start}g",
    )
    exact = [row for row in rows if row["id"] == wanted]
    return (exact or rows)[0] if len(exact or rows) == 1 else None
