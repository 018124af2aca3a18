"""How an enquiry enters the log: from a phone call in one line, and from a mail."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commsleads.desk.record import Desk, erased_at, settle
from commsleads.enquiries import CHANNELS, DIRECTIONS, LEVELS, PRIVACY, REQUEST_TYPES, STANCES, Moved
from commsleads.letters import Deadline, Letter, Reading
from commsleads.rules.contacts.register import declared
from commsleads.rules.desk.clocks import on_call
from commsleads.rules.desk.errors import DeskError, WordError
from commsleads.store import history
from commsleads.store.desk import enquiries, parts, people
from commsleads.store.desk.people import Person
from commsleads.store.desk.picture import picture
from commsleads.store.engine import stamp

LONGEST = 300
"""Characters of a subject: a short title."""
MOST = 20_000
"""Characters of any other words."""
MOST_QUESTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is known of an enquiry when it comes. Only `subject` must be there.

    `deadline` is what was read of `deadline_text`; words without a reading are "not read", no words "none stated".
    `key` makes logging twice the same as logging once. `soft` is a deadline that may slip.
    """

    subject: str
    journalists: tuple[Person, ...] = ()
    outlet: str = ""
    channel: str = "phone"
    deadline: Deadline | None = None
    deadline_text: str = ""
    soft: bool = False
    received_at: datetime | None = None
    questions: tuple[str, ...] = ()
    request_type: str = "other"
    stance: str = "unknown"
    level: str = "watch"
    privacy: str = "team"
    direction: str = "reactive"
    urgent: bool = False
    language: str = ""
    background: str = ""
    source_detail: str = ""
    owner: str = ""
    issues: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    key: str = ""


def log(desk: Desk, call: Call) -> str:
    """Log an enquiry; its id. The same `key` gives the id of the enquiry that it made before, and changes nothing."""
    enquiry_id = named("key", call.key) if call.key else secrets.token_hex(8)
    return _logged(desk, enquiry_id, call, letter_id="", received_by=desk.who.id)


def log_letter(
    desk: Desk, letter_id: str, reading: Reading, letter: Letter, *, received_at: datetime, channel: str = "email"
) -> str:
    """Log the enquiry that a mail is; its id. A mail makes one enquiry, however often this is called.

    `channel` is email, web form or request service. What the reading did not find stays empty. The stance is not
    read: who asks politely may write anything.
    """
    person = Person(
        name=reading.journalist, email=reading.email, phone=reading.phone, outlet=reading.outlet, role=reading.role
    )
    subject = reading.topic or letter.subject or next(iter(reading.questions), "") or "(no subject)"
    call = Call(
        subject=subject,
        journalists=(person,) if person else (),
        outlet=reading.outlet,
        channel=channel,
        deadline=reading.deadline,
        deadline_text=reading.deadline.words if reading.deadline else "",
        soft=bool(reading.deadline and not reading.deadline.sure),
        received_at=received_at,
        questions=reading.questions,
        request_type=reading.request_type or "other",
        urgent=reading.urgent,
        language=reading.language,
        background=reading.own,
    )
    return _logged(desk, named("letter", letter_id), call, letter_id=letter_id, received_by="")


