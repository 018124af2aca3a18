"""Values as text and back, exactly: what the facts are made of, and nothing else.

It is read back from a database, so it is data and never code: only plain Python values and our own frozen classes of
the modules in `OURS` are ever made. What is none of these is refused on the way in, and on the way out.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from importlib import import_module
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.errors import CommsleadsError

OURS = re.compile(
    r"commsleads\.(?:facts(?:\.\w+)+|rules(?:\.\w+)+|contract|criteria|enquiries|journey|plan|responses|letters)"
)
"""The modules of which classes are made."""
_PLAIN = (str, int, float, bool, type(None))


class UnpackableError(CommsleadsError):
    """A value that cannot be kept as text, or a text that no value can be made of."""


class Packer:
    """Turns values into JSON. Frozen objects that come twice are written once; their order is that of `Unpacker`."""

    def __init__(self, *, shared: bool = True) -> None:
        self.classes: list[list[Any]] = []
        self._places: dict[type, int] = {}
        self._shared = shared
        self._known: dict[int, int] = {}
        self._alive: list[Any] = []

    def pack(self, value: Any) -> Any:
        """A value as JSON knows it. Raises `UnpackableError`."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if (maker := _MAKERS.get(kind)) is not None:
            return maker(self, value)
        if isinstance(value, Enum):
            return ["E", self._place(kind, ()), value.name]
        if isinstance(value, tuple) and hasattr(kind, "_fields"):
            return ["@", self._place(kind, kind._fields), *map(self.pack, value)]
        if is_dataclass(value):
            return self._object(kind, value)
        raise UnpackableError(f"{kind.__module__}.{kind.__qualname__} is no value that can be kept")

    def _object(self, kind: type, value: Any) -> Any:
        known = self._known.get(id(value))
        if known is not None:
            return ["#", known]
        names = _names(kind)
        found = ["@", self._place(kind, names), *(self.pack(getattr(value, name)) for name in names)]
        if self._shared:
            self._known[id(value)] = len(self._alive)
            self._alive.append(value)  # an id is its own as long as it lives
        return found

    def _place(self, kind: type, names: tuple[str, ...]) -> int:
        place = self._places.get(kind)
        if place is None:
            if not OURS.fullmatch(kind.__module__) or "." in kind.__qualname__:
                raise UnpackableError(f"{kind.__module__}.{kind.__qualname__} is no value that can be kept")
            place = self._places[kind] = len(self.classes)
            self.classes.append([kind.__module__, kind.__qualname__, *names])
        return place


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _moment(packer: Packer, value: datetime) -> Any:
    zone: Any = None
    if value.tzinfo is not None and value.tzinfo is not UTC:
        if not isinstance(value.tzinfo, (ZoneInfo, timezone)):
            raise UnpackableError("a time of that zone cannot be kept")
        zone = packer.pack(value.tzinfo)
    utc = value.tzinfo is UTC
    return ["d", value.replace(tzinfo=None, fold=0).isoformat(), "u" if utc else zone, *([1] if value.fold else [])]


def _zone(_: Packer, value: ZoneInfo) -> Any:
    if value.key is None:
        raise UnpackableError("a zone without a name cannot be kept")
    return ["Z", value.key]


def _offset(_: Packer, value: timezone) -> Any:
    delta = value.utcoffset(None)
    return ["u"] if value is UTC else ["o", delta.days, delta.seconds]


def _pairs(mark: str) -> Callable[[Packer, Mapping[Any, Any]], Any]:
    def pack(packer: Packer, value: Mapping[Any, Any]) -> Any:
        found: list[Any] = [mark]
        for key, item in value.items():
            found += (packer.pack(key), packer.pack(item))
        return found

    return pack


def _set(mark: str) -> Callable[[Packer, Any], Any]:
    def pack(packer: Packer, value: Any) -> Any:
        return [mark, *sorted((packer.pack(item) for item in value), key=_json)]

    return pack


def _row(mark: str) -> Callable[[Packer, Any], Any]:
    def pack(packer: Packer, value: Any) -> Any:
        return [mark, *[item if type(item) in _PLAIN else packer.pack(item) for item in value]]

    return pack


