"""Goals by command: set, looked at, dropped, and refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads.app import build
from commsleads.cli import main
from commsleads.store import history
from tests.office import settings

DESK = '[desk]\nteam = "press"\n[[desk.officers]]\nid = "ada"\nname = "Ada Stone"\n'
OWN = '[[goals]]\nid = "spring"\nname = "Spring"\nn = 5\nstarts_on = 2026-01-01\nends_on = 2026-03-31\n'
YEAR = ("--from", "2026-01-01", "--until", "2026-12-31")


class Office:
    """A press office with one officer, and a goal in its settings."""

    def __init__(self, folder: Path) -> None:
        self.file = settings(folder, {}, more=DESK + OWN)

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["--config", str(self.file), "goal", *words], env={"COMMSLEADS_USER": "ada"})

    def json(self, *words: str) -> Any:
        found = self.run(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    def refused(self, *words: str) -> str:
        found = self.run(*words)
        assert found.exit_code == 2, found.output
        return found.output


@pytest.fixture
def house(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_goal_is_set_shown_changed_and_dropped(house: Office) -> None:
    """Each step is answered, and stands in the history with who did it."""
    done = house.run(
        "set", "year", "--n", "40", *YEAR, "--leads", "90", "--why", "To fill the wing.", "--team", "press"
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("year: new.\n")
    shown = house.json("show", "year")
    assert (shown["n"], shown["of"], shown["leads"], shown["origin"]) == (40, "qualified leads", 90, "people")
    assert shown["relevant"] == "To fill the wing."
    again = ("--leads", "90", "--why", "To fill the wing.", "--team", "press")
    assert house.json("set", "year", "--n", "40", *YEAR, *again)["what"] == "same"
    assert house.json("set", "year", "--n", "50", *YEAR)["what"] == "changed"
    assert [one["id"] for one in house.json("list")] == ["year", "spring"]
    assert house.run("drop", "year").stdout == "year is dropped.\n"
    assert [one["id"] for one in house.json("list")] == ["spring"]
    with build(house.file).engine.session() as session:
        rows = history.of(session, "goal", "year")
    assert [(row["who"], row["what"]) for row in rows] == [("ada", "set"), ("ada", "changed"), ("ada", "dropped")]


def test_a_dropped_goal_can_be_set_again(house: Office) -> None:
    """As a new one."""
    house.json("set", "year", "--n", "40", *YEAR)
    house.json("drop", "year")
    assert house.json("set", "year", "--n", "40", *YEAR)["what"] == "new"


def test_people_read_it(house: Office) -> None:
    """A list with a sentence under each, and one goal with all that is known of it."""
    house.json("set", "year", "--n", "40", *YEAR, "--name", "The year", "--how", "It was 38 last year.")
    told = house.run("list").stdout
    assert "so far" in told
    assert "40 qualified leads" in told
    shown = house.run("show", "year").stdout
    assert "reachable: It was 38 last year." in shown
    assert "kept by: commsleads goal set" in shown
    assert "kept by: the settings file" in house.run("show", "spring").stdout


def test_nothing_is_set_yet(tmp_path: Path) -> None:
    """Then it is said how to set one."""
    file = settings(tmp_path, {}, more=DESK)
    told = CliRunner().invoke(main, ["--config", str(file), "goal", "list"])
    assert "commsleads goal set ID" in told.stdout
    assert json.loads(CliRunner().invoke(main, ["--config", str(file), "goal", "list", "--json"]).stdout) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("year", "--n", "0", *YEAR), "n "),
        (("year", "--n", "-3", *YEAR), "n "),
        (("year", "--n", "4", "--from", "2026-05-01", "--until", "2026-04-30"), "no day is left"),
        (("year", "--n", "4", "--from", "soon", "--until", "2026-04-30"), "no day"),
        (("year", "--n", "4", *YEAR, "--of", "qualified lead"), 'did you mean "qualified leads"'),
        (("year", "--n", "4", *YEAR, "--of", "story-qualifed"), 'did you mean "story-qualified"'),
        (("year", "--n", "4", *YEAR, "--campaign", "new-wings"), 'did you mean "new-wing"'),
        (("year", "--n", "4", *YEAR, "--team", "pres"), 'did you mean "press"'),
        (("year", "--n", "4", *YEAR, "--owner", "bob"), "there is none"),
        (("year", "--n", "4", *YEAR, "--leads", "3"), "more would come out than come in"),
        (("year", "--n", "4", *YEAR, "--how", "It was \x1b[31m38 last year."), "control character"),
        (("A goal!", "--n", "4", *YEAR), "an id is"),
        (("spring", "--n", "4", *YEAR), "settings file"),
    ],
)
def test_what_makes_no_sense_is_refused(house: Office, words: tuple[str, ...], said: str) -> None:
    """In a sentence that says what to do."""
    told = house.refused("set", *words)
    assert said in told
    assert "Traceback" not in told


def test_all_mistakes_at_once(house: Office) -> None:
    """Somebody who typed two things wrong is told both, and nothing was set."""
    told = house.refused("set", "year", "--n", "4", *YEAR, "--team", "pres", "--of", "sales")
    assert told.count("commsleads: ") == 2
    assert [one["id"] for one in house.json("list")] == ["spring"]


def test_a_stage_of_the_criteria_is_a_figure(house: Office) -> None:
    """A goal may be about one stage."""
    assert house.json("set", "year", "--n", "4", *YEAR, "--of", "story-qualified")["of"] == "story-qualified leads"


def test_a_goal_that_there_is_not(house: Office) -> None:
    """The nearest is named; a goal of the settings cannot be dropped."""
    assert "Did you mean “spring”?" in house.refused("show", "sprng")
    assert "No goal is called" in house.refused("drop", "autumn")
    assert "settings file" in house.refused("drop", "spring")
