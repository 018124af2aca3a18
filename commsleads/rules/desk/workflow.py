"""What may follow what in the work on an enquiry, and what each step needs.

A table of moves and the checks they name. Nothing here changes anything: whoever keeps the record asks `check`,
writes the row and its stamp. Three things are no moves: handing an enquiry to another owner, stamping the
acknowledgement of one that is assigned already, and `lapsed`, a mark that a clock sets (`lapses`) and no state.

An ended enquiry may be opened again. Whoever moves an enquiry lifts its hold, because work that goes on waits for
nobody, and a hold that stayed would flatter our own figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from commsleads.enquiries import ENDED, OUTCOMES, RESPONSE_KINDS, SUBSTANTIVE, TERMS, Case, Hold, State
from commsleads.rules.desk.errors import DeskError

Standing = Literal["", "complete", "waived", "line", "not asked"]
"""How the sign-off stands: not yet given, given by all, waived by a lead, a pre-approved line, or no steps declared."""
Waiter = Literal["", "desk", "owner", "approver", "journalist", "expert"]
LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What comes with a move, beside what the record holds already.

    `owner` is who will own it; '' leaves the owner of the record. `draft` is the version of the draft in force, 0 when
    there is none. `standing` is the word of `signoff.standing`. `method`, `text`, `kind`, `terms` and `embargo`
    describe the answer that went out; `told` says that a refusal was told to the journalist. `other` is the reference
    that this one repeats, or where the journalist was sent.
    """

    owner: str = ""
    draft: int = 0
    standing: Standing = ""
    method: str = ""
    text: str = ""
    kind: str = ""
    terms: str = ""
    embargo: datetime | None = None
    reason: str = ""
    outcome: str = ""
    other: str = ""
    told: bool = False


NOTHING = Given()


class Move(NamedTuple):
    """A step that may be taken. `hold` is the hold that stands after it; `needs` are names of checks in `NEEDS`."""

    to: State
    needs: tuple[str, ...] = ()
    hold: Hold = Hold.NONE


S = State
_EXITS = (
    Move(S.CLOSED, ("end",)),
    Move(S.WITHDRAWN, ("unanswered",)),
    Move(S.DUPLICATE, ("original",)),
    Move(S.REDIRECTED, ("unanswered", "whereto")),
    Move(S.DECLINED, ("unanswered", "reason")),
)
_ASSIGN = Move(S.ASSIGNED, ("owner",))
_RESEARCH = Move(S.RESEARCHING, ("owner",))
_DRAFT = Move(S.DRAFTING, ("owner",))
_APPROVE = Move(S.APPROVED, ("owner", "draft", "approval"))
_SHORT_CUT = Move(S.RESPONDED, ("owner", "line", "answer"))
_ANSWERED = (
    Move(S.MONITORING, ("owner", "answered")),
    _DRAFT,
    Move(S.CLOSED, ("end",)),
    Move(S.DUPLICATE, ("original",)),
)

MOVES: Mapping[State, tuple[Move, ...]] = MappingProxyType(
    {
        S.NEW: (Move(S.ACKNOWLEDGED), _ASSIGN, *_EXITS),
        S.ACKNOWLEDGED: (_ASSIGN, *_EXITS),
        S.ASSIGNED: (_RESEARCH, _DRAFT, _SHORT_CUT, *_EXITS),
        S.RESEARCHING: (_DRAFT, _SHORT_CUT, *_EXITS),
        S.DRAFTING: (_RESEARCH, Move(S.AWAITING_SIGNOFF, ("owner", "draft")), _APPROVE, _SHORT_CUT, *_EXITS),
        S.AWAITING_SIGNOFF: (_DRAFT, _APPROVE, *_EXITS),
        S.APPROVED: (_DRAFT, Move(S.RESPONDED, ("owner", "approval", "answer")), *_EXITS),
        S.RESPONDED: _ANSWERED,
        S.MONITORING: _ANSWERED[1:],
        S.CLOSED: (Move(S.REOPENED),),
        S.REOPENED: (_ASSIGN, _RESEARCH, _DRAFT, _SHORT_CUT, _ANSWERED[0], *_EXITS),
        S.WITHDRAWN: (Move(S.REOPENED, ("reason",)),),
        S.DUPLICATE: (Move(S.REOPENED, ("reason",)),),
        S.REDIRECTED: (Move(S.REOPENED, ("reason",)),),
        S.DECLINED: (Move(S.REOPENED, ("reason",)),),
    }
)
"""What may follow each state. Supplementary questions go back to drafting under the same reference."""

