"""The range of clicks, and the counts in stretches of time that the rules stand on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.responses import Clicks, Verdict
from commsleads.rules.clicks import clicks
from commsleads.rules.clicks.spreads import spread

counts = st.dictionaries(st.sampled_from([str(one) for one in Verdict]), st.integers(0, 10**9))


@given(counts)
def test_the_range_is_in_order(some: dict[str, int]) -> None:
    """Certain people, best, without machines, all: none is above the next."""
    found = clicks(some)
    assert found.certain_human <= found.best <= found.not_machine <= found.all == sum(some.values())
    assert found.all - found.not_machine == some.get(Verdict.MACHINE, 0)


def test_no_clicks_are_none() -> None:
    """Nothing counted is nothing, and less than nothing is a fault of whoever counts."""
    assert clicks({}) == Clicks()
    with pytest.raises(ValueError, match="below 0"):
        clicks({"certain_human": -1})


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abc")), max_size=30), st.integers(0, 10))
def test_a_spread_is_the_fullest_stretch_around(rows: list[tuple[int, str]], within: int) -> None:
    """The quick count agrees with the plain one: every stretch that begins at a hit and holds this one."""
    rows.sort()
    times, keys = [time for time, _ in rows], [key for _, key in rows]
    plain = [
        max(
            len({key for time, key in rows if start <= time <= start + within})
            for start in times
            if start <= mine <= start + within
        )
        for mine in times
    ]
    assert spread(times, keys, within) == plain
