"""The fields of a mail one by one: names, telephones, outlets, questions, kinds of requests, zones, languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import Letter
from commsleads.rules.reading.desk import same_house
from commsleads.rules.reading.language import recognise
from commsleads.rules.reading.outlets import written_for
from commsleads.rules.reading.people import called, reachable, role, shown_name, signed, telephone
from commsleads.rules.reading.questions import asked
from commsleads.rules.reading.topics import request_type, topic
from commsleads.rules.reading.zones import written_in
from tests.rules.reading.mails import DESK, party


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Ruth Calder <r@x.example>", "Ruth Calder"),
        ("Calder, Ruth <r@x.example>", "Ruth Calder"),
        ("de Wit, Sanne <s@x.example>", "Sanne de Wit"),
        ("Ruth Calder, Hafenblatt <r@x.example>", "Ruth Calder"),
        ("Ruth Calder (North County Post) <r@x.example>", "Ruth Calder"),
        ("Ruth Calder | News 24 <r@x.example>", "Ruth Calder"),
        ("Ruth Calder via Some Tool <r@x.example>", "Ruth Calder"),
        ("Dr. Helen Osei <h@x.example>", "Helen Osei"),
        ("BOURGEOIS Camille <c@x.example>", "Camille Bourgeois"),
        ("Newsdesk <n@x.example>", ""),
        ("Redaktion Wirtschaft <n@x.example>", ""),
        ("The Comms Weekly <n@x.example>", ""),
        ("r@x.example", ""),
        ("佐藤 健 <s@x.example>", "佐藤 健"),
    ],
)
def test_names_are_those_of_people(sender: str, name: str) -> None:
    """In the order in which they are spoken; a desk or an outlet is nobody."""
    assert shown_name(Letter(sender=party(sender))) == name


@pytest.mark.parametrize(
    ("own", "signature", "name"),
    [
        ("How many?", "Best wishes\nRuth Calder\nReporter", "Ruth Calder"),
        ("My name is Ruth Calder and I write for the Post. How many?", "", "Ruth Calder"),
        ("Ich heiße Jana Petersen. Wie viele?", "", "Jana Petersen"),
        ("Me llamo Tomás Iriarte. ¿Cuántos?", "", "Tomás Iriarte"),
        ("How many?", "Thanks\nThe news team", ""),
    ],
)
def test_a_desks_mail_is_named_by_its_signature(own: str, signature: str, name: str) -> None:
    """Or by its first sentences; else nobody is named."""
    letter = Letter(sender=party("Newsdesk <news@x.example>"))
    assert called(letter, own, signed(own, signature)) == name


@pytest.mark.parametrize(
    ("signature", "number"),
    [
        ("Ruth\nTel: +44 20 7946 0000", "+44 20 7946 0000"),
        ("Ruth\n020 7946 0000 | 07700 900123", "020 7946 0000"),
        ("Ruth\nT 01632 960117 / M 07700 900123", "07700 900123"),
        ("Ruth\nFax: 01632 960118\nTel.: 01632 960117", "01632 960117"),
        ("Ruth\n+49 (0)40 9999-1234", "+49 (0)40 9999-1234"),
        ("Ruth\nTél. 06.12.34.56.78", "06.12.34.56.78"),
        ("Ruth\n(402) 555-0142", "(402) 555-0142"),
        ("Ruth\n2026-05-06 10:00", ""),
        ("Ruth\nRegistered in England 01234567", "01234567"),
        ("Ruth\nhttps://x.example/0123456789", ""),
        ("Ruth\nRoom 12345678", ""),
    ],
)
def test_telephones_are_read_as_written(signature: str, number: str) -> None:
    """A mobile before a landline; no fax, no date, no bare number. A number with a nought in front is taken for one."""
    assert telephone("", signed("", "Regards\n" + signature)) == number


def test_answers_go_to_the_sender_or_to_their_house() -> None:
    """Reply-To of another house is not followed, and mail providers are no house."""
    assert (
        reachable(Letter(sender=party("a@post.example"), reply_to=party("desk@news.post.example")))
        == "desk@news.post.example"
    )
    assert reachable(Letter(sender=party("a@post.example"), reply_to=party("x@other.example"))) == "a@post.example"
    assert reachable(Letter(sender=party("a@gmail.com"), reply_to=party("b@gmail.com"))) == "a@gmail.com"
    assert same_house("bbc.co.uk", "news.bbc.co.uk")
    assert not same_house("a.co.uk", "b.co.uk")
    assert not same_house("", "")


@pytest.mark.parametrize(
    ("sender", "own", "signature", "outlet", "by"),
    [
        ("j@hafenblatt.example", "Wie viele?", "", "Hafenblatt", "domain"),
        ("j@sport.hafenblatt.example", "Wie viele?", "", "Hafenblatt", "domain"),
        ("j@radio.funkhaus.example", "Wie viele?", "", "Radio Nordwind", "domain"),
        ("j@tv.funkhaus.example", "Wie viele?", "", "Funkhaus", "domain"),
        ("j@nothafenblatt.example", "Wie viele?", "", "", ""),
        ("j@gmail.com", "I am a reporter. How many?", "", "", ""),
        ("j@gmail.com", "How many?", "Best\nJo Hay\nReporter, Tide Times", "Tide Times", "signature"),
        ("j@gmail.com", "How many?", "Best\nJo Hay\nTide Times\nReporter", "Tide Times", "signature"),
        ("j@gmail.com", "How many?", "Best\nJo Hay | Chief reporter | Tide Times | London", "Tide Times", "signature"),
        ("j@gmail.com", "I report for the Tide Times. How many?", "", "Tide Times", "sentence"),
        ("j@gmail.com", "Je suis journaliste au Courrier des Alpes. Combien ?", "", "Courrier des Alpes", "sentence"),
        ("j@gmail.com", "Ich arbeite für die Neue Hafenpost. Wie viele?", "", "Neue Hafenpost", "sentence"),
        ("j@gmail.com", "Soy redactora del Diario de la Costa. ¿Cuántos?", "", "Diario de la Costa", "sentence"),
        ("j@gmail.com", "I write for the North County Post. How many?", "", "North County Post", "register"),
        ("j@theledger.example", "How many?", "Dan Marsh\nThe Ledger", "The Ledger", "address"),
        ("j@gmail.com", "I'm a reporter working on Acme. How many?", "", "", ""),
    ],
)
def test_outlets_are_known_by_register_signature_and_sentence(
    sender: str, own: str, signature: str, outlet: str, by: str
) -> None:
    """The longest domain wins, a subdomain counts and a look-alike does not; a provider's domain is no outlet."""
    found = written_for(Letter(sender=party(f"Jo Hay <{sender}>")), own, signed(own, signature), DESK, "Jo Hay")
    if outlet == "Tide Times" and "London" in signature:  # which piece is the outlet cannot be told: not the role
        assert found.name in ("Tide Times", "London")
    else:
        assert (found.name, found.by) == (outlet, by)


