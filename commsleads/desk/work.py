"""The work on an enquiry before the answer: acknowledge, hand over, note, ask, wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from commsleads.desk.entry import LONGEST, MOST, MOST_QUESTIONS, must_be_one_of
from commsleads.desk.record import Change, Desk, changing, erased_at
from commsleads.enquiries import (
    CHANNELS,
    DIRECTIONS,
    ENDED,
    LEVELS,
    PREFERRED,
    PRIVACY,
    REQUEST_TYPES,
    STANCES,
    TERMS,
    Hold,
    State,
)
from commsleads.errors import NotFoundError
from commsleads.letters import Deadline
from commsleads.rules.contacts.register import declared
from commsleads.rules.desk.clocks import on_call
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.workflow import Given
from commsleads.store.desk import parts, people
from commsleads.store.desk.people import Person
from commsleads.store.engine import stamp
from commsleads.text import fold

WORDS = (
    "subject", "background", "angle", "heard_how", "source_detail", "format", "participants", "language",
    "expected_publication", "programme", "parent", "freelance_for", "spokesperson", "availability", "lessons",
)  # fmt: skip
"""Fields that hold any words."""
CHOICES: Mapping[str, Sequence[str]] = {
    "level": LEVELS, "privacy": PRIVACY, "stance": STANCES, "request_type": REQUEST_TYPES, "direction": DIRECTIONS,
    "channel": CHANNELS, "terms": ("", *TERMS),
}  # fmt: skip
"""Fields with a vocabulary."""
TIES = ("issue", "campaign", "cta", "fact")


def acknowledge(desk: Desk, wanted: str, *, version: int | None = None) -> str:
    """The journalist has heard from us that we have it. Raises `DeskError` when that was so already."""
    with changing(desk, wanted, "acknowledged", version=version) as change:
        if change.row["acknowledged_at"]:
            raise DeskError(
                f"{change.reference} was acknowledged already, by {change.row['acknowledged_by']} at "
                f"{change.row['acknowledged_at']}."
            )
        if change.case.state in ENDED:
            raise DeskError(f"{change.reference} has ended: there is nobody to acknowledge.")
        if change.case.state is State.NEW:
            change.move(State.ACKNOWLEDGED)
        change.set(acknowledged_at=stamp(desk.now), acknowledged_by=desk.who.id)
        return change.id


def assign(
    desk: Desk, wanted: str, owner: str, *, team: str = "", cover: str = "", note: str = "", version: int | None = None
) -> str:
    """Give it an owner, or hand it over to another; `note` says what the next one must know."""
    found = desk.officer(owner)
    with changing(desk, wanted, "assigned", version=version) as change:
        if change.case.state in ENDED:
            raise DeskError(f"{change.reference} has ended; `commsleads enquiry reopen {change.reference}` first.")
        before = change.row["owner"]
        stand_in = desk.officer(cover).id if cover else found.cover
        change.set(owner=found.id, team=team or found.team or desk.plan.team, cover=stand_in)
        if change.case.state in (State.NEW, State.ACKNOWLEDGED, State.REOPENED):
            change.move(State.ASSIGNED, Given(owner=found.id))
        if note.strip():
            handed = f"{before} to {found.id}" if before and before != found.id else f"to {found.id}"
            change.set(background=_added(change, f"[{handed}] {note.strip()}"))
        return change.id


def _added(change: Change, words: str) -> str:
    return f"{change.now('background')}\n{words}".strip()[:MOST]


def research(desk: Desk, wanted: str, *, version: int | None = None) -> str:
    """Somebody is finding out."""
    with changing(desk, wanted, "began research", version=version) as change:
        change.assigned()
        change.move(State.RESEARCHING)
        return change.id


def set_fields(
    desk: Desk,
    wanted: str,
    fields: Mapping[str, Any],
    *,
    ties: Mapping[str, Sequence[str]] | None = None,
    deadline: tuple[Deadline | None, str] | None = None,
    soft: bool | None = None,
    version: int | None = None,
) -> str:
    """Note what has become known: words, choices (see `WORDS` and `CHOICES`), urgent, minutes, outlet, ties, deadline.

    `received_at` corrects when it came; the reference stays. `ties` are for each of issue, campaign, cta and fact (a
    source of facts) all that it belongs to from now on. `deadline` is what was read of
    the caller's words, and the words; the one before stays in the history.
    """
    with changing(desk, wanted, "set", version=version) as change:
        written = {name: _field(name, value) for name, value in fields.items() if name not in ("outlet", "received_at")}
        if "outlet" in fields:
            written |= _outlet(desk, change, str(fields["outlet"]))
        if "received_at" in fields:
            written |= _received(desk, change, fields["received_at"])
        if deadline is not None:
            written |= _deadline(*deadline, soft=bool(soft))
        elif soft is not None:
            if not change.row["deadline_at"]:
                raise DeskError(f"{change.reference} has no deadline that could slip: give it with --by-when.")
            written["deadline_kind"] = "soft" if soft else "hard"
        if not written.get("subject", "-"):
            raise DeskError("An enquiry needs a subject.")
        change.set(**written)
        for what, refs in (ties or {}).items():
            if what not in TIES:
                raise DeskError(f"“{what}” is nothing that an enquiry is tied to. There is: {', '.join(TIES)}.")
            parts.tie(desk.session, change.id, what, [ref for ref in refs if ref], f"by {desk.who.id}")
        return change.id


def _field(name: str, value: Any) -> Any:
    if name in CHOICES:
        must_be_one_of(**{name: (str(value), CHOICES[name])})
        return str(value)
    if name in WORDS:
        return " ".join(str(value).split())[:LONGEST] if name == "subject" else str(value).strip()[:MOST]
    if name == "urgent":
        return int(bool(value))
    if name == "media_trained":
        return None if value is None else int(bool(value))
    if name == "minutes_spent":
        return max(0, min(int(value), 1_000_000))
    if name == "embargo_until":
        return stamp(value) if value else ""
    raise DeskError(f"“{name}” is no field that can be set.")


def _outlet(desk: Desk, change: Change, name: str) -> dict[str, Any]:
    known = declared(desk.settings.outlets, name)
    for contact in change.case.journalists:
        people.writes_for(desk.session, contact, known.name if known else name, at=desk.now, by=desk.who.id)
    return {
        "outlet": (known.name if known else name.strip())[:LONGEST],
        "outlet_tier": known.tier if known else None,
        "outlet_type": known.type if known else "",
        "outlet_region": known.region if known else "",
    }


def _received(desk: Desk, change: Change, at: datetime) -> dict[str, Any]:
    """Another time of receipt, with what hangs on it. Nothing may have happened before it."""
    if at > desk.now:
        raise DeskError("An enquiry cannot have been received in the future: look at its time.")
    first = next((one for one in (change.row["acknowledged_at"], change.row["responded_at"]) if one), "")
    if first and stamp(at) > first:
        raise DeskError(f"{change.reference} was acknowledged or answered at {first}: it came before that.")
    return {
        "received_at": stamp(at),
        "out_of_hours": int(desk.calendar(at).out_of_hours(at)),
        "on_call": on_call(desk.plan.on_call, at, desk.zone),
    }


def _deadline(found: Deadline | None, words: str, *, soft: bool) -> dict[str, Any]:
    kind = ("soft" if soft else "hard") if found else "not read" if words else "none stated"
    told = {"deadline_text": words[:LONGEST], "deadline_kind": kind, "deadline_at": "", "deadline_day": ""}
    if found:
        told |= {"deadline_at": stamp(found.at), "deadline_day": found.day.isoformat() if found.day else ""}
    return told


def add_journalist(desk: Desk, wanted: str, person: Person, *, prefers: str = "", version: int | None = None) -> str:
    """Somebody else asks the same, in the same enquiry; or we learn who asked, or how they would rather be reached."""
    if not person:
        raise DeskError("Say who it is: a name, an address or a number.")
    if prefers:
        must_be_one_of(preferred_method=(prefers, PREFERRED))
    with changing(desk, wanted, "added a journalist", version=version) as change:
        known = declared(desk.settings.outlets, person.outlet or change.row["outlet"])
        outlet = known.name if known else person.outlet or change.row["outlet"]
        named = Person(name=person.name, email=person.email, phone=person.phone, role=person.role, outlet=outlet)
        contact = people.identify(
            desk.session, named, at=desk.now, origin=f"by {desk.who.id}", erase_after=erased_at(desk), by=desk.who.id
        )
        people.join(desk.session, change.id, contact)
        if prefers:
            people.prefers(desk.session, contact, prefers, at=desk.now, by=desk.who.id)
        if not change.row["outlet"] and outlet:
            change.set(**_outlet(desk, change, outlet))
        return change.id


def drop_journalist(desk: Desk, wanted: str, words: str, *, version: int | None = None) -> str:
    """Somebody was put there by mistake: a name, an address or a number of one of its journalists."""
    with changing(desk, wanted, "took a journalist out", version=version) as change:
        meant = [one for one in people.called(desk.session, words) if one in change.case.journalists]
        if len(meant) != 1:
            names = people.shown(desk.session, list(change.case.journalists)).values()
            there = ", ".join(one["name"] or one["email"] or one["phone"] for one in names) or "nobody"
            raise DeskError(f"“{words[:60]}” is not one of the journalists of {change.reference}: {there}.")
        people.leave(desk.session, change.id, meant[0])
        return change.id


def hold(desk: Desk, wanted: str, whom: str, *, why: str = "", version: int | None = None) -> str:
    """Wait for the journalist (our internal clock stops) or an expert. The journalist's own clock never stops."""
    kinds = {"journalist": Hold.JOURNALIST, "expert": Hold.EXPERT}
    if whom not in kinds:
        raise DeskError("Say whom it waits for: journalist or expert.")
    with changing(desk, wanted, f"waits for the {whom}", version=version) as change:
        change.hold(kinds[whom], why)
        return change.id


