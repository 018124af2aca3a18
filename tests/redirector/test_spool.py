"""Clicks on their way into the database: once, whatever is torn, killed or done twice at a time."""

from __future__ import annotations

import os
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import jobs, spool
from commsleads.app import App
from commsleads.intake import hits
from commsleads.responses import Asked, Hit
from commsleads.spool import Orphan, Spool, click_line, click_rest, orphan_line, read_line
from commsleads.store.campaigns import orphans
from tests.redirector.desk import office

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
START = 1_790_000_000_000_000


def line(n: int, agent: str = "Firefox") -> bytes:
    return click_line(START + n, "get", f"link{n % 7}", click_rest("v", "n", "", "html", agent, "news.example/a"))


@pytest.fixture
def app(tmp_path: Path) -> App:
    return office(tmp_path, clock=lambda: NOW)


@pytest.fixture
def folder(app: App) -> Path:
    return spool.folder_of(Path(app.settings.store_url))


def drained(app: App, folder: Path, now: datetime = NOW) -> hits.Drained:
    with app.engine.session() as session:
        return hits.drain(session, folder, now, BERLIN)


def arrivals(app: App) -> list[int]:
    with app.engine.session() as session:
        return [arrival - START for (arrival,) in session.tuples("SELECT arrival FROM hits ORDER BY arrival")]


@given(st.text(), st.text(), st.text(), st.integers(0, 2**60))
def test_lines_come_back(agent: str, referrer: str, known: str, arrival: int) -> None:
    """What is written in a line is read from it, whatever the texts hold; one byte changed and it is torn."""
    clean = [spool.clean(one) for one in (known, agent, referrer)]
    written = click_line(arrival, "prefetch", "l1", click_rest("v", "n", clean[0], "dnt html", *clean[1:]))
    assert written.count(b"\n") == 1
    assert len(written) <= spool.LONGEST
    assert read_line(written[:-1], "i") == Hit(
        "i", "l1", arrival, Asked.PREFETCH, "v", "n", clean[0], clean[1], "dnt html", clean[2]
    )
    assert read_line(written[:-2]) is None
    assert read_line(written[1:-1]) is None
    orphan = Orphan(spool.clean(agent, 100), "unknown", arrival, 3)
    assert read_line(orphan_line(orphan)[:-1]) == orphan


@given(st.binary(max_size=300))
def test_noise_is_no_line(noise: bytes) -> None:
    """Bytes that we did not write are no click."""
    assert read_line(noise) is None


def test_from_spool_to_rows(app: App, folder: Path) -> None:
    """Clicks and orphans come into the database, as they grow; reading again brings nothing."""
    writer = Spool(folder)
    writer.write([line(0), line(1)])
    writer.write([orphan_line(Orphan("nope", "unknown", START, 2))])
    assert drained(app, folder) == (2, 2, 0)
    assert drained(app, folder) == (0, 0, 0)
    writer.write([line(2)])
    with app.engine.session() as session:
        assert hits.unread(session, folder) == (len(line(2)), START + 2)
    assert drained(app, folder) == (1, 0, 0)
    assert arrivals(app) == [0, 1, 2]
    with app.engine.session() as session:
        assert [(row["slug"], row["n"]) for row in orphans.listed(session)] == [("nope", 2)]
        assert hits.unread(session, folder) == (0, 0)
    writer.close()


def test_files_of_the_dead_are_deleted(app: App, folder: Path) -> None:
    """A finished file goes when it was read and the database is surely on the disk; a live one stays."""
    live, dead = Spool(folder), Spool(folder)
    live.write([line(0)])
    dead.write([line(1)])
    dead.close()
    drained(app, folder)
    assert len(spool.files(folder)) == 2
    drained(app, folder, NOW + timedelta(hours=2))
    assert len(spool.files(folder)) == 1
    live.write([line(2)])
    drained(app, folder, NOW + timedelta(hours=2))
    live.close()
    assert arrivals(app) == [0, 1, 2]
    drained(app, folder, NOW + timedelta(hours=9))
    drained(app, folder, NOW + timedelta(hours=9))
    assert spool.files(folder) == []
    with app.engine.session() as session:
        assert session.query("SELECT * FROM spools") == []


