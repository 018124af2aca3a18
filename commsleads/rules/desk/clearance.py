"""What sign-off costs: the time of each step and approver, rounds of rework, and its share of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from commsleads.enquiries import UNCOUNTED, Approval, Case
from commsleads.rules.desk.clocks import NO_TIME
from commsleads.rules.desk.counting import Count, Rate, Scope, Slice, Spread, Verdict, answered, count, rate, spread

Decided = tuple[Case, Approval, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The decisions of a period. Times run from the asking to the decision; ids are those of the enquiries.

    `waived` and `sent_back` count decisions. `reworked` is the share of enquiries with a decision that were sent back
    at least once in the period. `of_elapsed` is sign-off's share of the time from receipt to first answer, over the
    enquiries of `shared` (first answered in the period, and signed), pooled; None when there are none.
    """

    elapsed: Spread
    working: Spread
    by_step: tuple[Slice[Spread], ...]
    by_approver: tuple[Slice[Spread], ...]
    waived: Count
    sent_back: Count
    reworked: Rate
    of_elapsed: float | None
    shared: Count


def sign_off(cases: Iterable[Case], scope: Scope) -> SignOff:
    """The figures of sign-off in a period. A waiver is no time of anybody's signing and is counted apart."""
    known = [case for case in cases if case.state not in UNCOUNTED]
    decided = [
        (case, one, one.decided_at)
        for case in known
        for one in case.approvals
        if one.decided_at is not None and scope.holds(one.decided_at)
    ]
    signed = [one for one in decided if one[1].decision != "waived"]
    sent_back = [case.id for case, one, _ in decided if one.decision == "sent_back"]
    with_decision = dict.fromkeys(case.id for case, _, _ in signed)
    reworked: list[tuple[str, Verdict]] = [(one, "hit" if one in sent_back else "miss") for one in with_decision]
    share, shared = _of_elapsed(answered(known, scope))
    return SignOff(
        elapsed=_elapsed(signed),
        working=spread((case.id, scope.calendar.worked(one.asked_at, at)) for case, one, at in signed),
        by_step=_by(signed, lambda one: one.step),
        by_approver=_by(signed, lambda one: one.approver),
        waived=count(case.id for case, one, _ in decided if one.decision == "waived"),
        sent_back=count(sent_back),
        reworked=rate(reworked),
        of_elapsed=share,
        shared=count(shared),
    )


def _elapsed(decided: Iterable[Decided]) -> Spread:
    return spread((case.id, at - one.asked_at) for case, one, at in decided)


def _by(decided: Iterable[Decided], name: Callable[[Approval], str]) -> tuple[Slice[Spread], ...]:
    parts: dict[str, list[Decided]] = {}
    for one in decided:
        parts.setdefault(name(one[1]), []).append(one)
    return tuple(Slice(part, _elapsed(parts[part])) for part in sorted(parts))


def _of_elapsed(cases: Iterable[Case]) -> tuple[float | None, list[str]]:
    """Sign-off's share of the time to the first answer; steps that ran side by side are counted once."""
    whole = signing = NO_TIME
    ids: list[str] = []
    for case in cases:
        end = case.responded_at
        if end is None or end <= case.received_at:
            continue
        spans = [
            (max(one.asked_at, case.received_at), min(one.decided_at, end))
            for one in case.approvals
            if one.decided_at is not None and one.decision != "waived"
        ]
        if not (spans := [span for span in spans if span[0] <= span[1]]):
            continue
        ids.append(case.id)
        whole += end - case.received_at
        signing += _covered(spans)
    return (signing / whole if ids else None), ids


def _covered(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """The length of the union of stretches of time."""
    total = NO_TIME
    done: datetime | None = None
    for start, end in sorted(spans):
        begins = start if done is None else max(start, done)
        if end > begins:
            total += end - begins
        done = end if done is None else max(done, end)
    return total
