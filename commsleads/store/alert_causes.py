"""What alerts may be raised for, as the rules on alerts see it. Read-only, and by indices: asked at each heartbeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from commsleads.rules.alerts.desk import Offer, Waiting
from commsleads.rules.alerts.machinery import Down
from commsleads.rules.alerts.owed import Asked, Promised
from commsleads.rules.alerts.stories import Seen
from commsleads.store.engine import EPOCH, Row, Session, moment, stamp
from commsleads.store.removals import gone
from commsleads.store.signals import chunks, holes
from commsleads.store.sources import REMOVED

MOST = 2_000
"""Signals that one look reads at most; what is left is read by the next one."""
TEXT = 20_000
"""Characters of a signal's text that are searched for risk words."""


def _sure(text: str) -> datetime:
    return datetime.fromisoformat(text)


def waiting(session: Session) -> list[Waiting]:
    """The open enquiries that were never answered."""
    rows = session.tuples(
        "SELECT id, reference, received_at, logged_at, deadline_at, acknowledged_at, outlet, outlet_tier, level, "
        "privacy, owner FROM enquiries WHERE ended_at = '' AND responded_at = '' ORDER BY received_at, id"
    )
    return [
        Waiting(
            ident, reference, _sure(received), _sure(logged), moment(deadline), bool(acknowledged), outlet, tier,
            level, privacy, owner,
        )
        for ident, reference, received, logged, deadline, acknowledged, outlet, tier, level, privacy, owner in rows
    ]  # fmt: skip


def asked(session: Session) -> list[Asked]:
    """The sign-offs that wait, of open enquiries that were never answered."""
    rows = session.tuples(
        "SELECT a.enquiry_id, e.reference, e.level, a.number, a.step, a.approver, a.asked_at, e.deadline_at "
        "FROM approvals a JOIN enquiries e ON e.id = a.enquiry_id WHERE a.decision = 'asked' "
        "AND e.state = 'awaiting_signoff' AND e.ended_at = '' AND e.responded_at = '' ORDER BY a.asked_at, a.number"
    )
    return [
        Asked(ident, ref, level, number, step, approver, _sure(at), moment(deadline))
        for ident, ref, level, number, step, approver, at, deadline in rows
    ]


def promised(session: Session, before: datetime) -> list[Promised]:
    """The promises that are not kept and were due before then. Those of duplicates and withdrawn ones bind nobody."""
    rows = session.tuples(
        "SELECT p.enquiry_id, e.reference, e.level, p.number, p.due_at, p.by FROM promises p "
        "JOIN enquiries e ON e.id = p.enquiry_id WHERE p.done_at = '' AND p.due_at < ? "
        "AND e.state NOT IN ('duplicate', 'withdrawn') ORDER BY p.due_at",
        (stamp(before),),
    )
    return [Promised(ident, ref, level, number, _sure(due), by) for ident, ref, level, number, due, by in rows]


def offers(session: Session, before: datetime) -> list[Offer]:
    """The offers that nobody has answered and that are due before then."""
    rows = session.tuples(
        "SELECT lead_id, number, aim, at, due_at, stage, escalated FROM handoffs WHERE answer = '' AND due_at <= ? "
        "ORDER BY due_at, lead_id",
        (stamp(before),),
    )
    return [
        Offer(lead, number, to, _sure(at), _sure(due), stage, bool(escalated))
        for lead, number, to, at, due, stage, escalated in rows
    ]


def named(session: Session, watch: str, after: int, until: int) -> list[Seen]:
    """The signals that name a watch and arrived in (after, until], `MOST` of them, the oldest first."""
    rows = session.tuples(
        "SELECT signal_id, story_id, arrival FROM matches WHERE watch_id = ? AND arrival > ? AND arrival <= ? "
        "ORDER BY arrival LIMIT ?",
        (watch, after, until, MOST),
    )
    out = gone(session).of(watch)  # no coverage wakes nobody
    return _seen(session, watch, [signal for signal, story, _ in rows if story not in out])


def of_stories(session: Session, watch: str, stories: Sequence[str], after: int) -> list[Seen]:
    """The signals of these stories that name a watch and arrived after then."""
    ids: list[str] = []
    out = gone(session).of(watch)
    for part in chunks([story for story in stories if story not in out]):
        ids += [
            one
            for (one,) in session.tuples(
                f"SELECT signal_id FROM matches WHERE watch_id = ? AND arrival > ? AND story_id IN ({holes(part)})",
                (watch, after, *part),
            )
        ]
    return _seen(session, watch, ids[:MOST])


def _seen(session: Session, watch: str, signals: Sequence[str]) -> list[Seen]:
    found: list[Seen] = []
    for part in chunks(signals):
        for row in session.tuples(
            "SELECT id, story_id, arrival, published_at, title, substr(text, 1, ?), outlet, domain, url FROM signals "
            f"WHERE id IN ({holes(part)}) ORDER BY arrival",
            (TEXT, *part),
        ):
            ident, story, arrival, published, title, text, outlet, domain, url = row
            at = EPOCH + timedelta(microseconds=arrival)
            found.append(Seen(ident, story, watch, at, _dated(published), title, text, outlet, domain, url))
    return found


def _dated(text: str) -> datetime | None:
    try:
        found = moment(text)
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def stories(session: Session, watch: str, start: int, end: int) -> int:
    """How many stories name a watch in a stretch of arrivals: a quick look before the thorough one."""
    rows = session.tuples(
        "SELECT count(DISTINCT story_id) FROM matches WHERE watch_id = ? AND arrival >= ? AND arrival < ?",
        (watch, start, end),
    )
    return int(rows[0][0])


def down(session: Session, before: datetime) -> list[Down]:
    """The sources that cannot be read, and have not been seen since before then."""
    rows = session.tuples(
        "SELECT s.id, s.name, g.start_at, s.last_error, s.paused_why, s.state FROM sources s JOIN gaps g "
        "ON g.source_id = s.id AND g.end_at = '' WHERE s.origin <> 'people' AND s.state IN ('failing', 'paused') "
        "AND s.paused_why <> ? AND g.start_at <= ? ORDER BY g.start_at, s.id",
        (REMOVED, stamp(before)),
    )
    return [
        Down(ident, name, _sure(start), paused or error, state == "paused")
        for ident, name, start, error, paused, state in rows
    ]


def delivering(session: Session, since: datetime) -> list[Row]:
    """The deliveries of editions written since then: name, period, written_at, recipient, state, at."""
    return session.query(
        "SELECT r.name, r.period, r.written_at, d.recipient, d.state, d.at FROM reports r "
        "JOIN deliveries d ON d.name = r.name AND d.period = r.period "
        "WHERE r.state = 'written' AND r.written_at >= :since ORDER BY r.name, r.period",
        since=stamp(since),
    )


def unwritten(session: Session) -> set[tuple[str, str]]:
    """The reports whose writing failed: (name, period)."""
    rows = session.tuples("SELECT name, period FROM reports WHERE state = 'failed'")
    return {(name, period) for name, period in rows}


def written(session: Session, name: str) -> set[str]:
    """The periods of a report that were told."""
    rows = session.tuples("SELECT period FROM reports WHERE name = ? AND state = 'written'", (name,))
    return {period for (period,) in rows}
