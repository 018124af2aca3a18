"""The end of personal data: the person goes, the event stays."""

from __future__ import annotations

from commsleads.store.engine import Session

ERASED = "erased"


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
    ids = [(contact,) for contact in due]
    session.many("DELETE FROM contact_points WHERE contact_id = ?", ids)
    session.many(
        f"UPDATE contacts SET name = '{ERASED}', folded = '', role = '', preferred = '', erase_after = '' WHERE id = ?",
        ids,
    )
    return len(due)


def enquiries(session: Session, now: str) -> list[str]:
    """Take the words about people out of the enquiries whose time has come, and out of their history; their ids.

    What we answered stays, word for word: it is what we said in public. So do all that figures are made of.
    """
    due = [
        enquiry_id
        for (enquiry_id,) in session.tuples(
            "SELECT id FROM enquiries WHERE ended_at <> '' AND erase_after <> '' AND erase_after < ?", (now,)
        )
    ]
    ids = [(enquiry_id,) for enquiry_id in due]
    session.many(
        "UPDATE enquiries SET background = '', angle = '', heard_how = '', source_detail = '', participants = '', "
        "erase_after = '', version = version + 1 WHERE id = ?",
        ids,
    )
    session.many("UPDATE covered SET reasons = '[]' WHERE enquiry_id = ?", ids)  # they name who wrote
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'enquiry' AND row_id = ?", ids
    )
    return due
