"""Whatever is mailed: the reader never raises, keeps its bounds, and guesses nothing from nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.enquiries import REQUEST_TYPES
from commsleads.letters import Letter, LetterClass, Party
from commsleads.rules.reading import read
from commsleads.rules.reading.questions import MOST
from tests.rules.reading.mails import DESK, RECEIVED
from tests.rules.reading.mails_held_out import HELD_OUT
from tests.rules.reading.mails_tuned import TUNED

WORDS = st.sampled_from(
    [
        "I'm a reporter at the",
        "North County Post",
        "Could you confirm",
        "how many",
        "?",
        "\n",
        "\n\n",
        "> ",
        "-- \n",
        "Best wishes\n",
        "by 5pm today",
        "1. ",
        "Re: ",
        "550 5.1.1",
        "unsubscribe",
        "out of office",
        "+44 20 7946 0000",
        "Anna Berg",
        ",",
        ": ",
        "ich schreibe für das",
        "¿",
        "soy periodista de",
        "取材",
        "\u200b",
        "\ud800",
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join)
MARKS = st.dictionaries(
    st.sampled_from(
        ["auto-submitted", "precedence", "return-path", "list-id", "list-unsubscribe", "authentication-results", "from"]
    ),
    st.sampled_from(["", "<>", "no", "auto-replied", "bulk", "auto_reply", "mx; dmarc=fail", "x" * 500]),
    max_size=4,
)
LETTERS = st.builds(
    Letter,
    subject=TEXTS,
    text=TEXTS,
    sender=st.builds(Party, TEXTS, st.emails() | st.just("")),
    reply_to=st.builds(Party, st.just(""), st.emails() | st.just("")),
    in_reply_to=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    date_raw=st.text(max_size=40) | st.just("Wed, 06 May 2026 10:00:00 +0200"),
    marks=MARKS,
    report=st.sampled_from(["", "", "delivery-status", "feedback-report", "x"]),
)
NESTED = st.recursive(
    LETTERS, lambda inner: st.builds(lambda one, two: replace(one, inner=two), LETTERS, inner), max_leaves=4
)


@settings(max_examples=200, deadline=None)
@given(NESTED)
def test_any_letter_has_a_reading(letter: Letter) -> None:
    """With a class, a permille and reasons, its words within bounds, and the same one each time."""
    reading = read(letter, received=RECEIVED, desk=DESK)
    assert reading == read(letter, received=RECEIVED, desk=DESK)
    assert 0 < reading.permille < 1000
    assert reading.reasons
    assert all(reason and not reason.endswith(":") for reason in reading.reasons)
    assert reading.request_type in ("", *REQUEST_TYPES)
    assert len(reading.questions) <= MOST
    assert max(map(len, (reading.journalist, reading.outlet, reading.phone, reading.role, reading.topic))) <= 200
    if reading.kind is LetterClass.ENQUIRY and reading.permille < 700:
        assert reading.doubts


WORST = {
    "letters": "a",
    "capitals": "A",
    "names": "Aa Bb ",
    "digits": "1 ",
    "plus": "+49 ",
    "lines": "\n",
    "asks": "could you ",
    "marks": "?",
    "points": ". ",
    "items": "1. a\n",
    "roles": "reporter at ",
    "role lines": "Reporter, ",
    "i am": "I'm a ",
    "quotes": "> ",
    "lists": "questions ",
    "cover": "I cover a ",
    "joined": "What is a, and how ",
    "commas": "A, ",
    "prefixes": "Re: ",
    "brackets": "[a] ",
    "glyphs": "取材",
    "dashes": "-",
    "prepare": "preparamos ",
    "write": "ich schreibe a ",
}


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST.keys())
def test_the_worst_texts_take_time_in_proportion(piece: str) -> None:
    """A megabyte of any of them comes back well within the suite's time limit; a square of it would not."""
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    letter = Letter(subject=text[:500], text=text, sender=Party(text[:200], "a@b.example"))
    assert read(letter, received=RECEIVED, desk=DESK).permille > 0


def test_nothing_comes_of_nothing() -> None:
    """An empty mail is `other`, with every field empty."""
    reading = read(Letter(), received=RECEIVED, desk=DESK)
    assert reading.kind is LetterClass.OTHER
    assert not any(
        (
            reading.journalist,
            reading.outlet,
            reading.email,
            reading.phone,
            reading.role,
            reading.topic,
            reading.questions,
        )
    )
    assert (reading.language, reading.deadline, reading.request_type, reading.doubts) == ("", None, "", ())


@pytest.mark.parametrize(
    "mail", [one for one in (*HELD_OUT, *TUNED) if one.kind in ("enquiry", "other")], ids=lambda one: one.key
)
def test_a_machine_that_quotes_an_enquiry_is_none(mail: object) -> None:
    """A bounce or an automatic answer with a reporter's whole mail below is what its first words say."""
    one = next(known for known in (*HELD_OUT, *TUNED) if known is mail)
    text = "Your message could not be delivered. 550 5.1.1 user unknown\n\n" + one.text
    bounce = Letter(
        subject="Undelivered Mail Returned to Sender", text=text, sender=Party("", "mailer-daemon@mx.example")
    )
    assert read(bounce, received=RECEIVED, desk=DESK).kind is LetterClass.BOUNCE
    quoted = "\n".join(f"> {line}" for line in one.text.split("\n"))
    away = Letter(
        subject=f"Automatic reply: {one.subject}",
        sender=Party("Ruth Calder", "ruth@northcounty-post.example"),
        text=f"I am away until Monday.\n\nOn 6 May 2026 at 10:00, A B <a@b.example> wrote:\n{quoted}",
        marks={"auto-submitted": "auto-replied"},
    )
    assert read(away, received=RECEIVED, desk=DESK).kind is LetterClass.AUTO_REPLY
