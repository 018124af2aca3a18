"""Addresses nobody should have typed, stops in another spelling, and clocks that were wrong for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commsleads.delivery.addresses import address
from commsleads.delivery.message import folded
from commsleads.errors import ReportError
from commsleads.rules.periods import parse_period
from commsleads.sending import deliver, send_again
from commsleads.store import deliveries, stops
from commsleads.telling import never
from tests.office import Clock
from tests.sending.rooms import WEEK, office, states, tell
from tests.sending.smtpd import Smtpd

LETTERS = "ab.@<>\"' \r\n\t\x00\x0b\x1c\x85\u2028()[]\\,;:=?_é漢\ud800\u202e%!"
PIECES = st.text(alphabet=LETTERS, max_size=20)


@given(PIECES, PIECES, PIECES)
@example("", "a", "[x.org")
def test_what_is_no_address_is_told_and_what_is_one_stays_in_its_line(name: str, local: str, domain: str) -> None:
    """Whatever stands in a list of recipients is refused with a sentence or makes one header."""
    for words in (f"{name} <{local}@{domain}>", f"{local}@{domain}"):
        try:
            found = address(words)
        except ReportError:
            continue
        *lines, last = folded("To", str(found)).split(b"\r\n")
        assert not last
        assert all(line[:1] in b" \t" and line.strip() for line in lines[1:])
        assert all(33 <= ord(letter) <= 126 for letter in found.addr_spec)


def test_an_address_that_breaks_the_parser_holds_up_nobody(tmp_path: Path) -> None:
    """A slip behind --to is given up with a sentence, and the mail of everybody else goes out."""
    with Smtpd() as server:
        app = office(tmp_path, server.port)
        tell(app)
        period = parse_period(WEEK, app.settings.organisation.zone)
        rows = send_again(app, "weekly", period, to=("a@[x.example",), who="ada")
        assert [row["state"] for row in rows] == ["over"]
        assert "is not a mail address" in rows[0]["error"]
        assert states(app)["a@x.example"] == "sent"


@pytest.mark.parametrize("typed", ["a@Käse.example", "a@xn--kse-qla.example", "A <a@käse.example>"])
def test_a_stop_holds_in_every_spelling_of_a_domain(tmp_path: Path, typed: str) -> None:
    """Who stops an address by its ASCII form stops the one of the settings, and the other way round."""
    app = office(tmp_path, 9, to=("a@käse.example",))
    with app.engine.session() as session:
        stops.stop(session, typed, "", stops.Stop("person"), app.now())
    tell(app)
    assert states(app) == {"a@käse.example": "stopped"}


@pytest.mark.parametrize("ahead", [timedelta(days=2), timedelta(days=400)])
def test_what_failed_while_the_clock_was_ahead_is_tried_when_it_is_right(tmp_path: Path, ahead: timedelta) -> None:
    """A next try that a wrong clock put into the far future is made within its usual pause."""
    clock = Clock(datetime(2026, 11, 23, 6, 30, tzinfo=UTC) + ahead)
    with Smtpd() as server:
        server.plan["a@x.example"] = ["450 4.7.1 later", "250"]
        app = office(tmp_path, server.port, clock=clock)
        tell(app)
        assert deliver(app, never) == 0
        clock.move(hours=-ahead.total_seconds() / 3600)
        clock.move(minutes=16)
        assert deliver(app, never) == 1
    assert states(app) == {"a@x.example": "sent"}


def test_a_stop_lifted_long_ago_is_nobodys_and_no_old_mail_brings_it_back(tmp_path: Path) -> None:
    """The address goes 400 days after the stop was lifted; one in force stays, and a mail read anew changes nothing."""
    app = office(tmp_path, 9)
    now = app.now()
    with app.engine.session() as session:
        for who in ("gone@x.example", "still@x.example"):
            assert stops.stop(session, who, "", stops.Stop("mail", f"{who} wrote"), now, once=True)
        stops.allow(session, "gone@x.example", "", now, "ada")
        assert stops.forget(session, now + timedelta(days=399)) == 0
        assert stops.forget(session, now + timedelta(days=401)) == 1
        assert stops.forget(session, now + timedelta(days=402)) == 0
        kept = str(session.tuples("SELECT * FROM report_stops"))
        assert "gone@" not in kept
        assert "still@" in kept
        assert not stops.stop(session, "gone@x.example", "", stops.Stop("mail"), now, once=True)
        assert stops.in_force(session, "gone@x.example", "") is None


def test_whose_mail_came_back_is_told_no_longer_than_who_got_what(tmp_path: Path) -> None:
    """An address in an edition goes with the rows of its deliveries, once it gets nothing any more."""
    app = office(tmp_path, 9, to=("gone@x.example", "still@x.example"))
    tell(app)
    later = app.now() + timedelta(days=401)
    with app.engine.session() as session:
        session.execute("UPDATE reports SET text = 'It came back from gone@x.example, and from still@x.example.'")
        deliveries.once_more(session, "weekly", WEEK, {"still@x.example": "team"}, later, who="ada")
        assert deliveries.forget(session, later) == 2
        ((text,),) = session.tuples("SELECT text FROM reports")
    assert text == "It came back from [erased], and from still@x.example."
