"""Fixtures that every part shares: a store of its own, and hypothesis told how hard to try."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from commsleads.store import open_engine
from commsleads.store.engine import Engine, Session

settings.register_profile("suite", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A migrated database in a file of its own."""
    made = open_engine(str(tmp_path / "commsleads.db"))
    made.migrate()
    return made


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on it."""
    with engine.session() as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the developer's shell has set, tests begin without it."""
    for name in list(os.environ):
        if name.startswith("COMMSLEADS_"):
            monkeypatch.delenv(name)
