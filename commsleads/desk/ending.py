"""How an enquiry ends, and begins again: what came of it is apart from where it stands."""

from __future__ import annotations

from commsleads.desk.entry import LONGEST, MOST, must_be_one_of
from commsleads.desk.record import Desk, changing
from commsleads.enquiries import OUTCOMES, State
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.workflow import Given
from commsleads.store.desk import enquiries, parts
from commsleads.store.engine import stamp


def close(
    desk: Desk, wanted: str, *, outcome: str = "", reason: str = "", lessons: str = "", minutes: int | None = None,
    version: int | None = None,
) -> str:  # fmt: skip
    """Nobody works on it any more. An answered one says what came of it, any other why it is closed all the same."""
    must_be_one_of(outcome=(outcome, ("", *OUTCOMES)))
    with changing(desk, wanted, "closed", version=version) as change:
        change.move(State.CLOSED, Given(outcome=outcome, reason=reason.strip()[:MOST]), reason.strip())
        if lessons.strip():
            change.set(lessons=lessons.strip()[:MOST])
        if minutes is not None:
            change.set(minutes_spent=max(0, minutes))
        return change.id


def reopen(desk: Desk, wanted: str, *, reason: str = "", version: int | None = None) -> str:
    """Something came after the end: the same reference is worked on again."""
    with changing(desk, wanted, "reopened", version=version) as change:
        change.move(State.REOPENED, Given(reason=reason.strip()), reason.strip())
        change.set(duplicate_of="", redirected_to="")
        return change.id


def withdraw(desk: Desk, wanted: str, *, reason: str = "", version: int | None = None) -> str:
    """The journalist does not need it any more."""
    with changing(desk, wanted, "withdrew", version=version) as change:
        change.move(State.WITHDRAWN, Given(reason=reason.strip()[:MOST]), reason.strip())
        return change.id


def duplicate(desk: Desk, wanted: str, of: str, *, version: int | None = None) -> str:
    """It is the same enquiry as another: left out of every figure."""
    with changing(desk, wanted, "marked as a duplicate", version=version) as change:
        original = enquiries.find(desk.session, of, desk.year) if of.strip() else None
        other = original["reference"] if original else ""
        if original and original["duplicate_of"] == change.reference:
            raise DeskError(f"{other} is marked as a duplicate of {change.reference}: both cannot be.")
        change.move(State.DUPLICATE, Given(other=other), f"of {other}")
        change.set(duplicate_of=other)
        return change.id


def redirect(desk: Desk, wanted: str, to: str, *, version: int | None = None) -> str:
    """It is no media enquiry, or not for us: where the journalist was sent. Left out of every figure but its own."""
    with changing(desk, wanted, "redirected", version=version) as change:
        change.move(State.REDIRECTED, Given(other=to.strip()), f"to {to.strip()}")
        change.set(redirected_to=to.strip()[:LONGEST])
        return change.id


def decline(desk: Desk, wanted: str, reason: str, *, told: bool = False, version: int | None = None) -> str:
    """We will not answer. With `told` the journalist knows, and it counts as an answer of the kind "declined"."""
    with changing(desk, wanted, "declined", version=version) as change:
        change.move(State.DECLINED, Given(reason=reason.strip()[:MOST], told=told), reason.strip())
        if told:
            change.set(responded_at=stamp(desk.now), responded_by=desk.who.id, response_kind="declined")
            if not change.row["acknowledged_at"]:
                change.set(acknowledged_at=stamp(desk.now), acknowledged_by=desk.who.id)
            for question in change.case.questions:
                if question.state == "open":
                    fields = {"state": "declined", "answered_at": stamp(desk.now), "answered_by": desk.who.id}
                    parts.update(desk.session, "questions", change.id, question.number, fields)
        return change.id