HOLDABLE = frozenset(State) - ENDED - {State.NEW}
"""States in which an enquiry may wait for somebody: a new one must be acknowledged first."""
_FIRST_SIGNED = frozenset({S.AWAITING_SIGNOFF, S.APPROVED, S.RESPONDED, S.MONITORING, S.REOPENED})


def allowed(state: State, hold: Hold = Hold.NONE) -> tuple[Move, ...]:
    """All the steps out of a state: moves, then the holds that may begin (or the one that may end)."""
    if state not in HOLDABLE:
        return MOVES[state]
    holds = (Hold.NONE,) if hold is not Hold.NONE else (Hold.JOURNALIST, Hold.EXPERT)
    return (*MOVES[state], *(Move(state, (), one) for one in holds))


def check(case: Case, to: State, given: Given = NOTHING) -> Move:
    """The move that leads there, when all that it needs is at hand. Raises `DeskError` with what is missing."""
    move = next((one for one in MOVES[case.state] if one.to is to), None)
    if move is None:
        raise DeskError(_no_way(case, to))
    for need in move.needs:
        if missing := NEEDS[need](case, given):
            raise DeskError(f"{case.reference} cannot become {spoken(to)}: {missing}")
    return move


def check_hold(case: Case, hold: Hold) -> None:
    """Whether this hold may begin (`Hold.NONE`: may end). Raises `DeskError`."""
    if hold is case.hold:
        word = f"is {spoken(hold)} already" if hold is not Hold.NONE else "waits for nobody"
        raise DeskError(f"{case.reference} {word}.")
    if case.state is State.NEW:
        raise DeskError(f"{case.reference} is new: acknowledge it first with {_call('acknowledge', case)}.")
    if case.state in ENDED:
        raise DeskError(f"{case.reference} has ended ({spoken(case.state)}); {_call('reopen', case)} first.")


def answer_kind(to: State, given: Given) -> str:
    """The kind of answer that a move gives, or '' when it gives none. A refusal that was told is one (`declined`)."""
    if to is State.DECLINED and given.told:
        return "declined"
    return given.kind if to is State.RESPONDED else ""


def round_after(came_from: State, to: State, count: int) -> int:
    """The round of sign-off after a move. It only rises: with each return to drafting of what had been offered."""
    if to is State.DRAFTING and came_from in _FIRST_SIGNED:
        return count + 1
    return max(1, count) if to is State.AWAITING_SIGNOFF else count


def waits_for(case: Case) -> Waiter:
    """Whose move it is. Every open enquiry waits for somebody, an ended one for nobody ('')."""
    if case.state in ENDED:
        return ""
    if case.hold is not Hold.NONE:
        return "journalist" if case.hold is Hold.JOURNALIST else "expert"
    if case.state is State.AWAITING_SIGNOFF:
        return "approver"
    return "owner" if case.owner else "desk"


def is_open(case: Case) -> bool:
    """Whether anybody still works on it."""
    return case.state not in ENDED


def overdue(case: Case, now: datetime) -> bool:
    """Open, never answered, and past the journalist's deadline: at the deadline itself there is still time."""
    return is_open(case) and case.responded_at is None and case.deadline_at is not None and now > case.deadline_at


def lapses(case: Case, now: datetime) -> bool:
    """Whether the mark `lapsed_at` is to be set now. It is set once, at the deadline, and stays as history."""
    return case.lapsed_at is None and overdue(case, now)


def shown(case: Case, now: datetime) -> str:
    """The word for people: the state, or `lapsed` while an open enquiry without an answer is past its deadline."""
    return LAPSED if overdue(case, now) else str(case.state)


def _call(verb: str, case: Case, more: str = "") -> str:
    """The command that does it, to be copied."""
    return f"`commsleads enquiry {verb} {case.reference}{f' {more}' if more else ''}`"


def _owner(case: Case, given: Given) -> str:
    if given.owner or case.owner:
        return ""
    return f"nobody owns it. {_call('assign', case, '--to OFFICER')} gives it an owner."


