"""How editions reach people: a row each recipient, claimed before the mail leaves, and what came of it.

waiting ─► sending ─► sent ─► bounced; or failed (again at `next_at`) and at last over; or stopped, and never sent.
A row that stays `sending` is one of which nobody knows: only a person decides about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from commsleads.store import inputs, stops, unnaming
from commsleads.store.engine import Row, Session, stamp

AGAIN = (
    timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3), timedelta(hours=8), timedelta(hours=24),
)  # fmt: skip
"""How long after each try that failed the next one is. After the last a person is told and it is over."""
FARTHEST = timedelta(hours=25)
"""No next try is set farther ahead: one that lies farther was set while the clock was wrong, and is due now."""
KEPT = timedelta(days=400)
"""So long it is kept who got an edition; then only how many did."""
ERASED = "erased "
SILENT = timedelta(minutes=10)
"""A delivery begun longer ago than this and never ended is in doubt, whoever began it."""

_KEY = "name = :name AND period = :period AND recipient = :recipient AND turn = :turn"
_KEY_MARKS = "name = ? AND period = ? AND recipient = ? AND turn = ?"
_ROW = "name, period, recipient, turn, audience, state, at, next_at, tries, run, message_id, error, who"


def address(session: Session, name: str, period: str, to: Mapping[str, str], now: datetime) -> None:
    """Let these get an edition: each recipient with an audience. Who has a row keeps it, so that nobody gets one twice.

    A recipient who wants no more gets a row that says so. Of an edition so old that it is not known any more who got it
    nobody gets anything.
    """
    known = {stops.bare(row["recipient"]) for row in of(session, name, period)}
    if any(one.startswith(ERASED) for one in known):
        return
    _insert(session, name, period, {one: who for one, who in to.items() if stops.bare(one) not in known}, now)


def once_more(session: Session, name: str, period: str, to: Mapping[str, str], now: datetime, *, who: str) -> None:
    """Let these get an edition again, because a person says so: a new row each, beside the old ones."""
    turns: dict[str, int] = {}
    for row in of(session, name, period):
        turns[stops.bare(row["recipient"])] = max(row["turn"], turns.get(stops.bare(row["recipient"]), 0))
    for one, audience in to.items():
        _insert(session, name, period, {one: audience}, now, turn=turns.get(stops.bare(one), 0) + 1, who=who)


def _insert(
    session: Session, name: str, period: str, to: Mapping[str, str], now: datetime, *, turn: int = 1, who: str = ""
) -> None:
    kept_from = stops.stopped(session, name)
    session.many(
        "INSERT INTO deliveries (name, period, recipient, turn, audience, state, at, who) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(name, period, one, turn, audience, _first(one, kept_from), stamp(now), who) for one, audience in to.items()],
    )


def _first(recipient: str, kept_from: frozenset[str]) -> str:
    return "stopped" if stops.bare(recipient) in kept_from else "waiting"


def revive(session: Session, name: str, period: str, now: datetime) -> None:
    """Let what was given up, or waits for its next try, be tried now: a person asks. What was sent stays sent."""
    session.execute(
        "UPDATE deliveries SET state = 'waiting', tries = 0, next_at = '', at = :now "
        "WHERE name = :name AND period = :period AND state IN ('failed', 'over')",
        name=name,
        period=period,
        now=stamp(now),
    )


def due(session: Session, now: datetime) -> list[Row]:
    """What is to be sent now, edition by edition."""
    return session.query(
        f"SELECT {_ROW} FROM deliveries WHERE state IN ('waiting', 'failed') "
        "AND (next_at <= :now OR next_at > :far) ORDER BY name, period, tries, audience, recipient, turn",
        now=stamp(now),
        far=stamp(now + FARTHEST),
    )


def any_due(session: Session, now: datetime) -> bool:
    """Whether anything is to be sent now."""
    return bool(
        session.tuples(
            "SELECT 1 FROM deliveries WHERE state IN ('waiting', 'failed') AND (next_at <= ? OR next_at > ?) LIMIT 1",
            (stamp(now), stamp(now + FARTHEST)),
        )
    )


def sending(session: Session, row: Mapping[str, Any], now: datetime, *, run: str = "", message_id: str = "") -> bool:
    """Claim one delivery. From here on it is never sent again by itself unless it is known to have failed."""
    return bool(
        session.execute(
            "UPDATE deliveries SET state = 'sending', tries = tries + 1, at = :now, run = :run, "
            f"message_id = :message_id WHERE {_KEY} AND state IN ('waiting', 'failed')",
            now=stamp(now),
            run=run,
            message_id=message_id,
            **_key(row),
        )
    )


def ended(session: Session, row: Mapping[str, Any], state: str, now: datetime, error: str = "") -> None:
    """What came of a delivery for good: sent, over, stopped or bounced."""
    session.execute(
        f"UPDATE deliveries SET state = :state, at = :now, next_at = '', error = :error WHERE {_KEY}",
        state=state,
        now=stamp(now),
        error=error[:500],
        **_key(row),
    )


def failed(session: Session, row: Mapping[str, Any], now: datetime, error: str) -> None:
    """It was certainly not sent: tried again after a while, a handful of times in all."""
    tries = session.query(f"SELECT tries FROM deliveries WHERE {_KEY}", **_key(row))[0]["tries"]
    if tries > len(AGAIN):
        ended(session, row, "over", now, error)
        return
    session.execute(
        f"UPDATE deliveries SET state = 'failed', at = :now, next_at = :next, error = :error WHERE {_KEY}",
        now=stamp(now),
        next=stamp(now + AGAIN[max(tries, 1) - 1]),
        error=error[:500],
        **_key(row),
    )


def doubted(session: Session, row: Mapping[str, Any], error: str) -> None:
    """Nobody knows whether it arrived, and why not. It stays `sending`, and belongs to no run any more."""
    session.execute(f"UPDATE deliveries SET run = '', error = :error WHERE {_KEY}", error=error[:500], **_key(row))


def unreachable(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime, error: str) -> None:
    """The server took none of these: each counts a try, as one that was refused does."""
    with session.atomic():
        for row in rows:
            if session.execute(
                f"UPDATE deliveries SET tries = tries + 1 WHERE {_KEY} AND state IN ('waiting', 'failed')", **_key(row)
            ):
                failed(session, row, now, error)


def settle(session: Session, row: Mapping[str, Any], now: datetime, *, arrived: bool, who: str) -> bool:
    """What a person says of a delivery in doubt: it arrived, or it is to be sent again. False when it was not one."""
    return bool(
        session.execute(
            f"UPDATE deliveries SET state = :state, at = :now, next_at = '', error = '', who = :who "
            f"WHERE {_KEY} AND state = 'sending'",
            state="sent" if arrived else "waiting",
            now=stamp(now),
            who=who,
            **_key(row),
        )
    )


def doubtful(session: Session, now: datetime, lives: Callable[[str], bool]) -> list[Row]:
    """Deliveries of which nobody knows whether they arrived: the run that sent them is gone, or long silent."""
    rows = session.query(f"SELECT {_ROW} FROM deliveries WHERE state = 'sending' ORDER BY at, name, recipient")
    silent = stamp(now - SILENT)
    return [row for row in rows if row["at"] <= silent or not row["run"] or not lives(row["run"])]


def of(session: Session, name: str, period: str) -> list[Row]:
    """Who gets one edition, and how that stands."""
    return session.query(
        f"SELECT {_ROW} FROM deliveries WHERE name = :name AND period = :period ORDER BY recipient, turn",
        name=name,
        period=period,
    )


def newest(session: Session, most: int, name: str = "", period: str = "") -> list[Row]:
    """Deliveries of the editions told last, newest edition first; of one report or one period where it is named."""
    return session.query(
        f"SELECT {', '.join('d.' + one.strip() for one in _ROW.split(','))} FROM deliveries d "
        "JOIN reports r ON r.name = d.name AND r.period = d.period "
        "WHERE (:name = '' OR d.name = :name) AND (:period = '' OR d.period = :period) "
        "ORDER BY r.end_at DESC, d.name, d.recipient, d.turn LIMIT :most",
        name=name,
        period=period,
        most=most,
    )


def by_message(session: Session, ids: Sequence[str]) -> Row | None:
    """The delivery that one of these Message-IDs (without brackets) is of, the first that is ours."""
    for ident in ids:
        if ident and (
            rows := session.query(
                f"SELECT {_ROW} FROM deliveries WHERE message_id = :ident AND message_id <> '' LIMIT 1", ident=ident
            )
        ):
            return rows[0]
    return None


def forget(session: Session, now: datetime) -> int:
    """Forget who got the editions of long ago; how many rows. What came of each delivery stays, for the counts.

    Who gets none any more goes from the editions as well: a digest says whose mail came back.
    """
    rows = session.tuples(
        "SELECT name, period, recipient, turn FROM deliveries WHERE at < ? AND recipient NOT LIKE ? "
        "ORDER BY name, period, recipient, turn",
        (stamp(now - KEPT), f"{ERASED}%"),
    )
    done = session.many(
        f"UPDATE deliveries SET recipient = ?, message_id = '', error = '' WHERE {_KEY_MARKS}",
        [(f"{ERASED}{now:%Y%m%d}-{number}", *row) for number, row in enumerate(rows)],
    )
    gone = {stops.bare(recipient) for _, _, recipient, _ in rows}.difference(recipients(session))
    if gone:
        inputs.forget(session, gone, stamp(now))
        unnaming.people(session, gone)
    return done


def recipients(session: Session) -> list[str]:
    """Everybody who was ever to get a report, as bare addresses."""
    rows = session.tuples("SELECT DISTINCT recipient FROM deliveries WHERE recipient NOT LIKE ?", (f"{ERASED}%",))
    return sorted({stops.bare(one) for (one,) in rows})


def _key(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("name", "period", "recipient", "turn")}
