"""The chain of the whole office in a period, stage by stage: what is no campaign's alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commsleads.reports.cardwords import pace_words
from commsleads.reports.deskneeds import logged, used
from commsleads.reports.deskwords import rate_line
from commsleads.reports.evaluation.chain import (
    NOT_FROM_HERE,
    WHY_NOT,
    Metric,
    clicks_of,
    messages_of,
    money,
    stories_of,
    uplift_words,
    watched,
)
from commsleads.reports.leadwords import not_yet
from commsleads.reports.lookwords import before_words
from commsleads.reports.wording import counted, earlier, line, number

GOALS = 4
"""Goals that are told; the others are counted."""
BEHIND = 2
"""Goals behind of which it is told why."""


def office_chain(found: Mapping[str, Any], unit: str) -> list[Metric]:
    """All stages of the office, in order. `found` is what `gather` brought."""
    return [
        *_goals(found, unit),
        *_inputs(found),
        *_activities(found),
        *_outputs(found, unit),
        *_outtakes(found),
        *_outcomes(found, unit),
        *_impact(found),
        *_learned(found),
    ]


def _goals(found: Mapping[str, Any], unit: str) -> Iterator[Metric]:
    goals = found["goals"]
    if not goals:
        yield Metric(stage="Goal", name="goals", words=f"no goal was set for this {unit}", value=0)
        return
    reached = sum(goal.pace.word == "reached" for goal in goals)
    known = len(goals) - _untold(goals)
    words = [f"{line(goal.name, 60)}, {line(goal.of, 40)}: {pace_words(goal.pace)[0]}" for goal in goals[:GOALS]]
    left = len(goals) - GOALS
    more = f" · and {number(left)} more: commsleads goal list" if left > 0 else ""
    yield Metric(
        stage="Goal", name="goals reached", words=aims_of(goals),
        why=" · ".join(words) + more, value=reached if known else None, of=known or None,
    )  # fmt: skip


def aims_of(goals: Sequence[Any]) -> str:
    """`1 of 3 goals reached so far, 1 behind`: how goals stand that are not over, and of how many nobody knows."""
    words = [goal.pace.word for goal in goals if goal.pace.n is not None]
    untold = _untold(goals)
    if not words:
        return f"whether {'the goal is' if untold == 1 else f'any of {number(untold)} goals is'} reached cannot be told"
    reached, behind = words.count("reached"), words.count("behind")
    so_far = "" if reached + words.count("missed") == len(words) else " so far"
    rest = f"{f', {behind} behind' if behind else ''}{f', {untold} more not known' if untold else ''}"
    return f"{number(reached)} of {counted(len(words), 'goal')} reached{so_far}{rest}"


def _untold(goals: Sequence[Any]) -> int:
    """Of how many goals nothing counts what they are of: none is not zero."""
    return sum(goal.pace.n is None for goal in goals)


def _inputs(found: Mapping[str, Any]) -> Iterator[Metric]:
    told = found["evaluation"]
    campaigns = len(told.campaigns)
    for spent in told.spent:
        words = f"{money(spent.cost, spent.currency)} for {number(spent.n)} of {counted(spent.of, 'campaign')}"
        yield Metric(stage="Inputs", name=f"cost {spent.currency}".strip(), words=words, value=spent.cost)
    if not told.spent:
        yield Metric(stage="Inputs", name="cost", words="cost not noted")
    if told.hours is not None:
        words = f"{number(told.hours)} hours for {number(told.hours_of)} of {counted(campaigns, 'campaign')}"
        yield Metric(stage="Inputs", name="hours", words=words, why="over their whole time", value=told.hours)
    else:
        why = "over their whole time" if told.spent else ""
        yield Metric(stage="Inputs", name="hours", words="hours not noted", why=why)


def _activities(found: Mapping[str, Any]) -> Iterator[Metric]:
    told, desk = found["evaluation"], found["desk"]
    to = "" if not told.mailings else f" to {counted(told.written_to, 'target')}" if told.written_to is not None else ""
    yield Metric(
        stage="Activities", name="mailings", words=f"{counted(told.mailings, 'mailing')}{to}", value=told.mailings
    )
    if not used(desk):
        yield Metric(stage="Activities", name="enquiries answered", words="enquiries are not logged here")
        return
    if not logged(desk):
        yield Metric(stage="Activities", name="enquiries answered", words="enquiries were not logged then")
        return
    received = desk.figures.all.received.n
    answered = desk.figures.all.first_answer.events
    words = f"{number(answered)} of {counted(received, 'enquiry')} answered" if received else "no enquiry came"
    yield Metric(stage="Activities", name="enquiries answered", words=words, value=answered, of=received)


def _outputs(found: Mapping[str, Any], unit: str) -> Iterator[Metric]:
    told, coverage, health = found["evaluation"], found["coverage"], found["health"]
    if not health.observed and not told.carried.stories:
        yield Metric(stage="Outputs", name="stories", words="nobody was looking, so coverage is not known")
    else:
        about = "about us" if coverage.ours else "on any watch"
        for metric in stories_of(told.carried, about, watched(health.observed)):
            why = " · ".join(part for part in (metric.why, before_words(coverage.figure, unit)) if part)
            yield (
                metric
                if metric.name != "stories"
                else Metric(stage=metric.stage, name=metric.name, words=metric.words, why=why, value=metric.value)
            )
    yield from messages_of(found["messages"])


def _outtakes(found: Mapping[str, Any]) -> Iterator[Metric]:
    yield clicks_of(found["evaluation"].clicks)


def _outcomes(found: Mapping[str, Any], unit: str) -> Iterator[Metric]:
    leads, desk = found["leads"], found["desk"]
    if leads.counted:
        then = leads.before
        opened = (
            f"{earlier(unit)} {number(then.opened)} opened, {number(then.qualified)} qualified"
            if then is not None
            else ""
        )
        words = f"{counted(leads.moved.opened, 'lead')} opened, {number(leads.moved.qualified)} qualified"
        yield Metric(stage="Outcomes", name="leads opened", words=words, why=opened, value=leads.moved.opened)
        yield Metric(stage="Outcomes", name="leads qualified", words="", value=leads.moved.qualified)
    else:
        yield Metric(stage="Outcomes", name="leads opened", words=line(not_yet(leads), 200).rstrip("."))
    if logged(desk):
        rate = desk.figures.all.hit_rate
        yield Metric(
            stage="Outcomes", name="answered in time", words=f"in time: {rate_line(rate, 'no deadline was stated')}",
            value=rate.share.k if rate.share.n else None, of=rate.share.n or None,
            low=rate.share.low if rate.share.n else None, high=rate.share.high if rate.share.n else None,
        )  # fmt: skip


def _impact(found: Mapping[str, Any]) -> Iterator[Metric]:
    told = [
        f"{line(one.card.name, 60)}: {uplift_words(one.uplift)}"
        for one in found["evaluation"].campaigns
        if one.uplift is not None
    ]
    evidence = f"evidence of coverage: {'; '.join(told[:3])}" if told else ""
    yield Metric(
        stage="Impact", name="impact", words=NOT_FROM_HERE, why=" · ".join(part for part in (WHY_NOT, evidence) if part)
    )


def _learned(found: Mapping[str, Any]) -> Iterator[Metric]:
    quality = found["quality"]
    removed = len({story for cause in quality.removed for story in cause.rows})  # one may be taken out of two watches
    notes = [
        (removed, f"{counted(removed, 'story')} taken out as no coverage"),
        (len(quality.missed), f"{counted(len(quality.missed), 'story')} found that the collectors missed"),
        (len(found["restated"]), f"{counted(len(found['restated']), 'figure')} told before and different now"),
    ]
    told = [(words, "") for n, words in notes if n]
    for goal in [goal for goal in found["goals"] if goal.diagnosis.word == "fewer"][:BEHIND]:
        short, _, why = line(goal.diagnosis.sentence).partition(": ")
        told.append((f"{line(goal.name, 60)}: {short.rstrip('.')}", line(why, 240)))
    for words, why in told or [("nothing is noted", "")]:
        yield Metric(stage="Learned", name="note", words=words, why=why)
