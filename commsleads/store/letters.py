"""Mails: keep them, find them again, which of them wait to be read, and their end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from commsleads.letters import Attached, Letter, Party
from commsleads.store.engine import Row, Session, moment, stamp
from commsleads.store.history import dump
from commsleads.store.signals import TRIES, chunks, holes
from commsleads.text import fold

ERASED = ""
"""`rest` of a mail whose words were forgotten when their time was over; its id stays, so that it stays known."""


class Columns(NamedTuple):
    """One row of `letters`, in the order of the table. `rest` is the letter's other fields, as JSON."""

    id: str
    source_id: str
    message_id: str
    channel: str
    ours: int
    sender_name: str
    sender: str
    subject: str
    text: str
    sent_at: str
    received_at: str
    arrival: int
    rest: str
    place: str
    erase_after: str


_IN_COLUMNS = frozenset({"message_id", "sender", "subject", "text", "sent_at"})
_REST = tuple(field.name for field in fields(Letter) if field.name not in _IN_COLUMNS)


def letter_id(letter: Letter) -> str:
    """The id of a mail: 16 hexadecimal digits of what makes it this one, whichever folder or account it lay in.

    A Message-ID alone does not: some programs use one again for another mail, and some write none.
    """
    parts = (letter.message_id, letter.sender.address, letter.date_raw, letter.subject, fold(letter.text))
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def columns(
    letter: Letter,
    *,
    source_id: str,
    received_at: datetime,
    arrival: int,
    ident: str = "",
    channel: str = "email",
    ours: bool = False,
    place: str = "",
    note: str = "",
    erase_after: str = "",
) -> Columns:
    """The row of a letter. `note` is a sentence about its date."""
    rest = {name: _plain(getattr(letter, name)) for name in _REST if getattr(letter, name)}
    if note:
        rest["note"] = note
    return Columns(
        id=ident or letter_id(letter),
        source_id=source_id,
        message_id=sound(letter.message_id),
        channel=channel,
        ours=int(ours),
        sender_name=sound(letter.sender.name),
        sender=sound(letter.sender.address),
        subject=sound(letter.subject),
        text=sound(letter.text),
        sent_at=stamp(letter.sent_at) if letter.sent_at else "",
        received_at=stamp(received_at),
        arrival=arrival,
        rest=sound(dump(rest)),
        place=sound(place),
        erase_after=erase_after,
    )


def letter_of(row: Mapping[str, Any]) -> Letter:
    """The letter in a row."""
    rest = json.loads(row["rest"] or "{}")
    letter = _letter({name: value for name, value in rest.items() if name in _REST})
    return replace(
        letter,
        message_id=row["message_id"],
        sender=Party(row["sender_name"], row["sender"]),
        subject=row["subject"],
        text=row["text"],
        sent_at=moment(row["sent_at"]),
    )


def note_of(row: Mapping[str, Any]) -> str:
    """What was said about the date of a mail when it came, or ''."""
    return str(json.loads(row["rest"] or "{}").get("note", ""))


def _plain(value: Any) -> Any:
    """A field of a letter as JSON knows values. Parties and attachments become lists by themselves."""
    if isinstance(value, Letter):
        known = {name: _plain(getattr(value, name)) for name in (*_REST, *sorted(_IN_COLUMNS))}
        return {name: one for name, one in known.items() if one}
    if isinstance(value, datetime):
        return stamp(value)
    return dict(value) if isinstance(value, Mapping) else value


def _letter(held: Mapping[str, Any]) -> Letter:
    given: dict[str, Any] = dict(held)
    for name in ("sender", "reply_to"):
        if name in given:
            given[name] = Party(*given[name])
    for name in ("to", "cc"):
        given[name] = tuple(Party(*one) for one in given.get(name, ()))
    for name in ("in_reply_to", "references", "damage"):
        given[name] = tuple(given.get(name, ()))
    given["attachments"] = tuple(Attached(*one) for one in given.get("attachments", ()))
    if "sent_at" in given:
        given["sent_at"] = moment(given["sent_at"])
    if given.get("inner"):
        given["inner"] = _letter(given["inner"])
    return Letter(**given)


