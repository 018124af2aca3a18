"""Where a text names somebody, and the sentence around each place: what tone is read from.

Everything here works on folded text (`commsleads.text.fold`) and in one pass: a sentence is cut to so many characters
on each side, so that a text without an end costs no more than any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

AROUND = 280
"""Characters read on each side of a name; sentences in news have about 130."""
MOST = 3
"""Places that are read, the first ones, the headline among them: what comes late in a text is about something else more
often than not."""
PHRASES = 64
"""Phrases of one watch that are looked for."""

_END = re.compile(r"[.!?]+[\"')\]]*\s+(?=\S)|[|•]|\s-\s(?=\S)")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|lt|col|sgt|rev|st|jr|sr|vs|etc|inc|ltd|co|corp|dept|[a-z])|\b[a-z]\.[a-z])$"
)
TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]")
_LONGEST = 40


class Passage(NamedTuple):
    """A sentence as words and signs, and which of them are the name: from `start` up to `end`."""

    tokens: tuple[str, ...]
    start: int
    end: int


def places(whole: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """Where these folded phrases stand as whole words, the first `MOST`, none within another."""
    found: list[tuple[int, int]] = []
    for phrase in phrases[:PHRASES]:
        start, left = whole.find(phrase) if phrase else -1, MOST * 4
        while start >= 0 and left:
            left -= 1
            end = start + len(phrase)
            before, after = whole[start - 1 : start], whole[end : end + 1]
            if not ((before.isalnum() and phrase[0].isalnum()) or (after.isalnum() and phrase[-1].isalnum())):
                found.append((start, end))
            start = whole.find(phrase, end)
    found.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept[:MOST]


def passage(whole: str, start: int, end: int) -> Passage:
    """The sentence around a name that stands from `start` to `end`."""
    first, last = max(0, start - AROUND), end + AROUND
    before, after = whole[first:start], whole[end:last]
    for mark in reversed([*_END.finditer(before)]):
        if not _SHORT.search(before[max(0, mark.start() - 6) : mark.start()]):
            before = before[mark.end() :]
            break
    for mark in _END.finditer(after):
        if not _SHORT.search(after[max(0, mark.start() - 6) : mark.start()]):
            after = after[: mark.end()]
            break
    left, right = _tokens(before), _tokens(after)
    name = _tokens(whole[start:end]) or ["?"]
    return Passage((*left, *name, *right), len(left), len(left) + len(name))


def _tokens(text: str) -> list[str]:
    return [token[:_LONGEST] for token in TOKEN.findall(text)]
