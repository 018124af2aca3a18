"""The settings file as a file: where it is looked for, and words for every way in which it cannot be read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.config import find, load
from commsleads.config.loading import KNOWN
from commsleads.errors import ConfigError
from commsleads.plugins import Plugins

Problems = Callable[[str | bytes], list[str]]


def test_the_option_goes_before_the_environment_and_that_before_the_folder(tmp_path: Path) -> None:
    """`--config`, `$COMMSLEADS_CONFIG`, `./config.toml`, in this order."""
    for name in ("option.toml", "environment.toml", "config.toml"):
        (tmp_path / name).write_text("")
    environ = {"COMMSLEADS_CONFIG": "environment.toml"}
    assert find("option.toml", environ, tmp_path) == tmp_path / "option.toml"
    assert find(str(tmp_path / "option.toml"), {}, Path("/")) == tmp_path / "option.toml"
    assert find(None, environ, tmp_path) == tmp_path / "environment.toml"
    assert find(None, {}, tmp_path) == tmp_path / "config.toml"


@pytest.mark.parametrize(
    ("option", "environ", "words"),
    [
        ("absent.toml", {}, 'There is no settings file "absent.toml", which --config names.'),
        (None, {"COMMSLEADS_CONFIG": "absent.toml"}, r"which \$COMMSLEADS_CONFIG names"),
        ("nul\0byte", {}, "There is no settings file"),
        ("x" * 5000, {}, "There is no settings file"),
    ],
)
def test_a_file_that_was_named_is_never_passed_over(
    tmp_path: Path, option: str | None, environ: dict[str, str], words: str
) -> None:
    """A misspelt name is an error even when there is a config.toml to fall back on."""
    (tmp_path / "config.toml").write_text("")
    with pytest.raises(ConfigError, match=words):
        find(option, environ, tmp_path)


def test_without_any_file_the_first_step_is_told(tmp_path: Path) -> None:
    """A newcomer learns about `commsleads init`."""
    with pytest.raises(ConfigError, match=r"There is no config\.toml in .* `commsleads init`"):
        find(None, {}, tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "[store]\nurl = commsleads.db\n",
            "config.toml cannot be read at line 2, column 7: invalid value. Perhaps text",
        ),
        (
            "[store]\n[store]\n",
            "at line 2, column 7: cannot declare ('store',) twice. Perhaps the same table is written",
        ),
        ("a = 1\na = 2\n", "at line 2, column 6: cannot overwrite a value. Perhaps the same key"),
        ("a = [1\n", "config.toml cannot be read at its end: "),
        ("url = 'x' every = 'y'", "Perhaps each key stands on a line of its own."),
        ('url = "C:\\new\\up"', "Perhaps a Windows path needs single quotes."),
        ("a = {\n b = 1 }", "Perhaps a table in { } must stand on one line."),
        ("a = " + "9" * 5000, "config.toml cannot be read as TOML: exceeds the limit"),
        ("a = " + "[" * 5000, "is nested too deeply to be a settings file"),
        ("a = 2026-13-45", "cannot be read at line 1"),
        (b"# caf\xe9\n", "config.toml is not UTF-8 text (line 1). Save it as UTF-8."),
        ("a = 1".encode("utf-16"), "config.toml is saved as UTF-16. Save it as UTF-8."),
        (b"\0\0\0\0", "cannot be read at line 1, column 1"),
        (b"x = 1 # " + b"n" * 5_000_000, "is larger than 5 MB and cannot be a settings file."),
        (b"<html><body>Sign in</body></html>", "cannot be read at line 1, column 1"),
    ],
)
def test_what_is_not_toml_is_told_with_its_place(problems: Problems, content: str | bytes, words: str) -> None:
    """Line and column in words, and the usual cause where there is one."""
    said = problems(content)
    assert len(said) == 1
    assert words in said[0]
    assert said[0].isprintable()


def test_folders_and_forbidden_files_have_words(tmp_path: Path, plugins: Plugins) -> None:
    """What is not a readable file is named for what it is."""
    with pytest.raises(ConfigError, match=r"is a folder. Name the file in it, such as .*config\.toml"):
        load(tmp_path, plugins)
    with pytest.raises(ConfigError, match="There is no settings file"):
        load(tmp_path / "absent.toml", plugins)
    with pytest.raises(ConfigError, match="no file name can hold"):
        load(tmp_path / "nul\0byte", plugins)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"cannot be read: Not a directory"):
        load(tmp_path / "file" / "config.toml", plugins)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_has_words(tmp_path: Path, plugins: Plugins) -> None:
    """The operating system's reason is passed on."""
    path = tmp_path / "config.toml"
    path.write_text("")
    path.chmod(0)
    with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
        load(path, plugins)


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One path for all the examples of a property."""
    return tmp_path_factory.mktemp("fuzz") / "config.toml"


def read(path: Path, content: bytes, plugins: Plugins) -> None:
    """Load these bytes; anything but settings or a ConfigError of printable sentences is a failure."""
    path.write_bytes(content)
    said: tuple[str, ...] = ("It was right.",)
    try:
        load(path, plugins)
    except ConfigError as error:
        said = error.problems
    assert said
    assert all(sentence.isprintable() for sentence in said)


@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
)
def test_whatever_the_bytes_there_are_words(anywhere: Path, plugins: Plugins, content: bytes) -> None:
    """No bytes make the loader raise anything but ConfigError."""
    read(anywhere, content, plugins)


WORDS = st.sampled_from([
    "id", "any", "all", "none", "role", "name", "url", "kind", "every", "feeds", "rich", "weekly", "box", "15m", "a",
    "UTC", "https://a.example/", "2026-01-01", "watches", "ctas", "goal", "n", "of", "targets", "domains", "at", "on",
    "to", "tier", "timezone", "working_hours", "holidays", "host", "sender", "password_secret", "allow_networks",
    "10.0.0.0/8", "folder",
])  # fmt: skip
SCALARS = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.times(),
    st.datetimes(),
    WORDS,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
KEYS = st.one_of(WORDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=25,
)


def toml(value: Any) -> str:
    """A value as TOML writes it, all in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in value) + '"'
    return value.isoformat() if isinstance(value, date | datetime) or hasattr(value, "isoformat") else str(value)


