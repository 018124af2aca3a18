"""What becomes of one mail once the rules have read it: rows, an enquiry, a place in a thread, a question to a person.

Nothing here marks an enquiry as answered: that is for people. What they decided about a mail is not decided again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from commsleads.enquiries import Hold
from commsleads.intake import threads
from commsleads.intake.readers import Readers
from commsleads.intake.returned import settle_return
from commsleads.letters import Letter, LetterClass, Reading, SourceRequest
from commsleads.store import readings, requests, review
from commsleads.store import threads as ties
from commsleads.store.desk import parts
from commsleads.store.engine import Row, Session, moment, stamp

if TYPE_CHECKING:
    from commsleads.desk import Desk


LATELY = timedelta(days=7)
"""An answer to nothing we know that is older is history: an archive that is imported must not drown the queue."""
STRAY = "It is an answer, and what it answers belongs to no enquiry in the log."


class Read(NamedTuple):
    """A mail with what the rules made of it, not yet kept. `row` is its row in the store."""

    row: Mapping[str, Any]
    letter: Letter
    reading: Reading


def settle(session: Session, one: Read, readers: Readers, now: datetime) -> bool:
    """Keep what one mail was read as, and do what follows from it; whether an enquiry was logged."""
    ident, reading = one.row["id"], one.reading
    at = threads.came_at(one.row)
    readings.keep(session, ident, reading, at, keep_requests(session, one, readers, at))
    before = review.of(session, ident)
    if before and before["decision"]:
        return False
    if not one.row["ours"] and settle_return(session, one.letter, reading.kind, moment(at) or now):
        return False
    if one.row["ours"] or (reading.kind is LetterClass.REPLY and _of_us(one.letter, readers)):
        _ours(session, one, readers, now)
        return False
    doubts = list(reading.doubts)
    logged = False
    found = None
    if reading.kind in {LetterClass.ENQUIRY, LetterClass.REPLY} and not ties.placed(session, ident):
        found = threads.find(session, one.row, one.letter, readers)
        if found is not None and found.sure:
            doubts = [*_join(session, one, found, readers, now), *doubts]
        elif reading.kind is LetterClass.ENQUIRY:
            log_enquiry(session, one, readers, now)
            logged = True
        if found is not None and not found.sure:
            doubts = [_maybe(found), *doubts]
        elif found is None and not logged and _is_news(one.row, at):
            doubts = [STRAY, *doubts]
    elif doubts and not ties.placed(session, ident):
        # It is joined to nothing, but who looks at it must know; and of a restricted enquiry not everybody may look.
        found = threads.find(session, one.row, one.letter, readers)
        if found is not None:
            doubts = [_maybe(found), *doubts]
    about = found.enquiry_id if found is not None and doubts != list(reading.doubts) else ""
    if doubts:
        review.ask(session, ident, doubts, at, about)
    return logged


def _is_news(row: Mapping[str, Any], at: str) -> bool:
    """Whether it reached us soon after it was sent. By the row alone, so that reading again says the same."""
    sent, came = moment(row["received_at"]), moment(at)
    return sent is None or came is None or came - sent < LATELY


def _lately(one: Read, at: str) -> bool:
    """Whether a mail was young when it came to us. The clock of now would say another thing at each reading."""
    came, received = moment(at), moment(one.row["received_at"])
    return came is not None and received is not None and came - received < LATELY


def _of_us(letter: Letter, readers: Readers) -> bool:
    """Whether one of us wrote it, as far as its sender is to be believed."""
    from commsleads.rules.reading.proof import unproved

    return readers.is_ours(letter.sender.address) and not unproved(letter)


def log_enquiry(session: Session, one: Read, readers: Readers, now: datetime) -> str:
    """Log the enquiry of a mail; its id. A second time it is the same one."""
    from commsleads.desk import log_letter

    enquiry_id = log_letter(
        readers.desk(session, now),
        one.row["id"],
        one.reading,
        one.letter,
        received_at=moment(one.row["received_at"]) or now,
        channel=one.row["channel"],
    )
    parts.letters_end(session, enquiry_id, "")
    return enquiry_id


def keep_requests(session: Session, one: Read, readers: Readers, at: str) -> list[str]:
    """Keep the requests of a mail, each once wherever it came from; their ids in the order of the mail."""
    if not one.reading.requests:
        return []
    from commsleads.rules.requests import content_key, key

    name = one.letter.message_id or one.row["id"]
    return [
        requests.keep(
            session,
            requests.Asked(
                key(request, name), f"{content_key(request)} {_round(request)}", one.row["id"], at, request,
                readers.topics(request),
            ),
        )
        for request in one.reading.requests
    ]  # fmt: skip


def _round(request: SourceRequest) -> str:
    """The service and the deadline: the same words asked again half a year later, or elsewhere, are another request."""
    return f"{request.service} {stamp(request.deadline.at) if request.deadline else ''}".strip()


def _maybe(found: threads.Found) -> str:
    return f"It may belong to {found.reference}: {' '.join(found.reasons)}"


def _ours(session: Session, one: Read, readers: Readers, now: datetime) -> None:
    """What we sent ourselves: its place in the thread, and a question whether it was the answer."""
    if ties.placed(session, one.row["id"]):
        return
    found = threads.find(session, one.row, one.letter, readers)
    if found is None:
        return
    if not found.sure:
        if not one.row["ours"]:  # it came from outside, in our name
            review.ask(session, one.row["id"], [_maybe(found)], threads.came_at(one.row), found.enquiry_id)
        return
    before = join(session, one.row["id"], found, readers.desk(session, now), "mail sent")
    if not before["responded_at"] and not before["ended_at"]:
        why = (
            f"We wrote to the journalist of {found.reference}. If that was the answer, note it: "
            f"commsleads enquiry respond {found.reference}"
        )
        review.ask(session, one.row["id"], [why], threads.came_at(one.row), found.enquiry_id)


def _join(session: Session, one: Read, found: threads.Found, readers: Readers, now: datetime) -> list[str]:
    """Put a mail into the thread of its enquiry; what a person should know of that."""
    before = join(session, one.row["id"], found, readers.desk(session, now), "mail came", asks=one.reading.questions)
    if before["ended_at"]:
        return [f"It came to {found.reference}, which is {before['state']}."]
    if before["responded_at"] and one.reading.questions:
        return [f"It asks something more of {found.reference}, which has been answered."]
    return []


def join(session: Session, ident: str, found: threads.Found, desk: Desk, what: str, *, asks: Sequence[str] = ()) -> Row:
    """Put a mail into the thread of an enquiry, with its history; the enquiry as it stood before.

    What it asks stands with the questions from then on. A journalist whom we waited for has written by that, so the
    hold ends.
    """
    from commsleads.desk.record import changing
    from commsleads.desk.work import more_questions

    with changing(desk, found.enquiry_id, what) as change:
        why = " ".join(found.reasons)
        parts.join_letter(session, found.enquiry_id, ident, why=why, by=desk.who.id)
        parts.letters_end(session, found.enquiry_id, change.row["erase_after"])
        more_questions(change, asks)
        if what == "mail came" and change.case.hold is Hold.JOURNALIST:
            change.hold(Hold.NONE, "The journalist has written.")
        return change.row
