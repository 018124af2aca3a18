"""What the desk's commands say to a person who does the wrong thing: each message names what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from commsleads.cli import main

CONFIG = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/London"
[desk]
signoff = ["sign-off"]
[[desk.officers]]
id = "ada"
role = "lead"
[[desk.officers]]
id = "ben"
"""

Said = Callable[..., str]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    """Ben at the keyboard of an office with one enquiry: what a command says, on either stream."""
    monkeypatch.setenv("COMMSLEADS_USER", "ben")
    monkeypatch.setenv("COMMSLEADS_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")

    def call(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["enquiry", *words], catch_exceptions=False)
        assert result.exit_code == code, result.output + result.stderr
        return result.stdout + result.stderr

    call("log", "Ruth Calder, North County Post: how many jobs go in Leeds? by COB tomorrow")
    return call


def test_an_answer_before_its_sign_off(said: Said) -> None:
    """Whoever answers too early is told the next command: write a draft, offer it, see who has it."""
    answer = ("respond", "1", "--method", "phone", "--terms", "on the record")
    assert "0001 TEXT` begins an answer of its own" in said(*answer, code=1)
    said("draft", "1", "We cut twelve posts.")
    assert "0001 --ask OFFICER` offers draft 1" in said(*answer, code=1)
    assert "0001 --ask OFFICER`" in said("sign-off", "1", "--approve", "--by", "ada", code=1)
    said("sign-off", "1", "--ask", "ada")
    assert "0001` says what is open" in said(*answer, code=1)
    assert "sign-off: asked of ada" in said("sign-off", "1")
    assert "nobody signs what they wrote. Who may: ada." in said("sign-off", "1", "--approve", code=1)
    said("sign-off", "1", "--approve", "--by", "ada")
    said(*answer)
    assert "it has been answered. `commsleads enquiry draft" in said(*answer, code=1)


def test_an_empty_word_is_no_step(said: Said) -> None:
    """A draft is not sent back, waived or offered by an option without words, and it is not passed over in silence."""
    said("draft", "1", "We cut twelve posts.")
    assert "Say who is asked" in said("sign-off", "1", "--ask", "", code=2)
    said("sign-off", "1", "--ask", "ada")
    assert "says what is wrong" in said("sign-off", "1", "--send-back", "", "--by", "ada", code=1)
    assert "needs a reason" in said("sign-off", "1", "--waive", " ", "--by", "ada", code=1)
    assert "awaiting sign-off" in said("sign-off", "1")


def test_a_forgotten_value_is_named(said: Said) -> None:
    """An option that swallows the next one is said to want a value; words that only look so are words."""
    said("draft", "1", "We cut twelve posts.")
    said("sign-off", "1", "--ask", "ada")
    assert "--send-back needs a value, but --by follows it." in said(
        "sign-off", "1", "--send-back", "--by", "ada", code=2
    )
    assert "--reason needs a value, but --json follows it." in said("close", "1", "--reason", "--json", code=2)
    said("sign-off", "1", "--send-back", "--fourteen, not twelve", "--by", "ada")
    said("draft", "1", "--", "--by")
    assert "--by" in said("show", "1")


def test_what_was_understood_is_said(said: Said) -> None:
    """A deadline or a promise in other words: the instant that was read, or that none was and how to say it."""
    assert "not read (“blurgh”); say it in other words" in said("set", "1", "--by-when", "blurgh")
    assert "12:00 G" in (noon := said("set", "1", "--by-when", "3 March 2031 at noon"))
    assert "Monday 3 March 2031" in noon
    assert said("set", "1", "--by-when", "no rush").endswith("new: no deadline\n")
    assert 'such as "Friday noon"' in said("promise", "1", "call back", "--due", "blurgh", code=2)
    assert "2 March 2031" in said("promise", "1", "call back", "--due", "2031-03-02T09:00")


def test_nothing_found_says_where_to_look(said: Said) -> None:
    """A name that is not there, stories that do not wait, a campaign that nobody declared."""
    assert "Nobody of that name" in said("journalist", "Ruth Clader")
    assert "commsleads stories" in said("coverage", "1")
    assert 'No campaign is called "easter"' in said("set", "1", "--campaign", "easter")
    assert 'No campaign is called "easter"' in said("log", "Sam: what is it?", "--campaign", "easter")


def test_the_board_takes_the_states_that_it_shows(said: Said) -> None:
    """Lapsed is a mark and no state, but it stands in the column; so does "awaiting sign-off"."""
    said("log", "Pat Moss, Evening Post: a leak? by 3pm today", "--received", "2026-03-02T10:00")
    said("draft", "1", "We cut twelve posts.")
    said("sign-off", "1", "--ask", "ada")
    lapsed = said("list", "--state", "lapsed")
    assert "Pat Moss" in lapsed
    assert "Ruth Calder" not in lapsed
    for word in ("awaiting sign-off", "awaiting_signoff", "Awaiting Sign-off"):
        assert "Ruth Calder" in said("list", "--state", word)
    assert "awaiting sign-off, approved" in said("list", "--state", "lost", code=2)
    said("close", "2", "--reason", "nobody was in")
    assert "Pat Moss" not in said("list", "--state", "lapsed")
