"""How much a story weighs in a quality-weighted share of voice: by who printed it and by where it names somebody.

A weight is a convention and no measurement. Ours are small whole numbers that anybody can check: the best outlet that
carried a story counts 3 (tier 1), 2 (tier 2) or 1 (tier 3, or not in the register), doubled where the name stands in
the headline or the lead. The plain share always stands beside the weighted one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

TIERS: Mapping[int | None, int] = MappingProxyType({1: 3, 2: 2, 3: 1, None: 1})
"""What the best outlet of a story counts, by its tier."""


class Weighted(NamedTuple):
    """A part of all weight, with its interval; all None where there is no weight to divide by. `weight` is its own."""

    value: float | None
    low: float | None
    high: float | None
    weight: float


def prominence(field: str, *, lead: bool) -> int:
    """2 for a headline or lead, 1 for a mention in passing. `field` is title or text, `lead` that of a match."""
    return 2 if field == "title" or lead else 1


def weight(tier: int | None, place: int) -> int:
    """What a story weighs for a name that stands at `place` (1 or 2, see `prominence`)."""
    return TIERS.get(tier, TIERS[None]) * place


def heaviest(stories: Iterable[Mapping[str, int]]) -> list[int]:
    """What each story weighs in all: as much as for the name that it gives most weight to."""
    return [max(names.values()) for names in stories if names]


def weighted(name: str, stories: Sequence[Mapping[str, int]]) -> Weighted:
    """The part of one name in the weight of these stories, each given as names with what it weighs for them.

    A story that names two counts for both, as in the plain share. The interval is Wilson's with the effective number of
    stories (Kish 1965: the square of the sum of weights over the sum of their squares): a few heavy stories carry less
    than many light ones.
    """
    every = heaviest(stories)
    whole = sum(every)
    mine = sum(names.get(name, 0) for names in stories)
    if not whole:
        return Weighted(None, None, None, 0)
    share, n = mine / whole, whole**2 / sum(one * one for one in every)
    from commsleads.rules.figures import score_interval  # the intake weighs nothing, and reads this module

    return Weighted(share, *score_interval(share, n), mine)
