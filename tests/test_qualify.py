"""The job that makes leads: found by its rows, told in the figures of one pass, and made again by a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from commsleads import jobs
from commsleads.app import App, clock
from commsleads.cli import main
from commsleads.desk import Call, Desk, log
from commsleads.store.desk.people import Person
from commsleads.store.leads.told import LEAD
from tests.office import office

OFFICERS = '[[desk.officers]]\nid = "ada"\nrole = "lead"\n'


def asked(app: App, name: str = "Ruth Calder", **call: Any) -> str:
    """An enquiry of somebody; its id."""
    with app.engine.session() as session:
        desk = Desk(session=session, settings=app.settings, now=app.now())
        person = Person(name=name, outlet="North County Post", email=f"{name[:4]}@ncp.example".lower())
        return log(desk, Call(subject="Jobs", journalists=(person,), stance="neutral", **call))


def due(app: App) -> bool:
    """Whether the job is due."""
    return "qualify" in {job.name for job in jobs.due(app)}


def test_the_figures_of_a_pass(tmp_path: Path) -> None:
    """New leads and those that changed; a pass after which nothing came finds nothing."""
    app, hands = office(tmp_path, {}, more=OFFICERS)
    assert jobs.once(app)["leads"] == {"new": 0, "touched": 0}
    asked(app)
    assert due(app)
    assert jobs.once(app)["leads"] == {"new": 1, "touched": 0}
    assert not due(app)
    hands.move(hours=1)
    asked(app)
    asked(app, "Zed Zee")
    assert jobs.once(app)["leads"] == {"new": 1, "touched": 1}
    assert jobs.once(app)["leads"] == {"new": 0, "touched": 0}


def test_the_clock_makes_it_due(tmp_path: Path) -> None:
    """A lead that nobody works on fades when its time has come."""
    app, hands = office(tmp_path, {}, more=OFFICERS)
    asked(app)
    jobs.once(app)
    hands.move(days=20)
    assert not due(app)
    hands.move(days=360)
    assert due(app)
    assert jobs.once(app)["leads"] == {"new": 0, "touched": 1}
    with app.engine.session() as session:
        assert session.tuples("SELECT status FROM leads") == [("faded",)]
    assert not due(app)


def test_a_new_office_agrees_once(tmp_path: Path) -> None:
    """The first pass puts the criteria in force; none of the next does."""
    app, _ = office(tmp_path, {}, more=OFFICERS)
    assert due(app)
    jobs.once(app)
    assert not due(app)
    with app.engine.session() as session:
        assert session.tuples("SELECT number, revision FROM terms") == [(1, 1)]


def test_rebuild_by_command(tmp_path: Path) -> None:
    """Says how many leads there are, and leaves them as they were but for the points, which are of the moment."""
    app, _ = office(tmp_path, {}, more=OFFICERS)
    app.clock = clock
    asked(app)
    asked(app, "Zed Zee")
    jobs.once(app)

    def rows() -> list[tuple[Any, ...]]:
        with app.engine.session() as session:
            tables = ("touches", "lead_moves", "handoffs", "lead_people")
            lasting = ", ".join(name for name in LEAD if name not in ("engagement", "engagement_band", "near"))
            found = session.tuples(f"SELECT {lasting} FROM leads ORDER BY id")
            return found + [row for table in tables for row in session.tuples(f"SELECT * FROM {table} ORDER BY 1, 2")]

    before = rows()
    config = str(tmp_path / "config.toml")
    shown = CliRunner().invoke(main, ["rebuild", "--config", config], catch_exceptions=False)
    assert "2 leads were told anew" in shown.stdout
    told = CliRunner().invoke(main, ["rebuild", "--config", config, "--json"], catch_exceptions=False)
    assert json.loads(told.stdout)["leads"] == 2
    assert rows() == before
