"""What the store needs of a database engine, and the converters of time.

The whole difference between engines lies behind `Session` and `Engine`; everything above speaks one SQL.
`:name` stands for a parameter in `query` and `execute`, `?` in `many`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Protocol

Row = dict[str, Any]


class Session(Protocol):
    """One unit of work on the database: opened, used by one thread, closed."""

    dialect: Literal["sqlite", "postgres"]

    def query(self, sql: str, /, **params: Any) -> list[Row]:
        """The rows of a statement that gives rows, as dictionaries by column."""
        ...

    def tuples(self, sql: str, params: Sequence[Any] = (), /) -> list[tuple[Any, ...]]:
        """The rows as tuples, with `?` parameters: for the hot path."""
        ...

    def execute(self, sql: str, /, **params: Any) -> int:
        """Run a statement without rows and say how many rows it touched."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[Any]], /) -> int:
        """Run one statement for each row, with `?` parameters."""
        ...

    def atomic(self) -> AbstractContextManager[None]:
        """All or nothing. The outermost takes the write lock at once; inner ones are savepoints."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever others write meanwhile. For reading only."""
        ...


class Engine(Protocol):
    """A database."""

    def session(self) -> AbstractContextManager[Session]: ...

    def migrate(self) -> list[str]:
        """Bring the schema up to date; the names of the migrations applied now. Safe to run twice or at once."""
        ...

    def pending(self) -> list[str]:
        """The migrations not yet applied. Raises `NewerStoreError` for a database from the future."""
        ...

    def copy_to(self, file: Path) -> None:
        """A sound copy of the whole database in a new file, while others read and write. Overwrites nothing."""
        ...

    def close(self) -> None: ...


def migrations(dialect: str) -> list[tuple[str, str]]:
    """The migrations of one engine in order, as (name, SQL)."""
    found: list[tuple[str, str]] = []
    for file in resources.files("commsleads.store.sql").iterdir():
        stem, *rest = file.name.removesuffix(".sql").split(".")
        if file.name.endswith(".sql") and (not rest or rest == [dialect]):
            found.append((stem, file.read_text(encoding="utf-8")))
    return sorted(found)


def stamp(moment: datetime) -> str:
    """A moment as the store keeps it: UTC, to the second, one width. Naive times are refused."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat()[:19]}Z"


def moment(text: str) -> datetime | None:
    """What `stamp` wrote, or None for an empty text."""
    return datetime.fromisoformat(text) if text else None


def micros(moment: datetime) -> int:
    """Microseconds since 1970, the unit of `arrival`."""
    delta = moment - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
