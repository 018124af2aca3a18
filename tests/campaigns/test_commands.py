"""The commands of campaigns and targets, as they are typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main
from tests.office import settings

PLAN = """
[[campaigns]]
id = "tours"
starts_on = 2090-12-01
ends_on = 2090-12-31
[[campaigns.targets]]
name = "press"
n = 3
"""
LIST = (
    'Name;E-Mail;Kunde\nAda Stone;ada@news.example;1\nBen;nowhere;2\n"=1+1";c@x.example;3\n"\t@SUM(A1)";d@x.example;\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    settings(tmp_path, {})
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> Result:
    given = [str(folder / word) if word in {"plan.toml", "list.csv"} else word for word in words]
    found = CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *given], env={"COMMSLEADS_USER": "ada"})
    assert found.exit_code == code, (found.output, found.exception)
    return found


def told(folder: Path, *words: str, code: int = 0) -> Any:
    return json.loads(run(folder, *words, "--json", code=code).stdout)


def test_from_the_plan_to_the_first_response(folder: Path) -> None:
    """Apply, import, hold back, send, mark: what each says."""
    assert told(folder, "campaign", "apply", "plan.toml", "--dry-run")[0]["what"] == "new"
    assert [told(folder, "campaign", "apply", "plan.toml")[0]["what"] for _ in range(2)] == ["new", "same"]
    found = told(folder, "target", "import", "list.csv", "--campaign", "tours", "--group", "press", code=1)
    assert found | {"bad": len(found["bad"])} == {
        "read": 4, "new": 3, "known": 0, "excluded": 0, "bad": 1, "doubtful": [], "unread": ["Kunde"],
    }  # fmt: skip
    assert found["bad"] == [{"row": 3, "why": "has “nowhere” where a mail address is asked for"}]
    assert told(folder, "target", "hold-back", "tours", "--share", "0.4")[0]["held"] == 1
    assert len(told(folder, "target", "list", "--campaign", "tours", "--to-write")) == 2
    sent = told(folder, "campaign", "sent", "tours", "--channel", "mail")
    assert (sent["n"], sent["left_out"]) == (2, {"held back as a control": 1})
    asked = [row for row in told(folder, "target", "list", "--campaign", "tours") if row["status"] == "contacted"]
    assert len(asked) == 2
    marked = told(folder, "target", "mark", asked[0]["id"], "--status", "responded", "--why", "by phone")
    assert (marked["status"], marked["first"]) == ("responded", True)
    moves = told(folder, "target", "history", asked[0]["id"])["moves"]
    assert [(one["came_from"], one["status"], one["by"]) for one in moves] == [
        ("targeted", "contacted", "ada"), ("contacted", "responded", "ada"),
    ]  # fmt: skip
    plan = told(folder, "campaign", "plan", "tours")
    assert (plan["plan"]["id"], plan["late"], plan["since"]) == ("tours", "", [])


def test_no_cell_of_the_table_is_a_formula(folder: Path) -> None:
    """An apostrophe stands before it, inside the quotation marks; a tab in front does not hide it."""
    run(folder, "campaign", "apply", "plan.toml")
    run(folder, "target", "import", "list.csv", "--campaign", "tours", "--group", "press", code=1)
    out = run(folder, "target", "list", "--campaign", "tours", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["name"] for row in rows} == {"Ada Stone", "'=1+1", "'@SUM(A1)"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]


def test_words_for_people(folder: Path) -> None:
    """Each command says in a line what it did; every mistake on a line of its own."""
    assert "tours: new." in run(folder, "campaign", "apply", "plan.toml").output
    assert "tours: nothing changed." in run(folder, "campaign", "apply", "plan.toml").output
    said = run(folder, "target", "import", "list.csv", "--campaign", "tours", "--group", "press", code=1).output
    assert "4 rows: 3 new, 0 known, 1 bad." in said
    assert "row 3, bad: it has “nowhere” where a mail address is asked for." in said
    refused = run(folder, "campaign", "sent", "tours", "--channel", "owl", "--group", "x", code=2).output
    assert [line[:22] for line in refused.splitlines()] == ["commsleads: No channel", "commsleads: “tours” ha"]
    assert "Did you mean “tours”?" in run(folder, "target", "list", "--campaign", "tuors", code=2).output
    assert "group “press”: n = 3" in run(folder, "campaign", "plan", "tours").output
    assert "Ada Stone" in run(folder, "target", "list", "--campaign", "tours", "--group", "press").output
    assert "is left out." in run(folder, "target", "exclude", "ada stone", "--why", "ill").output
    assert "is taken in again." in run(folder, "target", "exclude", "ada stone", "--undo").output
    assert "did it. It is their first" in run(folder, "target", "mark", "ada stone", "--status", "did it").output
    assert "Say why" in run(folder, "target", "mark", "ada stone", "--status", "targeted", code=2).output
    assert "targeted  did it" in run(folder, "target", "history", "ada stone").output
    assert "Erased from 1 place" in run(folder, "target", "forget", "ada@news.example").output
    assert "to 2 targets." in run(folder, "campaign", "sent", "tours", "--channel", "mail").output
    assert "retired" in run(folder, "campaign", "retire", "tours").output
    assert "yet to come" in run(folder, "campaign", "sent", "new-wing", "--channel", "mail", "--at", "2099-01-01",
                                code=2).output  # fmt: skip


def test_columns_are_named_or_refused(folder: Path) -> None:
    """A slip in --column is a usage error."""
    run(folder, "campaign", "apply", "plan.toml")
    words = ("target", "import", "list.csv", "--campaign", "tours", "--group", "press", "--dry-run")
    assert "Write it as email=E-Mail" in run(folder, *words, "--column", "email", code=2).output
    assert "No column is called" in run(folder, *words, "--column", "email=Post", code=2).output
    assert told(folder, *words, "--column", "note=Kunde", code=1)["unread"] == []


def test_each_sentence_says_what_to_do_next(folder: Path) -> None:
    """Whoever is tired is told what was not understood, and what is in no figure."""
    missing = run(folder, "campaign", "apply", str(folder / "nowhere.toml"), code=2).output
    assert "There is no file of campaigns" in missing
    run(folder, "campaign", "apply", "plan.toml")
    said = run(folder, "target", "import", "list.csv", "--campaign", "tours", "--group", "press", code=1).output
    assert "import the list again: nobody is taken in twice" in said
    (folder / "other.csv").write_text("E-Mail,Group\ne@x.example,pres\n")
    said = run(folder, "target", "import", str(folder / "other.csv"), "--campaign", "tours", code=1).output
    assert "1 row: 0 new" in said
    assert "“pres”, which the campaign does not declare; there is: press." in said
    (folder / "bare.csv").write_text("Ada,ada@x.example\n")
    words = ("target", "import", str(folder / "bare.csv"), "--campaign", "tours", "--group", "press")
    assert "The list has 2, without names." in run(folder, *words, "--column", "email=9", code=2).output
    assert "was not left out." in run(folder, "target", "exclude", "ada stone", "--undo").output
    marked = run(folder, "target", "mark", "ada stone", "--status", "did it").output
    assert "A status is in no figure" in marked
    assert "commsleads response add --campaign tours" in marked
    sent = run(folder, "campaign", "sent", "tours", "--channel", "mail").output
    assert "begins on 2090-12-01: what comes before that day is in no figure." in sent
    assert "Did you mean “tours”?" in run(folder, "hits", "--campaign", "tuors", code=2).output


def test_the_links_of_a_narrow_terminal_are_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word of a link is not cut: it is what tells one from another."""
    monkeypatch.setenv("COLUMNS", "80")
    text = (folder / "config.toml").read_text()
    (folder / "config.toml").write_text(text + '\n[links]\nbase = "https://go.harbour-museum.example/r/"\n')
    (folder / "cta.toml").write_text(
        PLAN + '[[campaigns.ctas]]\nid = "book"\nwording = "Book"\ndestination = "https://museum.example/t"\n'
    )
    run(folder, "campaign", "apply", str(folder / "cta.toml"))
    words = ("link", "new", "--campaign", "tours", "--cta", "book", "--channel")
    run(folder, *words, "print", "--vanity", "tour-of-the-new-wing")
    said = run(folder, "link", "list").output
    assert "tour-of-the-new-wing" in said
    assert "Each of ours begins with https://go.harbour-museum.example/r/" in said
    assert max(map(len, said.splitlines())) <= 100


