"""One reader for every table: a dataclass says by its annotations what a TOML table may hold.

Used for the core's own tables and for the `Settings` of every collector, so both give the same messages.
What an annotation cannot say stands in `fields.FIELDS`, or in a `__post_init__` that raises `ValueError`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Literal, NamedTuple, TypeVar

from commsleads.config import scalars
from commsleads.config.notes import Notes, join, sort_of
from commsleads.config.scalars import Reader
from commsleads.config.secrecy import secret_name

T = TypeVar("T")

Overrides = Mapping[str, Reader | None]
"""Field names to readers that know more than the annotation; None hides a field from the file."""


class Plan(NamedTuple):
    """How one class is read: its readers by key, and the keys that must be there."""

    readers: dict[str, Reader]
    required: frozenset[str]


_PLANS: dict[type, Plan] = {}
_SIMPLE: dict[Any, Reader] = {
    str: scalars.text,
    int: scalars.whole(),
    float: scalars.number,
    bool: scalars.truth,
    date: scalars.day,
    time: scalars.clock,
    timedelta: scalars.duration(),
    Any: lambda value, _where, _notes: value,
}


def plan_of(cls: type, overrides: Overrides | None = None) -> Plan:
    """The plan of a class, made once. Raises `TypeError` for annotations that no TOML value can fill."""
    found = _PLANS.get(cls)
    if found is None:
        hints = typing.get_type_hints(cls, include_extras=False)
        readers: dict[str, Reader] = {}
        for field in fields(cls):
            special = overrides.get(field.name, MISSING) if overrides else MISSING
            if special is not None and field.init:
                readers[field.name] = special if special is not MISSING else _reader(hints[field.name], field.name)
        required = (f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING)
        found = _PLANS[cls] = Plan(readers, frozenset(required) & readers.keys())
    return found


def table(cls: type[T], value: Any, where: str, notes: Notes) -> T | None:
    """The table as a `cls`, or None when something in it was wrong; then the notes say what."""
    if type(value) is not dict:
        notes.wrong(where, f"must be a table and not {sort_of(value)}")
        return None
    values = keys(plan_of(cls), value, where, notes)
    return None if values is None else make(cls, values, where, notes)


def keys(plan: Plan, value: dict[str, Any], where: str, notes: Notes) -> dict[str, Any] | None:
    """Every key of a table read by its plan."""
    found: dict[str, Any] = {}
    readers = plan.readers
    good = True
    for key, given in value.items():
        reader = readers.get(key)
        if reader is None:
            notes.unknown(where, key, readers)
            good = False
            continue
        result = reader(given, f"{where}.{key}", notes)
        if result is None:
            good = False
        found[key] = result
    if not plan.required <= value.keys():
        good = False
        for key in sorted(plan.required - value.keys()):
            notes.wrong(join(where, key), "is missing")
    return found if good else None


def make(cls: type[T], values: dict[str, Any], where: str, notes: Notes) -> T | None:
    """A `cls` of values that have been read; what its `__post_init__` refuses is noted in its words."""
    try:
        return cls(**values)
    except (TypeError, ValueError) as error:
        notes.wrong(where, f"is not right: {error}")
        return None


def tables(cls: type[T], value: Any, where: str, notes: Notes) -> list[T | None]:
    """An array of tables, entry by entry, None where one was wrong."""
    return [table(cls, entry, f"{where}[{number}]", notes) for number, entry in enumerate(entries(value, where, notes))]


def entries(value: Any, where: str, notes: Notes) -> Sequence[Any]:
    """The entries of an array of tables; nothing, and a note, when it is not one."""
    if type(value) is list:
        return value
    if type(value) is dict:
        notes.wrong(where, f"must be written [[{where}]], with two brackets, once for each entry")
    else:
        notes.wrong(where, f"must be a list of [[{where}]] tables and not {sort_of(value)}")
    return ()


def _reader(hint: Any, name: str) -> Reader:
    """The reader for one annotation."""
    if hint is str and name.endswith("_secret"):
        return secret_name
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        rest = [one for one in arguments if one is not type(None)]
        if len(rest) == 1:
            return _reader(rest[0], name)
    elif origin is Literal and all(isinstance(one, str) for one in arguments):
        return scalars.choice(*arguments)
    elif origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return scalars.listed(_reader(arguments[0], name))
    elif origin in {dict, Mapping} and arguments[0] is str:
        return _mapping(_reader(arguments[1], name))
    elif isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return _enumerated(hint)
        if is_dataclass(hint):
            return lambda value, where, notes: table(hint, value, where, notes)
    raise TypeError(f"{name}: no value in a settings file can be a {hint}")


def _enumerated(kind: type[StrEnum]) -> Reader:
    words = scalars.choice(*(member.value for member in kind))

    def read(value: Any, where: str, notes: Notes) -> StrEnum | None:
        return None if words(value, where, notes) is None else kind(value)

    return read


def _mapping(item: Reader) -> Reader:
    def read(value: Any, where: str, notes: Notes) -> dict[str, Any] | None:
        if type(value) is not dict:
            notes.wrong(where, f"must be a table and not {sort_of(value)}")
            return None
        found = {key: item(one, join(where, key), notes) for key, one in value.items()}
        return None if None in found.values() else found

    return read
