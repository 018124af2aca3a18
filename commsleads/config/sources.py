"""The sources: our own keys, and beside them those of the collector that `kind` names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from commsleads.config.notes import Notes, show, sort_of
from commsleads.config.places import place
from commsleads.config.scalars import Reader, duration, identifier, line, web_address
from commsleads.config.tables import Plan, entries, keys, make, plan_of
from commsleads.contract import Collector, Report, Source
from commsleads.errors import PluginError

USUAL = timedelta(hours=1)
"""How often a source is polled whose `every` is not given."""


_HERE = Path()


class Plugins(Protocol):
    """What the loader must know of the plug-ins; `commsleads.plugins.Plugins` is the real one."""

    def kinds(self) -> Sequence[str]: ...
    def report_names(self) -> Sequence[str]: ...
    def collector(self, kind: str) -> Collector[Any]: ...
    def report(self, name: str) -> Report[Any]: ...


class _Kind(NamedTuple):
    """How a source of one kind is read, or why it cannot be."""

    plan: Plan
    own: tuple[str, ...] = ()
    settings: type[Any] | None = None
    usual: Any = None
    problem: str = ""


def _kind(value: Any, where: str, notes: Notes) -> str | None:
    if type(value) is str:
        return value
    notes.wrong(where, f'must be the name of a collector, such as "feeds", and not {sort_of(value)}')
    return None


COMMON: dict[str, Reader] = {
    "id": identifier,
    "kind": _kind,
    "url": web_address,
    "every": duration(timedelta(seconds=1), timedelta(days=366)),
    "name": line,
}
REQUIRED = frozenset({"id", "kind", "url"})


def read(value: Any, plugins: Plugins, notes: Notes, folder: Path = _HERE) -> tuple[Source[Any], ...]:
    """Every source that could be read; the notes say why the others could not.

    Paths, where a collector takes them, are relative to `folder`.
    """
    kinds: dict[str, _Kind] = {}
    found: list[Source[Any]] = []
    for number, entry in enumerate(entries(value, "sources", notes)):
        where = f"sources[{number}]"
        if type(entry) is not dict:
            notes.wrong(where, f"must be a table and not {sort_of(entry)}")
            continue
        word = entry.get("kind")
        name = word if type(word) is str else ""
        kind = kinds.get(name)
        if kind is None:
            kind = kinds[name] = _learn(name, plugins, notes, folder)
        if kind.problem:
            notes.wrong(f"{where}.kind", kind.problem)
        if source := _source(kind, entry, where, notes):
            found.append(source)
    return tuple(found)


def _source(kind: _Kind, entry: dict[str, Any], where: str, notes: Notes) -> Source[Any] | None:
    if kind.settings is None:  # nobody can say which of the other keys are known
        entry = {key: value for key, value in entry.items() if key in COMMON}
    values = keys(kind.plan, entry, where, notes)
    if values is None or kind.settings is None:
        return None
    own = {key: values.pop(key) for key in kind.own if key in values}
    settings = make(kind.settings, own, where, notes) if own or kind.usual is None else kind.usual
    if settings is None:
        return None
    return Source(
        id=values["id"],
        kind=values["kind"],
        url=values["url"],
        every=values.get("every", USUAL),
        settings=settings,
        name=values.get("name", ""),
    )


def _learn(name: str, plugins: Plugins, notes: Notes, folder: Path) -> _Kind:
    """What the collector's `Settings` add to the common keys."""
    alone = Plan(COMMON, REQUIRED)
    if not name:
        return _Kind(alone)
    installed = plugins.kinds()
    if name not in installed:
        problem = f"is {show(name)}, and no such collector is installed; {notes.nearest(name, installed)}"
        meant = notes.near(name, installed)
        return (_learn(meant, plugins, notes, folder) if meant else _Kind(alone))._replace(problem=problem)
    try:
        collector = plugins.collector(name)
        settings = collector.Settings
        own = plan_of(settings)
    except PluginError as error:
        return _Kind(alone, problem=f"cannot be used: {error}")
    except (TypeError, NameError) as error:
        return _Kind(alone, problem=f"is {show(name)}, whose collector has a fault: {error}")
    schemes = getattr(collector, "schemes", ())
    common = COMMON | {"url": place(tuple(schemes), folder)} if schemes else COMMON
    plan = Plan(own.readers | common, own.required | REQUIRED)
    # Most sources say nothing of their collector's own keys: one frozen value serves them all.
    usual = None if own.required or not _frozen(settings) else make(settings, {}, f"the settings of {name}", notes)
    return _Kind(plan, tuple(key for key in own.readers if key not in COMMON), settings, usual)


def _frozen(cls: type[Any]) -> bool:
    return bool(cls.__dataclass_params__.frozen)
