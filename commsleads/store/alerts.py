"""Alerts: each cause once, and what became of it on each channel. Causes are looked up in `alert_causes`.

A send is claimed by its row before anything leaves. One that was claimed and never ended is in doubt: nobody knows
whether it arrived, and it is not sent again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.rules.alerts.causes import Cause
from commsleads.rules.alerts.routing import Way
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.signals import chunks, holes

TRIES = 6
"""How often one send is tried before it is given up."""
PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180))
"""How long after each try that failed the next one is."""
FARTHEST = timedelta(days=2)
"""Quiet hours end sooner, and so does every pause: a time that lies farther ahead was set by a wrong clock."""


class Raised(NamedTuple):
    """A cause with all that is kept of it. `told_in` is the id of the summary that tells it, '' when it is told alone;
    `ways` are the channels that carry it."""

    cause: Cause
    ready_at: datetime
    told_in: str = ""
    ways: Sequence[Way] = ()


def known(session: Session, ids: Sequence[str]) -> set[str]:
    """Which of these causes were raised before."""
    found: set[str] = set()
    for part in chunks(ids):
        found.update(one for (one,) in session.tuples(f"SELECT id FROM alerts WHERE id IN ({holes(part)})", part))
    return found


def about(session: Session, kind: str, subjects: Sequence[str]) -> set[str]:
    """The subjects of these that an alert of this kind was ever raised about."""
    found: set[str] = set()
    for part in chunks(subjects):
        rows = session.tuples(
            f"SELECT DISTINCT subject FROM alerts WHERE kind = ? AND subject IN ({holes(part)})", (kind, *part)
        )
        found.update(one for (one,) in rows)
    return found


def insert(session: Session, raised: Iterable[Raised], now: datetime) -> list[str]:
    """Keep what is raised and let its channels wait for it; the ids of those that were not there before."""
    new: list[str] = []
    for one in raised:
        cause = one.cause
        kept = session.execute(
            "INSERT INTO alerts (id, kind, level, subject, slot, title, text, command, evidence, owner, told_in, "
            "caused_at, raised_at, ready_at) VALUES (:id, :kind, :level, :subject, :slot, :title, :text, :command, "
            ":evidence, :owner, :told_in, :caused_at, :raised_at, :ready_at) ON CONFLICT (id) DO NOTHING",
            id=cause.id,
            kind=cause.kind,
            level=cause.level,
            subject=cause.subject,
            slot=cause.slot,
            title=cause.title,
            text=cause.text,
            command=cause.command,
            evidence=json.dumps(cause.evidence, ensure_ascii=False),
            owner=cause.owner,
            told_in=one.told_in,
            caused_at=stamp(cause.caused_at),
            raised_at=stamp(now),
            ready_at=stamp(one.ready_at),
        )
        if not kept:
            continue
        new.append(cause.id)
        session.many(
            "INSERT INTO alert_sends (alert_id, channel, state, at, next_at) VALUES (?, ?, 'waiting', ?, ?) "
            "ON CONFLICT DO NOTHING",
            [(cause.id, way.channel, stamp(now), stamp(way.at)) for way in one.ways],
        )
    return new


def open_(session: Session, kinds: Collection[str]) -> list[Row]:
    """The alerts of these kinds that are not settled."""
    return session.query(
        "SELECT id, kind, subject, slot, raised_at, told_in FROM alerts WHERE settled_at = '' "
        f"AND kind IN ({', '.join(':k' + str(n) for n, _ in enumerate(kinds))}) ORDER BY raised_at, id",
        **{f"k{n}": kind for n, kind in enumerate(kinds)},
    )


def subjects(session: Session, kind: str, start: datetime, end: datetime) -> set[str]:
    """What alerts of a kind that were raised in a stretch are about."""
    rows = session.tuples(
        "SELECT DISTINCT subject FROM alerts WHERE kind = ? AND raised_at >= ? AND raised_at < ?",
        (kind, stamp(start), stamp(end)),
    )
    return {one for (one,) in rows}


def newest(session: Session, kind: str, subject: str) -> Row | None:
    """The newest alert of a kind about a subject, or None. One on a whole week (`2026-W47`) is of another sort."""
    rows = session.query(
        "SELECT id, raised_at, settled_at FROM alerts WHERE kind = :kind AND subject = :subject "
        "AND slot NOT LIKE '%W%' ORDER BY raised_at DESC, id LIMIT 1",
        kind=kind,
        subject=subject,
    )
    return rows[0] if rows else None


def settle(session: Session, ids: Iterable[str], now: datetime, why: str) -> int:
    """What these were raised for is over; how many were open."""
    done = 0
    for one in ids:
        done += session.execute(
            "UPDATE alerts SET settled_at = :now, settled_why = :why WHERE id = :id AND settled_at = ''",
            id=one,
            now=stamp(now),
            why=why,
        )
    return done


def summaries_done(session: Session) -> list[str]:
    """The open summaries of which every part is settled."""
    rows = session.tuples(
        "SELECT id FROM alerts a WHERE settled_at = '' AND subject = 'summary' AND NOT EXISTS ("
        "SELECT 1 FROM alerts b WHERE b.told_in = a.id AND b.settled_at = '')"
    )
    return [one for (one,) in rows]


def taken_out(session: Session) -> list[str]:
    """The open alerts on stories that somebody has taken out since, and not put back."""
    rows = session.tuples(
        "SELECT a.id FROM alerts a WHERE a.settled_at = '' AND a.kind IN ('tier 1', 'risk word') AND EXISTS ("
        "SELECT 1 FROM removals r WHERE r.story_id = a.subject AND r.removed = 1 AND NOT EXISTS ("
        "SELECT 1 FROM removals k WHERE k.story_id = r.story_id AND k.watch_id = r.watch_id AND k.number > r.number "
        "AND k.removed = 0))"
    )
    return [one for (one,) in rows]


def parts(session: Session, summary: str) -> list[str]:
    """The alerts that a summary told."""
    return [one for (one,) in session.tuples("SELECT id FROM alerts WHERE told_in = ? ORDER BY id", (summary,))]


# --- sends -------------------------------------------------------------------------------------------------------


def drop_settled(session: Session, now: datetime) -> int:
    """What settled before it could go out goes out no more; how many sends that were."""
    return session.execute(
        "UPDATE alert_sends SET state = 'dropped', at = :now, error = '' WHERE state IN ('waiting', 'failed') "
        "AND alert_id IN (SELECT id FROM alerts WHERE settled_at <> '')",
        now=stamp(now),
    )


def ready(session: Session, now: datetime, most: int = 200) -> list[Row]:
    """The sends whose time has come, the gravest and oldest first. What a wrong clock put off waits no longer."""
    return session.query(
        "SELECT s.alert_id, s.channel, s.tries, a.kind, a.level, a.title, a.text, a.command, a.owner, a.raised_at "
        "FROM alert_sends s JOIN alerts a ON a.id = s.alert_id WHERE s.state IN ('waiting', 'failed') "
        "AND (s.next_at <= :now OR s.next_at > :far) ORDER BY CASE a.level WHEN 'crisis' THEN 0 WHEN 'escalate' THEN 1 "
        "WHEN 'review' THEN 2 ELSE 3 END, a.raised_at, s.alert_id, s.channel LIMIT :most",
        now=stamp(now),
        far=stamp(now + FARTHEST),
        most=most,
    )


def any_ready(session: Session, now: datetime) -> bool:
    """Whether `ready` would find one: asked at each heartbeat."""
    return bool(
        session.tuples(
            "SELECT 1 FROM alert_sends WHERE state IN ('waiting', 'failed') AND (next_at <= ? OR next_at > ?) LIMIT 1",
            (stamp(now), stamp(now + FARTHEST)),
        )
    )


def claim(session: Session, alert: str, channel: str, now: datetime, run: str) -> bool:
    """Take hold of a send; False when another run has it, it went out, or what it tells has settled."""
    return bool(
        session.execute(
            "UPDATE alert_sends SET state = 'sending', at = :now, run = :run, tries = tries + 1, error = '' "
            "WHERE alert_id = :alert AND channel = :channel AND state IN ('waiting', 'failed') "
            "AND (next_at <= :now OR next_at > :far) "
            "AND EXISTS (SELECT 1 FROM alerts WHERE id = :alert AND settled_at = '')",
            alert=alert,
            channel=channel,
            now=stamp(now),
            far=stamp(now + FARTHEST),
            run=run,
        )
    )


def sent(session: Session, alert: str, channel: str, now: datetime) -> None:
    """It got there."""
    _ended(session, alert, channel, now, state="sent")


def in_doubt(session: Session, alert: str, channel: str, now: datetime, why: str) -> None:
    """Nobody knows whether it got there: it stays claimed, and is not sent again by itself."""
    _ended(session, alert, channel, now, state="sending", error=why)


def failed(session: Session, alert: str, channel: str, now: datetime, why: str, *, for_good: bool = False) -> None:
    """It certainly did not get there. It is tried again later, `TRIES` times in all, or never when that is no use."""
    rows = session.tuples("SELECT tries FROM alert_sends WHERE alert_id = ? AND channel = ?", (alert, channel))
    tries = int(rows[0][0]) if rows else TRIES
    if for_good or tries >= TRIES:
        _ended(session, alert, channel, now, state="over", error=why)
    else:
        _ended(session, alert, channel, now, state="failed", error=why, next_at=stamp(now + PAUSES[tries - 1]))


def _ended(
    session: Session, alert: str, channel: str, now: datetime, *, state: str, error: str = "", next_at: str = ""
) -> None:
    session.execute(
        "UPDATE alert_sends SET state = :state, at = :now, next_at = :next, error = :error "
        "WHERE alert_id = :alert AND channel = :channel AND state = 'sending'",
        alert=alert,
        channel=channel,
        state=state,
        now=stamp(now),
        next=next_at,
        error=error,
    )


def forget(session: Session, before: str) -> None:
    """Delete what was raised before then, with its sends and votes."""
    old = "SELECT id FROM alerts WHERE raised_at < :before"
    session.execute(f"DELETE FROM alert_votes WHERE alert_id IN ({old})", before=before)
    session.execute(f"DELETE FROM alert_sends WHERE alert_id IN ({old})", before=before)
    session.execute("DELETE FROM alerts WHERE raised_at < :before", before=before)
