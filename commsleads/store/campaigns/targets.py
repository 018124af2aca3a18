"""Targets of campaigns, one by one, and the steps they took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from commsleads.responses import Target
from commsleads.rules.campaigns.identity import address
from commsleads.store.campaigns import touched
from commsleads.store.engine import Row, Session, moment, stamp
from commsleads.store.leads import evidence

_COLUMNS = (
    "id, campaign_id, part, kind, name, outlet, email, contact_id, status, excluded, control, contacted_at, "
    "responded_at, first_response"
)
_ADDED = (
    "id", "campaign_id", "part", "kind", "identity", "name", "outlet", "email", "contact_id", "note", "control",
    "excluded", "status", "status_at", "origin", "basis", "added_at", "erase_after",
)  # fmt: skip
_STEPS = frozenset(("status", "status_at", "contacted_at", "responded_at", "first_response"))
"""How far somebody has come follows from responses, and no response from it."""


class Move(NamedTuple):
    """One step of a target. `response` is the id of the response that brought it, '' for none."""

    at: datetime
    by: str
    came_from: str
    status: str
    why: str = ""
    response: str = ""


def of_campaign(session: Session, campaign_id: str, *, group: str = "", status: str = "") -> list[Target]:
    """The targets of a campaign, by group and name; with `group` and `status`, only those."""
    rows = session.tuples(
        f"SELECT {_COLUMNS} FROM targets WHERE campaign_id = ? AND (? = '' OR part = ?) AND (? = '' OR status = ?) "
        "ORDER BY part, name, outlet, id",
        (campaign_id, group, group, status, status),
    )
    return [_target(row) for row in rows]


def find(session: Session, campaign_id: str, *, email: str = "", contact: str = "") -> Target | None:
    """The target of this campaign with that address, or that is that contact of the desk; the address decides."""
    for column, value in (("email", address(email) if email else ""), ("contact_id", contact)):
        if value:
            rows = session.tuples(
                f"SELECT {_COLUMNS} FROM targets WHERE {column} = ? AND campaign_id = ? ORDER BY added_at, id LIMIT 1",
                (value, campaign_id),
            )
            if rows:
                return _target(rows[0])
    return None


def get(session: Session, target_id: str) -> Target | None:
    """The target of that id."""
    rows = session.tuples(f"SELECT {_COLUMNS} FROM targets WHERE id = ?", (target_id,))
    return _target(rows[0]) if rows else None


def called(session: Session, words: str, campaign_id: str = "", *, limit: int = 20) -> list[Target]:
    """Those that a person means by an id, the beginning of one, an address or a name."""
    wanted = words.strip()
    start = wanted.lower() if len(wanted) >= 4 and wanted.isalnum() else "-"
    rows = session.tuples(
        f"SELECT {_COLUMNS} FROM targets WHERE (id = ? OR (id >= ? AND id < ?) OR (email <> '' AND email = ?) "
        "OR (name <> '' AND lower(name) = ?)) AND (? = '' OR campaign_id = ?) ORDER BY campaign_id, id LIMIT ?",
        (wanted, start, start + "g", address(wanted) or "-", wanted.lower(), campaign_id, campaign_id, limit),
    )
    return [_target(row) for row in rows]


def told(session: Session, campaign_id: str) -> list[Row]:
    """What tells the targets of a campaign apart: id, identity, name, outlet, address."""
    return session.query(
        "SELECT id, identity, name, outlet, email, part, contact_id FROM targets WHERE campaign_id = :campaign "
        "ORDER BY added_at, id",
        campaign=campaign_id,
    )


def add(session: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Keep new targets; those whose id is there stay as they are. How many are new."""
    holes = ", ".join("?" for _ in _ADDED)
    given = [[row[name] for name in _ADDED] for row in rows]
    touched.note(session, {row[1] for row in given})
    return session.many(
        f"INSERT INTO targets ({', '.join(_ADDED)}) VALUES ({holes}) ON CONFLICT (id) DO NOTHING", given
    )


