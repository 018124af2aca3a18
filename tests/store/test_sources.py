"""The timetable as rows: settings in, claims out, gaps kept."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from commsleads.runs import lives, this_run
from commsleads.store import history
from commsleads.store import sources as timetable
from commsleads.store.engine import Engine, Session, stamp
from commsleads.store.sources import Claim, Poll
from tests.factories import NOW, source

LEASE = timedelta(minutes=5)


def sync(session: Session, *ids: str, **changes: Any) -> None:
    with session.atomic():
        timetable.sync(session, [source(source_id, **changes) for source_id in ids], NOW)


def done(claim: Claim, **changes: Any) -> Poll:
    given: dict[str, Any] = {
        "claim": claim,
        "at": NOW,
        "outcome": "read",
        "next_check_at": NOW + timedelta(minutes=30),
        "interval": timedelta(minutes=30),
        "failures": 0,
        "cursor": {"etag": '"1"'},
        "status": 200,
    }
    return Poll(**given | changes)


def test_sync_adds_changes_pauses_and_remembers(session: Session) -> None:
    """What the settings say becomes rows, each change with its line of history; what left the file is only paused."""
    sync(session, "a", "b")
    sync(session, "a", every=timedelta(hours=2))
    rows = {row["id"]: row for row in timetable.listed(session)}
    assert rows["a"]["every_seconds"] == 7200
    assert (rows["b"]["state"], rows["b"]["paused_why"]) == ("paused", timetable.REMOVED)
    assert [line["what"] for line in history.of(session, "source", "a")] == ["added", "changed"]
    assert [line["what"] for line in history.of(session, "source", "b")] == ["added", "paused"]
    sync(session, "a", "b", every=timedelta(hours=2))
    assert {row["state"] for row in timetable.listed(session)} == {"new"}


def test_new_address_is_a_new_conversation(session: Session) -> None:
    """Validators of the old address are not sent to the new one."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    timetable.record(session, [done(claim)])
    sync(session, "a", url="https://elsewhere.example/feed")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    assert claim.cursor == {}


def test_what_is_due_is_claimed_once(engine: Engine, session: Session) -> None:
    """Eight threads claim at once: each source goes to exactly one of them."""
    names = [f"s{number}" for number in range(100)]
    sync(session, *names)
    claimed: list[str] = []

    def take() -> None:
        with engine.session() as mine:
            while found := timetable.claim(mine, NOW, lease=LEASE, limit=7):
                claimed.extend(claim.id for claim in found)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(names)


def test_lease_of_a_dead_run_ends(session: Session) -> None:
    """A source held by a run that was killed is free again when its lease is over, and not before."""
    sync(session, "a")
    assert timetable.claim(session, NOW, lease=LEASE)
    assert not timetable.claim(session, NOW + LEASE - timedelta(seconds=1), lease=LEASE)
    assert timetable.claim(session, NOW + LEASE, lease=LEASE)


def test_what_a_killed_run_held_is_free_at_once(session: Session) -> None:
    """A process that is gone holds nothing; one that lives keeps what it has, and so does another machine's."""
    sync(session, "gone", "here", "elsewhere")
    process = subprocess.Popen(
        [sys.executable, "-c", "from commsleads.runs import this_run; print(this_run())"], stdout=subprocess.PIPE
    )
    dead = process.communicate()[0].decode().strip()
    for name, run in (("gone", dead), ("here", this_run()), ("elsewhere", "other-machine 1 1")):
        assert timetable.claim(session, NOW, lease=LEASE, only=(name,), run=run)
    assert timetable.free_dead(session, lives) == 1
    assert [claim.id for claim in timetable.claim(session, NOW, lease=LEASE, everyone=True)] == ["gone"]


def test_number_given_again_is_another_run() -> None:
    """A process with our number that began at another time is not the run that held the lease."""
    machine, number, _ = this_run().rsplit(" ", 2)
    assert lives(this_run())
    assert not lives(f"{machine} {number} 1")


def test_released_source_is_free_at_once(session: Session) -> None:
    """An orderly stop gives back what it did not poll."""
    sync(session, "a")
    timetable.claim(session, NOW, lease=LEASE)
    timetable.release(session, ["a"])
    assert timetable.any_due(session, NOW)