def release(desk: Desk, wanted: str, *, why: str = "", version: int | None = None) -> str:
    """The wait is over."""
    with changing(desk, wanted, "released", version=version) as change:
        change.hold(Hold.NONE, why)
        return change.id


def ask_expert(desk: Desk, wanted: str, expert: str, *, note: str = "", wait: bool = False) -> str:
    """Ask one of our experts; with `wait` the enquiry waits for the answer."""
    if not expert.strip():
        raise DeskError("Say who was asked.")
    with changing(desk, wanted, "asked an expert") as change:
        fields = {"expert": expert.strip()[:LONGEST], "asked_at": stamp(desk.now), "note": note.strip()[:MOST]}
        parts.add(desk.session, "experts", change.id, fields)
        if wait:
            change.hold(Hold.EXPERT, f"{expert.strip()} was asked")
        return change.id


def expert_answered(desk: Desk, wanted: str, number: int, *, note: str = "") -> str:
    """What the expert said; the wait for it is over."""
    with changing(desk, wanted, "heard from an expert") as change:
        fields = {"answered_at": stamp(desk.now)} | ({"note": note.strip()[:MOST]} if note.strip() else {})
        if not parts.update(desk.session, "experts", change.id, number, fields):
            raise NotFoundError(f"{change.reference} has no expert {number}.")
        if change.case.hold is Hold.EXPERT:
            change.hold(Hold.NONE, "the expert answered")
        return change.id


