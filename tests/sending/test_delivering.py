"""Editions on their way: once each, later when the server says so, and never again by themselves when nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads import sending
from commsleads.app import App
from commsleads.errors import ReportError
from commsleads.jobs import due
from commsleads.rules.periods import parse_period
from commsleads.store import deliveries, stops
from commsleads.telling import never
from tests.sending.letters import read
from tests.sending.rooms import WEEK, office, states, tell
from tests.sending.smtpd import Smtpd

PEOPLE = ("a@x.example", "b@x.example", "c@x.example")


@pytest.fixture
def smtpd() -> Iterator[Smtpd]:
    with Smtpd() as server:
        yield server


def rows(app: App) -> dict[str, dict[str, Any]]:
    with app.engine.session() as session:
        return {row["recipient"]: row for row in deliveries.of(session, "weekly", WEEK)}


def week(app: App) -> Any:
    return parse_period(WEEK, app.settings.organisation.zone)


def test_each_gets_what_is_written_for_them_once(tmp_path: Path, smtpd: Smtpd) -> None:
    """Somebody in two lists gets the longer one, whatever way the address is written; a second pass sends nothing."""
    app = office(tmp_path, smtpd.port, to=("a@x.example", "b@x.example"), directors=("d@x.example", "B@x.example"))
    tell(app)
    assert sending.deliver(app, never) == 3
    assert sending.deliver(app, never) == 0
    subjects = {who: str(read(content)["Subject"]) for who, content in smtpd.accepted}
    assert subjects == {
        "a@x.example": "Comms wk 47: 12 stories",
        "b@x.example": "Comms wk 47: 12 stories",
        "d@x.example": "Wk 47: one decision",
    }
    assert set(smtpd.times().values()) == {1}
    assert "deliver" not in {job.name for job in due(app)}


def test_a_refusal_is_tried_later_and_later_and_given_up(tmp_path: Path, smtpd: Smtpd) -> None:
    """15 minutes, one hour, three, eight, a day; then it is over, and said in the digest's needs."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    smtpd.plan["b@x.example"] = ["451 4.3.0 later"]
    tell(app)
    assert sending.deliver(app, never) == 2
    for pause in deliveries.AGAIN:
        assert states(app)["b@x.example"] == "failed"
        app.clock.move(seconds=pause.total_seconds() - 1)  # type: ignore[attr-defined]
        assert "deliver" not in {job.name for job in due(app)}
        app.clock.move(seconds=1)  # type: ignore[attr-defined]
        assert "deliver" in {job.name for job in due(app)}
        assert sending.deliver(app, never) == 0
    assert rows(app)["b@x.example"]["state"] == "over"
    app.clock.move(days=9)  # type: ignore[attr-defined]
    assert sending.deliver(app, never) == 0
    with app.engine.session() as session:
        (need,) = [one for one in app.facts(session).needs() if "b@x.example" in one.what]
    assert need.what == "b@x.example did not get the weekly report for 2026-W47"
    assert need.command == "commsleads report weekly --period 2026-W47 --send"
    smtpd.plan.clear()
    assert {row["recipient"]: row["state"] for row in sending.send_report(app, "weekly", week(app))} == dict.fromkeys(
        PEOPLE, "sent"
    )
    assert set(smtpd.times().values()) == {1}


