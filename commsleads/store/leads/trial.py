"""What is read when criteria are tried on all leads: how they stand, and whose row is not of today. Read-only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from commsleads.journey import Act, Touch
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import acts
from commsleads.store.signals import chunks, holes

_sure = datetime.fromisoformat


class Row(NamedTuple):
    """A lead as its row has it. Times are texts, '' is never."""

    id: str
    opened: str
    stage: str
    qualified: int
    status: str
    quiet_at: str
    fit: int
    engagement: int
    fit_band: str
    engagement_band: str
    outlet: str


_TOUCHES = (
    "SELECT id, version, contact_id, at, learned_at, kind, marks, source, campaign_id, counts FROM touches "
    "WHERE contact_id > ? AND contact_id <= ? ORDER BY contact_id, learned_at"
)
BITE, MOST = 500, 10_000
"""Contacts read together, and rows of them."""
_SELECT = (
    "SELECT id, opened_at, stage, qualified, status, quiet_at, fit, engagement, fit_band, engagement_band, outlet "
    "FROM leads"
)


def streamed(session: Session) -> Iterator[tuple[str, list[Touch]]]:
    """Every contact with a touch, in the order of their ids, each with all versions in the order of learning.

    As `touches.streamed`, without what criteria do not ask of a touch: a trial reads a million of them.
    """
    after = ""
    while True:
        counts = session.tuples(
            "SELECT contact_id, count(*) FROM touches WHERE contact_id > ? GROUP BY contact_id ORDER BY contact_id "
            "LIMIT ?",
            (after, BITE),
        )
        if not counts:
            return
        # One who has thousands of touches is read alone, so that a bite is never large.
        sums = list(accumulate(count for _, count in counts))
        last = counts[max(bisect_right(sums, MOST) - 1, 0)][0]
        for contact, rows in groupby(session.tuples(_TOUCHES, (after, last)), key=itemgetter(2)):
            yield contact, list(map(_touch, rows))
        after = last


def _touch(row: tuple[Any, ...]) -> Touch:
    ident, version, contact, at, learned, kind, marks, source, campaign, counts = row
    return Touch(
        ident,
        version,
        contact,
        _sure(at),
        _sure(learned),
        kind,
        marks,
        "",
        source,
        "",
        campaign,
        "",
        "",
        "",
        counts == 1,
    )


def between(session: Session, after: str, last: str) -> dict[str, Row]:
    """The rows of all leads behind `after` up to `last`, in the order of ids."""
    found = session.tuples(f"{_SELECT} WHERE id > ? AND id <= ?", (after, last))
    return {row[0]: Row(*row) for row in found}


def one(session: Session, lead: str) -> Row | None:
    """The row of one lead."""
    rows = session.tuples(f"{_SELECT} WHERE id = ?", (lead,))
    return Row(*rows[0]) if rows else None


def late(session: Session, now: datetime, since: datetime) -> set[str]:
    """Contacts whose lead's row is not of now (the log grew, the clock has struck), or to whom something happened
    `since`."""
    rows = session.tuples(
        "SELECT contact_id FROM leads_waiting UNION SELECT id FROM leads WHERE next_at <> '' AND next_at <= ? "
        "UNION SELECT lead_id FROM lead_acts WHERE at >= ? UNION SELECT id FROM leads WHERE status_at >= ?",
        (stamp(now), stamp(since), stamp(since)),
    )
    return {contact for (contact,) in rows}


def staged(session: Session) -> dict[str, list[Act]]:
    """The acts by which somebody set a stage by hand, by the contact whose lead it was."""
    rows = session.tuples("SELECT DISTINCT lead_id FROM lead_acts WHERE verb = 'stage'")
    found: dict[str, list[Act]] = {}
    for part in chunks([lead for (lead,) in rows]):
        for lead, mine in acts.of_each(session, part).items():
            found[lead] = [act for act in mine if act.verb == "stage"]
    return found


def names(session: Session, contacts: list[str]) -> dict[str, str]:
    """What these contacts are called."""
    found: dict[str, str] = {}
    for part in chunks(contacts):
        found.update(session.tuples(f"SELECT id, name FROM contacts WHERE id IN ({holes(part)})", part))
    return found
