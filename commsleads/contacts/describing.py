"""Changing what is known of a contact, by hand: each new datum with its origin, its basis and its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contacts.record import Book, stands
from commsleads.enquiries import PREFERRED
from commsleads.errors import LeadError
from commsleads.rules.campaigns.identity import address
from commsleads.store.contacts import gathering, keeping
from commsleads.store.contacts.origins import learned
from commsleads.store.desk import people
from commsleads.store.desk.people import Person

LONGEST = 300
MOST_BEATS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be changed; '' and () change nothing. `origin` says where it was learned, else it is by hand."""

    name: str = ""
    role: str = ""
    preferred: str = ""
    beats: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    drop_beats: tuple[str, ...] = ()
    drop_emails: tuple[str, ...] = ()
    drop_phones: tuple[str, ...] = ()
    drop_outlets: tuple[str, ...] = ()
    origin: str = ""
    basis: str = "legitimate interest"


def change(book: Book, words: str, given: Changes) -> str:
    """Change one contact, whole or not at all; their id.

    Raises `LeadError` with all mistakes when something given makes no sense, and for an address that is another's.
    """
    if given == Changes(origin=given.origin, basis=given.basis):
        raise LeadError("Say what is to be changed, such as --name, --role, --beat, --email or --outlet.")
    with book.session.atomic():
        contact = book.one(words)
        _must_fit(book, contact, given)
        before = keeping.picture(book.session, contact)
        _drop(book, contact, given)
        _describe(book, contact, given)
        _add(book, contact, given)
        after = keeping.picture(book.session, contact)
        if before != after:
            changed = [name for name in after if before[name] != after[name]]
            book.note(contact, "changed", {n: before[n] for n in changed}, {n: after[n] for n in changed})
            stands(book, contact)
    return contact


def _must_fit(book: Book, contact: str, given: Changes) -> None:
    problems = []
    if given.preferred and given.preferred not in PREFERRED:
        problems.append(f"“{given.preferred[:40]}” is no way to reach somebody. There is: {', '.join(PREFERRED)}.")
    for one in given.emails:
        folded = address(one)
        owner = people.addressed(book.session, [folded]).get(folded, contact) if folded else contact
        if not folded:
            problems.append(f"“{one[:80]}” is no mail address.")
        elif owner != contact:
            problems.append(
                f"{folded} is the address of another contact, {owner}. If both are one person: "
                f"commsleads lead merge {contact} {owner}"
            )
    problems += [f"“{one[:60]}” is no telephone number." for one in given.phones if len(people.folded_phone(one)) < 3]
    held = keeping.picture(book.session, contact)
    for what, dropped, there in (
        ("address", tuple(one.strip().lower() for one in given.drop_emails), held["emails"]),
        ("number", tuple(people.folded_phone(one) for one in given.drop_phones), held["phones"]),
        ("outlet", given.drop_outlets, held["outlets"]),
        ("beat", given.drop_beats, held["beats"]),
    ):
        missing = [one for one in dropped if one not in there]
        problems += [f"“{one[:80]}” is no {what} of theirs. There is: {', '.join(there) or 'none'}." for one in missing]
    if problems:
        raise LeadError(*problems)


def _drop(book: Book, contact: str, given: Changes) -> None:
    for one in given.drop_emails:
        keeping.drop_point(book.session, contact, "email", one.strip().lower())
    for one in given.drop_phones:
        keeping.drop_point(book.session, contact, "phone", people.folded_phone(one))
    for one in given.drop_outlets:
        keeping.drop_outlet(book.session, contact, one)
    if given.drop_beats:
        keeping.drop_beats(book.session, contact, given.drop_beats)


def _describe(book: Book, contact: str, given: Changes) -> None:
    said = {"name": " ".join(given.name.split())[:LONGEST], "role": " ".join(given.role.split())[:LONGEST]}
    keeping.describe(book.session, contact, {name: value for name, value in said.items() if value})
    learned(book.session, contact, said, **_how(book, given))
    if given.preferred:
        people.prefers(book.session, contact, given.preferred, **_how(book, given))
    beats = tuple(" ".join(one.split())[:LONGEST] for one in given.beats if one.strip())[:MOST_BEATS]
    if beats:
        gathering.add_beats(book.session, contact, beats)
    for beat in beats:
        learned(book.session, contact, {"beat": beat}, **_how(book, given))


def _add(book: Book, contact: str, given: Changes) -> None:
    how = _how(book, given)
    for one in given.emails:
        folded = address(one)
        people.reached_by(book.session, contact, Person(email=folded), at=book.now, origin=how["origin"])
        learned(book.session, contact, {"email": folded}, **how)
    for one in given.phones:
        people.reached_by(book.session, contact, Person(phone=one[:60]), at=book.now, origin=how["origin"])
        learned(book.session, contact, {"phone": one[:60]}, **how)
    for one in given.outlets:
        there = book.outlet(one)
        name = there.name if there else " ".join(one.split())[:LONGEST]
        people.writes_for(book.session, contact, name, role=given.role, **how)


def _how(book: Book, given: Changes) -> dict[str, Any]:
    origin = " ".join(given.origin.split())[:LONGEST] or book.by_hand
    return {"at": book.now, "origin": origin, "basis": given.basis, "by": book.who.id}
