"""How a key message stands in a story: what a rule found, and what a person said of it. A person's word counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Said(NamedTuple):
    """A message in a story. `prominence`: 0 not there, 1 somewhere, 2 headline or lead. `accuracy`: 0 wrong, 1 partly,
    2 right, None where no person has said. `judged`: whether a person has said anything."""

    prominence: int
    accuracy: int | None
    judged: bool


def standing(by_rule: int, words: Mapping[str, str]) -> Said:
    """What holds, of the prominence a rule found (0 for none) and people's words on presence, prominence, accuracy.

    Somebody who judges how right a message is, or how prominent, has seen it there.
    """
    prominence = by_rule
    accuracy = int(words["accuracy"]) if "accuracy" in words else None
    if "prominence" in words:
        prominence = int(words["prominence"])
    elif accuracy is not None:
        prominence = prominence or 1
    if words.get("presence") == "1":
        prominence = prominence or 1
    elif words.get("presence") == "0":
        prominence = 0
    return Said(prominence, accuracy if prominence else None, bool(words))