@pytest.mark.parametrize(
    ("signature", "said"),
    [
        ("Best\nJo Hay\nBusiness reporter, Tide Times", "Business reporter"),
        ("Gruß\nJo Hay\nRedaktion Wirtschaft, Hafenblatt", "Redaktion Wirtschaft"),
        ("Best\nJo Hay\nAssistant producer at Coast FM", "Assistant producer"),
        ("Best\nJo Hay", ""),
    ],
)
def test_roles_are_those_of_the_signature(signature: str, said: str) -> None:
    """Without the outlet."""
    assert role("", signed("", signature)) == said


@pytest.mark.parametrize(
    ("own", "questions"),
    [
        ("How many? When?", ("How many?", "When?")),
        ("How many jobs go? When will it be?", ("How many jobs go?", "When will it be?")),
        ("Did Dr. Smith know of No. 5 in Jan. 2026?", ("Did Dr. Smith know of No. 5 in Jan. 2026?",)),
        ("Hi, how are you? I hope you are well?", ()),
        (
            "Could you confirm the number and say when staff were told?",
            ("Could you confirm the number and say when staff were told?",),
        ),
        ("Please send the report. Please call me by 5pm.", ("Please send the report.",)),
        ("Why was it shut, and who decided?", ("Why was it shut?", "who decided?")),
        (
            "I have these questions:\n1. how many posts go\n2. who was told\nThanks",
            ("how many posts go", "who was told Thanks"),
        ),
        (
            "Können Sie das bestätigen? Wie hoch war der Schaden?",
            ("Können Sie das bestätigen?", "Wie hoch war der Schaden?"),
        ),
        ("Pourriez-vous m'envoyer le rapport. Merci.", ("Pourriez-vous m'envoyer le rapport.",)),
        ("¿Cuántos son? ¿Podrían enviarnos el informe?", ("¿Cuántos son?", "¿Podrían enviarnos el informe?")),
        ("We report on it tomorrow.", ()),
    ],
)
def test_each_sentence_that_asks_is_a_question(own: str, questions: tuple[str, ...]) -> None:
    """As written; manners and words about the answer itself are none."""
    assert asked(own) == questions