def test_nobody_of_that_address_is_over_at_once(tmp_path: Path, smtpd: Smtpd) -> None:
    """Another try would only annoy the server; the others get theirs."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    smtpd.plan["b@x.example"] = ["550 5.1.1 unknown"]
    tell(app)
    assert sending.deliver(app, never) == 2
    assert states(app) == {"a@x.example": "sent", "b@x.example": "over", "c@x.example": "sent"}


def test_a_server_that_is_away_costs_each_one_try(tmp_path: Path) -> None:
    """Nobody is asked a thousand times: all wait for the same next try, and get it once when the server is back."""
    app = office(tmp_path, 9, to=PEOPLE)
    tell(app)
    assert sending.deliver(app, never) == 0
    assert {(row["state"], row["tries"]) for row in rows(app).values()} == {("failed", 1)}
    assert {row["next_at"] for row in rows(app).values()} == {"2026-11-23T06:45:00Z"}
    with app.engine.session() as session:
        (need,) = [one for one in app.facts(session).needs() if "weekly" in one.what]
    assert need.what == "a@x.example and 2 more did not get the weekly report for 2026-W47 yet"
    assert "The next try is at 07:45 on Monday." in need.why
    with Smtpd() as smtpd:
        again = office(tmp_path, smtpd.port, to=PEOPLE, clock=app.clock)
        app.clock.move(minutes=15)  # type: ignore[attr-defined]
        assert sending.deliver(again, never) == 3
        assert set(smtpd.times().values()) == {1}


def test_a_missing_password_is_said_where_people_look(tmp_path: Path, smtpd: Smtpd) -> None:
    """It is not a matter of logs that nobody gets a digest."""
    smtp = 'security = "none"\nuser = "press"\npassword_secret = "mail-password"\n'
    app = office(tmp_path, smtpd.port, smtp=smtp)
    tell(app)
    assert sending.deliver(app, never) == 0
    assert "mail-password" in rows(app)["a@x.example"]["error"]


def test_nobody_knows_and_a_person_decides(tmp_path: Path, smtpd: Smtpd) -> None:
    """In doubt it is not sent again by itself, however long; it arrived, or it goes out anew with the same id."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    smtpd.plan |= {"a@x.example": ["silent"], "b@x.example": ["lose", "250"]}
    tell(app)
    assert sending.deliver(app, never) == 1
    app.clock.move(days=30)  # type: ignore[attr-defined]
    assert sending.deliver(app, never) == 0
    assert states(app) == {"a@x.example": "sending", "b@x.example": "sending", "c@x.example": "sent"}
    with app.engine.session() as session:
        needs = [one.what for one in app.facts(session).needs()]
    assert "Nobody knows whether a@x.example and 1 more got the weekly report for 2026-W47" in needs
    first = rows(app)["b@x.example"]["message_id"]
    assert sending.settle(app, "weekly", WEEK, "A@x.example", arrived=True, who="ada")
    assert sending.settle(app, "weekly", WEEK, "b@x.example", arrived=False, who="ada")
    assert not sending.settle(app, "weekly", WEEK, "c@x.example", arrived=False, who="ada")
    assert sending.deliver(app, never) == 1
    assert states(app) == dict.fromkeys(PEOPLE, "sent")
    assert smtpd.times() == dict.fromkeys(PEOPLE, 1)
    assert rows(app)["b@x.example"]["message_id"] == first
    assert rows(app)["a@x.example"]["who"] == "ada"


def test_a_run_that_died_leaves_a_doubt_at_once(tmp_path: Path, smtpd: Smtpd) -> None:
    """Whoever held the claim is gone from this machine: nobody need wait ten minutes to decide."""
    app = office(tmp_path, smtpd.port)
    tell(app)
    with app.engine.session() as session:
        (row,) = deliveries.due(session, app.now())
        assert deliveries.sending(session, row, app.now(), run="otherhost 1 1")
        assert not deliveries.sending(session, row, app.now(), run="otherhost 1 1")
        assert deliveries.doubtful(session, app.now(), lambda _: True) == []
        assert len(deliveries.doubtful(session, app.now(), lambda _: False)) == 1
        assert len(deliveries.doubtful(session, app.now() + deliveries.SILENT, lambda _: True)) == 1


