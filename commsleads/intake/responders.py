"""Whose touches responses are: each of a target that is one person is a touch of that person's contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from commsleads.config import Settings
from commsleads.journey import Touch
from commsleads.responses import Response, Target
from commsleads.rules.contacts.standing import standing
from commsleads.rules.leads.judge import WHO
from commsleads.rules.responses.touch import ENQUIRED, GONE, KINDS, PERSONS, SET_ASIDE, tells_who, touch_of
from commsleads.store import meta
from commsleads.store.campaigns import responses, targets
from commsleads.store.campaigns.erasing import ERASED
from commsleads.store.desk import people
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session, moment
from commsleads.store.leads import asked, evidence, touches

SINCE = "touches_since"
"""The name in `meta` of when responses were looked at first. One that was seen before that was learned of when it was
seen. Of a later one no lead was told before it was looked at, so it is learned of then: as of a day a lead stands as it
was shown."""


class Responders:
    """The responses of one pass, and who their targets are."""

    def __init__(self, session: Session, settings: Settings, now: datetime) -> None:
        self.session = session
        self._now = now
        self._since = moment(meta.get(session, SINCE)) or now
        self._keep = settings.desk.keep
        self._outlets = settings.outlets
        self._mediums = {channel.id: channel.medium for channel in settings.links.channels}

    def settle(self, ids: Sequence[str]) -> list[str]:
        """Bring the touches of these responses in line with them; the contacts whose touches have changed."""
        found = responses.of_ids(self.session, ids)
        seen = responses.seen(self.session, ids)
        before: dict[str, list[Touch]] = {}
        for one in touches.evidence(self.session, [f"{evidence.RESPONSE} {each}" for each in ids]).values():
            before.setdefault(one.evidence, []).append(one)
        fresh: list[Touch] = []
        for ident in ids:
            fresh += self._one(found.get(ident), before.get(f"{evidence.RESPONSE} {ident}", []), seen.get(ident))
        return touches.keep(self.session, fresh)

    def _one(self, response: Response | None, before: Sequence[Touch], seen: datetime | None) -> list[Touch]:
        """The touch that a response is now, and what is left of those that it was before."""
        if response is None or response.kind not in KINDS:
            return self._gone(before, GONE)
        target = targets.get(self.session, response.target)
        if target is not None and _nobody(target):
            # Whose it was nobody can tell any more: it stays theirs, and counts as long as the response does.
            return [] if response.counts else self._gone(before, SET_ASIDE)
        if target is None or target.kind not in PERSONS:
            return self._gone(before, GONE)
        contact = self._contact(response, target)
        if not contact:
            return self._gone(before, SET_ASIDE)
        if self._enquired(response.evidence, contact):
            return self._gone(before, ENQUIRED)
        learned = seen if seen and not before and seen < self._since else self._now
        asks = asked.kind_of(self.session, response.campaign, response.cta)
        who, outlet = self._who(response, target, contact, before)
        touch = touch_of(response, contact, learned, asks=asks, mediums=self._mediums, who=who, outlet=outlet)
        return [touch, *self._gone([one for one in before if one.contact != contact], GONE)]

    def _who(
        self, response: Response, target: Target, contact: str, before: Sequence[Touch]
    ) -> tuple[Collection[str], str]:
        """Who it was, as marks, and for which outlet: as it was when it was told first."""
        if not tells_who(response):
            return (), ""
        for one in before:
            if one.contact == contact and one.counts:
                return WHO.intersection(one.marks.split()), one.outlet
        outlet = target.outlet or next((row["outlet"] for row in people.outlets(self.session, contact)), "")
        return standing(outlet, target.email, self._outlets), outlet

    def _gone(self, before: Sequence[Touch], why: str) -> list[Touch]:
        """These touches as none: they stay to be seen, with the reason."""
        return [one._replace(counts=False, why=why, marks="", learned=self._now) for one in before]

    def _contact(self, response: Response, target: Target) -> str:
        """The contact that a target is; made of its address where there is none and it responded."""
        if target.contact:
            return target.contact
        if not target.email:
            return ""
        known = people.addressed(self.session, [target.email]).get(target.email)
        if known or not response.counts:
            return known or ""
        ((basis, until),) = self.session.tuples("SELECT basis, erase_after FROM targets WHERE id = ?", (target.id,))
        return people.identify(
            self.session,
            Person(name=target.name, email=target.email, outlet=target.outlet),
            at=response.at,
            origin=f"target of {target.campaign}",
            erase_after=moment(until) or self._now + self._keep,
            basis=basis,
        )

    def _enquired(self, what: str, contact: str) -> bool:
        """Whether it is an enquiry of this person, or a mail that belongs to one: then that is the touch."""
        sort, _, ident = what.partition(" ")
        if sort == evidence.ENQUIRY:
            sql = "SELECT 1 FROM enquiry_journalists WHERE enquiry_id = ? AND contact_id = ?"
        elif sort == "mail":
            sql = (
                "SELECT 1 FROM enquiry_letters l JOIN enquiry_journalists j ON j.enquiry_id = l.enquiry_id "
                "WHERE l.letter_id = ? AND j.contact_id = ? LIMIT 1"
            )
        else:
            return False
        return bool(self.session.tuples(sql, (ident, contact)))


def _nobody(target: Target) -> bool:
    return target.name == ERASED and not target.email and not target.contact
