"""Which lead or contact a person means: an id, the beginning of one, an address, a number, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.errors import LeadError, NotFoundError
from commsleads.store.desk import people
from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes

MOST = 50
"""Candidates that are looked at."""
SHOWN = 6
"""Candidates that are named."""
_BEGINNING = re.compile("[0-9a-f]{4,63}")


def lead(session: Session, words: str) -> str:
    """A contact of the one lead that is meant. Raises `NotFoundError` for none, `LeadError` for several.

    Who was never in touch with us is no lead, so that a name may be told by it.
    """
    found = called(session, words)
    touched = [contact for contact in found if contact in _touched(session, found)]
    leads = leads_of(session, touched)
    if len(set(leads.values())) == 1:
        return touched[0]
    if not touched and found:
        told = f"{_named(session, found)}: known, and never in touch with us, so no lead."
        raise NotFoundError(f"{told} See: commsleads contact show {found[0]}")
    if not touched:
        raise NotFoundError(f"No lead is called “{words.strip()[:60]}”. See: commsleads lead list")
    raise LeadError(_several(session, words, [one for one in touched if leads[one] == one] or touched, "leads"))


def contact(session: Session, words: str) -> str:
    """The one contact that is meant. Raises `NotFoundError` for none, `LeadError` for several."""
    found = called(session, words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(f"No contact is called “{words.strip()[:60]}”. See: commsleads contact list")
    leads = set(leads_of(session, found).values())
    if len(leads) == 1:
        return leads.pop()
    raise LeadError(_several(session, words, found, "contacts"))


def called(session: Session, words: str) -> list[str]:
    """The ids of all contacts that may be meant; only one, when it is their id."""
    wanted = words.strip()
    if not wanted:
        return []
    if session.tuples("SELECT 1 FROM contacts WHERE id = ?", (wanted,)):
        return [wanted]
    found = people.called(session, wanted, limit=MOST)
    if _BEGINNING.fullmatch(wanted.lower()):
        start = wanted.lower()
        rows = session.tuples(
            "SELECT id FROM contacts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", (start, start + "g", MOST)
        )
        found += [ident for (ident,) in rows if ident not in found]
    return sorted(found)


def leads_of(session: Session, contacts: Sequence[str]) -> dict[str, str]:
    """The id of the lead that each of these contacts is one of; their own where they were joined to nobody's."""
    found = {one: one for one in contacts}
    for part in chunks(list(found)):
        found |= dict(
            session.tuples(f"SELECT contact_id, lead_id FROM lead_people WHERE contact_id IN ({holes(part)})", part)
        )
    return found


def _touched(session: Session, contacts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(contacts):
        rows = session.tuples(f"SELECT DISTINCT contact_id FROM touches WHERE contact_id IN ({holes(part)})", part)
        found.update(one for (one,) in rows)
    joined = leads_of(session, contacts)
    return found | {one for one in contacts if joined[one] != one}


def _several(session: Session, words: str, ids: Sequence[str], what: str) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    there = f"{_named(session, ids[:SHOWN])}{more}"
    return f"“{words.strip()[:60]}” may be any of {len(ids)} {what}: {there}. Give the id."


def _named(session: Session, ids: Sequence[str]) -> str:
    known = people.shown(session, list(ids))
    told = {
        one: ", ".join(filter(None, (known[one][name] for name in ("name", "outlet", "email"))))
        for one in ids
        if one in known
    }
    return "; ".join(f"{one} ({words or 'no name'})" for one, words in told.items())
