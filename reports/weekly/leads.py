"""Leads against goal: this week, the goal to date, expected by now and in the end, and why it is behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports import deskneeds
from commsleads.reports.blocks import Block, figures, grey, picture, text
from commsleads.reports.leadwords import chosen, goal_lines, goal_name, is_behind, kinds_of, not_yet, reading_line
from commsleads.reports.plain import plain
from commsleads.reports.weekly.told import Part, Told, clipped
from commsleads.reports.weekly.uplift import uplift_lines
from commsleads.reports.wording import day, line, number
from commsleads.reports.words import say

WHY = 200
"""Characters of why a goal is behind, for the team; an analyst reads all of it."""


def leads_part(told: Told) -> Part:
    """The section: at most six numbers of leads, and the uplift of coverage apart from them."""
    found = told.found
    why = not_yet(found["leads"])
    goal = chosen(found["goals"])
    rows = figures(*([] if why else _week(told)), *_goal(goal), *_uplift(found))
    head = [text(words) for words in _uncounted(found, why)]
    others = grey(_others(found["goals"], goal))
    drawn = [picture(told.pictures.get(name)) for name in ("goal", "funnel")]
    nothing = text(say("goal-none")) if goal is None else None
    return Part(
        title=say("head-leads"),
        line=_line(told, why, goal),
        blocks=(
            *head,
            rows,
            picture(told.pictures.get("goal")),
            nothing,
            grey(_why(goal)) if told.caps.detail else None,
            others,
        ),
        full=(*head, rows, *drawn, nothing, *_full(found, goal, why), others),
    )


def _week(told: Told) -> list[tuple[str, str, str]]:
    leads = told.found["leads"]
    enquiry, cta, other = kinds_of(leads.moved.by_kind)
    before = leads.before.qualified if leads.before is not None else None
    grey_words = say("before", unit=told.unit, value=number(before)) if before is not None else ""
    rows = [(say("leads-qualified", unit=told.unit), number(leads.moved.qualified), grey_words)]
    rows.append((say("leads-by-enquiry"), number(enquiry), ""))
    rows.append((say("leads-by-cta"), number(cta), say("leads-by-other", n=other) if other else ""))
    return rows


def _goal(goal: Any) -> list[tuple[str, str, str]]:
    if goal is None:
        return []
    until = say("goal-until", day=day(goal.ends_on, year=True)) if goal.ends_on else ""
    name = say("goal-name", name=line(goal.name, 60) or goal.id)
    if goal.reached is None:
        return [(name, say("goal-unknown", n=goal.n, of=line(goal.of, 40)), line(goal.pace.why, 160))]
    state = say("pace", word=goal.pace.word.replace(" ", "-"))
    rows = [(name, say("goal-reached", k=goal.reached, n=goal.n, of=line(goal.of, 40)), f"{state}{until}")]
    if goal.pace.expected is not None and goal.state == "running":
        end = ""
        if goal.pace.low is not None:
            end = say("goal-end", low=number(goal.pace.low), high=number(goal.pace.high))
        rows.append((say("goal-expected"), rounded(goal.pace.expected), end))
    return rows


def rounded(expected: float) -> str:
    """What was to be expected: no more digits than it deserves."""
    return number(round(expected, 0 if expected >= 10 else 1))


def _why(goal: Any) -> str:
    """Why there are fewer than expected, short."""
    if goal is None or goal.diagnosis.word != "fewer":
        return ""
    lines = goal_lines(goal)
    return clipped(lines[1], WHY) if len(lines) > 1 else ""


def _uplift(found: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Whether coverage rose, for campaigns that run: on a line of its own, because it is no lead."""
    lines = uplift_lines(found)
    return [(say("uplift-apart"), "; ".join(lines), "")] if lines else []


def _uncounted(found: Mapping[str, Any], why: str) -> list[str]:
    if not why:
        return []
    if found["leads"].early:
        return [why]
    return [*deskneeds.leads_of(found["desk"]), say("leads-uncounted", why=why)]


def _others(goals: Sequence[Any], goal: Any) -> str:
    others = [one for one in goals if one is not goal]
    return say("goals-more", n=len(others), behind=sum(is_behind(one) for one in others)) if others else ""


def _full(found: Mapping[str, Any], goal: Any, why: str) -> list[Block | None]:
    """The sentences of the goal, and what the other reading would count."""
    leads = found["leads"]
    told = [text(words) for words in goal_lines(goal)] if goal is not None else []
    if not why and leads.reading.more + leads.reading.fewer:
        told.append(text(reading_line(leads)))
    return told


def _line(told: Told, why: str, goal: Any) -> str:
    parts = [] if why else [say("leads-line", n=told.found["leads"].moved.qualified)]
    if goal is not None and goal.reached is not None:
        of = "" if goal.of == "qualified leads" else f" {line(goal.of, 40)}"
        parts.append(say("goal-line", k=goal.reached, n=goal.n, of=of,
                         word=say("pace", word=goal.pace.word.replace(" ", "-"))))  # fmt: skip
    return "; ".join(parts) or (why if told.found["leads"].criteria is not None else say("leads-not-counted"))


def goal_part(found: Mapping[str, Any], period: Period) -> str:
    """`9 qualified leads (goal 8)`: of this period; a goal of another length is told with its whole (10 of 20)."""
    leads = found["leads"]
    if not leads.counted:
        return ""
    goal = ours(found["goals"])
    said = say("n-qualified", n=leads.moved.qualified)
    if goal is None:
        return said
    if _spans(goal, period):
        return say("subject-goal", said=said, n=goal.n)
    return say("subject-goal-part", said=said, k=goal.reached, n=goal.n)


def ours(goals: Sequence[Any]) -> Any | None:
    """The goal of all qualified leads that runs, or ran in the period: the one that ends first."""
    whole = [
        one
        for one in goals
        if one.of == "qualified leads" and not (one.campaign or one.team or one.owner or one.source)
        and one.state != "not begun" and one.reached is not None
    ]  # fmt: skip
    return min(whole, key=lambda one: (one.ends_on, one.id), default=None)


def _spans(goal: Any, period: Period) -> bool:
    """Whether a goal is about this period and no other."""
    return goal.days is not None and goal.days == round((period.end - period.start).total_seconds() / 86_400)


def lead_data(found: Mapping[str, Any]) -> dict[str, Any]:
    """The section as data. Where nothing is counted the value is null and no zero."""
    leads, goals = found["leads"], found["goals"]
    why, goal = not_yet(leads), chosen(goals)
    enquiry, cta, other = kinds_of(leads.moved.by_kind)
    return {
        "value": None if why else leads.moved.qualified,
        "why": why,
        "previous": leads.before.qualified if leads.before is not None and not why else None,
        "opened": None if why else leads.moved.opened,
        "by_enquiry": None if why else enquiry,
        "by_call_to_action": None if why else cta,
        "by_other": None if why else other,
        "goal": goal.n if goal else None,
        "goal_id": goal.id if goal else None,
        "goal_name": goal_name(goal) if goal else None,
        "to_date": goal.reached if goal else None,
        "expected": plain(goal.pace.expected) if goal else None,
        "forecast": {"low": goal.pace.low, "high": goal.pace.high} if goal else None,
        "pace": goal.pace.word if goal else None,
        "diagnosis": plain(goal.diagnosis) if goal else None,
        "sentence": goal.sentence if goal else None,
        "goals": [plain(one) | {"by_kind": dict(one.by_kind)} for one in goals],
        "reading": None if why else plain(leads.reading),
        "criteria": leads.criteria.number if leads.criteria else None,
        "enquiry_touches": plain(found["desk"].touches),
    }
