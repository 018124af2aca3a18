"""The office that the tests of contacts share: the desk's, with its contacts in somebody's hands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commsleads.contacts.record import Book
from commsleads.store import open_engine
from tests.desk.press import Press, office


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row."""
    folder = tmp_path_factory.mktemp("contacts")
    made = open_engine(str(folder / "made.db"))
    made.migrate()
    made.copy_to(folder / "empty.db")
    return folder / "empty.db"


@pytest.fixture
def press(empty: Path, tmp_path: Path) -> Iterator[Press]:
    """A press office on a Monday morning."""
    shutil.copy(empty, tmp_path / "commsleads.db")
    with office(open_engine(str(tmp_path / "commsleads.db")), tmp_path) as made:
        yield made


@pytest.fixture
def book(press: Press) -> Callable[..., Book]:
    """The contacts in the hands of Ada, who is a lead, or of whoever is named; as of now."""

    def hands(who: str = "ada") -> Book:
        desk = press.desk(who)
        return Book(session=press.session, settings=press.settings, now=press.now, who=desk.who)

    return hands
