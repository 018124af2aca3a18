"""The desk's commands as a person and as a script meet them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

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
[[desk.officers]]
id = "cem"
role = "approver"
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings of an office; Ben is at the keyboard."""
    monkeypatch.setenv("COMMSLEADS_USER", "ben")
    monkeypatch.setenv("COMMSLEADS_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return str(tmp_path / "config.toml")


def call(*words: str, code: int = 0, typed: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["enquiry", *words], catch_exceptions=False, input=typed)
    assert result.exit_code == code, result.output + result.stderr
    return result


def told(*words: str) -> Any:
    return json.loads(call(*words, "--json").stdout)


RUTH = "Ruth Calder, North County Post, +44 20 7946 0000"


def test_a_call_in_one_line(config: str) -> None:
    """The reference first, then what was understood; the caller's words stand beside the instant."""
    result = call(
        "log", "--from", RUTH, "--subject", "Leeds site", "--by-when", "by 5pm tomorrow", "--channel", "phone"
    )
    lines = result.stdout.splitlines()
    assert lines[0] == f"{datetime.now(UTC).year}-0001"
    assert lines[1] == "Ruth Calder, North County Post: Leeds site"
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    assert lines[2].startswith(f"Deadline: {tomorrow:%A} {tomorrow.day} ")
    assert '("by 5pm tomorrow")' in lines[2]
    assert result.stderr == ""


def test_a_call_in_free_form(config: str) -> None:
    """Who, where from, what and by when out of one sentence; what is not said is told."""
    result = call("log", "Ruth Calder, North County Post: how many jobs go in Leeds? by COB tomorrow")
    assert "how many jobs go in Leeds?" in result.stdout
    assert result.stderr == "Not said, so logged as channel: phone.\n"
    shown = told("show", "1")
    assert (shown["journalists"][0]["name"], shown["outlet"]) == ("Ruth Calder", "North County Post")
    assert (shown["deadline_text"], shown["deadline_kind"]) == ("by COB tomorrow", "hard")
    assert [one["text"] for one in shown["questions"]] == ["how many jobs go in Leeds?"]
    assert call("log", "how many jobs?").stderr == (
        "Not said, so logged as who: none stated; outlet: none stated; deadline: none stated; channel: phone.\n"
    )


def test_on_a_terminal_what_is_missing_is_asked(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter leaves a field out."""
    import commsleads.cli.desk as commands

    class Terminal:
        class stdin:  # noqa: N801
            @staticmethod
            def isatty() -> bool:
                return True

    monkeypatch.setattr(commands, "sys", Terminal)
    result = call("log", typed="Ruth Calder\nNorth County Post\nhow many jobs?\n\nemail\n")
    assert "Deadline: none stated" in result.stdout
    shown = told("show", "1")
    assert (shown["outlet"], shown["channel_in"], shown["subject"]) == ("North County Post", "email", "how many jobs?")
    assert "a deadline" not in result.stderr


def test_a_slip_on_a_terminal_is_asked_again(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that are no time, and a channel that is none, cost nothing of what was typed before."""
    import commsleads.cli.desk as commands

    class Terminal:
        class stdin:  # noqa: N801
            @staticmethod
            def isatty() -> bool:
                return True

    monkeypatch.setattr(commands, "sys", Terminal)
    result = call("log", typed="Ruth Calder\nNorth County Post\nhow many?\nwhen pigs fly\n3 March 2031\nfax\nEmail\n")
    assert "“fax” is no channel. Say one of: phone, email" in result.stderr
    shown = told("show", "1")
    assert (shown["channel_in"], shown["deadline_text"]) == ("email", "3 March 2031")
    call("log", typed="Ruth Calder\nNorth County Post\nhow many?\nwhen pigs fly\n\nphone\n")
    assert told("show", "2")["deadline_text"] == "when pigs fly"


def test_a_script_logs_once(config: str) -> None:
    """The same key gives the same record."""
    words = ("log", "Ruth Calder, Post: how many?", "--key", "crm-17")
    assert told(*words)["reference"] == told(*words)["reference"]
    assert len(told("list", "--all")) == 1


def test_who_is_not_declared_is_refused(config: str) -> None:
    """With the nearest name; refused moves exit 1, wrong use 2."""
    assert "Did you mean ada?" in call("list", "--by", "adda", code=2).stderr
    assert "There is no enquiry" in call("show", "77", code=1).stderr
    assert "is no reference" in call("show", "x/y", code=1).stderr
    assert "is no state" in call("list", "--state", "lost", code=2).stderr
    assert "is no zone" in call("deadline", "noon", "--zone", "Mars", code=2).stderr
    assert "is not a day" in call("log", "x", "--received", "yesterday", code=2).stderr
    assert "Say what is asked" in call("log", code=2).stderr
    call("log", "x")
    assert "Say what to note" in call("set", "1", code=2).stderr
    assert "--for journalist" in call("hold", "1", code=2).stderr
    assert "cannot become" in call("monitor", "1", code=1).stderr
    assert "has had no answer" in call("close", "1", code=1).stderr
    assert "Say one of --ask" in call("sign-off", "1", "--approve", "--ask", "ada", code=2).stderr


def test_a_whole_enquiry_by_command(config: str) -> None:
    """Every verb, by a person and as JSON."""
    call("log", "Ruth Calder, Post: how many jobs? by noon tomorrow", "--stance", "neutral")
    assert call("acknowledge", "1").stdout.endswith("acknowledged\n")
    assert told("assign", "1", "--to", "ben", "--note", "knows Leeds")["owner"] == "ben"
    assert call("research", "1").stdout.endswith("researching\n")
    assert told("set", "1", "--level", "review", "--issue", "jobs", "--minutes", "5")["level"] == "review"
    assert told("set", "1", "--journalist", "Lee Park, Post, lee@post.example")["journalists"][1]["name"] == "Lee Park"
    assert told("set", "1", "--by-when", "")["deadline_kind"] == "none stated"
    assert call("question", "1", "And when?").stdout.endswith(": question 2\n")
    assert told("question", "1", "In March.", "--answer", "2")["questions"][1]["state"] == "answered"
    assert call("hold", "1", "--for", "journalist").stdout.endswith("awaiting journalist\n")
    assert call("hold", "1", "--release").stdout.endswith("researching\n")
    assert told("expert", "1", "Dr Vale", "--wait")["hold"] == "awaiting_expert"
    assert told("expert", "1", "--answered", "1", "--note", "150")["experts"][0]["note"] == "150"
    assert "promise 1, by " in call("promise", "1", "call back", "--due", "in 2 hours").stdout
    assert told("promise", "1", "--kept", "1")["follow_ups"][0]["done_by"] == "ben"
    assert told("interview", "1", "Dr Vale", "--chief")["interviews"][0]["chief"]
    assert call("draft", "1", "-", typed="About 150 posts.\n").stdout.endswith("drafting: draft 1\n")
    version = told("show", "1")["version"]
    call("set", "1", "--angle", "cuts")
    assert "was changed meanwhile: ben set it" in call("draft", "1", "x", "--if-version", str(version), code=1).stderr
    assert told("list", "--mine")[0]["reference"] == told("show", "1")["reference"]
    assert told("list", "--journalist", "calder", "--state", "drafting")[0]["journalists"] == [
        "Ruth Calder",
        "Lee Park",
    ]
    shown = call("show", "1").stdout
    assert "About 150 posts." in shown
    assert "Ruth Calder" in shown
    assert [row["what"] for row in told("history", "1")][:3] == ["logged", "acknowledged", "assigned"]
    assert "acknowledged" in call("history", "1").stdout
    assert told("withdraw", "1")["status"] == "withdrawn"
    assert told("list") == []
    assert told("list", "--all")[0]["status"] == "withdrawn"
    assert told("reopen", "1", "--reason", "asks again")["status"] == "reopened"
    assert told("decline", "1", "--reason", "courts", "--told")["response_kind"] == "declined"
    call("log", "y")
    assert told("duplicate", "2", "--of", "1")["duplicate_of"].endswith("-0001")
    call("log", "z")
    assert told("redirect", "3", "--to", "customer line")["redirected_to"] == "customer line"


def test_sign_off_by_command(config: str) -> None:
    """Asked, sent back, asked again, approved, answered; what was said before is shown with what conflicts."""
    call("log", "Ruth Calder, Post: how many jobs go in Leeds?")
    assert "There is no draft" in call("sign-off", "1").stdout
    call("draft", "1", "About 150 posts will go in Leeds in March.")
    assert "cem was asked: sign-off" in call("sign-off", "1", "--ask", "cem").stdout
    assert call("sign-off", "1", "--send-back", "which month?", "--by", "cem").stdout.endswith("sent back\n")
    call("draft", "1", "About 150 posts will go in Leeds in April.")
    call("sign-off", "1", "--ask", "cem")
    assert "must be on draft 2" in call("sign-off", "1", "--approve", "--draft", "1", "--by", "cem", code=1).stderr
    assert "it may go out" in call("sign-off", "1", "--approve", "--draft", "2", "--by", "cem").stdout
    assert told("sign-off", "1")["steps"][0]["decision"] == "approved"
    words = ("respond", "1", "--method", "email", "--terms", "on the record")
    assert call(*words).stdout.endswith("responded: answer 1\n")
    assert told("search", "posts")[0]["text"] == "About 150 posts will go in Leeds in April."
    assert told("journalist", "Ruth Calder")[0]["answers"][0]["kind"] == "full"
    assert "About 150" in call("journalist", "Ruth Calder").stdout
    call("log", "Lee Park, Star: and how many jobs go in Leeds?")
    call("draft", "2", "About 140 posts will go in Leeds in April.")
    chain = told("sign-off", "2")
    assert chain["past"][0]["text"] == "About 150 posts will go in Leeds in April."
    assert "150" in chain["conflicts"][0]["sentence"]
    assert "Conflict: " in call("sign-off", "2", "--ask", "cem").stderr
    assert told("sign-off", "2", "--waive", "on air", "--by", "ada")["status"] == "approved"
    assert told("close", "1", "--outcome", "unknown")["outcome"] == "unknown"


def test_lines_by_command(config: str) -> None:
    """Written, approved by another, listed, sent, retired."""
    assert "leeds v1" in call("line", "add", "leeds", "More in March.", "--topic", "Leeds", "--tag", "jobs").stdout
    assert told("line", "list")[0]["in_force"] is False
    assert "nobody signs" in call("line", "approve", "leeds", code=1).stderr
    assert call("line", "approve", "leeds", "--by", "cem").stdout == "leeds v1 is approved.\n"
    assert "in force" in call("line", "list").stdout
    call("log", "Ruth Calder, Post: when?")
    words = ("respond", "1", "--line", "leeds", "--method", "phone", "--terms", "spokesperson")
    assert told(*words)["answers"][0]["text"] == "More in March."
    assert told("line", "retire", "leeds")[0]["retired"]
    assert told("line", "list") == []
    assert len(told("line", "list", "--all")) == len(told("line", "show", "leeds")) == 1
    assert "retired" in call("line", "show", "leeds").stdout
    assert "is not a day" in call("line", "add", "x", "y", "--from", "soon", code=2).stderr


def test_a_deadline_in_words(config: str) -> None:
    """The instant with its reasons, or null with exit 0."""
    found = told("deadline", "by COB Thursday", "--received", "2026-11-16T09:00")
    assert (found["text"], found["deadline_at"]) == ("by COB Thursday", "2026-11-19T17:00:00Z")
    assert {"deadline_text", "day", "sure", "why"} <= set(found)
    nothing = told("deadline", "some purple elephants")
    assert (nothing["deadline_at"], nothing["day"], nothing["sure"]) == (None, None, None)
    assert call("deadline", "some purple elephants").stdout.startswith("Nothing in these words")
    there = told("deadline", "5pm", "--received", "2026-11-16T09:00", "--zone", "America/New_York")
    assert there["deadline_at"] == "2026-11-16T22:00:00Z"
    assert "Thursday 19 November 2026, 17:00 GMT" in call(
        "deadline", "by COB Thursday", "--received", "2026-11-16T09:00"
    ).stdout  # fmt: skip


def test_as_of_by_command(config: str) -> None:
    """Before today it was not there; today it is as it is."""
    call("log", "Ruth Calder, Post: when?")
    assert "was not in the log then" in call("show", "1", "--as-of", "2020-01-01", code=1).stderr
    now = told("show", "1")
    now.pop("waits_for")
    assert told("show", "1", "--as-of", (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d")) == now


def test_the_schedule_marks_what_lapsed(config: str) -> None:
    """One pass of the program, and the record says that its deadline passed; the board shows it."""
    before = (datetime.now(UTC) - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    call("log", "Ruth Calder, Post: when?", "--received", before, "--by-when", "in 2 hours")
    assert CliRunner().invoke(main, ["once"], catch_exceptions=False).exit_code == 0
    year = before[:4]
    assert told("show", f"{year}-0001")["lapsed_at"]
    assert told("list")[0]["shown"] == "lapsed"
    assert [row["who"] for row in told("history", f"{year}-0001")] == ["ben", "commsleads"]


def test_who_takes_a_restricted_call_gets_its_reference(config: str) -> None:
    """Even who may not see it from then on: the journalist is told the number."""
    result = call("log", "Ruth Calder, Post: is it true?", "--privacy", "restricted")
    assert "-0001 new: logged; only those whom it concerns may see it" in result.stdout
    assert told("log", "Ruth Calder, Post: is it true?", "--privacy", "restricted")["reference"].endswith("-0002")
    assert "may not see it" in call("show", "1", code=1).stderr


def test_a_wrong_word_is_a_wrong_call(config: str) -> None:
    """Exit 2, as for any wrong use; and nothing is said to be logged that is not."""
    for option, word in (("--channel", "fax"), ("--stance", "angry"), ("--level", "high"), ("--to", "zed")):
        result = call("log", "x", option, word, code=2)
        assert (result.stdout, "logged as" in result.stderr) == ("", False)
    call("log", "x")
    call("respond", "1", "words", "--kind", "loud", "--method", "phone", code=2)
    call("close", "1", "--outcome", "fame", code=2)
    assert "COMMSLEADS_USER" not in call("list", "--by", "zed", code=2).stderr


def test_a_record_shows_all_that_it_holds(config: str) -> None:
    """Whatever can be set can be read, by people as by programs."""
    call("log", "Ruth Calder, North County Post: is it true?")
    fields = {
        "programme": "News at Six", "parent": "Post Group", "freelance-for": "The Globe", "angle": "waste",
        "heard-how": "a neighbour", "source-detail": "page 3", "format": "live, 4 minutes", "participants": "Sir X",
        "expected-publication": "Sunday", "spokesperson": "Dame Ann", "availability": "after four", "lessons": "ask",
        "language": "en", "issue": "roof", "campaign": "autumn", "cta": "join", "fact": "https://museum.example/a",
        "background": "called twice", "channel": "event",
    }  # fmt: skip
    call("set", "1", *(word for name, said in fields.items() for word in (f"--{name}", said)), "--media-trained")
    shown = call("show", "1").stdout
    for said in (*fields.values(), "media-trained", "taken by ben"):
        assert said in shown, said


@pytest.mark.parametrize(
    ("words", "subject", "said"),
    [
        ("what happened today?", "what happened today?", ""),
        ("will the wing open by March?", "will the wing open by March?", ""),
        ("comment on the strike tomorrow", "comment on the strike tomorrow", ""),
        ("what happened today? by 4pm tomorrow", "what happened today?", "by 4pm tomorrow"),
        ("jobs, 5pm tomorrow", "jobs", "5pm tomorrow"),
        ("jobs - COB tomorrow", "jobs", "COB tomorrow"),
        ("how many jobs by noon tomorrow", "how many jobs", "by noon tomorrow"),
    ],
)
def test_a_day_that_is_asked_about_is_no_deadline(config: str, words: str, subject: str, said: str) -> None:
    """A time on its own counts in a clause of its own, and never in a question."""
    shown = told("log", f"Ruth Calder, Post: {words}")
    assert (shown["subject"], shown["deadline_text"], shown["deadline_at"] is not None) == (subject, said, bool(said))


def test_a_time_that_was_not_taken_is_pointed_out(config: str) -> None:
    """Who typed it sees at once that the deadline is missing."""
    said = call("log", "Ruth Calder, Post: call back by 3pm about Leeds").stderr
    assert "deadline: none stated (if “by 3pm about” is one, say it with --by-when)" in said
