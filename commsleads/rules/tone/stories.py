"""How one story speaks of us: what people said of it, and the machine's chances over our watches that it names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from commsleads.rules.tone import Chances
from commsleads.rules.tone.reliability import TONES

SAID = (*TONES, "mixed")
"""What a person can say. A machine never says mixed: it gives chances instead."""

US = ""
"""In place of a watch: us as a whole."""

DOUBTFUL = 600
"""Thousandths of the likeliest tone below which a story belongs before a person first."""


def said(words: Mapping[str, str]) -> str:
    """One word out of what people said of a story, by watch: that on us as a whole, else that on all watches alike.

    Where they differ: mixed if one is good and another bad or any is mixed, else the one that is not neutral. '' for
    nothing said.
    """
    if US in words:
        return words[US]
    kinds = set(words.values())
    if "mixed" in kinds or {"positive", "negative"} <= kinds:
        return "mixed"
    return next((kind for kind in ("negative", "positive", "neutral") if kind in kinds), "")


def together(found: Iterable[Sequence[int]]) -> Chances | None:
    """The mean of the chances for several watches (or sentences), in thousandths that add up to 1000; None of none."""
    rows = list(found)
    if not rows:
        return None
    if len(rows) == 1:
        return Chances(*rows[0])
    negative, positive = (round(sum(row[place] for row in rows) / len(rows)) for place in (0, 2))
    return Chances(negative, 1000 - negative - positive, positive)


def likeliest(chances: Sequence[int]) -> str:
    """The tone with the greatest chance; of two alike the less flattering one."""
    return TONES[max(range(3), key=chances.__getitem__)]


def doubt(chances: Sequence[int] | None) -> float:
    """How little is known, 0 (certain) to 1 (anything goes): Shannon's entropy as a share of the greatest possible."""
    if chances is None:
        return 1.0
    parts = [one / 1000 for one in chances if one > 0]
    return max(0.0, -math.fsum(one * math.log(one) for one in parts) / math.log(3))


def urgency(chances: Sequence[int] | None, weight: int) -> float:
    """How much a person's look is worth: doubt times the weight of the story (`rules.prominence`), and a likely
    negative one first, because that is the error that costs most."""
    bad = 1.0 if chances is None else 1.0 + chances[0] / 1000
    return doubt(chances) * weight * bad