def test_a_list_of_no_campaigns(tmp_path: Path) -> None:
    """Nothing there says how to begin; for a program it is an empty list."""
    (tmp_path / "config.toml").write_text('[organisation]\nname = "Harbour Museum"\n')
    assert "commsleads campaign apply FILE" in run(tmp_path, "campaign", "list").output
    assert told(tmp_path, "campaign", "list") == []


def test_all_mistakes_of_a_plan_at_once(folder: Path) -> None:
    """A wrong kind of a call to action does not hide that the dates are swapped and a watch is not there."""
    plan = PLAN.replace("2090-12-31", '2080-01-01\nwatches = ["musem"]')
    (folder / "bad.toml").write_text(plan + '[[campaigns.ctas]]\nid = "book"\nkind = "registr"\n')
    said = run(folder, "campaign", "apply", str(folder / "bad.toml"), code=2).output
    for words in ('did you mean "register"?', "before starts_on, 2090-12-01", 'is "musem", and no watch has that id'):
        assert words in said


def test_what_cannot_be_written_and_who_is_not_there(folder: Path) -> None:
    """A missing folder is a sentence and no traceback; a missing group is told with those that are there."""
    run(folder, "campaign", "apply", "plan.toml")
    assert "cannot be written" in run(folder, "link", "export", "--out", str(folder / "no" / "x.csv"), code=1).output
    assert "There is: press." in run(folder, "target", "list", "--campaign", "tours", "--group", "pres", code=2).output
    assert "Nothing." in run(folder, "target", "list", "--campaign", "tours", "--group", "press").output


def test_shares_and_kinds_in_plain_words(folder: Path) -> None:
    """A share may be a percentage; what is none is refused without the words of programmers."""
    run(folder, "campaign", "apply", "plan.toml")
    run(folder, "target", "import", "list.csv", "--campaign", "tours", "--group", "press", code=1)
    assert "Write 0.1 or 10%" in run(folder, "target", "hold-back", "tours", "--share", "ten", code=2).output
    assert "between 0 and 1" in run(folder, "target", "hold-back", "tours", "--share", "nan", code=2).output
    assert "1 of 3 are held back" in run(folder, "target", "hold-back", "tours", "--share", "34%").output
    words = ("target", "import", "list.csv", "--campaign", "tours", "--group", "press", "--kind", "journalist")
    assert "is not one of 'contact'" in run(folder, *words, code=2).output
    assert "It stood in no campaign" in run(folder, "target", "forget", "nobody@x.example").output
    run(folder, "hits", "--limit", "-3", code=2)
