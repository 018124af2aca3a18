"""A demo that has run, for the tests that look at what it shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from commsleads.cli import main
from commsleads.demo import run
from commsleads.demo.newsroom import WEEKS, Newsroom, monday_before, open_newsroom

TODAY = datetime(2026, 11, 18, 12, tzinfo=UTC)  # its nine weeks hold a clock change
_MADE: list[Shown] = []


class Shown(NamedTuple):
    """A demo that has run: its folder, what it said, and the newsroom it was about."""

    folder: Path
    said: str
    room: Newsroom

    def ask(self, *words: str) -> Any:
        """What a command says about the demo, as JSON."""
        result = CliRunner().invoke(main, ["--config", str(self.folder / "config.toml"), *words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def days(self, week: int) -> tuple[str, ...]:
        """The options that choose a week of the demo."""
        days = (f"{self.room.calendar.day(f'{number} mon')}" for number in (week, week + 1))
        return ("--since", next(days), "--until", next(days), "--limit", "0")

    def digest(self) -> Any:
        """The last digest as JSON."""
        return json.loads(next(self.folder.glob(f"digests/{self.stem()}.json")).read_text(encoding="utf-8"))

    def stem(self, report: str = "weekly") -> str:
        """How the files of a report of the week that the demo tells are called."""
        year, week, _ = self.room.calendar.day(f"{WEEKS} mon").isocalendar()
        return f"{report}-{year}-W{week:02}"


def shown_once(folders: pytest.TempPathFactory) -> Shown:
    """The demo of `TODAY`, run once for all tests of this process."""
    if not _MADE:
        folder = folders.mktemp("demo") / "demo"
        said: list[str] = []
        assert run(folder, serve=False, say=said.append, now=TODAY) == 0
        _MADE.append(Shown(folder, "\n".join(said), open_newsroom(monday_before(TODAY))))
    return _MADE[0]
