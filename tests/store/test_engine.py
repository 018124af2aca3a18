"""The database underneath: migrations, transactions, errors a person can act upon."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.errors import NewerStoreError, StoreError
from commsleads.store import open_engine
from commsleads.store.engine import Engine, Session, micros, migrations, moment, stamp


def structure(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master ORDER BY 1")
        return rows.fetchall()
    finally:
        connection.close()


def test_migrating_twice_does_nothing(tmp_path: Path) -> None:
    """The second time there is nothing to do and the structure is the same."""
    engine = open_engine(str(tmp_path / "a.db"))
    assert engine.migrate() == [name for name, _ in migrations("sqlite")]
    before = structure(tmp_path / "a.db")
    assert engine.migrate() == []
    assert structure(tmp_path / "a.db") == before


def test_every_table_is_strict(engine: Engine, tmp_path: Path) -> None:
    """SQLite refuses a text where a number belongs, as PostgreSQL would."""
    ours = [sql for name, sql in structure(tmp_path / "commsleads.db") if name.startswith("table ")]
    loose = [sql for sql in ours if "STRICT" not in sql and "_sqlite_migrations" not in sql and "search_" not in sql]
    assert [sql for sql in loose if sql.startswith("CREATE TABLE ")] == []


def test_four_processes_migrate_at_once(tmp_path: Path) -> None:
    """Whoever comes first does the work, the others find it done; none fails."""
    code = "import sys; from commsleads.store import open_engine; open_engine(sys.argv[1]).migrate()"
    path = str(tmp_path / "together.db")
    started = [subprocess.Popen([sys.executable, "-c", code, path], stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0], said
    assert open_engine(path).pending() == []


def test_newer_database_is_refused_with_words(engine: Engine) -> None:
    """A database written by a later version is named as such and left alone."""
    with engine.session() as session:
        session.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('commsleads', '9999_from_the_future', '2030-01-01')"
        )
    with pytest.raises(NewerStoreError, match=r"newer commsleads.*9999_from_the_future"):
        engine.migrate()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"this is a letter and no database at all, however long it may be" * 99, "not a commsleads database")],
)
def test_stranger_file_is_left_untouched(tmp_path: Path, content: bytes, words: str) -> None:
    """A file that is something else is refused and keeps its bytes."""
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        open_engine(str(path)).migrate()
    assert path.read_bytes() == content


def test_missing_folder_is_said(tmp_path: Path) -> None:
    """The person is told to make the folder."""
    with pytest.raises(StoreError, match="does not exist"):
        open_engine(str(tmp_path / "nowhere" / "x.db")).migrate()


def test_postgresql_is_refused_with_words() -> None:
    """An address we cannot serve yet is said to be one."""
    with pytest.raises(StoreError, match="not supported yet"):
        open_engine("postgresql://press@localhost/commsleads")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything: run as another user")
def test_read_only_file_is_said(engine: Engine, tmp_path: Path) -> None:
    """Writing to a read-only file gives a sentence, and what was there stays."""
    (tmp_path / "commsleads.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with engine.session() as session, pytest.raises(StoreError, match="may not be written"):
            session.execute("INSERT INTO meta VALUES ('a', 'b')")
    finally:
        tmp_path.chmod(0o755)


def test_full_disk_keeps_what_was_committed(engine: Engine) -> None:
    """A transaction that finds no room is undone whole; the rows before it stay and the database is sound."""
    with engine.session() as session:
        session.execute("INSERT INTO meta VALUES ('kept', 'yes')")
        (pages,) = session.tuples("PRAGMA page_count")[0]
        session.tuples(f"PRAGMA max_page_count = {pages + 8}")
        with pytest.raises(StoreError, match="disk is full"), session.atomic():
            session.many("INSERT INTO meta VALUES (?, ?)", ((f"row {n}", "x" * 1000) for n in range(1000)))
        assert session.tuples("SELECT name FROM meta") == [("kept",)]
        assert session.tuples("PRAGMA integrity_check") == [("ok",)]
        session.tuples(f"PRAGMA max_page_count = {pages + 10_000}")
        session.execute("INSERT INTO meta VALUES ('after', 'yes')")


def test_inner_failure_undoes_only_the_inner(session: Session) -> None:
    """A savepoint that fails leaves what stands around it."""
    with session.atomic():
        session.execute("INSERT INTO meta VALUES ('outer', '1')")
        with pytest.raises(ValueError, match="inner"), session.atomic():
            session.execute("INSERT INTO meta VALUES ('inner', '1')")
            raise ValueError("inner")
    assert session.tuples("SELECT name FROM meta") == [("outer",)]


def test_reader_that_turns_writer_waits_instead_of_failing(engine: Engine) -> None:
    """Two sessions that read and then write the same row both succeed, one behind the other."""
    with engine.session() as session:
        session.execute("INSERT INTO meta VALUES ('count', '0')")

    def add() -> None:
        for _ in range(25):
            with engine.session() as mine, mine.atomic():
                (value,) = mine.tuples("SELECT value FROM meta WHERE name = 'count'")[0]
                mine.execute("UPDATE meta SET value = :value WHERE name = 'count'", value=str(int(value) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.session() as session:
        assert session.tuples("SELECT value FROM meta WHERE name = 'count'") == [("100",)]


def test_copy_is_whole_and_overwrites_nothing(engine: Engine, tmp_path: Path) -> None:
    """A backup opens as a database with the same rows; a second one over it is refused."""
    with engine.session() as session:
        session.execute("INSERT INTO meta VALUES ('a', 'b')")
    engine.copy_to(tmp_path / "copy.db")
    with open_engine(str(tmp_path / "copy.db")).session() as copy:
        assert copy.tuples("SELECT name, value FROM meta") == [("a", "b")]
    with pytest.raises(StoreError, match="there already"):
        engine.copy_to(tmp_path / "copy.db")


@given(st.datetimes(datetime(1000, 1, 2), datetime(9998, 1, 1), timezones=st.just(UTC)))
def test_stamps_round_trip_and_sort(when: datetime) -> None:
    """A stamp is read back to the second, has one width and sorts as time does."""
    text = stamp(when)
    assert moment(text) == when.replace(microsecond=0)
    assert len(text) == 20
    assert stamp(when + timedelta(seconds=1)) > text


def test_stamp_knows_zones_and_refuses_none() -> None:
    """Another zone becomes UTC; a time without a zone is a mistake."""
    assert stamp(datetime(2026, 3, 29, 3, 0, tzinfo=timezone(timedelta(hours=2)))) == "2026-03-29T01:00:00Z"
    with pytest.raises(ValueError, match="without a zone"):
        stamp(datetime(2026, 1, 1))
    assert micros(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)) == 1_000_005


def test_snapshot_sees_one_moment_and_holds_nobody_up(engine: Engine) -> None:
    """What others commit meanwhile is not seen, so that figures read one after the other fit together."""
    with engine.session() as reader, engine.session() as writer:
        with reader.snapshot():
            assert reader.tuples("SELECT count(*) FROM meta") == [(0,)]
            writer.execute("INSERT INTO meta VALUES ('a', 'b')")
            assert reader.tuples("SELECT count(*) FROM meta") == [(0,)]
        assert reader.tuples("SELECT count(*) FROM meta") == [(1,)]
        with pytest.raises(ValueError, match="stop"), reader.snapshot():
            raise ValueError("stop")
        with reader.atomic(), reader.snapshot():
            reader.execute("INSERT INTO meta VALUES ('c', 'd')")
        assert writer.tuples("SELECT count(*) FROM meta") == [(2,)]


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_database_and_its_copy_are_their_owners_alone(tmp_path: Path) -> None:
    """Mails, names and addresses are for nobody else on the machine; rights that somebody widened stay."""
    engine = open_engine(str(tmp_path / "new.db"))
    engine.migrate()
    engine.copy_to(tmp_path / "copy.db")
    files = [tmp_path / "new.db", tmp_path / "copy.db"]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    with engine.session() as session, session.atomic():
        session.execute("INSERT INTO meta (name, value) VALUES ('a', 'b')")
        assert (tmp_path / "new.db-wal").stat().st_mode & 0o777 == 0o600
    files[0].chmod(0o640)
    engine.migrate()
    assert files[0].stat().st_mode & 0o777 == 0o640
