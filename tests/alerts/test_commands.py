"""The commands of alerts, as a person and as a program call them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main
from tests.alerts.house import HOOK, house
from tests.web import Web


def call(folder: Path, *words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(folder / "config.toml")], env=environ)


@pytest.fixture
def told(tmp_path: Path) -> str:
    """An office of today with one open alert; its id."""
    office = house(tmp_path)
    office.clock.now = datetime.now(UTC)
    office.call(timedelta(hours=1))
    office.tick()
    return str(office.alerts()[0]["id"])


def test_list_and_show(tmp_path: Path, told: str) -> None:
    """In a line, and whole by the beginning of its id; JSON has times in UTC."""
    listed = call(tmp_path, "alert", "list")
    assert listed.exit_code == 0
    assert told[:8] in listed.output
    assert "no channel" in listed.output
    (row,) = json.loads(call(tmp_path, "alert", "list", "--json").output)
    assert (row["id"], row["kind"], row["channels"], row["settled_at"]) == (told, "deadline near", [], None)
    shown = call(tmp_path, "alert", "show", told[:6])
    assert "must be answered in" in shown.output
    assert "See: commsleads enquiry show" in shown.output
    assert json.loads(call(tmp_path, "alert", "show", told, "--json").output) == row


@pytest.mark.parametrize("ident", ["ffff", "x", "", "0' OR 1=1", "Ä"])
def test_an_id_that_is_none(tmp_path: Path, told: str, ident: str) -> None:
    """A sentence, and where to look."""
    del told
    result = call(tmp_path, "alert", "show", ident)
    assert result.exit_code == 1
    assert "commsleads alert list --all" in result.output


def test_useful_and_settle_have_a_name_to_them(tmp_path: Path, told: str) -> None:
    """Who says so is one of our people; the reason is kept; a settled one is off the list."""
    assert call(tmp_path, "alert", "useful", told, "no", "--by", "zoe").exit_code != 0
    done = json.loads(call(tmp_path, "alert", "useful", told, "no", "--by", "ada", "--json").output)
    assert done["useful"] == [{"voter": "ada", "useful": False}]
    assert "Counted as useful" in call(tmp_path, "alert", "useful", told, "yes", "--by", "ada").output
    settled = call(tmp_path, "alert", "settle", told, "--by", "ada", "--why", "answered by\nphone")
    assert "Settled: ada: answered by phone." in settled.output
    assert call(tmp_path, "alert", "list").output == "Nothing.\n"
    assert "settled" in call(tmp_path, "alert", "list", "--all").output


def test_a_test_says_what_became_of_it(tmp_path: Path) -> None:
    """Taken, or why not; a channel that is not there is answered with those that are."""
    with Web() as web:
        web.add("/hook", b"ok")
        web.add("/no", status=404)
        house(tmp_path, more=HOOK)
        good, bad = f"json://127.0.0.1:{web.port}/hook", f"json://127.0.0.1:{web.port}/no"
        result = call(tmp_path, "alert", "test", "hook", COMMSLEADS_SECRET_HOOK=good)
        assert (result.exit_code, "was taken" in result.output) == (0, True)
        result = call(tmp_path, "alert", "test", "hook", "--json", COMMSLEADS_SECRET_HOOK=bad)
        assert (result.exit_code, json.loads(result.output)["state"]) == (1, "refused")
    assert call(tmp_path, "alert", "test", "hook").exit_code == 2
    missing = call(tmp_path, "alert", "test", "desk")
    assert (missing.exit_code, "There is: hook." in missing.output) == (2, True)


def test_check_says_which_address_cannot_be_one(tmp_path: Path) -> None:
    """Without repeating it: it is a secret."""
    house(tmp_path, more=HOOK)
    result = call(tmp_path, "check", COMMSLEADS_SECRET_HOOK="slack://s3cr3t")
    assert result.exit_code != 0
    assert "Apprise knows no service “slack”" in result.output
    assert "s3cr3t" not in result.output
    result = call(tmp_path, "check")
    assert "COMMSLEADS_SECRET_HOOK" in result.output
    assert "can be read" not in result.output


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('quiet_from = "21:00"', "alerts.quiet_until is missing"),
        ('quiet_from = "21:00"\nquiet_until = "21:00"', "leave both out for none"),
        ('quiet_from = "9pm"\nquiet_until = "07:00"', "alerts.quiet_from"),
        ("tier = 4", "alerts.tier"),
        ('risk = ["!"]', "alerts.risk"),
        ('levels = { surges = "review" }', "surge"),
        ('levels = { surge = "panic" }', "alerts.levels.surge"),
        ('deadline_before = "0s"', "alerts.deadline_before"),
        ('surge = { sensitivity = "huge" }', "sensitivity"),
        ('surge = { weeks = 2 }', "weeks"),
        ('[[alerts.channels]]\nname = "a"\nurl_secret = "slack://T1/B1/Xx1"', "must be the name of a secret"),
        ('[[alerts.channels]]\nname = "a"\nurl_secret = "x"\nofficer = "zoe"', "no officer has that id"),
        ('[[alerts.channels]]\nname = "a"\nurl_secret = "x"\nkinds = ["surges"]', "kinds"),
        ('[[alerts.channels]]\nname = "a"\nurl_secret = "x"\n' * 2, "give each its own"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_settings_gets_a_sentence(tmp_path: Path, written: str, said: str) -> None:
    """With the key that it is about."""
    (tmp_path / "config.toml").write_text(f"[alerts]\n{written}\n", encoding="utf-8")
    result = call(tmp_path, "alert", "list")
    assert result.exit_code == 2
    assert said in result.output
