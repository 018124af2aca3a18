"""Evidence on what a mail is: phrases of many languages in groups, each with a weight and a sentence.

Phrases are written folded (`commsleads.text.fold`): small letters, no accents. A group counts once, however often its
phrases stand in a text. Weights are our own judgement and measured on mails (see docs/mail.md); nothing is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp
from typing import NamedTuple


class Evidence(NamedTuple):
    """One thing that speaks for a class (or against it, below zero), and the sentence that says so."""

    points: float
    reason: str


class Cue:
    """A group of phrases. `words` are regular expressions over folded text that match whole words; `glyphs` are
    phrases of scripts that do not part their words."""

    __slots__ = ("_pattern", "evidence")

    def __init__(self, points: float, reason: str, words: Sequence[str], glyphs: Sequence[str] = ()) -> None:
        """Compile the group."""
        self.evidence = Evidence(points, reason)
        parts = [rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"] if words else []
        self._pattern = re.compile("|".join([*parts, *map(re.escape, glyphs)]))

    def found(self, folded: str) -> str:
        """The first phrase of the group in a folded text, '' if there is none."""
        match = self._pattern.search(folded)
        return match[0] if match else ""


def weigh(folded: str, cues: Sequence[Cue]) -> list[Evidence]:
    """What the groups find in a folded text, the phrase in the sentence."""
    found: list[Evidence] = []
    for cue in cues:
        words = cue.found(folded)
        if words:
            found.append(Evidence(cue.evidence.points, f"{cue.evidence.reason}: “{words[:60].strip()}”."))
    return found


def total(evidence: Sequence[Evidence]) -> float:
    """The sum of the points."""
    return sum(one.points for one in evidence)


def permille(points: float, middle: float) -> int:
    """How sure a class is by its points: 500 at `middle`, by a logistic curve, never quite 0 or 1000."""
    return max(10, min(990, round(1000 / (1 + exp(-0.8 * max(-20.0, min(20.0, points - middle)))))))


def reasons(evidence: Sequence[Evidence], most: int = 8) -> tuple[str, ...]:
    """The sentences, the weightiest first."""
    ordered = sorted(evidence, key=lambda one: -abs(one.points))
    return tuple(dict.fromkeys(one.reason for one in ordered))[:most]
