"""Mails on their way in: which are the same, when they came, what is set aside, and what a poll says of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commsleads import keeping
from commsleads.app import App
from commsleads.contract import Batch, Source, Unread
from commsleads.intake.letters import believed
from commsleads.keeping import Outcome, Round
from commsleads.letters import Letter
from commsleads.store import aside
from commsleads.store import letters as rows
from commsleads.store import sources as timetable
from commsleads.store.engine import stamp
from tests.factories import signal as entry
from tests.intake.postroom import NOW, answer, classes, come, enquiries, keep, office, raw, signal


def test_same_mail_from_two_folders_is_one(tmp_path: Path) -> None:
    """A mail in two folders, or read again after a change of UIDVALIDITY, is kept and logged once."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        first = keep(app, session, raw(), folder="INBOX", uid="1")
        app.letters.take_in(session, app.now())
        clock.move(hours=1)
        again = keep(app, session, raw(), folder="Archive", uid="77")
        assert (first.new, first.known) == (1, 0)
        assert (again.new, again.known) == (0, 1)
        assert first.ids == again.ids
        assert app.letters.take_in(session, app.now()).read == 0
        assert len(enquiries(session)) == 1


def test_twice_in_one_bite_is_one(tmp_path: Path) -> None:
    """The same mail twice in one poll is one new and one known."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        kept = keep(app, session, raw(), raw())
        assert (kept.new, kept.known) == (1, 1)


def test_reused_message_id_is_another_mail(tmp_path: Path) -> None:
    """Another mail under the same Message-ID is kept and read as well."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        other = raw("I bought a ticket and want my money back.", sender="Jo <jo@mail.example>", subject="Refund")
        kept = keep(app, session, raw(), other)
        assert kept.new == 2
        app.letters.take_in(session, app.now())
        assert sorted(classes(session)) == ["enquiry", "other"]


def test_mails_without_a_message_id_are_told_apart(tmp_path: Path) -> None:
    """No Message-ID is no reason to take two mails for one."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        kept = keep(app, session, raw(message_id=""), raw(message_id="", date="Wed, 18 Nov 2026 08:06:00 +0000"))
        assert kept.new == 2


@pytest.mark.parametrize(
    ("sent", "live", "came"),
    [
        (NOW - timedelta(hours=2), True, NOW - timedelta(hours=2)),
        (NOW - timedelta(days=29), True, NOW - timedelta(days=29)),
        (NOW - timedelta(days=31), True, NOW),
        (NOW - timedelta(days=3000), False, NOW - timedelta(days=3000)),
        (NOW + timedelta(minutes=9), True, NOW),
        (datetime(2099, 1, 1, tzinfo=UTC), True, NOW),
        (datetime(2099, 1, 1, tzinfo=UTC), False, NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), False, NOW),
        (None, True, NOW),
    ],
)
def test_dates_that_are_believed(sent: datetime | None, live: bool, came: datetime) -> None:
    """A mail's own date counts unless it cannot be true; then the mail came now."""
    found, note = believed(Letter(sent_at=sent, date_raw="as written"), NOW, live=live)
    assert found == came
    assert bool(note) == (came == NOW and not (sent and NOW < sent < NOW + timedelta(minutes=10)))


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 +0000", "Thu, 01 Jan 2099 10:00:00 +0000"])
def test_mail_from_another_age_comes_now(tmp_path: Path, date: str) -> None:
    """Its deadline is reckoned from now, its own date is kept as read, and a note says so."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(date=date))
        (row,) = session.query("SELECT * FROM letters")
        assert row["received_at"] == stamp(NOW)
        assert row["sent_at"][:4] == date[12:16]
        assert "counts as come when it was read" in rows.note_of(row)
        (made,) = enquiries(session)
        assert made["deadline_at"] == "2026-11-19T17:00:00Z"


def test_unreadable_is_set_aside_once(tmp_path: Path) -> None:
    """What could not be read is kept with its beginning, once, however often it comes; the mails beside it are read."""
    app, _ = office(tmp_path)
    broken = Unread("sha:1", "It crashed the reader.", b"From: x\x00\xff", 30_000_000)
    with app.engine.session() as session:
        for _ in range(2):
            kept = keep(app, session, raw(), unread=[broken])
            assert kept.unread == 1
        (row,) = aside.listed(session)
        assert (row["why"], row["size"], row["body"]) == (broken.why, 30_000_000, "From: x\\x00\\xff")
        assert rows.aside_count(session) == 1


def test_only_the_newest_beginnings_are_kept(tmp_path: Path) -> None:
    """A flood of unreadable mails is counted to the last, and fills no disk."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        for number in range(3):
            clock.move(minutes=1)
            flood = [Unread(f"{number}-{n}", "no mail", b"x" * 100, 100) for n in range(100)]
            keep(app, session, unread=flood)
        assert rows.aside_count(session) == 300
        whole = [row for row in aside.listed(session) if row["body"]]
        assert len(whole) == aside.WHOLE
        assert all(row["external_id"].startswith(("1", "2")) for row in whole)


