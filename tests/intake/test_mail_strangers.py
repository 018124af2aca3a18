"""Who tries to get into somebody else's enquiry: forged senders, forged forwards, forged proofs."""

from __future__ import annotations

from pathlib import Path

import pytest

from commsleads.intake.form import post
from tests.intake.postroom import ASKS, answer, asked, come, enquiries, office, raw, threads

OUTSIDE = "Mal Ory <mal@elsewhere.example>"
LONG_HEAD = "mx.museum.example; " + " ".join(f"dkim=fail header.d=pad{n}.example;" for n in range(40)) + " dmarc=fail"
FORWARD = """---------- Forwarded message ---------
From: Ruth Calder <ruth.calder@northcountypost.example>
Date: Wed, 18 Nov 2026 at 08:05
Subject: Request for comment: Leeds site
To: <press@museum.example>

"""


@pytest.mark.parametrize(
    "proof",
    [
        "mx.museum.example; dmarc=fail",
        "mx.museum.example; spf=fail smtp.mailfrom=x; dkim=none",
        LONG_HEAD,
        "inner.museum.example; dmarc=none\r\nAuthentication-Results: mx.museum.example; dmarc=fail",
        "mx.museum.example; spf=fail; dmarc=none\r\nAuthentication-Results: mx.else.example; dkim=pass; dmarc=pass",
    ],
)
@pytest.mark.parametrize("sender", ["Ruth Calder <ruth.calder@northcountypost.example>", "Us <press@museum.example>"])
def test_forged_sender_is_for_a_person(tmp_path: Path, sender: str, proof: str) -> None:
    """Whose name is on a mail that failed its proof is not believed, whichever server said so and however far down."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        come(app, session, answer(sender=sender, Authentication_Results=proof, message_id="f@x.example"))
        assert threads(session) == {"2026-0001": ["m1@northcountypost.example"]}
        (waiting,) = asked(session)
        assert "could not be proved" in waiting["why"]
        assert waiting["enquiry_id"] == enquiries(session)[0]["id"]


def test_strangers_forward_of_a_known_question_is_not_let_in(tmp_path: Path) -> None:
    """Anybody can write that a journalist wrote something: the one who sends it must have a place there."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        again = raw(
            FORWARD + ASKS, sender=OUTSIDE, subject="Fwd: Request for comment", message_id="s@elsewhere.example"
        )
        come(app, session, again)
        assert threads(session)["2026-0001"] == ["m1@northcountypost.example"]
        assert enquiries(session)[0]["id"] in [one["enquiry_id"] for one in asked(session)]


def test_same_words_of_a_forged_sender_are_not_let_in(tmp_path: Path) -> None:
    """The words of a question are no secret, so they prove nobody."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        come(app, session, raw(message_id="f@x.example", Authentication_Results="mx.museum.example; dmarc=fail"))
        assert threads(session)["2026-0001"] == ["m1@northcountypost.example"]
        assert [one["enquiry_id"] for one in asked(session)] == [enquiries(session)[0]["id"]]


def test_form_proves_nobody(tmp_path: Path) -> None:
    """Who posts somebody else's words under her name is not told of her enquiry, and not put into it."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        clock.move(minutes=5)
        filled = {"name": "Ruth Calder", "email": "ruth.calder@northcountypost.example", "message": ASKS,
                  "consent": "I agree."}  # fmt: skip
        done = post(session, app.letters, filled, sender="203.0.113.9", now=app.now())
        assert done.ok
        assert done.reference != "2026-0001"
        assert threads(session)["2026-0001"] == ["m1@northcountypost.example"]


def test_two_thousand_letters_alike_are_not_the_same_words(tmp_path: Path) -> None:
    """What is added at the end of a long question makes it another one."""
    app, _ = office(tmp_path)
    long = ASKS + "Background. " * 300
    with app.engine.session() as session:
        come(app, session, raw(long))
        come(
            app, session, raw(long + "\nAnd now the real question: who is to blame for all of it?\n", message_id="b@x")
        )
        assert len(enquiries(session)) == 2


def test_our_own_mail_that_could_not_be_placed_is_not_swallowed(tmp_path: Path) -> None:
    """A mail in our name that came from outside and answers an enquiry of others is told to a person."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        forged = answer(sender="Us <press@museum.example>", Authentication_Results="mx.museum.example; dmarc=fail")
        come(app, session, forged)
        assert len(asked(session)) == 1
