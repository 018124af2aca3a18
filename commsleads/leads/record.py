"""People at work on leads: who acts when, and the one way in which an act is added to a lead's log.

Every verb goes through `changing`: look the lead up, tell it as it stands now, see whether the verb makes sense, add
the act, tell the lead anew. All of it is one transaction that holds the write lock from its first word: half an act is
none, and of two people who act at once the second sees what the first did.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from commsleads.config import Settings
from commsleads.criteria import Criteria
from commsleads.enquiries import Officer
from commsleads.errors import ConflictError, LeadError
from commsleads.journey import Act, Lead, Merge, Touch
from commsleads.leads import agreeing
from commsleads.leads.retelling import retell
from commsleads.rules.desk.officers import officer
from commsleads.rules.leads import told, verbs
from commsleads.rules.leads.known import known, until
from commsleads.rules.leads.people import joined
from commsleads.rules.leads.terms import Terms
from commsleads.store.engine import Session
from commsleads.store.leads import acts, finding, touches
from commsleads.store.leads.edges import around

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST = 5_000
"""Characters of a person's own words."""
LONGEST = 500
"""Characters of a reason why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One of our people at work on leads, now, on one database."""

    session: Session
    settings: Settings
    now: datetime
    who: Officer

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's zone."""
        return self.settings.organisation.zone

    @property
    def today(self) -> date:
        """The day, in the organisation's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Our own people. Who was given no team is of the desk's."""
        plan = self.settings.desk
        return tuple(replace(one, team=one.team or plan.team) for one in plan.officers)

    def officer(self, name: str) -> Officer:
        """One of our own people. Raises `WordError` with the nearest."""
        return officer(self.officers, name)

    def terms(self) -> tuple[Terms, ...]:
        """All criteria that ever were in force, with their ground; the settings' are put in force if they are not."""
        return agreeing.ensure(self.session, self.settings, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """All that one lead follows from: who it is, what came from them, what people did, and under which terms."""

    contacts: tuple[str, ...]
    touches: tuple[Touch, ...]
    acts: tuple[Act, ...]
    merges: tuple[Merge, ...]
    terms: tuple[Terms, ...]

    def latest(self, now: datetime) -> datetime:
        """Now, or the last that is known where that is later: who waited for another's act looks at what it left, and
        clocks of two machines differ."""
        rows: tuple[Touch | Act | Merge | Terms, ...] = (*self.touches, *self.acts, *self.merges, *self.terms)
        ended = (one.undone for one in self.merges if one.undone is not None)
        return max((now, *(known(one) for one in rows), *ended))

    def told(self, now: datetime) -> Lead:
        """The lead at a moment that is not before the last that is known of it."""
        return told(self.contacts, self.touches, self.acts, self.terms, now)


def log_of(session: Session, contact: str, terms: Sequence[Terms], at: datetime | None = None) -> Log:
    """The log of the lead that this contact is one of; with a moment, who it was then and what was known by then."""
    edges = around(session, contact)
    if at is not None:
        edges = list(until(edges, at))
    contacts = joined(edges).get(contact, (contact,))
    rows = touches.of(session, contacts), acts.of(session, contacts)
    return Log(
        contacts=contacts,
        touches=tuple(rows[0]) if at is None else until(rows[0], at),
        acts=tuple(rows[1]) if at is None else until(rows[1], at),
        merges=tuple(one for one in edges if one.one in contacts or one.other in contacts),
        terms=tuple(terms) if at is None else until(terms, at),
    )


@dataclass(slots=True)
class Change:
    """A lead that somebody is about to do something with: as it stands now, and its log."""

    work: Work
    lead: Lead
    log: Log

    @property
    def contacts(self) -> tuple[str, ...]:
        """Who it is."""
        return self.log.contacts

    @property
    def criteria(self) -> Criteria:
        """Those in force."""
        return self.log.terms[-1].criteria

    def must_fit(self, verb: str) -> None:
        """Raises `ConflictError` when somebody was faster, `LeadError` when the verb never made sense."""
        if verbs.fits(self.lead, verb):
            return
        sentence, person = verbs.at_odds(self.lead, verb, self.work.zone)
        raise (ConflictError if person else LeadError)(sentence)

    def act(self, verb: str, *, to: str = "", reason: str = "", words: str = "", until: datetime | None = None) -> Act:
        """Add an act to the log.

        Its number is higher than those of all acts on this lead, whichever of its contacts they were done with: so they
        keep their order within a second.
        """
        if words.strip() and touches.erased(self.work.session, self.contacts) == set(self.contacts):
            raise LeadError(
                f"{self.lead.id} was erased: nothing that somebody says of that person is kept any more. Do it without "
                "a note."
            )
        number = 1 + max((one.number for one in self.log.acts), default=0)
        made = Act(
            id=secrets.token_hex(8),
            lead=self.lead.id,
            number=number,
            at=self.work.now,
            by=self.work.who.id,
            verb=verb,
            to=to,
            reason=reason,
            words=words.strip()[:MOST],
            until=until,
        )
        return acts.add(self.work.session, made)


@contextmanager
def changing(work: Work, wanted: str, verb: str, *, seen: int | None = None) -> Iterator[Change]:
    """Act on one lead: everything that the block writes, or nothing; then the lead is told anew.

    `seen` is the number that the person saw it as of; when more has happened since, `ConflictError` says who did what.
    Raises `NotFoundError` and `LeadError` when the words name no lead, or several.
    """
    with work.session.atomic():
        terms = work.terms()
        log = log_of(work.session, finding.lead(work.session, wanted), terms)
        work = replace(work, now=log.latest(work.now))
        lead = log.told(work.now)
        happened = verbs.happened(lead, log.acts, log.merges)
        if seen is not None and seen != len(happened):
            again = f"Nothing of yours was written. Look at it again: commsleads lead show {lead.id}"
            raise ConflictError(f"{verbs.meanwhile(lead, happened, seen, work.zone)} {again}")
        change = Change(work, lead, log)
        change.must_fit(verb)
        yield change
        retell(work.session, terms, work.now, log.contacts)


def needed(words: str, problem: str) -> str:
    """A reason on one line, bounded. Raises `LeadError` with this sentence when there is none."""
    reason = " ".join(words.split())[:LONGEST]
    if not reason:
        raise LeadError(problem)
    return reason
