"""Sign-off: the steps that a draft passes before it goes out, and the lines that need none.

Steps are taken in their order. Whoever wrote the draft in force signs none of them; a decision is on one version of the
draft and dies with it; sending back needs a comment and opens the next round; a lead may waive what is left and says
why. Everything here takes the list of approvals and gives the next one; nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from commsleads.enquiries import Approval, Line, Officer
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.workflow import Standing

SIGNING = ("approver", "lead")
"""Roles that may sign. Where nobody has one of them, every officer but the author may."""
PASSED = ("approved", "waived")
DECISIONS = ("approved", "sent_back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The draft in force, and the round of sign-off it is in. `version` is 0 while there is none."""

    version: int
    author: str
    round: int = 1


def next_step(approvals: Sequence[Approval], steps: Sequence[str], draft: int) -> str:
    """The first step that this draft has not passed; '' when it has passed them all."""
    passed = {one.step for one in approvals if one.draft == draft and one.decision in PASSED}
    return next((step for step in steps if step not in passed), "")


def complete(approvals: Sequence[Approval], steps: Sequence[str], draft: int) -> bool:
    """Whether this draft has passed every step, by approval or waiver. With no steps there is nothing to pass."""
    return not next_step(approvals, steps, draft)


def standing(approvals: Sequence[Approval], steps: Sequence[str], draft: int, line: Line | None = None) -> Standing:
    """The word for `workflow.Given`. `line` is one that `cleared_line` has let pass."""
    if line is not None:
        return "line"
    if not steps:
        return "not asked"
    if draft <= 0 or not complete(approvals, steps, draft):
        return ""
    waived = any(one.decision == "waived" and one.draft == draft for one in approvals)
    return "waived" if waived else "complete"


def pending(approvals: Sequence[Approval], draft: int) -> Approval | None:
    """What was asked on this draft and not decided."""
    return next((one for one in approvals if one.draft == draft and one.decision == "asked"), None)


def may_sign(officer: Officer, officers: Sequence[Officer]) -> bool:
    """Whether this person's role lets them sign."""
    return officer.role in SIGNING or not any(one.role in SIGNING for one in officers)


def ask(
    approvals: Sequence[Approval],
    steps: Sequence[str],
    offered: Offered,
    approver: Officer,
    *,
    officers: Sequence[Officer],
    at: datetime,
) -> tuple[Approval, ...]:
    """Ask somebody for the next step. Who was asked for it before, on this draft, is asked no more.

    Raises `DeskError` when there is no draft, nothing is left to sign, or this person may not sign.
    """
    step = _open_step(approvals, steps, offered)
    _may(approver, offered, officers)
    kept = tuple(one for one in approvals if not (one.draft == offered.version and one.decision == "asked"))
    asked = Approval(
        round=offered.round, step=step, approver=approver.id, decision="asked", asked_at=at, draft=offered.version
    )
    return (*kept, asked)


def decide(
    approvals: Sequence[Approval],
    offered: Offered,
    by: Officer,
    decision: str,
    *,
    draft: int,
    officers: Sequence[Officer],
    at: datetime,
    comment: str = "",
) -> tuple[Approval, ...]:
    """Record a decision on what was asked. `draft` is the version that the decider read.

    Another than the one who was asked may decide when they may sign; the record then names them. Raises `DeskError` for
    an old version, an author, a sending back without a word, and where nothing was asked.
    """
    if decision not in DECISIONS:
        raise DeskError(f"“{decision}” is no decision: it is approved or sent back.")
    if draft != offered.version:
        raise DeskError(
            f"Draft {draft} is not in force: the decision must be on draft {offered.version}. Read that one first."
        )
    asked = pending(approvals, draft)
    if asked is None:
        raise DeskError(f"Nobody has been asked to sign draft {draft}: ask first.")
    _may(by, offered, officers)
    if decision == "sent_back" and not comment.strip():
        raise DeskError("Whoever sends a draft back says what is wrong with it: give a comment.")
    if at < asked.asked_at:
        raise DeskError("A decision cannot come before it was asked for: look at its time.")
    decided = replace(asked, approver=by.id, decision=decision, decided_at=at, comment=comment.strip())
    return tuple(decided if one is asked else one for one in approvals)


