"""The handoff held against the stages and our own people: who does not exist, and which assignment is never asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from commsleads.criteria import Assignment, Criteria
from commsleads.enquiries import Officer
from commsleads.rules.criteria.sorts import clash, whole


def contradictions(criteria: Criteria, officers: Sequence[Officer] = ()) -> Iterator[str]:
    """One sentence for each contradiction of the handoff. Without officers nobody is missed."""
    handoff = criteria.handoff
    yield from _people(criteria, officers)
    if handoff.escalate_to and handoff.escalate_to == handoff.to:
        yield (
            f"The handoff escalates to “{handoff.to}”, to whom the lead was offered already. "
            "Name somebody else in escalate_to, or leave it empty."
        )
    if not handoff.reasons:
        yield "The handoff has no reasons, so no lead could be rejected. List some, or leave the key out."
    for reason, times in Counter(handoff.reasons).items():
        if times > 1:
            yield f"The reason “{reason}” comes {times} times in the handoff. Write it once."
    for place, one in enumerate(handoff.assign):
        yield from _assignment(one, place, handoff.assign[:place], criteria)


def _people(criteria: Criteria, officers: Sequence[Officer]) -> Iterator[str]:
    """Whoever is named and is neither an officer nor a team with somebody in it."""
    known = [one.id for one in officers] + sorted({one.team for one in officers if one.team})
    if not known:
        return
    handoff = criteria.handoff
    named = [("handoff.to", handoff.to), ("handoff.escalate_to", handoff.escalate_to)]
    named += [(f"handoff.assign, number {place},", one.to) for place, one in enumerate(handoff.assign, 1)]
    for where, name in named:
        if name and name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            hint = f"Did you mean “{near[0]}”?" if near else f"There is: {', '.join(known[:30])}."
            yield f"{where} names “{name}”, and no officer and no team is called so. {hint}"


def _assignment(one: Assignment, place: int, before: Sequence[Assignment], criteria: Criteria) -> Iterator[str]:
    what = f"The assignment to “{one.to}” (number {place + 1})"
    stages = {stage.id: stage.qualified for stage in criteria.stages}
    for stage in one.stage:
        if stage not in stages:
            yield f"{what} names the stage “{stage}”, which is not there. There is: {', '.join(stages)}."
        elif not stages[stage]:
            yield f"{what} names the stage “{stage}”, which is not qualified: no lead is offered in it. Take it out."
    if found := clash(one.having):
        yield f"{what} fits nobody: nothing is both “{found[0]}” and “{found[1]}”. Write two assignments."
    for number, other in enumerate(before, 1):
        if _takes(other, one):
            yield (
                f"{what} is never asked: number {number}, to “{other.to}”, takes all of its leads before. "
                "Put it first, or take it out."
            )
            return


def _takes(before: Assignment, one: Assignment) -> bool:
    """Whether an assignment takes every lead that another would."""
    lists = ((before.stage, one.stage), (before.campaign, one.campaign), (before.source, one.source))
    return all(not first or (bool(second) and set(first) >= set(second)) for first, second in lists) and whole(
        one.having
    ).issuperset(before.having)