def change(session: Session, target_id: str, fields: Mapping[str, Any]) -> None:
    """Write columns of one target. Names come from the program, never from a person."""
    session.execute(
        f"UPDATE targets SET {', '.join(f'{name} = :{name}' for name in fields)} WHERE id = :id",
        id=target_id,
        **fields,
    )
    if not _STEPS.issuperset(fields):
        touched.note_targets(session, [target_id])
    if "email" in fields or "contact_id" in fields:
        _somebody_else(session, target_id)


def _somebody_else(session: Session, target_id: str) -> None:
    """Whose touches the responses of a target are, and which of their enquiries were of one who was aimed at."""
    responses = session.tuples("SELECT id FROM responses WHERE target_id = ?", (target_id,))
    contacts = session.tuples(
        "SELECT contact_id FROM targets WHERE id = ? AND contact_id <> '' UNION SELECT p.contact_id FROM targets t "
        "JOIN contact_points p ON p.value = t.email AND p.kind = 'email' WHERE t.id = ? AND t.email <> ''",
        (target_id, target_id),
    )
    evidence.note(session, evidence.RESPONSE, [one for (one,) in responses])
    evidence.note(session, evidence.PERSON, [one for (one,) in contacts])


def contacted(session: Session, target_ids: Iterable[str], at: datetime) -> None:
    """Note when these were written to; the first time counts, in whatever order mailings are told."""
    when = stamp(at)
    session.many(
        "UPDATE targets SET contacted_at = ? WHERE id = ? AND (contacted_at = '' OR contacted_at > ?)",
        [(when, ident, when) for ident in target_ids],
    )


def step_all(
    session: Session, steps: Iterable[tuple[str, str]], *, status: str, at: datetime, by: str, why: str
) -> None:
    """Let many targets take one and the same step: (id, where they stood) each."""
    given, when = list(steps), stamp(at)
    session.many(
        "UPDATE targets SET status = ?, status_at = ? WHERE id = ?", [(status, when, ident) for ident, _ in given]
    )
    session.many(
        "INSERT INTO target_moves (target_id, number, at, by, came_from, status, why, response_id) "
        "SELECT ?, 1 + coalesce(max(number), 0), ?, ?, ?, ?, ?, '' FROM target_moves WHERE target_id = ?",
        [(ident, when, by, stood, status, why, ident) for ident, stood in given],
    )


def groups(session: Session, campaign_id: str) -> set[str]:
    """The groups that its targets are in, '' among them for none."""
    rows = session.tuples("SELECT DISTINCT part FROM targets WHERE campaign_id = ?", (campaign_id,))
    return {part for (part,) in rows}


def move(session: Session, target_id: str, step: Move) -> None:
    """Keep one step."""
    session.execute(
        "INSERT INTO target_moves (target_id, number, at, by, came_from, status, why, response_id) "
        "SELECT :id, 1 + coalesce(max(number), 0), :at, :by, :came_from, :status, :why, :response FROM target_moves "
        "WHERE target_id = :id",
        id=target_id,
        **{**step._asdict(), "at": stamp(step.at)},
    )


def moves(session: Session, target_id: str) -> list[Move]:
    """The steps of a target, in the order in which they were written."""
    rows = session.tuples(
        "SELECT at, by, came_from, status, why, response_id FROM target_moves WHERE target_id = ? ORDER BY number",
        (target_id,),
    )
    return [Move(at, *row[1:]) for row in rows if (at := moment(row[0]))]


def linked(session: Session, campaign_id: str) -> dict[str, str]:
    """The target of each contact of the desk that this campaign aims at."""
    rows = session.tuples(
        "SELECT contact_id, id FROM targets WHERE campaign_id = ? AND contact_id <> '' ORDER BY added_at DESC, id DESC",
        (campaign_id,),
    )
    return dict(rows)


def _target(row: Sequence[Any]) -> Target:
    ident, campaign, part, kind, name, outlet, email, contact, status, excluded, control, *times, first = row
    return Target(
        id=ident,
        campaign=campaign,
        group=part,
        kind=kind,
        name=name,
        outlet=outlet,
        email=email,
        contact=contact,
        status=status,
        excluded=excluded,
        control=bool(control),
        contacted_at=moment(times[0]),
        responded_at=moment(times[1]),
        first_response=first,
    )