@pytest.mark.parametrize(
    ("subject", "asks", "kind"),
    [
        ("Request for comment: layoffs", (), "comment"),
        ("Interview with your chair?", (), "interview"),
        ("Data on outages", (), "data"),
        ("Right of reply", (), "right of reply"),
        ("Filming at the depot", (), "filming"),
        ("Press accreditation for the launch", (), "accreditation"),
        ("Correction to Tuesday's story", (), "correction"),
        ("Fotos vom Werk", (), "images"),
        ("Hintergrundgespräch", (), "background"),
        ("Mill Lane", ("Could we interview the engineer?",), "interview"),
        ("Mill Lane", ("Why was it shut?",), "comment"),
        ("Données sur les retards", (), "data"),
        ("Solicitud de entrevista", (), "interview"),
    ],
)
def test_kinds_of_requests(subject: str, asks: tuple[str, ...], kind: str) -> None:
    """By the subject first, then by what is asked, else a comment."""
    assert request_type(subject, asks, " ".join(asks)) == kind


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: AW: Request for comment: Acme layoffs", "Acme layoffs"),
        ("Presseanfrage: Datenpanne", "Datenpanne"),
        ("Demande d'interview - fermeture du site", "fermeture du site"),
        ("Consulta de prensa: vertido en la ría", "vertido en la ría"),
        ("URGENT: press query: depot fire", "depot fire"),
        ("Media inquiry re: recall", "recall"),
        ("quick question", "Why was it shut?"),
        ("", "Why was it shut?"),
        ("Questionable practices at Acme", "Questionable practices at Acme"),
    ],
)
def test_topics_are_subjects_without_stock_words(subject: str, title: str) -> None:
    """And the first question where nothing is left."""
    assert topic(subject, ("Why was it shut?",)) == title


@pytest.mark.parametrize(
    ("written", "language", "zone", "told"),
    [
        ("Wed, 06 May 2026 09:00:00 +0100", "en", "Europe/London", True),
        ("Wed, 06 May 2026 10:00:00 +0200", "de", "Europe/Berlin", True),
        ("Wed, 06 May 2026 10:00:00 +0200", "fr", "Europe/Paris", True),
        ("Wed, 06 May 2026 04:00:00 -0400", "en", "America/New_York", True),
        ("Wed, 06 May 2026 08:00:00 +0000", "en", "Europe/London", False),
        ("Wed, 06 May 2026 08:00:00 GMT", "en", "Europe/London", False),
        ("Wed, 06 May 2026 13:45:00 +0545", "en", "Europe/London", False),
        ("Wed, 06 May 2026 19:00:00 -1100", "en", "Etc/GMT+11", True),
        ("", "en", "Europe/London", False),
    ],
)
def test_words_are_read_in_their_writers_zone(written: str, language: str, zone: str, told: bool) -> None:
    """UTC is what servers write, and tells nothing where ours is another."""
    at = datetime(2026, 5, 6, 8, tzinfo=UTC)
    assert written_in(written, at, ZoneInfo("Europe/London"), language) == (ZoneInfo(zone), told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I would like to know how many of the posts are to go and when you will say so.", "en"),
        ("Ich möchte gern wissen, wie viele Stellen wegfallen und wann Sie es sagen werden.", "de"),
        ("Je voudrais savoir combien de postes sont supprimés et quand vous allez l'annoncer.", "fr"),
        ("Quisiera saber cuántos puestos se suprimen y cuándo lo van a anunciar ustedes.", "es"),
        ("Vorrei sapere quanti posti di lavoro saranno tagliati e quando lo annuncerete.", "it"),
        ("Ik wil graag weten hoeveel banen er verdwijnen en wanneer u dat bekendmaakt.", "nl"),
        ("Хотелось бы узнать, сколько рабочих мест будет сокращено.", "ru"),
        ("何人が解雇されるのか教えてください。", "ja"),
        ("想了解有多少职位将被裁减,以及何时公布。", "zh"),
        ("", ""),
        ("12345", ""),
        ("ok", ""),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    """By small words, and by a small model where these do not decide; too little text is no language."""
    assert recognise(text) == code
