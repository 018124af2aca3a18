"""Whether shares differ by more than chance, held to published values and to a plain recount."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.leads.evenness import Of, beyond, evenness, pearson

GROUPS = st.lists(
    st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=8
).map(lambda pairs: [Of(f"g{number}", k, n) for number, (k, n) in enumerate(pairs)])  # fmt: skip


@pytest.mark.parametrize(
    ("value", "freedom", "chance"),
    [(3.841, 1, 0.05), (6.635, 1, 0.01), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05), (18.307, 10, 0.05),
     (11.070, 5, 0.05), (124.342, 100, 0.05), (0.0, 3, 1.0)],
)  # fmt: skip
def test_chi_square_as_in_the_tables(value: float, freedom: int, chance: float) -> None:
    """The critical values that every textbook prints."""
    assert beyond(value, freedom) == pytest.approx(chance, abs=2e-5)


def test_without_freedom_there_is_no_chance() -> None:
    """One group differs from nothing."""
    with pytest.raises(ValueError, match="degree of freedom"):
        beyond(1.0, 0)


def test_pearson_by_hand() -> None:
    """Thirty of fifty and twenty of fifty: four cells, each five off twenty-five."""
    assert pearson([Of("a", 30, 50), Of("b", 20, 50)]) == pytest.approx(4.0)


def test_even_and_uneven() -> None:
    """Alike is even; ninety of a hundred against fifty of a hundred is not."""
    assert evenness([Of("ada", 50, 100), Of("ben", 54, 100)]).word == "even"
    found = evenness([Of("ada", 90, 100), Of("ben", 50, 100)])
    assert found.word == "uneven"
    assert found.chance is not None
    assert found.chance < 1e-8
    assert [name for name, _ in found.groups] == ["ada", "ben"]


def test_too_few_to_tell() -> None:
    """One group, none, and groups so small that chance alone may do anything."""
    assert evenness([]).word == "cannot tell"
    assert evenness([Of("ada", 5, 9), Of("ben", 0, 0)]).why == "there are no two to compare"
    found = evenness([Of("ada", 3, 4), Of("ben", 0, 3)])
    assert (found.word, found.chance) == ("cannot tell", None)
    assert found.why.startswith("two groups are needed")


def test_small_groups_are_taken_together() -> None:
    """Three who had seven offers each are tested as one; a single small one is left out, and named."""
    small = [Of(name, 4, 7) for name in ("cem", "dia", "eva")]
    found = evenness([Of("ada", 30, 60), Of("ben", 31, 60), *small])
    assert (found.word, found.together, found.left_out) == ("even", ("cem", "dia", "eva"), ())
    found = evenness([Of("ada", 30, 60), Of("ben", 31, 60), Of("cem", 1, 4)])
    assert (found.word, found.together, found.left_out) == ("even", (), ("cem",))


def test_all_or_none_is_even() -> None:
    """Where everybody accepts everything nobody differs."""
    assert evenness([Of("ada", 19, 19), Of("ben", 12, 12)]).word == "even"
    assert evenness([Of("ada", 9, 9), Of("ben", 2, 2)]).word == "cannot tell"  # two of two say nothing
    assert evenness([Of("ada", 0, 19), Of("ben", 0, 10)]).word == "even"


@given(GROUPS)
def test_whatever_the_counts_are(groups: list[Of]) -> None:
    """A word, a chance between nothing and one or none at all, and every group of somebody is there."""
    found = evenness(groups)
    assert {name for name, _ in found.groups} == {one.name for one in groups if one.n}
    assert found.chance is None or 0 <= found.chance <= 1
    assert (found.chance is None) == (found.word == "cannot tell") == bool(found.why)
    assert evenness(groups[::-1]) == found


def test_groups_treated_alike_are_seldom_called_uneven() -> None:
    """Of 2,000 offices where everybody accepts 60 in 100, about one in twenty is called uneven by chance."""
    chance = random.Random(5)
    called = told = 0
    for _ in range(2_000):
        groups = []
        for name in "abcd":
            n = chance.randint(8, 40)
            groups.append(Of(name, sum(chance.random() < 0.6 for _ in range(n)), n))
        word = evenness(groups).word
        told += word != "cannot tell"
        called += word == "uneven"
    assert told > 1_500
    assert called / told == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / told))
