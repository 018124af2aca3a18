"""An office with campaigns on a database of its own: values that make sense, and a clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.campaigns.importing import Imported, Wanted, import_rows
from commsleads.lists import Row
from commsleads.plan import CallToAction, Campaign, Goal, TargetGroup
from commsleads.responses import Target
from commsleads.store import open_engine
from commsleads.store.campaigns import applied, targets
from commsleads.store.engine import Session

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
KEEP = timedelta(days=730)


def campaign(**changes: Any) -> Campaign:
    """A campaign that begins in December, with two groups."""
    given: dict[str, Any] = {
        "id": "wing",
        "name": "The new wing",
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 31),
        "goal": Goal(n=40, of="registrations"),
        "ctas": (CallToAction(id="book", wording="Book a tour", destination="https://museum.example/book"),),
        "targets": (TargetGroup(name="press", n=10), TargetGroup(name="schools")),
    }
    return Campaign(**given | changes)


@cache
def _empty() -> bytes:
    """A migrated database without a row; migrating costs more than most tests."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"{folder}/made.db")
        engine.migrate()
        engine.copy_to(Path(folder) / "empty.db")
        engine.close()
        return (Path(folder) / "empty.db").read_bytes()


@contextmanager
def office(folder: Path, *campaigns: Campaign) -> Iterator[Session]:
    """A session on a database in which these campaigns are in force."""
    (folder / "commsleads.db").write_bytes(_empty())
    engine = open_engine(str(folder / "commsleads.db"))
    with engine.session() as session:
        for one in campaigns or (campaign(),):
            applied.put(session, one, NOW, "ada")
        yield session
    engine.close()


def rows(*lines: str) -> list[Row]:
    """Rows of a list, cells divided by "|"."""
    return [Row(number, line.split("|")) for number, line in enumerate(lines, start=1)]


def imported(session: Session, lines: Sequence[str], of: Campaign | None = None, **how: Any) -> Imported:
    """Import these lines into the group "press"."""
    dry_run, now = how.pop("dry_run", False), how.pop("now", NOW)
    fields: dict[str, Any] = {"group": "press"}
    wanted = Wanted(**fields | how)
    given = rows(*lines)
    return import_rows(
        session, of or campaign(), given, wanted, zone=ZONE, keep=KEEP, now=now, by="ada", dry_run=dry_run
    )


def listed(session: Session) -> list[Target]:
    """The targets of the campaign."""
    return targets.of_campaign(session, "wing")
