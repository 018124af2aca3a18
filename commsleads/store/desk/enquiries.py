"""Rows of the enquiry log: their numbers, and changes that never overwrite somebody else's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commsleads.errors import ConflictError, NotFoundError
from commsleads.store.engine import Row, Session, moment

COLUMNS = frozenset({
    "id", "reference", "year", "number", "version", "received_at", "logged_at", "received_by", "channel",
    "source_detail", "direction", "out_of_hours", "on_call", "subject", "background", "angle", "heard_how",
    "request_type", "format", "participants", "language", "deadline_at", "deadline_day", "deadline_text",
    "deadline_kind", "expected_publication", "level", "privacy", "stance", "urgent", "outlet", "outlet_tier",
    "outlet_type", "outlet_region", "programme", "parent", "freelance_for", "owner", "team", "cover", "spokesperson",
    "media_trained", "availability", "state", "hold", "round", "terms", "embargo_until", "acknowledged_at",
    "acknowledged_by", "responded_at", "responded_by", "response_kind", "lapsed_at", "ended_at", "end_reason",
    "outcome", "duplicate_of", "redirected_to", "minutes_spent", "lessons", "retention", "erase_after", "letter_id",
})  # fmt: skip
"""The columns that `insert` and `change` write."""


def next_number(session: Session, year: int) -> int:
    """The next number of a year. Ask inside the transaction that uses it: the write lock makes it nobody else's."""
    return int(session.tuples("SELECT coalesce(max(number), 0) + 1 FROM enquiries WHERE year = ?", (year,))[0][0])


def insert(session: Session, fields: Mapping[str, Any]) -> None:
    """A new row; columns that are not given have the schema's defaults."""
    names = _names(fields)
    session.execute(
        f"INSERT INTO enquiries ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})", **fields
    )


def change(session: Session, enquiry_id: str, version: int, fields: Mapping[str, Any]) -> None:
    """Write `fields` and raise the version. Raises `ConflictError` when the row is not in `version` any more."""
    parts = ", ".join([*(f"{name} = :{name}" for name in _names(fields)), "version = version + 1"])
    touched = session.execute(
        f"UPDATE enquiries SET {parts} WHERE id = :enquiry_id AND version = :read_version",
        enquiry_id=enquiry_id,
        read_version=version,
        **fields,
    )
    if touched != 1:
        raise ConflictError("Somebody else changed this enquiry meanwhile. Nothing was written; look at it again.")


def _names(fields: Mapping[str, Any]) -> list[str]:
    if strange := set(fields) - COLUMNS:
        raise ValueError(f"no columns of enquiries: {', '.join(sorted(strange))}")
    return list(fields)


def by_id(session: Session, enquiry_id: str) -> Row | None:
    """The row of that id, or None."""
    rows = session.query("SELECT * FROM enquiries WHERE id = :id", id=enquiry_id)
    return rows[0] if rows else None


def find(session: Session, wanted: str, year: int) -> Row:
    """The row that a person means: "2026-0012", "12" (of `year`), or an id. Raises `NotFoundError`."""
    wanted = wanted.strip().lstrip("#")
    if re.fullmatch(r"[0-9a-f]{16}", wanted) and (row := by_id(session, wanted)):
        return row
    named = re.fullmatch(r"(?:([0-9]{4})-)?([0-9]{1,9})", wanted)
    if named is None:
        raise NotFoundError(f"“{wanted[:40]}” is no reference. Write it as {year}-0012, or 12 for this year's.")
    of = int(named[1] or year)
    rows = session.query("SELECT * FROM enquiries WHERE year = :y AND number = :n", y=of, n=int(named[2]))
    if not rows:
        raise NotFoundError(f"There is no enquiry {reference(of, int(named[2]))}. See: commsleads enquiry list --all")
    return rows[0]


def reference(year: int, number: int) -> str:
    """How people call an enquiry."""
    return f"{year}-{number:04d}"


def of_letter(session: Session, letter_id: str) -> Row | None:
    """The enquiry that was logged from a mail, or None."""
    rows = session.query(
        "SELECT e.* FROM enquiries e JOIN enquiry_letters l ON l.enquiry_id = e.id "
        "WHERE l.letter_id = :letter AND e.letter_id = :letter",
        letter=letter_id,
    )
    return rows[0] if rows else None


def lapsing(session: Session, now: str) -> list[Row]:
    """Open enquiries without an answer whose deadline has passed and that bear no mark of it yet."""
    return session.query(
        "SELECT * FROM enquiries WHERE ended_at = '' AND responded_at = '' AND lapsed_at = '' AND deadline_at <> '' "
        "AND deadline_at < :now ORDER BY deadline_at",
        now=now,
    )


def any_lapsing(session: Session, now: str) -> bool:
    """Whether `lapsing` would find one: asked at each heartbeat."""
    return bool(
        session.tuples(
            "SELECT 1 FROM enquiries WHERE ended_at = '' AND responded_at = '' AND lapsed_at = '' "
            "AND deadline_at <> '' AND deadline_at < ? LIMIT 1",
            (now,),
        )
    )


def begun(session: Session) -> datetime | None:
    """When the oldest enquiry of the log came: what was before, nobody knows. None for a log with nothing in it."""
    return moment(session.tuples("SELECT coalesce(min(received_at), '') FROM enquiries")[0][0])


def count(session: Session) -> int:
    """How many enquiries were ever logged."""
    return int(session.tuples("SELECT count(*) FROM enquiries")[0][0])
