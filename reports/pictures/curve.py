"""How many did what was asked, by when: a line for each call to action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.pictures import grammar as g
from commsleads.reports.wording import day, line, number, percent
from commsleads.reports.words import say

MOST = 3
"""Lines that can be told apart without colour: whole, dashed, dotted."""
DASHES = ([1, 0], [7, 4], [2, 3])
HALO = {"stroke": g.GROUND, "strokeWidth": 5, "color": g.GROUND}
ROOM = 0.13
"""Of the height, for a name."""
POINTS = 400
"""Steps of one line; of more, every so many are drawn, and the last."""


def response_curve(card: Any, zone: tzinfo) -> Picture | None:
    """The responses to a campaign's calls to action since it began. None where nobody is known to have done any."""
    chosen = sorted((cta for cta in card.ctas if cta.curve), key=lambda cta: (-cta.curve[-1].n, cta.id))[:MOST]
    if not chosen or card.start is None:
        return None
    end = max([min(card.until or card.now, card.now), *(cta.curve[-1].at for cta in chosen)])
    values, ends = _values(chosen, card.start, end)
    return g.drawn(
        f"curve-{_plain(card.id)}",
        say("picture-curve", name=line(card.name, 60)),
        _finding(chosen),
        {"layer": _layers(values, ends, card.start, end, zone)},
        height=160,
        head=(say("picture-asked"), say("picture-did"), say("picture-aimed")),
        rows=[(line(cta.wording, 80), number(cta.curve[-1].n), number(cta.targets)) for cta in chosen],
    )


def _plain(name: str) -> str:
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in name.lower()).strip("-")
    return kept[:40] or "campaign"


def _values(chosen: Sequence[Any], start: datetime, end: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    values, ends = [], []
    for number_of, cta in enumerate(chosen):
        step = max(1, len(cta.curve) // POINTS)
        rises = [*cta.curve[::step], cta.curve[-1]]
        here = [(0.0, 0), *((_days(start, rise.at), rise.n) for rise in rises), (_days(start, end), rises[-1].n)]
        values += [{"day": max(0.0, at), "n": n, "line": number_of} for at, n in here]
        ends.append({"day": _days(start, end), "n": rises[-1].n, "words": _label(cta), "line": number_of})
    return values, _apart(ends)


def _apart(ends: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names of the lines, one above the other: where two lines end close together, the upper name moves up."""
    room = ROOM * max(one["n"] for one in ends)
    placed: list[dict[str, Any]] = []
    for one in sorted(ends, key=lambda one: (one["n"], -one["line"])):
        placed.append(one | {"n": max(one["n"], placed[-1]["n"] + room) if placed else one["n"]})
    return placed


def _days(start: datetime, at: datetime) -> float:
    return round((at - start).total_seconds() / 86_400, 3)


def _label(cta: Any) -> str:
    name = line(cta.wording, 30)
    of = f" / {number(cta.targets)}" if cta.targets else ""
    return f"{name}: {number(cta.curve[-1].n)}{of}"


def _layers(
    values: list[dict[str, Any]], ends: list[dict[str, Any]], start: datetime, end: datetime, zone: tzinfo
) -> list[dict[str, Any]]:
    days = max(_days(start, end), 0.01)
    tall = max([value["n"] for value in values] + [one["n"] for one in ends]) * 1.25 or 1
    x = {"field": "day", "type": "quantitative", "axis": None, "scale": {"domain": [0, days], "nice": False}}
    y = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domain": [0, tall], "nice": False}}
    dash = {"field": "line", "type": "nominal", "legend": None,
            "scale": {"domain": list(range(MOST)), "range": [list(one) for one in DASHES]}}  # fmt: skip
    under = [
        {"day": 0, "n": 0, "words": day(start, zone), "align": "left"},
        {"day": days, "n": 0, "words": day(end, zone), "align": "right"},
    ]
    return [
        {"data": {"values": [{"n": 0}]}, "mark": {"type": "rule", "color": g.LINE}, "encoding": {"y": y}},
        {"data": {"values": values},
         "mark": {"type": "line", "color": g.NOW, "strokeWidth": 2.5, "interpolate": "step-after"},
         "encoding": {"x": x, "y": y, "strokeDash": dash, "detail": {"field": "line"}}},
        # Once as a halo, so that a name is read where it lies on another line.
        *({"data": {"values": ends}, "mark": {"type": "text", "align": "right", "dy": -9, "dx": -2, **look},
           "encoding": {"x": x, "y": y, "text": {"field": "words"}}} for look in (HALO, {})),
        *({"data": {"values": [one]},
           "mark": {"type": "text", "align": one["align"], "baseline": "top", "dy": 6, "color": g.QUIET},
           "encoding": {"x": x, "y": y, "text": {"field": "words"}}} for one in under),
    ]  # fmt: skip


def _finding(chosen: Sequence[Any]) -> str:
    told = []
    for cta in chosen:
        n = cta.curve[-1].n
        if cta.targets and cta.took.n is not None:
            words = {"n": number(n), "of": number(cta.targets), "share": percent(cta.took.rate)}
            told.append(say("picture-curve-of", what=line(cta.wording, 60), **words))
        else:
            told.append(say("picture-curve-n", what=line(cta.wording, 60), n=n))
    return " ".join(told)
