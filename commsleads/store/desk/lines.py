"""The lines-to-take library. A version is never edited: a change is the next version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from commsleads.enquiries import Line
from commsleads.store.engine import Row, Session, moment, stamp


def add(session: Session, line: Line, *, at: datetime, by: str) -> int:
    """Write the next version of a line; its version. `line.version` is not looked at."""
    rows = session.tuples("SELECT coalesce(max(version), 0) + 1 FROM lines WHERE id = ?", (line.id,))
    version = int(rows[0][0])
    session.execute(
        "INSERT INTO lines (id, version, topic, text, owner, valid_from, valid_until, tags, written_at, written_by) "
        "VALUES (:id, :version, :topic, :text, :owner, :valid_from, :valid_until, :tags, :at, :by)",
        id=line.id,
        version=version,
        topic=line.topic,
        text=line.text,
        owner=line.owner,
        valid_from=line.valid_from.isoformat(),
        valid_until=line.valid_until.isoformat() if line.valid_until else "",
        tags=json.dumps(list(line.tags), ensure_ascii=False),
        at=stamp(at),
        by=by,
    )
    return version


def versions(session: Session, line_id: str = "") -> list[Line]:
    """All versions of one line, or of all, in their order."""
    rows = session.query(
        "SELECT * FROM lines WHERE id = :id OR :id = '' ORDER BY id, version",
        id=line_id,
    )
    return [_line(row) for row in rows]


def ids(session: Session) -> Sequence[str]:
    """The names of all lines."""
    return [name for (name,) in session.tuples("SELECT DISTINCT id FROM lines ORDER BY id")]


def writer(session: Session, line_id: str, version: int) -> str:
    """Who wrote a version."""
    rows = session.tuples("SELECT written_by FROM lines WHERE id = ? AND version = ?", (line_id, version))
    return str(rows[0][0]) if rows else ""


def approve(session: Session, line_id: str, version: int, *, at: datetime, by: str) -> bool:
    """Mark a version as approved; False when it was."""
    return bool(
        session.execute(
            "UPDATE lines SET approved_at = :at, approved_by = :by "
            "WHERE id = :id AND version = :version AND approved_by = ''",
            id=line_id,
            version=version,
            at=stamp(at),
            by=by,
        )
    )


def retire(session: Session, line_id: str, *, at: datetime) -> int:
    """End every version of a line; how many had not ended."""
    return session.execute(
        "UPDATE lines SET retired_at = :at WHERE id = :id AND retired_at = ''", id=line_id, at=stamp(at)
    )


def _line(row: Row) -> Line:
    return Line(
        id=row["id"],
        version=row["version"],
        topic=row["topic"],
        text=row["text"],
        owner=row["owner"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        approved_by=row["approved_by"],
        approved_at=moment(row["approved_at"]),
        retired=bool(row["retired_at"]),
        tags=tuple(json.loads(row["tags"])),
    )
