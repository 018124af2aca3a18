"""How a text speaks of somebody: a hint with its chances, never a fact.

`read` looks at the sentences that name somebody, not at the mood of the text: an earthquake is bad news, and says
nothing against whoever helps. It reads English; of any other language it says that it cannot tell. What it is worth
was measured (docs/tone.md), and is measured again by every correction that people make (`rules.tone.reliability`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.rules.tone.features import features
from commsleads.rules.tone.language import english
from commsleads.rules.tone.passages import MOST, Passage, passage, places
from commsleads.rules.tone.weights import Model, model

__all__ = ["TITLE", "Chances", "Model", "model", "read"]

TITLE = 2
"""What the headline counts, beside sentences of the text that count 1: it is what most people read."""


class Chances(NamedTuple):
    """How a text speaks of somebody, in thousandths that add up to 1000."""

    negative: int
    neutral: int
    positive: int


def read(title: str, text: str, phrases: Sequence[str], language: str = "") -> Chances | None:
    """How a text speaks of whom these phrases name; None where it cannot be told.

    Everything comes folded (`commsleads.text.fold`). `language` is what the source declared (a tag such as en-GB), or
    '': then the small words of the text say. The first `MOST` sentences that name somebody are read; their chances are
    averaged, the headline counting twice. None too where no sentence holds a word beside the name.
    """
    found = [(TITLE, passage(title, *span)) for span in places(title, phrases)[:1]]
    found += [(1, passage(text, *span)) for span in places(text, phrases)[: MOST - len(found)]]
    unlike: dict[Passage, int] = {}
    for counts, one in found:
        if sum(token.isalpha() for token in (*one.tokens[: one.start], *one.tokens[one.end :])) >= 2:
            unlike.setdefault(one, counts)
    if not unlike or not english(f"{title} {text[:2_000]}", language):
        return None
    known = model()
    whole = sum(unlike.values())
    sums = [0.0, 0.0, 0.0]
    for one, counts in unlike.items():
        for place, chance in enumerate(known.chances(features(one))):
            sums[place] += counts * chance / whole
    negative, positive = round(1000 * sums[0]), round(1000 * sums[2])
    return Chances(negative, 1000 - negative - positive, positive)