def test_a_large_spool_goes_on_in_a_new_file(app: App, folder: Path) -> None:
    """Past its size a file is finished and the next begun; nothing is missing at the seam."""
    writer = Spool(folder, largest=1_000)
    for n in range(50):
        writer.write([line(n)])
        if n == 20:
            drained(app, folder)
    assert len(spool.files(folder)) > 3
    drained(app, folder)
    assert arrivals(app) == list(range(50))
    writer.close()


@pytest.mark.parametrize("cut", [2, 9, 40, 60])
def test_a_torn_end(app: App, folder: Path, cut: int) -> None:
    """What a power cut left of the last line is set aside and counted, never taken for a click."""
    writer = Spool(folder)
    writer.write([line(0), line(1)])
    writer.close()
    (file,) = spool.files(folder)
    os.truncate(file, file.stat().st_size - cut)
    assert drained(app, folder) == (1, 0, 1)
    assert drained(app, folder) == (0, 0, 0)
    assert (folder / hits.TORN_FILE).read_bytes() == line(1)[:-cut] + b"\n"


def test_a_torn_middle(app: App, folder: Path) -> None:
    """Zeros and noise in a file cost the lines they hit, and no other."""
    folder.mkdir()
    noise = b"\x00" * 2_000_000
    data = line(0) + noise + b"\n" + line(1)[:30] + b"\n\n\xff\xfe\n" + line(2) + line(3)[:20] + line(4) + line(5)
    (folder / "1-a.clicks").write_bytes(data)
    drained(app, folder)
    assert arrivals(app) == [0, 2, 5]
    assert (folder / hits.TORN_FILE).stat().st_size < 2 * hits.TORN_KEPT


def test_the_unfinished_end_of_a_live_file_waits(app: App, folder: Path) -> None:
    """Half a line of a process that lives is not read until it is whole."""
    writer = Spool(folder)
    writer.write([line(0), line(1)[:30]])
    assert drained(app, folder) == (1, 0, 0)
    writer.write([line(1)[30:]])
    assert drained(app, folder) == (1, 0, 0)
    writer.close()


def test_many_drain_at_once(app: App, folder: Path) -> None:
    """Web process and jobs drain at the same time while clicks come in: each is there once, orphans too."""
    writer = Spool(folder, largest=40_000)
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            drained(app, folder, NOW + timedelta(hours=2))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for n in range(4_000):
        writer.write([line(n), orphan_line(Orphan(f"o{n % 3}", "unknown", START))])
    writer.close()
    done.set()
    for one in threads:
        one.join()
    drained(app, folder)
    assert Counter(arrivals(app)) == Counter(range(4_000))
    with app.engine.session() as session:
        assert sum(row["n"] for row in orphans.listed(session)) == 4_000


def test_an_older_database_reads_again(app: App, folder: Path, tmp_path: Path) -> None:
    """A database restored from a backup takes what it has not seen from the files that are still there."""
    writer = Spool(folder)
    writer.write([line(0)])
    drained(app, folder)
    app.engine.copy_to(tmp_path / "backup.db")
    writer.write([line(1)])
    drained(app, folder)
    writer.close()
    for file in tmp_path.glob("commsleads.db*"):
        if file.is_file():
            file.unlink()
    (tmp_path / "backup.db").rename(tmp_path / "commsleads.db")
    drained(app, folder)
    assert arrivals(app) == [0, 1]


def test_words_that_lead_nowhere_are_bounded(app: App, folder: Path) -> None:
    """Past a thousand words a day the rest is counted under one name."""
    writer = Spool(folder)
    writer.write([orphan_line(Orphan(f"w{n}", "unknown", START)) for n in range(orphans.WORDS + 500)])
    writer.close()
    drained(app, folder)
    with app.engine.session() as session:
        ((words, n),) = session.tuples("SELECT count(*), sum(n) FROM orphans")
        rest = session.tuples("SELECT n FROM orphans WHERE slug = ?", (orphans.OTHERS,))
    assert (words, n, rest) == (orphans.WORDS + 1, orphans.WORDS + 500, [(500,)])