@given(tree=st.dictionaries(st.one_of(st.sampled_from(KNOWN), KEYS), TREES, max_size=8))
def test_whatever_the_tree_there_are_words(anywhere: Path, plugins: Plugins, tree: dict[str, Any]) -> None:
    """No tree of TOML values makes the loader raise anything but ConfigError."""
    read(anywhere, "\n".join(f"{toml(key)} = {toml(value)}" for key, value in tree.items()).encode(), plugins)


@given(
    name=st.sampled_from(["watches", "outlets", "campaigns", "sources", "reports"]),
    entries=st.lists(st.dictionaries(WORDS, TREES, max_size=8), max_size=3),
)
def test_whatever_the_entries_there_are_words(anywhere: Path, plugins: Plugins, name: str, entries: list[Any]) -> None:
    """The same for entries that are tables, which is as far as random trees seldom come."""
    read(anywhere, f"{name} = {toml(entries)}".encode(), plugins)


@given(at=st.integers(min_value=0, max_value=4000), byte=st.integers(min_value=0, max_value=255))
def test_the_reference_with_one_byte_changed_has_words(anywhere: Path, plugins: Plugins, at: int, byte: int) -> None:
    """A slip of the finger in a good file ends in settings or in sentences."""
    content = bytearray((Path(__file__).parents[2] / "config.toml").read_bytes())
    with contextlib.suppress(IndexError):
        content[at * 7 % 30_000] = byte
    read(anywhere, bytes(content), plugins)
