"""Enquiries as the rules and figures see them, by the hundred thousand: one query a table, whatever their number."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from commsleads.enquiries import (
    Approval,
    Case,
    Covered,
    Hold,
    Interview,
    Moved,
    Promise,
    Question,
    State,
)
from commsleads.store.engine import Session, stamp

T = TypeVar("T")
Parts = dict[str, list[T]]

FIELDS = (
    "id, reference, received_at, logged_at, state, hold, channel, direction, out_of_hours, on_call, subject, outlet, "
    "outlet_tier, request_type, level, privacy, stance, owner, team, deadline_at, deadline_kind, acknowledged_at, "
    "responded_at, response_kind, lapsed_at, ended_at, outcome"
)
STATES = {str(state): state for state in State}
HOLDS = {str(hold): hold for hold in Hold}


def cases(session: Session, *, since: datetime | None = None, until: datetime | None = None) -> list[Case]:
    """Enquiries received before `until` and not ended before `since`, with all that hangs on them, oldest first.

    Without bounds: all there are.
    """
    terms, given = [], []
    if until is not None:
        terms.append("e.received_at < ?")
        given.append(stamp(until))
    if since is not None:
        terms.append("(e.ended_at = '' OR e.ended_at >= ?)")
        given.append(stamp(since))
    return _loaded(session, " AND ".join(terms), given)


def open_cases(session: Session) -> list[Case]:
    """All that nobody has ended."""
    return _loaded(session, "e.ended_at = ''", [])


def case(session: Session, enquiry_id: str) -> Case | None:
    """One enquiry, or None."""
    found = _loaded(session, "e.id = ?", [enquiry_id])
    return found[0] if found else None


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of values that all stay make the collector of garbage look through them again and again for nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _loaded(session: Session, where: str, given: Sequence[Any]) -> list[Case]:
    with session.snapshot(), _no_collecting():
        parts = _Parts(session, where, given)
        rows = session.tuples(
            f"SELECT {FIELDS} FROM enquiries e {'WHERE ' + where if where else ''} ORDER BY e.received_at, e.id", given
        )
        return [_case(row, parts) for row in rows]


class _Parts:
    """What hangs on the chosen enquiries, by enquiry."""

    def __init__(self, session: Session, where: str, given: Sequence[Any]) -> None:
        self._session = session
        self._where = f"WHERE enquiry_id IN (SELECT e.id FROM enquiries e WHERE {where})" if where else ""
        self._given = given
        at = _at
        self.journalists: Parts[str] = self._by("enquiry_id, contact_id", "enquiry_journalists", "place", str)
        self.questions: Parts[Question] = self._by(
            "enquiry_id, number, text, state, answer, answered_at, answered_by", "questions", "number", _question
        )
        self.approvals: Parts[Approval] = self._by(
            "enquiry_id, round, step, approver, decision, asked_at, decided_at, comment, draft",
            "approvals",
            "number",
            _approval,
        )
        self.promises: Parts[Promise] = self._by(
            "enquiry_id, what, due_at, made_at, done_at, by", "promises", "number", _promise
        )
        self.moves: Parts[Moved] = self._by(
            "enquiry_id, at, by, came_from, state, hold, why",
            "moves",
            "number",
            lambda moved, *rest: Moved(datetime.fromisoformat(moved), *rest),
        )
        self.interviews: Parts[Interview] = self._by(
            "enquiry_id, spokesperson, at, chief",
            "interviews",
            "number",
            lambda who, when, chief: Interview(spokesperson=who, at=at(when), chief=bool(chief)),  # type: ignore[arg-type]
        )
        self.coverage: Parts[Covered] = self._by(
            "enquiry_id, signal_id, state, seen_at, quote_used, error, correction_asked_at, correction_granted_at, "
            "unreached",
            "covered",
            "seen_at",
            _covered,
        )
        self.authors: Parts[str] = self._by("enquiry_id, author", "drafts", "version", str)
        self.ties: Parts[tuple[str, str]] = self._by(
            "enquiry_id, what, ref", "enquiry_ties", "what, ref", lambda what, ref: (what, ref)
        )

    def _by(self, columns: str, table: str, order: str, make: Any) -> Any:
        found: Parts[Any] = defaultdict(list)
        for enquiry_id, *rest in self._session.tuples(
            f"SELECT {columns} FROM {table} {self._where} ORDER BY enquiry_id, {order}", self._given
        ):
            found[enquiry_id].append(make(*rest))
        return found


def _at(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _sure(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _question(*row: Any) -> Question:
    number, text, state, answer, answered_at, answered_by = row
    return Question(
        number=number, text=text, state=state, answer=answer, answered_at=_at(answered_at), answered_by=answered_by
    )


def _approval(*row: Any) -> Approval:
    count, step, approver, decision, asked_at, decided_at, comment, draft = row
    return Approval(
        round=count, step=step, approver=approver, decision=decision, asked_at=_sure(asked_at),
        decided_at=_at(decided_at), comment=comment, draft=draft,
    )  # fmt: skip


def _promise(what: str, due_at: str, made_at: str, done_at: str, by: str) -> Promise:
    return Promise(what=what, due_at=_sure(due_at), made_at=_sure(made_at), done_at=_at(done_at), by=by)


def _covered(*row: Any) -> Covered:
    story, state, seen_at, quote_used, error, asked, granted, missed = row
    return Covered(
        story=story, state=state, seen_at=_sure(seen_at), quote_used=None if quote_used is None else bool(quote_used),
        error=error, correction_asked_at=_at(asked), correction_granted_at=_at(granted), unreached=missed,
    )  # fmt: skip


def _tuple(parts: Parts[T], enquiry_id: str) -> tuple[T, ...]:
    found = parts.get(enquiry_id)
    return tuple(found) if found else ()


def _case(row: tuple[Any, ...], parts: _Parts) -> Case:
    (
        enquiry_id, reference, received_at, logged_at, state, hold, channel, direction, out_of_hours, on_call, subject,
        outlet, tier, request_type, level, privacy, stance, owner, team, deadline_at, deadline_kind, acknowledged_at,
        responded_at, response_kind, lapsed_at, ended_at, outcome,
    ) = row  # fmt: skip
    ties = parts.ties.get(enquiry_id, ())
    authors = parts.authors.get(enquiry_id)
    return Case(
        id=enquiry_id,
        reference=reference,
        received_at=_sure(received_at),
        logged_at=_sure(logged_at),
        state=STATES[state],
        hold=HOLDS[hold],
        channel=channel,
        direction=direction,
        out_of_hours=bool(out_of_hours),
        on_call=on_call,
        subject=subject,
        outlet=outlet,
        tier=tier,
        request_type=request_type,
        level=level,
        privacy=privacy,
        stance=stance,
        issue=next((ref for what, ref in ties if what == "issue"), ""),
        campaign=next((ref for what, ref in ties if what == "campaign"), ""),
        owner=owner,
        team=team,
        author=authors[-1] if authors else "",
        deadline_at=_at(deadline_at),
        deadline_kind=deadline_kind,
        acknowledged_at=_at(acknowledged_at),
        responded_at=_at(responded_at),
        response_kind=response_kind,
        lapsed_at=_at(lapsed_at),
        closed_at=_at(ended_at),
        outcome=outcome,
        journalists=_tuple(parts.journalists, enquiry_id),
        questions=_tuple(parts.questions, enquiry_id),
        approvals=_tuple(parts.approvals, enquiry_id),
        promises=_tuple(parts.promises, enquiry_id),
        moves=_tuple(parts.moves, enquiry_id),
        coverage=_tuple(parts.coverage, enquiry_id),
        interviews=_tuple(parts.interviews, enquiry_id),
    )
