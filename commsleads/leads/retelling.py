"""Leads told anew from their log: those whose log grew, those whose time has come, or all of them.

A lead is all contacts that standing merges join, so whoever is told is told with everybody they are joined with. Each
bite is one transaction: what waited is done when its leads are written, so a kill at any moment loses nothing and does
nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from commsleads.journey import Act, Lead, Touch
from commsleads.store import meta
from commsleads.store.collecting import no_collecting
from commsleads.store.engine import Session
from commsleads.store.leads import acts, merges, told, touches, waiting

if TYPE_CHECKING:
    from commsleads.rules.leads.terms import Terms

T = TypeVar("T")

BITE = 200
"""Contacts told in one transaction, where only some are."""
MOST = 20_000
"""Contacts told in one pass; what is left is found by the next."""
MANY = 2_000
"""Leads written in one transaction, where all are told anew."""
_LEARNED: Callable[[Touch], datetime] = attrgetter("learned")
TERMS = "leads_terms"
"""The name in `meta` of the terms that all leads were judged under."""
Progress = Callable[[int], None]
Stopping = Callable[[], bool]


class Retold(NamedTuple):
    """How many leads are new (opened), and how many others say something else than before."""

    new: int
    touched: int


def never() -> bool:
    """Nobody asks to stop."""
    return False


def retell(
    session: Session,
    terms: Sequence[Terms],
    now: datetime,
    contacts: Iterable[str] | None = None,
    *,
    most: int = MOST,
    stopping: Stopping = never,
) -> Retold:
    """Tell these contacts' leads anew; without any, those that wait and those whose clock has struck.

    Other terms than those of last time let everybody wait first. Bounded by `most`, and goes on where it stopped.
    """
    if contacts is not None:
        with session.atomic():
            return _tell(session, terms, now, list(dict.fromkeys(contacts)))
    _under(session, terms)
    new = changed = 0
    while most > 0 and not stopping():
        with session.atomic():
            some = waiting.take(session, min(BITE, most))
            done = _tell(session, terms, now, some)
        new, changed, most = new + done.new, changed + done.touched, most - BITE
        if len(some) < BITE:
            break
    after = ""
    while most > 0 and not stopping():
        with session.atomic():
            some = waiting.struck(session, now, min(BITE, most), after)
            done = _tell(session, terms, now, some)
        new, changed, most = new + done.new, changed + done.touched, most - BITE
        if len(some) < BITE:
            break
        after = some[-1]
    return Retold(new, changed)


def rebuild(session: Session, terms: Sequence[Terms], now: datetime, progress: Progress | None = None) -> int:
    """Throw every lead away and tell it anew from its log; how many there are.

    Let what touches are made of be looked at first. One transaction: nobody sees half of it.
    """
    with session.atomic(), no_collecting():
        told.clear(session)
        count = 0
        for some in _bites(_everybody(session, terms, now), MANY):
            told.keep(session, some, now, fresh=True)
            count += len(some)
            if progress is not None:
                progress(count)
        waiting.none(session)
        meta.put(session, TERMS, _print(terms))
    return count


def of(session: Session, contact: str) -> tuple[str, ...]:
    """All contacts that are one person with this one, itself among them."""
    return _joined(session, [contact]).get(contact, (contact,))


def log_of(session: Session, contacts: Sequence[str]) -> tuple[list[Touch], list[Act]]:
    """The log of a person: touches in all versions, and acts."""
    return touches.of(session, contacts), acts.of(session, contacts)


def _joined(session: Session, contacts: Sequence[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """For each of these contacts (of all) who is joined with others: all that are this person."""
    from commsleads.rules.leads.people import joined

    standing = merges.standing(session) if contacts is None else merges.around(session, contacts)
    return joined(standing) if standing else {}


def _under(session: Session, terms: Sequence[Terms]) -> None:
    print_ = _print(terms)
    if meta.get(session, TERMS) != print_:
        with session.atomic():
            waiting.note_everybody(session)
            meta.put(session, TERMS, print_)


def _print(terms: Sequence[Terms]) -> str:
    return " ".join(f"{one.number}.{one.revision}" for one in terms[-1:])


def _tell(session: Session, terms: Sequence[Terms], now: datetime, contacts: Sequence[str]) -> Retold:
    """Tell the leads of these contacts, inside a transaction of the caller's. They wait no more."""
    from commsleads.rules.leads import told as fold

    if not contacts:
        return Retold(0, 0)
    joined = _joined(session, contacts)
    groups = dict.fromkeys(joined.get(one, (one,)) for one in contacts)
    everybody = [one for group in groups for one in group]
    mine, done = touches.of_each(session, everybody), acts.of_each(session, everybody)
    leads, untouched = list[Lead](), list[str]()
    for group in groups:
        if log := _of_group(mine, group):
            acted = _of_group(done, group)
            leads.append(fold(group, log, acted, terms, _moment(now, log, acted, terms)))
        else:
            untouched += group
    told.drop(session, untouched)
    kept = told.keep(session, leads, now)
    waiting.done(session, everybody)
    return Retold(kept.new, kept.changed)


def _moment(now: datetime, log: Sequence[Touch], acted: Sequence[Act], terms: Sequence[Terms]) -> datetime:
    """Now, or the last that is known where that is later: a clock that goes back must not leave out what is there."""
    return max(now, *map(_LEARNED, log), *(one.at for one in acted), *(one.at for one in terms[-1:]))


def _of_group(by_contact: Mapping[str, list[T]], group: Sequence[str]) -> list[T]:
    if len(group) == 1:
        return by_contact.get(group[0], [])
    return [one for contact in group for one in by_contact.get(contact, ())]


def _everybody(session: Session, terms: Sequence[Terms], now: datetime) -> Iterator[Lead]:
    """Every lead there is, in the order of the first of its contacts; some hundred logs in memory at a time."""
    from commsleads.rules.leads import told as fold

    joined = _joined(session)
    done: set[str] = set()
    after = ""
    for some in _bites(touches.streamed(session), MANY):
        last = some[-1][0]
        acted = acts.between(session, after, last)
        after = last
        for contact, log in some:
            group = joined.get(contact)
            if group is None:
                mine = acted.get(contact, ())
                yield fold((contact,), log, mine, terms, _moment(now, log, mine, terms))
            elif contact not in done:
                done.update(group)
                whole, others = log_of(session, group)
                yield fold(group, whole, others, terms, _moment(now, whole, others, terms))


def _bites(values: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(values, size)):
        yield some
