"""What the rules made of mails."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from commsleads.letters import Deadline, LetterClass, Reading
from commsleads.store.engine import Row, Session, moment, stamp
from commsleads.store.history import dump
from commsleads.store.signals import chunks, holes

_WORDS = ("journalist", "email", "phone", "role", "outlet", "topic", "request_type", "language")


def keep(session: Session, ident: str, reading: Reading, at: str, requests: Sequence[str] = ()) -> None:
    """Keep what a mail was read as. `requests` are the ids of the rows of its requests, in their order.

    The mail's own words are left out: they are cut out of its text again by whoever needs them.
    """
    found: dict[str, Any] = {name: getattr(reading, name) for name in _WORDS if getattr(reading, name)}
    if reading.questions:
        found["questions"] = list(reading.questions)
    if reading.urgent:
        found["urgent"] = True
    if reading.forwarded:
        found["forwarded"] = True
    if reading.deadline:
        found["deadline"] = _deadline(reading.deadline)
    if requests:
        found["requests"] = list(requests)
    session.execute(
        "INSERT INTO readings (letter_id, class, permille, reasons, doubts, found, at) "
        "VALUES (:id, :class, :permille, :reasons, :doubts, :found, :at) ON CONFLICT (letter_id) DO UPDATE SET "
        "class = excluded.class, permille = excluded.permille, reasons = excluded.reasons, doubts = excluded.doubts, "
        "found = excluded.found, at = excluded.at",
        id=ident,
        permille=reading.permille,
        reasons=dump(list(reading.reasons)),
        doubts=dump(list(reading.doubts)),
        found=dump(found),
        at=at,
        **{"class": reading.kind.value},
    )


def of(session: Session, ids: Sequence[str]) -> dict[str, Row]:
    """The rows of readings by the ids of their mails."""
    names = ("letter_id", "class", "permille", "reasons", "doubts", "found", "at")
    rows: dict[str, Row] = {}
    for part in chunks(ids):
        found = session.tuples(f"SELECT {', '.join(names)} FROM readings WHERE letter_id IN ({holes(part)})", part)
        rows.update((row[0], Row(zip(names, row, strict=True))) for row in found)
    return rows


def reading_of(row: Mapping[str, Any]) -> Reading:
    """The reading in a row, without the mail's own words and without its requests."""
    found = json.loads(row["found"])
    deadline = found.get("deadline")
    return Reading(
        kind=LetterClass(row["class"]),
        permille=row["permille"],
        reasons=tuple(json.loads(row["reasons"])),
        doubts=tuple(json.loads(row["doubts"])),
        questions=tuple(found.get("questions", ())),
        urgent=bool(found.get("urgent")),
        forwarded=bool(found.get("forwarded")),
        deadline=_read_deadline(deadline) if deadline else None,
        **{name: found.get(name, "") for name in _WORDS},
    )


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "at": stamp(deadline.at),
        "words": deadline.words,
        "day": deadline.day.isoformat() if deadline.day else "",
        "sure": deadline.sure,
        "why": deadline.why,
    }


def _read_deadline(held: Mapping[str, Any]) -> Deadline:
    at = moment(held["at"])
    if at is None:
        raise ValueError("a deadline without a time was kept")
    day = date.fromisoformat(held["day"]) if held["day"] else None
    return Deadline(at, held["words"], day, held["sure"], held["why"])


def clear(session: Session) -> None:
    """Forget what the rules made of every mail that still has its words. What people decided stays."""
    again = "IN (SELECT id FROM letters WHERE rest <> '')"
    session.execute(
        f"DELETE FROM request_matches WHERE request_id IN (SELECT id FROM requests WHERE letter_id {again})"
    )
    session.execute(f"DELETE FROM requests WHERE letter_id {again}")
    session.execute(f"DELETE FROM readings WHERE letter_id {again}")
