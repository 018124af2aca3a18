"""The store: one schema, one set of SQL. `open_engine` chooses the engine by the address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from commsleads.errors import StoreError

if TYPE_CHECKING:
    from commsleads.store.engine import Engine


def open_engine(url: str) -> Engine:
    """The engine for `[store] url`: the path of a SQLite file. Nothing is created or changed yet."""
    if url.startswith(("postgres://", "postgresql://")):
        raise StoreError("PostgreSQL is not supported yet: give [store] url the path of a SQLite file.")
    from commsleads.store.sqlite import SqliteEngine

    return SqliteEngine(Path(url))