def test_a_full_disk_costs_clicks_and_says_so() -> None:
    """What cannot be written is counted as lost, without an error."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    writer = Spool(Path("/nowhere"))
    writer._file = os.open("/dev/full", os.O_WRONLY)
    writer.write([line(0), line(1)])
    assert writer.lost == 2
    assert "space" in writer.trouble
    assert not writer.usable
    writer.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Without a folder clicks are lost and counted; when it can be made again, they are kept again."""
    (tmp_path / "place").write_text("a file stands here")
    writer = Spool(tmp_path / "place")
    writer.write([line(0)])
    assert (writer.lost, writer.usable) == (1, False)
    (tmp_path / "place").unlink()
    writer.write([line(1)])
    assert (writer.lost, writer.usable) == (1, True)
    writer.close()


def test_a_line_after_a_torn_one_is_whole(app: App, folder: Path) -> None:
    """When a disk took half a line, the next one begins anew."""
    writer = Spool(folder)
    writer.write([line(0)])
    os.write(writer._file, line(1)[:25])
    writer._torn = True
    writer.write([line(2)])
    writer.close()
    assert drained(app, folder) == (2, 0, 1)


def test_the_jobs_drain_without_a_web_process(app: App, folder: Path) -> None:
    """`once` and the heartbeat read what a dead web process left, and end its salt's life."""
    writer = Spool(folder)
    writer.write([line(n) for n in range(3)])
    writer.close()
    (folder / "2026-11-17.salt").write_bytes(b"s" * 32)
    assert "drain" in {job.name for job in jobs.due(app)}
    assert jobs.drain(app, jobs.never) == 3
    assert not (folder / "2026-11-17.salt").exists()
    assert arrivals(app) == [0, 1, 2]


def test_what_is_no_spool_is_left_alone(app: App, folder: Path, tmp_path: Path) -> None:
    """A pipe, a folder and a link to elsewhere that are named like spools neither stop the reading nor are read."""
    writer = Spool(folder)
    writer.write([line(0)])
    writer.close()
    (tmp_path / "diary").write_bytes(line(1))
    (folder / "a.clicks").symlink_to(tmp_path / "diary")
    (folder / "b.clicks").mkdir()
    os.mkfifo(folder / "c.clicks")
    assert drained(app, folder) == (1, 0, 0)
    assert [file.name for file in spool.files(folder)] == [file.name for file in folder.glob("*-*.clicks")]


def test_a_file_of_somebody_else_keeps_no_other_waiting(app: App, folder: Path) -> None:
    """What cannot be read is told when all the others have been read."""
    for n in range(3):
        writer = Spool(folder)
        writer.write([line(n)])
        writer.close()
    first = spool.files(folder)[0]
    reading = spool.lines

    def refused(file: Path, *given: Any, **more: Any) -> Any:
        if file == first:
            raise PermissionError(13, "Permission denied")
        return reading(file, *given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "lines", refused)
        with pytest.raises(PermissionError):
            drained(app, folder)
    assert arrivals(app) == [1, 2]
    assert drained(app, folder) == (1, 0, 0)


def test_a_folder_copied_with_other_rights_is_its_owners_again(tmp_path: Path) -> None:
    """Salts and clicks are read by nobody else, whatever a copy made of the rights."""
    folder = tmp_path / "clicks"
    folder.mkdir()
    folder.chmod(0o755)
    writer = Spool(folder)
    writer.write([line(0)])
    writer.close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_number_that_no_database_takes_costs_its_line_only(app: App, folder: Path) -> None:
    """A line with a sound check value and a senseless number is set aside, and those beside it are read."""
    rest = click_rest("v", "n", "", "", "Firefox", "")
    writer = Spool(folder)
    writer.write(
        [line(0), click_line(10**30, "get", "link1", rest), orphan_line(Orphan("w", "unknown", START, 10**30))]
    )
    writer.write([orphan_line(Orphan("w", "unknown", START, -1)), line(1)])
    writer.close()
    assert drained(app, folder) == (2, 0, 3)
