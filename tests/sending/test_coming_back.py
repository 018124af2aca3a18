"""Mails that came back: bounces, complaints and words of those who want no more, read out of the press mailbox."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import sending
from commsleads.app import App
from commsleads.intake.letters import rebuild
from commsleads.letters import Letter, LetterClass
from commsleads.rules.returned import is_gone, read_return
from commsleads.store import deliveries, stops, tickets
from commsleads.store.keys import signing_key
from commsleads.telling import never
from tests.intake.postroom import come
from tests.sending.rooms import WEEK, office, states, tell
from tests.sending.smtpd import Smtpd

WHO = "b@x.example"

BOUNCE = """From: Mail Delivery System <mailer-daemon@x.example>
To: press@museum.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 06:31:00 +0000
Message-ID: <{own}@x.example>
Auto-Submitted: auto-replied
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.x.example

Final-Recipient: rfc822; {who}
Action: {action}
Status: {status}

--x
Content-Type: {kind}

Message-ID: <{about}>
Subject: Comms wk 47

--x--
"""
COMPLAINT = """From: Feedback <fbl@isp.example>
To: press@museum.example
Subject: FW: Comms wk 47
Date: Mon, 23 Nov 2026 06:31:00 +0000
Message-ID: <c1@isp.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="x"

--x
Content-Type: text/plain

This is an email abuse report for an email message received from 192.0.2.1.

--x
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1

--x
Content-Type: message/rfc822

Message-ID: <{about}>
Subject: Comms wk 47
From: press@museum.example
To: b@x.example

Words.
--x--
"""
QMAIL = """From: MAILER-DAEMON@post.example
To: press@museum.example
Subject: failure notice
Date: Mon, 23 Nov 2026 06:31:00 +0000
Message-ID: <q1@post.example>
Return-Path: <>

Hi. This is the qmail-send program at post.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<b@x.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <press@museum.example>
Message-ID: <{about}>
Subject: Comms wk 47
"""


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An office that mailed one edition to two people, and a mailbox that brings what comes back."""
    with Smtpd() as smtpd:
        made = office(tmp_path, smtpd.port, to=("a@x.example", WHO))
        tell(made)
        assert sending.deliver(made, never) == 2
    return made


def sent_id(app: App) -> str:
    with app.engine.session() as session:
        return str(next(row for row in deliveries.of(session, "weekly", WEEK) if row["recipient"] == WHO)["message_id"])


def came(app: App, mail: str, **said: str) -> None:
    """Let the mailbox bring a mail, and read it."""
    words = {"about": sent_id(app), "who": WHO, "own": "r1"} | said
    with app.engine.session() as session:
        come(app, session, mail.format(**words).encode())


def stopped(app: App) -> list[tuple[str, str, str]]:
    with app.engine.session() as session:
        return [(row["recipient"], row["name"], row["how"]) for row in stops.listed(session)]


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_nobody_there_is_a_stop(app: App, kind: str) -> None:
    """A hard bounce is noted at the delivery, ends all reports to that address, and is told; the other goes on."""
    came(app, BOUNCE, action="failed", status="5.1.1", kind=kind)
    assert states(app) == {"a@x.example": "sent", WHO: "bounced"}
    assert stopped(app) == [(WHO, "", "bounce")]
    with app.engine.session() as session:
        (need,) = [one for one in app.facts(session).needs() if WHO in one.what]
        assert session.tuples("SELECT count(*) FROM enquiries") == [(0,)]
    assert need.what == "The weekly report for 2026-W47 came back from b@x.example"
    assert "5.1.1" in need.why


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [("failed", "5.2.2", "bounced"), ("failed", "5.7.1", "bounced"), ("failed", "4.4.7", "bounced"),
     ("delayed", "4.4.1", "sent"), ("delivered", "2.0.0", "sent"), ("relayed", "5.1.1", "sent")],
)  # fmt: skip
def test_what_may_pass_is_no_stop(app: App, action: str, status: str, state: str) -> None:
    """A full mailbox, a policy, a mail given up for now: told, not stopped; only delayed or delivered: nothing."""
    came(app, BOUNCE, action=action, status=status, kind="message/rfc822")
    assert states(app)[WHO] == state
    assert stopped(app) == []


