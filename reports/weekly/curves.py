"""The pictures of a digest, each drawn once: which of them a reader sees is told with the pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.leadwords import chosen
from commsleads.reports.pictures import deadlines, funnel, goal, response_curve, trend
from commsleads.reports.weekly.looking import OBSERVED
from commsleads.reports.weekly.told import Told
from commsleads.reports.wording import number
from commsleads.reports.words import say

TEAM = ("trend", "goal")
DIRECTOR = ("trend",)


def pictures_of(facts: Any, found: Any, unit: str, about: str) -> dict[str, Picture | None]:
    """The course of coverage, of the goal that is told, of the funnel, of a campaign's responses, and of deadlines."""
    aim = chosen(found["goals"])
    running = next((one for one in found["answers"] if any(asked.measured for asked in one.asked)), None)
    card = facts.card(running.id) if running is not None else None
    return {
        "trend": trend(found["coverage"], unit, about),
        "goal": goal(aim, facts.now, facts.zone) if aim is not None else None,
        "funnel": funnel(found["leads"], unit),
        "curve": response_curve(card, facts.zone) if card is not None else None,
        "deadlines": deadlines(found["desk"], unit),
    }


def seen_by(told: Told, names: tuple[str, ...]) -> dict[str, Picture | None]:
    """Those that a reader sees, said short: the figures beside them say the rest, the rows are an analyst's."""
    short = {
        "trend": (say("picture-by", unit=told.unit), say("picture-short-trend", counts=_counts(told))),
        "goal": (say("picture-towards"), _reached(told)),
    }
    return {
        name: replace(one, title=short[name][0], alt=short[name][1], head=(), rows=()) if one is not None else None
        for name, one in told.pictures.items()
        if name in names
    }


def _reached(told: Told) -> str:
    aim = chosen(told.found["goals"])
    return say("picture-short-goal", k=number(aim.reached if aim else None), n=number(aim.n if aim else None))


def _counts(told: Told) -> str:
    """`4, 5, 6, ?, 16`: what nobody saw is a question and no zero, what was seen in part is marked. From the first
    period that anybody saw."""
    return ", ".join(
        "?" if not bar.observed else number(bar.count) if bar.observed >= OBSERVED else f"{number(bar.count)}+"
        for bar in dropwhile(lambda bar: not bar.observed, told.found["coverage"].trend)
    )