@pytest.mark.parametrize(
    ("everyone", "only", "expected"),
    [(False, (), ["b"]), (True, (), ["a", "b"]), (False, ("a",), ["a"]), (False, ("c",), ["c"])],
)
def test_who_is_claimed(session: Session, everyone: bool, only: tuple[str, ...], expected: list[str]) -> None:
    """Only what is due, unless everyone or somebody by name is asked for; who is paused only by name."""
    sync(session, "a", "b", "c")
    session.execute("UPDATE sources SET next_check_at = :later WHERE id = 'a'", later=stamp(NOW + timedelta(hours=1)))
    session.execute("UPDATE sources SET state = 'paused' WHERE id = 'c'")
    found = timetable.claim(session, NOW, lease=LEASE, everyone=everyone, only=only)
    assert sorted(claim.id for claim in found) == expected


def test_slow_and_failing_come_last(session: Session) -> None:
    """Those who answered quickly last time are asked first."""
    sync(session, "failing", "quick", "slow")
    session.execute("UPDATE sources SET failures = 2 WHERE id = 'failing'")
    session.execute("UPDATE sources SET last_millis = 9000 WHERE id = 'slow'")
    assert [claim.id for claim in timetable.claim(session, NOW, lease=LEASE)] == ["quick", "slow", "failing"]


def test_failure_opens_a_gap_and_success_closes_it(session: Session) -> None:
    """The gap begins at the last success, keeps the newest reason, and ends with the first answer."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    timetable.record(session, [done(claim, new=3)])
    for hour in (1, 2):
        at = NOW + timedelta(hours=hour)
        (claim,) = timetable.claim(session, at, lease=LEASE)
        timetable.record(
            session, [done(claim, at=at, outcome="failed", failures=2 * hour, error=f"no answer {hour}", status=None)]
        )
    assert timetable.gaps(session) == [
        {"source": "a", "start_at": stamp(NOW), "end_at": None, "why": "no answer 2"},
    ]
    assert (timetable.listed(session)[0]["failures"], timetable.listed(session)[0]["failure_weight"]) == (2, 1.0)
    at = NOW + timedelta(hours=5)
    (claim,) = timetable.claim(session, at, lease=LEASE)
    timetable.record(session, [done(claim, at=at, known=3)])
    (gap,) = timetable.gaps(session)
    assert gap["end_at"] == stamp(at)
    assert "nothing was lost" in gap["why"]
    assert timetable.listed(session)[0]["state"] == "ok"


def test_a_source_never_read_has_one_gap(session: Session) -> None:
    """However often it fails before its first success, the stretch not observed is one, with the newest reason."""
    sync(session, "a")
    for hour in range(3):
        at = NOW + timedelta(hours=hour)
        (claim,) = timetable.claim(session, at, lease=LEASE, everyone=True)
        timetable.record(session, [done(claim, at=at, outcome="failed", failures=4, error=f"no {hour}", cursor={})])
    assert timetable.gaps(session) == [{"source": "a", "start_at": stamp(NOW), "end_at": None, "why": "no 2"}]
    sync(session, "a", url="https://right.example/feed")
    at = NOW + timedelta(hours=4)
    (claim,) = timetable.claim(session, at, lease=LEASE)
    timetable.record(session, [done(claim, at=at)])
    assert [gap["end_at"] for gap in timetable.gaps(session)] == [stamp(at)]


def test_a_change_of_the_settings_has_failing_sources_asked_again(session: Session) -> None:
    """Who has just mended an address need not wait until the pause after many failures is over."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    late = NOW + timedelta(hours=9)
    timetable.record(session, [done(claim, outcome="failed", failures=40, error="no", next_check_at=late)])
    assert not timetable.any_due(session, NOW)
    sync(session, "a")
    assert timetable.any_due(session, NOW)


