"""Which report was told for which period: each claimed by a row before anything is written, and kept as it was told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commsleads.contract import Document, Period
from commsleads.store import deliveries, editions
from commsleads.store.engine import Row, Session, moment, stamp
from commsleads.store.history import dump
from commsleads.store.signals import last_arrival

LEASE = timedelta(minutes=10)
"""How long a run may take over one report before another may take it up."""
TRIES = 5
"""How often writing one report is tried before it waits for a person."""


class Claimed(NamedTuple):
    """A report this run is to write. `cutoff` is the newest arrival that counts, frozen at the first claim; `turn`
    tells this claim from those before and after it."""

    name: str
    period: Period
    cutoff: int
    turn: int


def told(session: Session, name: str) -> set[str]:
    """The periods of this report that are written, or failed so often that a person must look."""
    rows = session.tuples(
        "SELECT period FROM reports WHERE name = ? AND (state = 'written' OR tries >= ?)", (name, TRIES)
    )
    return {period for (period,) in rows}


def free_dead(session: Session, lives: Callable[[str], bool]) -> None:
    """Let another run take up the reports that runs which no longer live had begun."""
    holders = session.tuples("SELECT DISTINCT leased_by FROM reports WHERE state = 'begun' AND leased_until <> ''")
    dead = [run for (run,) in holders if run and not lives(run)]
    session.many(
        "UPDATE reports SET leased_until = '' WHERE state = 'begun' AND leased_by = ?", [(run,) for run in dead]
    )


def claim(
    session: Session, name: str, period: Period, now: datetime, *, run: str = "", due_at: datetime | None = None
) -> Claimed | None:
    """Take hold of one report of one period; None when it is written or another run is at it.

    `due_at` is when it was to be told, None when a person asks for it.
    """
    rows = session.query(
        "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, leased_by, "
        "due_at) VALUES (:name, :period, :start, :end, :cutoff, 'begun', :now, :until, :run, :due) "
        "ON CONFLICT (name, period) DO UPDATE SET state = 'begun', begun_at = excluded.begun_at, "
        "leased_until = excluded.leased_until, leased_by = excluded.leased_by, tries = reports.tries + 1 "
        "WHERE reports.state <> 'written' AND reports.tries < :most AND (reports.leased_until <= excluded.begun_at "
        # Longer than any lease: it was begun while the clock was wrong.
        "OR reports.leased_until > :tomorrow) "
        "RETURNING cutoff, tries",
        name=name,
        period=period.label,
        start=stamp(period.start),
        end=stamp(period.end),
        cutoff=last_arrival(session),
        now=stamp(now),
        until=stamp(now + LEASE),
        tomorrow=stamp(now + timedelta(days=1)),
        run=run,
        due=stamp(due_at) if due_at else "",
        most=TRIES,
    )
    return Claimed(name, period, rows[0]["cutoff"], rows[0]["tries"]) if rows else None


def written(
    session: Session,
    claimed: Claimed,
    document: Document,
    to: Mapping[str, str],
    now: datetime,
    *,
    settings: str = "",
    program: str = "",
    inputs: str = "",
) -> bool:
    """Keep the document as it was told, and a row for each recipient (`to`: the audience by address), all at once.

    `inputs` are the facts it was written from, `settings` and `program` what with. False when another run took the
    report up meanwhile, because this one slept past its lease: that one tells it.
    """
    with session.atomic():
        ours = session.execute(
            "UPDATE reports SET state = 'written', written_at = :now, leased_until = '', error = '', "
            "subject = :subject, text = :text, markdown = :markdown, html = :html, data = :data, printed = :printed, "
            "settings = :settings, program = :program, inputs = :inputs "
            "WHERE name = :name AND period = :period AND state = 'begun' AND tries = :turn",
            name=claimed.name,
            period=claimed.period.label,
            turn=claimed.turn,
            now=stamp(now),
            subject=document.subject,
            text=document.text,
            markdown=document.markdown,
            html=document.html,
            data=dump(document.data),
            printed=document.printed,
            settings=settings,
            program=program,
            inputs=inputs,
        )
        if ours:
            editions.keep(session, claimed.name, claimed.period.label, document)
            deliveries.address(session, claimed.name, claimed.period.label, to, now)
    return bool(ours)


def failed(session: Session, claimed: Claimed, error: str, now: datetime) -> None:
    """Writing it went wrong; it is tried again later, `TRIES` times in all, if no other run has taken it up."""
    session.execute(
        "UPDATE reports SET state = 'failed', error = :error, leased_until = :until "
        "WHERE name = :name AND period = :period AND state = 'begun' AND tries = :turn",
        name=claimed.name,
        period=claimed.period.label,
        turn=claimed.turn,
        error=error,
        until=stamp(now + LEASE),
    )


def document(session: Session, name: str, period: str) -> Document | None:
    """The document as it was first told, with all its parts, or None."""
    rows = session.query(
        "SELECT subject, text, markdown, html, data, printed FROM reports "
        "WHERE name = :name AND period = :period AND state = 'written'",
        name=name,
        period=period,
    )
    if not rows:
        return None
    data: Mapping[str, Any] = json.loads(rows[0].pop("data"))
    pictures, attachments = editions.files(session, name, period)
    versions = editions.versions(session, name, period)
    return Document(data=data, pictures=pictures, attachments=attachments, versions=versions, **rows[0])


def written_at(session: Session, name: str, period: str) -> datetime | None:
    """When a report was told; None when it was not."""
    rows = session.tuples(
        "SELECT written_at FROM reports WHERE name = ? AND period = ? AND state = 'written'", (name, period)
    )
    return moment(rows[0][0]) if rows else None


def schedule(session: Session, name: str, period: str) -> tuple[datetime | None, datetime | None] | None:
    """When a report was due and when it was told; None for one that nobody has begun."""
    rows = session.tuples("SELECT due_at, written_at FROM reports WHERE name = ? AND period = ?", (name, period))
    return (moment(rows[0][0]), moment(rows[0][1])) if rows else None


def before(session: Session, name: str, start: str) -> Row | None:
    """The newest edition of a report whose period ended by then (a stamp)."""
    rows = session.query(
        "SELECT period, written_at, due_at FROM reports WHERE name = :name AND state = 'written' AND end_at <= :start "
        "ORDER BY end_at DESC LIMIT 1",
        name=name,
        start=start,
    )
    return rows[0] if rows else None


def recent(session: Session, since: datetime) -> list[Row]:
    """Reports written since then, oldest first."""
    return session.query(
        "SELECT name, period, written_at FROM reports WHERE state = 'written' AND begun_at >= :since "
        "ORDER BY begun_at, name",
        since=stamp(since),
    )
