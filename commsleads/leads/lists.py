"""Lists of leads: those that somebody asks for, now or as they stood on a day, and what is due."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from commsleads.enquiries import Officer
from commsleads.journey import Act, Lead, Touch
from commsleads.leads import pictures
from commsleads.leads.looking import must_have_been
from commsleads.leads.record import Work
from commsleads.leads.retelling import retell
from commsleads.rules.leads import told
from commsleads.rules.leads.known import until as known_until
from commsleads.rules.leads.people import joined
from commsleads.rules.leads.terms import Terms
from commsleads.store.collecting import no_collecting
from commsleads.store.engine import Session
from commsleads.store.leads import acts, listing, merges, touches, waiting
from commsleads.store.leads import guarded as guards
from commsleads.store.leads.listing import Wanted

AHEAD = timedelta(days=7)
"""How far ahead a list of what is due looks for leads that wake."""
PAGE = 1_000
"""Contacts whose acts are read at once, where all leads are told."""


def listed(work: Work, wanted: Wanted, *, limit: int = 0) -> list[dict[str, Any]]:
    """The leads that are wanted as they stand now, the newest first. What the clock changed is told first."""
    struck(work)
    with work.session.snapshot():
        return _lines(work.session, listing.listed(work.session, wanted, limit=limit))


def listed_on(work: Work, wanted: Wanted, at: datetime, *, limit: int = 0) -> list[dict[str, Any]]:
    """The leads that were wanted as they stood at a moment. All logs are read, one person's at a time."""
    moment = must_have_been(work, at)
    terms = known_until(work.terms(), moment)
    with work.session.snapshot(), no_collecting():
        found = (lead for lead in told_on(work.session, terms, moment) if wanted.holds(lead))
        newest = heapq.nsmallest(limit, found, _order(wanted)) if limit else sorted(found, key=_order(wanted))
        return _lines(work.session, newest)


def told_on(session: Session, terms: Sequence[Terms], at: datetime) -> Iterator[Lead]:
    """Every lead as it stood at a moment, with the logs of a few hundred people in memory at a time."""
    if not terms:
        return
    groups = joined(known_until(merges.all_(session), at))
    done: set[str] = set()
    for contact, log, acted in _logs(session):
        group = groups.get(contact)
        if group is None:
            known = known_until(log, at)
            if known:
                yield told((contact,), known, known_until(acted, at), terms, at)
        elif contact not in done:
            done.update(group)
            known = known_until(touches.of(session, group), at)
            if known:
                yield told(group, known, known_until(acts.of(session, group), at), terms, at)


def _logs(session: Session) -> Iterator[tuple[str, list[Touch], Sequence[Act]]]:
    """Each contact with its log; the acts are read for many at once."""
    page: list[tuple[str, list[Touch]]] = []
    after = ""

    def paged() -> Iterator[tuple[str, list[Touch], Sequence[Act]]]:
        acted = acts.between(session, after, page[-1][0])
        for contact, log in page:
            yield contact, log, acted.get(contact, ())

    for one in touches.streamed(session):
        page.append(one)
        if len(page) == PAGE:
            yield from paged()
            after = page[-1][0]
            page.clear()
    if page:
        yield from paged()


def _order(wanted: Wanted) -> Any:
    def key(lead: Lead) -> tuple[float, str]:
        day = lead.qualified_at if wanted.qualified else lead.opened
        return -(day.timestamp() if day else 0.0), lead.id

    return key


def _lines(session: Session, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Who asks for a list has not always said who they are: it tells nothing of what is not for everybody."""
    who, guarded = listing.people_of(session, leads), guards.whose(session)
    return [
        {
            **pictures.line(lead, who.get(lead.id, {})),
            **({} if guarded.isdisjoint((lead.id, *lead.contacts)) else pictures.UNSAID),
        }
        for lead in leads
    ]


def struck(work: Work) -> None:
    """Tell those leads anew whose clock has struck: an offer that lapsed, a day of waking."""
    after = ""
    while ids := waiting.struck(work.session, work.now, PAGE, after):
        retell(work.session, work.terms(), work.now, ids)
        after = ids[-1]


# --- due -----------------------------------------------------------------------------------------------------------


def due(work: Work, *, until: datetime | None = None, owners: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What waits for whom: open offers by the time they are due, leads that lapsed, and who wakes until then.

    `owners` keeps those that are offered to, belong to, or (lapsed) were last offered to one of these officers.
    """
    struck(work)
    end = until or work.now + AHEAD
    with work.session.snapshot():
        rows = [*_offers(work, end), *_lapsed(work), *_waking(work, end)]
    return [row for row in rows if not owners or row["who"] in owners]


def _offers(work: Work, end: datetime) -> list[dict[str, Any]]:
    offers = listing.due(work.session, end)
    known = listing.by_id(work.session, [lead for lead, _ in offers])
    who = listing.people_of(work.session, list(known.values()))
    return [
        _row(work, known[lead], who, what="answer", at=offer.due, to=offer.to) | {"escalated": offer.escalated}
        for lead, offer in offers
        if lead in known
    ]


def _lapsed(work: Work) -> list[dict[str, Any]]:
    found = listing.lapsed(work.session)
    who = listing.people_of(work.session, found)
    asked = listing.last_asked(work.session, [one.id for one in found])
    return [_row(work, one, who, what="lapsed", at=one.status_at, to=asked.get(one.id, "")) for one in found]


def _waking(work: Work, end: datetime) -> list[dict[str, Any]]:
    found = listing.waking(work.session, end)
    who = listing.people_of(work.session, found)
    return [_row(work, one, who, what="wakes", at=one.wakes, to=one.owner) for one in found]


def _row(
    work: Work, lead: Lead, people: dict[str, dict[str, Any]], *, what: str, at: datetime | None, to: str
) -> dict[str, Any]:
    person = people.get(lead.id, {})
    return {
        "what": what,
        "at": pictures.at(at),
        "id": lead.id,
        "name": person.get("name", "") or person.get("email", ""),
        "outlet": person.get("outlet", "") or lead.outlet,
        "stage": lead.stage,
        "status": lead.status,
        "campaign": lead.campaign,
        "who": to,
        "cover": cover(work.officers, to),
        "escalated": False,
    }


def cover(officers: Sequence[Officer], name: str) -> str:
    """Who stands in for an officer; '' for nobody."""
    return next((one.cover for one in officers if one.id == name), "")


def minded(officers: Sequence[Officer], name: str) -> tuple[str, ...]:
    """Whose leads somebody minds: their own, and those of whom they cover."""
    return (name, *(one.id for one in officers if one.cover == name))
