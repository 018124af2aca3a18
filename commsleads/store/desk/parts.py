"""What hangs on an enquiry: questions, moves, drafts, approvals, answers, experts, interviews, promises, ties.

Each part has a number that counts up within its enquiry. Callers hold the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from commsleads.enquiries import Approval, Moved
from commsleads.store.engine import Row, Session, stamp

Numbered = Literal["questions", "moves", "experts", "interviews", "promises", "answers"]


def next_number(session: Session, table: Numbered, enquiry_id: str) -> int:
    """The next number of a part of this enquiry."""
    rows = session.tuples(f"SELECT coalesce(max(number), 0) + 1 FROM {table} WHERE enquiry_id = ?", (enquiry_id,))
    return int(rows[0][0])


def add(session: Session, table: Numbered, enquiry_id: str, fields: Mapping[str, Any]) -> int:
    """A new part; its number. The names of `fields` are columns, and constants of the caller."""
    number = next_number(session, table, enquiry_id)
    given = {"enquiry_id": enquiry_id, "number": number, **fields}
    session.execute(
        f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join(':' + name for name in given)})", **given
    )
    return number


def update(session: Session, table: Numbered, enquiry_id: str, number: int, fields: Mapping[str, Any]) -> bool:
    """Change a part; False when there is none of that number."""
    parts = ", ".join(f"{name} = :{name}" for name in fields)
    return bool(
        session.execute(
            f"UPDATE {table} SET {parts} WHERE enquiry_id = :enquiry_id AND number = :number",
            enquiry_id=enquiry_id,
            number=number,
            **fields,
        )
    )


def move(session: Session, enquiry_id: str, moved: Moved) -> None:
    """Stamp one change of state or hold."""
    add(
        session,
        "moves",
        enquiry_id,
        {
            "at": stamp(moved.at),
            "by": moved.by,
            "came_from": moved.came_from,
            "state": moved.to,
            "hold": moved.hold,
            "why": moved.why,
        },
    )


def draft(session: Session, enquiry_id: str, fields: Mapping[str, Any]) -> int:
    """The next version of a draft; its version."""
    rows = session.tuples("SELECT coalesce(max(version), 0) + 1 FROM drafts WHERE enquiry_id = ?", (enquiry_id,))
    version = int(rows[0][0])
    session.execute(
        "INSERT INTO drafts (enquiry_id, version, round, at, author, text, line_id, line_version) "
        "VALUES (:enquiry_id, :version, :round, :at, :author, :text, :line_id, :line_version)",
        enquiry_id=enquiry_id,
        version=version,
        **fields,
    )
    return version


def draft_in_force(session: Session, enquiry_id: str) -> Row | None:
    """The newest draft, or None."""
    rows = session.query(
        "SELECT * FROM drafts WHERE enquiry_id = :id ORDER BY version DESC LIMIT 1",
        id=enquiry_id,
    )
    return rows[0] if rows else None


def promises(session: Session, enquiry_id: str) -> list[Row]:
    """What was promised in an enquiry: number, made_at, due_at, done_at."""
    return session.query(
        "SELECT number, made_at, due_at, done_at FROM promises WHERE enquiry_id = :id ORDER BY number", id=enquiry_id
    )


def put_approvals(session: Session, enquiry_id: str, approvals: Sequence[Approval]) -> None:
    """Write the list of approvals as the rules gave it. How it stood before is in the history."""
    session.execute("DELETE FROM approvals WHERE enquiry_id = :id", id=enquiry_id)
    session.many(
        "INSERT INTO approvals (enquiry_id, number, round, step, approver, decision, draft, asked_at, decided_at, "
        "comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                enquiry_id, number, one.round, one.step, one.approver, one.decision, one.draft, stamp(one.asked_at),
                stamp(one.decided_at) if one.decided_at else "", one.comment,
            )
            for number, one in enumerate(approvals, 1)
        ),
    )  # fmt: skip


def answer(session: Session, answer_id: str, enquiry_id: str, fields: Mapping[str, Any]) -> int:
    """Keep an answer that went out, word for word; its number."""
    files = json.dumps(list(fields.get("files", ())), ensure_ascii=False)
    return add(session, "answers", enquiry_id, {"id": answer_id, **fields, "files": files})


def tie(session: Session, enquiry_id: str, what: str, refs: Sequence[str], why: str = "") -> None:
    """Make these the ties of one sort."""
    session.execute("DELETE FROM enquiry_ties WHERE enquiry_id = :id AND what = :what", id=enquiry_id, what=what)
    session.many(
        "INSERT INTO enquiry_ties (enquiry_id, what, ref, why) VALUES (?, ?, ?, ?)",
        ((enquiry_id, what, ref, why) for ref in dict.fromkeys(refs)),
    )


def join_letter(session: Session, enquiry_id: str, letter_id: str, *, why: str, by: str) -> bool:
    """Note that a mail belongs to an enquiry, and by what evidence; False when that was known."""
    return bool(
        session.execute(
            "INSERT INTO enquiry_letters (enquiry_id, letter_id, why, by) VALUES (:enquiry, :letter, :why, :by) "
            "ON CONFLICT (enquiry_id, letter_id) DO NOTHING",
            enquiry=enquiry_id,
            letter=letter_id,
            why=why,
            by=by,
        )
    )


def letters_end(session: Session, enquiry_id: str, erase_after: str) -> None:
    """The mails of an enquiry are kept as long as it is; '' is while it is open."""
    session.execute(
        "UPDATE letters SET erase_after = :until "
        "WHERE id IN (SELECT letter_id FROM enquiry_letters WHERE enquiry_id = :id)",
        id=enquiry_id,
        until=erase_after,
    )


def contacts_end(session: Session, enquiry_id: str, erase_after: str) -> None:
    """Its journalists are kept at least that long."""
    session.execute(
        "UPDATE contacts SET erase_after = :until WHERE erase_after < :until AND erase_after <> '' "
        "AND id IN (SELECT contact_id FROM enquiry_journalists WHERE enquiry_id = :id)",
        id=enquiry_id,
        until=erase_after,
    )
