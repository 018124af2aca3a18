"""Somebody asks to be forgotten: they become nobody everywhere, at once, and no later list brings them back.

What is a figure stays and says of nobody who it was: touches with their times and marks, enquiries without the words
about people, steps of targets. What we answered stays word for word; it is what we said in public.
"""

from __future__ import annotations

from typing import NamedTuple

from commsleads.contacts.record import Book, same_person
from commsleads.errors import LeadError
from commsleads.store import history, letters
from commsleads.store.campaigns import erasing as target_erasing
from commsleads.store.campaigns import objections
from commsleads.store.contacts import everywhere
from commsleads.store.desk import erasing
from commsleads.store.engine import stamp


class Forgotten(NamedTuple):
    """How many contacts (one, or those joined to them), targets, enquiries and mails lost their words about them."""

    contacts: int
    targets: int
    enquiries: int
    letters: int


def erase(book: Book, words: str, *, even_open: bool = False) -> Forgotten:
    """Forget one person. Raises `LeadError` for who is no lead, and while an enquiry of theirs is open, unless
    `even_open`.

    With it the open enquiry loses the words about people as it would at its end, its draft among them, and stays open.
    """
    book.must_lead("erase a person")
    with book.session.atomic():
        mine = same_person(book.session, book.one(words))
        found = everywhere.of(book.session, mine)
        if found.open and not even_open:
            references = ", ".join(found.open[:5]) + (" …" if len(found.open) > 5 else "")
            raise LeadError(
                f"They have asked something that is open: {references}. Close it first, or erase them all the same "
                "with --even-open: then nobody can answer, and what was drafted is gone."
            )
        _erase(book, mine, found)
        return Forgotten(len(mine), len(found.targets), len(found.enquiries), len(found.letters))


def _erase(book: Book, mine: tuple[str, ...], found: everywhere.Everywhere) -> None:
    session, now = book.session, stamp(book.now)
    erasing.clear(session, found.enquiries, now)
    letters.forget_these(session, found.letters)
    everywhere.forget_requests(session, found.addresses)
    target_erasing.erase(session, found.targets, book.now)
    for ident in found.targets:
        target_erasing.exclude(session, ident, objections.WHY)
        history.record(session, book.now, who=book.who.id, what="erased", kind="target", row_id=ident)
    for address in found.addresses:
        objections.add(session, address, book.now, book.who.id, "")
    erasing.nobody(session, mine, now)
    for contact in mine:
        book.note(contact, "erased")
    for enquiry_id in found.enquiries:
        history.record(session, book.now, who=book.who.id, what="erased", kind="enquiry", row_id=enquiry_id)
