"""What came of answers: which kind they were, promises kept, stories, quotes, corrections.

Only links that a person confirmed count. A link is one story of one enquiry; ids of links are those of their stories.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from commsleads.enquiries import UNCOUNTED, Case, Covered, Promise, State
from commsleads.rules.desk.counting import Count, Rate, Scope, Slice, Verdict, answered, count, counted, rate, slices

YIELD_WITHIN = timedelta(days=30)
"""How long after the answer a story still comes of it."""
CONFIRMED = "confirmed"
UNKNOWN_AFTER = timedelta(days=30)
"""So long after an answer with nothing seen, "unknown" is a fair outcome; a person says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """Answered enquiries with a confirmed story within 30 days of the answer.

    `of_answered` looks at the enquiries answered in the period: those answered less than 30 days ago are undecided, as
    it is too early to tell. `ripened` looks at those whose 30 days ended in the period, so that a week has a figure,
    too. `unknown` are those of either that count as without a story while a suggestion waits, or while nobody knows
    what came of them.
    """

    of_answered: Rate
    ripened: Rate
    unknown: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The confirmed links of a period (by when the story was seen).

    `quote_used`, `pull_through` (a message of ours stands in it) and `accurate` are rates over links; where nobody said
    whether we were quoted, or which messages it carries, it is undecided.
    Corrections are those asked for in the period, and how many of them were granted by now. `unreached` are links with
    words such as "could not be reached" to enquiries that were not answered by the deadline; `unreached_though` are
    those to enquiries that were, which we may contest.
    """

    links: Count
    quote_used: Rate
    pull_through: Rate
    accurate: Rate
    corrections: Rate
    unreached: Count
    unreached_though: Count


def responses(cases: Iterable[Case], scope: Scope) -> tuple[Slice[Count], ...]:
    """The kinds of first answers given in the period."""
    return slices(answered(cases, scope), lambda case: case.response_kind or "not known", counted)


def callbacks(cases: Iterable[Case], scope: Scope) -> Rate:
    """Promises due in the period that were kept on time; ids are those of the enquiries, one for each promise.

    A promise still to fall due is undecided. A promise to a journalist who withdrew before it fell due is out.
    """
    return rate(
        (case.id, _kept(case, promise, scope))
        for case in cases
        if case.state not in UNCOUNTED
        for promise in case.promises
        if scope.period.start <= promise.due_at < scope.period.end and promise.made_at <= scope.now
    )


def coverage_yield(cases: Iterable[Case], scope: Scope) -> Yield:
    """Coverage yield of the period's answers, and of those that became ripe in it."""
    known = [case for case in cases if case.state not in UNCOUNTED]
    fresh = answered(known, scope)
    ripe = [case for case in known if case.responded_at and scope.holds(case.responded_at + YIELD_WITHIN)]
    # Both sets, each enquiry once.
    unknown = {case.id: case for case in (*fresh, *ripe) if _yielded(case, scope) == "miss" and _open_end(case, scope)}
    return Yield(
        of_answered=rate((case.id, _yielded(case, scope)) for case in fresh),
        ripened=rate((case.id, _yielded(case, scope)) for case in ripe),
        unknown=counted(unknown.values()),
    )


def coverage(cases: Iterable[Case], scope: Scope) -> Coverage:
    """The figures over confirmed links."""
    links = [
        (case, item)
        for case in cases
        if case.state not in UNCOUNTED
        for item in case.coverage
        if item.state == CONFIRMED and item.seen_at <= scope.now
    ]
    seen = [(case, item) for case, item in links if scope.holds(item.seen_at)]
    unreached = [(item.story, missed(case)) for case, item in seen if item.unreached]
    return Coverage(
        links=count(item.story for _, item in seen),
        quote_used=rate((item.story, _quoted(item)) for _, item in seen),
        pull_through=rate((item.story, _carried(item)) for _, item in seen),
        accurate=rate((item.story, _accurate(item)) for _, item in seen),
        corrections=rate(
            (item.story, _granted(item, scope)) for _, item in links if scope.holds(item.correction_asked_at)
        ),
        unreached=count(story for story, was in unreached if was),
        unreached_though=count(story for story, was in unreached if not was),
    )


def stale(open_cases: Iterable[Case], now: datetime) -> list[Case]:
    """Answered 30 days ago, with no coverage confirmed: suggested for closing with the outcome "unknown"."""
    return [
        case
        for case in open_cases
        if case.state in (State.RESPONDED, State.MONITORING)
        and case.responded_at is not None
        and now - case.responded_at >= UNKNOWN_AFTER
        and not any(one.state == CONFIRMED for one in case.coverage)
    ]


def missed(case: Case) -> bool:
    """Whether the journalist had no answer by the deadline, or has had none at all so far."""
    if case.deadline_at is None:
        return case.lapsed_at is not None or case.responded_at is None
    return case.responded_at is None or case.responded_at > case.deadline_at


def _kept(case: Case, promise: Promise, scope: Scope) -> Verdict:
    if promise.done_at is not None and promise.done_at <= scope.now:
        return "hit" if promise.done_at <= promise.due_at else "miss"
    if case.state is State.WITHDRAWN and case.closed_at is not None and case.closed_at <= promise.due_at:
        return "out"
    return "miss" if scope.now > promise.due_at else "undecided"


def _within(case: Case, item: Covered, scope: Scope) -> bool:
    """Whether a story was seen by now, after the answer, and soon enough to have come of it."""
    at = case.responded_at
    return at is not None and at <= item.seen_at <= min(at + YIELD_WITHIN, scope.now)


def _yielded(case: Case, scope: Scope) -> Verdict:
    """Undecided until 30 days have passed, even where a story is there: who yields early must not weigh more."""
    if case.responded_at is None or scope.now < case.responded_at + YIELD_WITHIN:
        return "undecided"
    found = any(item.state == CONFIRMED and _within(case, item, scope) for item in case.coverage)
    return "hit" if found else "miss"


def _open_end(case: Case, scope: Scope) -> bool:
    """Whether it may have been covered after all."""
    suggested = any(item.state == "suggested" and _within(case, item, scope) for item in case.coverage)
    return suggested or case.outcome in ("", "unknown")


def _quoted(item: Covered) -> Verdict:
    if item.quote_used is None:
        return "undecided"
    return "hit" if item.quote_used else "miss"


def _carried(item: Covered) -> Verdict:
    if item.messages is None:
        return "undecided"
    return "hit" if item.messages else "miss"


def _accurate(item: Covered) -> Verdict:
    return "miss" if item.error else "hit"


def _granted(item: Covered, scope: Scope) -> Verdict:
    """Not granted yet is not granted: nobody says when a newspaper has refused."""
    return "hit" if item.correction_granted_at is not None and item.correction_granted_at <= scope.now else "miss"
