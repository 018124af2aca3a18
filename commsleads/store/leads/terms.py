"""The terms in force, one after the other: the written criteria, and the ground that they stand on.

Append-only: who was told something under a number can always be shown the text of that number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads.config import criteria as files
from commsleads.criteria import Criteria
from commsleads.enquiries import Hours, Officer
from commsleads.rules.leads.terms import Ground, Terms
from commsleads.store.engine import Session, stamp
from commsleads.store.history import dump


class Kept(NamedTuple):
    """A row as it is kept: `text` is the file, whole, and `ground` JSON. `note` is why it was switched on."""

    number: int
    revision: int
    at: datetime
    by: str
    author: str
    dated: str
    note: str
    text: str
    ground: str


_COLUMNS = ", ".join(Kept._fields)


def in_force(session: Session) -> tuple[Terms, ...]:
    """All terms there ever were, in their order: each in force from its `at` until that of the next."""
    return tuple(map(_terms, session.tuples(f"SELECT {_COLUMNS} FROM terms ORDER BY number, revision")))


def kept(session: Session, number: int | None = None) -> list[Kept]:
    """The rows themselves, those of one number or all of them, in their order."""
    where, given = ("", ()) if number is None else ("WHERE number = ?", (number,))
    return [
        Kept(row[0], row[1], datetime.fromisoformat(row[2]), *row[3:])
        for row in session.tuples(f"SELECT {_COLUMNS} FROM terms {where} ORDER BY number, revision", given)
    ]


def newest(session: Session) -> Kept | None:
    """The row that is in force; None when there is none yet."""
    rows = session.tuples(f"SELECT {_COLUMNS} FROM terms ORDER BY number DESC, revision DESC LIMIT 1")
    return Kept(rows[0][0], rows[0][1], datetime.fromisoformat(rows[0][2]), *rows[0][3:]) if rows else None


def add(session: Session, terms: Terms, text: str, ground: str, note: str = "") -> Terms:
    """Put these in force from their `at` on; as they were kept. `text` and `ground` are those of `terms`, written."""
    criteria = terms.criteria
    session.execute(
        f"INSERT INTO terms ({_COLUMNS}) VALUES (:number, :revision, :at, :by, :author, :dated, :note, :text, :ground)",
        number=terms.number,
        revision=terms.revision,
        at=stamp(terms.at),
        by=terms.by,
        author=criteria.author,
        dated=str(criteria.dated or ""),
        note=note,
        text=text,
        ground=ground,
    )
    return in_force(session)[-1]


def written(ground: Ground, years: Sequence[int]) -> str:
    """A ground as it is kept. `years` are those of which all days off are in it: from the first to the last."""
    return dump(
        {
            "zone": str(ground.zone),
            "hours": [[one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"] for one in ground.hours],
            "holidays": sorted(str(day) for day in ground.holidays),
            "years": [min(years), max(years)],
            "officers": [[one.id, one.role, one.team] for one in ground.officers],
        }
    )


@lru_cache(maxsize=200)
def ground_of(text: str) -> Ground:
    """What `written` wrote."""
    told = json.loads(text)
    return Ground(
        zone=ZoneInfo(told["zone"]),
        hours=tuple(
            Hours(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in told["hours"]
        ),
        holidays=frozenset(map(date.fromisoformat, told["holidays"])),
        officers=tuple(Officer(id=name, role=role, team=team) for name, role, team in told["officers"]),
    )


def years_of(text: str) -> range:
    """The years whose days off a ground has."""
    first, last = json.loads(text)["years"]
    return range(first, last + 1)


@lru_cache(maxsize=200)
def criteria_of(text: str, name: str) -> Criteria:
    """The criteria of a text that was kept."""
    return files.read(text.encode(), name)


def _terms(row: Sequence[Any]) -> Terms:
    number, revision, at, by, *_, text, ground = row
    return Terms(
        number=number,
        revision=revision,
        at=datetime.fromisoformat(at),
        by=by,
        criteria=criteria_of(text, f"The criteria number {number}"),
        ground=ground_of(ground),
    )