def test_who_wants_no_more_gets_a_row_and_no_mail(tmp_path: Path, smtpd: Smtpd) -> None:
    """Stopped before it was told, or before it was sent: never silently nothing. Allowed again, it goes on."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    with app.engine.session() as session:
        assert stops.stop(session, "A@X.example", "weekly", stops.Stop("page"), app.now())
        assert not stops.stop(session, "a@x.example", "weekly", stops.Stop("page"), app.now() + timedelta(days=1))
    tell(app)
    with app.engine.session() as session:
        stops.stop(session, "b@x.example", "", stops.Stop("person", "left us", "ada"), app.now())
    assert sending.deliver(app, never) == 1
    assert states(app) == {"a@x.example": "stopped", "b@x.example": "stopped", "c@x.example": "sent"}
    rows = sending.send_again(app, "weekly", week(app), who="ada")
    assert [row["state"] for row in rows] == ["stopped", "stopped", "sent"]
    with app.engine.session() as session:
        assert stops.allow(session, "a@x.example", "", app.now(), "ada") == 1
    assert [row["state"] for row in sending.send_again(app, "weekly", week(app), to=["a@x.example"], who="ada")] == [
        "sent"
    ]


def test_sent_again_because_a_person_says_so(tmp_path: Path, smtpd: Smtpd) -> None:
    """A turn of its own with an id of its own, by name; what was sent first stays as it was."""
    app = office(tmp_path, smtpd.port, to=("a@x.example", "b@x.example"))
    with pytest.raises(ReportError, match="was never told"):
        sending.send_again(app, "weekly", week(app), who="ada")
    tell(app)
    sending.deliver(app, never)
    (again,) = sending.send_again(app, "weekly", week(app), to=["b@x.example"], who="ada")
    assert (again["turn"], again["state"], again["who"]) == (2, "sent", "ada")
    (new,) = sending.send_again(app, "weekly", week(app), to=["New <n@x.example>"], who="ada")
    assert (new["turn"], new["audience"]) == (1, "team")
    assert smtpd.times() == {"a@x.example": 1, "b@x.example": 2, "n@x.example": 1}
    assert len({read(content)["Message-ID"] for _, content in smtpd.accepted}) == 4


def test_an_address_that_is_none_is_over_and_holds_nobody_up(tmp_path: Path, smtpd: Smtpd) -> None:
    """The settings check refuses most of them; one that slips through is told by its name."""
    app = office(tmp_path, smtpd.port, to=("b@x.example",))
    tell(app)
    with app.engine.session() as session:
        deliveries.address(session, "weekly", WEEK, {"zoë@x.example": "team"}, app.now())
    assert sending.deliver(app, never) == 1
    assert states(app) == {"b@x.example": "sent", "zoë@x.example": "over"}


def test_asked_to_stop_it_stops_between_two(tmp_path: Path, smtpd: Smtpd) -> None:
    """What is not begun waits for the next run."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    tell(app)
    asked = iter([False, True, True, True])
    assert sending.deliver(app, lambda: next(asked)) == 1
    assert sorted(states(app).values()) == ["sent", "waiting", "waiting"]
    assert sending.deliver(app, never) == 2


def test_how_the_last_edition_went_is_a_fact(tmp_path: Path, smtpd: Smtpd) -> None:
    """Of how many, how many; and an edition told too late says by how much."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    smtpd.plan |= {"a@x.example": ["550 5.1.1 unknown"], "b@x.example": ["silent"]}
    tell(app)
    sending.deliver(app, never)
    later = parse_period("2026-W48", app.settings.organisation.zone)
    app.clock.move(days=7)  # type: ignore[attr-defined]
    with app.engine.session() as session:
        told = app.facts(session).sending(later)
        assert (told.last, told.n, told.sent, told.over, told.doubtful, told.late) == (WEEK, 3, 1, 1, 1, None)
        assert app.facts(session).sending(week(app)).n == 0
        from commsleads.store import reports

        reports.claim(session, "weekly", later, app.now(), due_at=app.now() - timedelta(hours=5))
        assert app.facts(session).sending(later).late == timedelta(hours=5)


def test_who_got_an_edition_is_forgotten_in_time(tmp_path: Path, smtpd: Smtpd) -> None:
    """After 400 days only the counts are there, and nobody gets that edition by a slip."""
    app = office(tmp_path, smtpd.port, to=PEOPLE)
    smtpd.plan["b@x.example"] = ["550 5.1.1 unknown"]
    tell(app)
    sending.deliver(app, never)
    app.clock.move(days=399)  # type: ignore[attr-defined]
    with app.engine.session() as session:
        assert deliveries.forget(session, app.now()) == 0
        app.clock.move(days=2)  # type: ignore[attr-defined]
        assert deliveries.forget(session, app.now()) == 3
        assert deliveries.forget(session, app.now()) == 0
        assert deliveries.recipients(session) == []
        dumped = "".join(map(str, session.tuples("SELECT * FROM deliveries")))
    assert "x.example" not in dumped
    assert sorted(states(app).values()) == ["over", "sent", "sent"]
    sending.send_report(app, "weekly", week(app))
    assert len(smtpd.accepted) == 2
