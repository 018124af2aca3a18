"""People at work on contacts: who acts when, which contact is meant, and what a change means for leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from commsleads.config import Settings
from commsleads.enquiries import Officer
from commsleads.errors import LeadError
from commsleads.journey import Touch
from commsleads.plan import Outlet
from commsleads.rules.contacts.register import declared
from commsleads.rules.contacts.standing import standing
from commsleads.rules.leads.people import joined
from commsleads.store import history
from commsleads.store.desk import people
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import edges, finding, touches

LEAD = "lead"
"""The role of an officer who may lift a stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The contacts, in the hands of one of our people, now."""

    session: Session
    settings: Settings
    now: datetime
    who: Officer

    @property
    def by_hand(self) -> str:
        """The origin of what this person adds."""
        return f"by {self.who.id}"

    @property
    def kept_until(self) -> datetime:
        """When what is learned now comes to its end, if nothing more is heard."""
        return self.now + self.settings.desk.keep

    def outlet(self, name: str) -> Outlet | None:
        """The outlet of that name in the register."""
        return declared(self.settings.outlets, name)

    def one(self, words: str) -> str:
        """The contact that is meant. Raises `NotFoundError` for none, `LeadError` for several or erased ones."""
        found = finding.contact(self.session, words)
        if touches.erased(self.session, [found]):
            raise LeadError(f"{found} was erased: nothing about that person is kept that could be shown or changed.")
        return found

    def note(
        self, contact: str, what: str, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None
    ) -> None:
        """A line of history."""
        history.record(
            self.session, self.now, who=self.who.id, what=what, kind="contact", row_id=contact, before=before,
            after=after,
        )  # fmt: skip

    def must_lead(self, what: str) -> None:
        """Raises `LeadError` for who is no lead among the officers."""
        if self.who.role != LEAD:
            leads = ", ".join(one.id for one in self.settings.desk.officers if one.role == LEAD)
            raise LeadError(f"Only an officer with the role lead may {what}. Ask: {leads or 'nobody has it'}.")


def same_person(session: Session, contact: str) -> tuple[str, ...]:
    """All contacts that people joined to this one, itself included, as it stands now."""
    found = [edge for edge in edges.around(session, contact) if edge.undone is None]
    return joined(found).get(contact, (contact,))


def stands(book: Book, contact: str) -> None:
    """Tell the lead of somebody who has touches what is known of them now: the judgement of fit follows it.

    Nothing changed is nothing written.
    """
    mine = touches.of(book.session, [contact])
    if not mine:
        return
    shown = people.shown(book.session, [contact])[contact]
    marks = " ".join(standing(shown["outlet"], shown["email"], book.settings.outlets))
    told = [one for one in mine if one.evidence == f"contact {contact}"]
    if told and (told[-1].marks, told[-1].outlet) == (marks, shown["outlet"]):
        return
    now = book.now.replace(microsecond=0)
    known = Touch(
        id=blake2b(f"known {contact} {stamp(now)} {marks}".encode(), digest_size=8).hexdigest(),
        version=1,
        contact=contact,
        at=now,
        learned=now,
        kind="known",
        marks=marks,
        outlet=shown["outlet"],
        evidence=f"contact {contact}",
        counts=False,
        why="what we know of the person, and no touch",
    )
    touches.keep(book.session, [known])
