"""Leads that somebody asks for, as the tables have them; and what goes beside a list: who they are, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from commsleads.journey import Lead, Offer
from commsleads.store.desk import people
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.leads import told
from commsleads.store.signals import chunks, holes

WAITING = ("offered", "lapsed")
"""Statuses in which an answer is waited for."""
_ROWS = f"SELECT {', '.join(f'l.{name}' for name in told.LEAD)} FROM leads l"


class Wanted(NamedTuple):
    """Which leads to list; what is empty asks for nothing.

    `owners` are officers: who has it, or to whom it is offered. `since` and `until` (not included) are of the day on
    which it was opened, with `qualified` of the day on which it became qualified. `near`: short of a stage by less than
    a band's margin. `waiting`: for an answer.
    """

    stage: str = ""
    status: str = ""
    owners: tuple[str, ...] = ()
    campaign: str = ""
    source: str = ""
    since: datetime | None = None
    until: datetime | None = None
    qualified: bool = False
    near: bool = False
    waiting: bool = False

    def holds(self, lead: Lead) -> bool:
        """Whether this is one of them: what `listed` asks of the tables, asked of a value."""
        day = lead.qualified_at if self.qualified else lead.opened
        mine = {lead.owner, *(one.to for one in lead.offers if not one.answer)}
        return (
            lead.opened is not None
            and day is not None
            and self.stage in ("", lead.stage)
            and self.status in ("", lead.status)
            and (not self.owners or bool(mine.intersection(self.owners)))
            and self.campaign in ("", lead.campaign)
            and self.source in ("", lead.source)
            and (self.since is None or day >= self.since)
            and (self.until is None or day < self.until)
            and (not self.near or bool(lead.near))
            and (not self.waiting or lead.status in WAITING)
        )


def listed(session: Session, wanted: Wanted, *, limit: int = 0) -> list[Lead]:
    """The leads that are wanted, the newest first: by the day they became qualified, or were opened."""
    where, params = _where(wanted)
    day = "qualified_at" if wanted.qualified else "opened_at"
    end = " LIMIT ?" if limit else ""
    sql = f"{_ROWS} WHERE {' AND '.join(where)} ORDER BY l.{day} DESC, l.id{end}"
    found = [told.lead_of(row) for row in session.tuples(sql, (*params, *([limit] if limit else [])))]
    offers = open_offers(session, [one.id for one in found if one.status == "offered"])
    return [_with(one, offers.get(one.id)) for one in found]


def _with(lead: Lead, offer: Offer | None) -> Lead:
    from dataclasses import replace

    return replace(lead, offers=(offer,)) if offer else lead


def _where(wanted: Wanted) -> tuple[list[str], list[Any]]:
    day = "qualified_at" if wanted.qualified else "opened_at"
    where, params = ["l.opened_at <> ''", f"l.{day} <> ''"], list[Any]()
    for column, value in (
        ("stage", wanted.stage), ("status", wanted.status), ("campaign_id", wanted.campaign), ("source", wanted.source),
    ):  # fmt: skip
        if value:
            where.append(f"l.{column} = ?")
            params.append(value)
    for sign, at in ((">=", wanted.since), ("<", wanted.until)):
        if at:
            where.append(f"l.{day} {sign} ?")
            params.append(stamp(at))
    if wanted.owners:
        there = holes(wanted.owners)
        where.append(
            f"(l.owner IN ({there}) OR l.id IN (SELECT lead_id FROM handoffs WHERE answer = '' AND aim IN ({there})))"
        )
        params += [*wanted.owners, *wanted.owners]
    if wanted.near:
        where.append("l.near <> ''")
    if wanted.waiting:
        where.append(f"l.status IN ({holes(WAITING)})")
        params += WAITING
    return where, params


def open_offers(session: Session, ids: Sequence[str]) -> dict[str, Offer]:
    """The open offer of each of these leads."""
    found: dict[str, Offer] = {}
    for part in chunks(ids):
        for row in session.tuples(
            f"{_OFFERS} WHERE answer = '' AND lead_id IN ({holes(part)}) ORDER BY lead_id, number", part
        ):
            found[row[0]] = _offer(row)
    return found


def due(session: Session, until: datetime) -> list[tuple[str, Offer]]:
    """Every open offer that is to be answered by then, the nearest first."""
    rows = session.tuples(f"{_OFFERS} WHERE answer = '' AND due_at <= ? ORDER BY due_at, lead_id", (stamp(until),))
    return [(row[0], _offer(row)) for row in rows]


def lapsed(session: Session) -> list[Lead]:
    """The leads that nobody answered in time, and nobody has since; the oldest first."""
    rows = session.tuples(f"{_ROWS} WHERE l.status = 'lapsed' ORDER BY l.status_at, l.id")
    return [told.lead_of(row) for row in rows]


def waking(session: Session, until: datetime) -> list[Lead]:
    """The leads that are woken by then, the nearest first."""
    rows = session.tuples(
        f"{_ROWS} WHERE l.status = 'recycled' AND l.wakes_at <> '' AND l.wakes_at <= ? ORDER BY l.wakes_at, l.id",
        (stamp(until),),
    )
    return [told.lead_of(row) for row in rows]


def last_asked(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """To whom each of these leads was offered last; '' for nobody."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        found |= dict(
            session.tuples(f"SELECT lead_id, aim FROM handoffs WHERE lead_id IN ({holes(part)}) ORDER BY number", part)
        )
    return found


def by_id(session: Session, ids: Sequence[str]) -> dict[str, Lead]:
    """These leads."""
    found: dict[str, Lead] = {}
    for part in chunks(ids):
        rows = session.tuples(f"{_ROWS} WHERE l.id IN ({holes(part)})", part)
        found |= {row[0]: told.lead_of(row) for row in rows}
    return found


def people_of(session: Session, leads: Sequence[Lead]) -> dict[str, dict[str, Any]]:
    """Who each of these leads is: the person whose id it has; where nothing is known of them, of another of theirs."""
    found = people.shown(session, [one.id for one in leads])
    nameless = [one for one in leads if not found.get(one.id, {}).get("name")]
    others = _others(session, [one.id for one in nameless])
    named = people.shown(session, [contact for contacts in others.values() for contact in contacts])
    for lead in nameless:
        for contact in others.get(lead.id, ()):
            if named.get(contact, {}).get("name"):
                found[lead.id] = named[contact]
                break
    return found


def _others(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in chunks(ids):
        for contact, lead in session.tuples(
            f"SELECT contact_id, lead_id FROM lead_people WHERE lead_id IN ({holes(part)}) ORDER BY contact_id", part
        ):
            found.setdefault(lead, []).append(contact)
    return found


_OFFERS = (
    "SELECT lead_id, number, at, aim, due_at, stage, terms, escalated, answer, answered_at, by, reason, words "
    "FROM handoffs"
)


def _offer(row: Sequence[Any]) -> Offer:
    _, number, at, to, due_at, stage, terms, escalated, answer, answered, by, reason, words = row
    return Offer(
        number, datetime.fromisoformat(at), to, datetime.fromisoformat(due_at), stage, terms, bool(escalated), answer,
        moment(answered), by, reason, words,
    )  # fmt: skip
