"""What is polled and when: sync from the settings, claim what is due, record what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from commsleads.contract import Source
from commsleads.store import history
from commsleads.store.engine import Row, Session, moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A source that this run holds, with the state it needs. Times are UTC; `failures` is in quarters."""

    id: str
    cursor: Mapping[str, str]
    every: timedelta
    interval: timedelta
    failures: int
    signals: int
    last_success_at: str
    last_asked_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What came of one poll, ready to be recorded. `outcome` is read, same, failed or skipped."""

    claim: Claim
    at: datetime
    outcome: str
    next_check_at: datetime
    interval: timedelta
    failures: int
    cursor: Mapping[str, str]
    status: int | None = None
    millis: int = 0
    bytes: int = 0
    new: int = 0
    revised: int = 0
    known: int = 0
    error: str = ""
    note: str = ""
    about: Mapping[str, str] | None = None
    paused_why: str = ""
    held: str | None = None
    """What to say of a gap that ends with this poll: `COUNTED_ON`, `LOST`; None where `afterwards` is to find out."""


def sync(session: Session, sources: Iterable[Source[Any]], now: datetime) -> None:
    """Bring the table in line with the settings. A source that left the file is paused; its rows stay."""
    have = {row["id"]: row for row in session.query("SELECT * FROM sources WHERE origin = 'config'")}
    for source in sources:
        row = have.pop(source.id, None)
        every = int(source.every.total_seconds())
        if row is None:
            session.execute(
                "INSERT INTO sources (id, kind, name, url, every_seconds, interval_seconds, next_check_at) "
                "VALUES (:id, :kind, :name, :url, :every, :every, :now) ON CONFLICT (id) DO UPDATE SET "
                "kind = excluded.kind, name = excluded.name, url = excluded.url, state = 'new', paused_why = '', "
                "every_seconds = excluded.every_seconds, interval_seconds = excluded.interval_seconds, "
                "next_check_at = excluded.next_check_at, origin = 'config'",
                id=source.id,
                kind=source.kind,
                name=source.name,
                url=source.url,
                every=every,
                now=stamp(now),
            )
            _changed(session, now, "added", source.id, before=None, after={"url": source.url, "every": every})
            continue
        before = {"kind": row["kind"], "name": row["name"], "url": row["url"], "every": row["every_seconds"]}
        after = {"kind": source.kind, "name": source.name, "url": source.url, "every": every}
        back = row["state"] == "paused" and row["paused_why"] == REMOVED
        if before == after and not back:
            continue
        # Another address is another conversation: its validators, its waiting time and its pause start afresh.
        moved = row["url"] != source.url or row["kind"] != source.kind
        fresh = moved or back
        session.execute(
            "UPDATE sources SET kind = :kind, name = :name, url = :url, every_seconds = :every, "
            "interval_seconds = :every, cursor = CASE WHEN :moved = 1 THEN '{}' ELSE cursor END, "
            "state = CASE WHEN :fresh = 1 THEN 'new' ELSE state END, "
            "paused_why = CASE WHEN :fresh = 1 THEN '' ELSE paused_why END, "
            "failures = CASE WHEN :fresh = 1 THEN 0 ELSE failures END, next_check_at = :now WHERE id = :id",
            id=source.id,
            kind=source.kind,
            name=source.name,
            url=source.url,
            every=every,
            moved=int(moved),
            fresh=int(fresh),
            now=stamp(now),
        )
        _changed(session, now, "changed", source.id, before=before, after=after)
        if back and row["last_polled_at"]:
            add_gap(session, source.id, row["last_polled_at"], stamp(now), "It was not in the settings.")
    for row in have.values():
        if row["paused_why"] != REMOVED:
            _remove(session, row, now)
    # Somebody has just changed the settings, perhaps to mend these: they are not left to wait out their failures.
    session.execute(
        "UPDATE sources SET next_check_at = :now WHERE state = 'failing' AND next_check_at > :now", now=stamp(now)
    )


def by_hand(session: Session, source_id: str, *, kind: str, name: str, why: str) -> None:
    """Make sure that there is the row of a source that only people feed: never due, never polled, never observed."""
    session.execute(
        "INSERT INTO sources (id, kind, name, url, every_seconds, interval_seconds, next_check_at, state, paused_why, "
        "origin) VALUES (:id, :kind, :name, '', 86400, 86400, :never, 'paused', :why, 'people') "
        "ON CONFLICT (id) DO NOTHING",
        id=source_id,
        kind=kind,
        name=name,
        why=why,
        never="9999-12-31T00:00:00Z",
    )


def _remove(session: Session, row: Row, now: datetime) -> None:
    """Pause a source that left the settings. Nobody wants to observe it any more, so no gap of it stays open."""
    session.execute("UPDATE sources SET state = 'paused', paused_why = :why WHERE id = :id", id=row["id"], why=REMOVED)
    session.execute("UPDATE gaps SET end_at = :end WHERE source_id = :id AND end_at = ''", id=row["id"], end=stamp(now))
    _changed(session, now, "paused", row["id"], before={"state": row["state"]}, after={"why": REMOVED})


REMOVED = "no longer in the settings"


DUE = "state <> 'paused' AND (next_check_at <= :now OR last_polled_at > :soon)"
"""A source last polled in the future was polled while the clock was wrong, and its timetable is worth nothing."""
FREE = "(leased_until <= :now OR leased_until > :tomorrow)"
"""No lease is given for a day, so one that is was given while the clock was wrong."""


def _clock(now: datetime) -> dict[str, str]:
    return {
        "now": stamp(now),
        "soon": stamp(now + timedelta(hours=1)),
        "tomorrow": stamp(now + timedelta(days=1)),
    }


def claim(
    session: Session,
    now: datetime,
    *,
    lease: timedelta,
    run: str = "",
    everyone: bool = False,
    only: Sequence[str] = (),
    limit: int = 100_000,
) -> list[Claim]:
    """Take hold of what is due (or of everyone, or of `only`), so that no other run polls it meanwhile.

    Who is paused is left alone, unless a person asks for it by name: that is how it is tried again.

    A source held by a run that died is free again when its lease is over. Sources whose last answer was slow or
    that are failing come last, so that they cannot hold up the rest.
    """
    chosen = "state <> 'paused'" if everyone else DUE
    given: dict[str, Any] = _clock(now) | {"until": stamp(now + lease), "run": run, "limit": limit}
    if only:
        names = {f"only_{number}": source_id for number, source_id in enumerate(only)}
        given |= names
        chosen = f"id IN ({', '.join(':' + name for name in names)})"
    rows = session.query(
        "UPDATE sources SET leased_until = :until, leased_by = :run WHERE id IN (SELECT id FROM sources "
        f"WHERE {chosen} AND {FREE} ORDER BY next_check_at LIMIT :limit) "
        "RETURNING id, cursor, every_seconds, interval_seconds, failures, signals, last_success_at, last_polled_at, "
        "last_millis, next_check_at",
        **given,
    )
    rows.sort(key=lambda row: (row["failures"], row["last_millis"] // 1000, row["next_check_at"], row["id"]))
    return [
        Claim(
            id=row["id"],
            cursor={} if row["cursor"] == "{}" else json.loads(row["cursor"]),
            every=timedelta(seconds=row["every_seconds"]),
            interval=timedelta(seconds=row["interval_seconds"]),
            failures=row["failures"],
            signals=row["signals"],
            last_success_at=row["last_success_at"],
            last_asked_at=row["last_polled_at"],
        )
        for row in rows
    ]


def free_dead(session: Session, lives: Callable[[str], bool]) -> int:
    """Give back what runs that no longer live still hold; how many sources. `lives` is asked by the run's name."""
    holders = session.tuples("SELECT DISTINCT leased_by FROM sources WHERE leased_until <> '' AND leased_by <> ''")
    dead = [run for (run,) in holders if not lives(run)]
    return session.many("UPDATE sources SET leased_until = '' WHERE leased_by = ?", [(run,) for run in dead])


