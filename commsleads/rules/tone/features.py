"""What of a sentence may say how it speaks of somebody: numbers by name, the same for learning and for reading.

Words count by where they stand to the name: before or after it, near or far, in the same clause, and whether the name
does something or has it done to it (“X criticised”, “criticised X”, “X was criticised”, “by X”). A word after a
negation is turned round. Nothing here knows what any of it weighs: that is learnt (`tone.json`).
"""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.rules.tone.passages import Passage
from commsleads.rules.tone.wording import BOOSTERS, NEGATIONS, TURNED, lexicon, stances, stem

NEAR = 5
"""Words on each side that are near the name."""
WIDE = 10
"""Words on each side whose own weight is looked up."""

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "gets", "got", "get"))
_CLAUSE = frozenset((
    ",", ";", ":", "-", "(", ")", "but", "while", "although", "though", "because", "after", "when", "who", "which",
    "as", "if",
))  # fmt: skip
_PRONOUNS = frozenset(("he", "she", "they", "it", "his", "her", "their", "him", "them", "its", "i", "we", "you"))


def features(passage: Passage) -> dict[str, float]:
    """The numbers of one sentence about one name."""
    tokens, start, end = passage
    found: dict[str, float] = {}
    words, groups_of = lexicon(), stances()
    quoted = _quoted(tokens)
    inside = quoted[start]
    clauses = _clauses(tokens)
    here = clauses[start]
    for place, token in enumerate(tokens):
        if start <= place < end:
            continue
        side = "b" if place < start else "a"
        away = start - place if place < start else place - end + 1
        if not token[0].isalnum():
            continue
        root = stem(token)
        value, groups = words.get(token), groups_of.get(root, ())
        turned = bool(value or groups) and not NEGATIONS.isdisjoint(tokens[max(0, place - 3) : place])
        if value:
            _lexical(found, tokens, place, value, turned=turned, side=side, away=away, same=clauses[place] == here)
            if quoted[place]:
                _add(found, f"q{'+' if inside else '-'}", value / 4)
        if groups:
            role = _role(tokens, place, start, end) if away <= NEAR and clauses[place] == here else ""
            _grouped(found, groups, turned=turned, side=side + ("n" if away <= NEAR else "f"), role=role)
        if token.isalpha():
            found["w:" + root] = 1.0
            if away <= WIDE:
                found[side + ":" + root] = 1.0
    _edges(found, tokens, start, end)
    if inside:
        found["in quotes"] = 1
    if any(quoted):
        found["quotes"] = 1
    if tokens[start] in _PRONOUNS and end - start == 1:
        found["pronoun"] = 1
    found["first"] = float(start == 0)
    return found


def _lexical(
    found: dict[str, float], tokens: Sequence[str], place: int, value: float, *, turned: bool, side: str, away: int,
    same: bool,
) -> None:  # fmt: skip
    """What a word of the lexicon adds: in all, by side, by nearness, and within the clause of the name."""
    if place and (more := BOOSTERS.get(tokens[place - 1])):
        value += more if value > 0 else -more
    if turned:
        value *= TURNED
    sign, size = ("p", value / 4) if value > 0 else ("n", -value / 4)
    _add(found, f"l{sign}", size)
    _add(found, f"l{sign}{side}", size)
    _add(found, f"l{sign}~", size / (1 + away / NEAR))
    if away <= NEAR:
        _add(found, f"l{sign}{side}near", size)
    if same:
        _add(found, f"l{sign}{side}clause", size)


def _grouped(found: dict[str, float], groups: Sequence[str], *, turned: bool, side: str, role: str) -> None:
    """What a word of our own groups adds: in all, by side and nearness, and by what it has to do with the name."""
    for group in groups:
        name = f"g:-{group}" if turned else f"g:{group}"
        _add(found, name, 1)
        _add(found, f"{name}:{side}", 1)
        if role:
            _add(found, f"{name}:{role}", 1)


def _role(tokens: Sequence[str], place: int, start: int, end: int) -> str:
    """How a word near the name is tied to it."""
    if place >= end:
        between = tokens[end:place]
        if not _BE.isdisjoint(between):
            return "is"
        return "does" if len(between) <= 2 else "after"
    between = tokens[place + 1 : start]
    if "by" in between:
        return "by"
    return "to" if len(between) <= 2 else "before"


def _edges(found: dict[str, float], tokens: Sequence[str], start: int, end: int) -> None:
    """The words that touch the name."""
    before = [stem(token) for token in tokens[max(0, start - 2) : start]]
    after = [stem(token) for token in tokens[end : end + 2]]
    if before:
        found[f"-1:{before[-1]}"] = 1
        found[f"-2:{' '.join(before)}"] = 1
    if after:
        found[f"+1:{after[0]}"] = 1
        found[f"+2:{' '.join(after)}"] = 1


def _quoted(tokens: Sequence[str]) -> list[bool]:
    """Which words stand between quotation marks."""
    inside, found = False, []
    for sign in tokens:
        if sign == '"':
            inside = not inside
        found.append(inside)
    return found


def _clauses(tokens: Sequence[str]) -> list[int]:
    """The number of the clause that each word stands in."""
    number, found = 0, []
    for token in tokens:
        number += token in _CLAUSE
        found.append(number)
    return found


def _add(found: dict[str, float], name: str, value: float) -> None:
    found[name] = found.get(name, 0.0) + value