def waive(
    approvals: Sequence[Approval],
    steps: Sequence[str],
    offered: Offered,
    lead: Officer,
    reason: str,
    *,
    at: datetime,
) -> tuple[Approval, ...]:
    """Let this draft go out without the steps it has not passed. A lead may, who says why; it is counted.

    A lead may waive it for a draft of their own: at night there may be nobody else, and it shows in the record.
    """
    _open_step(approvals, steps, offered)
    if lead.role != "lead":
        raise DeskError(f"{lead.name or lead.id} is no lead: only a lead may waive a sign-off.")
    if not reason.strip():
        raise DeskError("A waiver needs a reason: say why there was no sign-off.")
    done = list(approvals)
    asked = pending(done, offered.version)
    while step := next_step(done, steps, offered.version):
        since = asked.asked_at if asked and asked.step == step else at
        waived = Approval(
            round=offered.round, step=step, approver=lead.id, decision="waived", asked_at=since, decided_at=at,
            comment=reason.strip(), draft=offered.version,
        )  # fmt: skip
        if asked and asked.step == step:
            done[done.index(asked)] = waived
        else:
            done.append(waived)
    return tuple(done)


def line_in_force(lines: Sequence[Line], line_id: str, day: date) -> Line | None:
    """The version of a line that holds on a day: the newest that is approved and has begun.

    When that one has run out or was retired, none holds: an older version does not come back by itself.
    """
    begun = [one for one in lines if one.id == line_id and one.approved_by and one.valid_from <= day]
    newest = max(begun, key=lambda one: one.version, default=None)
    if newest is None or newest.retired or (newest.valid_until is not None and day > newest.valid_until):
        return None
    return newest


def cleared_line(lines: Sequence[Line], line_id: str, version: int, text: str, day: date) -> Line:
    """The line, when `text` may go out on this day with no further sign-off. Raises `DeskError` when it may not.

    Spaces and line ends may differ, nothing else: a changed word is a new text, and wants a sign-off.
    """
    line = next((one for one in lines if one.id == line_id and one.version == version), None)
    if line is None:
        raise DeskError(f"There is no line “{line_id}” in version {version}.")
    named = f"The line “{line_id}” v{version}"
    if not line.approved_by:
        raise DeskError(f"{named} has not been approved yet.")
    if line.retired:
        raise DeskError(f"{named} is retired.")
    if day < line.valid_from:
        raise DeskError(f"{named} holds from {line.valid_from.isoformat()} on, not on {day.isoformat()}.")
    if line.valid_until is not None and day > line.valid_until:
        raise DeskError(f"{named} ran out on {line.valid_until.isoformat()}.")
    now = line_in_force(lines, line_id, day)
    if now is not line:
        newer = f"v{now.version} is in force" if now else "a newer version was ended"
        raise DeskError(f"{named} is not in force: {newer}.")
    if not same_words(line.text, text):
        raise DeskError(
            f"{named} is pre-approved only as it stands, and this text differs from it: it needs a sign-off."
        )
    return line


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for their spaces and line ends."""
    return one.split() == other.split()


def _open_step(approvals: Sequence[Approval], steps: Sequence[str], offered: Offered) -> str:
    if offered.version <= 0:
        raise DeskError("There is no draft to sign: write one first.")
    if not steps:
        raise DeskError("No steps of a sign-off are declared: there is nothing to sign.")
    step = next_step(approvals, steps, offered.version)
    if not step:
        raise DeskError(f"Draft {offered.version} has passed every step of its sign-off already.")
    if any(one.draft == offered.version and one.decision == "sent_back" for one in approvals):
        raise DeskError(f"Draft {offered.version} was sent back: write the next one first.")
    return step


def _may(person: Officer, offered: Offered, officers: Sequence[Officer]) -> None:
    named = person.name or person.id
    ids = [one.id for one in officers if one.id != offered.author and may_sign(one, officers)]
    others = f" Who may: {', '.join(ids)}." if ids else ""
    if person.id == offered.author:
        raise DeskError(f"{named} wrote draft {offered.version}: nobody signs what they wrote.{others}")
    if not may_sign(person, officers):
        raise DeskError(f"{named} may not sign: that takes the role of an approver or a lead.{others}")
