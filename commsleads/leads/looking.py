"""Looking at one lead: as it stands now, or as it stood at a moment, told from what was known then.

Nothing is written. How it stood is told whole; who it is, is told as it is known today, because what we know of people
must be able to end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commsleads.errors import LeadError, NotFoundError
from commsleads.journey import Lead
from commsleads.leads import pictures
from commsleads.leads.record import Log, Work, log_of
from commsleads.rules.desk.privacy import LEAD, may_see
from commsleads.rules.leads import verbs
from commsleads.rules.leads.missing import missing
from commsleads.rules.leads.sentences import explained
from commsleads.store.desk import cases, people
from commsleads.store.leads import finding
from commsleads.store.leads.evidence import ENQUIRY


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A lead as somebody sees it: at which moment, with its log. `number` is what it is seen "as of"."""

    at: datetime
    lead: Lead
    log: Log

    @property
    def number(self) -> int:
        """How much had happened to it; a verb that is given it refuses when more has happened since."""
        return verbs.number(self.lead, self.log.acts, self.log.merges)


def seen(work: Work, wanted: str, at: datetime | None = None) -> Seen:
    """The lead that these words name, now or at a moment that has been. Raises `NotFoundError` where it was none."""
    must_have_been(work, at)
    terms = work.terms()
    with work.session.snapshot():
        log = log_of(work.session, finding.lead(work.session, wanted), terms, at)
    moment = log.latest(work.now) if at is None else at
    if not log.touches:
        raise NotFoundError(f"Nothing was known of “{wanted.strip()[:60]}” at {verbs.local(moment, work.zone)}.")
    return Seen(at=moment, lead=log.told(moment), log=log)


def must_have_been(work: Work, at: datetime | None) -> datetime:
    """This moment, or now for none. Raises `LeadError` for one that is to come."""
    if at is not None and at > work.now:
        raise LeadError(f"{verbs.local(at, work.zone)} is yet to come: nobody knows how it will stand then.")
    return work.now if at is None else at


def hidden(work: Work, found: Seen) -> frozenset[str]:
    """The evidence of touches that this person may not look into: enquiries that are restricted, or another team's.

    That somebody was in touch, when, and what it gives by the criteria is not hidden; what was said is.
    """
    if not work.officers or work.who.role == LEAD:
        return frozenset()
    unseen: set[str] = set()
    for one in {touch.evidence for touch in found.log.touches}:
        sort, _, ident = one.partition(" ")
        case = cases.case(work.session, ident) if sort == ENQUIRY else None
        if case is not None and not may_see(work.who, case, work.officers):
            unseen.add(one)
    return frozenset(unseen)


def shown(work: Work, found: Seen) -> dict[str, Any]:
    """A lead whole, for a program or a page: how it stands, why, its people, offers, acts, and what can be done."""
    lead = found.lead
    there = pictures.contacts(lead, people.shown(work.session, list(lead.contacts)))
    criteria = next((one.criteria for one in reversed(found.log.terms) if one.number == lead.terms), None)
    name = pictures.called(there)
    whole = pictures.whole(lead)
    if hidden(work, found):
        whole |= pictures.UNSAID
    return {
        "as_of": found.number,
        "at": pictures.at(found.at),
        "name": name,
        **whole,
        "contacts": there,
        "sentences": list(explained(lead, criteria, work.zone, name or "they")),
        "missing": list(missing(lead, found.log.touches, criteria, work.zone)),
        "acts": [pictures.act(one) for one in found.log.acts],
        "merges": [pictures.merge(one) for one in found.log.merges],
        "fitting": [verb for verb in verbs.FITTING if verbs.fits(lead, verb)],
        "what_next": verbs.INSTEAD[lead.status][0] if lead.opened else "",
        "commands": list(verbs.commands(lead)) if lead.opened else [],
    }
