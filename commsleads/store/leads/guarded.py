"""Of whom something was said in an enquiry that is not for everybody: lists, exports and reports go to many."""

from __future__ import annotations

from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes


def whose(session: Session) -> frozenset[str]:
    """The contacts, and the leads they are, with a touch in an enquiry that is restricted or for its team alone.

    How they say they heard of us, and where from exactly, may tell what that enquiry is about.
    """
    contacts = [
        contact
        for (contact,) in session.tuples(
            "SELECT DISTINCT t.contact_id FROM enquiries e JOIN touches t ON t.evidence = 'enquiry ' || e.id "
            "WHERE e.privacy <> 'open'"
        )
    ]
    found = set(contacts)
    for part in chunks(contacts):
        rows = session.tuples(f"SELECT lead_id FROM lead_people WHERE contact_id IN ({holes(part)})", part)
        found.update(lead for (lead,) in rows)
    return frozenset(found)
