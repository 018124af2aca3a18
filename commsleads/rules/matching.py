"""Which watched terms a signal names, and where.

A thousand phrases cost one pass over the text: an Aho-Corasick automaton finds every phrase at once, and what it
finds is then held against the edges of words. Title and text come folded (`commsleads.text.fold`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from commsleads.plan import Watch
from commsleads.text import fold

# Scripts written without spaces: a phrase may begin and end anywhere in a run of them.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x2E80, 0x312F), (0x31A0, 0x31BF),
    (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip


class Match(NamedTuple):
    """A watch that a signal names: by which phrase (as it was declared), in which field ("title" or "text"). `lead`
    says that it stands in the first `LEAD` characters of the text."""

    watch_id: str
    field: str
    phrase: str
    lead: bool = False


LEAD = 200
"""Characters of a text that are its lead: two or three lines, as far as most people read."""

_TABLE = 400_000
"""Characters of all phrases together up to which every state gets its own row: about 12 MB."""


class _Terms(NamedTuple):
    watch_id: str
    any: frozenset[int]
    all: frozenset[int]
    none: frozenset[int]
    declared: dict[int, str]


class Matcher:
    """All watches at once. Made once for the settings, then asked for each signal."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        import ahocorasick_rs

        numbers: dict[str, int] = {}
        self._watches = [_terms(watch, numbers) for watch in watches]
        self._of: dict[int, list[int]] = {}
        for index, terms in enumerate(self._watches):
            for number in terms.any or terms.all:
                self._of.setdefault(number, []).append(index)
        self._edges = [(_spaced(p[0]), _spaced(p[-1])) for p in numbers]
        self._find = None
        if numbers:
            # A full table of states reads a text in half the time; beyond some size it would eat the memory.
            small = sum(map(len, numbers)) <= _TABLE
            table = ahocorasick_rs.Implementation.DFA if small else None
            self._find = ahocorasick_rs.AhoCorasick(list(numbers), implementation=table).find_matches_as_indexes

    def match(self, title: str, text: str) -> list[Match]:
        """The watches that a signal names, in the order of the settings, one match a watch: its earliest phrase."""
        if self._find is None:
            return []
        whole = f"{title}\n{text}"
        hits = self._find(whole, overlapping=True)
        if not hits:
            return []
        seen: dict[int, int] = {}
        edges = self._edges
        for number, start, end in hits:
            if number in seen:
                continue
            left, right = edges[number]
            if left and start and _spaced(whole[start - 1]):
                continue
            if right and end < len(whole) and _spaced(whole[end]):
                continue
            seen[number] = start
        return self._decide(seen, len(title)) if seen else []

    def _decide(self, seen: dict[int, int], title_end: int) -> list[Match]:
        candidates = sorted({index for number in seen for index in self._of.get(number, ())})
        found = []
        for index in candidates:
            terms = self._watches[index]
            if not terms.all.issubset(seen) or not terms.none.isdisjoint(seen):
                continue
            # The phrase that stands first; of two that begin together the one declared first.
            named = min((p for p in terms.any or terms.all if p in seen), key=lambda p: (seen[p], p))
            field = "title" if seen[named] < title_end else "text"
            lead = title_end <= seen[named] <= title_end + LEAD
            found.append(Match(terms.watch_id, field, terms.declared[named], lead))
        return found


def _terms(watch: Watch, numbers: dict[str, int]) -> _Terms:
    """A watch with its phrases as numbers. One that needs a phrase which cannot be found never matches."""
    declared: dict[int, str] = {}

    def group(phrases: Sequence[str]) -> frozenset[int]:
        found = set()
        for phrase in phrases:
            if phrase_problem(phrase) is None:
                number = numbers.setdefault(fold(phrase), len(numbers))
                declared.setdefault(number, phrase)
                found.add(number)
        return frozenset(found)

    terms = _Terms(watch.id, group(watch.any), group(watch.all), group(watch.none), declared)
    if any(map(phrase_problem, watch.all)) or (watch.any and not terms.any):
        return _Terms(watch.id, frozenset(), frozenset(), frozenset(), {})
    return terms


def _spaced(character: str) -> bool:
    """Whether it is a letter, digit or mark of a script that sets spaces between words."""
    if character.isascii():
        return character.isalnum()
    if not character.isalnum() and unicodedata.category(character)[0] != "M":
        return False
    code = ord(character)
    return not any(first <= code <= last for first, last in _UNSPACED)


def phrase_problem(phrase: str) -> str | None:
    """Why a phrase can match nothing or nearly everything, as a sentence; None when it is fine."""
    folded = fold(phrase)
    if not folded:
        return f"The phrase {phrase!r} is empty once case and accents are gone, so it can never be found."
    if not any(c.isalnum() for c in folded):
        return f"The phrase {phrase!r} holds no letter or digit, so it would match nearly everything."
    return None
