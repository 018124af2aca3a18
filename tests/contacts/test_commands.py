"""The commands of contacts, as they are typed."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main
from tests.office import settings

LIST = (
    "Name;E-Mail;Redaktion;Quelle\nAda Stone;ada@news.com;Nordpost;Messe 2026\nStone Ada;;Nordpost;\nBen;nowhere;;\n"
    "\x1b[2JCem;redaktion@nordpost.de;Nordpost;\n"
)
FILES = ("list.csv", "missing.csv", "ada.json", "ada.txt")
OUTLETS = '[[outlets]]\nname = "Nordpost"\ndomains = ["nordpost.de"]\ntier = 1\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    settings(tmp_path, {}, more=OUTLETS)
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> Result:
    given = [str(folder / word) if word in FILES else word for word in words]
    found = CliRunner().invoke(
        main, ["--config", str(folder / "config.toml"), "contact", *given], env={"COMMSLEADS_USER": "ada"}
    )
    assert found.exit_code == code, (found.output, found.exception)
    return found


def told(folder: Path, *words: str, code: int = 0) -> Any:
    return json.loads(run(folder, *words, "--json", code=code).stdout)


def test_from_a_list_to_the_end(folder: Path) -> None:
    """Import, list, show, change, suppress, export, erase: each says what it did, and the JSON says it whole."""
    first = run(folder, "import", "list.csv", code=1)
    assert "4 rows: 3 new, 0 known, 1 bad." in first.stdout
    assert "row 4 has “nowhere” where a mail address is asked for" in first.stderr
    assert "may be one person" in first.stderr
    assert "lead merge ONE OTHER" in first.stderr
    again = told(folder, "import", "list.csv", code=1)
    assert (again["new"], again["known"], again["suggested"]) == (0, 3, [])
    assert len(told(folder, "list", "--tier", "1", "--outlet", "nordpost.de")) == 3
    assert told(folder, "list", "--tier", "2") == []
    shown = run(folder, "show", "ada@news.com").stdout
    assert "email “ada@news.com”: Messe 2026" in shown
    assert "Its domain is none of the outlet's." in shown
    changed = told(folder, "change", "ada@news.com", "--role", "editor", "--beat", "energy", "--beat", "ports")
    assert (changed["role"], changed["beats"]) == ("editor", ["energy", "ports"])
    assert told(folder, "suppress", "ada@news.com", "--why", "said so")["new"] is True
    assert "stopped already" in run(folder, "suppress", "ada@news.com").stdout
    assert [row["name"] for row in told(folder, "list", "--stopped")] == ["Ada Stone"]
    assert "Do not contact" in run(folder, "show", "ada@news.com").stdout
    assert told(folder, "export", "ada@news.com")["contacts"][0]["name"] == "Ada Stone"
    assert told(folder, "erase", "ada@news.com")["contacts"] == 1
    run(folder, "show", "ada@news.com", code=1)
    assert {row["name"] for row in told(folder, "list")} == {"Stone Ada", "[2JCem"}


def test_a_copy_in_a_file(folder: Path) -> None:
    """For its owner's eyes, text or JSON by its name; a file that is there stays as it is, and nothing is noted."""
    run(folder, "import", "list.csv", code=1)
    run(folder, "export", "ada@news.com", "--out", "ada.json")
    run(folder, "export", "ada@news.com", "--out", "ada.txt")
    assert json.loads((folder / "ada.json").read_text())["contacts"][0]["name"] == "Ada Stone"
    assert "Where each datum came from" in (folder / "ada.txt").read_text()
    assert stat.S_IMODE((folder / "ada.txt").stat().st_mode) == 0o600
    assert "left as it is" in run(folder, "export", "ada@news.com", "--out", "ada.txt", code=2).stderr
    text = run(folder, "export", "ada@news.com").stdout
    assert "\x1b" not in text
    assert len(told(folder, "export", "ada@news.com")["history"]) == 3


def test_addresses_are_checked_without_asking(folder: Path) -> None:
    """What there is to say, with its reason; those with nothing are shown with --all."""
    run(folder, "import", "list.csv", code=1)
    (row,) = told(folder, "check")
    assert (row["email"], row["marks"]) == ("redaktion@nordpost.de", ["outlet-domain", "shared", "works"])
    assert len(told(folder, "check", "--all")) == 2
    assert [row["email"] for row in told(folder, "check", "ada@news.com", "--all")] == ["ada@news.com"]
    assert "several people may read it" in run(folder, "check").stdout.replace("\n    ", " ")


def test_a_stop_of_one_address(folder: Path) -> None:
    """Either a person or an address is meant."""
    assert told(folder, "suppress", "--address", "x@y.com")["new"] is True
    assert (
        "may be written to again" in run(folder, "suppress", "--address", "x@y.com", "--lift", "--why", "slip").stdout
    )
    run(folder, "suppress", code=2)
    run(folder, "suppress", "ada", "--address", "x@y.com", code=2)
    assert "--why" in run(folder, "suppress", "--address", "x@y.com", "--lift", code=2).stderr


def test_a_dry_run_and_nonsense(folder: Path) -> None:
    """Nothing kept; sentences and exit code 2 for what makes no sense."""
    assert told(folder, "import", "list.csv", "--dry-run", code=1)["new"] == 3
    assert told(folder, "list") == []
    assert "Nothing." in run(folder, "list").stdout
    run(folder, "import", "missing.csv", code=2)
    run(folder, "change", "nobody", "--role", "x", code=1)
    assert "what is to be changed" in run(folder, "change", "nobody", code=2).stderr
    run(folder, "list", "--since", "yesterday", code=2)
