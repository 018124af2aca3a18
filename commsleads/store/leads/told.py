"""Leads as they were told from the log: rows that can be thrown away and made again.

`keep` compares with what stands and writes what differs. Points, bands and what a lead is near to are those of the
moment at which it was told (`told_at`): they decay from then on. All else stays true until the log grows or the clock
strikes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from commsleads.journey import Lead
from commsleads.store.engine import Session, stamp
from commsleads.store.leads.rows import LEAD, MOVE, OFFER, lead_of, lead_row, move_of, move_row, offer_of, offer_row
from commsleads.store.signals import chunks, holes

__all__ = [
    "LEAD", "MOVE", "OFFER", "TABLES", "Kept", "clear", "drop", "forget", "keep", "lead", "lead_of", "lead_row",
    "leads_of",
]  # fmt: skip

TABLES = ("leads", "lead_moves", "handoffs", "lead_people")
_OPENED = LEAD.index("opened_at")
_Rows = dict[str, list[tuple[Any, ...]]]


class Kept(NamedTuple):
    """What `keep` changed: leads that were opened, and how many of the others say something else than before."""

    new: int
    changed: int


def keep(session: Session, leads: Iterable[Lead], now: datetime, *, fresh: bool = False) -> Kept:
    """Write leads as they are told now, with their moves, offers and people, where that is not what stands.

    Rows of contacts that are joined to another's lead go. `fresh` says that nothing stands: the tables were emptied.
    """
    told = {one.id: one for one in leads}
    if not told:
        return Kept(0, 0)
    stand = _Standing({}, {}, {}, {}) if fresh else _standing(session, told)
    new = changed = 0
    write = _Write()
    for lead in told.values():
        row = lead_row(lead)
        before = stand.leads.get(lead.id)
        if row != before:
            write.leads.append((*row, stamp(now)))
            opened = bool(row[_OPENED]) and not (before and before[_OPENED])
            new, changed = new + opened, changed + (not opened)
        write.differing(write.moves, [move_row(lead.id, one) for one in lead.moves], stand.moves.get(lead.id, []))
        write.differing(write.offers, [offer_row(lead.id, one) for one in lead.offers], stand.offers.get(lead.id, []))
        _people(write, lead, stand.people)
    gone = [one for lead in told.values() for one in lead.contacts if one != lead.id and one not in told]
    if fresh:
        write.anew(session)
    else:
        write.into(session, gone)
    return Kept(new, changed)


class _Standing(NamedTuple):
    leads: dict[str, tuple[Any, ...]]
    moves: _Rows
    offers: _Rows
    people: dict[str, str]


def _standing(session: Session, told: Mapping[str, Lead]) -> _Standing:
    """What stands of these leads, by their ids."""
    ids = list(told)
    people = [one for lead in told.values() for one in lead.contacts]
    return _Standing(
        {row[0]: row for row in _rows(session, LEAD, "leads", "id", ids)},
        _by_lead(_rows(session, MOVE, "lead_moves", "lead_id", ids)),
        _by_lead(_rows(session, OFFER, "handoffs", "lead_id", ids)),
        dict(_rows(session, ("contact_id", "lead_id"), "lead_people", "contact_id", people)),
    )


def _rows(session: Session, columns: Sequence[str], table: str, key: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    select = f"SELECT {', '.join(columns)} FROM {table} WHERE {key}"
    if len(ids) == 1:
        return session.tuples(f"{select} = ?", ids)
    return [row for part in chunks(ids) for row in session.tuples(f"{select} IN ({holes(part)})", part)]


def _by_lead(rows: list[tuple[Any, ...]]) -> _Rows:
    rows.sort(key=itemgetter(0, 1))
    found: _Rows = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


class _Write:
    """What is to be written, gathered so that each table is written once a bite."""

    def __init__(self) -> None:
        self.leads: list[tuple[Any, ...]] = []
        self.moves: list[tuple[Any, ...]] = []
        self.offers: list[tuple[Any, ...]] = []
        self.joined: list[tuple[Any, ...]] = []
        self.parted: list[tuple[str]] = []
        self.fewer: dict[str, list[tuple[str, int]]] = {"lead_moves": [], "handoffs": []}

    def differing(
        self, into: list[tuple[Any, ...]], rows: list[tuple[Any, ...]], before: list[tuple[Any, ...]]
    ) -> None:
        """The rows that are not as they were before, and those of before that are no more."""
        if rows == before:
            return
        known = {row[1]: row for row in before}
        into += [row for row in rows if known.pop(row[1], None) != row]
        table = "lead_moves" if into is self.moves else "handoffs"
        self.fewer[table] += [(before[0][0], number) for number in known]

    def anew(self, session: Session) -> None:
        """Write it into empty tables."""
        for sql, fresh in zip(_FRESH, (self.leads, self.moves, self.offers, self.joined), strict=True):
            if fresh:
                session.many(sql, fresh)

    def into(self, session: Session, gone: Sequence[str]) -> None:
        """Write it. All rows of the leads of `gone` go: they are parts of other leads now."""
        if gone:
            rows = [(one,) for one in gone]
            for table, key in (("leads", "id"), ("lead_moves", "lead_id"), ("handoffs", "lead_id")):
                session.many(f"DELETE FROM {table} WHERE {key} = ?", rows)
        for table, numbers in self.fewer.items():
            if numbers:
                session.many(f"DELETE FROM {table} WHERE lead_id = ? AND number = ?", numbers)
        if self.parted:
            session.many("DELETE FROM lead_people WHERE contact_id = ?", self.parted)
        for sql, fresh in ((_LEADS, self.leads), (_MOVES, self.moves), (_OFFERS, self.offers), (_PEOPLE, self.joined)):
            if fresh:
                session.many(sql, fresh)


def _insert(table: str, columns: Sequence[str], key: Sequence[str]) -> str:
    rest = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({holes(columns)}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {rest}"
    )


_LEADS = _insert("leads", (*LEAD, "told_at"), ("id",))
_MOVES = _insert("lead_moves", MOVE, ("lead_id", "number"))
_OFFERS = _insert("handoffs", OFFER, ("lead_id", "number"))
_PEOPLE = _insert("lead_people", ("contact_id", "lead_id"), ("contact_id",))
_FRESH = tuple(sql.partition(" ON CONFLICT")[0] for sql in (_LEADS, _MOVES, _OFFERS, _PEOPLE))


def _people(write: _Write, lead: Lead, stand: Mapping[str, str]) -> None:
    for contact in lead.contacts:
        known = stand.get(contact)
        if contact == lead.id:
            if known is not None:
                write.parted.append((contact,))
        elif known != lead.id:
            write.joined.append((contact, lead.id))


def clear(session: Session) -> None:
    """Throw all of it away, to make it again."""
    for table in TABLES:
        session.execute(f"DELETE FROM {table}")


def drop(session: Session, contacts: Sequence[str]) -> None:
    """These are nobody's lead: nothing ever touched them, though they may have been joined to somebody else."""
    if contacts:
        write = _Write()
        write.parted += [(one,) for one in contacts]
        write.into(session, contacts)


