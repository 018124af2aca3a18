"""Secrets: looked up by name outside the file, refused inside it, never repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commsleads.config import secret, variable
from commsleads.errors import ConfigError

Problems = Callable[[str | bytes], list[str]]

SMTP = "[smtp]\nhost = 'h'\nsender = 'a@example.org'\n"
SOURCE = "[[sources]]\nid = 'a'\nkind = '{}'\nurl = '{}'\n{}\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SMTP + "password = 'hunter2'", 'name it with "password_secret" and keep it outside'),
        (
            SOURCE.format("feeds", "https://a.example/", "token = 'hunter2'"),
            'with a key ending in "_secret" and keep it',
        ),
        (
            SOURCE.format("feeds", "https://user:hunter2@a.example/", ""),
            "holds a user name or password; secrets must not",
        ),
        (SMTP + "user = 'u'\npassword_secret = 'Hunter2Hunter2'", "must be the name of a secret"),
        (SMTP + "user = 'u'\npassword_secret = 'hunter2!'", "must be the name of a secret"),
        (SOURCE.format("rich", "https://a.example/", "box = 'x'\ntoken_secret = 3"), "must be the name of a secret"),
        (
            SOURCE.format("feeds", "https://a.example/", f"name = 'ghp_{'hunter2' * 5}'"),
            "sources[0].name looks like a secret",
        ),
        ("[organisation]\nname = 'AKIAHUNTER2HUNTER2HU'", "organisation.name looks like a secret; take it out of this"),
        ("[fetch]\nproxy = 'http://u:hunter2@proxy.example:8080'", "fetch.proxy holds a user name or password"),
    ],
)
def test_secrets_in_the_file_are_refused_and_not_repeated(problems: Problems, content: str, words: str) -> None:
    """A password, a token or a key as a value is told by its place; the words never hold a part of it."""
    said = problems(content)
    assert len(said) == 1, said
    assert words in said[0]
    assert "hunter2" not in said[0].lower()


@pytest.mark.parametrize(
    "value", ["slack://xoxb-1234-hunter2hunter2hunter2/#c", "https://hooks.slack.com/services/T1/B2/hunter2"]
)
@pytest.mark.parametrize(
    "content",
    [
        "[alerts]\nquiet_from = '{}'",
        "[alerts]\ndeadline_before = '{}'",
        "[[alerts.channels]]\nname = '{}'\nurl_secret = 'desk'",
        "[[alerts.channels]]\nname = 'desk'\nurl_secret = '{}'",
        "[[alerts.channels]]\nname = 'desk'\nurl_secret = 'desk'\nofficer = '{}'",
        "[[reports]]\nname = '{}'",
        "[smtp]\nhost = '{}'\nsender = 'a@b.example'",
    ],
)
def test_a_secret_in_the_wrong_place_is_repeated_in_no_other_sentence(
    problems: Problems, content: str, value: str
) -> None:
    """What is wrong with the value besides is told without it."""
    said = problems(content.format(value))
    assert said
    assert "hunter2" not in "".join(said)


def test_the_environment_comes_first_and_the_folder_second(tmp_path: Path) -> None:
    """A secret is found under its variable, else in the file of its name, whose last line end is not part of it."""
    (tmp_path / "imap-press").write_text("from the file\n")
    assert variable("imap-press") == "COMMSLEADS_SECRET_IMAP_PRESS"
    assert secret(tmp_path, "imap-press", {"COMMSLEADS_SECRET_IMAP_PRESS": "from outside"}) == "from outside"
    assert secret(tmp_path, "imap-press", {}) == "from the file"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent", 'The secret "absent" is missing. Set COMMSLEADS_SECRET_ABSENT, or write it to '),
        ("empty", "is empty"),
        ("long", "is too long for a secret"),
        ("binary", "it is not UTF-8 text"),
        ("folder", "cannot be read"),
        ("../outside", "A secret's name is made of"),
        ("", "A secret's name is made of"),
    ],
)
def test_a_secret_that_cannot_be_had_is_explained(tmp_path: Path, name: str, words: str) -> None:
    """Each way of failing has its words, and no name leads out of the folder."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    (tmp_path / "outside").write_text("hunter2")
    (folder / "empty").write_text("\n")
    (folder / "long").write_text("hunter2" * 10_000)
    (folder / "binary").write_bytes(b"hunter2\xff")
    (folder / "folder").mkdir()
    with pytest.raises(ConfigError) as caught:
        secret(folder, name, {})
    assert words in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_without_a_folder_both_ways_are_named() -> None:
    """Somebody who has set up nothing is told what there is to set up."""
    with pytest.raises(
        ConfigError, match=r'Set COMMSLEADS_SECRET_SMTP, or give a \[secrets\] folder with a file "smtp"'
    ):
        secret(None, "smtp", {"COMMSLEADS_SECRET_SMTP": ""})
