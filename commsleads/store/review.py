"""Mails that a person should look at, and what that person said: the labels that the rules are held to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from commsleads.store.engine import Row, Session, stamp
from commsleads.store.history import dump


def ask(session: Session, ident: str, why: Sequence[str], at: str, enquiry_id: str = "") -> None:
    """Put a mail before a person, with why. One that is before them already keeps what was said first.

    `enquiry_id` is the enquiry that it may have to do with.
    """
    session.execute(
        "INSERT INTO review (letter_id, opened_at, why, enquiry_id) VALUES (:id, :at, :why, :enquiry) "
        "ON CONFLICT (letter_id) DO NOTHING",
        id=ident,
        at=at,
        why=dump(list(why)),
        enquiry=enquiry_id,
    )


def of(session: Session, ident: str) -> Row | None:
    """What is asked (or was decided) about a mail."""
    rows = session.query("SELECT * FROM review WHERE letter_id = :id", id=ident)
    return _told(rows[0]) if rows else None


def listed(session: Session, *, decided: bool = False, limit: int = 0) -> list[Row]:
    """What waits for a person, oldest first; with `decided` what was decided, newest first."""
    chosen = "v.decision <> '' ORDER BY v.decided_at DESC" if decided else "v.decision = '' ORDER BY v.opened_at"
    rows = session.query(
        "SELECT v.letter_id AS id, v.opened_at, v.why, v.enquiry_id, v.decision, v.decided_at, v.decided_by, "
        "l.sender_name, l.sender, l.subject, l.received_at, coalesce(r.class, '') AS class, "
        "coalesce(r.permille, 0) AS permille, coalesce(e.reference, '') AS reference "
        "FROM review v JOIN letters l ON l.id = v.letter_id LEFT JOIN readings r ON r.letter_id = v.letter_id "
        f"LEFT JOIN enquiries e ON e.id = v.enquiry_id WHERE {chosen}, v.letter_id LIMIT :limit",
        limit=limit or 1_000_000_000,
    )
    return [_told(row) for row in rows]


def _told(row: Row) -> Row:
    row["why"] = json.loads(row["why"])
    return row


def waiting(session: Session) -> int:
    """How many mails wait for a person."""
    return int(session.tuples("SELECT count(*) FROM review WHERE decision = ''")[0][0])


def decide(session: Session, ident: str, decision: str, *, by: str, now: datetime) -> bool:
    """Note the decision. False when somebody else decided meanwhile.

    A mail that nobody asked about may be decided on as well: a person has found it by himself.
    """
    return (
        session.execute(
            "INSERT INTO review (letter_id, opened_at, why, decision, decided_at, decided_by) "
            "VALUES (:id, :now, '[]', :decision, :now, :by) ON CONFLICT (letter_id) DO UPDATE SET "
            "decision = excluded.decision, decided_at = excluded.decided_at, decided_by = excluded.decided_by "
            "WHERE review.decision = ''",
            id=ident,
            now=stamp(now),
            decision=decision,
            by=by,
        )
        == 1
    )


def label(
    session: Session, ident: str, *, by: str, now: datetime, kind: str, was: str, permille: int, note: str = ""
) -> None:
    """Keep what a person called a mail, beside what the rules had called it. Never changed afterwards."""
    session.execute(
        "INSERT INTO labels (letter_id, number, at, by, class, was, permille, note) "
        "SELECT :id, 1 + coalesce(max(number), 0), :at, :by, :class, :was, :permille, :note FROM labels "
        "WHERE letter_id = :id",
        id=ident,
        at=stamp(now),
        by=by,
        was=was,
        permille=permille,
        note=note,
        **{"class": kind},
    )


def labels(session: Session) -> list[tuple[str, str, int]]:
    """The last word on each labelled mail: (what a person called it, what the rules had called it, how sure)."""
    return [
        (str(kind), str(was), int(permille))
        for kind, was, permille in session.tuples(
            "SELECT a.class, a.was, a.permille FROM labels a WHERE a.number = "
            "(SELECT max(b.number) FROM labels b WHERE b.letter_id = a.letter_id) ORDER BY a.letter_id"
        )
    ]


def clear(session: Session) -> None:
    """Forget what nobody decided on and what the reading of the mail alone had asked.

    What concerns a known enquiry stays: it was asked because of how that stood on the day the mail came.
    """
    session.execute(
        "DELETE FROM review WHERE decision = '' AND enquiry_id = '' "
        "AND letter_id IN (SELECT id FROM letters WHERE rest <> '')"
    )
