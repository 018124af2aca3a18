"""Holes between the stretches in which the redirector ran."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.campaigns.watched import holes

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_what_lies_between_two_processes_is_a_hole() -> None:
    """A restart is none, an hour is one; before the first and after the last as well."""
    ran = [(at(10), at(60)), (at(62), at(100)), (at(160), at(170))]
    assert holes(ran, at(0), at(240)) == [(at(0), at(10)), (at(100), at(160)), (at(170), at(240))]
    assert holes(ran, at(20), at(98)) == []
    assert holes(ran, at(110), at(120)) == [(at(110), at(120))]


def test_where_nothing_ran_all_is_a_hole() -> None:
    """No process, nothing observed."""
    assert holes([], at(0), at(60)) == [(at(0), at(60))]
    assert holes([], at(0), at(1)) == []


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200)), max_size=8))
def test_holes_and_stretches_share_nothing(given_: list[tuple[int, int]]) -> None:
    """However the stretches overlap: holes lie inside, in order, at least five minutes long, and touch no stretch."""
    ran = sorted((at(first), at(first + length)) for first, length in given_)
    found = holes(ran, at(100), at(400))
    for first, last in found:
        assert at(100) <= first < last <= at(400)
        assert last - first >= timedelta(minutes=5)
        assert all(end <= first or start >= last for start, end in ran)
    assert found == sorted(found)
