"""Jobs and their runners: reports told once, mails sent once, an orderly stop."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commsleads import jobs
from commsleads.app import App
from commsleads.errors import ReportError
from commsleads.rules.periods import parse_period
from commsleads.runners.local import LocalRunner
from commsleads.store import lists, reports
from commsleads.store import signals as rows
from tests.mail import MailServer
from tests.office import WEEKLY, Clock, item, numbers, office, rss
from tests.web import Web


def running(folder: Path, web: Web, *, more: str = WEEKLY) -> tuple[App, Clock]:
    web.add("/feed", rss(item(1, "Harbour Museum opens"), item(2, "Ferry sails")))
    return office(folder, {"news": web.url("/feed")}, more=more)


def test_once_answers_in_the_shape_others_rely_on(tmp_path: Path) -> None:
    """The JSON of `once` has the fields of the interface, with true numbers."""
    with Web() as web:
        app, _ = running(tmp_path, web)
        came = jobs.once(app, every_source=True)
    assert came.pop("seconds") >= 0
    assert came == {
        "sources": {"polled": 1, "not_modified": 0, "failed": 0, "skipped": 0},
        "signals": {"new": 2, "revised": 0, "known": 0},
        "stories": {"new": 2},
        "enquiries": {"new": 0},
        "leads": {"new": 0, "touched": 0},
        "alerts": {"raised": 0, "sent": 0},
        "reports": [],
    }


def test_missed_monday_is_told_late_and_once(tmp_path: Path) -> None:
    """The machine slept through Monday: at the next pass the week is told, as files and a row, and never again."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        assert jobs.once(app)["reports"] == [{"name": "weekly", "period": "2026-W47", "state": "written"}]
        assert jobs.once(app)["reports"] == []
    files = {path.name for path in app.settings.output_folder.iterdir()}
    assert {f"weekly-2026-W47{ending}" for ending in (".html", ".json", ".md", ".txt", "-director.html")} <= files
    with app.engine.session() as session:
        told = reports.document(session, "weekly", "2026-W47")
    assert told
    assert json.loads((app.settings.output_folder / "weekly-2026-W47.json").read_text()) == told.data


def test_lost_file_is_written_again_from_the_row(tmp_path: Path) -> None:
    """A run killed between row and file leaves the file to the next, with the same bytes."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        jobs.once(app)
        file = app.settings.output_folder / "weekly-2026-W47.html"
        before = file.read_bytes()
        file.unlink()
        jobs.once(app)
    assert file.read_bytes() == before


def test_told_report_stays_as_it_was_told(tmp_path: Path) -> None:
    """What is seen later does not change what was told; asking again shows the same bytes."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        jobs.once(app)
        week = parse_period("2026-W47", app.settings.organisation.zone)
        first = jobs.write_report(app, "weekly", week)
        web.add("/feed", rss(item(3, "Harbour Museum closes")))
        jobs.once(app, every_source=True)
        assert jobs.write_report(app, "weekly", week) == first


def test_same_facts_same_bytes(tmp_path: Path) -> None:
    """Writing the digest twice from the same database gives the same bytes in every rendering."""
    with Web() as web:
        app, _ = running(tmp_path, web)
        jobs.once(app, every_source=True)
        week = parse_period("2026-W47", app.settings.organisation.zone)
        one, two = jobs.write_report(app, "weekly", week), jobs.write_report(app, "weekly", week)
    assert (one.html, one.text, one.markdown, one.subject) == (two.html, two.text, two.markdown, two.subject)
    assert one.data == two.data