def any_due(session: Session, now: datetime) -> bool:
    """Whether a source waits to be asked."""
    return bool(session.query(f"SELECT id FROM sources WHERE {DUE} AND {FREE} LIMIT 1", **_clock(now)))


def hold(session: Session, ids: Iterable[str], until: datetime) -> None:
    """Hold sources that were claimed for longer: the round they belong to is not over."""
    session.many("UPDATE sources SET leased_until = ? WHERE id = ?", ((stamp(until), source_id) for source_id in ids))


def release(session: Session, ids: Iterable[str]) -> None:
    """Let go of sources that were claimed and not polled."""
    session.many("UPDATE sources SET leased_until = '' WHERE id = ?", ((source_id,) for source_id in ids))


RECORD = (
    "UPDATE sources SET state = CASE WHEN ? <> '' THEN 'paused' ELSE ? END, paused_why = ?, next_check_at = ?, "
    "leased_until = '', cursor = ?, interval_seconds = ?, failures = ?, polls = polls + 1, signals = signals + ?, "
    "failed_in_a_row = CASE WHEN ? = 1 THEN 0 ELSE failed_in_a_row + 1 END, "
    "last_polled_at = ?, last_success_at = CASE WHEN ? = 1 THEN ? ELSE last_success_at END, "
    "last_new_at = CASE WHEN ? > 0 THEN ? ELSE last_new_at END, last_millis = ?, last_status = ?, last_error = ?, "
    "note = ?, about = coalesce(?, about) WHERE id = ?"
)


