"""What came and was no mail that could be read: its beginning, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from commsleads.contract import Unread
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.letters import sound

WHOLE = 200
"""Things of one source whose beginning is kept, the newest; of older ones only that they came."""
KEPT = timedelta(days=180)
"""How long a beginning is kept: it may hold anybody's words."""


def keep(session: Session, source_id: str, now: datetime, unread: Sequence[Unread]) -> int:
    """Keep what came and was no mail that could be read: its beginning, for a person. How many were new."""
    new = 0
    for one in unread:
        ident = blake2b(
            f"{source_id}\n{one.external_id}\n{one.size}".encode("utf-8", "surrogatepass"), digest_size=8
        ).hexdigest()
        new += session.execute(
            "INSERT INTO aside (id, source_id, external_id, at, why, size, body) "
            "VALUES (:id, :source, :external, :at, :why, :size, :body) ON CONFLICT (id) DO NOTHING",
            id=ident,
            source=source_id,
            external=sound(one.external_id)[:500],
            at=stamp(now),
            why=sound(one.why)[:1000],
            size=one.size,
            body=one.body[:65_536].decode("utf-8", "backslashreplace").replace("\x00", "\\x00"),
        )
    if new:
        session.execute(
            "UPDATE aside SET body = '' WHERE source_id = :source AND body <> '' AND id NOT IN "
            "(SELECT id FROM aside WHERE source_id = :source ORDER BY at DESC, id LIMIT :most)",
            source=source_id,
            most=WHOLE,
        )
    return new


def listed(session: Session, limit: int = 0) -> list[Row]:
    """What was set aside, newest first; 0 is all."""
    return session.query(
        "SELECT id, source_id AS source, external_id, at, why, size, body FROM aside ORDER BY at DESC, id LIMIT :limit",
        limit=limit or 1_000_000_000,
    )


def forget(session: Session, now: datetime) -> None:
    """Forget the beginnings whose time is over; that something came stays."""
    session.execute(
        "UPDATE aside SET body = '', external_id = '' WHERE at < :old AND body <> ''", old=stamp(now - KEPT)
    )