def test_failing_report_is_tried_again_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that raises is recorded with its reason; after the lease it is told."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        with monkeypatch.context() as broken:
            broken.setattr(type(app.plugins.report("weekly")), "write", lambda *_: 1 // 0)
            assert jobs.once(app)["reports"][0]["state"] == "failed"
        with app.engine.session() as session:
            assert "ZeroDivisionError" in session.query("SELECT error FROM reports")[0]["error"]
        clock.move(minutes=11)
        assert jobs.once(app)["reports"][0]["state"] == "written"


def test_digest_is_mailed_once_to_each(tmp_path: Path) -> None:
    """Each recipient gets one message; running again sends nothing more."""
    with Web() as web, MailServer() as mail:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nsender = "press@museum.example"\nsecurity = "none"\n'
        more = smtp + WEEKLY + 'to = ["director@museum.example", "desk@museum.example"]\n'
        app, clock = running(tmp_path, web, more=more)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        jobs.once(app)
        jobs.once(app)
    assert len(mail.messages) == 2
    with app.engine.session() as session:
        assert session.tuples("SELECT state, tries FROM deliveries") == [("sent", 1), ("sent", 1)]


def test_person_sends_a_finished_week_once(tmp_path: Path) -> None:
    """A week that is over goes out once; an unfinished one, or one nobody gets, is refused in words."""
    with Web() as web, MailServer() as mail:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nsender = "press@museum.example"\nsecurity = "none"\n'
        app, clock = running(tmp_path, web, more=smtp + WEEKLY + 'to = ["director@museum.example"]\n')
        jobs.once(app, every_source=True)
        week = parse_period("2026-W47", app.settings.organisation.zone)
        with pytest.raises(ReportError, match="not over yet"):
            jobs.send_report(app, "weekly", week)
        clock.now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
        for _ in range(2):
            assert [row["state"] for row in jobs.send_report(app, "weekly", week)] == ["sent"]
        with pytest.raises(ReportError, match="Nobody gets"):
            jobs.send_report(app, "other", week)
    assert len(mail.messages) == 1


def test_local_runner_polls_by_itself_and_stops_in_order(tmp_path: Path) -> None:
    """The heartbeat finds what is due; `stop` ends the run with everything kept and every lease given back."""
    with Web() as web:
        app, _ = office(tmp_path, {"news": web.url("/feed")}, more='[run]\nheartbeat = "1s"\n', every="1s")
        app.clock = lambda: datetime.now(UTC)
        web.add("/feed", rss(item(1, "Harbour Museum opens")))
        runner = LocalRunner(app)
        thread = threading.Thread(target=runner.run)
        thread.start()
        deadline = time.monotonic() + 30
        while len(web.requests) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        runner.stop()
        thread.join(20)
        assert not thread.is_alive()
    assert len(web.requests) >= 3
    assert numbers(app, "signals", "pending") == [1, 0]
    with app.engine.session() as session:
        assert session.tuples("SELECT leased_until FROM sources") == [("",)]
        assert lists.listed(session)[0]["watches"]


def test_nothing_is_told_while_signals_wait(tmp_path: Path) -> None:
    """In the middle of a rebuild the figures are too small: the digest waits until everything is taken in again."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        with app.engine.session() as session, session.atomic():
            rows.clear_intake(session)
        assert jobs.tell(app, jobs.never) == []
        assert "tell" not in {job.name for job in jobs.due(app)}
        with app.engine.session() as session:  # one that fails again and again holds nothing up
            session.execute("UPDATE pending SET tries = 1, error = 'ZeroDivisionError' WHERE signal_id <> ''")
        assert "tell" in {job.name for job in jobs.due(app)}
        assert jobs.once(app)["reports"] == [{"name": "weekly", "period": "2026-W47", "state": "written"}]
        told = jobs.write_report(app, "weekly", parse_period("2026-W47", app.settings.organisation.zone))
    assert told.data["figures"]["stories"]["value"] == 1


def test_first_start_with_a_clock_ahead_keeps_no_report_back(tmp_path: Path) -> None:
    """A machine that began in 2031 and was set right tells its weeks, and says that its signals are dated ahead."""
    with Web() as web:
        app, clock = running(tmp_path, web)
        with app.engine.session() as session:
            session.execute("UPDATE meta SET value = '2031-01-01T00:00:00Z' WHERE name = 'since'")
        clock.now = datetime(2031, 1, 1, tzinfo=UTC)
        jobs.once(app)
        clock.now = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
        app.prepare()
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        came = jobs.once(app)
        with app.engine.session() as session:
            needs = app.facts(session).needs()
    assert came["sources"]["polled"] == 1
    assert came["reports"][0]["period"] == "2026-W47"
    assert needs[0].what == "The clock of this machine was ahead of time"


def test_mail_set_up_late_sends_no_old_digests(tmp_path: Path) -> None:
    """Weeks were told before there was a mail server: setting one up mails nobody the past, unless a person asks."""
    with Web() as web, MailServer() as mail:
        to = WEEKLY + 'to = ["a@museum.example"]\n'
        app, clock = running(tmp_path, web, more=to)
        jobs.once(app, every_source=True)
        clock.now = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
        assert jobs.once(app)["reports"]
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nsender = "press@museum.example"\nsecurity = "none"\n'
        later, clock = running(tmp_path, web, more=smtp + to)
        clock.now = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
        jobs.once(later)
        assert mail.messages == []
        week = parse_period("2026-W47", app.settings.organisation.zone)
        assert [row["state"] for row in jobs.send_report(later, "weekly", week)] == ["sent"]
    assert len(mail.messages) == 1
