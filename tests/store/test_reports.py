"""A report is claimed before it is written: never twice, never never."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from commsleads.contract import Document, Period
from commsleads.store import reports
from commsleads.store.engine import Engine, Session
from tests.factories import NOW

WEEK = Period(datetime(2026, 11, 8, 23, tzinfo=UTC), datetime(2026, 11, 15, 23, tzinfo=UTC), "2026-W46")
TOLD = Document(subject="Comms wk 46", text="text", html="<p>html</p>", markdown="md", data={"n": 1})


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
    reports.written(session, claimed, TOLD, ["press@example.org"], NOW)
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
        assert reports.claim(session, "weekly", WEEK, now) == first
    assert reports.claim(session, "weekly", WEEK, now + reports.LEASE) is None
    assert reports.told(session, "weekly") == {"2026-W46"}


def test_delivery_is_claimed_once_and_retried_only_when_it_surely_failed(session: Session) -> None:
    """Sent and in doubt stay as they are; a refusal is tried again an hour later, three times in all."""
    claimed = reports.claim(session, "weekly", WEEK, NOW)
    assert claimed
    reports.written(session, claimed, TOLD, ["a@example.org", "b@example.org", "c@example.org"], NOW)
    first, second, third = reports.waiting(session, NOW)
    assert reports.sending(session, first, NOW)
    assert not reports.sending(session, first, NOW)
    reports.delivered(session, first, NOW)
    assert reports.sending(session, second, NOW)  # and the run dies here
    now = NOW
    for _ in range(3):
        (row,) = reports.waiting(session, now)
        assert row["recipient"] == third["recipient"]
        reports.sending(session, row, now)
        reports.delivered(session, row, now, "mailbox full")
        assert reports.waiting(session, now + timedelta(minutes=59)) == []
        now += timedelta(hours=2)
    assert reports.waiting(session, now + timedelta(days=9)) == []