def test_out_of_the_settings_and_back(session: Session) -> None:
    """No gap of a source that left stays open, and the time it was away is a gap when it comes back."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    timetable.record(session, [done(claim, outcome="failed", failures=4, error="no answer")])
    with session.atomic():
        timetable.sync(session, [], NOW + timedelta(hours=1))
    assert timetable.gaps(session)[0]["end_at"] == stamp(NOW + timedelta(hours=1))
    with session.atomic():
        session.execute("UPDATE sources SET last_polled_at = :at", at=stamp(NOW + timedelta(minutes=50)))
        timetable.sync(session, [source("a")], NOW + timedelta(hours=9))
    away = timetable.gaps(session)[0]
    assert (away["end_at"], away["why"]) == (stamp(NOW + timedelta(hours=9)), "It was not in the settings.")


def test_skipped_poll_is_no_failure(session: Session) -> None:
    """A source we left alone because its site asked us to keeps its state and is asked later."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    later = NOW + timedelta(hours=3)
    timetable.record(session, [done(claim, outcome="skipped", next_check_at=later)])
    (row,) = timetable.listed(session)
    assert (row["state"], row["next_check_at"]) == ("new", stamp(later))
    assert timetable.gaps(session) == []
    assert session.tuples("SELECT outcome FROM polls") == [("skipped",)]


def test_refused_credentials_pause_until_a_person_acts(session: Session) -> None:
    """A paused source says why and is not claimed."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    timetable.record(session, [done(claim, outcome="failed", paused_why="The password is refused.", error="401")])
    assert timetable.listed(session)[0]["paused_why"] == "The password is refused."
    assert not timetable.claim(session, NOW + timedelta(days=9), lease=LEASE, everyone=True)


def test_set_aside_keeps_the_newest_bounded(session: Session) -> None:
    """What cannot be read is kept for a person: 64 KB of it, whatever its bytes."""
    sync(session, "a")
    for body in (b"old", b"\x00\xff<html>" + b"x" * 200_000):
        timetable.set_aside(session, "a", NOW, why="a web page", media_type="text/html", body=body)
    (row,) = session.query("SELECT size, body FROM unread")
    assert row["size"] == 200_008
    assert row["body"].startswith("\\x00\\xff<html>")
    assert len(row["body"]) < 70_000


def test_cooling_is_remembered_until_it_is_over(session: Session) -> None:
    """Until when a site asked us to stay away outlives the run that was told."""
    timetable.keep_cooling(session, {"example.org": NOW + timedelta(hours=2)}, NOW)
    assert timetable.cooling(session, NOW) == {"example.org": NOW + timedelta(hours=2)}
    assert timetable.cooling(session, NOW + timedelta(hours=2)) == {}
    timetable.keep_cooling(session, {}, NOW + timedelta(hours=3))
    assert session.tuples("SELECT * FROM hosts") == []


def test_claim_carries_what_the_next_poll_needs(session: Session) -> None:
    """Cursor, interval and failures come back as they were recorded."""
    sync(session, "a")
    (claim,) = timetable.claim(session, NOW, lease=LEASE)
    timetable.record(session, [done(claim, failures=2, outcome="failed", interval=timedelta(hours=1), new=0)])
    (again,) = timetable.claim(session, NOW + timedelta(hours=2), lease=LEASE)
    assert again == replace(
        claim,
        cursor={"etag": '"1"'},
        failures=2,
        interval=timedelta(hours=1),
        last_asked_at=stamp(NOW),
    )


def test_clock_that_was_years_ahead_keeps_nothing_waiting(session: Session) -> None:
    """Polled and leased while the clock said 2031, then set right: the sources are due now, not in five years."""
    sync(session, "polled", "held", "soon")
    wrong = NOW.replace(year=2031)
    session.execute(
        "UPDATE sources SET next_check_at = :next, last_polled_at = :at WHERE id = 'polled'",
        next=stamp(wrong + timedelta(hours=1)),
        at=stamp(wrong),
    )
    session.execute("UPDATE sources SET leased_until = :until WHERE id = 'held'", until=stamp(wrong))
    # A clock that was set back by seconds is no reason to ask at once.
    session.execute(
        "UPDATE sources SET next_check_at = :next, last_polled_at = :at WHERE id = 'soon'",
        next=stamp(NOW + timedelta(minutes=30)),
        at=stamp(NOW + timedelta(seconds=5)),
    )
    assert timetable.any_due(session, NOW)
    assert {claim.id for claim in timetable.claim(session, NOW, lease=LEASE)} == {"polled", "held"}
    assert not timetable.any_due(session, NOW)
