"""The answer: drafts, what went out word for word, what was promised, interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from commsleads.desk.entry import LONGEST, MOST, must_be_one_of, named
from commsleads.desk.record import Change, Desk, changing
from commsleads.enquiries import RESPONSE_KINDS, TERMS, Line, State
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.signoff import cleared_line, line_in_force, same_words, standing
from commsleads.rules.desk.workflow import Given, Standing
from commsleads.store.desk import lines, parts, search
from commsleads.store.engine import Row, stamp

BEFORE_DRAFT = (State.NEW, State.ACKNOWLEDGED, State.REOPENED)
CLOSED_TO_QUESTIONS = {"no comment": "declined", "declined": "declined"}
"""Kinds of answer after which the open questions were declined, not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that went out. `text` is verbatim; None is the draft in force, or the line.

    `questions` are the numbers of those it answers; None is all that are open, unless it is a partial answer. `differs`
    says why what went out is not what was signed: said on the phone is said, and the record must know.
    """

    kind: str = "full"
    method: str = ""
    terms: str = ""
    text: str | None = None
    line: str = ""
    embargo_until: datetime | None = None
    questions: tuple[int, ...] | None = None
    files: tuple[str, ...] = ()
    differs: str = ""
    letter_id: str = ""
    at: datetime | None = None


class Words(NamedTuple):
    """Where the words that went out come from: a draft (0: none), a line to take in a version ('': none)."""

    draft: int = 0
    line: str = ""
    version: int = 0


def draft(desk: Desk, wanted: str, text: str = "", *, line: str = "", version: int | None = None) -> int:
    """Write the next draft, in one's own words or as a line to take; its version.

    A draft after one that was offered for sign-off, or after an answer, begins the next round.
    """
    with changing(desk, wanted, "drafted", version=version) as change:
        taken = _line(desk, line) if line else None
        words = text.strip() or (taken.text if taken else "")
        if not words:
            raise DeskError("A draft needs words, or a line to take (--line).")
        change.assigned()
        if change.case.state is not State.DRAFTING:
            change.move(State.DRAFTING)
        return parts.draft(
            desk.session,
            change.id,
            {
                "round": max(1, change.now("round")),  # rounds are counted from the first draft
                "at": stamp(desk.now),
                "author": desk.who.id,
                "text": words[:MOST],
                "line_id": taken.id if taken else "",
                "line_version": taken.version if taken else 0,
            },
        )


def _line(desk: Desk, line_id: str) -> Line:
    versions = lines.versions(desk.session, line_id)
    found = line_in_force(versions, line_id, desk.today)
    if found:
        return found
    if not versions:
        there = ", ".join(list(lines.ids(desk.session))[:20])
        raise NotFoundError(
            f"There is no line “{line_id[:60]}”. " + (f"There is: {there}." if there else "Add it first.")
        )
    newest = versions[-1]
    cleared_line(versions, line_id, newest.version, newest.text, desk.today)  # says why it is not in force
    raise DeskError(f"The line “{line_id}” is not in force.")


def respond(desk: Desk, wanted: str, answer: Answer, *, version: int | None = None) -> int:
    """Record an answer that went out; its number. The first is the response, later ones are supplementary."""
    must_be_one_of(kind=(answer.kind, RESPONSE_KINDS), terms=(answer.terms, ("", *TERMS)))
    with changing(desk, wanted, "responded", version=version) as change:
        last = parts.draft_in_force(desk.session, change.id)
        taken = _line(desk, answer.line) if answer.line else None
        text = _text(answer, taken, last)
        cleared, signed = _cleared(change, answer, text, taken, last)
        change.assigned()
        if change.case.state in (State.RESPONDED, State.MONITORING):
            change.move(State.DRAFTING, why="a supplementary answer")
        given = Given(
            standing=cleared, kind=answer.kind, method=answer.method, text=text, terms=answer.terms,
            embargo=answer.embargo_until, draft=signed,
        )  # fmt: skip
        why = f"differs from what was signed: {answer.differs.strip()}" if answer.differs.strip() else ""
        line = ("", 0)
        if cleared == "line":
            line = (taken.id, taken.version) if taken else (last["line_id"], last["line_version"]) if last else line
        change.move(State.RESPONDED, given, why or (f"line {line[0]} v{line[1]}" if line[0] else ""))
        return _went_out(desk, change, answer, text, Words(signed, *line))


def _text(answer: Answer, taken: Line | None, last: Row | None) -> str:
    if answer.text is not None and answer.text.strip():
        return answer.text.strip()[:MOST]
    return taken.text if taken else str(last["text"]) if last else ""


def _cleared(change: Change, answer: Answer, text: str, taken: Line | None, last: Row | None) -> tuple[Standing, int]:
    """How the sign-off of these words stands, and which draft they are (0: none)."""
    desk = change.desk
    if taken:
        cleared_line(lines.versions(desk.session, taken.id), taken.id, taken.version, text, desk.today)
        return "line", 0
    if last is None:
        return standing((), desk.plan.signoff, 0), 0
    if last["line_id"] and same_words(last["text"], text):
        try:
            line = cleared_line(
                lines.versions(desk.session, last["line_id"]), last["line_id"], last["line_version"], text, desk.today
            )
        except DeskError:
            line = None
        if line:
            return "line", last["version"]
    stands = standing(change.case.approvals, desk.plan.signoff, last["version"])
    if stands in ("complete", "waived") and not same_words(last["text"], text) and not answer.differs.strip():
        raise DeskError(
            f"What went out differs from draft {last['version']} that was signed. Draft and sign it anew, or say why "
            "it differs with --differs: what was said is said, and the record must know."
        )
    return stands, last["version"]


def _went_out(desk: Desk, change: Change, answer: Answer, text: str, words: Words) -> int:
    at = answer.at or desk.now
    if at > desk.now:
        raise DeskError("An answer cannot have gone out in the future: look at its time.")
    if stamp(at) < change.row["received_at"]:
        raise DeskError(f"An answer cannot have gone out before {change.reference} was received: look at its time.")
    number = parts.next_number(desk.session, "answers", change.id)
    answer_id = named("answer", change.id, str(number))
    embargo = stamp(answer.embargo_until) if answer.embargo_until else ""
    parts.answer(
        desk.session,
        answer_id,
        change.id,
        {
            "at": stamp(at), "by": desk.who.id, "kind": answer.kind, "method": answer.method.strip()[:LONGEST],
            "terms": answer.terms, "embargo_until": embargo, "text": text, "files": answer.files, "draft": words.draft,
            "line_id": words.line, "line_version": words.version, "letter_id": answer.letter_id,
        },
    )  # fmt: skip
    _questions_answered(desk, change, answer, text, at)
    asked = "\n".join(question.text for question in change.case.questions)
    search.index(desk.session, answer_id, subject=change.row["subject"], questions=asked, text=text)
    change.set(terms=answer.terms, embargo_until=embargo)
    if not change.row["responded_at"]:
        change.set(responded_at=stamp(at), responded_by=desk.who.id, response_kind=answer.kind)
    if not change.row["acknowledged_at"]:
        change.set(acknowledged_at=stamp(at), acknowledged_by=desk.who.id)
    return number


def _questions_answered(desk: Desk, change: Change, answer: Answer, text: str, at: datetime) -> None:
    known = {question.number: question for question in change.case.questions}
    chosen: Sequence[int] = answer.questions if answer.questions is not None else ()
    if strange := [number for number in chosen if number not in known]:
        raise NotFoundError(f"{change.reference} has no question {strange[0]}.")
    if answer.questions is None and answer.kind != "partial":
        chosen = [number for number, question in known.items() if question.state == "open"]
    state = CLOSED_TO_QUESTIONS.get(answer.kind, "answered")
    fields = {"state": state, "answer": text, "answered_at": stamp(at), "answered_by": desk.who.id}
    for number in chosen:
        parts.update(desk.session, "questions", change.id, number, fields)


def monitor(desk: Desk, wanted: str, *, version: int | None = None) -> str:
    """The answer is out; we watch what comes of it."""
    with changing(desk, wanted, "monitors", version=version) as change:
        change.move(State.MONITORING)
        return change.id


def promise(desk: Desk, wanted: str, what: str, due_at: datetime, *, due_text: str = "") -> int:
    """Something was promised to the journalist by a time: a call back, a picture, a figure. Its number."""
    if not what.strip():
        raise DeskError("Say what was promised.")
    with changing(desk, wanted, "promised") as change:
        fields = {
            "what": what.strip()[:LONGEST], "made_at": stamp(desk.now), "due_at": stamp(due_at),
            "due_text": due_text.strip()[:LONGEST], "by": desk.who.id,
        }  # fmt: skip
        return parts.add(desk.session, "promises", change.id, fields)


def kept(desk: Desk, wanted: str, number: int, *, at: datetime | None = None) -> str:
    """The promise was kept, now or at that time: after it was made, and not in the future."""
    with changing(desk, wanted, "kept a promise") as change:
        made = next((one for one in parts.promises(desk.session, change.id) if one["number"] == number), None)
        if made and made["done_at"] and at is None:
            raise DeskError(f"Promise {number} was kept already, at {made['done_at']}; --at corrects the time.")
        if at and at > desk.now:
            raise DeskError("A promise cannot have been kept in the future: look at its time.")
        if made and at and stamp(at) < made["made_at"]:
            raise DeskError(f"Promise {number} was made at {made['made_at']}: it cannot have been kept before.")
        fields = {"done_at": stamp(at or desk.now), "done_by": desk.who.id}
        if not parts.update(desk.session, "promises", change.id, number, fields):
            raise NotFoundError(f"{change.reference} has no promise {number}.")
        return change.id


def interview(
    desk: Desk,
    wanted: str,
    spokesperson: str,
    *,
    at: datetime | None = None,
    chief: bool = False,
    trained: bool = False,
    form: str = "",
    recording: str = "",
    note: str = "",
) -> int:
    """An interview was given; its number. `recording` says who keeps it."""
    if not spokesperson.strip():
        raise DeskError("Say who spoke.")
    with changing(desk, wanted, "gave an interview") as change:
        fields = {
            "at": stamp(at or desk.now), "spokesperson": spokesperson.strip()[:LONGEST], "chief": int(chief),
            "trained": int(trained), "format": form.strip()[:LONGEST], "recording": recording.strip()[:LONGEST],
            "note": note.strip()[:MOST],
        }  # fmt: skip
        change.set(spokesperson=spokesperson.strip()[:LONGEST])
        return parts.add(desk.session, "interviews", change.id, fields)
