"""Templates into text: one sheet, three renderings, and style that mail clients keep.

Nothing is fetched: styles stand in the template and are written into the elements, because mail clients drop
style sheets. Titles come from strangers, so HTML is escaped by the template engine and Markdown by `marked`.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from commsleads.reports.marking import coded, literal, quoted, stopped
from commsleads.reports.pictures import DARK
from commsleads.reports.wording import columns, command, link, marked, wrapped

if TYPE_CHECKING:
    import jinja2

_INTERVAL = re.compile(r"\(?\b\d[\d,.]{0,12}–\d[\d,.]{0,12}(?<![.,])%?\)?")
_FIRST_STYLE = re.compile(r"<head>(<style>[^<]*</style>)(.*?)</head>", re.DOTALL)
_OPTION = re.compile(r"(?<!\S)--?[a-z-]{1,30}(?!\S)")
_FIGURE = re.compile(r"[+−-]?[\d.,]+(?: ?%| pp)?|[–-]|")
BAD = frozenset({"late", "lapsed", "not answered", "overdue"})
"""How things came out that a reader must see at once."""
LETTERS = 40
"""Length of the longest bar of the text part, in columns."""
SHORT = 9
"""Columns of a name that stands beside its bar."""
BROADEST = 18
"""Columns of a value that has room beside its name on a telephone."""
PHONE, WIDEST, GAP = 339, 7.4, 8
"""Pixels: what a telephone leaves to a table, what a letter takes, what stands between columns."""


def render(template: str, sheet: Any) -> str:
    """One rendering of the sheet."""
    values = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    text = _environment().get_template(template).render(values)
    return _inlined(text) if template.endswith(".html.j2") else text


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("commsleads.reports", ""),
        autoescape=jinja2.select_autoescape(("html.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["bad"] = BAD
    environment.globals["dark"] = DARK
    environment.filters["broad"] = _broad
    environment.filters["wrapped"] = wrapped
    environment.filters["marked"] = marked
    environment.filters["command"] = command
    environment.filters["unbroken"] = _unbroken
    environment.filters["address"] = link
    environment.filters["coded"] = coded
    environment.filters["firm"] = _firm
    environment.filters["letters"] = _letters
    environment.filters["literal"] = literal
    environment.filters["numeric"] = _numeric
    environment.filters["options"] = _options
    environment.filters["quoted"] = quoted
    environment.filters["stacked"] = _stacked
    environment.filters["stopped"] = stopped
    environment.filters["widths"] = _widths
    return environment


def _broad(block: Any) -> bool:
    """Whether these bars need the width of the page each: their names or values are long, or one says what it rests
    on."""
    return any(why or max(columns(name), columns(value) // 2) > SHORT for name, value, _, why in block.rows)


def _letters(length: str) -> int:
    """How many letters draw a bar of so many hundredths. A little is not nothing."""
    return -(-LETTERS * int(length) // 100)


def _numeric(block: Any) -> list[bool]:
    """For each column of a table whether it holds nothing but figures, which stand right."""
    rows = [row for row in block.rows if len(row) == len(block.head)]
    return [
        bool(place and rows) and all(_FIGURE.fullmatch(row[place]) for row in rows) for place in range(len(block.head))
    ]


def _stacked(block: Any) -> bool:
    """Whether a value of these figures is so long that all stand beneath their names."""
    return any(columns(value) > BROADEST for _, value, _ in block.rows)


def _widths(block: Any) -> list[int]:
    """For each column of a table its share of the width: as its longest cell asks, within bounds."""
    rows = [row for row in (block.head, *block.rows) if len(row) == len(block.head)]
    return [min(max(8, *(columns(row[place]) for row in rows)), 56) for place in range(len(block.head))]


def _firm(block: Any) -> bool:
    """Whether a table fits a telephone without a break within any word."""
    rows = [row for row in (block.head, *block.rows) if len(row) == len(block.head)]
    longest = (max(columns(word) for row in rows for word in (row[place].split() or [""])) for place in
               range(len(block.head)))  # fmt: skip
    return WIDEST * sum(longest) + GAP * len(block.head) <= PHONE


def _options(text: str) -> Any:
    """A command for HTML in which no option is broken at its hyphens."""
    import markupsafe

    return markupsafe.Markup(_OPTION.sub(r'<span class="nb">\g<0></span>', str(markupsafe.escape(text))))  # noqa: S704 - it is escaped before


def _unbroken(text: str) -> Any:
    """Text for HTML in which no line ends within an interval such as 21–94% or 120–160."""
    import markupsafe

    return markupsafe.Markup(_INTERVAL.sub(r'<span class="nb">\g<0></span>', str(markupsafe.escape(text))))  # noqa: S704 - it is escaped before


def _inlined(html: str) -> str:
    import css_inline

    # Every byte counts: one popular mail service cuts what is longer than 102 kB.
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True, minify_css=True
    )
    # The rules that cannot be inlined are put first; but what the letters are must stand within the first 1,024 bytes.
    return _FIRST_STYLE.sub(r"<head>\2\1</head>", inliner.inline(html).rstrip() + "\n", count=1)