def polled(app: App, batch: Batch) -> tuple[Round, int]:
    """Keep a batch of source "post" the way a round of polls does."""
    total = Round()
    with app.engine.session() as session, session.atomic():
        (claim,) = timetable.claim(session, app.now(), lease=timedelta(minutes=5), only=["post"])
        source = Source(id="post", kind="mailbox", url="", every=timedelta(minutes=5), settings=None)
        new = keeping.keep(app, session, [Outcome(source, claim, app.now(), 1, batch, None)], total)
    return total, new


def test_poll_keeps_mails_apart_from_mentions(tmp_path: Path) -> None:
    """Mails of a poll are letters and no signals; they are counted like signals; what else came goes its usual way."""
    app, _ = office(tmp_path)
    total, new = polled(app, Batch(signals=[signal(raw()), entry("1"), signal(answer())], cursor={"a": "1"}))
    assert (total.new, total.known, new) == (3, 0, 2)
    with app.engine.session() as session:
        assert session.tuples("SELECT kind FROM signals") == [("entry",)]
        assert session.tuples("SELECT count(*) FROM letters_pending") == [(2,)]
        assert session.tuples("SELECT new, known FROM polls") == [(3, 0)]
        assert session.tuples("SELECT cursor FROM sources WHERE id = 'post'") == [('{"a":"1"}',)]


def test_mailbox_that_goes_on_has_no_gap_and_is_asked_again_at_once(tmp_path: Path) -> None:
    """A bounded poll of mails leaves nothing out: no gap is noted, and the next poll is due."""
    app, clock = office(tmp_path)
    polled(app, Batch(signals=[signal(raw())], cursor={"a": "1"}, complete=False))
    with app.engine.session() as session:
        assert session.tuples("SELECT next_check_at FROM sources WHERE id = 'post'") == [(stamp(NOW),)]
    clock.move(minutes=1)
    polled(app, Batch(signals=[signal(answer())], cursor={"a": "2"}))
    with app.engine.session() as session:
        assert session.tuples("SELECT count(*) FROM gaps") == [(0,)]
        first, second = session.tuples("SELECT new, at FROM polls ORDER BY at")
        assert (first[0], second[0]) == (1, 1)


def test_poll_says_what_was_set_aside(tmp_path: Path) -> None:
    """The note of the poll counts the mails that could not be read."""
    app, _ = office(tmp_path)
    polled(app, Batch(unread=[Unread("1", "why", b"", 0)], note="One folder is gone."))
    with app.engine.session() as session:
        ((note,),) = session.tuples("SELECT note FROM polls")
    assert note == "One folder is gone. 1 mail could not be read and is kept aside."


def test_kill_between_poll_and_reading_loses_nothing(tmp_path: Path) -> None:
    """What was kept and not read yet is due as a job, and read by the next run."""
    from commsleads import jobs

    app, _ = office(tmp_path)
    with app.engine.session() as session:
        keep(app, session, raw())
    assert "take_in" in {job.name for job in jobs.due(app)}
    came = jobs.once(app)
    assert came["enquiries"] == {"new": 1}
    assert "take_in" not in {job.name for job in jobs.due(app)}
    assert jobs.once(app)["enquiries"] == {"new": 0}


def test_two_runs_read_a_mail_once(tmp_path: Path) -> None:
    """A mail that another run has taken meanwhile is left to it."""
    app, _ = office(tmp_path)
    with app.engine.session() as one, app.engine.session() as other:
        keep(app, one, raw())
        waiting = rows.waiting(one, 10)
        assert app.letters.take_in(other, app.now()).enquiries == 1
        read = app.letters._read(waiting[0])
        with one.atomic():
            assert app.letters._settle(one, waiting[0]["id"], read, app.now()) == (False, False)
        assert len(enquiries(one)) == 1


def test_poison_costs_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail that makes a rule fail is kept with the reason and tried no more than a few times; the others are read."""
    import commsleads.rules.reading as rules

    good = rules.read

    def read(letter: Letter, **how: object) -> object:
        if "poison" in letter.subject:
            raise ValueError("a rule\nfailed")
        return good(letter, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(rules, "read", read)
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        bad = raw(subject="poison", message_id="p@p")
        tally = come(app, session, bad, raw())
        assert tally == (1, 1)
        (stuck,) = rows.stuck(session)
        assert stuck["error"] == "ValueError: a rule failed"
        assert stuck["tries"] == 3
        assert not rows.any_waiting(session)
        monkeypatch.setattr(rules, "read", good)
        from commsleads.intake.letters import rebuild

        assert rebuild(session, app.letters, app.now()) == 2
        assert rows.stuck(session) == []


def test_failing_effect_leaves_no_half_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should logging fail, the reading of that mail is not kept either: it is done whole or not at all."""
    from commsleads import desk

    good = desk.log_letter

    def fail(*_: object, **__: object) -> str:
        raise RuntimeError("no")

    monkeypatch.setattr(desk, "log_letter", fail)
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), raw("Lost: one umbrella.", subject="Umbrella", message_id="u@u"))
        assert classes(session) == ["other"]
        assert enquiries(session) == []
        monkeypatch.setattr(desk, "log_letter", good)
        session.execute("UPDATE letters_pending SET tries = 0")
        assert app.letters.take_in(session, app.now()).enquiries == 1
