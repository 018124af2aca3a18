"""A mail's own words without what others wrote, and without the signature. Linear in the text's length."""

from __future__ import annotations

import re
from typing import NamedTuple

from commsleads.mail.marks import attribution, field_of, forward, head_at, margin, original, rule
from commsleads.mail.signing import footer_rows, split_signature

_WARNING = re.compile(
    r"[\s\[*]{0,5}(?:caution|warning|external (?:e-?mail|sender)|achtung|attention|atención|advertencia)\b[^\n]{0,60}"
    r"(?:external|outside|extern|externe|externo)[^\n]{0,300}",
    re.IGNORECASE,
)

_EVIDENCE = re.compile(r"[@\d]")


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
    owned, between = _parted(lines)
    footer = footer_rows(lines, owned)
    kept = [row for row in owned if row not in footer]
    last = max((row for row in kept if lines[row].strip()), default=-1)
    reply = [lines[row] for row in sorted({*kept, *between}) if row <= last]
    own, signed = split_signature([lines[row] for row in kept])
    if own and _WARNING.fullmatch(own[0].strip()[:400]):
        signed, own = [own[0], *signed], own[1:]
    mine = frozenset(owned)
    quoted = [line for row, line in enumerate(lines) if row not in mine]
    return Cut(_text(own), _text(quoted), _text(signed + [lines[row] for row in sorted(footer)]), _text(reply))


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _parted(lines: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of the writer's own lines, and of the quoted ones that may be shown between them."""
    owned: list[int] = []
    between: list[int] = []
    at = 0
    said = False
    while at < len(lines):
        if margin(lines[at]):
            said = True
            end = _wrapped(lines, at + 1)
            between.extend(range(at, end))
            at = end
            continue
        end = announced(lines, at)
        if end == at or (not said and field_of(lines[at]) is not None):
            # A head with nothing above it is no quote of an answer: forms on the web send such mails.
            owned.append(at)
            said = said or (bool(lines[at].strip()) and field_of(lines[at]) is None)
            at += 1
        else:
            at = end
    return owned, between


def _wrapped(lines: list[str], at: int) -> int:
    """The line after a quoted one that some program broke: its rest stands alone between two quoted ones."""
    if at + 1 < len(lines) and len(lines[at - 1]) >= 60 and lines[at + 1].startswith(">"):
        line = lines[at]
        if line[:1].islower() and len(line) < 60:
            return at + 1
    return at


def announced(lines: list[str], at: int) -> int:
    """The line after what announces a quote, where that begins at a line; the end if all the rest is quoted; `at` if
    nothing is announced there."""
    line, end = lines[at], len(lines)
    # Cheap looks first: most lines have none of these marks.
    colon = ":" in line or "：" in line
    if ((colon or "--" in line or "__" in line) and (original(line) or forward(line))) or (colon and _head(lines, at)):
        return end
    if rule(line):
        below = next_filled(lines, at + 1)
        return end if below < end and _head(lines, below) else at
    found = attribution(lines, at) if _EVIDENCE.search(line) else None
    if found is None:
        return at
    below = next_filled(lines, found.end)
    if below < end and margin(lines[below]):
        return found.end
    return end if found.sure else at


def _head(lines: list[str], at: int) -> bool:
    """Whether a quoted head begins at a line. None begins below a field, since it would have begun there."""
    if at and field_of(lines[at - 1]):
        return False
    return bool(head_at(lines, at)[0])


def next_filled(lines: list[str], at: int) -> int:
    """The next line that is not blank, among the next ten."""
    for row in range(at, min(at + 10, len(lines))):
        if lines[row].strip():
            return row
    return len(lines)
