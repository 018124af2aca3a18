"""The office that the tests of leads share. The database is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commsleads.store import open_engine
from tests.leads.office import Office, office


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row."""
    folder = tmp_path_factory.mktemp("leads")
    made = open_engine(str(folder / "made.db"))
    made.migrate()
    made.copy_to(folder / "empty.db")
    return folder / "empty.db"


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Office]:
    """A press office with leads, on a Monday morning."""
    shutil.copy(empty, tmp_path / "commsleads.db")
    with office(open_engine(str(tmp_path / "commsleads.db")), tmp_path) as made:
        yield made
