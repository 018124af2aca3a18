"""What the organisation declared, kept beside the facts so that old rows can be read without the old settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from commsleads.plan import Campaign, Outlet, Watch
from commsleads.store import history
from commsleads.store.engine import Session


def sync(
    session: Session,
    watches: Iterable[Watch],
    outlets: Iterable[Outlet],
    campaigns: Iterable[Campaign],
    now: datetime,
) -> None:
    """Bring the table in line with the settings. What left the file becomes inactive; its rows stay."""
    wanted: dict[tuple[str, str], str] = {}
    for what, values in (("watch", watches), ("outlet", outlets), ("campaign", campaigns)):
        for value in values:
            wanted[what, value.name if isinstance(value, Outlet) else value.id] = history.dump(plain(asdict(value)))
    rows = session.query("SELECT what, id, active, declared FROM declared WHERE origin = 'config'")
    have = {(row["what"], row["id"]): row for row in rows}
    for (what, name), declared in wanted.items():
        row = have.pop((what, name), None)
        if row and row["active"] and row["declared"] == declared:
            continue
        session.execute(
            "INSERT INTO declared (what, id, declared) VALUES (:what, :id, :declared) "
            "ON CONFLICT (what, id) DO UPDATE SET declared = excluded.declared, active = 1, origin = 'config'",
            what=what,
            id=name,
            declared=declared,
        )
        verb = "changed" if row and row["active"] else "added"
        _changed(session, now, verb, (what, name), before=row and row["declared"], after=declared)
    for (what, name), row in have.items():
        if row["active"]:
            session.execute("UPDATE declared SET active = 0 WHERE what = :what AND id = :id", what=what, id=name)
            _changed(session, now, "removed", (what, name), before=row["declared"], after=None)


def _changed(session: Session, now: datetime, verb: str, row: tuple[str, str], *, before: Any, after: Any) -> None:
    history.record(
        session,
        now,
        who="settings",
        what=verb,
        kind=row[0],
        row_id=row[1],
        before={"declared": before} if before else None,
        after={"declared": after} if after else None,
    )


def plain(value: Any) -> Any:
    """A value of the plan as JSON knows it: days as text, stretches as seconds."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value.isoformat() if isinstance(value, date) else value
