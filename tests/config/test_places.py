"""Sources that are not on the web: the collector says which schemes it takes, and the file is read accordingly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from commsleads.config import load
from commsleads.config.notes import Notes
from commsleads.config.places import place
from commsleads.errors import ConfigError
from commsleads.plugins import Found, Plugins

FOLDER = Path("/office/press")
MODULE = """
from dataclasses import dataclass

@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSettings:
    user: str = ""

class Boxes:
    Settings = BoxSettings
    schemes = ("imaps", "file")
    async def collect(self, source, cursor, tools): ...
"""


@pytest.fixture
def boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugins:
    """An installed collector of mailboxes."""
    (tmp_path / "pretend_boxes.py").write_text(MODULE)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "pretend_boxes", raising=False)
    return Plugins([Found("commsleads.collectors", "boxes", "pretend_boxes:Boxes", "pretend")])


def read(value: object, *schemes: str) -> tuple[str | None, list[str]]:
    """The address that comes out, and what was noted."""
    notes = Notes({})
    return place(schemes or ("imaps", "imap", "file"), FOLDER)(value, "sources[0].url", notes), list(notes.all())


@pytest.mark.parametrize(
    "url", ["imaps://mail.example", "imap://mail.example:143", "imaps://[::1]:993", "imaps://m.x/"]
)
def test_servers_are_taken_as_they_are(url: str) -> None:
    """A scheme that the collector takes and the name of a server, perhaps with a port."""
    assert read(url) == (url, [])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("/var/mail/press", "file:///var/mail/press"),
        ("mail/in tray", "file:///office/press/mail/in%20tray"),
        ("../archive.mbox", "file:///office/archive.mbox"),
        ("file:///var/mail/in%20tray", "file:///var/mail/in%20tray"),
        ("file://localhost/var/mail", "file:///var/mail"),
    ],
)
def test_paths_are_relative_to_the_settings(given: str, found: str) -> None:
    """A path comes out as the whole address of a file."""
    assert read(given) == (found, [])


def test_the_home_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tilde is the home of whoever runs the program."""
    monkeypatch.setenv("HOME", "/home/ada")
    assert read("~/Maildir")[0] == "file:///home/ada/Maildir"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "in quotes"),
        ("", "one line"),
        ("imaps://mail.example\n", "one line"),
        ("https://mail.example", "must begin with"),
        ("imaps://ada:pa55@mail.example", "secrets must not stand"),
        ("imaps://", "names no server"),
        ("imaps://mail.example:0", "names no server"),
        ("imaps://mail.example:99999", "cannot be read"),
        ("imaps://mail.example/INBOX", "must end after"),
        ("file://mail.example/x", "three strokes"),
    ],
)
def test_what_is_no_place_is_said(value: object, words: str) -> None:
    """Each mistake earns one sentence, which never repeats a password."""
    found, problems = read(value)
    assert found is None
    assert len(problems) == 1
    assert words in problems[0]
    assert "pa55" not in problems[0]


def test_a_collector_without_files_takes_no_path() -> None:
    """Only who reads files is given paths."""
    found, problems = read("mail/press", "imaps")
    assert found is None
    assert '"imaps://"' in problems[0]


def test_the_loader_asks_the_collector(tmp_path: Path, boxes: Plugins) -> None:
    """`schemes` of a collector decides over the `url` of its sources, and over nobody else's."""
    path = tmp_path / "config.toml"
    path.write_text('[[sources]]\nid = "in"\nkind = "boxes"\nurl = "letters"\n')
    (source,) = load(path, boxes).sources
    assert source.url == (tmp_path / "letters").as_uri()
    path.write_text('[[sources]]\nid = "in"\nkind = "boxes"\nurl = "https://mail.example"\n')
    with pytest.raises(ConfigError, match="must begin with"):
        load(path, boxes)
