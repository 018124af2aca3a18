"""What our people did with leads: append-only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from commsleads.journey import Act, Merge
from commsleads.rules.leads.people import joined
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.leads import edges, waiting
from commsleads.store.signals import chunks, holes

COLUMNS = ("id", "lead_id", "number", "at", "by", "verb", "aim", "reason", "words", "until_at")
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM lead_acts"
_INSERT = f"INSERT INTO lead_acts ({', '.join(COLUMNS)}) VALUES ({holes(COLUMNS)})"
_sure = datetime.fromisoformat


def add(session: Session, act: Act) -> Act:
    """Keep an act, which is given the next number of its lead; as it was kept. The lead is to be told anew.

    A higher number of its own it keeps: the lead was joined with another, whose acts came before.
    """
    ((number,),) = session.tuples("SELECT 1 + coalesce(max(number), 0) FROM lead_acts WHERE lead_id = ?", (act.lead,))
    kept = act._replace(number=max(number, act.number))
    session.many(_INSERT, [_row(kept)])
    waiting.note(session, [act.lead])
    return kept


def of(session: Session, contacts: Sequence[str]) -> list[Act]:
    """The acts on the leads of these contacts, in the order in which they were done."""
    found: list[Act] = []
    for part in chunks(contacts):
        found += map(_act, session.tuples(f"{_SELECT} WHERE lead_id IN ({holes(part)})", part))
    found.sort(key=_in_order)
    return found


def of_each(session: Session, contacts: Sequence[str]) -> dict[str, list[Act]]:
    """As `of`, apart by the lead they were done with."""
    found: dict[str, list[Act]] = {}
    for one in of(session, contacts):
        found.setdefault(one.lead, []).append(one)
    return found


def between(session: Session, after: str, last: str) -> dict[str, list[Act]]:
    """As `of_each`, for all leads behind `after` up to `last`, in the order of ids."""
    found: dict[str, list[Act]] = {}
    rows = session.tuples(f"{_SELECT} WHERE lead_id > ? AND lead_id <= ?", (after, last))
    for one in sorted(map(_act, rows), key=_in_order):
        found.setdefault(one.lead, []).append(one)
    return found


def forget(session: Session, contacts: Iterable[str]) -> None:
    """Empty what was written beside acts on these people's leads, and beside what was handed over."""
    rows = [(one,) for one in contacts]
    session.many("UPDATE lead_acts SET words = '' WHERE lead_id = ? AND words <> ''", rows)


def forget_joined(session: Session, contact: str) -> None:
    """As `forget`, for what was written while this contact was joined with others from whom it was parted again: it
    stands in their leads, and may be about this one."""
    around = edges.around(session, contact)
    if all(edge.undone is None for edge in around):
        return
    others = sorted({one for edge in around for one in (edge.one, edge.other)} - {contact})
    about = [act for act in of(session, others) if act.words and act.lead in _then(around, act.at).get(contact, ())]
    leads = sorted({act.lead for act in about})
    session.many("UPDATE lead_acts SET words = '' WHERE id = ?", [(act.id,) for act in about])
    session.many("UPDATE handoffs SET words = '' WHERE lead_id = ? AND words <> ''", [(one,) for one in leads])
    waiting.note(session, leads)  # what stays of their words comes back with their acts


def _then(around: Iterable[Merge], at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Who was joined at that moment; one that was undone in the same second still counts."""
    return joined(edge._replace(undone=None) for edge in around if edge.at <= at <= (edge.undone or at))


def _in_order(one: Act) -> tuple[datetime, int, str]:
    return one.at, one.number, one.id


def _row(one: Act) -> tuple[Any, ...]:
    until = stamp(one.until) if one.until else ""
    return (one.id, one.lead, one.number, stamp(one.at), one.by, one.verb, one.to, one.reason, one.words, until)


def _act(row: Sequence[Any]) -> Act:
    ident, lead, number, at, by, verb, aim, reason, words, until = row
    return Act(ident, lead, number, _sure(at), by, verb, aim, reason, words, moment(until))
