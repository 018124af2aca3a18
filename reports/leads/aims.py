"""Goals, and what needs somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.reports.blocks import Section, grey, items, picture, section, table, text
from commsleads.reports.leadwords import chosen, goal_lines, needs_of
from commsleads.reports.pictures import goal as drawn
from commsleads.reports.wording import day, line, number

HEAD = ("Goal", "So far", "Expected by now", "In the end", "Stands")


def pressing_of(leads: Any, goals: Sequence[Any], facts: Any, most: int) -> Section:
    """What needs somebody, every lead named."""
    needs = needs_of(leads, goals, facts.now, facts.zone, 6)
    left = len(needs) - most
    return section(
        "Needs you",
        items(needs[:most]) or text("Nothing needs you."),
        grey(f"And {number(left)} more: commsleads lead due." if left > 0 else ""),
    )


def goals_of(goals: Sequence[Any], facts: Any) -> Section:
    """Each goal: so far, expected by now, where it ends, and why it is behind; the one that is told is drawn."""
    if not goals:
        return section("Against goal", text("No goal is set: commsleads goal set."))
    first = chosen(goals)
    return section(
        "Against goal",
        picture(drawn(first, facts.now, facts.zone) if first is not None else None),
        table(HEAD, [_row(one) for one in goals]),
        *(text(said) for one in goals for said in goal_lines(one)),
    )


def _row(one: Any) -> tuple[str, ...]:
    pace = one.pace
    name = f"{line(one.name, 60) or one.id}: {number(one.n)} {line(one.of, 40)}"
    until = f" by {day(one.ends_on)}" if one.ends_on else ""
    end = f"{number(pace.low)}–{number(pace.high)}" if pace.low is not None else "–"
    expected = number(round(pace.expected, 1)) if pace.expected is not None else "–"
    return f"{name}{until}", number(one.reached), expected, end, pace.word
