"""How deep an evaluation goes, on the scale of the Government Communication Service: basic, enhanced, comprehensive.

The scale sorts evaluations by what they can answer. What each level asks for here is our reading of it, and stands in
`docs/evaluation.md`. A level is reached by what was written down and counted, never by what was spent.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["basic", "enhanced", "comprehensive"]


class There(NamedTuple):
    """What there is to evaluate by.

    `goal` is a number with a day, `registered` before the start; `outcome` is counted: acts of people aimed at, of how
    many, or qualified leads. `inputs` are money or hours noted. `compared` says that what would have happened anyway is
    known from a control group or from a comparison series that was named before the start.
    """

    objective: bool = False
    goal: bool = False
    registered: bool = False
    outcome: bool = False
    inputs: bool = False
    compared: bool = False


class Depth(NamedTuple):
    """The level reached, and what the next one lacks: clauses for a person; () at the highest."""

    level: Level
    missing: tuple[str, ...]


ENHANCED = {
    "objective": "an objective in words",
    "goal": "a goal with a number and a day",
    "registered": "the goal registered before the start",
    "outcome": "outcomes counted: who did it of how many, or qualified leads",
}
COMPREHENSIVE = {
    "inputs": "what it cost in money or hours",
    "compared": "something to compare with: people held back, or a comparison series named before the start",
}


def depth(there: There) -> Depth:
    """The level, by what there is."""
    missing = tuple(words for name, words in ENHANCED.items() if not getattr(there, name))
    if missing:
        return Depth("basic", missing)
    missing = tuple(words for name, words in COMPREHENSIVE.items() if not getattr(there, name))
    return Depth("enhanced", missing) if missing else Depth("comprehensive", ())
