"""The end of personal data: the person goes, the event stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from commsleads.store import inputs, unnaming
from commsleads.store.campaigns import objections
from commsleads.store.desk import search
from commsleads.store.desk.people import folded_name
from commsleads.store.engine import Session
from commsleads.store.leads import acts, told, touches, waiting
from commsleads.store.signals import chunks, holes

ERASED = "erased"
NOBODYS = f"[{ERASED}]"
"""An outlet that was called as its only journalist."""
_WORDS = (
    ("moves", "why"), ("drafts", "text"), ("approvals", "comment"), ("experts", "note"), ("interviews", "note"),
    ("promises", "what"), ("enquiry_letters", "why"), ("enquiry_ties", "why"),
)  # fmt: skip
"""Where somebody may have written about somebody, in the parts of an enquiry."""
_ADDRESS = re.compile(r"[^\s<>@,;:]{1,64}@[^\s<>@,;:]{2,255}")
_NUMBER = re.compile(r"(?<!\w)(?:\+|\(?0)(?:[ ./()-]{0,2}\d){9,17}")
"""A telephone number: it begins with a plus or a nought, and is longer than a date."""


def contacts(session: Session, now: str) -> int:
    """Make nobody of the contacts whose time has come and who are in no open enquiry; how many.

    Their enquiries, touches and outlets stay: they are figures, and say of nobody who it was.
    """
    due = [
        contact
        for (contact,) in session.tuples(
            "SELECT c.id FROM contacts c WHERE c.erase_after <> '' AND c.erase_after < ? AND NOT EXISTS ("
            "SELECT 1 FROM enquiry_journalists j JOIN enquiries e ON e.id = j.enquiry_id "
            "WHERE j.contact_id = c.id AND e.ended_at = '')",
            (now,),
        )
    ]
    nobody(session, due, now)
    return len(due)


def nobody(session: Session, ids: Sequence[str], now: str) -> None:
    """Make nobody of these contacts: name, addresses, numbers, where each came from, and words about them.

    Of whoever asked not to be written to a hash of each address is kept, so that no later list brings them back.
    Outlets, touches and what was done with the lead stay without their words: figures are made of them.
    """
    _keep_stopped(session, ids, now)
    known = _known_by(session, ids)
    inputs.forget(session, known, now)
    unnaming.people(session, known)
    objections.forget(session, _addresses(session, ids))
    for contact in ids:
        acts.forget_joined(session, contact)
        _own_outlets(session, contact)
    rows = [(contact,) for contact in ids]
    for table in ("contact_points", "contact_data"):
        session.many(f"DELETE FROM {table} WHERE contact_id = ?", rows)
    session.many(
        f"UPDATE contacts SET name = '{ERASED}', folded = '', role = '', preferred = '', beats = '', "
        "stopped_why = '', erase_after = '' WHERE id = ?",
        rows,
    )
    session.many("UPDATE contact_outlets SET role = '' WHERE contact_id = ?", rows)
    session.many("UPDATE noted SET detail = '', words = '', gone_why = '' WHERE contact_id = ?", rows)
    for column in ("one", "other"):
        session.many(f"UPDATE merges SET why = '', undone_why = '' WHERE {column} = ?", rows)
        session.many(f"UPDATE told_apart SET why = '' WHERE {column} = ?", rows)
    touches.forget(session, ids)
    acts.forget(session, ids)
    told.forget(session, ids)
    waiting.note(session, ids)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind IN ('contact', 'lead') AND row_id = ?",
        rows,
    )


def _own_outlets(session: Session, contact: str) -> None:
    """Outlets that are called as this person is, such as a freelance's office, are nobody's either."""
    ((name,),) = session.tuples("SELECT folded FROM contacts WHERE id = ?", (contact,)) or [("",)]
    if " " not in name:  # one word may be a name of many
        return
    theirs = {
        outlet
        for table in ("contact_outlets", "touches", "noted")
        for (outlet,) in session.tuples(f"SELECT DISTINCT outlet FROM {table} WHERE contact_id = ?", (contact,))
        if f" {name} " in f" {folded_name(outlet)} "
    }
    for outlet in theirs:
        session.execute(
            "DELETE FROM contact_outlets WHERE contact_id = :id AND outlet = :outlet AND EXISTS (SELECT 1 FROM "
            f"contact_outlets WHERE contact_id = :id AND outlet = '{NOBODYS}')",
            id=contact,
            outlet=outlet,
        )
        for table in ("contact_outlets", "touches", "noted"):
            session.execute(
                f"UPDATE {table} SET outlet = '{NOBODYS}' WHERE contact_id = :id AND outlet = :outlet",
                id=contact,
                outlet=outlet,
            )
        session.execute(
            f"UPDATE enquiries SET outlet = '{NOBODYS}' WHERE outlet = :outlet AND id IN "
            "(SELECT enquiry_id FROM enquiry_journalists WHERE contact_id = :id)",
            id=contact,
            outlet=outlet,
        )
        session.execute("UPDATE leads SET outlet = :nobodys WHERE id = :id AND outlet = :outlet", nobodys=NOBODYS,
                        id=contact, outlet=outlet)  # fmt: skip


def _addresses(session: Session, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    for part in chunks(ids):
        rows = session.tuples(
            f"SELECT value FROM contact_points WHERE kind = 'email' AND contact_id IN ({holes(part)})", part
        )
        found += [value for (value,) in rows]
    return found


def _known_by(session: Session, ids: Sequence[str]) -> list[str]:
    """The names, addresses and numbers of these contacts."""
    found: list[str] = []
    for part in chunks(ids):
        rows = session.tuples(f"SELECT name FROM contacts WHERE id IN ({holes(part)})", part)
        rows += session.tuples(f"SELECT value FROM contact_points WHERE contact_id IN ({holes(part)})", part)
        found += [words for (words,) in rows if words != ERASED]
    return found


def _keep_stopped(session: Session, ids: Sequence[str], now: str) -> None:
    for contact in ids:
        stopped = session.tuples(
            "SELECT p.value FROM contact_points p JOIN contacts c ON c.id = p.contact_id "
            "WHERE c.stopped_at <> '' AND p.kind = 'email' AND c.id = ?",
            (contact,),
        )
        for (address,) in stopped:
            objections.add(session, address, datetime.fromisoformat(now), "commsleads", "")


def enquiries(session: Session, now: str) -> list[str]:
    """Take the words about people out of the enquiries whose time has come, and out of their history; their ids.

    What we answered stays, word for word: it is what we said in public. So do all that figures are made of, and what
    was asked, without the names, addresses and numbers of who asked it. Call it before `contacts`, which forgets these.
    """
    due = [
        enquiry_id
        for (enquiry_id,) in session.tuples(
            "SELECT id FROM enquiries WHERE ended_at <> '' AND erase_after <> '' AND erase_after < ?", (now,)
        )
    ]
    clear(session, due, now)
    return due


def clear(session: Session, due: Sequence[str], now: str) -> None:
    """Take the words about people out of these enquiries. Call it before `nobody`, which forgets their names."""
    ids = [(enquiry_id,) for enquiry_id in due]
    names = [name for enquiry_id in due for name in _askers(session, enquiry_id)]
    inputs.forget(session, names, now, enquiries=due)
    for enquiry_id in due:
        _without_people(session, enquiry_id)
    session.many(
        "UPDATE enquiries SET background = '', angle = '', heard_how = '', source_detail = '', participants = '', "
        "end_reason = '', erase_after = '', version = version + 1 WHERE id = ?",
        ids,
    )
    session.many("UPDATE covered SET reasons = '[]' WHERE enquiry_id = ?", ids)  # they name who wrote
    for table, words in _WORDS:
        session.many(f"UPDATE {table} SET {words} = '' WHERE enquiry_id = ? AND {words} <> ''", ids)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'enquiry' AND row_id = ?", ids
    )
    touches.forget_evidence(session, [f"enquiry {enquiry_id}" for enquiry_id in due])


def _askers(session: Session, enquiry_id: str) -> list[str]:
    """The names of who asked."""
    rows = session.tuples(
        "SELECT c.name FROM enquiry_journalists j JOIN contacts c ON c.id = j.contact_id WHERE j.enquiry_id = ?",
        (enquiry_id,),
    )
    return [name for (name,) in rows if name not in ("", ERASED)]


def _without_people(session: Session, enquiry_id: str) -> None:
    """Take the names, addresses and numbers of who asked out of what was asked, and out of the search."""
    names = _askers(session, enquiry_id)
    ((subject, reference),) = session.tuples("SELECT subject, reference FROM enquiries WHERE id = ?", (enquiry_id,))
    asked = session.tuples("SELECT number, text FROM questions WHERE enquiry_id = ? ORDER BY number", (enquiry_id,))
    clean = [(_nobody(text, names), enquiry_id, number) for number, text in asked]
    told = dict.fromkeys(names, NOBODYS) | {text: after for (_, text), (after, _, _) in zip(asked, clean, strict=True)}
    unnaming.enquiry(session, enquiry_id, reference, told | {subject: _nobody(subject, names)})
    if _nobody(subject, names) == subject and [text for text, _, _ in clean] == [text for _, text in asked]:
        return
    session.many("UPDATE questions SET text = ? WHERE enquiry_id = ? AND number = ?", clean)
    session.execute("UPDATE enquiries SET subject = :subject WHERE id = :id", subject=_nobody(subject, names),
                    id=enquiry_id)  # fmt: skip
    questions = "\n".join(text for text, _, _ in clean)
    search.again(session, enquiry_id, subject=_nobody(subject, names), questions=questions)


def _nobody(text: str, names: list[str]) -> str:
    for name in names:
        text = re.sub(re.escape(name), f"[{ERASED}]", text, flags=re.IGNORECASE)
    for word in sorted({word for name in names for word in re.findall(r"[\w’'-]{3,}", name) if word[0].isupper()}):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", f"[{ERASED}]", text)  # Mrs Calder, Ruth
    return _NUMBER.sub(f"[{ERASED}]", _ADDRESS.sub(f"[{ERASED}]", text))
