"""What the tests of the settings share: an installed distribution to read settings for, and a file to write."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commsleads.config import load
from commsleads.errors import ConfigError
from commsleads.plugins import Plugins, load_plugins

Write = Callable[[str | bytes], Path]
Problems = Callable[[str | bytes], list[str]]

MODULE = """
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Literal


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    language: str = ""
    discover: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RichSettings:
    box: str
    depth: int = 1
    ratio: float = 0.5
    since: date | None = None
    at: time | None = None
    pause: timedelta = timedelta(minutes=1)
    mood: Mood = Mood.GOOD
    way: Literal["in", "out"] = "in"
    inner: Inner = field(default_factory=Inner)
    inners: tuple[Inner, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    free: Any = None
    token_secret: str = ""

    def __post_init__(self):
        if self.depth > 3:
            raise ValueError("depth and breadth do not fit together")


@dataclass
class OddSettings:
    when: complex = 0j


class Feeds:
    Settings = FeedSettings
    async def collect(self, source, cursor, tools): ...


class Rich(Feeds):
    Settings = RichSettings


class Odd(Feeds):
    Settings = OddSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    watch: str = ""
    tiers: tuple[int, ...] = ()
    whole: bool = False
    most: int = 5

    def __post_init__(self):
        if self.most < 0:
            raise ValueError("most must not be below 0")


class Weekly:
    Settings = WeeklySettings

    def write(self, facts, period, settings): ...
"""

ENTRY_POINTS = """
[commsleads.collectors]
feeds = pretend_plugins:Feeds
rich = pretend_plugins:Rich
odd = pretend_plugins:Odd
broken = pretend_plugins:Absent
[commsleads.reports]
weekly = pretend_plugins:Weekly
"""


@pytest.fixture(scope="package")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Plugins:
    """A distribution with collectors of every kind of settings, installed in a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    info = folder / "pretend-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "pretend_plugins.py").write_text(MODULE)
    sys.path.insert(0, str(folder))
    try:
        found = load_plugins([str(folder)])
        found.collector("feeds")
    finally:
        sys.path.remove(str(folder))
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the settings file and gives its path."""

    def to_file(content: str | bytes) -> Path:
        path = tmp_path / "config.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


@pytest.fixture
def problems(write: Write, plugins: Plugins) -> Problems:
    """The sentences that a file earns; none when it is right."""

    def read(content: str | bytes) -> list[str]:
        try:
            load(write(content), plugins)
        except ConfigError as error:
            return list(error.problems)
        return []

    return read
