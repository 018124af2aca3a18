"""Full-text search: it catches up by itself, follows edits, and reads no query language out of what people type."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.store import open_engine, search
from commsleads.store import signals as rows
from commsleads.store.engine import Engine, Session
from tests.factories import NOW, intake, signal, with_sources


@pytest.fixture
def filled(session: Session) -> Session:
    with_sources(session, "a")
    texts = ["Fähre fährt wieder", "Ferry sails again", "The ferry museum", "渡船再次航行"]
    signals = [
        signal(str(n), title=title, body=f"<p>{title} from pier {n}</p>", url=f"https://a.example/{n}")
        for n, title in enumerate(texts)
    ]
    with session.atomic():
        intake().keep(session, [("a", signals)], NOW)
    search.catch_up(session)
    return session


def titles(session: Session, words: str) -> set[str]:
    ids = [row["id"] for row in search.find(session, words)]
    return {title for ident in ids for (title,) in session.tuples("SELECT title FROM signals WHERE id = ?", (ident,))}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ferry", {"Ferry sails again", "The ferry museum"}),
        ("FERRY museum", {"The ferry museum"}),
        ('"sails again"', {"Ferry sails again"}),
        ('"again sails"', set()),
        ("fahre", {"Fähre fährt wieder"}),
        ("pier 2", {"The ferry museum"}),
        ("渡船再次航行", {"渡船再次航行"}),
        ("", set()),
        ("AND OR NOT", set()),
        ("title:ferry", set()),
    ],
)
def test_finds(filled: Session, words: str, expected: set[str]) -> None:
    """All words, any case and accent; quoted words as a phrase; operators are just words."""
    assert titles(filled, words) == expected


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One database for the property, which only reads."""
    made = open_engine(str(tmp_path_factory.mktemp("search") / "words.db"))
    made.migrate()
    return made


@given(words=st.text(max_size=40))
def test_nothing_typed_breaks_it(empty: Engine, words: str) -> None:
    """Quotes, stars, brackets and control characters find nothing here and break nothing."""
    with empty.session() as session:
        assert search.find(session, words) == []


def test_edited_signal_is_found_by_its_new_words_only(filled: Session) -> None:
    """After a revision the index says what people can read now."""
    changed = signal("1", title="Boat sails", body="<p>Boat</p>", url="https://a.example/1")
    with filled.atomic():
        intake().keep(filled, [("a", [changed])], NOW + timedelta(hours=1))
    assert search.catch_up(filled) == 1
    assert titles(filled, "ferry") == {"The ferry museum"}
    assert titles(filled, "boat") == {"Boat sails"}


def test_ticker_edited_past_the_bound_is_found_by_its_newest_words(filled: Session) -> None:
    """Versions kept are bounded; what can be found, and what a digest says was edited, is the newest all the same."""
    for number in range(rows.MAX_REVISIONS + 3):
        changed = signal("1", title=f"Boat {number}", body="<p>Boat</p>", url="https://a.example/1")
        with filled.atomic():
            intake().keep(filled, [("a", [changed])], NOW + timedelta(hours=1 + number))
        search.catch_up(filled)
    assert titles(filled, f'"Boat {rows.MAX_REVISIONS + 2}"') == {f"Boat {rows.MAX_REVISIONS + 2}"}
    assert filled.tuples("SELECT number, title FROM revisions ORDER BY number")[-1] == (
        rows.MAX_REVISIONS,
        f"Boat {rows.MAX_REVISIONS + 1}",
    )


def test_clock_that_went_back_leaves_no_edit_behind(filled: Session) -> None:
    """An edit made while the clock was an hour ahead does not hide those that come after."""
    for number, title, hours in (("1", "Boat sails", 2), ("2", "Rowing", 1)):
        changed = signal(number, title=title, body=f"<p>{title}</p>", url=f"https://a.example/{number}")
        with filled.atomic():
            intake().keep(filled, [("a", [changed])], NOW + timedelta(hours=hours))
        search.catch_up(filled)
    assert titles(filled, "rowing") == {"Rowing"}
    assert titles(filled, "ferry") == set()
    assert search.catch_up(filled) == 0


def test_catches_up_in_pieces(session: Session) -> None:
    """A bounded call leaves the rest to the next one, and nothing is indexed twice."""
    with_sources(session, "a")
    signals = [signal(str(n), title=f"Item {n}", url=f"https://a.example/{n}") for n in range(search.BITE + 50)]
    with session.atomic():
        intake().keep(session, [("a", signals)], NOW)
    assert search.catch_up(session, most=1) == search.BITE
    assert search.catch_up(session) == 50
    assert search.catch_up(session) == 0
    assert session.tuples("SELECT count(*) FROM search_docs") == [(search.BITE + 50,)]
    session.execute("INSERT INTO search (search) VALUES ('integrity-check')")
