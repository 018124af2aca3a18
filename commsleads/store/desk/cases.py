"""Enquiries as the rules and figures see them, by the hundred thousand: one query a table, whatever their number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
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
from commsleads.store.collecting import no_collecting
from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes

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
    """Enquiries received before `until` and not ended before `since`, with what hangs on them, oldest first.

    Without bounds: all there are. Moves are told of those only that were ever on hold: of the others no figure asks for
    them, and they are most of the log.
    """
    terms, given = [], []
    if until is not None:
        terms.append("e.received_at < ?")
        given.append(stamp(until))
    if since is not None:
        terms.append("(e.ended_at = '' OR e.ended_at >= ?)")
        given.append(stamp(since))
    return _loaded(session, " AND ".join(terms), given, moves=HELD)


def late(session: Session, *, ended_before: datetime, start: datetime, end: datetime) -> list[Case]:
    """Enquiries that ended before then and of which something is heard between `start` and `end` all the same.

    A story that was seen, a correction, an interview, or a promise that fell due. Moves as in `cases`.
    """
    between = {
        "SELECT enquiry_id FROM covered WHERE seen_at >= ? AND seen_at < ?",
        "SELECT enquiry_id FROM covered WHERE correction_asked_at >= ? AND correction_asked_at < ?",
        "SELECT enquiry_id FROM interviews WHERE at >= ? AND at < ?",
        "SELECT enquiry_id FROM promises WHERE due_at >= ? AND due_at < ?",
    }
    where = f"e.ended_at <> '' AND e.ended_at < ? AND e.id IN ({' UNION '.join(sorted(between))})"
    given = [stamp(ended_before), *[stamp(start), stamp(end)] * len(between)]
    return _loaded(session, where, given, moves=HELD)


def open_cases(session: Session) -> list[Case]:
    """All that nobody has ended."""
    return _loaded(session, "e.ended_at = ''", [])


def case(session: Session, enquiry_id: str) -> Case | None:
    """One enquiry, or None."""
    found = _loaded(session, "e.id = ?", [enquiry_id])
    return found[0] if found else None


def _loaded(session: Session, where: str, given: Sequence[Any], *, moves: str = "") -> list[Case]:
    with session.snapshot(), no_collecting():
        rows = session.tuples(f"SELECT {FIELDS} FROM enquiries e {'WHERE ' + where if where else ''}", given)
        rows.sort(key=_received)
        parts = _Parts(session, [row[0] for row in rows], moves)
        return [_case(row, parts) for row in rows]


HELD = "enquiry_id IN (SELECT enquiry_id FROM moves WHERE hold <> '')"
"""Whose moves the figures ask for: they look for the stretches in which we waited."""
FEW = 5_000
"""So many enquiries are asked for by id in any case."""
SHARE = 3
"""Of more than one in so many, reading whole tables is faster than asking for each by its id."""


class _Parts:
    """What hangs on the chosen enquiries, by enquiry. Rows are put in order here: sorted SQL would read by index."""

    def __init__(self, session: Session, ids: Sequence[str], moves: str) -> None:
        self._session = session
        self._ids = ids
        self._whole = len(ids) > FEW and len(ids) * SHARE > session.tuples("SELECT count(*) FROM enquiries")[0][0]
        self.journalists: Parts[str] = self._by("place, contact_id", "enquiry_journalists", str)
        self.questions: Parts[Question] = self._by(
            "number, text, state, answer, answered_at, answered_by", "questions", _question, whole=True
        )
        self.approvals: Parts[Approval] = self._by(
            "number, round, step, approver, decision, asked_at, decided_at, comment, draft", "approvals", _approval
        )
        self.promises: Parts[Promise] = self._by("number, what, due_at, made_at, done_at, by", "promises", _promise)
        self.moves: Parts[Moved] = self._by("number, at, by, came_from, state, hold, why", "moves", _moved, where=moves)
        self.interviews: Parts[Interview] = self._by("number, spokesperson, at, chief", "interviews", _interview)
        self.coverage: Parts[Covered] = self._by(
            "seen_at, signal_id, state, quote_used, messages, tone, error, correction_asked_at, correction_granted_at, "
            "unreached",
            "covered",
            _covered,
            whole=True,
        )
        self.authors: Parts[str] = self._by("version, author", "drafts", str)
        self.ties: Parts[tuple[str, str]] = self._by("what, ref", "enquiry_ties", _tie, whole=True)

    def _by(
        self, columns: str, table: str, make: Callable[..., T], *, whole: bool = False, where: str = ""
    ) -> Parts[T]:
        """The parts of a table; `make` is given the columns, the first (their order) left out unless `whole`."""
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        select = f"SELECT enquiry_id, {columns} FROM {table} WHERE {where or '1 = 1'}"
        if self._whole:
            rows = self._session.tuples(select)
        else:
            rows = []
            for part in chunks(self._ids):
                rows += self._session.tuples(f"{select} AND enquiry_id IN ({holes(part)})", part)
        for row in rows:
            found[row[0]].append(row)
        start = 1 if whole else 2
        made: Parts[T] = {}
        for enquiry_id, mine in found.items():
            if len(mine) > 1:
                mine.sort(key=_order)
            made[enquiry_id] = [make(*row[start:]) for row in mine]
        return made


_order = itemgetter(1, 2)
_received = itemgetter(2, 0)


_sure = datetime.fromisoformat


def _at(text: str) -> datetime | None:
    return _sure(text) if text else None


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


def _moved(at: str, *rest: str) -> Moved:
    return Moved(_sure(at), *rest)


def _interview(spokesperson: str, at: str, chief: int) -> Interview:
    return Interview(spokesperson=spokesperson, at=_sure(at), chief=bool(chief))


def _tie(what: str, ref: str) -> tuple[str, str]:
    return what, ref


def _promise(what: str, due_at: str, made_at: str, done_at: str, by: str) -> Promise:
    return Promise(what=what, due_at=_sure(due_at), made_at=_sure(made_at), done_at=_at(done_at), by=by)


def _covered(*row: Any) -> Covered:
    seen_at, story, state, quote_used, messages, tone, error, asked, granted, missed = row
    return Covered(
        story=story, state=state, seen_at=_sure(seen_at), quote_used=None if quote_used is None else bool(quote_used),
        messages=tuple(json.loads(messages)) if messages else None, tone=tone, error=error,
        correction_asked_at=_at(asked), correction_granted_at=_at(granted), unreached=missed,
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
        issues=tuple(ref for what, ref in ties if what == "issue"),
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
