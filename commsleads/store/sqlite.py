"""SQLite through sqlite-utils.

A session is a connection of its own with foreign keys on, WAL, and thirty seconds of patience. sqlite-utils
keeps the migrations and the habit of its command line; it is imported only when there is something to migrate
or a person asks, because importing it costs more than polling a hundred feeds that did not change.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from commsleads.errors import CommsleadsError, NewerStoreError, StoreError
from commsleads.store.engine import Row, Session, migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

PATIENCE = 30.0
"""Seconds to wait for another writer before giving up."""


class SqliteSession:
    """One connection. Not shared between threads."""

    dialect: Literal["sqlite", "postgres"] = "sqlite"

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self._depth = 0

    def query(self, sql: str, /, **params: Any) -> list[Row]:
        with words(self.path):
            cursor = self.connection.execute(sql, params)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def tuples(self, sql: str, params: Sequence[Any] = (), /) -> list[tuple[Any, ...]]:
        with words(self.path):
            return self.connection.execute(sql, params).fetchall()

    def execute(self, sql: str, /, **params: Any) -> int:
        with words(self.path):
            return self.connection.execute(sql, params).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[Any]], /) -> int:
        with words(self.path):
            return self.connection.executemany(sql, rows).rowcount

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        # The outermost takes the write lock at once: a deferred transaction that reads and then writes fails with
        # SQLITE_BUSY_SNAPSHOT when another process wrote in between, and no patience helps.
        outermost = self._depth == 0
        name = f"atomic_{self._depth}"
        self._run("BEGIN IMMEDIATE" if outermost else f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            # A full disk has SQLite roll back by itself; then there is nothing left to undo.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK" if outermost else f"ROLLBACK TO {name}")
                if not outermost:
                    self.connection.execute(f"RELEASE {name}")
            raise
        self._depth -= 1
        try:
            self._run("COMMIT" if outermost else f"RELEASE {name}")
        except BaseException:
            if outermost and self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        inside = self.connection.in_transaction
        if inside:  # that reads one moment already
            yield
            return
        self._run("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def _run(self, sql: str) -> None:
        with words(self.path):
            self.connection.execute(sql)


class SqliteEngine:
    """One SQLite file."""

    def __init__(self, path: Path) -> None:
        if sqlite3.sqlite_version_info < (3, 37):
            raise StoreError(
                f"SQLite {sqlite3.sqlite_version} is too old: commsleads needs 3.37 or newer. Use a newer Python."
            )
        self.path = path

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        connection = self.connect()
        try:
            yield SqliteSession(connection, self.path)
        finally:
            connection.close()

    def connect(self) -> sqlite3.Connection:
        """A connection with everything set that SQLite forgets between two of them."""
        with words(self.path):
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                connection.executescript(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
                    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;"
                )
            except sqlite3.DatabaseError as error:
                # A read-only file can still be read.
                if "readonly" not in str(error):
                    connection.close()
                    raise
        return connection

    def database(self, connection: sqlite3.Connection) -> Database:
        """The connection in sqlite-utils' hands, strangers' plug-ins left out."""
        from sqlite_utils import Database

        return Database(connection, execute_plugins=False)

    def applied(self, connection: sqlite3.Connection) -> set[str]:
        """The names of the migrations this file has, from the table sqlite-utils keeps."""
        with words(self.path):
            table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
            if table is None:
                return set()
            rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'commsleads'")
            return {name for (name,) in rows}

    def pending(self) -> list[str]:
        if not self.path.exists():
            return [name for name, _ in migrations("sqlite")]
        connection = self.connect()
        try:
            return self._pending(connection)
        finally:
            connection.close()

    def _pending(self, connection: sqlite3.Connection) -> list[str]:
        applied = self.applied(connection)
        known = [name for name, _ in migrations("sqlite")]
        if newer := sorted(applied - set(known)):
            raise NewerStoreError(
                f"{self.path} was written by a newer commsleads (it has {', '.join(newer)}). "
                "Install that version, or restore a backup made before it."
            )
        return [name for name in known if name not in applied]

    def migrate(self) -> list[str]:
        if self.path.exists() and not self.pending():
            return []
        if not self.path.parent.is_dir():
            raise StoreError(f"The folder {self.path.parent} does not exist. Make it, or change [store] url.")
        from sqlite_utils.migrations import Migrations

        _owners_alone(self.path)
        connection = self.connect()
        session = SqliteSession(connection, self.path)
        try:
            # Inside one immediate transaction: two processes that start together break each other otherwise.
            with words(self.path), session.atomic():
                todo = self._pending(connection)
                plan = Migrations("commsleads")
                for name, sql in migrations("sqlite"):
                    plan(name=name)(_migration(sql))
                plan.apply(self.database(connection))
                return todo
        finally:
            connection.close()

    def copy_to(self, file: Path) -> None:
        if file.exists():
            raise StoreError(f"{file} is there already and was left as it is. Name another file.")
        part = file.with_name(f".{file.name}.part")
        source = self.connect()
        try:
            with words(part):
                _owners_alone(part)
                target = sqlite3.connect(part)
                try:
                    source.backup(target)
                finally:
                    target.close()
            part.replace(file)
        finally:
            source.close()
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is held between sessions."""


def _owners_alone(file: Path) -> None:
    """Make a file that its owner alone may read, if it is not there: it will hold mails, names and addresses.

    SQLite gives the files beside it the same rights. Who shares the database widens them, and they stay.
    """
    with contextlib.suppress(OSError):  # what is wrong with the folder, SQLite says in words that people know
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _migration(sql: str) -> Any:
    def apply(database: Any) -> None:
        database.executescript(re.sub(r"/\* (STRICT[^*]*) \*/", r"\1", sql))

    return apply


@contextlib.contextmanager
def words(path: Path) -> Iterator[None]:
    """Turn the driver's errors that a person can act upon into sentences; others are bugs and stay as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        for sign, sentence in SENTENCES.items():
            if sign in said:
                raise StoreError(f"{path}: {sentence} (SQLite says: {said})") from error
        raise
    except UnicodeEncodeError as error:  # a terminal hands over any bytes
        raise CommsleadsError("These words hold bytes that are no text in UTF-8. Write them anew.") from error


SENTENCES = {
    "locked": "another process has been writing for a long time. Wait for it, or stop it, and try again.",
    "readonly": "the file may not be written. Give this user the right to write the file and its folder.",
    "read-only": "the file may not be written. Give this user the right to write the file and its folder.",
    "disk is full": "the disk is full. Nothing half-written was kept. Make room and run again.",
    "disk I/O error": "the disk failed while writing. Nothing half-written was kept. Check the disk and run again.",
    "unable to open": "the file cannot be opened. Check that the folder exists and that this user may write there.",
    "not a database": "this is not a commsleads database. Check [store] url; the file was left untouched.",
    "malformed": "the file is damaged. Restore the last backup; keep this file aside for a look.",
}
