"""A mail's own words without what others wrote, and without the signature. Linear in the text's length."""

from __future__ import annotations

import re
from typing import NamedTuple

from commsleads.mail.marks import attribution, forward, head_at, original, rule
from commsleads.mail.signing import split_footer, split_signature

_WARNING = re.compile(
    r"[\s\[*]{0,5}(?:caution|warning|external (?:e-?mail|sender)|achtung|attention|atención|advertencia)\b[^\n]{0,60}"
    r"(?:external|outside|extern|externe|externo)[^\n]{0,300}",
    re.IGNORECASE,
)


class Cut(NamedTuple):
    """A mail's words, parted. Nothing is lost: every line is in one of `own`, `quoted` and `signature`.

    `own` is what its writer says in it: no quotes, no sign-off, no signature. `quoted` is what others wrote, with the
    lines that announce it. `signature` is the sign-off with the name, role, outlet and telephone under it, the line
    of the device, the disclaimer. `reply` is what a person would be shown: like `own`, but with the sign-off, and
    with the quotes that its writer answered line by line.
    """

    own: str
    quoted: str
    signature: str
    reply: str


def cut(text: str) -> Cut:
    """Part a mail's text. A text with neither quotes nor signature is all `own`; so is one that cannot be judged."""
    lines = text.replace("\r\n", "\n").split("\n")
    owned, quotes = _parted(lines)
    last = max((row for row in owned if lines[row].strip()), default=-1)
    shown = [row for row in range(last + 1) if quotes.get(row) or row in owned]
    reply = [lines[row] for row in shown]
    reply, footer = split_footer(reply)
    gone = len(shown) - len(footer)
    kept = [lines[row] for row in shown[:gone] if row in owned]
    own, signed = split_signature(kept)
    if own and _WARNING.fullmatch(own[0].strip()[:400]):
        signed, own = [own[0], *signed], own[1:]
    quoted = [lines[row] for row in range(len(lines)) if row not in owned]
    return Cut(_text(own), _text(quoted), _text(signed + footer), _text(reply))


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _parted(lines: list[str]) -> tuple[set[int], dict[int, bool]]:
    """The numbers of the writer's own lines, and of the others, with whether they may be shown between own ones."""
    owned: set[int] = set()
    quotes: dict[int, bool] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith(">") or line.lstrip(" ").startswith(">"):
            quotes[at] = True
            at += 1
            at = _wrapped(lines, at, quotes)
            continue
        if (end := _rest_is_quoted(lines, at)) is not None:
            if end == 0:
                quotes.update(dict.fromkeys(range(at, len(lines)), False))
                break
            quotes.update(dict.fromkeys(range(at, end), False))
            at = end
            continue
        owned.add(at)
        at += 1
    return owned, quotes


def _wrapped(lines: list[str], at: int, quotes: dict[int, bool]) -> int:
    """A quoted line that some program broke: the rest of it stands alone between two quoted ones."""
    if at + 1 < len(lines) and len(lines[at - 1]) >= 60 and lines[at + 1].startswith(">"):
        line = lines[at]
        if line[:1].islower() and len(line) < 60:
            quotes[at] = True
            return at + 1
    return at


def _rest_is_quoted(lines: list[str], at: int) -> int | None:
    """0 if everything from a line on is others' words, the line after if only an attribution is, None if neither."""
    line = lines[at]
    if not line.strip():
        return None
    if original(line) or forward(line):
        return 0
    if rule(line):
        below = _next(lines, at + 1)
        return 0 if below < len(lines) and head_at(lines, below)[0] else None
    if head_at(lines, at)[0]:
        return 0
    end = attribution(lines, at)
    if not end:
        return None
    below = _next(lines, end)
    return end if below < len(lines) and lines[below].lstrip().startswith(">") else 0


def _next(lines: list[str], at: int) -> int:
    """The next line that is not blank, among the next ten."""
    for row in range(at, min(at + 10, len(lines))):
        if lines[row].strip():
            return row
    return len(lines)
