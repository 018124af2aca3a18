"""What becomes of a mail, class by class."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commsleads.store import requests
from tests.intake.postroom import DIGEST, NOW, asked, classes, come, enquiries, office, raw

MACHINES = {
    "bounce": raw(
        "Your message could not be delivered: 550 5.1.1 user unknown", sender="MAILER-DAEMON@mx.example",
        subject="Undelivered Mail Returned to Sender",
    ),
    "auto_reply": raw(
        "I am out of the office until Monday. How can we help? I am a reporter.", subject="Automatic reply: hello",
        Auto_Submitted="auto-replied",
    ),
    "newsletter": raw(
        "Our news of the week. Unsubscribe here.", sender="News <news@shop.example>", subject="Our newsletter",
        List_Unsubscribe="<https://shop.example/u>", List_Id="<news.shop.example>", Precedence="bulk",
    ),
    "other": raw("I bought a ticket and want my money back.", sender="Jo <jo@mail.example>", subject="Refund"),
}  # fmt: skip


def test_enquiry_is_logged_with_what_was_read(tmp_path: Path) -> None:
    """The log has journalist, outlet, deadline and questions of the mail, and the mail hangs on it."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        assert come(app, session, raw()) == (1, 1)
        (made,) = enquiries(session)
        assert (made["reference"], made["outlet"], made["channel"]) == ("2026-0001", "North County Post", "email")
        assert made["deadline_at"] == "2026-11-19T17:00:00Z"
        assert made["received_at"] == "2026-11-18T08:05:00Z"
        assert session.tuples("SELECT name FROM contacts") == [("Ruth Calder",)]
        assert session.tuples("SELECT count(*) FROM questions")[0][0] >= 2
        assert session.tuples("SELECT erase_after FROM letters") == [("",)]
        assert asked(session) == []


@pytest.mark.parametrize("kind", MACHINES)
def test_what_is_no_enquiry_is_read_and_nothing_more(tmp_path: Path, kind: str) -> None:
    """It is kept with its class and its end, and neither logged nor joined."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, MACHINES[kind])
        assert classes(session) == [kind]
        assert enquiries(session) == []
        assert session.tuples("SELECT erase_after FROM letters") == [("2027-05-17T09:30:00Z",)]


def test_doubtful_mail_comes_before_a_person(tmp_path: Path) -> None:
    """Another language than ours is not misread but asked about."""
    text = "Buongiorno, sono una giornalista del Corriere del Porto. Quanti posti di lavoro saranno tagliati?\n"
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(text * 3, sender="Anna Rossi <rossi@corriere.example>", subject="Richiesta stampa"))
        (waiting,) = asked(session)
        assert json.loads(waiting["why"])
        assert waiting["enquiry_id"] == ""


def test_requests_are_rows_with_what_they_match(tmp_path: Path) -> None:
    """A digest makes a row a request, held against topics of expertise; no enquiry and nothing among the mentions."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(DIGEST, sender="HARO <haro@helpareporter.com>", subject="[HARO] Wednesday edition"))
        (row,) = requests.listed(session, NOW)
        assert (row["summary"], row["outlet"]) == ("Who still makes rope by hand", "Harbour & Rail")
        assert row["deadline_at"] == "2026-11-21T00:00:00Z"
        assert row["matches"][0]["topic"] == "rope"
        assert requests.count(session, NOW) == (1, 1)
        assert enquiries(session) == []
        assert session.tuples("SELECT count(*) FROM signals") == [(0,)]


def test_resent_digest_makes_no_second_row(tmp_path: Path) -> None:
    """The same request in a resend is the row that is there; half a year later it is another one."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        sender = "HARO <haro@helpareporter.com>"
        come(app, session, raw(DIGEST, sender=sender, subject="[HARO] Wednesday edition", message_id="h1@h"))
        come(app, session, raw(DIGEST, sender=sender, subject="[HARO] Wednesday edition", message_id="h2@h"))
        assert session.tuples("SELECT count(*) FROM requests") == [(1,)]
        found = [json.loads(text) for (text,) in session.tuples("SELECT found FROM readings")]
        assert found[0]["requests"] == found[1]["requests"]
        later = DIGEST.replace("20 November", "20 May")
        come(app, session, raw(later, sender=sender, subject="[HARO] Wednesday edition", message_id="h3@h"))
        assert session.tuples("SELECT count(*) FROM requests") == [(2,)]


def test_expired_and_unmatched_requests_are_hidden(tmp_path: Path) -> None:
    """The list has what is open and ours; the rest is there when asked for."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        other = DIGEST.replace("rope", "cheese").replace("hemp", "goat")
        sender = "HARO <haro@helpareporter.com>"
        come(app, session, raw(DIGEST, sender=sender, subject="[HARO] Wednesday edition", message_id="h1@h"))
        come(app, session, raw(other, sender=sender, subject="[HARO] Wednesday edition", message_id="h2@h"))
        assert len(requests.listed(session, app.now())) == 1
        assert len(requests.listed(session, app.now(), everything=True)) == 2
        clock.move(days=5)
        assert requests.listed(session, app.now()) == []
        assert len(requests.listed(session, app.now(), everything=True)) == 2
