"""What a person says of a mail that the rules were in doubt about, and what follows from it.

Every decision is kept as a label, beside what the rules had said: that is how we know how good they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from commsleads.errors import ConflictError, NotFoundError
from commsleads.intake import threads
from commsleads.intake.readers import Readers
from commsleads.intake.settling import Read, join, keep_requests, log_enquiry
from commsleads.letters import LetterClass, Reading
from commsleads.rules.desk.privacy import look_needs_record
from commsleads.store import history, readings, review
from commsleads.store import letters as rows
from commsleads.store import threads as ties
from commsleads.store.desk import cases, enquiries
from commsleads.store.engine import Row, Session

if TYPE_CHECKING:
    from commsleads.desk import Desk

NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided: the class of the mail, or the enquiry that it joins; neither is that nothing follows."""

    kind: str = ""
    joins: str = ""
    note: str = ""


class Decided(NamedTuple):
    """What came of a decision: the mail, what it is now, and the reference of its enquiry ('' for none)."""

    id: str
    kind: str
    was: str
    reference: str
    logged: bool


def decide(desk: Desk, readers: Readers, wanted: str, decision: Decision) -> Decided:
    """Carry out what a person decided about a mail.

    Raises `NotFoundError` for a mail that is not there, `ConflictError` when somebody else has decided, and from the
    desk `DeskError` when the enquiry cannot be changed in that way or must not be seen.
    """
    from commsleads.desk.record import must_see

    session = desk.session
    with session.atomic():
        one = _loaded(session, wanted)
        before = review.of(session, one.row["id"]) or {}
        for enquiry_id in _about(session, one.row["id"], before.get("enquiry_id", "")):
            if (case := cases.case(session, enquiry_id)) is not None:
                must_see(desk, case)
        ident, was = one.row["id"], one.reading.kind
        what = decision.joins and f"joins {decision.joins}"
        if not review.decide(session, ident, what or decision.kind or NOTHING, by=desk.who.id, now=desk.now):
            raise ConflictError(
                f"{before.get('decided_by', 'Somebody')} has decided on {ident} already: {before.get('decision', '')}."
            )
        reference, logged = _carry_out(desk, readers, one, decision)
        kind = decision.kind or was.value
        note = " ".join(filter(None, (what, decision.note)))
        review.label(
            session, ident, by=desk.who.id, now=desk.now, kind=kind, was=was.value, permille=one.reading.permille,
            note=note,
        )  # fmt: skip
        history.record(
            session, desk.now, who=desk.who.id, what="reviewed", kind="letter", row_id=ident,
            before={"class": was.value}, after={"class": kind, "enquiry": reference, "note": note},
        )  # fmt: skip
    return Decided(ident, kind, was.value, reference, logged)


def _loaded(session: Session, wanted: str) -> Read:
    row = rows.by_id(session, wanted)
    if row is None or row["rest"] == rows.ERASED:
        raise NotFoundError(f"No mail is called “{wanted[:40]}”. See: commsleads review list")
    found = readings.of(session, [row["id"]]).get(row["id"])
    reading = readings.reading_of(found) if found else Reading(kind=LetterClass.OTHER, permille=0, reasons=())
    return Read(row, rows.letter_of(row), reading)


def _carry_out(desk: Desk, readers: Readers, one: Read, decision: Decision) -> tuple[str, bool]:
    """The reference of the enquiry that the mail belongs to afterwards, and whether it was logged now."""
    session, ident = desk.session, one.row["id"]
    if decision.joins:
        return _joined(desk, one, decision.joins), False
    own = enquiries.of_letter(session, ident)
    if decision.kind == LetterClass.ENQUIRY:
        if own is None and not ties.placed(session, ident):
            enquiry_id = log_enquiry(session, one._replace(reading=_as_enquiry(one)), readers, desk.now)
            made = enquiries.by_id(session, enquiry_id)
            return str(made["reference"]) if made else "", True
    elif decision.kind and own is not None:
        _redirect(desk, own, decision)
    elif decision.kind == LetterClass.JOURNALIST_REQUEST:
        again = one._replace(reading=readers.read(one.letter, one.row))
        asked = keep_requests(session, again, readers, threads.came_at(one.row))
        readings.keep(session, ident, again.reading, threads.came_at(one.row), asked)
    placed = ties.placed(session, ident)
    row = own or (enquiries.by_id(session, placed[0]) if placed else None)
    return str(row["reference"]) if row else "", False


def _joined(desk: Desk, one: Read, wanted: str) -> str:
    """Put the mail into the thread of another enquiry. One that had been logged from it repeats that one."""
    session, ident = desk.session, one.row["id"]
    target = enquiries.find(session, wanted, desk.year)
    own = enquiries.of_letter(session, ident)
    if own is not None and own["id"] != target["id"]:
        from commsleads.desk.ending import duplicate

        duplicate(desk, own["id"], target["reference"])
    if target["id"] not in ties.placed(session, ident):
        reasons = (f"{desk.who.name or desk.who.id} said so.",)
        found = threads.Found(target["id"], target["reference"], True, reasons)
        ours = bool(one.row["ours"])
        asks = () if ours else one.reading.questions
        join(session, ident, found, desk, "mail sent" if ours else "mail came", asks=asks)
    return str(target["reference"])


