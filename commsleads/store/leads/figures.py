"""What the figures of the leads are read from. Read-only.

Rows come as tuples, because a report reads a hundred thousand leads at once. Times are texts as the store keeps them
('' is never), so that who needs none of them parses none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

OPEN_CAMPAIGN = "target_id = '' AND trap = 0"
"""Links for all: a click on one is nobody's."""


class Entered(NamedTuple):
    """A lead of a cohort. `reached` says when each stage was reached first, as the store keeps it."""

    id: str
    opened: str
    source: str
    channel: str
    campaign: str
    owner: str
    outlet: str
    stage: str
    reached: str
    qualified: str
    status: str
    status_at: str
    outcome: str


class Staged(NamedTuple):
    """A move of a lead of the cohort from stage to stage."""

    lead: str
    at: str
    came_from: str
    to: str


class Offered(NamedTuple):
    """A line of the handoff ledger with the campaign of its lead."""

    lead: str
    at: str
    to: str
    due: str
    stage: str
    escalated: int
    answer: str
    answered: str
    reason: str
    campaign: str


class Standing(NamedTuple):
    """A lead that lapsed or sleeps, and when it wakes."""

    lead: str
    status: str
    wakes: str
    owner: str
    stage: str


def begun(session: Session) -> tuple[int, str]:
    """How many leads there are, and when the first was opened; '' when there is none."""
    n, first = session.tuples("SELECT count(*), MIN(opened_at) FROM leads WHERE opened_at <> ''")[0]
    return int(n), str(first or "")


# --- cohorts -------------------------------------------------------------------------------------------------------


def entered(session: Session, start: str, end: str) -> list[tuple[str, ...]]:
    """The leads opened between two times, as `Entered` has them."""
    return session.tuples(
        "SELECT id, opened_at, source, channel, campaign_id, owner, outlet, stage, reached, qualified_at, status, "
        "status_at, outcome FROM leads WHERE opened_at >= ? AND opened_at < ?",
        (start, end),
    )


def first_steps(session: Session) -> dict[str, dict[str, str]]:
    """When each lead was first offered and accepted: by the step, then by lead.

    Of all leads, because to seek those of a cohort costs more than to read all there are.
    """
    offered = session.tuples("SELECT lead_id, at FROM handoffs WHERE number = 1")
    accepted = session.tuples(
        "SELECT lead_id, MIN(at) FROM lead_moves WHERE what = 'status' AND aim = 'accepted' GROUP BY lead_id"
    )
    return {"offered": dict(offered), "accepted": dict(accepted)}


def stage_moves(session: Session, start: str, end: str) -> list[Staged]:
    """The moves from stage to stage of leads opened between two times, in their order."""
    rows = session.tuples(
        "SELECT m.lead_id, m.number, m.at, m.came_from, m.aim FROM leads l JOIN lead_moves m ON m.lead_id = l.id "
        "WHERE l.opened_at >= ? AND l.opened_at < ? AND l.opened_at <> '' AND m.what = 'stage'",
        (start, end),
    )
    # Sorted here: asked for it in SQL, the engine reads the moves of all leads in their order.
    return [Staged(lead, at, came_from, to) for lead, _, at, came_from, to in sorted(rows)]


# --- movement ------------------------------------------------------------------------------------------------------


def opened_between(session: Session, start: str, end: str) -> int:
    """How many leads were opened between two times."""
    rows = session.tuples(
        "SELECT count(*) FROM leads WHERE opened_at <> '' AND opened_at >= ? AND opened_at < ?", (start, end)
    )
    return int(rows[0][0])


def qualified_between(session: Session, start: str, end: str) -> list[tuple[str, str]]:
    """The leads that were qualified for the first time between two times: (lead, the touch that opened it)."""
    rows = session.tuples(
        "SELECT id, opener FROM leads WHERE qualified_at <> '' AND qualified_at >= ? AND qualified_at < ?", (start, end)
    )
    return sorted(rows)


def kinds_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The kind of touches by id, as known now."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        rows = session.tuples(f"SELECT id, kind FROM touches WHERE id IN ({holes(part)}) ORDER BY id, version", part)
        found |= dict(rows)
    return found


def moves_between(session: Session, start: str, end: str) -> list[tuple[str, str, str, str]]:
    """The changes of stage and status between two times, in no order: (lead, what, came from, to)."""
    return session.tuples(
        "SELECT lead_id, what, came_from, aim FROM lead_moves WHERE at >= ? AND at < ? AND what IN ('stage', 'status')",
        (start, end),
    )


def reached_between(session: Session, start: str, end: str) -> Iterator[str]:
    """The stages that leads reached first between two times, each once for each lead.

    Every lead opened by then is looked at: a stage may be reached by a touch that was learned of late, without a move.
    """
    rows = session.tuples("SELECT reached FROM leads WHERE opened_at <> '' AND opened_at < ? AND reached <> ''", (end,))
    for (reached,) in rows:
        # As the store keeps it, [["engaged","2026-11-16T09:30:00Z"]]: to read JSON a hundred thousand times is slow.
        words = reached.split('"')
        for stage, at in zip(words[1::4], words[3::4], strict=True):
            if start <= at < end:
                yield stage


