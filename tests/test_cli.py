"""The command line as a person and as a script meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main
from tests.office import WEEKLY, item, rss, settings
from tests.web import Web


def call(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output + result.stderr
    return result


def told(*words: str, code: int = 0) -> Any:
    return json.loads(call(*words, "--json", code=code).stdout)


@pytest.fixture
def config(tmp_path: Path) -> Any:
    """Two feeds, one of them gone, polled once."""
    with Web() as web:
        web.add("/feed", rss(item(1, "Harbour Museum opens"), item(2, "Ferry sails")))
        urls = {"news": web.url("/feed"), "gone": web.url("/gone")}
        file = str(settings(tmp_path, urls, more=WEEKLY))
        call("--config", file, "once", "--all", code=1)
        yield file


def test_lists_in_the_shapes_others_rely_on(config: str) -> None:
    """Every list has the fields of the interface."""
    sources = told("sources", "--config", config)
    assert [row["state"] for row in sources] == ["failing", "ok"]
    fields = {"id", "kind", "url", "state", "last_success_at", "last_status", "last_error", "failures", "signals"}
    assert fields | {"next_check_at"} <= set(sources[0])
    (mention,) = told("signals", "--watch", "museum", "--config", config)
    assert mention["watches"] == [{"id": "museum", "phrase": "Harbour Museum"}]
    assert mention["campaigns"] == [{"id": "new-wing", "rule": "watch"}]
    assert {"external_id", "canonical_url", "published_raw", "first_seen_at", "story", "text"} <= set(mention)
    stories = told("stories", "--config", config)
    assert {"id", "title", "url", "outlet", "first_seen_at", "copies", "watches", "campaigns"} <= set(stories[0])
    assert told("gaps", "--config", config)[0]["source"] == "gone"
    assert told("signals", "--limit", "1", "--config", config) == told("signals", "--config", config)[:1]
    assert told("signals", "--since", "2030-01-01", "--config", config) == []


def test_people_get_tables_and_words(config: str) -> None:
    """Without --json each list is readable, and an empty one says so."""
    assert "failing" in call("sources", "--config", config).stdout
    assert "Harbour Museum opens" in call("stories", "--config", config).stdout
    assert call("signals", "--campaign", "other", "--config", config).stdout == "Nothing.\n"
    assert "[Ferry]" in call("search", "ferry", "--config", config).stdout


def test_a_misspelt_name_is_told(config: str) -> None:
    """An empty list because of a name that nobody declared says so on standard error; the list itself is as ever."""
    for words in (["signals", "--watch", "musuem"], ["stories", "--campaign", "x"], ["gaps", "--source", "nwes"]):
        result = call(*words, "--config", config)
        assert result.stdout == "Nothing.\n"
        assert f'is called "{words[2]}". There is: ' in result.stderr
    assert call("signals", "--kind", "hit", "--config", config).stderr == ""


def test_what_went_wrong_is_told_to_its_end(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow terminal no reason is cut off, and times are those of the organisation, not of the JSON."""
    monkeypatch.setenv("COLUMNS", "60")
    (gone,) = (row for row in told("sources", "--config", config) if row["id"] == "gone")
    for command in ("sources", "gaps"):
        shown = call(command, "--config", config).stdout
        assert gone["last_error"] in " ".join(shown.split())
        assert max(len(line) for line in shown.splitlines()) <= 60
        assert not re.search(r"\dZ\b", shown)
    seen = datetime.fromisoformat(told("signals", "--config", config)[0]["first_seen_at"])
    assert f"{seen.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M}" in call("stories", "--config", config).stdout


def test_check_asks_the_sources_of_the_settings(tmp_path: Path) -> None:
    """Online, `check` tells of every source that is declared, and not of one that left the settings."""
    with Web() as web:
        web.add("/feed", rss(item(1, "Ferry sails")))
        file = str(settings(tmp_path, {"news": web.url("/feed"), "gone": web.url("/gone")}))
        lines = {line["what"]: line for line in told("check", "--online", "--config", file, code=1)}
        assert (lines["source news"]["ok"], lines["source gone"]["ok"]) == (True, False)
        settings(tmp_path, {"news": web.url("/feed")})
        lines = {line["what"]: line for line in told("check", "--online", "--config", file)}
        assert lines["source news"]["ok"]
        assert "source gone" not in lines
        assert "1 source, 1 watch, 1 campaign, 0 reports" in lines["settings"]["said"]


