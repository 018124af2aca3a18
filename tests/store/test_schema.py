"""The structure of the database, in one file to read, and SQL that another engine could speak.

After a new migration write the snapshot anew: `.venv/bin/python -m tests.store.test_schema > tests/data/schema.txt`.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from commsleads.store import open_engine
from commsleads.store.engine import migrations

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests" / "data" / "schema.txt"

DIALECT = re.compile(
    r"""\b(?:
        strftime|julianday|unixepoch|datetime|now|age|extract|date_trunc|to_char|interval   # dates are text, made by us
      | json_\w+|jsonb\w*|group_concat|string_agg|array_agg                                 # JSON is read by us
      )\s*\(
      | (?<!-)->>?(?=\s*')                                                                  # JSON operators
      | \b(?:ilike|glob|regexp|autoincrement|serial|rowid|ctid|without\s+rowid|ifnull|iif|collate|match
        |insert\s+or\s+\w+|replace\s+into|current_timestamp|current_date|pragma|vacuum|fts5)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What one engine has and another has not."""

SEARCH = {
    "commsleads/store/search.py",
    "commsleads/store/desk/search.py",
    "commsleads/store/sql/0002_search.sqlite.sql",
    "commsleads/store/sql/0004_answers.sqlite.sql",
    "commsleads/store/sql/0005_history.sqlite.sql",
}
ENGINES = {"commsleads/store/sqlite.py"}


def structure(database: Path) -> Iterator[str]:
    """Every table with its columns, keys and indices, a line each; what SQLite and sqlite-utils keep is left out."""
    db = sqlite3.connect(database)
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for table in names:
        if table.startswith(("sqlite_", "_sqlite_", "search_")) and table != "search_docs":
            continue
        strict = next(row[5] for row in db.execute("PRAGMA table_list") if row[1] == table)
        yield f"{table}{'' if strict else ' (not strict)'}"
        for _, name, kind, filled, default, key in db.execute(f"PRAGMA table_info({table})"):
            words = [name, kind, "not null" if filled else "", f"default {default}" if default is not None else ""]
            yield "  " + " ".join(word for word in [*words, f"key {key}" if key else ""] if word)
        for row in sorted(db.execute(f"PRAGMA foreign_key_list({table})"), key=lambda row: (row[0], row[1])):
            yield f"  {row[3]} -> {row[2]}.{row[4]}"
        for _, index, unique, origin, partial in sorted(db.execute(f"PRAGMA index_list({table})")):
            if origin == "c":
                columns = ", ".join(str(row[2]) for row in db.execute(f"PRAGMA index_info({index})"))
                (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
                where = f" where {sql.partition(' WHERE ')[2]}" if partial else ""
                yield f"  {'unique ' if unique else ''}index {index} ({columns}){where}"
    db.close()


def statements(text: str) -> Iterator[str]:
    """The string literals of a module that look like SQL."""
    for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text):
        if re.search(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|ORDER BY|ON CONFLICT|AND)\b", literal):
            yield literal


def test_migrations_in_order_give_the_structure_written_down(tmp_path: Path) -> None:
    """A database made by all migrations, one after the other, has the structure that the snapshot shows."""
    database = tmp_path / "made.db"
    assert open_engine(str(database)).migrate() == [name for name, _ in migrations("sqlite")]
    assert list(structure(database)) == SNAPSHOT.read_text(encoding="utf-8").splitlines()


def test_migrations_are_numbered_without_a_hole() -> None:
    """Their order is that of their names, each number once for every engine."""
    names = [name for name, _ in migrations("sqlite")]
    assert [int(name.partition("_")[0]) for name in names] == list(range(1, len(names) + 1))


def sql_of_the_house() -> list[Path]:
    files = [*(ROOT / "commsleads").rglob("*.py"), *(ROOT / "commsleads").rglob("*.sql")]
    ours = {path.relative_to(ROOT).as_posix(): path for path in files if "__pycache__" not in path.parts}
    return [path for name, path in sorted(ours.items()) if name not in SEARCH | ENGINES]


def test_no_sql_of_one_engine_alone() -> None:
    """Outside the search and the engine itself all SQL is such that PostgreSQL needs no second set of it."""
    found = []
    for path in sql_of_the_house():
        text = path.read_text(encoding="utf-8")
        pieces = [re.sub(r"--.*|/\*.*?\*/", "", text)] if path.suffix == ".sql" else statements(text)
        found += [f"{path.relative_to(ROOT)}: {piece.strip()}" for piece in pieces if DIALECT.search(piece)]
    assert found == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT datetime('now') FROM a",
        "SELECT extra ->> 'a' FROM signals",
        "SELECT group_concat(id) FROM a",
        "SELECT id FROM a WHERE b ILIKE 'c'",
        "INSERT OR IGNORE INTO a VALUES (1)",
        "SELECT rowid FROM a",
    ],
)
def test_the_guard_sees(sql: str) -> None:
    """Each of these would be found in a module."""
    assert [piece for piece in statements(f'x = session.query("{sql}")') if DIALECT.search(piece)] == [sql]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.db"
        open_engine(str(file)).migrate()
        print("\n".join(structure(file)))
