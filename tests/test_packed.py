"""Values as text and back: exactly what went in, and nothing but our own values ever comes out."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.contract import Period
from commsleads.enquiries import State
from commsleads.facts.packed import Packer, UnpackableError, Unpacker
from commsleads.facts.values import Figure, Took
from commsleads.plan import Watch
from commsleads.rules.figures import wilson

ZONES = st.sampled_from(
    [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("UTC"), timezone(timedelta(hours=5, minutes=30)), None]
)
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary(max_size=20),
    st.dates(), st.times(), st.timedeltas(), st.datetimes(timezones=st.none()),
    st.builds(lambda at, zone: at.replace(tzinfo=zone), st.datetimes(), ZONES),
    st.sampled_from([*State, ZoneInfo("Asia/Kolkata"), UTC, range(3, 9, 2)]),
    st.builds(Took, st.integers(), st.floats(allow_nan=False)),
    st.builds(lambda k, n: wilson(min(k, n), n), st.integers(0, 50), st.integers(0, 50)),
    st.builds(Watch, id=st.text(), any=st.tuples(st.text())),
)  # fmt: skip
KEYS = st.one_of(st.text(), st.integers(), st.tuples(st.text(), st.integers()))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=4).map(MappingProxyType),
        st.frozensets(st.one_of(st.text(), st.integers(), st.dates()), max_size=4),
        st.sets(st.text(), max_size=4),
        st.dictionaries(st.text(), st.integers(), max_size=4).map(Counter),
    ),
    max_leaves=12,
)


def back(value: Any) -> Any:
    """A value through JSON and back."""
    packer = Packer()
    text = json.dumps([packer.pack(value), packer.classes])
    found, classes = json.loads(text)
    return Unpacker(classes).unpack(found)


def shape(value: Any) -> Any:
    """A value with the types of all its parts, so that a tuple is no list and a zone no other."""
    if isinstance(value, dict | MappingProxyType):
        return type(value), [(shape(key), shape(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [shape(item) for item in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=None), type(value.tzinfo), str(value.tzinfo), value.fold
    return type(value), value


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    """Types, zones, folds and the order of keys included."""
    assert shape(back(value)) == shape(value)


def test_the_hour_that_comes_twice_comes_back_as_the_same_of_both() -> None:
    """A time in the hour when clocks go back keeps which of the two it is."""
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (back(second).fold, back(second).utcoffset()) == (1, timedelta(hours=1))


def test_what_was_one_object_is_one_again() -> None:
    """A figure that stands in two answers is written once, and is the same object in both."""
    figure = Figure(value=1, previous=None, median_4=None, median_8=None, n=0, low=None, high=None, definition="d",
                    rows=("a",), query="q")  # fmt: skip
    one, other = back([figure, (figure, Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)))])
    assert one == figure
    assert one is other[0]


class Strange:
    """A class of somebody else."""


@pytest.mark.parametrize("value", [object(), Strange(), print, open, iter([1]), Strange, {"a": [Strange()]}, json])
def test_what_is_no_value_is_refused_on_the_way_in(value: Any) -> None:
    """Functions, sessions, classes of others: nothing of it is kept by a guess."""
    with pytest.raises(UnpackableError):
        Packer().pack(value)


@pytest.mark.parametrize(
    "found",
    [
        [["os", "system"]], [["builtins", "eval", "x"]], [["subprocess", "Popen", "args"]],
        [["commsleads.store.sqlite", "SqliteSession", "connection"]], [["commsleads.app", "App"]],
        [["commsleads.facts.ground", "Ground"]], [["commsleads.facts.values", "datetime"]],
        [["commsleads.plan", "Mapping"]], [["commsleads.rules.figures.nothing", "X"]], [["commsleads.plan", "a.b"]],
        [["commsleads.facts...values", "Took"]], [["commsleads.plan; import os", "X"]], [[]], [["x"]], [1], 7, None,
    ],
)  # fmt: skip
def test_nothing_but_our_values_is_ever_made(found: Any) -> None:
    """Names out of a database are data: other classes and modules are not even looked at."""
    with pytest.raises((UnpackableError, TypeError, ValueError)):
        Unpacker(found).unpack(["@", 0])


@given(st.recursive(st.one_of(st.none(), st.integers(), st.text(max_size=3)), lambda x: st.lists(x, max_size=5)))
def test_any_other_text_is_refused_or_a_value(found: Any) -> None:
    """Damaged inputs raise one error of ours, whatever the damage."""
    with contextlib.suppress(UnpackableError):
        Unpacker([["commsleads.facts.values", "Took", "n", "rate", "low", "high"]]).unpack(found)


def test_days_and_times_are_what_they_were() -> None:
    """A day is no instant, and a time keeps its zone."""
    assert back([date(2026, 1, 1), time(9, 30, tzinfo=UTC)]) == [date(2026, 1, 1), time(9, 30, tzinfo=UTC)]
