"""The commands of leads as a person and as a script meet them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main

CONFIG = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/London"
[[outlets]]
name = "North County Post"
domains = ["ncp.example"]
tier = 2
[[campaigns]]
id = "wing"
ctas = [{ id = "book", wording = "Book a visit" }]
[[desk.officers]]
id = "ada"
role = "lead"
cover = "ben"
team = "press"
[[desk.officers]]
id = "ben"
team = "press"
"""
RUTH = ("--name", "Ruth Calder", "--outlet", "North County Post", "--email", "ruth@ncp.example")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of an office; Ben is at the keyboard, in a terminal of a hundred columns."""
    monkeypatch.setenv("COMMSLEADS_USER", "ben")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("COMMSLEADS_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def call(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["lead", *words], catch_exceptions=False)
    assert result.exit_code == code, result.output + result.stderr
    return result


def told(*words: str) -> Any:
    return json.loads(call(*words, "--json").stdout)


def called(*more: str, person: tuple[str, ...] = RUTH) -> str:
    """A call that makes an offered lead; its id."""
    done = told("touch", "--kind", "phone", *person, "--asks", "--use", "--campaign", "wing", "--cta", "book", *more)
    return str(done["lead"]["id"])


@pytest.mark.usefixtures("config")
def test_from_a_call_to_the_end() -> None:
    """A call is noted, the lead offered, assigned, accepted, closed; each command says how it stands."""
    done = call("touch", "--kind", "phone", *RUTH, "--asks", "--use", "--note", "Plans for Sunday?")
    assert "Ruth Calder" in done.stdout
    assert "story-qualified, offered" in done.stdout
    assert "commsleads lead touch --undo" in done.stdout
    assert "offered to ada" in call("assign", "Ruth Calder", "--to", "ada").stdout
    assert "accepted, ben has it" in call("accept", "calder").stdout
    assert "The note is kept" in call("note", "ruth@ncp.example", "Prefers the phone.").stdout
    assert "closed: covered" in call("close", "Ruth Calder", "--outcome", "covered").stdout
    assert call("reopen", "Ruth Calder", "--by", "ada").exit_code == 0


@pytest.mark.usefixtures("config")
def test_the_second_is_told() -> None:
    """Exit 1 and a sentence with who was faster; exit 2 for what makes no sense or a word that is none of ours."""
    ruth = called()
    seen = told("show", ruth)["as_of"]
    call("accept", ruth)
    assert "ben accepted it at" in call("accept", ruth, "--by", "ada", code=1).stderr
    assert (
        "changed meanwhile: ben accepted it"
        in call("close", ruth, "--outcome", "other", "--seen", str(seen), code=1).stderr
    )
    assert "Did you mean “covered”?" in call("close", ruth, "--outcome", "coverd", code=2).stderr
    assert "Did you mean ada?" in call("assign", ruth, "--to", "adaa", code=2).stderr
    assert "No lead is called" in call("accept", "Nemo", code=1).stderr
    assert "has passed" in call("recycle", ruth, "--until", "2020-01-01", code=2).stderr
    assert "three years" in call("recycle", ruth, "--until", "99999w", code=2).stderr
    assert "no day, time or duration" in call("recycle", ruth, "--until", "soon", code=2).stderr


@pytest.mark.usefixtures("config")
def test_several_of_one_name() -> None:
    """The candidates are listed, with their ids, and nothing happens."""
    one = called()
    other = called(person=("--name", "Ruth Calder", "--outlet", "Harbour Times"))
    said = call("accept", "Ruth Calder", code=2).stderr
    assert one in said
    assert other in said
    assert "Harbour Times" in said


@pytest.mark.usefixtures("config")
def test_shown_in_a_hundred_columns() -> None:
    """`show` reads well: who, stage, status, which rule gave what, and what to type; commands stand on their lines."""
    ruth = called()
    lines = call("show", ruth).stdout.splitlines()
    assert lines[0] == "Ruth Calder, North County Post"
    assert max(map(len, lines)) <= 100
    for words in (
        "stage       story-qualified since",
        "status      offered to nobody yet",
        f"  commsleads lead accept {ruth}",
    ):
        assert any(line.startswith(words) for line in lines), words
    assert any("asked" in line or "talked" in line for line in lines)
    lines = call("list").stdout.splitlines()
    assert max(map(len, lines)) <= 100
    lines = call("history", ruth).stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert any("phone" in line for line in lines)


@pytest.mark.usefixtures("config")
def test_lists_for_programs() -> None:
    """JSON has the same rows whole, in UTC, with names that do not change."""
    ruth = called()
    (row,) = told("list", "--stage", "story", "--campaign", "wing", "--source", "phone", "--waiting", "--qualified")
    assert (row["id"], row["status"], row["name"], row["campaign"]) == (ruth, "offered", "Ruth Calder", "wing")
    assert row["opened_at"].endswith("Z")
    (row,) = told("due")
    assert (row["what"], row["id"], row["who"]) == ("answer", ruth, "")
    call("assign", ruth, "--to", "press")
    (row,) = told("due", "--mine")
    assert (row["who"], row["cover"]) == ("ada", "ben")
    assert told("list", "--owner", "press")[0]["offered_to"] == "ada"
    assert told("list", "--owner", "ben") == []
    assert "Nothing." in call("list", "--status", "closed").stdout
    assert "is no status" in call("list", "--status", "cosed", code=2).stderr
    assert "No campaign is called" in call("list", "--campaign", "wnig").stderr
    assert "answer by" in call("due").stdout


@pytest.mark.usefixtures("config")
def test_as_it_stood() -> None:
    """`--on` a day that has been, an instant, and a day to come."""
    ruth = called()
    day = datetime.now(UTC)
    then = told("show", ruth)["at"]
    call("accept", ruth)
    assert "yet to come" in call("show", ruth, "--on", f"{day + timedelta(days=2):%Y-%m-%d}", code=2).stderr
    assert "Nothing was known" in call("show", ruth, "--on", "2026-01-01", code=1).stderr
    assert told("show", ruth, "--on", then)["at"] == then
    assert told("show", ruth, "--on", f"{day.astimezone(ZoneInfo('Europe/London')):%Y-%m-%d}")["status"] == "accepted"
    assert told("list", "--on", "2026-01-01") == []
    assert told("list", "--on", then)[0]["id"] == ruth
    assert told("history", ruth, "--on", then)[0]["what"] == "criteria"
    assert "not a day or time" in call("show", ruth, "--on", "yesterday", code=2).stderr


@pytest.mark.usefixtures("config")
def test_joined_and_parted() -> None:
    """merge says how to undo it, unmerge undoes it, apart ends the suggestion."""
    one = called()
    other = called(person=("--name", "Calder Ruth", "--outlet", "North County Post"))
    assert {told("twins")[0][side]["id"] for side in ("one", "other")} == {one, other}
    assert one[:8] in call("twins", one).stdout
    done = told("merge", one, other, "--why", "One voice.")
    assert done["leads"][0] in {one, other}
    assert "Nothing." in call("twins").stdout
    assert "one lead already" in call("merge", one, other, "--why", "One.", code=1).stderr
    assert "Say why" in call("merge", one, other, code=2).stderr
    assert len(told("list")) == 1
    assert "two leads again" in call("unmerge", done["merge"]["id"], "--why", "Two.").stdout
    assert "ben took it back" in call("unmerge", one, other, "--why", "Two.", code=1).stderr
    assert "suggested no more" in call("apart", one, other).stdout
    assert told("twins") == []
    assert "To undo it: commsleads lead unmerge" in call("merge", one, other, "--why", "One.").stdout


@pytest.mark.usefixtures("config")
def test_a_touch_taken_back() -> None:
    """With a reason; what it brought is gone, and the history says so."""
    done = told("touch", "--kind", "event", *RUTH, "--asks", "--use", "--positive")
    assert "Say why" in call("touch", "--undo", done["touch"], code=2).stderr
    assert "Taken back." in call("touch", "--undo", done["touch"], "--why", "Another Ruth.").stdout
    assert told("list") == []
    (*_, last) = [row for row in told("history", done["contact"]) if row["what"] == "touch"]
    assert (last["version"], last["counts"]) == (2, False)
    assert "kind of touch" in call("touch", "--name", "X", "--outlet", "Y", code=2).stderr
    assert "Did you mean “wing”?" in call("touch", "--kind", "phone", *RUTH, "--campaign", "wingg", code=2).stderr


@pytest.mark.usefixtures("config")
def test_stages_and_waking() -> None:
    """A stage by hand needs why; a recycled lead tells when it wakes."""
    ruth = called()
    assert "Say why" in call("stage", ruth, "engaged", code=2).stderr
    assert "service-qualified" in call("stage", ruth, "service-qualified", "--why", "On the train.").stdout
    assert "back to nurture until" in call("recycle", ruth, "--until", "30d", "--why", "After the fair.").stdout
    assert "wakes" in call("list").stdout
    assert [row["what"] for row in told("due", "--until", "60d")] == ["wakes"]
    assert told("due") == []


@pytest.mark.usefixtures("config")
def test_an_enquiry_of_a_minute_ago_is_in_the_list() -> None:
    """Nobody has to run a pass between logging a call and looking at the leads."""
    line = (
        "--from",
        "Ann Vale, North County Post, +44 20 7946 0001",
        "--subject",
        "Jobs",
        "--by-when",
        "by 5pm tomorrow",
    )
    logged = CliRunner().invoke(main, ["enquiry", "log", *line, "--channel", "phone", "--stance", "neutral"])
    assert logged.exit_code == 0, logged.output
    (row,) = told("list")
    assert row["name"] == "Ann Vale"
    assert any("enquiry 20" in row["says"] for row in told("history", "Ann Vale"))
    assert "It waits for an answer" in call("reopen", "Ann Vale", code=2).stderr


@pytest.mark.usefixtures("config")
def test_an_empty_list_says_what_it_waits_for() -> None:
    """An enquiry without a stance is in no list of leads: whoever looks there is told what to type."""
    for who in ("Ann Vale", "Ned Moss"):
        words = f"{who}, North County Post: how many jobs go?"
        assert CliRunner().invoke(main, ["enquiry", "log", words]).exit_code == 0
    for listed in (call("list"), call("due")):
        assert listed.stdout == "Nothing.\n"
        assert "2 open enquiries make nobody a lead until somebody says whether they are positive" in listed.stderr
    said = listed.stderr.split("commsleads ", 1)[1].split()
    assert CliRunner().invoke(main, said).exit_code == 0
    assert "1 open enquiry makes nobody a lead" in call("list").stderr
    assert told("list")[0]["name"] == "Ann Vale"


@pytest.mark.usefixtures("config")
def test_a_lead_says_why_it_is_none_yet_and_what_it_was_rejected_for() -> None:
    """What is missing stands in the view and in JSON; a stage taken back is held since then; a reason is said."""
    ruth = called()
    assert told("show", ruth)["missing"] == []
    assert "rejected: too late" in call("reject", ruth, "--reason", "too late").stdout
    ann = ("--name", "Ann Vale", "--outlet", "North County Post")
    call("touch", "--kind", "event", *ann)
    said = " ".join(call("show", "Ann Vale").stdout.split())
    assert "missing Not material-qualified: no touch has come before it using our data" in said
    assert "Not story-qualified: a talk at an event" in said
    assert "lacks this: asking for something, with a deadline or saying where it is to appear" in said


@pytest.mark.usefixtures("config")
def test_what_only_some_may_see() -> None:
    """That somebody asked is in the history for everybody, and what they asked for those only whom it concerns."""
    line = ("--from", "Ann Vale, North County Post", "--subject", "A leak", "--stance", "neutral", "--channel", "phone")
    more = ("--privacy", "restricted", "--source-detail", "by the porter", "--by", "ada")
    logged = CliRunner().invoke(main, ["enquiry", "log", *line, *more])
    assert logged.exit_code == 0, logged.output
    told("list")
    for words in (told("history", "Ann Vale"), told("show", "Ann Vale")):
        assert "porter" not in json.dumps(words)
        assert "0001" not in json.dumps(words)
    assert "porter" in json.dumps(told("history", "Ann Vale", "--by", "ada"))
    assert "porter" in json.dumps(told("show", "Ann Vale", "--by", "ada"))


HOSTILE = ("\udcff", "\x00", "%", "_", "", "x" * 100_000, "\x1b[31mred", "9" * 30, "ﷺ" * 300)


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered(words: str) -> None:
    """Bytes that are no text, controls, signs of a pattern, far too much: a sentence, and never a trace."""
    lines = (
        ("show", words), ("accept", words), ("merge", words, words, "--why", words), ("unmerge", words),
        ("touch", words, "--kind", words), ("recycle", words, "--until", words), ("twins", words),
    )  # fmt: skip
    for line in lines:
        result = CliRunner().invoke(main, ["lead", *line])
        assert result.exception is None or isinstance(result.exception, SystemExit), (line[0], result.exception)
        assert result.exit_code in {1, 2} or line == ("twins", "")