def sound(text: str) -> str:
    """Text that every database takes: no NUL, no half characters."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


# --- keep and find ---------------------------------------------------------------------------------------------------


def known(session: Session, ids: Sequence[str]) -> set[str]:
    """Which of these are kept already."""
    found: set[str] = set()
    for part in chunks(ids):
        found.update(row[0] for row in session.tuples(f"SELECT id FROM letters WHERE id IN ({holes(part)})", part))
    return found


def last_arrival(session: Session) -> int:
    """The newest `arrival`, or 0: nothing that comes may be ordered before it."""
    return int(session.tuples("SELECT coalesce(max(arrival), 0) FROM letters")[0][0])


def insert(session: Session, rows: Iterable[Columns]) -> None:
    """Keep new mails and put them on the list of those to be read."""
    rows = list(rows)
    session.many(f"INSERT INTO letters ({', '.join(Columns._fields)}) VALUES ({holes(Columns._fields)})", rows)
    session.many("INSERT INTO letters_pending (letter_id) VALUES (?)", [(row.id,) for row in rows])


def by_id(session: Session, ident: str) -> Row | None:
    """A mail by its id, or by the beginning of it when only one begins so."""
    rows = session.query(
        "SELECT * FROM letters WHERE id >= :id AND id < :end ORDER BY id LIMIT 2", id=ident, end=ident + "g"
    )
    return rows[0] if len(rows) == 1 or (rows and rows[0]["id"] == ident) else None


def several(session: Session, ids: Sequence[str]) -> dict[str, Row]:
    """Mails by their ids."""
    found: dict[str, Row] = {}
    names = Columns._fields
    for part in chunks(ids):
        rows = session.tuples(f"SELECT {', '.join(names)} FROM letters WHERE id IN ({holes(part)})", part)
        found.update((row[0], Row(zip(names, row, strict=True))) for row in rows)
    return found


# --- what waits to be read -------------------------------------------------------------------------------------------


def waiting(session: Session, limit: int) -> list[Row]:
    """The oldest mails that wait and were tried fewer than `TRIES` times, whole."""
    return session.query(
        f"SELECT {', '.join('l.' + name for name in Columns._fields)} FROM letters_pending p JOIN letters l "
        "ON l.id = p.letter_id WHERE p.tries < :tries ORDER BY l.arrival LIMIT :limit",
        limit=limit,
        tries=TRIES,
    )


def any_waiting(session: Session) -> bool:
    """Whether a mail waits that can still be read."""
    return bool(session.tuples("SELECT 1 FROM letters_pending WHERE tries < ? LIMIT 1", (TRIES,)))


def take(session: Session, ident: str) -> bool:
    """Take a mail off the list; False when another run has done so."""
    return session.execute("DELETE FROM letters_pending WHERE letter_id = :id", id=ident) == 1


def failed(session: Session, ident: str, error: str) -> None:
    """The mail could not be read this time, and why."""
    session.execute(
        "UPDATE letters_pending SET tries = tries + 1, error = :error WHERE letter_id = :id",
        id=ident,
        error=sound(error)[:1000],
    )


def stuck(session: Session) -> list[Row]:
    """The mails that the rules failed on, and why, oldest first."""
    return session.query(
        "SELECT p.letter_id AS id, l.received_at AS at, l.subject, l.place, p.error, p.tries "
        "FROM letters_pending p JOIN letters l ON l.id = p.letter_id WHERE p.error <> '' ORDER BY l.arrival"
    )


def all_again(session: Session) -> int:
    """Put every mail that still has its words on the list; how many."""
    session.execute("DELETE FROM letters_pending")
    return session.execute(
        "INSERT INTO letters_pending (letter_id) SELECT id FROM letters WHERE rest <> :erased", erased=ERASED
    )


def aside_count(session: Session) -> int:
    """How many things were set aside."""
    return int(session.tuples("SELECT count(*) FROM aside")[0][0])


# --- their end -------------------------------------------------------------------------------------------------------


def forget(session: Session, now: datetime) -> int:
    """Forget the words and people of mails whose time is over; how many. Those of an open enquiry have no end.

    Their ids, classes and labels stay: they are the count of what came, and a mail that comes again is known.
    """
    ids = session.tuples(
        "SELECT id FROM letters WHERE erase_after <> '' AND erase_after <= ? ORDER BY id LIMIT 10000",
        (stamp(now),),
    )
    forget_these(session, [letter for (letter,) in ids])
    return len(ids)


def forget_these(session: Session, ids: Sequence[str]) -> None:
    """Forget the words and people of these mails, whatever their time."""
    due = [(letter,) for letter in ids]
    session.many("DELETE FROM letters_pending WHERE letter_id = ?", due)
    session.many("DELETE FROM consents WHERE letter_id = ?", due)
    session.many("DELETE FROM request_matches WHERE request_id IN (SELECT id FROM requests WHERE letter_id = ?)", due)
    session.many("DELETE FROM requests WHERE letter_id = ?", due)
    session.many("UPDATE readings SET found = '{}', reasons = '[]', doubts = '[]' WHERE letter_id = ?", due)
    session.many("DELETE FROM review WHERE decision = '' AND letter_id = ?", due)
    session.many("UPDATE review SET why = '[]' WHERE letter_id = ?", due)
    session.many("UPDATE enquiry_letters SET why = '' WHERE letter_id = ?", due)
    session.many("UPDATE labels SET note = '' WHERE note <> '' AND letter_id = ?", due)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'letter' AND row_id = ?", due
    )
    session.many(
        "UPDATE letters SET message_id = '', sender_name = '', sender = '', subject = '', text = '', rest = '', "
        "place = '', erase_after = '' WHERE id = ?",
        due,
    )
