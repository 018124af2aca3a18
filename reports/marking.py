"""Words made harmless in the languages that pages are written in: Markdown's code and Typst's strings."""

from __future__ import annotations

import re

from commsleads.reports.wording import line, link

LONGEST = 24
"""Characters that a word may have before it may be broken anywhere: Typst would run over the edge of the paper."""

_LONG = re.compile(rf"[^\s\u200b]{{{LONGEST}}}(?=[^\s\u200b])")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_BARE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def coded(text: str) -> str:
    """A command as Markdown code, an address as a link to itself."""
    text = line(text)
    if (address := link(text)) and " " not in text:
        return f"<{address}>"
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def quoted(text: str) -> str:
    """Words as a Typst string, with signs that nobody sees: where a word of more than `LONGEST` characters may be
    broken, and that an interval such as 21–94% may not."""
    return literal(_RANGE.sub("\u2060–\u2060", _LONG.sub("\\g<0>\u200b", line(text))))


def literal(text: str) -> str:
    """A Typst string of exactly this line: in it, only the backslash and the quotation mark mean anything."""
    text = _BARE.sub("\ufffd", line(text))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def stopped(text: str) -> str:
    """Words that end as a sentence does."""
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."
