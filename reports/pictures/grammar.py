"""How a picture is drawn: one grammar (Vega-Lite), one look, SVG and PNG of the same drawing.

A drawing has a ground of its own, so that it is read in a dark mail as in a light one; a page that is dark replaces the
colours (`DARK`). Difference is never told by colour alone: what was not observed is outlined and not filled, what was
expected lies behind, and every drawing comes with its finding and its numbers in words. Nothing is fetched, and no word
of a stranger is part of an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import Any

from commsleads.contract import Picture

WIDTH = 480
"""CSS pixels. On a telephone it is shown at two thirds of that, and its smallest letters at nine pixels."""

INK, QUIET, LINE = "#14242b", "#4d5b62", "#93a5ab"
NOW, BEFORE, BAND, GROUND = "#0b5563", "#9fbcc4", "#e3eced", "#ffffff"
GAP, GOAL, LATE = "#8f4b00", "#b06d10", "#d8a262"
"""Grey tells apart what fills: from the darkest to the lightest NOW, LATE, BEFORE, BAND, GROUND. Lines differ in their
dashes."""

DARK: Mapping[str, str] = {
    INK: "#e8f0f2", QUIET: "#b4c4c9", LINE: "#5f757c", NOW: "#6fc3d3", BEFORE: "#47707b", BAND: "#22363d",
    GROUND: "#14212a", GAP: "#f0b36a", GOAL: "#e0a24e",
    LATE: "#a8672a",
}  # fmt: skip
"""What each colour becomes on a dark page."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
VERSION = "5.20"
"""Of Vega-Lite: another one may draw other bytes."""

_CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "background": GROUND,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
        "domainColor": LINE, "tickColor": LINE, "grid": False, "labelLimit": 220,
    },
    "text": {"color": INK, "fontSize": 13},
    "legend": {"labelColor": INK, "labelFontSize": 13, "titleColor": QUIET, "symbolStrokeColor": INK},
}  # fmt: skip

_OPEN = re.compile(r"<svg [^>]*>")
_SIZE = re.compile(r' (?:width|height)="([\d.]+)"')
_IDS = re.compile(r' id="([^"]*)"')
_ROLES = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def drawn(
    name: str,
    title: str,
    alt: str,
    spec: Mapping[str, Any],
    *,
    height: int,
    head: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Picture:
    """The picture of a Vega-Lite specification. Same specification, same bytes.

    Its data stand in it; `height` is that of the plot. A screen reader hears `title` and `alt`, and none of the marks.
    """
    table: dict[str, Any] = {"head": tuple(head), "rows": tuple(tuple(row) for row in rows)}
    if _UNDRAWN.get():
        return Picture(name=name, title=title, alt=alt, svg="", png=b"", width=WIDTH, height=height, **table)
    import vl_convert

    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": height,
        "padding": 8,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _CONFIG,
        **spec,
    }
    svg: str = vl_convert.vegalite_to_svg(whole, vl_version=VERSION, allowed_base_urls=[])
    opening = _OPEN.search(svg)
    if opening is None:
        raise ValueError(f"{name} was not drawn")
    wide, high = (round(float(size)) for size in _SIZE.findall(opening[0])[:2])
    png: bytes = vl_convert.svg_to_png(svg, scale=2.0)
    return Picture(
        name=name,
        title=title,
        alt=alt,
        svg=_told(svg, opening[0], name, title, alt),
        png=png,
        width=wide,
        height=high,
        **table,
    )


@contextmanager
def undrawn() -> Iterator[None]:
    """While it lasts nothing is drawn: pictures have their words and nothing to see, for those who print words only."""
    before = _UNDRAWN.set(True)
    try:
        yield
    finally:
        _UNDRAWN.reset(before)


_UNDRAWN = ContextVar("undrawn", default=False)


def _told(svg: str, opening: str, name: str, title: str, alt: str) -> str:
    """The drawing as one image with a name and a description; its marks have none of their own."""
    begin = f'{opening[:-1]} role="img" aria-labelledby="{name}-title {name}-alt">'
    words = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-alt">{escape(alt)}</desc>'
    return begin + words + _named(_ROLES.sub("", svg.partition(opening)[2]), name)


def _named(marks: str, name: str) -> str:
    """Ids that are this picture's own: they are counted through all that a process draws, and pages hold several."""
    for number, old in enumerate(_IDS.findall(marks)):
        marks = marks.replace(f'id="{old}"', f'id="{name}-{number}"').replace(f"url(#{old})", f"url(#{name}-{number})")
    return marks
