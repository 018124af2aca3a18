"""A database of before: what was known of people then has its origins afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from commsleads.store import open_engine
from commsleads.store.engine import migrations


def test_what_was_known_keeps_its_origin(tmp_path: Path) -> None:
    """Each datum of a contact that came before origins were kept one by one; of who was erased, none."""
    old = sqlite3.connect(tmp_path / "old.db")
    for name, sql in migrations("sqlite"):
        if name < "0007":
            old.executescript(sql)
    rows = [("a", "Ruth Calder", "ruth calder", "editor"), ("b", "erased", "", "")]
    old.executemany(
        "INSERT INTO contacts (id, name, folded, role, preferred, origin, basis, first_at, last_at, erase_after) "
        "VALUES (?, ?, ?, ?, '', 'enquiry phone', 'answering an enquiry', '2026-01-02', '2026-01-02', '')",
        rows,
    )
    old.execute("INSERT INTO contact_points VALUES ('email', 'r@x.com', 'a', 'R@x.com', 'enquiry email', '2026-02-02')")
    old.executemany("INSERT INTO contact_outlets VALUES (?, 'Post', '', '2026-01-02', '2026-01-02')", [("a",), ("b",)])
    old.executescript(dict(migrations("sqlite"))["0007_leads"])
    found = old.execute("SELECT contact_id, field, value, origin, at FROM contact_data ORDER BY field").fetchall()
    old.close()
    assert found == [
        ("a", "email", "r@x.com", "enquiry email", "2026-02-02"),
        ("a", "name", "Ruth Calder", "enquiry phone", "2026-01-02"),
        ("a", "outlet", "Post", "enquiry phone", "2026-01-02"),
        ("a", "role", "editor", "enquiry phone", "2026-01-02"),
    ]


def test_a_new_database_begins_without(tmp_path: Path) -> None:
    """Nobody is known yet, and nothing of anybody."""
    engine = open_engine(str(tmp_path / "new.db"))
    engine.migrate()
    with engine.session() as session:
        assert session.tuples("SELECT count(*) FROM contact_data") == [(0,)]
