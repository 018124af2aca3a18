"""Invented mails in four languages that are read and in eight that are not, field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commsleads.letters import Letter, LetterClass
from commsleads.rules.reading import read
from tests.rules.reading.mails import DESK, RECEIVED, Mail
from tests.rules.reading.mails_held_out import HELD_OUT
from tests.rules.reading.mails_last import LAST
from tests.rules.reading.mails_later import LATER
from tests.rules.reading.mails_tuned import TUNED
from tests.rules.reading.scoring import read_mail, table, wrong


@pytest.mark.parametrize("mail", [*TUNED, *LATER, *LAST], ids=lambda mail: mail.key)
def test_mails_that_bettered_the_rules_stay_right(mail: Mail) -> None:
    """Every field that is claimed."""
    assert wrong(mail) == []


def test_the_held_out_mails_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures are printed; nothing that is no enquiry may become one, and every enquiry is one or is looked at."""
    with capsys.disabled():
        print(
            "\nheld out: "
            + ", ".join(f"{name} {right}/{claimed}" for name, (right, claimed) in table(HELD_OUT).items())
        )
    for mail in HELD_OUT:
        reading = read_mail(mail)
        if mail.kind != "enquiry":
            assert reading.kind is not LetterClass.ENQUIRY, mail.key
        else:
            assert reading.kind is LetterClass.ENQUIRY or reading.doubts, mail.key


def test_languages_that_are_not_read_are_named_and_nothing_is_guessed() -> None:
    """No question, no deadline and no outlet is taken from words that nobody here understands."""
    foreign = [mail for mail in (*HELD_OUT, *TUNED) if mail.language not in (None, "en", "de", "fr", "es")]
    assert len({mail.language for mail in foreign}) >= 6
    for mail in foreign:
        reading = read_mail(mail)
        assert (reading.kind, reading.questions, reading.outlet, reading.deadline) == (LetterClass.OTHER, (), "", None)
        assert "please say what it is" in " ".join(reading.doubts)


def test_a_wrapped_mail_counts_from_its_own_day() -> None:
    """A mail of Monday that a colleague passes on two days later: its "tomorrow" is not made Thursday."""
    mail = next(one for one in TUNED if one.key == "fwd-de")
    letter = mail.letter()
    assert letter.inner is not None
    monday = RECEIVED.replace(day=4)
    inner = replace(
        letter.inner, sent_at=monday, text="Ich brauche die Antwort bis morgen, 12 Uhr.\nKathrin Böhm, Hafenblatt"
    )
    reading = read(replace(letter, inner=inner), received=RECEIVED, desk=DESK)
    assert reading.forwarded
    assert reading.deadline is None or reading.deadline.at.date() == monday.replace(day=5).date()


def test_a_colleague_who_passes_on_twice_is_seen_through() -> None:
    """Two of us forwarded it: the journalist is whom neither of us is."""
    letter = next(one for one in TUNED if one.key == "fwd-de").letter()
    between = Letter(subject="WG: Frage", sender=letter.sender, text="Für dich.", inner=letter.inner)
    reading = read(replace(letter, inner=between), received=RECEIVED, desk=DESK)
    assert (reading.email, reading.journalist) == ("k.boehm@hafenblatt.example", "Kathrin Böhm")


def test_a_stranger_who_forwards_is_a_doubt() -> None:
    """What an agency passes on without a word is read, and somebody looks."""
    letter = next(one for one in TUNED if one.key == "fwd-de").letter()
    stranger = replace(letter, sender=letter.sender._replace(address="a@agency.example"), text="")
    reading = read(stranger, received=RECEIVED, desk=DESK)
    assert reading.forwarded
    assert any("outside" in doubt for doubt in reading.doubts)


def test_answers_that_would_go_elsewhere_are_a_doubt() -> None:
    """The sender's address is kept, and the other house is named."""
    letter = next(one for one in HELD_OUT if one.key == "en-water").letter()
    reading = read(
        replace(letter, reply_to=letter.sender._replace(address="x@elsewhere.example")), received=RECEIVED, desk=DESK
    )
    assert reading.email == "priya.raman@northcounty-post.example"
    assert any("x@elsewhere.example" in doubt for doubt in reading.doubts)


def test_one_header_never_decides() -> None:
    """A reporter's mail with any one header of lists or machines is an enquiry, and somebody looks."""
    letter = next(one for one in HELD_OUT if one.key == "en-water").letter()
    for name, value in [
        ("list-unsubscribe", "<x>"),
        ("precedence", "bulk"),
        ("auto-submitted", "auto-generated"),
        ("list-id", "<x>"),
    ]:
        reading = read(replace(letter, marks={name: value}), received=RECEIVED, desk=DESK)
        assert (reading.kind, bool(reading.doubts)) == (LetterClass.ENQUIRY, True), name
    assert read(letter, received=RECEIVED, desk=DESK).doubts == ()