def named(*names: str) -> str:
    """An id made of what it stands for."""
    return hashlib.sha256("\x1f".join(("enquiry", *names)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _logged(desk: Desk, enquiry_id: str, call: Call, *, letter_id: str, received_by: str) -> str:
    session = desk.session
    _must_fit(call)
    if received_by and call.received_at and call.received_at > desk.now:  # a mail may bear any date
        raise DeskError("An enquiry cannot have been received in the future: look at its time.")
    with session.atomic():
        if enquiries.by_id(session, enquiry_id):
            return enquiry_id
        row = _row(desk, enquiry_id, call, letter_id=letter_id, received_by=received_by)
        enquiries.insert(session, row)
        _hang_on(desk, enquiry_id, call, letter_id)
        parts.move(session, enquiry_id, Moved(desk.now, desk.who.id, "", "new"))
        if call.owner:
            parts.move(session, enquiry_id, Moved(desk.now, desk.who.id, "new", "assigned"))
        stored = enquiries.by_id(session, enquiry_id)
        assert stored is not None  # noqa: S101 - written above, in this transaction
        history.record(
            session,
            desk.now,
            who=desk.who.id,
            what="logged",
            kind="enquiry",
            row_id=enquiry_id,
            after=picture(session, stored),
        )
        settle(desk, enquiry_id)
    return enquiry_id


def _row(desk: Desk, enquiry_id: str, call: Call, *, letter_id: str, received_by: str) -> dict[str, Any]:
    received = call.received_at or desk.now
    year = received.astimezone(desk.zone).year
    number = enquiries.next_number(desk.session, year)
    named_outlet = call.outlet or next((one.outlet for one in call.journalists if one.outlet), "")
    outlet = declared(desk.settings.outlets, named_outlet)
    deadline, words = call.deadline, (call.deadline_text or (call.deadline.words if call.deadline else "")).strip()
    kind = ("soft" if call.soft else "hard") if deadline else "not read" if words else "none stated"
    owner = desk.officer(call.owner) if call.owner else None
    return {
        "id": enquiry_id,
        "reference": enquiries.reference(year, number),
        "year": year,
        "number": number,
        "received_at": stamp(received),
        "logged_at": stamp(desk.now),
        "received_by": received_by,
        "channel": call.channel,
        "source_detail": call.source_detail[:MOST],
        "direction": call.direction,
        "out_of_hours": int(desk.calendar(received).out_of_hours(received)),
        "on_call": on_call(desk.plan.on_call, received, desk.zone),
        "subject": " ".join(call.subject.split())[:LONGEST],
        "background": call.background[:MOST],
        "request_type": call.request_type,
        "language": call.language[:20],
        "deadline_at": stamp(deadline.at) if deadline else "",
        "deadline_day": deadline.day.isoformat() if deadline and deadline.day else "",
        "deadline_text": words[:LONGEST],
        "deadline_kind": kind,
        "level": call.level,
        "privacy": call.privacy,
        "stance": call.stance,
        "urgent": int(call.urgent),
        "outlet": (outlet.name if outlet else named_outlet)[:LONGEST],
        "outlet_tier": outlet.tier if outlet else None,
        "outlet_type": outlet.type if outlet else "",
        "outlet_region": outlet.region if outlet else "",
        "owner": owner.id if owner else "",
        "team": (owner.team if owner else "") or desk.plan.team,
        "cover": owner.cover if owner else "",
        "state": "assigned" if owner else "new",
        "letter_id": letter_id,
    }


def _hang_on(desk: Desk, enquiry_id: str, call: Call, letter_id: str) -> None:
    session = desk.session
    origin = f"enquiry {call.channel}"
    for person in call.journalists:
        contact = people.identify(
            session, _known_outlet(desk, person), at=call.received_at or desk.now, origin=origin,
            erase_after=erased_at(desk), by=desk.who.id,
        )  # fmt: skip
        if contact:
            people.join(session, enquiry_id, contact)
    for text in call.questions[:MOST_QUESTIONS]:
        if text.strip():
            parts.add(session, "questions", enquiry_id, {"text": text.strip()[:MOST]})
    parts.tie(session, enquiry_id, "issue", call.issues)
    parts.tie(session, enquiry_id, "campaign", call.campaigns)
    if letter_id:
        parts.join_letter(session, enquiry_id, letter_id, why="the enquiry itself", by=desk.who.id)


def _known_outlet(desk: Desk, person: Person) -> Person:
    outlet = declared(desk.settings.outlets, person.outlet)
    if outlet is None:
        return person
    return Person(name=person.name, email=person.email, phone=person.phone, outlet=outlet.name, role=person.role)


def _must_fit(call: Call) -> None:
    if not call.subject.strip():
        raise DeskError("An enquiry needs a subject: say in a few words what is asked.")
    must_be_one_of(
        channel=(call.channel, CHANNELS),
        request_type=(call.request_type, REQUEST_TYPES),
        stance=(call.stance, STANCES),
        level=(call.level, LEVELS),
        privacy=(call.privacy, PRIVACY),
        direction=(call.direction, DIRECTIONS),
    )


def must_be_one_of(**given: tuple[str, Sequence[str]]) -> None:
    """Raises `WordError` for a word that is not of its vocabulary."""
    for name, (value, words) in given.items():
        if value not in words:
            there = "; ".join(filter(None, words)) if name == "outcome" else ", ".join(filter(None, words))
            raise WordError(f"“{value[:60]}” is no {name.replace('_', ' ')}. Say one of: {there}.")
