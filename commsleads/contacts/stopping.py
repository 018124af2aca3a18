"""Not writing to somebody any more: to the person at whatever address, or to one address whoever reads it.

Both keep every later list from writing to them. Lifting either needs a lead: who asked not to be written to should not
have to ask again because somebody found it convenient.
"""

from __future__ import annotations

from typing import NamedTuple

from commsleads.contacts.record import Book, same_person
from commsleads.errors import LeadError
from commsleads.rules.campaigns.identity import address
from commsleads.store import history
from commsleads.store.campaigns import erasing, objections
from commsleads.store.contacts import keeping, targeted
from commsleads.store.desk import people
from commsleads.store.leads import evidence

LONGEST = 500


class Stopped(NamedTuple):
    """How many targets of campaigns are left out (or taken in again), and whether anything is new."""

    contact: str
    targets: int
    new: bool


def stop(book: Book, words: str, *, why: str = "") -> Stopped:
    """Nobody writes to this person any more, in any campaign, at any address. They may write to us."""
    with book.session.atomic():
        contact = book.one(words)
        mine = same_person(book.session, contact)
        fresh = [one for one in mine if not keeping.picture(book.session, one)["stopped_at"]]
        keeping.stop(book.session, fresh, book.now, " ".join(why.split())[:LONGEST])
        left = targeted.of_contacts(book.session, mine, excluded="")
        for ident in left:
            erasing.exclude(book.session, ident, objections.WHY)
        for one in fresh:
            book.note(one, "suppressed", after={"why": " ".join(why.split())[:LONGEST]})
        evidence.note(book.session, evidence.PERSON, fresh)
        return Stopped(contact, len(left), bool(fresh))


def lift(book: Book, words: str, *, why: str) -> Stopped:
    """They said that they may be written to again. Raises `LeadError` for who is no lead, and without a reason.

    Addresses that were suppressed one by one stay so.
    """
    book.must_lead("write to somebody again who asked not to be written to")
    reason = " ".join(why.split())[:LONGEST]
    if not reason:
        raise LeadError("Say how we know that they may be written to again: --why TEXT.")
    with book.session.atomic():
        contact = book.one(words)
        mine = same_person(book.session, contact)
        held = [one for one in mine if keeping.picture(book.session, one)["stopped_at"]]
        keeping.stop(book.session, held, None, "")
        back = targeted.of_contacts(book.session, mine, excluded=objections.WHY) if held else []
        refused = objections.among(book.session, [address for _, address in targeted.addresses(book.session, back)])
        back = [ident for ident, mail in targeted.addresses(book.session, back) if mail not in refused]
        for ident in back:
            erasing.exclude(book.session, ident, "")
        for one in held:
            book.note(one, "lifted the stop", after={"why": reason})
        evidence.note(book.session, evidence.PERSON, held)
        return Stopped(contact, len(back), bool(held))


def stop_address(book: Book, given: str, *, why: str = "") -> Stopped:
    """Nobody writes to this address any more. Of it a hash is kept; people who have others are written to there."""
    folded = _folded(given)
    with book.session.atomic():
        new = objections.add(book.session, folded, book.now, book.who.id, " ".join(why.split())[:LONGEST])
        left = targeted.of_address(book.session, folded, excluded="")
        for ident in left:
            erasing.exclude(book.session, ident, objections.WHY)
        evidence.note(book.session, evidence.PERSON, people.holders(book.session, folded))
        return Stopped("", len(left), new)


def lift_address(book: Book, given: str, *, why: str) -> Stopped:
    """This address may be written to again. Raises `LeadError` for who is no lead, without a reason, and when it was
    never suppressed."""
    book.must_lead("write again to an address that was suppressed")
    folded, reason = _folded(given), " ".join(why.split())[:LONGEST]
    if not reason:
        raise LeadError("Say how we know that the address may be written to again: --why TEXT.")
    with book.session.atomic():
        if not objections.lift(book.session, folded):
            raise LeadError(f"{folded} was never suppressed, or its stop was lifted already.")
        back = targeted.of_address(book.session, folded, excluded=objections.WHY)
        for ident in back:
            erasing.exclude(book.session, ident, "")
        history.record(
            book.session, book.now, who=book.who.id, what="lifted the stop of an address", kind="do_not_contact",
            row_id=objections.hashed(folded), after={"why": reason},
        )  # fmt: skip
        evidence.note(book.session, evidence.PERSON, people.holders(book.session, folded))
        return Stopped("", len(back), new=True)


def _folded(given: str) -> str:
    folded = address(given)
    if not folded:
        raise LeadError(f"“{given[:80]}” is no mail address. Of a person: commsleads contact suppress NAME")
    return folded