def forget(session: Session, contacts: Sequence[str]) -> None:
    """Empty what people said or wrote in the leads of these contacts. Who did what when, stages and points stay."""
    rows = [(one,) for contact in contacts for one in leads_of(session, [contact])]
    session.many("UPDATE leads SET detail = '', self_reported = '' WHERE id = ?", rows)
    session.many("UPDATE handoffs SET words = '' WHERE lead_id = ? AND words <> ''", rows)


# --- read back -------------------------------------------------------------------------------------------------------


def leads_of(session: Session, contacts: Sequence[str]) -> list[str]:
    """The ids of the leads of these contacts: of others where they are joined to them, else their own."""
    joined = dict(_rows(session, ("contact_id", "lead_id"), "lead_people", "contact_id", contacts))
    return list(dict.fromkeys(joined.get(one, one) for one in contacts))


def lead(session: Session, lead_id: str) -> Lead | None:
    """A lead as its rows tell it: without what its rules give, which only the log tells."""
    rows = _rows(session, LEAD, "leads", "id", [lead_id])
    if not rows:
        return None
    people = session.tuples("SELECT contact_id FROM lead_people WHERE lead_id = ?", (lead_id,))
    moves = _by_lead(_rows(session, MOVE, "lead_moves", "lead_id", [lead_id])).get(lead_id, [])
    offers = _by_lead(_rows(session, OFFER, "handoffs", "lead_id", [lead_id])).get(lead_id, [])
    return lead_of(
        rows[0],
        contacts=tuple(sorted({lead_id, *(one for (one,) in people)})),
        moves=tuple(map(move_of, moves)),
        offers=tuple(map(offer_of, offers)),
    )
