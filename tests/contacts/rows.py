"""Rows of any table, for what has to stand somewhere."""

from __future__ import annotations

from typing import Any

from tests.desk.press import Press


def put(press: Press, table: str, **given: Any) -> None:
    """A row with these columns; those that must be filled and are not given are a time, a number or nothing."""
    for _, name, kind, filled, default, _ in press.session.tuples(f"PRAGMA table_info({table})"):
        if filled and default is None and name not in given:
            given[name] = 1 if kind == "INTEGER" else "2026-11-16T09:30:00Z" if name.endswith("at") else ""
    names = ", ".join(given)
    press.session.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in given)})", **given)
