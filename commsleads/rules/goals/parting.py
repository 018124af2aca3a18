"""The difference between two products, split among their factors so that the parts add up to it exactly.

The number that comes out of a chain is a product: leads that came, times the share of them that qualified, times the
share of these that were accepted. The difference between two such products is split by the Shapley value (L. S.
Shapley, A value for n-person games, 1953; for decompositions A. F. Shorrocks, Journal of Economic Inequality 11 (2013)
99-126): the mean, over every order in which the factors could have changed one after the other, of what each then
changed. It prefers no order, gives nothing to a factor that did not change, and turns round when the two are swapped.
All of it is done in fractions; nothing is rounded before it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb, prod

Count = int | Fraction

LONGEST = 8
"""Factors of a chain at most: the orders are worked through by subsets, of which there are 2 ** factors."""


def split(actual: Sequence[Count], expected: Sequence[Count]) -> tuple[Fraction, ...]:
    """What each factor adds to the product of `actual` less the product of `expected`. The parts add up to it exactly.

    Raises ValueError for products of different length, or of more than `LONGEST` factors.
    """
    n = len(actual)
    if n != len(expected) or n > LONGEST:
        raise ValueError(f"{n} factors cannot be held against {len(expected)}")
    parts = []
    for one in range(n):
        rest = [other for other in range(n) if other != one]
        # The mean over all orders: over the sizes of what changed before, then over the subsets of that size.
        mean = Fraction(0)
        for size in range(n):
            chosen = sum(
                prod((actual[k] if k in before else expected[k] for k in rest), start=Fraction(1))
                for before in combinations(rest, size)
            )
            mean += Fraction(chosen) / (n * comb(n - 1, size))
        parts.append(mean * (Fraction(actual[one]) - Fraction(expected[one])))
    return tuple(parts)


def shares(counts: Sequence[Count]) -> tuple[Fraction | None, ...]:
    """A chain of counts as factors: the first count, then each as a share of the one before it.

    A share of nothing is None.
    """
    ratios = (Fraction(after) / Fraction(before) if before else None for before, after in pairwise(counts))
    return (Fraction(counts[0]), *ratios)


def chain(actual: Sequence[Count], expected: Sequence[Count]) -> tuple[Fraction, ...]:
    """What each step of a chain of counts adds to the last of `actual` less the last of `expected`.

    A step that nobody came to has no share. It is taken to be as the other side's, and so adds nothing: with nobody
    there, nobody can tell that it changed. Counts never rise along a chain: after nothing comes nothing. Raises
    ValueError where they do.
    """
    for counts in (actual, expected):
        if any(after and not before for before, after in pairwise(counts)):
            raise ValueError("something came out of a step that nothing entered")
    one, other = shares(actual), shares(expected)
    return split(
        [_either(mine, theirs) for mine, theirs in zip(one, other, strict=True)],
        [_either(theirs, mine) for mine, theirs in zip(one, other, strict=True)],
    )


def _either(share: Fraction | None, instead: Fraction | None) -> Fraction:
    return share if share is not None else instead if instead is not None else Fraction(0)


def told(parts: Sequence[Fraction], unit: int = 1000) -> tuple[int, ...]:
    """The parts in whole units (thousandths), which add up to their sum in whole units: largest remainder.

    The sum is rounded half away from zero; a tie goes to the earlier part. A part of nothing stays nothing, and parts
    turned round are told turned round.
    """
    total = sum(parts, Fraction(0))
    lead = total or next((part for part in parts if part), Fraction(0))
    if lead < 0:
        return tuple(-one for one in told([-part for part in parts], unit))
    whole = [part * unit // 1 for part in parts]
    wanted = (2 * total * unit + 1) // 2
    order = sorted(range(len(parts)), key=lambda k: (whole[k] - parts[k] * unit, k))
    for k in order[: wanted - sum(whole)]:
        whole[k] += 1
    return tuple(whole)
