"""Who changed what, when: append-only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commsleads.store.engine import Row, Session, stamp


def record(
    session: Session,
    now: datetime,
    *,
    who: str,
    what: str,
    kind: str,
    row_id: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Keep one change. `kind` names the sort of row, `what` is a verb in the past."""
    session.execute(
        "INSERT INTO history (id, number, at, who, what, kind, row_id, before, after) "
        "SELECT :id, 1 + coalesce(max(number), 0), :at, :who, :what, :kind, :row_id, :before, :after FROM history "
        "WHERE kind = :kind AND row_id = :row_id",
        id=secrets.token_hex(8),
        at=stamp(now),
        who=who,
        what=what,
        kind=kind,
        row_id=row_id,
        before="" if before is None else dump(before),
        after="" if after is None else dump(after),
    )


def of(session: Session, kind: str, row_id: str) -> list[Row]:
    """All changes of one row, oldest first."""
    return session.query(
        "SELECT at, who, what, before, after FROM history WHERE kind = :kind AND row_id = :row_id ORDER BY number",
        kind=kind,
        row_id=row_id,
    )


def dump(value: Any) -> str:
    """JSON as the store keeps it: compact, keys in order, any script readable."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
