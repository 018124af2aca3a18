"""How deep an evaluation goes: by what was written down and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commsleads.rules.campaigns.depth import COMPREHENSIVE, ENHANCED, Depth, There, depth

ALL = dict.fromkeys(There._fields, True)


def test_nothing_written_down_is_basic() -> None:
    """Without a goal there is nothing to evaluate against, and all that is missing is named."""
    assert depth(There()) == Depth("basic", tuple(ENHANCED.values()))


def test_all_there_is_comprehensive() -> None:
    """Nothing is missing at the highest level."""
    assert depth(There(**ALL)) == Depth("comprehensive", ())


@pytest.mark.parametrize("name", list(ENHANCED))
def test_each_of_the_first_four_is_needed_to_be_enhanced(name: str) -> None:
    """Money and a comparison do not make up for a goal."""
    assert depth(There(**ALL | {name: False})) == Depth("basic", (ENHANCED[name],))


@pytest.mark.parametrize("name", list(COMPREHENSIVE))
def test_each_of_the_last_two_is_needed_to_be_comprehensive(name: str) -> None:
    """What it lacks is what is named."""
    assert depth(There(**ALL | {name: False})) == Depth("enhanced", (COMPREHENSIVE[name],))


@given(some.builds(There, *[some.booleans()] * len(There._fields)), some.sampled_from(There._fields))
def test_more_that_is_there_is_never_less(there: There, name: str) -> None:
    """To write down one thing more lowers no level."""
    order = ("basic", "enhanced", "comprehensive")
    before, after = depth(there), depth(there._replace(**{name: True}))
    assert order.index(after.level) >= order.index(before.level)
    assert bool(after.missing) == (after.level != "comprehensive")