def record(session: Session, polls: Sequence[Poll]) -> None:
    """Keep what came of each poll: the source's new state, a row of `polls`, gaps that opened or closed."""
    session.many(RECORD, [_source_values(poll) for poll in polls if poll.outcome != "skipped"])
    session.many(
        "UPDATE sources SET leased_until = '', next_check_at = ? WHERE id = ?",
        [(stamp(poll.next_check_at), poll.claim.id) for poll in polls if poll.outcome == "skipped"],
    )
    session.many(
        "INSERT INTO polls (source_id, at, outcome, status, millis, bytes, new, revised, known, error, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, at) DO NOTHING",
        [
            (
                poll.claim.id,
                stamp(poll.at),
                poll.outcome,
                poll.status,
                poll.millis,
                poll.bytes,
                poll.new,
                poll.revised,
                poll.known,
                poll.error,
                poll.note,
            )
            for poll in polls
        ],
    )
    for poll in polls:
        if poll.outcome == "failed":
            open_gap(session, poll.claim.id, poll.claim.last_success_at or stamp(poll.at), poll.error)
        elif poll.outcome != "skipped" and (poll.claim.failures or not poll.claim.cursor):
            # Without a cursor it may be at a new address, and its failures at the old one are forgotten.
            close_gap(session, poll.claim.id, stamp(poll.at), afterwards(poll))


def _source_values(poll: Poll) -> tuple[Any, ...]:
    at = stamp(poll.at)
    good = int(poll.outcome != "failed")
    return (
        poll.paused_why,
        "ok" if good else "failing",
        poll.paused_why,
        stamp(poll.next_check_at),
        "{}" if not poll.cursor else history.dump(dict(poll.cursor)),
        int(poll.interval.total_seconds()),
        poll.failures,
        poll.new,
        good,
        at,
        good,
        at,
        poll.new,
        at,
        poll.millis,
        poll.status,
        poll.error,
        poll.note,
        history.dump(dict(poll.about)) if poll.about else None,
        poll.claim.id,
    )


def open_gap(session: Session, source_id: str, start_at: str, why: str) -> None:
    """From `start_at` on this source is not observed, until `close_gap`. The newest reason is kept.

    There is one open gap a source: one that was never read has no last success, and each failure would begin another.
    """
    if session.query(
        "UPDATE gaps SET why = :why WHERE source_id = :id AND end_at = '' RETURNING start_at", id=source_id, why=why
    ):
        return
    session.execute(
        "INSERT INTO gaps (source_id, start_at, why) VALUES (:id, :start, :why) "
        "ON CONFLICT (source_id, start_at) DO UPDATE SET why = excluded.why, end_at = ''",
        id=source_id,
        start=start_at,
        why=why,
    )


def close_gap(session: Session, source_id: str, end_at: str, more: str) -> None:
    """The source answers again. `more` is a sentence, with a blank before it, on what became of the time between."""
    session.execute(
        "UPDATE gaps SET end_at = :end, why = why || :more WHERE source_id = :id AND end_at = ''",
        id=source_id,
        end=end_at,
        more=more,
    )


