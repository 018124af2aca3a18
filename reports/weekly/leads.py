"""Leads against goal: this week, the goal to date, expected by now and in the end, and why it is behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports import deskneeds
from commsleads.reports.leadwords import (
    chosen,
    goal_lines,
    goal_name,
    is_behind,
    kinds_line,
    kinds_of,
    not_yet,
    reading_line,
)
from commsleads.reports.plain import plain
from commsleads.reports.wording import counted, line, listed, number

NO_FIGURE = "Qualified leads are not counted here yet, so no figure is given."
UPLIFTS = 3
"""Campaigns whose uplift is told here; each has it on its own card as well."""


def leads_of(found: Mapping[str, Any], unit: str) -> list[str]:
    """The section: at most six numbers of leads, then why the goal that is most behind is behind."""
    leads, goals = found["leads"], found["goals"]
    why = not_yet(leads)
    no_figure = why if leads.early else f"{NO_FIGURE} {why}"
    lines = [*deskneeds.leads_of(found["desk"]), no_figure] if why else [_week(leads, unit)]
    goal = chosen(goals)
    if goal is None:
        lines.append("No goal is set for this time: commsleads goal set.")
    else:
        lines += goal_lines(goal)
        others = len(goals) - 1
        behind = sum(is_behind(one) for one in goals if one is not goal)
        if others:
            late = f", {number(behind)} of them behind" if behind else ""
            lines.append(f"And {counted(others, 'more goal')}{late}: commsleads goal list.")
    if not why and leads.reading.more + leads.reading.fewer:
        lines.append(reading_line(leads))
    return [*lines, *_uplift(found["answers"])]


def _week(leads: Any, unit: str) -> str:
    """`7 leads qualified this week: 4 by an enquiry, 2 by a call to action (week before 5).`"""
    moved = leads.moved
    before = f" ({unit} before {number(leads.before.qualified)})" if leads.before is not None else ""
    kinds = f": {kinds_line(moved.by_kind)}" if moved.qualified else ""
    return f"{counted(moved.qualified, 'lead')} qualified this {unit}{before}{kinds}."


def _uplift(answers: Sequence[Any]) -> list[str]:
    """Whether coverage rose, for campaigns that run: on a line of its own, because it is no lead."""
    running = [one for one in answers if one.state == "running"][:UPLIFTS]
    words = {"above": "above what came before", "below": "below what came before"}
    told = [f"{line(one.name, 60)} {words.get(one.uplift.word, one.uplift.word)}" for one in running]
    return [f"Uplift of coverage, apart from leads: {listed(told)}."] if told else []


def subject_part(found: Mapping[str, Any], period: Period) -> str:
    """`9 qualified leads (goal 8)`: of this period; a goal of another length is told with its whole (10 of 20)."""
    leads = found["leads"]
    if not leads.counted:
        return ""
    n = leads.moved.qualified
    said = counted(n, "qualified lead")
    goal = _ours(found["goals"])
    if goal is None:
        return said
    if _spans(goal, period):
        return f"{said} (goal {number(goal.n)})"
    return f"{said} (goal {number(goal.reached)} of {number(goal.n)})"


def _ours(goals: Sequence[Any]) -> Any | None:
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
