"""Answers find their enquiry by headers and by who writes; strangers do not; the same words twice are one enquiry."""

from __future__ import annotations

import json
from pathlib import Path

from commsleads.desk.work import acknowledge, assign, hold
from commsleads.store import history
from commsleads.store.engine import Session
from tests.intake.postroom import ASKS, answer, asked, at_desk, classes, come, enquiries, office, raw, threads

ONE = "m1@northcountypost.example"
STRANGER = "Somebody <somebody@elsewhere.example>"


def why(session: Session) -> str:
    """What the one mail in the review queue is there for."""
    (waiting,) = asked(session)
    return " ".join(json.loads(waiting["why"]))


def test_answer_joins_its_enquiry(tmp_path: Path) -> None:
    """An answer by the journalist stands in the thread and in the history, and makes no second enquiry."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer())
        (made,) = enquiries(session)
        assert threads(session) == {"2026-0001": [ONE, "a1@northcountypost.example"]}
        changes = history.of(session, "enquiry", made["id"])
        assert [change["what"] for change in changes] == ["logged", "mail came"]
        assert [change["who"] for change in changes] == ["commsleads", "commsleads"]
        assert asked(session) == []


def test_answers_of_one_bite_follow_what_they_answer(tmp_path: Path) -> None:
    """Clocks differ: a chain of answers in one poll, each dated before what it answers, is one thread."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(
            app,
            session,
            answer("And?\n", to="a2@x", message_id="a3@x", date="Wed, 18 Nov 2026 08:01:00 +0000"),
            answer("But?\n", to="a1@x", message_id="a2@x", date="Wed, 18 Nov 2026 08:02:00 +0000"),
            answer("Why?\n", to=ONE, message_id="a1@x", date="Wed, 18 Nov 2026 08:03:00 +0000"),
            raw(),
        )
        assert threads(session) == {"2026-0001": [ONE, "a1@x", "a2@x", "a3@x"]}


def test_answers_in_a_circle_end(tmp_path: Path) -> None:
    """Two mails that answer each other, and one that answers itself, are read like any other."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        circle = (("b@x", "a@x"), ("a@x", "b@x"), ("c@x", "c@x"))
        come(app, session, *(answer(to=to, message_id=ident) for to, ident in circle))
        assert len(classes(session)) == 3


def test_colleague_of_the_journalist_joins(tmp_path: Path) -> None:
    """Somebody from the same house who answers in the thread is in it."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer(sender="Desk <newsdesk@northcountypost.example>"))
        assert len(threads(session)["2026-0001"]) == 2


def test_stranger_with_headers_is_not_let_in(tmp_path: Path) -> None:
    """Who knows a Message-ID and nothing else comes before a person, with the reason, and not into the thread."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer(sender=STRANGER))
        assert threads(session) == {"2026-0001": [ONE]}
        assert "It may belong to 2026-0001" in why(session)
        assert "somebody@elsewhere.example is not in this enquiry" in why(session)
        assert asked(session)[0]["enquiry_id"] == enquiries(session)[0]["id"]


def test_stranger_with_a_guessed_token_is_nothing(tmp_path: Path) -> None:
    """A reference in the subject is no evidence: the mail is read for itself, and nothing says that it belongs."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        bare = raw("Please send me everything.\n", sender=STRANGER, subject="Re: [2026-0001] Leeds", message_id="s@s")
        come(app, session, raw(), bare)
        assert threads(session) == {"2026-0001": [ONE]}
        assert all(not waiting["enquiry_id"] for waiting in asked(session))


def test_journalist_with_a_token_alone_is_for_a_person(tmp_path: Path) -> None:
    """A new mail of the journalist that names the reference is suggested and not joined."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(
            app,
            session,
            raw(),
            raw("And who pays?\n\n> you wrote\n", subject="Re: [2026-0001] Leeds", message_id="t@t"),
        )
        assert threads(session)["2026-0001"] == [ONE]
        assert "2026-0001" in why(session)


def test_same_words_twice_are_one_enquiry(tmp_path: Path) -> None:
    """A journalist who sends the question again, under another Message-ID, has one enquiry."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        clock.move(hours=3)
        again = raw(message_id="m2@northcountypost.example", date="Wed, 18 Nov 2026 11:30:00 +0000")
        come(app, session, again)
        assert len(enquiries(session)) == 1
        assert len(threads(session)["2026-0001"]) == 2