def afterwards(poll: Poll) -> str:
    """Why nothing was lost in the gap that ended with this poll: it still showed what we knew. '' when it did not."""
    if poll.held is not None:
        return poll.held
    return STILL_HELD if poll.known or poll.outcome == "same" else LOST


STILL_HELD = " Afterwards the feed still held entries from before, so nothing was lost."
COUNTED_ON = " Afterwards the counters had gone on counting; on which day is not known, so nothing was lost."
LOST = ""


def add_gap(session: Session, source_id: str, start_at: str, end_at: str, why: str) -> None:
    """A stretch that is already over: a poll that was capped, or a feed that had moved on between two polls."""
    session.execute(
        "INSERT INTO gaps (source_id, start_at, end_at, why) VALUES (:id, :start, :end, :why) "
        "ON CONFLICT (source_id, start_at) DO NOTHING",
        id=source_id,
        start=start_at,
        end=end_at,
        why=why,
    )


def set_aside(session: Session, source_id: str, at: datetime, *, why: str, media_type: str, body: bytes) -> None:
    """Keep what could not be read, for a person to look at: the newest of each source, its first 64 KB."""
    text = body[:65_536].decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    session.execute(
        "INSERT INTO unread (source_id, at, why, media_type, size, body) "
        "VALUES (:id, :at, :why, :media_type, :size, :body) ON CONFLICT (source_id) DO UPDATE SET at = excluded.at, "
        "why = excluded.why, media_type = excluded.media_type, size = excluded.size, body = excluded.body",
        id=source_id,
        at=stamp(at),
        why=why,
        media_type=media_type,
        size=len(body),
        body=text,
    )


def unread(session: Session, source: str = "") -> list[Row]:
    """What was set aside, newest first; `body` is its beginning as text."""
    return session.query(
        "SELECT source_id AS source, at, why, media_type, size, body FROM unread "
        "WHERE :source = '' OR source_id = :source ORDER BY at DESC, source_id",
        source=source,
    )


def cooling(session: Session, now: datetime) -> dict[str, datetime]:
    """The sites that asked us to stay away, and until when."""
    rows = session.tuples("SELECT domain, not_before FROM hosts WHERE not_before > ?", (stamp(now),))
    return {domain: moment(until) or datetime.max.replace(tzinfo=UTC) for domain, until in rows}


def keep_cooling(session: Session, sites: Mapping[str, datetime], now: datetime) -> None:
    """Remember which sites asked us to stay away; forget those whose time is over."""
    session.execute("DELETE FROM hosts WHERE not_before <= :now", now=stamp(now))
    session.many(
        "INSERT INTO hosts (domain, not_before) VALUES (?, ?) "
        "ON CONFLICT (domain) DO UPDATE SET not_before = excluded.not_before",
        [(domain, stamp(until)) for domain, until in sites.items()],
    )


def listed(session: Session) -> list[Row]:
    """Every source that is polled, as `commsleads sources` shows it, failing ones first."""
    rows = session.query(
        "SELECT id, kind, name, url, state, paused_why, last_success_at, last_polled_at, last_new_at, last_status, "
        "last_error, note, failures AS failure_weight, failed_in_a_row AS failures, polls, "
        " signals, every_seconds, next_check_at, about FROM sources WHERE origin <> 'people' ORDER BY "
        "CASE state WHEN 'failing' THEN 0 WHEN 'paused' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, id"
    )
    for row in rows:
        for name in ("last_success_at", "last_polled_at", "last_new_at"):
            row[name] = row[name] or None
        row["failure_weight"] /= 4
        row["about"] = json.loads(row["about"])
    return rows


def gaps(session: Session, *, since: str = "", source: str = "") -> list[Row]:
    """The stretches not observed, newest first; open ones have no `end_at`."""
    rows = session.query(
        "SELECT source_id AS source, start_at, end_at, why FROM gaps WHERE (end_at = '' OR end_at >= :since) "
        "AND (:source = '' OR source_id = :source) ORDER BY start_at DESC, source_id",
        since=since,
        source=source,
    )
    for row in rows:
        row["end_at"] = row["end_at"] or None
    return rows


def _changed(session: Session, now: datetime, what: str, row_id: str, *, before: Any, after: Any) -> None:
    history.record(session, now, who="settings", what=what, kind="source", row_id=row_id, before=before, after=after)
