"""Plug-ins are found by name in what is installed, loaded when asked for, and blamed by name when they fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from commsleads.errors import PluginError
from commsleads.plugins import COLLECTORS, REPORTS, load_plugins

Install = Callable[..., Path]

GOOD = """
made = []

class Feeds:
    class Settings: ...
    def __init__(self): made.append(self)
    async def collect(self, source, cursor, tools): ...

class Weekly:
    class Settings: ...
    def write(self, facts, period, settings): ...

class Neither: ...

class Bursts:
    def __init__(self): raise RuntimeError("no such\\nlibrary")
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Writes a distribution into a folder of its own: its entry points, and its one module."""

    def write(name: str, entries: str, module: str = "", content: str = GOOD, version: str = "1.0") -> Path:
        folder = tmp_path / f"{name}-{version}.place"
        info = folder / f"{name}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "entry_points.txt").write_text(entries)
        if module:
            (folder / f"{module}.py").write_text(content)
            monkeypatch.syspath_prepend(str(folder))
            monkeypatch.delitem(sys.modules, module, raising=False)
        return folder

    return write


def test_our_own_plugins_are_those_that_importlib_finds() -> None:
    """The short cut past `importlib.metadata` sees what it sees."""
    plugins = load_plugins()
    assert plugins.kinds() == tuple(sorted({point.name for point in entry_points(group=COLLECTORS)}))
    assert plugins.report_names() == tuple(sorted({point.name for point in entry_points(group=REPORTS)}))
    assert "feeds" in plugins.kinds()
    assert "weekly" in plugins.report_names()


def test_a_plugin_of_others_is_loaded_when_asked_for_and_made_once(install: Install) -> None:
    """Knowing the names imports nothing; asking twice gives the same object."""
    folder = install(
        "newsroom_tools",
        "[console_scripts]\nx = y:z\n\n[commsleads.collectors]\n# a comment\nfeeds = plugin_one:Feeds\n\n"
        "[commsleads.reports]\nweekly=plugin_one:Weekly [extra]\n",
        "plugin_one",
    )
    plugins = load_plugins([str(folder)])
    assert plugins.kinds() == ("feeds",)
    assert "plugin_one" not in sys.modules
    collector = plugins.collector("feeds")
    assert plugins.collector("feeds") is collector
    assert type(plugins.report("weekly")).__name__ == "Weekly"
    assert len(sys.modules["plugin_one"].made) == 1


def test_a_name_that_nobody_offers_is_answered_with_those_there_are(install: Install) -> None:
    """The words tell what could have been meant."""
    plugins = load_plugins([str(install("tools", "[commsleads.collectors]\nfeeds = m:A\nmailbox = m:B\n"))])
    with pytest.raises(PluginError, match=r'No collector "feds" is installed. Installed: feeds, mailbox.'):
        plugins.collector("feds")
    with pytest.raises(PluginError, match=r"Installed: none\."):
        plugins.report("weekly")


def test_two_of_one_name_are_both_named(install: Install) -> None:
    """Neither wins by luck; the person is told whom to uninstall."""
    one = install("first_tools", "[commsleads.collectors]\nfeeds = plugin_two:Feeds\n", "plugin_two")
    two = install("second.tools", "[commsleads.collectors]\nfeeds = plugin_three:Feeds\nmore = plugin_two:Feeds")
    plugins = load_plugins([str(one), str(two)])
    with pytest.raises(PluginError, match=r"first_tools \(plugin_two:Feeds\) and second.tools \(plugin_three:Feeds\)"):
        plugins.collector("feeds")
    assert plugins.collector("more")


def test_the_same_distribution_twice_is_one(install: Install) -> None:
    """A checkout on the path and its installed twin, however spelt, do not quarrel; the first is taken."""
    one = install("News.Room", "[commsleads.collectors]\nfeeds = plugin_four:Feeds\n", "plugin_four")
    two = install("news_room", "[commsleads.collectors]\nfeeds = elsewhere:Feeds\n", version="0.9")
    plugins = load_plugins([str(one), str(two)])
    assert type(plugins.collector("feeds")).__module__ == "plugin_four"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("no_such_module_at_all:Feeds", "cannot be loaded: No module named 'no_such_module_at_all'"),
        ("plugin_five:Absent", "cannot be loaded: module 'plugin_five' has no attribute 'Absent'"),
        ("plugin_five:Bursts", "cannot be loaded: no such library"),
        ("plugin_five:Neither", "is not a collector: it has no collect and no Settings"),
        ("plugin_five", "cannot be loaded"),
        ("", "cannot be loaded"),
    ],
)
def test_a_plugin_that_fails_names_distribution_and_object(install: Install, target: str, words: str) -> None:
    """Whatever a stranger's code does wrong, one sentence says whose it is."""
    folder = install("broken_tools", f"[commsleads.collectors]\nfeeds = {target}\n", "plugin_five")
    with pytest.raises(PluginError) as caught:
        load_plugins([str(folder)]).collector("feeds")
    assert str(caught.value).startswith(f'The collector "feeds" of broken_tools ({target}) ')
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damaged_metadata_and_missing_folders_are_passed_over(install: Install, tmp_path: Path) -> None:
    """What other people left on the path does not stop us."""
    folder = install("odd", "[commsleads.collectors]\n= x\nno equals sign\n;a=b\nfine = m:X\n[other]\nnot = ours:X\n")
    (folder / "half-1.0.dist-info").mkdir()
    (folder / "bytes-1.0.dist-info").mkdir()
    (folder / "bytes-1.0.dist-info" / "entry_points.txt").write_bytes(b"[commsleads.reports]\n\xff = \xfe:X\n")
    (folder / "file.dist-info").write_text("")
    plugins = load_plugins([str(tmp_path / "absent"), str(folder / "file.dist-info"), str(folder)])
    assert "fine" in plugins.kinds()
    assert "not" not in plugins.kinds()


def test_knowing_the_names_does_not_import_importlib_metadata() -> None:
    """The reason for reading the folders ourselves."""
    code = (
        "import sys; from commsleads.plugins import load_plugins; "
        "print(load_plugins().kinds(), 'importlib.metadata' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "feeds" in out.stdout
    assert out.stdout.strip().endswith("False")