def _redirect(desk: Desk, own: Row, decision: Decision) -> None:
    """The enquiry that was logged from the mail is none of ours: it is ended, and left out of the figures."""
    from commsleads.desk.ending import redirect

    if not own["ended_at"]:
        why = f"no enquiry: {decision.kind.replace('_', ' ')}" + (f" ({decision.note})" if decision.note else "")
        redirect(desk, own["id"], why)


def _as_enquiry(one: Read) -> Reading:
    """The reading with what an enquiry needs at least: who asks, and what."""
    from commsleads.mail import cut

    sender = (one.letter.inner or one.letter).sender
    reading = one.reading
    return replace(
        reading,
        kind=LetterClass.ENQUIRY,
        journalist=reading.journalist or sender.name,
        email=reading.email or sender.address,
        own=reading.own or cut(one.letter.text).own,
    )


# --- what a person is shown ------------------------------------------------------------------------------------------


def listed(desk: Desk, *, decided: bool = False, limit: int = 0) -> list[Row]:
    """What waits for a person. A mail whose enquiry this person may not see is said to be there, and no more.

    Subject and sender of a mail to a restricted enquiry are a look at it.
    """
    found = review.listed(desk.session, decided=decided, limit=limit)
    looked: dict[str, None] = {}
    for row in found:
        about = _about(desk.session, row["id"], row["enquiry_id"])
        if any(not _may(desk, enquiry) for enquiry in about):
            row |= {"subject": "restricted", "sender": "", "sender_name": "", "why": ["It is of a restricted enquiry."]}
            row |= {"class": "", "permille": 0}
        else:
            looked |= dict.fromkeys(one for one in about if _restricted(desk, one))
    _note(desk, list(looked))
    return found


def shown(desk: Desk, wanted: str) -> dict[str, Any]:
    """A mail with all that is known of it. Raises `NotFoundError`, and `DeskError` for whom it is not for."""
    session = desk.session
    one = _loaded(session, wanted)
    ident, letter, reading = one.row["id"], one.letter, one.reading
    asked = review.of(session, ident)
    about = _about(session, ident, asked["enquiry_id"] if asked else "")
    _look(desk, about)
    return {
        "id": ident,
        "message_id": one.row["message_id"],
        "received_at": one.row["received_at"],
        "sent_at": one.row["sent_at"] or None,
        "note": rows.note_of(one.row),
        "place": one.row["place"],
        "channel": one.row["channel"],
        "ours": bool(one.row["ours"]),
        "from": {"name": letter.sender.name, "address": letter.sender.address},
        "to": [party.address for party in (*letter.to, *letter.cc)],
        "subject": letter.subject,
        "text": letter.text,
        "attachments": [{"name": name, "type": kind, "bytes": size} for name, kind, size in letter.attachments],
        "damage": list(letter.damage),
        "class": reading.kind.value,
        "confidence": reading.permille / 1000,
        "reasons": list(reading.reasons),
        "doubts": list(reading.doubts),
        "journalist": reading.journalist,
        "outlet": reading.outlet,
        "asked": asked["why"] if asked else [],
        "decision": asked["decision"] if asked else "",
        "enquiries": [row["reference"] for row in (enquiries.by_id(session, one) for one in about) if row],
    }


def _about(session: Session, ident: str, maybe: str) -> list[str]:
    """The enquiries that a mail belongs to, or may belong to."""
    return list(dict.fromkeys((*ties.placed(session, ident), *filter(None, [maybe]))))


def _may(desk: Desk, enquiry_id: str) -> bool:
    from commsleads.desk.record import may

    case = cases.case(desk.session, enquiry_id)
    return case is None or may(desk, case)


def _look(desk: Desk, about: Sequence[str]) -> None:
    """Whoever may not see the enquiry may not see its mail; a look at a restricted one leaves its trace."""
    from commsleads.desk.record import must_see

    for enquiry_id in about:
        case = cases.case(desk.session, enquiry_id)
        if case is None:
            continue
        must_see(desk, case)
    _note(desk, [one for one in about if _restricted(desk, one)])


def _restricted(desk: Desk, enquiry_id: str) -> bool:
    case = cases.case(desk.session, enquiry_id)
    return case is not None and look_needs_record(case)


def _note(desk: Desk, ids: Sequence[str]) -> None:
    """Keep who looked at what is restricted."""
    if not ids:
        return
    with desk.session.atomic():
        for enquiry_id in ids:
            history.record(desk.session, desk.now, who=desk.who.id, what="looked at", kind="enquiry", row_id=enquiry_id)
