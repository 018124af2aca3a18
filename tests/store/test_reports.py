"""A report is claimed before it is written: never twice, never never."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from commsleads.contract import Attachment, Document, Period, Picture, Version
from commsleads.store import deliveries, health, reports
from commsleads.store.engine import Engine, Session, stamp
from tests.factories import NOW

WEEK = Period(datetime(2026, 11, 8, 23, tzinfo=UTC), datetime(2026, 11, 15, 23, tzinfo=UTC), "2026-W46")
TREND = Picture(
    name="trend", title="Stories", alt="Twice as many as ever.", svg="<svg/>", png=b"\x89PNG\r\n\x00", width=600,
    height=200, head=("week", "stories"), rows=(("W45", "3"), ("W46", "6")),
)  # fmt: skip
DIRECTOR = Version(audience="director", subject="Wk 46", text="short", html="<p>s</p>", markdown="s", printed="= S")
ANALYST = Version(audience="analyst", subject="All of wk 46", text="long", html="<p>l</p>", markdown="l")
TOLD = Document(
    subject="Comms wk 46", text="text", html="<p>html</p>", markdown="md", data={"n": 1}, printed="= Week 46",
    pictures=(TREND,), versions=(DIRECTOR, ANALYST),
    attachments=(Attachment(name="trend", media_type="text/csv", content=b"a,b\xff"),),
)  # fmt: skip


def test_one_of_many_runs_writes_it(engine: Engine) -> None:
    """Eight runs find the same week due; exactly one gets to write it."""
    got: list[reports.Claimed | None] = []

    def take() -> None:
        with engine.session() as mine:
            got.append(reports.claim(mine, "weekly", WEEK, NOW))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(claimed is not None for claimed in got) == 1


def test_written_report_is_kept_as_it_was_told(session: Session) -> None:
    """What was told is read back the same, and nobody may claim that week again."""
    claimed = reports.claim(session, "weekly", WEEK, NOW)
    assert claimed
    reports.written(session, claimed, TOLD, {"press@example.org": "team"}, NOW)
    assert reports.document(session, "weekly", "2026-W46") == TOLD
    assert reports.claim(session, "weekly", WEEK, NOW + timedelta(days=99)) is None
    assert reports.told(session, "weekly") == {"2026-W46"}


def test_run_killed_while_writing_is_followed_by_another(session: Session) -> None:
    """After the lease another run takes it up, with the cut-off of the first, and after some tries a person must."""
    first = reports.claim(session, "weekly", WEEK, NOW)
    assert reports.claim(session, "weekly", WEEK, NOW + timedelta(minutes=9)) is None
    now = NOW
    for _ in range(reports.TRIES - 1):
        now += reports.LEASE
        taken = reports.claim(session, "weekly", WEEK, now)
        assert taken
        assert first
        assert taken.cutoff == first.cutoff
    assert reports.claim(session, "weekly", WEEK, now + reports.LEASE) is None
    assert reports.told(session, "weekly") == {"2026-W46"}


def test_who_comes_too_late_changes_nothing(session: Session) -> None:
    """A run that slept past its lease finds the report told by another: its version and its failure are dropped."""
    slow = reports.claim(session, "weekly", WEEK, NOW)
    quick = reports.claim(session, "weekly", WEEK, NOW + reports.LEASE)
    assert slow
    assert quick
    assert not reports.written(session, slow, TOLD, {"late@example.org": "team"}, NOW)
    assert reports.told(session, "weekly") == set()
    assert reports.written(session, quick, TOLD, {"a@example.org": "team"}, NOW)
    other = Document(subject="Other", text="other", html="other", markdown="other", data={"n": 2})
    assert not reports.written(session, slow, other, {"late@example.org": "team"}, NOW)
    reports.failed(session, slow, "MemoryError", NOW)
    assert reports.document(session, "weekly", "2026-W46") == TOLD
    assert [row["recipient"] for row in deliveries.of(session, "weekly", "2026-W46")] == ["a@example.org"]


def test_report_that_kills_every_run_is_shown_to_a_person(session: Session) -> None:
    """Five runs died while writing it: it is not tried again, and it must not vanish without a word."""
    now = NOW
    for _ in range(reports.TRIES):
        assert reports.claim(session, "weekly", WEEK, now)
        assert health.undelivered(session, stamp(now - reports.LEASE)) == []
        now += reports.LEASE
    (row,) = health.undelivered(session, stamp(now))
    assert (row["name"], row["period"], row["recipient"]) == ("weekly", "2026-W46", "")
    assert row["error"] == "Every run that wrote it ended before it was done."


def test_lease_of_a_clock_that_was_ahead_ends(session: Session) -> None:
    """Begun while the clock said 2031, then set right: the report is told now, not in five years."""
    assert reports.claim(session, "weekly", WEEK, NOW.replace(year=2031))
    assert reports.claim(session, "weekly", WEEK, NOW)
