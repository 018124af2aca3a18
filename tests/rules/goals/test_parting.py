"""The difference between two products is split exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.goals.parting import LONGEST, chain, shares, split, told

FRACTIONS = st.fractions(min_value=0, max_value=1000, max_denominator=60)
PAIRS = st.lists(st.tuples(FRACTIONS, FRACTIONS), min_size=1, max_size=5)
PARTS = st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=4000), min_size=1, max_size=6)


@st.composite
def falling(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Two chains of counts of the same length that never rise."""
    n = draw(st.integers(1, 4))
    sides = []
    for _ in range(2):
        counts = [draw(st.integers(0, 10_000))]
        while len(counts) < n:
            counts.append(draw(st.integers(0, counts[-1])))
        sides.append(counts)
    return sides[0], sides[1]


def product(values: list[Fraction]) -> Fraction:
    total = Fraction(1)
    for value in values:
        total *= value
    return total


@given(PAIRS)
def test_the_parts_add_up_to_the_difference_exactly(pairs: list[tuple[Fraction, Fraction]]) -> None:
    """Whatever the factors are, nothing is left over."""
    actual, expected = [one for one, _ in pairs], [other for _, other in pairs]
    assert sum(split(actual, expected)) == product(actual) - product(expected)


@given(PAIRS)
def test_swapped_sides_turn_the_parts_round(pairs: list[tuple[Fraction, Fraction]]) -> None:
    """What is so many fewer one way is as many more the other way, cause by cause."""
    actual, expected = [one for one, _ in pairs], [other for _, other in pairs]
    assert split(expected, actual) == tuple(-part for part in split(actual, expected))


@given(PAIRS, st.integers(0, 4))
def test_a_factor_that_did_not_change_gets_nothing(pairs: list[tuple[Fraction, Fraction]], place: int) -> None:
    """However much the others changed."""
    place %= len(pairs)
    pairs[place] = (pairs[place][0], pairs[place][0])
    assert split([one for one, _ in pairs], [other for _, other in pairs])[place] == 0


@given(PAIRS)
def test_the_split_is_the_mean_over_all_orders(pairs: list[tuple[Fraction, Fraction]]) -> None:
    """The formula by subsets is Shapley's definition, worked out one order after the other."""
    actual, expected = [one for one, _ in pairs], [other for _, other in pairs]
    sums = [Fraction(0)] * len(pairs)
    orders = list(permutations(range(len(pairs))))
    for order in orders:
        now = list(expected)
        for place in order:
            before = product(now)
            now[place] = actual[place]
            sums[place] += product(now) - before
    assert split(actual, expected) == tuple(total / len(orders) for total in sums)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_the_factors_does_not_matter(pairs: list[tuple[Fraction, Fraction]], chance: object) -> None:
    """Each factor gets its part wherever it stands."""
    order = list(range(len(pairs)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    mixed = split([pairs[k][0] for k in order], [pairs[k][1] for k in order])
    plain = split([one for one, _ in pairs], [other for _, other in pairs])
    assert mixed == tuple(plain[k] for k in order)


def test_two_factors_by_hand() -> None:
    """100 leads of which half qualify, then 80 of which a quarter do: each change at the mean of the other factor."""
    volume, share = split([80, Fraction(1, 4)], [100, Fraction(1, 2)])
    assert volume == -20 * Fraction(3, 8)
    assert share == -90 * Fraction(1, 4)
    assert volume + share == 20 - 50


@given(falling())
def test_a_chain_adds_up_for_all_counts(sides: tuple[list[int], list[int]]) -> None:
    """Also where nobody came to a step on one side, or on both."""
    actual, expected = sides
    parts = chain(actual, expected)
    assert sum(parts) == actual[-1] - expected[-1]
    assert chain(expected, actual) == tuple(-part for part in parts)


def test_where_nobody_came_all_of_it_is_that_nobody_came() -> None:
    """Of none, nobody can tell how many would have qualified: the whole difference is one of volume."""
    assert [*map(int, chain([0, 0], [30, 10]))] == [-10, 0]
    assert [*map(int, chain([30, 0, 0], [30, 10, 5]))] == [0, -5, 0]
    assert [*map(int, chain([0, 0], [0, 0]))] == [0, 0]
    assert shares([0, 0]) == (Fraction(0), None)


def test_what_cannot_be_is_refused() -> None:
    """Something out of nothing, factors without a partner, and more of them than anybody plans with."""
    with pytest.raises(ValueError, match="nothing entered"):
        chain([0, 3], [10, 3])
    with pytest.raises(ValueError, match="cannot be held against"):
        split([1, 2], [1])
    with pytest.raises(ValueError, match="factors"):
        split([1] * (LONGEST + 1), [1] * (LONGEST + 1))


@given(PARTS, st.sampled_from((1, 10, 1000)))
def test_what_is_told_adds_up_to_the_last_digit(parts: list[Fraction], unit: int) -> None:
    """The told parts make the told difference, each is less than a unit off, and nothing stays nothing."""
    whole = told(parts, unit)
    total = sum(parts, Fraction(0))
    assert abs(sum(whole) - total * unit) <= Fraction(1, 2)
    for one, part in zip(whole, parts, strict=True):
        assert -1 < one - part * unit < 1
        assert part or one == 0


@given(PARTS, st.sampled_from((1, 10, 1000)))
def test_what_is_told_turns_round_as_well(parts: list[Fraction], unit: int) -> None:
    """Rounding prefers no side."""
    assert told([-part for part in parts], unit) == tuple(-one for one in told(parts, unit))