def test_check_says_whether_the_secrets_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox without its password is found before it is asked; what the password is stays unsaid."""
    monkeypatch.delenv("COMMSLEADS_SECRET_PRESS_MAIL", raising=False)
    file = tmp_path / "config.toml"
    file.write_text(
        '[organisation]\nname = "A museum"\ntimezone = "UTC"\n'
        '[[sources]]\nid = "mail"\nkind = "mailbox"\nurl = "imaps://imap.museum.example"\n'
        'user = "press"\npassword_secret = "press-mail"\n',
        encoding="utf-8",
    )
    lines = {line["what"]: line for line in told("check", "--config", str(file), code=1)}
    assert "Set COMMSLEADS_SECRET_PRESS_MAIL" in lines["secret press-mail"]["said"]
    monkeypatch.setenv("COMMSLEADS_SECRET_PRESS_MAIL", "Hunter2-Hunter2")
    result = call("check", "--config", str(file))
    assert "secret press-mail: is there" in result.stdout
    assert "Hunter2" not in result.stdout


def test_a_paused_source_is_tried_again_by_name(tmp_path: Path) -> None:
    """Who has mended a password says `poll`, and the source is read again."""
    with Web() as web:
        web.add("/feed", b"", status=401)
        file = str(settings(tmp_path, {"locked": web.url("/feed")}))
        call("--config", file, "once", code=1)
        assert told("sources", "--config", file)[0]["state"] == "paused"
        web.add("/feed", rss(item(1, "Ferry sails")))
        assert "locked: ok" in call("poll", "locked", "--config", file).stdout


def test_search_finds_signals(config: str) -> None:
    """Search needs no preparation: the index catches up by itself."""
    (found,) = told("search", "harbour", "museum", "--config", config)
    assert found["title"] == "Harbour Museum opens"
    assert told("search", "opens harbour", "--config", config) == []


@pytest.mark.parametrize("form", ["text", "html", "md", "json"])
def test_report_in_every_form(config: str, tmp_path: Path, form: str) -> None:
    """The digest prints in each form and writes to a file."""

    def untimed(text: str) -> str:
        """Without the moment of its making: the clock may have gone on between two calls."""
        return re.sub(r"\d\d:\d\d(:\d\dZ)?", "", text).strip()

    printed = call("report", "weekly", "--format", form, "--config", config).stdout
    assert len(printed) > 400
    call("report", "weekly", "--format", form, "--out", str(tmp_path / "out"), "--config", config)
    assert untimed((tmp_path / "out").read_text(encoding="utf-8")) == untimed(printed)


@pytest.mark.parametrize(("ending", "start"), [(".HTML", "<!"), (".json", "{"), (".md", "# "), (".txt", "")])
def test_the_ending_of_the_file_says_the_form(tmp_path: Path, ending: str, start: str) -> None:
    """Who names a file r.html wants HTML, unless --format says otherwise."""
    config = str(settings(tmp_path, {}, more=WEEKLY))
    file = tmp_path / f"r{ending}"
    call("report", "weekly", "--out", str(file), "--config", config)
    assert file.read_text(encoding="utf-8").startswith(start)
    call("report", "weekly", "--format", "json", "--out", str(file), "--config", config)
    assert file.read_text(encoding="utf-8").startswith("{")


def test_report_as_json_and_where_it_cannot_be_written(config: str, tmp_path: Path) -> None:
    """`--json` is `--format json`; a folder that is not there is a sentence and no trace."""
    assert told("report", "weekly", "--config", config)["edition"] == 1
    nowhere = str(tmp_path / "none" / "out.html")
    assert "cannot be written" in call("report", "weekly", "--out", nowhere, "--config", config, code=1).stderr


def test_this_week_so_far(config: str) -> None:
    """Who began today sees today's coverage: `--period this` is the week that runs."""
    data = told("report", "weekly", "--period", "this", "--config", config)
    assert data["figures"]["stories"]["value"] == 1
    assert "(not over: as of" in data["verdict"]["sentences"][0]


