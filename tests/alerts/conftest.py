"""The database that the tests of alerts copy: made once, because migrating costs more than most of them."""

from __future__ import annotations

import pytest

from commsleads.store import open_engine
from tests.alerts import house


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A migrated database without a row, for `house`."""
    folder = tmp_path_factory.mktemp("alerts")
    made = open_engine(str(folder / "made.db"))
    made.migrate()
    made.copy_to(folder / "empty.db")
    house.EMPTY.append(folder / "empty.db")
