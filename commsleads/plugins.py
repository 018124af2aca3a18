"""Collectors and reports by name, from the entry points of whatever is installed. The only reader of them.

A plug-in is found by name, loaded when it is first asked for, and made once. The folders of `sys.path` are read
directly: `importlib.metadata` does the same and costs 25 ms to import, a twentieth of a whole polling cycle. It
is asked only when the folders name no plug-in at all, as in a program packed into one file.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from commsleads.contract import Collector, Report
from commsleads.errors import PluginError

COLLECTORS = "commsleads.collectors"
REPORTS = "commsleads.reports"


class Found(NamedTuple):
    """One entry point: the `target` ("module:object") that a distribution offers under a name in a group."""

    group: str
    name: str
    target: str
    distribution: str


class Plugins:
    """The installed collectors and reports. Knows their names at once and imports one when it is asked for."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._offers: dict[tuple[str, str], list[Found]] = {}
        for one in found:
            self._offers.setdefault((one.group, one.name), []).append(one)
        self._made: dict[tuple[str, str], Any] = {}

    def kinds(self) -> tuple[str, ...]:
        """The names of the collectors, in order."""
        return self._names(COLLECTORS)

    def report_names(self) -> tuple[str, ...]:
        """The names of the reports, in order."""
        return self._names(REPORTS)

    def collector(self, kind: str) -> Collector[Any]:
        """The collector of that kind. Raises `PluginError` with the distribution and the object at fault."""
        made: Collector[Any] = self._make(COLLECTORS, kind, "collector", ("collect", "Settings"))
        return made

    def report(self, name: str) -> Report[Any]:
        """The report of that name. Raises `PluginError` with the distribution and the object at fault."""
        made: Report[Any] = self._make(REPORTS, name, "report", ("write", "Settings"))
        return made

    def program(self, report: str) -> str:
        """By what a report is written, with its version: commsleads, what offers the report, what draws its pictures.

        It is asked when a report is told, so it may take the time that `importlib.metadata` takes.
        """
        from importlib.metadata import PackageNotFoundError, version

        offers = self._offers.get((REPORTS, report), [])
        names = ["commsleads", *sorted({one.distribution for one in offers} - {"commsleads"}), "vl_convert_python"]
        said = []
        for name in names:
            try:
                said.append(f"{name.replace('_', '-')} {version(name)}")
            except PackageNotFoundError:
                said.append(name)
        return ", ".join(said)

    def _names(self, group: str) -> tuple[str, ...]:
        return tuple(sorted(name for of, name in self._offers if of == group))

    def _make(self, group: str, name: str, what: str, needs: Sequence[str]) -> Any:
        made = self._made.get((group, name))
        if made is None:
            offers = self._offers.get((group, name), [])
            if not offers:
                there = ", ".join(self._names(group)) or "none"
                raise PluginError(f'No {what} "{name}" is installed. Installed: {there}.')
            if len(offers) > 1:
                both = " and ".join(f"{one.distribution} ({one.target})" for one in offers)
                raise PluginError(f'The {what} "{name}" is offered by {both}. Uninstall one of them.')
            made = self._made[group, name] = _load(offers[0], what, needs)
        return made


def load_plugins(folders: Sequence[str] | None = None) -> Plugins:
    """What is installed in `folders`, which are those of `sys.path` unless told. Imports no plug-in."""
    found = list(_search(sys.path if folders is None else folders))
    if not found and folders is None:
        found = _ask_importlib()
    return Plugins(found)


def _load(offer: Found, what: str, needs: Sequence[str]) -> Any:
    """Import and make one plug-in. Whatever a stranger's module does wrong becomes one sentence."""
    module, _, path = offer.target.partition(":")
    who = f'The {what} "{offer.name}" of {offer.distribution} ({offer.target})'
    try:
        made: Any = import_module(module)
        for part in path.split("."):
            made = getattr(made, part)
        made = made()
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PluginError(f"{who} cannot be loaded: {reason}. Repair or uninstall {offer.distribution}.") from error
    if missing := [need for need in needs if not hasattr(made, need)]:
        raise PluginError(f"{who} is not a {what}: it has no {' and no '.join(missing)}.")
    return made


def _search(folders: Iterable[str]) -> Iterator[Found]:
    """The entry points in the folders, the first of each distribution alone, as the import system would have it."""
    seen: set[str] = set()
    for folder in folders:
        try:
            names = sorted(entry.name for entry in os.scandir(folder or "."))
        except OSError:  # an archive, or a folder that is not there
            continue
        for name in names:
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            distribution = name.rpartition(".")[0].partition("-")[0]
            folded = re.sub(r"[-_.]+", "-", distribution).lower()
            if folded not in seen:
                seen.add(folded)
                yield from _read(Path(folder, name, "entry_points.txt"), distribution)


def _read(path: Path, distribution: str) -> Iterator[Found]:
    """Our groups in one `entry_points.txt`: an INI file of `name = module:object`."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # most distributions have none
        return
    if COLLECTORS not in text and REPORTS not in text:
        return
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group in {COLLECTORS, REPORTS} and "=" in line and line[0] not in "#;":
            name, _, target = line.partition("=")
            yield Found(group, name.strip(), target.partition("[")[0].strip(), distribution)


def _ask_importlib() -> list[Found]:
    from importlib.metadata import entry_points

    return [
        Found(group, point.name, point.value, point.dist.name if point.dist else "an unknown distribution")
        for group in (COLLECTORS, REPORTS)
        for point in entry_points(group=group)
    ]