def closed_between(session: Session, start: str, end: str) -> list[str]:
    """What became of the leads that were closed between two times and still are."""
    rows = session.tuples(
        "SELECT outcome FROM leads WHERE status = 'closed' AND status_at >= ? AND status_at < ?", (start, end)
    )
    return [row[0] for row in rows]


# --- the handoff ---------------------------------------------------------------------------------------------------

OFFER = (
    "SELECT h.lead_id, h.at, h.aim, h.due_at, h.stage, h.escalated, h.answer, h.answered_at, h.reason, l.campaign_id "
    "FROM handoffs h JOIN leads l ON l.id = h.lead_id"
)


def offers(session: Session, start: str, end: str) -> list[Offered]:
    """The offers made between two times, oldest first."""
    rows = session.tuples(f"{OFFER} WHERE h.at >= ? AND h.at < ? ORDER BY h.at, h.lead_id, h.number", (start, end))
    return [Offered(*row) for row in rows]


def open_offers(session: Session) -> list[Offered]:
    """All offers that wait for an answer, the one due first first."""
    rows = session.tuples(f"{OFFER} WHERE h.answer = '' ORDER BY h.due_at, h.lead_id")
    return [Offered(*row) for row in rows]


def standing(session: Session) -> list[Standing]:
    """The leads that lapsed and those that sleep, by when they wake."""
    rows = session.tuples(
        "SELECT id, status, wakes_at, owner, stage FROM leads WHERE status IN ('lapsed', 'recycled') "
        "ORDER BY status, wakes_at, id"
    )
    return [Standing(*row) for row in rows]


# --- who would count under the other reading -----------------------------------------------------------------------


def unopened(session: Session, start: str, end: str) -> list[str]:
    """Those whose first touch that counts came between two times, and who are no lead."""
    rows = session.tuples(
        "SELECT id FROM leads WHERE opened_at = '' AND first_at >= ? AND first_at < ? ORDER BY id", (start, end)
    )
    return [row[0] for row in rows]


def opened_ids(session: Session, start: str, end: str) -> list[str]:
    """The leads opened between two times."""
    rows = session.tuples(
        "SELECT id FROM leads WHERE opened_at <> '' AND opened_at >= ? AND opened_at < ?", (start, end)
    )
    return sorted(row[0] for row in rows)


def touched_by(session: Session, leads: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The touches of these leads that count, as known now: (kind, marks), by lead."""
    found: dict[str, list[tuple[str, str]]] = {}
    for part in chunks(leads):
        whose = dict.fromkeys(part)
        owner = {lead: lead for lead in whose}
        owner |= dict(
            session.tuples(f"SELECT contact_id, lead_id FROM lead_people WHERE lead_id IN ({holes(part)})", part)
        )
        newest: dict[str, tuple[str, str, str, int]] = {}
        for some in chunks(list(owner)):
            rows = session.tuples(
                f"SELECT id, contact_id, kind, marks, counts FROM touches WHERE contact_id IN ({holes(some)}) "
                "ORDER BY id, version",
                some,
            )
            newest |= {row[0]: row[1:] for row in rows}
        for contact, kind, marks, counts in newest.values():
            if counts and kind != "known":
                found.setdefault(owner[contact], []).append((kind, marks))
    return found


def silent_targets(session: Session, start: str, end: str) -> int:
    """Different people who were put on a target list between two times and of whom no touch counts, ever.

    Who is excluded is on no list. A target may be somebody we know without saying so, by the address; two who were
    joined are one.
    """
    lead = "COALESCE((SELECT lead_id FROM lead_people j WHERE j.contact_id = {0}), {0})"
    acted = f"EXISTS (SELECT 1 FROM leads l WHERE l.touches > 0 AND l.id = {lead})"
    theirs = "FROM contact_points p WHERE t.email <> '' AND p.kind = 'email' AND p.value = t.email"
    rows = session.tuples(
        f"SELECT count(DISTINCT CASE WHEN t.contact_id <> '' THEN {lead.format('t.contact_id')} WHEN t.email <> '' "
        f"THEN COALESCE((SELECT MIN({lead.format('p.contact_id')}) {theirs}), t.email) ELSE t.identity END) "
        "FROM targets t WHERE t.added_at >= ? AND t.added_at < ? AND t.kind IN ('contact', 'person') "
        f"AND t.excluded = '' AND NOT {acted.format('t.contact_id')} "
        f"AND NOT EXISTS (SELECT 1 {theirs} AND {acted.format('p.contact_id')})",
        (start, end),
    )
    return int(rows[0][0])


# --- interest without a person -------------------------------------------------------------------------------------


def open_clicks(session: Session, first: str, after: str) -> dict[str, int] | None:
    """Clicks on links for all on the days from `first` until `after`, by verdict; None where there is no such link."""
    if not session.tuples(f"SELECT 1 FROM links WHERE {OPEN_CAMPAIGN} LIMIT 1"):
        return None
    rows = session.tuples(
        "SELECT t.verdict, SUM(t.n) FROM links l JOIN hit_tallies t ON t.link_id = l.id "
        "WHERE l.target_id = '' AND l.trap = 0 AND t.day >= ? AND t.day < ? GROUP BY t.verdict",
        (first, after),
    )
    return {str(verdict): int(n) for verdict, n in rows}