def test_another_question_is_another_enquiry(tmp_path: Path) -> None:
    """A returning journalist with something else makes a new enquiry on the same contact."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        other = ASKS.replace("closure of the Leeds site", "price of tickets").replace("jobs go there", "people visit")
        come(app, session, raw(), raw(other, subject="Ticket prices", message_id="m2@northcountypost.example"))
        assert len(enquiries(session)) == 2
        assert session.tuples("SELECT count(*) FROM contacts") == [(1,)]


def test_forward_of_a_known_question_is_no_second_enquiry(tmp_path: Path) -> None:
    """A colleague forwards what the journalist has sent to us as well: one enquiry, whichever came first."""
    forward = (
        "Please deal with this.\n\n---------- Forwarded message ---------\n"
        "From: Ruth Calder <ruth.calder@northcountypost.example>\nDate: Wed, 18 Nov 2026 at 08:05\n"
        f"Subject: Request for comment: Leeds site\nTo: Bob <bob@museum.example>\n\n{ASKS}"
    )
    passed_on = raw(
        forward,
        sender="Bob <bob@museum.example>",
        subject="Fwd: Request for comment: Leeds site",
        message_id="f@museum",
    )
    for number, order in enumerate(([raw(), passed_on], [passed_on, raw()])):
        app, _ = office(tmp_path / str(number))
        with app.engine.session() as session:
            for mail in order:
                come(app, session, mail)
            assert len(enquiries(session)) == 1, number
            assert len(threads(session)["2026-0001"]) == 2, number


def test_answer_ends_the_wait_for_the_journalist(tmp_path: Path) -> None:
    """When we waited for the journalist, the answer releases the hold, stamped in the moves."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        desk = at_desk(app, session)
        acknowledge(desk, "2026-0001")
        assign(desk, "2026-0001", "ines")
        hold(desk, "2026-0001", "journalist", why="which site?")
        assert enquiries(session)[0]["hold"] == "awaiting_journalist"
        clock.move(hours=1)
        come(app, session, answer())
        assert enquiries(session)[0]["hold"] == ""
        moves = session.tuples("SELECT by, hold, why FROM moves ORDER BY number")
        assert moves[-1] == ("commsleads", "", "The journalist has written.")


def test_answer_to_an_ended_enquiry_is_for_a_person(tmp_path: Path) -> None:
    """It joins, and somebody is asked, because nobody looks at what has ended."""
    from commsleads.desk.ending import withdraw

    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        withdraw(at_desk(app, session), "2026-0001", reason="the story was dropped")
        come(app, session, answer())
        assert len(threads(session)["2026-0001"]) == 2
        assert "which is withdrawn" in why(session)


def test_what_we_sent_is_a_question_and_no_answer(tmp_path: Path) -> None:
    """Our own mail in the thread is joined; whether it was the response is asked and not decided."""
    ours = answer(
        "There are no plans to cut jobs.\n", sender="Press <press@museum.example>", message_id="o1@museum.example"
    )
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        come(app, session, ours, ours="yes", folder="Sent")
        (made,) = enquiries(session)
        assert (made["state"], made["responded_at"]) == ("new", "")
        assert "commsleads enquiry respond 2026-0001" in why(session)
        come(app, session, answer(to="o1@museum.example", message_id="a2@northcountypost.example"))
        assert len(threads(session)["2026-0001"]) == 3


def test_what_we_sent_makes_no_enquiry(tmp_path: Path) -> None:
    """A question of ours to somebody, even a forwarded enquiry, is not logged."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(sender="Press <press@museum.example>"), ours="yes", folder="Sent")
        assert enquiries(session) == []
        assert len(classes(session)) == 1
