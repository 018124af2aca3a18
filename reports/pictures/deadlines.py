"""Whether journalists had their answer in time, by how much notice they gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.pictures import grammar as g
from commsleads.reports.wording import line, listed, number, percent
from commsleads.reports.words import say

ROW = 34
FILLS = (("hit", g.NOW), ("missed", g.LATE), ("open", g.GROUND))
"""From the darkest to the lightest, and in this order from the left, so that grey tells them apart."""


def deadlines(desk: Any, unit: str) -> Picture | None:
    """Hits and misses by notice (`facts.desk`). None where no enquiry of the period had a deadline to meet."""
    parts = [(one.name, one.value.hit_rate) for one in desk.figures.by_notice]
    parts = [(name, rate) for name, rate in parts if rate.share.n + len(rate.undecided)]
    if not parts:
        return None
    return g.drawn(
        "deadlines",
        say("picture-deadlines", unit=unit),
        _finding(desk.figures.all.hit_rate, parts),
        {"layer": _layers(parts)},
        height=ROW * len(parts),
        head=(say("picture-notice"), say("picture-hit"), say("picture-missed"), say("picture-open")),
        rows=[(line(name, 40), *(number(n) for n in _three(rate))) for name, rate in parts],
    )


def _three(rate: Any) -> tuple[int, int, int]:
    """In time, not in time, not decided yet."""
    return rate.share.k, rate.share.n - rate.share.k, len(rate.undecided)


def _layers(parts: Sequence[tuple[str, Any]]) -> list[dict[str, Any]]:
    order = [line(name, 40) for name, _ in parts]
    most = max(sum(_three(rate)) for _, rate in parts)
    cells, ends = [], []
    for name, rate in parts:
        start = 0
        for (key, _), n in zip(FILLS, _three(rate), strict=True):
            if n:
                cells.append({"notice": line(name, 40), "key": key, "start": start, "end": start + n})
            start += n
        ends.append({"notice": line(name, 40), "end": start, "words": _words(rate)})
    y = {"field": "notice", "type": "ordinal", "sort": order,
         "axis": {"title": None, "ticks": False, "domain": False, "labelColor": g.INK}}  # fmt: skip
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.6], "nice": False}}
    fill = {"field": "key", "type": "nominal", "legend": None,
            "scale": {"domain": [key for key, _ in FILLS], "range": [colour for _, colour in FILLS]}}  # fmt: skip
    return [
        {"data": {"values": cells}, "mark": {"type": "bar", "height": 18, "stroke": g.INK, "strokeWidth": 0.8},
         "encoding": {"y": y, "x": {**x, "field": "start"}, "x2": {"field": "end"}, "color": fill}},
        {"data": {"values": ends}, "mark": {"type": "text", "align": "left", "dx": 6},
         "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "words"}}},
    ]  # fmt: skip


def _words(rate: Any) -> str:
    """`3 of 4 in time, 1 open`: the bars are told in words beside them, so that no legend is needed."""
    hit, missed, waiting = _three(rate)
    told = []
    if hit + missed:
        told.append(say("picture-in-time", k=number(hit), n=number(hit + missed)))
    if waiting:
        told.append(say("picture-waiting", n=number(waiting)))
    return ", ".join(told)


def _finding(everything: Any, parts: Sequence[tuple[str, Any]]) -> str:
    share = everything.share
    told = []
    if share.n:
        words = {"k": number(share.k), "n": number(share.n), "share": percent(share.value)}
        told.append(say("picture-deadlines-all", low=percent(share.low), high=percent(share.high), **words))
    told.append(f"{listed([f'{line(name, 40)}: {_words(rate)}' for name, rate in parts])}.")
    return " ".join(told)
