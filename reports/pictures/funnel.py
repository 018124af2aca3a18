"""How far the leads of a period have come: a bar for each step, and of how many."""

from __future__ import annotations

from typing import Any

from commsleads.contract import Picture
from commsleads.reports.pictures import grammar as g
from commsleads.reports.wording import line, number, percent
from commsleads.reports.words import say

ROW = 34
"""Height of a step."""
LABEL = 40
"""Characters of a step beside its bar; the words beside the picture have all of it."""
LONG = 160


def funnel(figures: Any, unit: str) -> Picture | None:
    """The funnel of the leads opened in a period (`facts.leads`). None where none was, or nothing counts them."""
    if not figures.counted or not figures.all.n:
        return None
    steps = figures.all.steps
    values = [
        {"step": _label(step.says), "n": step.share.k, "words": _words(step), "still": step.share.k + step.open}
        for step in steps
    ]
    return g.drawn(
        "funnel",
        say("picture-funnel", unit=unit, n=number(figures.all.n)),
        _finding(figures.all),
        {"data": {"values": values}, "layer": _layers(values)},
        height=ROW * len(values),
        head=(say("picture-step"), say("picture-reached"), say("picture-of"), say("picture-may")),
        rows=[(line(one.says, LONG), number(one.share.k), number(one.share.n), number(one.open)) for one in steps],
    )


def _label(says: str) -> str:
    """What stands beside a bar: of a long step its first clause."""
    says = line(says)
    first = says[: LABEL + 1].rpartition(", ")[0] if len(says) > LABEL else says
    return first or line(says, LABEL)


def _words(step: Any) -> str:
    if step.kind == "opened" or not step.share.n:
        return number(step.share.k)
    return f"{number(step.share.k)} ({percent(step.share.value)})"


def _layers(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = [value["step"] for value in values]
    most = max([value["still"] for value in values] + [1])
    y = {"field": "step", "type": "ordinal", "sort": order,
         "axis": {"title": None, "ticks": False, "domain": False, "labelColor": g.INK}}  # fmt: skip
    across = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.35], "nice": False}}
    return [
        {"mark": {"type": "bar", "height": 18, "color": g.GROUND, "stroke": g.LINE, "strokeDash": [3, 3]},
         "encoding": {"y": y, "x": {**across, "field": "still"}}},
        {"mark": {"type": "bar", "height": 18, "color": g.NOW}, "encoding": {"y": y, "x": {**across, "field": "n"}}},
        {"mark": {"type": "text", "align": "left", "dx": 6},
         "encoding": {"y": y, "x": {**across, "field": "still"}, "text": {"field": "words"}}},
    ]  # fmt: skip


def _finding(cohort: Any) -> str:
    told = [say("picture-funnel-now", n=cohort.n)]
    for step in cohort.steps:
        if step.kind == "opened" or not step.share.n:
            continue
        told.append(
            say(
                "picture-funnel-step",
                says=line(step.says, LONG),
                k=number(step.share.k),
                n=number(step.share.n),
                share=percent(step.share.value),
            )
        )
    if any(step.open for step in cohort.steps):
        told.append(say("picture-funnel-open"))
    return " ".join(told)