def _draft(case: Case, given: Given) -> str:
    return "" if given.draft > 0 else f"there is no draft. {_call('draft', case)} writes one."


def _approval(case: Case, given: Given) -> str:
    if given.standing:
        return ""
    return f"its sign-off is not complete. {_call('sign-off', case)} records it; a lead may waive it."


def _line(case: Case, given: Given) -> str:
    if given.standing in ("line", "not asked"):
        return ""
    only = "without sign-off only a pre-approved line goes out, word for word."
    if case.responded_at is not None and given.standing:
        return f"it has been answered. {_call('draft', case, 'TEXT')} begins a further answer; {only}"
    if given.draft and case.state is S.DRAFTING:
        return f"{only} {_call('sign-off', case, '--ask OFFICER')} offers draft {given.draft}."
    return f"{only} {_call('draft', case, 'TEXT')} begins an answer of its own."


def _answer(_: Case, given: Given) -> str:
    if given.kind not in SUBSTANTIVE:
        return f"say what kind of answer it was, with --kind: {', '.join(RESPONSE_KINDS)}."
    if not given.method.strip():
        return "say how it was sent, with --method, such as email or phone."
    if not given.text.strip():
        return "the answer is kept word for word, and there are no words."
    if given.terms not in TERMS:
        return f"say on which terms it was given, with --terms: {', '.join(TERMS)}."
    if given.terms == "embargoed" and given.embargo is None:
        return "say until when it is embargoed, with --embargo-until."
    return ""


def _answered(case: Case, _: Given) -> str:
    return "" if case.responded_at else f"it has no answer. {_call('respond', case)} records one."


def _unanswered(case: Case, _: Given) -> str:
    return "" if case.responded_at is None else f"it has been answered. {_call('close', case)} ends it."


def _reason(_: Case, given: Given) -> str:
    return "" if given.reason.strip() else "say why, with --reason."


def _original(case: Case, given: Given) -> str:
    if not given.other.strip():
        return "say of which enquiry it is a duplicate, with --of REFERENCE."
    return "it cannot be a duplicate of itself." if given.other.strip() in (case.reference, case.id) else ""


def _whereto(_: Case, given: Given) -> str:
    return "" if given.other.strip() else "say where the journalist was sent, with --to."


def _end(case: Case, given: Given) -> str:
    """An answered enquiry ends with what came of it, any other with a reason."""
    if given.outcome and given.outcome not in OUTCOMES:
        return f"“{given.outcome}” is no outcome. Say one of: {'; '.join(OUTCOMES)}."
    if case.responded_at is not None:
        return "" if given.outcome else f"say what came of it, with --outcome: {'; '.join(OUTCOMES)}."
    if given.reason.strip():
        return ""
    late = "its deadline passed without an answer" if case.lapsed_at else "it has had no answer"
    return f"{late}. Say why it is closed all the same, with --reason, or answer: {_call('respond', case)}."


NEEDS: Mapping[str, Callable[[Case, Given], str]] = MappingProxyType(
    {
        "owner": _owner, "draft": _draft, "approval": _approval, "line": _line, "answer": _answer,
        "answered": _answered, "unanswered": _unanswered, "reason": _reason, "original": _original,
        "whereto": _whereto, "end": _end,
    }
)  # fmt: skip
"""Each check says what is missing, as the end of a sentence, or '' when nothing is."""


def spoken(what: str) -> str:
    """A state or a hold as people say it: awaiting sign-off."""
    return what.replace("signoff", "sign-off").replace("_", " ")


def _no_way(case: Case, to: State) -> str:
    ways = ", ".join(spoken(move.to) for move in MOVES[case.state])
    if case.state in ENDED:
        return f"{case.reference} has ended ({spoken(case.state)}). {_call('reopen', case)} opens it again."
    if to is case.state:
        return f"{case.reference} is {spoken(to)} already."
    if case.state is S.AWAITING_SIGNOFF and to is S.RESPONDED:
        return (
            f"{case.reference} waits for its sign-off and cannot go out yet. "
            f"{_call('sign-off', case)} says what is open."
        )
    return f"{case.reference} is {spoken(case.state)} and cannot become {spoken(to)} from there; it may become: {ways}."
