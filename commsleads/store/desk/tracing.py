"""What is read to trace stories back to enquiries: the enquiries, the signals that came, and what is tied already."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commsleads.enquiries import State
from commsleads.store import meta
from commsleads.store.engine import Row, Session, moment, stamp
from commsleads.store.removals import gone
from commsleads.store.signals import TRIES, chunks, holes

ARRIVAL, AT = "covering_arrival", "covering_at"
OUT = tuple(str(state) for state in (State.DUPLICATE, State.REDIRECTED, State.WITHDRAWN))
"""Of these nothing is expected to come."""
AWAITED = timedelta(days=30)
"""So long after its end an enquiry is still looked at."""
PASSED_OVER = ("looked at", "suggested coverage", "confirmed coverage", "refused coverage", "withdrew a suggestion")
"""Changes of an enquiry after which no other story may have come of it."""


class Head(NamedTuple):
    """What a signal tells before its text is read."""

    arrival: int
    id: str
    outlet: str
    domain: str
    author: str


class Tied(NamedTuple):
    """A story and an enquiry that are tied, or were refused; `story` is that of the signal, and changes when signals
    are taken in again."""

    enquiry: str
    signal: str
    story: str
    state: str
    permille: int
    reasons: str
    unreached: str
    quote_used: bool | None
    by: str


def live(session: Session, now: datetime) -> list[Row]:
    """Enquiries of which something may still come: open ones, and those that ended lately. With what they say."""
    columns = "id, received_at, responded_at, deadline_at, subject, outlet"
    out = ", ".join(f"'{state}'" for state in OUT)
    rows = session.query(
        f"SELECT {columns} FROM enquiries WHERE ended_at = '' AND state NOT IN ({out}) "
        f"UNION ALL SELECT {columns} FROM enquiries WHERE ended_at >= :since AND state NOT IN ({out})",
        since=stamp(now - AWAITED),
    )
    ids = [row["id"] for row in rows]
    asked_by = _by(
        session,
        "SELECT j.enquiry_id, c.name FROM enquiry_journalists j JOIN contacts c ON c.id = j.contact_id "
        "WHERE j.enquiry_id IN ({}) ORDER BY j.place",
        ids,
    )
    mails = _by(
        session,
        "SELECT j.enquiry_id, p.value FROM enquiry_journalists j JOIN contact_points p ON p.contact_id = j.contact_id "
        "WHERE p.kind = 'email' AND j.enquiry_id IN ({}) ORDER BY p.value",
        ids,
    )
    questions = _by(session, "SELECT enquiry_id, text FROM questions WHERE enquiry_id IN ({}) ORDER BY number", ids)
    answers = _by(session, "SELECT enquiry_id, text FROM answers WHERE enquiry_id IN ({}) ORDER BY number", ids)
    for row in rows:
        row |= {"journalists": asked_by[row["id"]], "mails": mails[row["id"]]}
        row |= {"questions": questions[row["id"]], "answers": answers[row["id"]]}
    return rows


def _by(session: Session, select: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in chunks(ids):
        for enquiry_id, value in session.tuples(select.format(holes(part)), part):
            found[enquiry_id].append(value)
    return found


def changed(session: Session, since: str) -> list[str]:
    """The enquiries that were logged or changed at that stamp or later, but for what this pass does itself."""
    rows = session.tuples(
        "SELECT DISTINCT row_id FROM history "
        f"WHERE at >= ? AND kind = 'enquiry' AND what NOT IN ({holes(PASSED_OVER)})",
        (since, *PASSED_OVER),
    )
    return sorted(str(row[0]) for row in rows)


def any_changed(session: Session, since: str) -> bool:
    """Whether `changed` or `edited` would find any."""
    return bool(
        session.tuples(
            f"SELECT 1 FROM history WHERE at >= ? AND kind = 'enquiry' AND what NOT IN ({holes(PASSED_OVER)}) LIMIT 1",
            (since, *PASSED_OVER),
        )
        or session.tuples("SELECT 1 FROM revisions WHERE replaced_at >= ? LIMIT 1", (since,))
    )


def edited(session: Session, since: str, most: int) -> list[str]:
    """The signals whose text was replaced at that stamp or later, the newest of them."""
    rows = session.tuples(
        "SELECT signal_id, max(replaced_at) AS last FROM revisions WHERE replaced_at >= ? GROUP BY signal_id "
        "ORDER BY last DESC, signal_id LIMIT ?",
        (since, most),
    )
    return [row[0] for row in rows]


def ready(session: Session) -> int:
    """The arrival up to which signals are taken in: what waits behind it has no matches and no outlet yet."""
    (first,) = session.tuples(
        "SELECT coalesce(min(s.arrival), 0) FROM pending p JOIN signals s ON s.id = p.signal_id WHERE p.tries < ?",
        (TRIES,),
    )[0]
    if first:
        return int(first) - 1
    return int(session.tuples("SELECT coalesce(max(arrival), 0) FROM signals")[0][0])


def heads(session: Session, after: int, until: int, limit: int) -> list[Head]:
    """Signals in the order of their arrival, without their texts."""
    return [
        Head(*row)
        for row in session.tuples(
            "SELECT arrival, id, outlet, domain, author FROM signals WHERE arrival > ? AND arrival <= ? "
            "ORDER BY arrival LIMIT ?",
            (after, until, limit),
        )
    ]


def newest_heads(session: Session, after: int, until: int, limit: int) -> list[Head]:
    """The newest signals of a stretch, without their texts."""
    return [
        Head(*row)
        for row in session.tuples(
            "SELECT arrival, id, outlet, domain, author FROM signals WHERE arrival > ? AND arrival <= ? "
            "ORDER BY arrival DESC LIMIT ?",
            (after, until, limit),
        )
    ]


def mentions(session: Session, watches: Sequence[str], after: int, until: int, most: int = 0) -> list[str]:
    """The signals that mention one of these watches; of more than `most` (0: all) the newest."""
    found: dict[str, int] = {}
    out = gone(session)
    for watch in watches:
        rows = session.tuples(
            "SELECT signal_id, arrival, story_id FROM matches WHERE watch_id = ? AND arrival > ? AND arrival <= ? "
            "ORDER BY arrival DESC LIMIT ?",
            (watch, after, until, most or 2**62),
        )
        taken_out = out.of(watch)
        found.update((signal, arrival) for signal, arrival, story in rows if story not in taken_out)
    newest = sorted(found, key=lambda one: (-found[one], one))
    return newest[:most] if most else newest


def told(session: Session, ids: Sequence[str]) -> Iterator[Row]:
    """These signals with their texts, by arrival within each piece."""
    for part in chunks(ids, 100):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        yield from session.query(
            "SELECT id, story_id, title, text, author, outlet, domain, url, published_at, first_seen_at FROM signals "
            f"WHERE id IN ({', '.join(':' + name for name in names)}) ORDER BY arrival",
            **names,
        )


def tied(session: Session, ids: Sequence[str]) -> list[Tied]:
    """What is tied to these enquiries, refused ones too."""
    found: list[Any] = []
    for part in chunks(ids):
        found += session.tuples(
            "SELECT c.enquiry_id, c.signal_id, s.story_id, c.state, c.permille, c.reasons, c.unreached, "
            "c.quote_used, c.by FROM covered c "
            f"JOIN signals s ON s.id = c.signal_id WHERE c.enquiry_id IN ({holes(part)})",
            part,
        )
    ties = [Tied(*row) for row in found]
    return [tie._replace(quote_used=None if tie.quote_used is None else bool(tie.quote_used)) for tie in ties]


def listed(session: Session, enquiry_id: str = "") -> list[Row]:
    """All that is tied to an enquiry; or, of all enquiries, the suggestions that wait for a person. Newest first."""
    which, given = ("c.enquiry_id = :id", {"id": enquiry_id}) if enquiry_id else ("c.state = 'suggested'", {})
    rows = session.query(
        "SELECT c.enquiry_id, e.reference, e.subject, e.privacy, c.signal_id AS story, c.state, c.permille, c.reasons, "
        "c.seen_at, c.quote_used, c.messages, c.tone, c.unreached, c.error, c.correction_asked_at, "
        "c.correction_granted_at, s.title, s.outlet, s.url FROM covered c "
        "JOIN enquiries e ON e.id = c.enquiry_id JOIN signals s ON s.id = c.signal_id "
        f"WHERE {which} ORDER BY e.received_at DESC, e.reference DESC, c.permille DESC, c.signal_id",
        **given,
    )
    for row in rows:
        row["reasons"] = json.loads(row["reasons"])
        row["quote_used"] = None if row["quote_used"] is None else bool(row["quote_used"])
        row["messages"] = json.loads(row["messages"]) if row["messages"] else None
        for name in ("correction_asked_at", "correction_granted_at"):
            row[name] = row[name] or None
    return rows


# --- how far it has come -------------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """How far stories were traced: up to which arrival, and when. None before the first pass."""

    arrival: int | None
    at: datetime | None


def mark(session: Session) -> Mark:
    """Where the last pass ended."""
    return Mark(int(meta.get(session, ARRIVAL) or 0) or None, moment(meta.get(session, AT)))


def put_arrival(session: Session, arrival: int) -> None:
    """Signals are traced up to this one."""
    meta.put(session, ARRIVAL, str(arrival))


def put_time(session: Session, at: datetime) -> None:
    """Changes are looked at up to this time."""
    meta.put(session, AT, stamp(at))


def any_new(session: Session, now: datetime, *, every: timedelta = timedelta()) -> bool:
    """Whether a pass would find anything to look at; asked at each heartbeat, and true once in `every` at most."""
    came, last = mark(session)
    if last and last <= now < last + every:
        return False
    if not session.tuples(
        "SELECT 1 FROM enquiries WHERE ended_at = '' UNION ALL SELECT 1 FROM enquiries WHERE ended_at >= ? LIMIT 1",
        (stamp(now - AWAITED),),
    ):
        return False
    return last is None or ready(session) > (came or 0) or any_changed(session, stamp(min(last, now)))