def test_poll_names_its_sources(config: str) -> None:
    """One source by name; a failing one gives exit 1, an unknown one a usage error that helps."""
    assert "news: ok" in call("poll", "news", "--config", config).stdout
    call("poll", "gone", "--config", config, code=1)
    assert "commsleads sources" in call("poll", "nwes", "--config", config, code=2).stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["signals", "--since", "yesterday"], "not a day or time"),
        (["report", "monthly"], "There is: campaign, coverage, enquiries, evaluation, leads, sources, weekly"),
        (["report", "weekly", "--period", "week 47"], "2026-W47"),
        (["signals", "--limit", "-1"], "--limit"),
    ],
)
def test_wrong_usage_is_told(config: str, words: list[str], says: str) -> None:
    """Exit 2 and a sentence that says what to write instead."""
    assert says in call(*words, "--config", config, code=2).stderr


def test_every_wrong_setting_at_once(tmp_path: Path) -> None:
    """A settings file with mistakes starts nothing, tells all of them on standard error, and exits with 2."""
    file = tmp_path / "config.toml"
    file.write_text(
        '[organisation]\nnam = "x"\ntimezone = "Mars/Base"\n[[sources]]\nid = "a"\nkind = "feds"\nurl = "x"\n'
    )
    result = call("--config", str(file), "once", "--json", code=2)
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) >= 4
    assert 'did you mean "name"' in result.stderr
    assert not (tmp_path / "commsleads.db").exists()


def test_init_check_once_for_a_newcomer(tmp_path: Path) -> None:
    """`init` writes a file that `check` accepts, and never overwrites it."""
    assert f"--config {tmp_path / 'office' / 'config.toml'} once" in call("init", str(tmp_path / "office")).stdout
    file = tmp_path / "office" / "config.toml"
    written = file.read_bytes()
    assert all(line["ok"] for line in told("check", "--config", str(file)))
    call("init", str(tmp_path / "office"), code=1)
    assert "cannot be written" in call("init", str(file / "below"), code=1).stderr
    assert file.read_bytes() == written


def test_what_could_not_be_read_is_shown_harmless(tmp_path: Path) -> None:
    """A consent page in place of a feed is listed, and printed without anything a terminal would obey."""
    with Web() as web:
        web.add("/page", b"<!doctype html><html><body>Accept \x1b[2J cookies", headers={"Content-Type": "text/html"})
        file = str(settings(tmp_path, {"page": web.url("/page")}))
        call("--config", file, "once", "--all", code=1)
    assert "page" in call("unread", "--config", file).stdout
    shown = call("unread", "page", "--config", file).stdout
    assert "Accept" in shown
    assert "\x1b" not in shown
    call("unread", "other", "--config", file, code=1)


def test_newcomer_meets_no_source_of_the_example(tmp_path: Path) -> None:
    """After `init` and an edit of the file, the list of sources holds the person's own and nothing else."""
    call("init", str(tmp_path / "office"))
    file = settings(tmp_path / "office", {"own": "http://127.0.0.1:9/feed"})
    assert [row["id"] for row in told("sources", "--config", str(file))] == ["own"]


def test_backup_and_rebuild(config: str, tmp_path: Path) -> None:
    """A copy is made once; a rebuild takes every signal in again."""
    call("backup", str(tmp_path / "copy.db"), "--config", config)
    assert "there already" in call("backup", str(tmp_path / "copy.db"), "--config", config, code=1).stderr
    before = told("stories", "--config", config)
    assert told("rebuild", "--config", config) == {"signals": 2, "mails": 0, "leads": 0}
    assert told("stories", "--config", config) == before


def test_config_from_the_environment_and_the_folder(config: str, tmp_path: Path) -> None:
    """$COMMSLEADS_CONFIG is used, else ./config.toml, else the person is told."""
    argv = [sys.executable, "-m", "commsleads", "sources", "--json"]
    clean = {name: value for name, value in os.environ.items() if name != "COMMSLEADS_CONFIG"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    by_name = subprocess.run(argv, cwd=elsewhere, env=clean | {"COMMSLEADS_CONFIG": config}, capture_output=True)
    by_folder = subprocess.run(argv, cwd=tmp_path, env=clean, capture_output=True)
    assert json.loads(by_name.stdout) == json.loads(by_folder.stdout) != []
    nowhere = subprocess.run(argv, cwd=elsewhere, env=clean, capture_output=True)
    assert nowhere.returncode == 2
    assert b"commsleads init" in nowhere.stderr


def test_reader_that_leaves_early_is_no_error(config: str) -> None:
    """`commsleads signals | head` ends without a trace."""
    command = f"{sys.executable} -m commsleads --config {config} signals --json | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True)
    assert done.stderr == b""
