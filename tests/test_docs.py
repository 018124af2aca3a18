"""The front door tells the truth: every command and key is there, every path exists, the examples load."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields as fields_of
from pathlib import Path

import click
import pytest

from commsleads.cli import main
from commsleads.config import load
from commsleads.config import values as tables
from commsleads.config.fields import FIELDS
from commsleads.config.loading import KNOWN
from commsleads.config.sources import COMMON
from commsleads.enquiries import DeskPlan, Expertise, Officer, OnCall
from commsleads.plan import (
    AlertChannel,
    AlertPlan,
    CalendarEntry,
    CallToAction,
    Campaign,
    Channel,
    ClickPlan,
    CriteriaPlan,
    Goal,
    GoalPlan,
    KeyMessage,
    LinkPlan,
    Outlet,
    ReportPlan,
    Status,
    SurgePlan,
    TargetGroup,
    UpliftPlan,
    Watch,
    WebPlan,
)
from commsleads.plugins import load_plugins

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "config.toml").read_text(encoding="utf-8")

OWN = {
    "[organisation]": tables.Organisation, "[store]": tables.Store, "[run]": tables.Run, "[fetch]": tables.Fetch,
    "[smtp]": tables.Smtp, "[secrets]": tables.Secrets, "[output]": tables.Output, "[[watches]]": Watch,
    "[[outlets]]": Outlet, "[[campaigns]]": Campaign, "goal": Goal, "ctas": CallToAction, "targets": TargetGroup,
    "[[reports]]": ReportPlan, "[desk]": DeskPlan, "officers": Officer, "on_call": OnCall, "expertise": Expertise,
    "statuses": Status, "uplift": UpliftPlan, "messages": KeyMessage, "[links]": LinkPlan,
    "channels": Channel, "[clicks]": ClickPlan, "[web]": WebPlan, "[criteria]": CriteriaPlan, "[alerts]": AlertPlan,
    "alerts.surge": SurgePlan, "alerts.channels": AlertChannel, "[[goals]]": GoalPlan, "[[calendar]]": CalendarEntry,
}  # fmt: skip


def keys() -> dict[str, set[str]]:
    """Every key that the loader reads, by its table."""
    found = {
        name: {field.name for field in fields_of(cls)} - {key for key, how in FIELDS[cls].items() if how is None}
        for name, cls in OWN.items()
    }
    plugins = load_plugins()
    found["[[sources]]"] = set(COMMON).union(
        *({field.name for field in fields_of(plugins.collector(kind).Settings)} for kind in plugins.kinds())
    )
    return found


def test_the_tables_of_this_test_are_those_of_the_loader() -> None:
    """A new table cannot be forgotten here."""
    assert {name.strip("[]") for name in keys() if name.startswith("[")} == set(KNOWN)


@pytest.mark.parametrize("table", [*OWN, "[[sources]]"])
def test_every_key_is_in_the_readme(table: str) -> None:
    """Each table has its row, and each key stands in it."""
    (row,) = [line for line in README.splitlines() if re.match(rf"\| (… )?`{re.escape(table)}` \|", line)]
    assert keys()[table] <= set(re.findall(r"`(\w+)`", row.split("|")[2]))


@pytest.mark.parametrize("table", [*OWN, "[[sources]]"])
def test_every_key_is_in_the_reference(table: str) -> None:
    """Each key is written in config.toml, in use or as a comment that shows it."""
    for key in keys()[table]:
        assert re.search(rf"(?m)(^|[{{,] ?)(# )?({key} = |\[\[\w+\.{key}\]\])", REFERENCE), f"{table} {key}"


def test_the_reference_loads_as_it_stands_and_with_every_comment_taken_away(tmp_path: Path) -> None:
    """What a person gets who takes the "#" from each line that shows a key is a valid file as well."""
    assert load(ROOT / "config.toml", load_plugins()).remarks == ()
    bare = re.sub(r"(?m)^# (?=\[|\w+ = )", "", REFERENCE)
    assert bare.count("\n[smtp]\n") == 1
    (tmp_path / "config.toml").write_text(bare, encoding="utf-8")
    settings = load(tmp_path / "config.toml", load_plugins())
    assert settings.smtp
    assert settings.secrets_folder == tmp_path / "secrets"


def test_what_the_reference_shows_as_defaults_are_the_defaults(tmp_path: Path) -> None:
    """Loading the commented-out keys of [fetch] and [[sources]] changes nothing."""
    whole_tables = re.compile(r"(?m)^# \[.*\n(?:# .*\n)+")  # a table that is commented out shows examples, not defaults
    shown_keys = re.sub(r"(?m)^# (?=\w+ = )", "", whole_tables.sub("", REFERENCE))
    (tmp_path / "bare.toml").write_text(shown_keys, encoding="utf-8")
    plugins = load_plugins()
    shown, plain = load(tmp_path / "bare.toml", plugins), load(ROOT / "config.toml", plugins)
    assert shown.fetch == plain.fetch
    assert shown.sources == plain.sources


def test_the_short_example_of_the_readme_loads(tmp_path: Path) -> None:
    """A newcomer who copies it has a working file."""
    for number, block in enumerate(re.findall(r"```toml\n(.*?)```", README, re.DOTALL)):
        tomllib.loads(block)
        path = tmp_path / f"{number}.toml"
        path.write_text(block, encoding="utf-8")
        assert load(path, load_plugins()).watches


def commands() -> list[str]:
    """The names of the commands."""
    assert isinstance(main, click.Group)
    return sorted(main.commands)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    """Each has a row in the table of commands."""
    assert re.search(rf"(?m)^\| `commsleads {command}[ `]", README)


PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if not path.is_relative_to(ROOT / ".venv")
)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_what_a_page_names_exists(page: Path) -> None:
    """Links between pages lead somewhere, and commands that are shown can be run."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target
    # Prose may begin a line with the name as well; what can be run stands in backticks or in a fenced block.
    code = "\n".join([*re.findall(r"(?ms)^```.*?^```", text), *re.findall(r"(?m)`[^`\n]+`", text)])
    for command in re.findall(r"(?m)^`?(?:\./run --config \S+|commsleads) ([a-z]+)\b", code):
        assert command in commands(), command
    functions = set(re.findall(r"(?m)^(\w+)\(\) \{", (ROOT / "run").read_text(encoding="utf-8")))
    for word in re.findall(r"(?m)^`?\./run ([a-z]+)\b", code):
        assert word in functions | set(commands()), word


def test_every_page_of_the_documentation_is_in_its_index() -> None:
    """A page that nobody can find is not documentation."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in index, page.name
