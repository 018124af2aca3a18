"""Facts about this database itself, by name."""

from __future__ import annotations

from commsleads.store.engine import Session


def get(session: Session, name: str) -> str:
    """The value kept under `name`, or ''."""
    rows = session.tuples("SELECT value FROM meta WHERE name = ?", (name,))
    return str(rows[0][0]) if rows else ""


def raise_by_one(session: Session, name: str) -> None:
    """Count one more under `name`, which begins at none."""
    session.execute(
        "INSERT INTO meta (name, value) VALUES (:name, '1') "
        "ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)",
        name=name,
    )


def put(session: Session, name: str, value: str) -> None:
    """Keep `value` under `name`."""
    session.execute(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