def test_one_reader_of_a_list_who_is_gone_stops_not_the_list(app: App) -> None:
    """A report about another address than ours went to is told, and a person decides; ours is known in any writing."""
    came(app, BOUNCE, action="failed", status="5.1.1", kind="message/rfc822", who="member@elsewhere.example")
    assert states(app)[WHO] == "bounced"
    assert stopped(app) == []
    with app.engine.session() as session:
        assert any("member@elsewhere.example" in one.why for one in app.facts(session).needs())


def test_the_address_of_a_report_is_known_in_any_writing(app: App) -> None:
    """Reports name addresses in brackets and in large letters."""
    came(app, BOUNCE, action="failed", status="5.1.1", kind="message/rfc822", who=f"<{WHO.upper()}>")
    assert stopped(app) == [(WHO, "", "bounce")]


def test_a_bounce_in_free_text(app: App) -> None:
    """An old mail server that writes a letter and quotes ours."""
    came(app, QMAIL)
    assert states(app)[WHO] == "bounced"
    assert stopped(app) == [(WHO, "", "bounce")]


@pytest.mark.parametrize(
    "about", ["weekly.2026-W47.00000000000000000000000000000000@museum.example", "x@y", "' OR 1=1"]
)
def test_a_bounce_of_nothing_of_ours_changes_nothing(app: App, about: str) -> None:
    """Who cannot name the Message-ID, which follows from a key, stops nobody's digest."""
    came(app, BOUNCE, action="failed", status="5.1.1", kind="message/rfc822", about=about)
    came(app, COMPLAINT, about=about)
    assert states(app) == {"a@x.example": "sent", WHO: "sent"}
    assert stopped(app) == []


def test_a_complaint_stops_that_report(app: App) -> None:
    """Its reader pressed "unwanted": no more of that report, which had arrived."""
    came(app, COMPLAINT)
    assert states(app)[WHO] == "sent"
    assert stopped(app) == [(WHO, "weekly", "complaint")]


def test_who_writes_that_they_want_no_more(app: App) -> None:
    """By the signed word in the subject, whatever address it comes from; without it, it is a mail like others."""
    with app.engine.session() as session:
        word = tickets.ticket(signing_key(session), WHO, "weekly")
    mail = "From: Bea <bea@home.example>\nTo: press@museum.example\nSubject: {subject}\nMessage-ID: <{own}@h>\n\nBye.\n"
    came(app, mail, subject="unsubscribe weekly", own="u1")
    assert stopped(app) == []
    came(app, mail, subject=f"Unsubscribe {word}", own="u2")
    assert stopped(app) == [(WHO, "weekly", "mail")]


def test_what_a_person_lifted_stays_lifted_when_mails_are_read_again(app: App) -> None:
    """`rebuild` reads every mail anew: what followed from one has followed."""
    came(app, BOUNCE, action="failed", status="5.1.1", kind="message/rfc822")
    came(app, COMPLAINT)
    app.clock.move(days=1)  # type: ignore[attr-defined]
    with app.engine.session() as session:
        stops.allow(session, WHO, "", app.now(), "ada")
        rebuild(session, app.letters, app.now())
    assert stopped(app) == []
    assert states(app)[WHO] == "bounced"


def test_a_doubt_that_bounces_is_none(app: App) -> None:
    """Nobody knew whether it had arrived; its bounce says that it did not."""
    with app.engine.session() as session:
        session.execute("UPDATE deliveries SET state = 'sending', run = '' WHERE recipient = :who", who=WHO)
    came(app, BOUNCE, action="failed", status="5.1.1", kind="message/rfc822")
    assert states(app)[WHO] == "bounced"
    with app.engine.session() as session:
        assert deliveries.doubtful(session, app.now() + timedelta(days=1), lambda _: False) == []


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(["delivery-status", "delivery-action"]), st.text()))
def test_any_words_are_read(text: str, marks: dict[str, str]) -> None:
    """Whatever a report says, it is read, and nobody is taken for gone who is only full."""
    said = read_return(Letter(text=text, marks=marks), LetterClass.BOUNCE)
    assert said is not None
    assert not said.gone or said.final
    assert read_return(Letter(text=text), LetterClass.REPLY) is None


def test_codes() -> None:
    """Of the address, of its mailbox, of its domain; not of its size or of a policy."""
    assert [is_gone(code) for code in ("5.1.1", "5.1.10", "5.2.1", "5.4.4", "550", "permanent error")] == [True] * 6
    assert [is_gone(code) for code in ("5.1.8", "5.2.2", "5.7.1", "4.1.1", "552", "", "5.4.7")] == [False] * 7