_MAKERS: dict[type, Callable[[Packer, Any], Any]] = {
    list: _row("["),
    tuple: _row("("),
    dict: _pairs("{"),
    MappingProxyType: _pairs("P"),
    Counter: _pairs("C"),
    set: _set("S"),
    frozenset: _set("F"),
    datetime: _moment,
    date: lambda _, value: ["D", value.isoformat()],
    time: lambda packer, value: ["T", value.replace(tzinfo=None).isoformat(), packer.pack(value.tzinfo)],
    timedelta: lambda _, value: ["~", value.days, value.seconds, value.microseconds],
    timezone: _offset,
    ZoneInfo: _zone,
    bytes: lambda _, value: ["b", base64.b64encode(value).decode()],
    range: lambda _, value: ["r", value.start, value.stop, value.step],
}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Unpacker:
    """Makes values of what a `Packer` wrote. Raises `UnpackableError` for anything else."""

    def __init__(self, classes: Any) -> None:
        self._classes = [_class(found) for found in classes]
        self._objects: list[Any] = []

    def unpack(self, found: Any) -> Any:
        if type(found) in _PLAIN:
            return found
        if not isinstance(found, list) or not found or not isinstance(found[0], str):
            raise UnpackableError("What is kept of it is no value.")
        mark, *rest = found
        try:
            if mark == "@":
                return self._object(*rest)
            if mark == "#":
                return self._objects[rest[0]]
            if mark == "E":
                return self._classes[rest[0]][0][rest[1]]
            if mark == "d":
                return _moment_of(self, *rest)
            return _READERS[mark](self, rest)
        except (KeyError, IndexError, TypeError, ValueError, OSError, OverflowError) as error:
            raise UnpackableError(f"What is kept of it cannot be read: {error}") from error

    def _object(self, place: int, *values: Any) -> Any:
        kind, names = self._classes[place]
        make: Any = kind
        made = [self.unpack(value) for value in values]
        if not is_dataclass(kind):
            return make(**dict(zip(names, made, strict=True)))
        given = dict(zip(names, made, strict=True))
        value = make(**{one.name: given.pop(one.name) for one in fields(kind) if one.init and one.name in given})
        for name, item in given.items():
            object.__setattr__(value, name, item)
        self._objects.append(value)
        return value

    def pairs(self, items: list[Any]) -> dict[Any, Any]:
        made = [self.unpack(item) for item in items]
        return dict(zip(made[::2], made[1::2], strict=True))


def _class(found: Any) -> tuple[Any, tuple[str, ...]]:
    """A class of ours by its module and name. Nothing else is imported."""
    module, name, *names = map(str, found)
    if not OURS.fullmatch(module) or not name.isidentifier():
        raise UnpackableError(f"{module[:80]}.{name[:80]} is no value of ours.")
    try:
        kind = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise UnpackableError(f"This program knows no {module}.{name} any more.") from None
    ours = isinstance(kind, type) and kind.__module__ == module
    if not ours or not (is_dataclass(kind) or issubclass(kind, Enum) or hasattr(kind, "_fields")):
        raise UnpackableError(f"{module}.{name} is no value of ours.")
    return kind, tuple(names)


def _moment_of(unpacker: Unpacker, text: str, zone: Any, fold: int = 0) -> datetime:
    tz = UTC if zone == "u" else unpacker.unpack(zone)
    return datetime.fromisoformat(text).replace(tzinfo=tz, fold=fold)


_READERS: dict[str, Callable[[Unpacker, list[Any]], Any]] = {
    "[": lambda unpacker, rest: [unpacker.unpack(item) for item in rest],
    "(": lambda unpacker, rest: tuple(unpacker.unpack(item) for item in rest),
    "{": lambda unpacker, rest: unpacker.pairs(rest),
    "P": lambda unpacker, rest: MappingProxyType(unpacker.pairs(rest)),
    "C": lambda unpacker, rest: Counter(unpacker.pairs(rest)),
    "S": lambda unpacker, rest: {unpacker.unpack(item) for item in rest},
    "F": lambda unpacker, rest: frozenset(unpacker.unpack(item) for item in rest),
    "D": lambda _, rest: date.fromisoformat(rest[0]),
    "T": lambda unpacker, rest: time.fromisoformat(rest[0]).replace(tzinfo=unpacker.unpack(rest[1])),
    "~": lambda _, rest: timedelta(*rest),
    "u": lambda _, rest: UTC,  # noqa: ARG005
    "o": lambda _, rest: timezone(timedelta(days=rest[0], seconds=rest[1])),
    "Z": lambda _, rest: ZoneInfo(rest[0]),
    "b": lambda _, rest: base64.b64decode(rest[0]),
    "r": lambda _, rest: range(*rest),
}
