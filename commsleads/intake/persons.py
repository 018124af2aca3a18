"""What was learned of people apart from what they did: an address, or that they asked not to be written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commsleads.store.campaigns import objections
from commsleads.store.engine import Session, moment
from commsleads.store.leads import asked, touches
from commsleads.store.signals import chunks, holes


class Persons:
    """The people of one pass."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self._now = now

    def settle(self, contacts: Sequence[str]) -> list[str]:
        """Look at these: at the marks of their addresses in what they asked, and at whether they objected."""
        changed = asked.settle(self.session, asked.of_contacts(self.session, contacts), self._now, late=True)
        there = touches.newest(self.session, [touches.known_id(one) for one in contacts])
        objected = self._objected(contacts)
        nobody = touches.erased(self.session, contacts)
        fresh = []
        for contact in contacts:
            known = there.get(touches.known_id(contact))
            if at := objected.get(contact):
                # The first time that they said so is when they did, whatever is found later.
                fresh.append(touches.objected(contact, known.at if known and known.marks else at, self._now))
            elif known is not None and contact not in nobody:
                fresh.append(known._replace(marks="", why=touches.NOT_OBJECTED, learned=self._now))
        return [*changed, *touches.keep(self.session, fresh)]

    def _objected(self, contacts: Sequence[str]) -> dict[str, datetime]:
        """When each of these asked not to be written to, as a person or at one of their addresses."""
        found: dict[str, datetime] = {}
        for part in chunks(contacts):
            rows = self.session.tuples(
                f"SELECT id, stopped_at FROM contacts WHERE stopped_at <> '' AND id IN ({holes(part)})", part
            )
            found |= {contact: at for contact, stopped in rows if (at := moment(stopped))}
            points = self.session.tuples(
                f"SELECT contact_id, value FROM contact_points WHERE kind = 'email' AND contact_id IN ({holes(part)})",
                part,
            )
            since = objections.since(self.session, [value for _, value in points])
            for contact, value in points:
                if value in since:
                    found[contact] = min(found.get(contact, since[value]), since[value])
            rows = self.session.tuples(
                "SELECT contact_id, status_at FROM targets WHERE contact_id <> '' AND excluded = ? "
                f"AND contact_id IN ({holes(part)}) ORDER BY status_at DESC",
                (objections.WHY, *part),
            )
            for contact, at in rows:
                found.setdefault(contact, moment(at) or self._now)
        return found
