"""What an edition was written from: kept beside it, and cleared where it names people who are erased."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from commsleads.store.engine import Row, Session


def of(session: Session, name: str, period: str) -> Row | None:
    """An edition as it was told, with what it was written from; None when it was not told."""
    rows = session.query(
        "SELECT inputs, settings, program, written_at, subject, text, html, markdown, printed, data FROM reports "
        "WHERE name = :name AND period = :period AND state = 'written'",
        name=name,
        period=period,
    )
    return rows[0] if rows else None
