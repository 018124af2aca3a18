"""Leads against a goal: how they came, how they would have come evenly, and where they end if it goes on so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.pictures import grammar as g
from commsleads.reports.wording import day, line, number
from commsleads.reports.words import say


def goal(line_of: Any, now: datetime, zone: tzinfo) -> Picture | None:
    """A goal's course against an even one. None for a goal without both its days, or that nothing counts one by one."""
    if not line_of.course or line_of.starts_on is None or line_of.ends_on is None or line_of.reached is None:
        return None
    days = (line_of.ends_on - line_of.starts_on).days + 1
    came = [(0.0, 0), *((_place(at, line_of.starts_on, zone), n) for at, n in line_of.course)]
    today = min(max(_place(now, line_of.starts_on, zone), 0.0), float(days))
    tall = max(line_of.n, line_of.reached, line_of.pace.high or 0) * 1.15
    return g.drawn(
        "goal",
        say("picture-goal", name=line(line_of.name or line_of.id, 60)),
        _finding(line_of, days, zone),
        {"layer": _layers(line_of, came, today, days, tall, zone=zone)},
        height=170,
        head=(say("picture-goal-by"), line_of.of),
        rows=[(_until(at, zone), number(n)) for at, n in line_of.course],
    )


def _place(at: datetime, first: date, zone: tzinfo) -> float:
    """Local days since the goal began."""
    there = at.astimezone(zone)
    return (there.date() - first).days + (there.hour * 60 + there.minute) / 1440


def _until(at: datetime, zone: tzinfo) -> str:
    """The last day that a count takes in."""
    return day(at - timedelta(seconds=1), zone)


def _layers(
    aim: Any, came: Sequence[tuple[float, int]], today: float, days: int, tall: float, *, zone: tzinfo
) -> list[dict[str, Any]]:
    across = {"type": "quantitative", "axis": None, "scale": {"domain": [0, days], "nice": False}}
    up = {"type": "quantitative", "axis": None, "scale": {"domain": [0, tall], "nice": False}}
    x, y = {**across, "field": "day"}, {**up, "field": "n"}
    even = [{"day": 0, "n": 0}, {"day": days, "n": aim.n}]
    layers: list[dict[str, Any]] = []
    fan: list[dict[str, Any]] = []
    if aim.pace.low is not None and aim.pace.high is not None and today < days:
        fan = [
            {"day": today, "n": aim.reached, "high": aim.reached},
            {"day": days, "n": aim.pace.low, "high": aim.pace.high},
        ]
        layers.append({"data": {"values": fan}, "mark": {"type": "area", "color": g.BAND, "line": False},
                       "encoding": {"x": x, "y": y, "y2": {"field": "high"}}})  # fmt: skip
    if aim.counted_from is not None:
        hidden = [{"day": 0, "until": min(_since(aim, zone), today), "n": 0, "high": tall}]
        layers.append({"data": {"values": hidden},
                       "mark": {"type": "rect", "fill": g.GROUND, "stroke": g.GAP, "strokeDash": [4, 3]},
                       "encoding": {"x": x, "x2": {"field": "until"}, "y": y, "y2": {"field": "high"}}})  # fmt: skip
    ends = [
        {"day": came[-1][0], "n": aim.reached, "words": number(aim.reached)},
    ]
    return [
        *layers,
        {"data": {"values": even}, "mark": {"type": "line", "color": g.GOAL, "strokeDash": [6, 4], "strokeWidth": 2},
         "encoding": {"x": x, "y": y}},
        {"data": {"values": [{"day": at, "n": n} for at, n in came]},
         "mark": {"type": "line", "color": g.NOW, "strokeWidth": 3}, "encoding": {"x": x, "y": y}},
        {"data": {"values": ends}, "mark": {"type": "point", "filled": True, "size": 70, "color": g.NOW},
         "encoding": {"x": x, "y": y}},
        {"data": {"values": ends},
         "mark": {"type": "text", "dy": -12, "dx": -4, "align": "right", "fontSize": 15, "fontWeight": "bold"},
         "encoding": {"x": x, "y": y, "text": {"field": "words"}}},
        *_names(aim, days, x, y, fan=bool(fan)),
        *_under(aim, x, up),
    ]  # fmt: skip


def _names(aim: Any, days: int, x: dict[str, Any], y: dict[str, Any], *, fan: bool) -> list[dict[str, Any]]:
    """What the two ends are: the goal and the forecast, on the outer side of each so that they do not meet."""
    low, high = aim.pace.low or 0, aim.pace.high or 0
    above = (low + high) / 2 >= aim.n
    named = [(aim.n, say("picture-goal-line", n=number(aim.n)), g.GOAL, fan and above)]
    if fan:
        words = say("picture-goal-fan", low=number(low), high=number(high))
        named.append((high if above else low, words, g.QUIET, not above))
    return [
        {
            "data": {"values": [{"day": days, "n": n, "words": words}]},
            "mark": {"type": "text", "dy": 15 if under else -8, "align": "right", "color": colour},
            "encoding": {"x": x, "y": y, "text": {"field": "words"}},
        }
        for n, words, colour, under in named
    ]


def _under(aim: Any, x: dict[str, Any], up: dict[str, Any]) -> list[dict[str, Any]]:
    """The days at both ends, and a line to stand on."""
    days = (aim.ends_on - aim.starts_on).days + 1
    ground = {"type": "rule", "color": g.LINE}
    told = []
    for place, on, align in ((0, aim.starts_on, "left"), (days, aim.ends_on, "right")):
        told.append({
            "data": {"values": [{"day": place, "n": 0, "words": day(on)}]},
            "mark": {"type": "text", "align": align, "baseline": "top", "dy": 6, "color": g.QUIET},
            "encoding": {"x": x, "y": {**up, "field": "n"}, "text": {"field": "words"}},
        })  # fmt: skip
    flat = {"data": {"values": [{"n": 0}]}, "mark": ground, "encoding": {"y": {**up, "field": "n"}}}
    return [flat, *told]


def _since(aim: Any, zone: tzinfo) -> float:
    """Days of the goal that were over before anything was counted."""
    return float((aim.counted_from.astimezone(zone).date() - aim.starts_on).days)


def _finding(aim: Any, days: int, zone: tzinfo) -> str:
    pace = aim.pace
    told = [
        say(
            "picture-goal-now",
            n=number(aim.reached),
            goal=number(aim.n),
            of=aim.of,
            day=number(aim.day or days),
            days=number(days),
        )
    ]
    if pace.expected is not None:
        told.append(say("picture-goal-expected", expected=number(round(pace.expected, 1)), word=pace.word))
    if pace.low is not None and pace.high is not None:
        told.append(say("picture-goal-end", low=number(pace.low), high=number(pace.high)))
    if aim.counted_from is not None:
        told.append(say("picture-goal-late", on=day(aim.counted_from, zone)))
    return " ".join(told)
