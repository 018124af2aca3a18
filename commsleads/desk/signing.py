"""Sign-off: ask, approve, send back, waive, and what has been said before on the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from commsleads.desk.looking import readable
from commsleads.desk.record import Change, Desk, changing, must_see
from commsleads.enquiries import Approval, State
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.signoff import Offered, ask, complete, decide, next_step, pending, waive
from commsleads.rules.desk.workflow import Given, spoken
from commsleads.store.desk import cases, enquiries, parts, search
from commsleads.store.engine import Row, moment, stamp

CANDIDATES = 200
"""Past answers that are held against a draft."""
NEAREST = 3
"""Past statements that are shown beside a draft."""
TELLING = 12
"""Words of a draft by which candidates are found: its longest, for long words are rare ones."""


def _offered(change: Change) -> tuple[Row, Offered]:
    last = parts.draft_in_force(change.desk.session, change.id)
    if last is None:
        how = f"`commsleads enquiry draft {change.reference} TEXT` writes one"
        raise DeskError(f"{change.reference} has no draft to sign: {how}.")
    return last, Offered(version=last["version"], author=last["author"], round=max(1, change.now("round")))


def ask_signoff(desk: Desk, wanted: str, approver: str, *, version: int | None = None) -> str:
    """Offer the draft in force for its next step to somebody who did not write it; the step."""
    found = desk.officer(approver)
    with changing(desk, wanted, "asked for sign-off", version=version) as change:
        last, _ = _offered(change)
        if change.case.state not in (State.DRAFTING, State.AWAITING_SIGNOFF):
            raise DeskError(
                f"{change.reference} is {spoken(change.case.state)}: only a draft in work is offered for "
                f"sign-off. `commsleads enquiry draft {change.reference}` takes it up again."
            )
        if change.case.state is State.DRAFTING:
            change.move(State.AWAITING_SIGNOFF, Given(draft=last["version"]))
        _, offered = _offered(change)
        done = ask(change.case.approvals, desk.plan.signoff, offered, found, officers=desk.officers, at=desk.now)
        parts.put_approvals(desk.session, change.id, done)
        return done[-1].step


def approve(desk: Desk, wanted: str, *, draft: int | None = None, comment: str = "", version: int | None = None) -> str:
    """Sign the step that was asked; the next step to ask for, '' when the draft may go out.

    `draft` is the version that was read; None is the one in force, for who has just read it.
    """
    with changing(desk, wanted, "approved", version=version) as change:
        done, offered = _decided(desk, change, "approved", draft, comment)
        left = next_step(done, desk.plan.signoff, offered.version)
        if not left:
            change.move(State.APPROVED, Given(draft=offered.version, standing="complete"))
        return left


def send_back(desk: Desk, wanted: str, comment: str, *, draft: int | None = None, version: int | None = None) -> str:
    """Send the draft back with what is wrong; the next one begins the next round."""
    with changing(desk, wanted, "sent back", version=version) as change:
        _decided(desk, change, "sent_back", draft, comment)
        change.move(State.DRAFTING, why=comment.strip())
        return change.id


def _decided(
    desk: Desk, change: Change, decision: str, draft: int | None, comment: str
) -> tuple[tuple[Approval, ...], Offered]:
    _, offered = _offered(change)
    if change.case.state is not State.AWAITING_SIGNOFF:
        how = f" Offer it first: `commsleads enquiry sign-off {change.reference} --ask OFFICER`."
        raise DeskError(
            f"{change.reference} waits for no sign-off: it is {spoken(change.case.state)}."
            + (how if change.case.state is State.DRAFTING else "")
        )
    done = decide(
        change.case.approvals, offered, desk.who, decision, draft=offered.version if draft is None else draft,
        officers=desk.officers, at=desk.now, comment=comment,
    )  # fmt: skip
    parts.put_approvals(desk.session, change.id, done)
    return done, offered


def waive_signoff(desk: Desk, wanted: str, reason: str, *, version: int | None = None) -> str:
    """Let the draft go out without the steps that are left. A lead may, who says why."""
    with changing(desk, wanted, "waived the sign-off", version=version) as change:
        _, offered = _offered(change)
        if change.case.state not in (State.DRAFTING, State.AWAITING_SIGNOFF):
            raise DeskError(f"{change.reference} is {spoken(change.case.state)}: there is no sign-off to waive.")
        done = waive(change.case.approvals, desk.plan.signoff, offered, desk.who, reason, at=desk.now)
        parts.put_approvals(desk.session, change.id, done)
        change.move(State.APPROVED, Given(draft=offered.version, standing="waived"), reason.strip())
        return change.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """How a sign-off stands: the draft in force, who was asked for what, and what is left."""

    reference: str
    status: str
    draft: int
    author: str
    text: str
    round: int
    waiting_for: str
    next_step: str
    complete: bool
    steps: tuple[dict[str, str], ...]
    past: tuple[dict[str, Any], ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()


def chain(desk: Desk, wanted: str) -> Chain:
    """How the sign-off stands, with the nearest past statements and what in them conflicts with the draft."""
    row = enquiries.find(desk.session, wanted, desk.year)
    case = cases.case(desk.session, row["id"])
    if case is None:
        raise NotFoundError(f"There is no enquiry {wanted}.")
    must_see(desk, case)
    last = parts.draft_in_force(desk.session, row["id"])
    version = last["version"] if last else 0
    by_step = {one.step: one for one in case.approvals if one.draft == version}
    asked = pending(case.approvals, version)
    past, conflicts = said_before(desk, row, str(last["text"])) if last else ((), ())
    return Chain(
        reference=row["reference"],
        status=row["state"],
        draft=version,
        author=last["author"] if last else "",
        text=last["text"] if last else "",
        round=max(1, row["round"]) if last else 0,
        waiting_for=asked.approver if asked else "",
        next_step=next_step(case.approvals, desk.plan.signoff, version),
        complete=bool(version) and complete(case.approvals, desk.plan.signoff, version),
        steps=tuple(_told(step, by_step.get(step)) for step in desk.plan.signoff),
        past=past,
        conflicts=conflicts,
    )


def _told(step: str, one: Approval | None) -> dict[str, str]:
    if one is None:
        return {"step": step, "decision": "", "approver": "", "comment": ""}
    return {"step": step, "decision": one.decision, "approver": one.approver, "comment": one.comment}


def said_before(desk: Desk, row: Row, text: str) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """The nearest past statements on what a draft says, and the numbers and dates in them that conflict with it.

    Statements of enquiries that this person may not see are left out.
    """
    from commsleads.rules.desk.consistency import Statement, compare, nearest

    words = sorted(set(re.findall(r"\w{4,}", text)), key=lambda word: (-len(word), word))[:TELLING]
    found = readable(desk, search.near(desk.session, words, limit=CANDIDATES))
    statements = []
    for said in found:
        at = moment(said["at"])
        if said["enquiry_id"] != row["id"] and at:
            statements.append(
                Statement(
                    id=said["answer"], at=at, topic=said["subject"], text=said["text"], reference=said["reference"]
                )
            )
    past = tuple(
        {"reference": one.statement.reference, "at": stamp(one.statement.at), "text": one.statement.text}
        for one in nearest(text, statements, NEAREST)
    )
    conflicts = tuple(
        {"reference": one.reference, "draft_words": one.draft_words, "past_words": one.past_words, "sentence": one.why}
        for one in compare(text, statements, now=desk.now, zone=desk.zone)
    )
    return past, conflicts
