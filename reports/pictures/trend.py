"""Stories by week against what was to be expected, with gaps drawn as gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.pictures import grammar as g
from commsleads.reports.wording import line, listed, number, percent, short_label
from commsleads.reports.words import say

OBSERVED = 0.95
"""Share of a period that must have been observed for its bar to be filled."""
MOST = 26
"""Bars that can be told apart."""
SEEN_IN_PART = "datum.state == 'part' || datum.state == 'none'"
FEW = 10
"""Bars between which there is room for words."""


def trend(coverage: Any, unit: str, about: str) -> Picture | None:
    """The stories of each period, the last one dark. `about` says whose stories; None where nobody ever looked.

    The band is what the periods before lead one to expect of the last one.
    """
    bars = coverage.trend[-MOST:]
    if not bars or not any(bar.observed for bar in bars):
        return None
    base = coverage.verdict.baseline
    values = [_value(bar, last=bar is bars[-1], short=len(bars) > FEW) for bar in bars]
    return g.drawn(
        "trend",
        say("picture-trend", unit=unit, about=line(about)),
        _finding(coverage, bars, unit),
        {"data": {"values": values}, "layer": _layers(base, values)},
        height=150,
        head=(say("picture-period"), say("picture-stories"), say("picture-observed")),
        rows=[
            (short_label(bar.label), number(bar.count if bar.observed else None), percent(bar.observed)) for bar in bars
        ],
    )


def _value(bar: Any, *, last: bool, short: bool) -> dict[str, Any]:
    state = "none" if not bar.observed else "part" if bar.observed < OBSERVED else "now" if last else "before"
    return {
        "label": short_label(bar.label),
        "n": bar.count if bar.observed else 0,
        "state": state,
        "words": _words(bar, short),
    }


def _words(bar: Any, short: bool) -> str:
    if not bar.observed:
        return "?" if short else say("picture-no-data")
    return f"{number(bar.count)}{'+' if bar.observed < OBSERVED else ''}"


def _layers(base: Any, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = [value["label"] for value in values]
    across = {
        "field": "label",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "labelAngle": 0, "ticks": False},
    }
    tall = max([value["n"] for value in values] + [base.high if base else 0, 1])
    up = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domain": [0, tall * 1.12]}}
    band = [] if base is None else [_band(base, up), _said(base, up)]
    return [
        *band,
        {
            "mark": {"type": "bar", "cornerRadiusTopLeft": 2, "cornerRadiusTopRight": 2},
            "encoding": {
                "x": across,
                "y": up,
                "color": _by_state({"now": g.NOW, "before": g.BEFORE, "part": g.GROUND, "none": g.GROUND}),
                "stroke": _by_state({"now": g.NOW, "before": g.BEFORE, "part": g.GAP, "none": g.GAP}),
                "strokeDash": {
                    "condition": {"test": SEEN_IN_PART, "value": [4, 3]},
                    "value": [1, 0],
                },
            },
        },
        {
            "mark": {"type": "text", "dy": -9, "fontSize": 13},
            "encoding": {
                "x": across,
                "y": up,
                "text": {"field": "words"},
                "color": {"condition": {"test": SEEN_IN_PART, "value": g.GAP}, "value": g.INK},
            },
        },
    ]  # fmt: skip


def _band(base: Any, up: Mapping[str, Any]) -> dict[str, Any]:
    """What was to be expected, behind the bars."""
    return {
        "data": {"values": [{"low": base.low, "high": base.high}]},
        "mark": {"type": "rect", "color": g.BAND},
        "encoding": {
            "x": {"value": 0},
            "x2": {"value": "width"},
            "y": {**up, "field": "low"},
            "y2": {"field": "high"},
        },
    }


def _said(base: Any, up: Mapping[str, Any]) -> dict[str, Any]:
    """What the band is, in its upper corner."""
    return {
        "data": {
            "values": [{"high": base.high, "words": say("picture-band", low=number(base.low), high=number(base.high))}]
        },
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "bottom",
            "dx": 2,
            "dy": -3,
            "fontSize": 12,
            "color": g.QUIET,
        },
        "encoding": {"x": {"value": 0}, "y": {**up, "field": "high"}, "text": {"field": "words"}},
    }


def _by_state(colours: dict[str, str]) -> dict[str, Any]:
    return {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": list(colours), "range": list(colours.values())},
        "legend": None,
    }


def _finding(coverage: Any, bars: Any, unit: str) -> str:
    """What the picture shows, complete without it."""
    now, base = bars[-1], coverage.verdict.baseline
    told = [say("picture-trend-now", label=short_label(now.label), n=number(now.count if now.observed else None))]
    if base is not None:
        told.append(
            say("picture-trend-expected", low=number(base.low), high=number(base.high), word=coverage.verdict.word)
        )
    earlier = [bar.count for bar in bars[:-1] if bar.observed >= OBSERVED]
    if earlier:
        told.append(
            say("picture-trend-before", low=number(min(earlier)), high=number(max(earlier)), n=len(earlier), unit=unit)
        )
    gaps = [short_label(bar.label) for bar in bars if bar.observed < OBSERVED]
    if gaps:
        told.append(say("picture-gaps", labels=listed(gaps)))
    return " ".join(told)
