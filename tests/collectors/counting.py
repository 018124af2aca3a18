"""The whole program with one source of counts on loopback, for the tests of link services and site statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commsleads.app import App
from commsleads.polling import poll
from tests.collectors.sitestatistics import KEY
from tests.office import Clock, office


def counting(folder: Path, kind: str, url: str, *, secrets: dict[str, str] | None = None, **settings: Any) -> Counting:
    """The program with a source of this kind; without `secrets`, the secret `key` is the fakes' own."""
    place = folder / "secrets"
    place.mkdir(exist_ok=True)
    for name, value in {"key": KEY, **(secrets or {})}.items():
        (place / name).write_text(value, encoding="utf-8")
    lines = [f'[secrets]\nfolder = "{place}"\n[[sources]]\nid = "counts"\nkind = "{kind}"\nurl = "{url}"\nevery = "6h"']
    lines += [f"{name} = {_written(value)}" for name, value in settings.items()]
    return Counting(*office(folder, {}, more="\n".join(lines) + "\n"))


class Counting:
    """One program. `ask` polls the source, due or not; the rest says what stands in the store."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app = app
        self.clock = clock

    def ask(self, **by: float) -> str:
        """Move the clock and poll; what the source said went wrong, '' for nothing."""
        self.clock.move(**by)
        with self.app.engine.session() as session, session.atomic():
            session.execute("DELETE FROM hosts")  # waits are counted by the machine's clock, which does not move here
        poll(self.app, everyone=True, only=["counts"])
        return str(self.row("SELECT error FROM polls ORDER BY at DESC LIMIT 1")[0] or "")

    def row(self, statement: str) -> tuple[Any, ...]:
        with self.app.engine.session() as session:
            return tuple(session.tuples(statement)[0])

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.app.engine.session() as session:
            return [tuple(row) for row in session.tuples(statement)]

    def by_day(self, names: str = "utm_campaign=wing26%") -> dict[str, int]:
        """What stands for each day that is not empty, over all counters whose thing is like `names`."""
        rows = self.rows(
            "SELECT n.day, sum(n.total) FROM counts n JOIN counters c ON c.id = n.counter_id "
            f"WHERE c.thing LIKE '{names}' GROUP BY n.day HAVING sum(n.total) <> 0 ORDER BY n.day"
        )
        return {str(day): int(total) for day, total in rows}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'
