"""A copy of everything about one person, for that person: the answer to an access request, in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.contacts.record import Book, same_person
from commsleads.store.contacts import copying, everywhere
from commsleads.store.engine import stamp

TITLES: Mapping[str, str] = {
    "contacts": "Who you are, as we have it",
    "contact_points": "Your addresses and numbers",
    "contact_outlets": "Whom you wrote for",
    "contact_data": "Where each datum came from, when, and why we may keep it",
    "enquiries": "What you asked us",
    "questions": "Your questions",
    "answers": "What we answered",
    "promises": "What we promised you",
    "interviews": "Interviews",
    "drafts": "What was drafted for you",
    "approvals": "Who approved it",
    "experts": "Whom we asked for you",
    "moves": "How your enquiries went",
    "enquiry_ties": "What your enquiries belong to",
    "letters": "Mails that you sent us, and ours to you",
    "readings": "How your mails were read",
    "review": "Mails that a person looked at",
    "labels": "What that person called them",
    "enquiry_letters": "Which mail belongs to which enquiry",
    "requests": "Requests of services with your address",
    "consents": "What you consented to",
    "targets": "Campaigns that were aimed at you",
    "target_moves": "How far you came in them",
    "responses": "What you did in them",
    "links": "Links that were made for you alone",
    "touches": "When we were in touch",
    "noted": "What we noted by hand",
    "lead_acts": "What our people did about it",
    "leads": "How we judge your interest",
    "lead_moves": "How that judgement changed",
    "handoffs": "To whom you were handed over",
    "merges": "Entries that were taken for one person",
    "told_apart": "Entries that were taken for two people",
    "covered": "What appeared after your enquiries",
    "history": "Changes of your entry",
}
"""The parts of a copy in their order, as people read them."""


def export(book: Book, words: str) -> dict[str, Any]:
    """Everything about one person out of all tables, each part as rows. That it was handed out is kept.

    Raises `LeadError` for who is no lead: restricted enquiries are in it. What other journalists wrote in a shared
    enquiry is theirs, and is not.
    """
    book.must_lead("hand out all that is kept of a person")
    with book.session.atomic():
        mine = same_person(book.session, book.one(words))
        found = everywhere.of(book.session, mine)
        parts = copying.copy(book.session, mine, found)
        book.note(mine[0], "handed out", after={"parts": {name: len(rows) for name, rows in parts.items() if rows}})
    organisation = book.settings.organisation
    return {
        "organisation": organisation.name,
        "made_at": stamp(book.now),
        "made_by": book.who.id,
        "contact": mine[0],
        **{name: parts.get(name, []) for name in TITLES},
    }


def readable(data: Mapping[str, Any]) -> str:
    """A copy as plain text, part by part; empty parts are named at the end, so that nothing seems left out."""
    lines = [f"Everything that {data['organisation'] or 'we'} keep about you, as of {data['made_at']}.", ""]
    for name, title in TITLES.items():
        if data[name]:
            lines += [title, "-" * len(title), *_rows(data[name]), ""]
    empty = [title for name, title in TITLES.items() if not data[name]]
    if empty:
        lines += ["Nothing is kept under: " + "; ".join(empty) + ".", ""]
    return "\n".join(lines)


def _rows(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        said = [(name, str(value)) for name, value in row.items() if value not in ("", None)]
        lines += [f"{name}: {_indented(value)}" for name, value in said]
        lines.append("")
    return lines[:-1]


def _indented(value: str) -> str:
    return value.replace("\r", "").replace("\n", "\n    ")
