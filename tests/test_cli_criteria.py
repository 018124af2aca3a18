"""The commands of the criteria, as a comms officer types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commsleads import app as apps
from commsleads.cli import main
from commsleads.config.criteria import text_of_own
from commsleads.journey import Touch
from commsleads.leads import agreeing
from commsleads.leads.retelling import retell
from commsleads.store.leads import touches
from tests.office import Clock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
[[desk.officers]]
id = "ada"
role = "lead"
[[desk.officers]]
id = "ben"
"""
STRICTER = text_of_own().replace('name = "warm"\nleast = 20', 'name = "warm"\nleast = 35')
Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`commsleads …` in a folder of its own, on a Monday morning; three people have touched us."""
    (tmp_path / "config.toml").write_text(SETTINGS)
    (tmp_path / "stricter.toml").write_text(STRICTER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(apps, "clock", Clock(NOW))
    built = apps.build(tmp_path / "config.toml", clock=Clock(NOW), environ={})
    built.prepare()
    with built.engine.session() as session:
        with session.atomic():
            for number, (kind, marks) in enumerate((
                ("enquiry", "ask deadline outlet own tier-2"), ("form", "ask more outlet own tier-1"), ("click", "did"),
            )):  # fmt: skip
                who = f"person{number}"
                session.execute(
                    "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
                    "VALUES (:id, :name, :id, 'a test', 'a test', '', '', '')",
                    id=who,
                    name=f"Name {number}",
                )
                at = NOW - timedelta(days=2)
                one = Touch(f"t{number}", 1, who, at, at, kind, marks, outlet="North County Post")
                touches.add(session, [one])
        retell(session, agreeing.ensure(session, built.settings, NOW - timedelta(days=3)), NOW)
    built.engine.close()

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["criteria", *words], catch_exceptions=False)

    return run


def test_show_says_what_is_in_force_in_sentences(call: Call) -> None:
    """The number, since when, by whom, and a sentence a rule."""
    said = call("show")
    assert said.exit_code == 0
    assert said.stdout.startswith("Criteria number 1, called “1”, in force since 2026-11-20 10:00, by commsleads\n")
    assert "  asked: who asked us something gets 30 points" in said.stdout
    data = json.loads(call("show", "--json").stdout)
    assert (data["number"], data["reading"], data["differs"]) == (1, "EU", "")
    assert data["text"] == text_of_own()
    assert len(data["sections"]) == 7


def test_show_says_a_file_or_a_number(call: Call) -> None:
    """What is not in force says so; a number that never was is refused."""
    assert call("show", "stricter.toml").stdout.startswith("stricter.toml, not in force\n")
    assert json.loads(call("show", "stricter.toml", "--json").stdout)["number"] is None
    assert call("show", "--number", "1").stdout.startswith("Criteria number 1")
    wrong = call("show", "--number", "7")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        "commsleads: No criteria went by the number 7. There is number 1 only.\n",
    )
    assert call("show", "stricter.toml", "--number", "1").exit_code == 2


def test_show_says_when_the_file_of_the_settings_differs(call: Call, tmp_path: Path) -> None:
    """Somebody changed it and did not switch it on."""
    with (tmp_path / "config.toml").open("a") as file:
        file.write('[criteria]\nfile = "stricter.toml"\n')
    assert "stricter.toml differs from the criteria in force, number 1." in call("show").stderr
    assert call("diff").stdout == "The engagement band “warm”: least 20 → 35.\n"


def test_try_names_who_would_change_and_writes_nothing(call: Call) -> None:
    """Counts by stage before and after, then each lead with its reason."""
    said = call("try", "stricter.toml")
    assert said.exit_code == 0
    assert [line.split() for line in said.stdout.splitlines()[:6]] == [
        ["stage", "before", "after"], ["no", "stage", "yet", "0", "0"], ["engaged", "0", "2"],
        ["material-qualified", "0", "0"], ["story-qualified", "1", "0"], ["service-qualified", "1", "0"],
    ]  # fmt: skip
    assert "2 leads would change:" in said.stdout
    assert (
        "Name 0, North County Post (person0): story-qualified → engaged, offered → new; engagement is 29 points, and "
        "“story-qualified” asks for warm (35)." in said.stdout
    )
    data = json.loads(call("try", "stricter.toml", "--json").stdout)
    assert data["number"] == 2
    assert [one["lead"] for one in data["changes"]] == ["person0", "person1"]
    assert data["changes"][1]["after"]["stage"] == "engaged"
    assert [row["number"] for row in json.loads(call("list", "--json").stdout)] == [1]


def test_try_of_the_same_changes_nobody(call: Call, tmp_path: Path) -> None:
    """And says so."""
    (tmp_path / "same.toml").write_text("# agreed\n" + text_of_own())
    assert "Nobody would change." in call("try", "same.toml").stdout


def test_apply_switches_on_what_was_tried(call: Call) -> None:
    """The next number; all leads are told anew; the same text again changes nothing."""
    said = call("apply", "stricter.toml", "--by", "ada", "--why", "agreed on Monday")
    assert said.stdout == "The criteria number 2 are in force. 2 leads stand otherwise than before.\n"
    assert "Nobody would change." in call("try", "stricter.toml").stdout
    again = call("apply", "stricter.toml", "--by", "ada")
    assert again.stdout == "This is the text of the criteria in force, number 2. Nothing was switched on.\n"
    rows = json.loads(call("list", "--json").stdout)
    assert [(row["number"], row["by"], row["note"]) for row in rows][1] == (2, "ada", "agreed on Monday")
    assert call("diff", "1", "2").stdout == "The engagement band “warm”: least 20 → 35.\n"
    assert call("diff", "2", "1").stdout == "The engagement band “warm”: least 35 → 20.\n"
    assert call("diff", "1").stdout == "The engagement band “warm”: least 20 → 35.\n"
    assert call("diff", "stricter.toml").stdout == "Nothing that is said in them differs.\n"
    assert json.loads(call("diff", "1", "--json").stdout) == [
        {
            "part": "engagement band", "id": "warm", "what": "changed", "field": "least", "was": "20", "now": "35",
            "sentence": "The engagement band “warm”: least 20 → 35.",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [("apply", "wrong.toml", "--by", "ada"), ("try", "wrong.toml"), ("show", "wrong.toml")]
)
def test_a_wrong_file_ends_with_2_and_its_sentences(call: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Every mistake, and nothing is switched on."""
    (tmp_path / "wrong.toml").write_text('reading = "DE"\nx = 1\n')
    said = call(*words)
    assert said.exit_code == 2
    assert [line.split(" is ")[0] for line in said.stderr.splitlines()] == [
        "commsleads: wrong.toml: reading", "commsleads: wrong.toml: x",
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("apply", "odd.toml", "--by", "ada"), ("try", "odd.toml")])
def test_contradictions_are_refused(call: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    """With the id of the rule and what to do."""
    (tmp_path / "odd.toml").write_text(text_of_own().replace("cap = 9\n", "cap = 2\n"))
    said = call(*words)
    assert said.exit_code == 2
    assert "The rule “clicked” gives 3 points, more than its cap of 2" in said.stderr
    assert len(json.loads(call("list", "--json").stdout)) == 1


def test_who_switches_on_is_one_of_us(call: Call) -> None:
    """Somebody must answer for it."""
    assert call("apply", "stricter.toml", "--by", "zoe").exit_code != 0
    assert "role lead may switch criteria on. Ask: ada." in call("apply", "stricter.toml", "--by", "ben").stderr
    assert len(json.loads(call("list", "--json").stdout)) == 1


def test_the_check_names_contradictions_and_unknown_people(call: Call, tmp_path: Path) -> None:
    """The file of the settings is held against itself and against the officers."""
    assert call("list").exit_code == 0
    with (tmp_path / "config.toml").open("a") as file:
        file.write('[criteria]\nfile = "odd.toml"\n')
    (tmp_path / "odd.toml").write_text(text_of_own().replace('escalate_to = ""', 'escalate_to = "adda"'))
    said = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    assert said.exit_code != 0
    assert "handoff.escalate_to names “adda”" in said.stdout
    assert "differs from the criteria in force, number 1" in said.stdout
