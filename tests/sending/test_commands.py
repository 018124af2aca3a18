"""The commands of sending, as a person and as a script meet them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads.app import App
from commsleads.cli import main
from tests.sending.rooms import WEEK, office, states, tell
from tests.sending.smtpd import Smtpd

PEOPLE = ("a@x.example", "b@x.example")


@pytest.fixture
def smtpd() -> Iterator[Smtpd]:
    with Smtpd() as server:
        yield server


@pytest.fixture
def app(tmp_path: Path, smtpd: Smtpd, monkeypatch: pytest.MonkeyPatch) -> App:
    """An office with one edition told and nothing sent; Ada is at the keyboard."""
    monkeypatch.setenv("COMMSLEADS_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("COMMSLEADS_USER", "ada")
    made = office(tmp_path, smtpd.port, to=PEOPLE)
    tell(made)
    return made


def call(*words: str, code: int = 0, typed: str | None = None) -> Result:
    result = CliRunner().invoke(main, words, catch_exceptions=False, input=typed)
    assert result.exit_code == code, result.output + result.stderr
    return result


def told(*words: str) -> Any:
    return json.loads(call(*words, "--json").stdout)


def test_the_check_greets_the_mail_server(app: App, tmp_path: Path) -> None:
    """`check --online` says whether the mail server lets us in, and sends nothing."""
    with Smtpd() as server:
        port = server.port
        office(tmp_path, port, to=PEOPLE)
        said = f"mail server: 127.0.0.1:{port} answers; nothing was sent"
        assert said in CliRunner().invoke(main, ("check", "--online"), catch_exceptions=False).output
        assert not server.accepted
    result = CliRunner().invoke(main, ("check", "--online"), catch_exceptions=False)
    assert f"The mail server 127.0.0.1:{port} cannot be used: " in result.output
    assert result.exit_code == 1


def test_sent_listed_and_sent_again(app: App, smtpd: Smtpd) -> None:
    """Once for each; again only by force, with a name and a turn."""
    sent = call("report", "weekly", "--period", WEEK, "--send")
    assert sent.stdout.splitlines() == ["a@x.example: sent", "b@x.example: sent"]
    twice = call("report", "weekly", "--period", WEEK, "--send")
    assert [words.partition(": sent before, ")[0] for words in twice.stdout.splitlines()] == list(PEOPLE)
    assert smtpd.times() == dict.fromkeys(PEOPLE, 1)
    again = call("report", "weekly", "--period", WEEK, "--send", "--force", "--to", "b@x.example", "--yes")
    assert again.stdout.splitlines() == ["b@x.example: sent"]
    assert smtpd.times() == {"a@x.example": 1, "b@x.example": 2}
    rows = told("delivery", "list", "weekly", "--period", WEEK)
    assert [(row["recipient"], row["turn"], row["state"], row["who"]) for row in rows] == [
        ("a@x.example", 1, "sent", ""), ("b@x.example", 1, "sent", ""), ("b@x.example", 2, "sent", "ada"),
    ]  # fmt: skip
    assert "2 (ada)" in call("delivery", "list").stdout


@pytest.mark.parametrize(
    "words", [("--force",), ("--to", "a@x.example"), ("--send", "--to", "a@x.example"), ("--yes",)]
)
def test_force_goes_with_send(app: App, smtpd: Smtpd, words: tuple[str, ...]) -> None:
    """Half of the words do nothing, and say so."""
    assert "--force goes with --send" in call("report", "weekly", "--period", WEEK, *words, code=2).stderr
    assert smtpd.accepted == []


def test_a_doubt_is_listed_with_what_to_type(app: App, smtpd: Smtpd) -> None:
    """In doubt: shown with both commands; what a person says ends it."""
    smtpd.plan |= {"a@x.example": ["lose", "250"]}
    sent = call("report", "weekly", "--period", WEEK, "--send", code=1)
    assert "it may have arrived" in sent.stdout
    settle = ("delivery", "settle", "weekly", "a@x.example", "--period", WEEK)
    assert f"commsleads {' '.join(settle)} --arrived" in sent.stderr
    doubtful = call("delivery", "list", "--doubtful")
    assert "in doubt" in doubtful.stdout
    assert "--again" in doubtful.stderr
    assert "Say --arrived or --again" in call(*settle, code=2).stderr
    assert told(*settle, "--again") == {"settled": 1, "state": "again"}
    assert states(app) == dict.fromkeys(PEOPLE, "sent")
    assert smtpd.times() == dict.fromkeys(PEOPLE, 1)
    assert "Nothing to a@x.example is in doubt" in call(*settle, "--arrived", code=1).stderr


def test_stopped_and_allowed_by_a_person(app: App, smtpd: Smtpd) -> None:
    """With a reason and a name; listed while it holds and, asked for, afterwards."""
    assert told("delivery", "stop", "A@x.example", "--why", "left us") == {
        "recipient": "A@x.example", "report": "", "new": True,
    }  # fmt: skip
    assert "already" in call("delivery", "stop", "a@x.example").stdout
    (row,) = told("delivery", "stops")
    assert (row["recipient"], row["name"], row["how"], row["why"], row["who"]) == (
        "a@x.example", "", "person", "left us", "ada",
    )  # fmt: skip
    sent = call("report", "weekly", "--period", WEEK, "--send")
    assert sent.stdout.splitlines() == ["a@x.example: stopped", "b@x.example: sent"]
    assert told("delivery", "allow", "a@x.example")["lifted"] == 1
    assert told("delivery", "stops") == []
    (row,) = told("delivery", "stops", "--all")
    assert row["lifted_by"] == "ada"


@pytest.mark.parametrize("address", ["nobody", "a@x.example, b@x.example", "a@x.example\nX: y"])
def test_what_is_no_address_is_said(app: App, address: str) -> None:
    """A sentence and not a row."""
    assert "is not a mail address" in call("delivery", "stop", address, code=1).stderr
    assert told("delivery", "stops") == []


def test_who_is_no_officer_settles_nothing(app: App) -> None:
    """Decisions have a name that is known."""
    assert call("delivery", "stop", "a@x.example", "--by", "zoe", code=2).stderr
    assert told("delivery", "stops") == []
