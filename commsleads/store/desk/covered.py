"""Which stories came of which enquiry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.errors import NotFoundError
from commsleads.store.engine import Row, Session
from commsleads.store.history import dump
from commsleads.urls import canonical


def signal(session: Session, wanted: str) -> Row:
    """The signal of that id or address. Raises `NotFoundError`."""
    select = "SELECT id, story_id, title, text, url, outlet, author, first_seen_at FROM signals WHERE"
    # The id first: addresses have no index, and a long history is long to look through.
    rows = session.query(f"{select} id = :wanted", wanted=wanted.strip()) or session.query(
        f"{select} canonical_url = :canonical OR url = :wanted ORDER BY arrival LIMIT 1",
        wanted=wanted.strip(),
        canonical=canonical(wanted.strip()) or wanted.strip(),
    )
    if not rows:
        raise NotFoundError(f"No story has the id or address “{wanted[:80]}”. See: commsleads stories")
    return rows[0]


def row(session: Session, enquiry_id: str, signal_id: str) -> Row | None:
    """How a story and an enquiry are tied, or None."""
    rows = session.query(
        "SELECT * FROM covered WHERE enquiry_id = :enquiry AND signal_id = :signal",
        enquiry=enquiry_id,
        signal=signal_id,
    )
    return rows[0] if rows else None


def add(
    session: Session,
    enquiry_id: str,
    signal_id: str,
    *,
    state: str,
    permille: int,
    reasons: Sequence[str],
    seen_at: str,
    unreached: str,
    by: str,
    at: str,
    quote_used: bool | None = None,
) -> bool:
    """Tie a story to an enquiry; False when they were tied (or refused) already."""
    return bool(
        session.execute(
            "INSERT INTO covered (enquiry_id, signal_id, state, permille, reasons, seen_at, unreached, by, at, "
            "quote_used) "
            "VALUES (:enquiry, :signal, :state, :permille, :reasons, :seen_at, :unreached, :by, :at, :quote) "
            "ON CONFLICT (enquiry_id, signal_id) DO NOTHING",
            enquiry=enquiry_id,
            signal=signal_id,
            state=state,
            permille=permille,
            reasons=dump(list(reasons)),
            seen_at=seen_at,
            unreached=unreached,
            by=by,
            at=at,
            quote=None if quote_used is None else int(quote_used),
        )
    )


def change(session: Session, enquiry_id: str, signal_id: str, fields: Mapping[str, Any]) -> None:
    """Write `fields`, whose names are columns and constants of the caller."""
    parts = ", ".join(f"{name} = :{name}" for name in fields)
    session.execute(
        f"UPDATE covered SET {parts} WHERE enquiry_id = :enquiry AND signal_id = :signal",
        enquiry=enquiry_id,
        signal=signal_id,
        **fields,
    )


def remove(session: Session, enquiry_id: str, signal_id: str) -> None:
    """Untie a story that was only suggested."""
    session.execute(
        "DELETE FROM covered WHERE enquiry_id = :enquiry AND signal_id = :signal AND state = 'suggested'",
        enquiry=enquiry_id,
        signal=signal_id,
    )


def suggested_copies(session: Session, enquiry_id: str, found: Row) -> list[str]:
    """Other signals of the same story that are suggested for an enquiry."""
    rows = session.tuples(
        "SELECT c.signal_id FROM covered c JOIN signals s ON s.id = c.signal_id "
        "WHERE c.enquiry_id = ? AND c.state = 'suggested' AND s.story_id = ? AND s.id <> ?",
        (enquiry_id, found["story_id"], found["id"]),
    )
    return [row[0] for row in rows]