def add_question(desk: Desk, wanted: str, text: str) -> int:
    """One more thing asked; its number. An answered enquiry stays answered: `draft` takes it up again."""
    if not text.strip():
        raise DeskError("A question needs words.")
    with changing(desk, wanted, "added a question") as change:
        if len(change.case.questions) >= MOST_QUESTIONS:
            raise DeskError(
                f"{change.reference} has {MOST_QUESTIONS} questions: the rest belongs into another enquiry."
            )
        return parts.add(desk.session, "questions", change.id, {"text": text.strip()[:MOST]})


def more_questions(change: Change, asked: Sequence[str]) -> None:
    """What another mail of the journalist asks, beside what was asked before; each once, no more than there is room."""
    known = {fold(question.text) for question in change.case.questions}
    room = MOST_QUESTIONS - len(change.case.questions)
    for text in dict.fromkeys(one.strip()[:MOST] for one in asked):
        if room > 0 and text and fold(text) not in known:
            parts.add(change.desk.session, "questions", change.id, {"text": text})
            room -= 1


def answer_question(
    desk: Desk, wanted: str, number: int, text: str, *, state: str = "answered", at: datetime | None = None
) -> str:
    """What was answered to one question; `state` may also be declined or unknown."""
    must_be_one_of(state=(state, ("answered", "declined", "unknown", "open")))
    with changing(desk, wanted, "answered a question") as change:
        fields = {
            "state": state, "answer": text.strip()[:MOST], "answered_at": stamp(at or desk.now),
            "answered_by": desk.who.id,
        }  # fmt: skip
        if state == "open":
            fields |= {"answered_at": "", "answered_by": ""}
        if not parts.update(desk.session, "questions", change.id, number, fields):
            raise NotFoundError(f"{change.reference} has no question {number}.")
        return change.id
