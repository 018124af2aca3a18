"""Own words, quotes and signatures in the forms that mail programs of many languages write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.mail import cut

ATTRIBUTIONS = [
    "On Thu, May 7, 2026 at 10:05 AM Ruth Calder <ruth@post.example> wrote:",
    "On Thu, May 7, 2026 at 10:05 AM Ruth Calder <\nruth@post.example> wrote:",
    "On 7 May 2026, at 10:05, Ruth Calder <ruth@post.example> wrote:",
    "On 07/05/2026 10:05, Ruth Calder wrote:",
    "Am Do., 7. Mai 2026 um 10:05 Uhr schrieb Ruth Calder <ruth@post.example>:",
    "Am 07.05.2026 um 10:05 schrieb Ruth Calder:",
    "Ruth Calder <ruth@post.example> schrieb am Do., 7. Mai 2026\num 10:05 Uhr:",
    "Le jeu. 7 mai 2026 à 10:05, Ruth Calder <ruth@post.example> a écrit :",
    "Le 07/05/2026 à 10:05, Ruth Calder a écrit :",
    'Le 7 mai 2026 10:05, "Ruth Calder"\n<ruth@post.example>\na écrit :',
    "El jue, 7 may 2026 a las 10:05, Ruth Calder (<ruth@post.example>) escribió:",
    "El 07/05/2026 a las 10:05, Ruth Calder escribió:",
    "Il giorno gio 7 mag 2026 alle ore 10:05 Ruth Calder <ruth@post.example> ha\nscritto:",
    "Op do 7 mei 2026 om 10:05 schreef Ruth Calder <ruth@post.example>:",
    "Em qui., 7 de mai. de 2026 às 10:05, Ruth Calder <ruth@post.example> escreveu:",
    "Den tors 7 maj 2026 kl 10:05 skrev Ruth Calder <ruth@post.example>:",
    "czw., 7 maj 2026 o 10:05 Ruth Calder <ruth@post.example> napisał(a):",
    "7 мая 2026 г., 10:05, Ruth Calder <ruth@post.example> написал:",
    "чт, 7 мая 2026 г. в 10:05, Ruth Calder <ruth@post.example>:",
    "Ruth Calder <ruth@post.example> 于2026年5月7日周四 10:05写道：",
    "2026年5月7日(木) 10:05 Ruth Calder <ruth@post.example>:",
    "2026-05-07 10:05 GMT+02:00 Ruth Calder <ruth@post.example>:",
]
HEADS = [
    "From: Ruth Calder <ruth@post.example>\nSent: Thursday, May 7, 2026 10:05 AM\nTo: Press\nSubject: Request",
    "________________________________\nFrom: Ruth Calder <ruth@post.example>\nSent: Thursday\nTo: Press\nSubject: R",
    "*From:* Ruth Calder\n*Sent:* Thursday, May 7, 2026\n*To:* Press\n*Subject:* Request",
    "Von: Ruth Calder\nGesendet: Donnerstag, 7. Mai 2026 10:05\nAn: Presse\nBetreff: Anfrage",
    "-----Ursprüngliche Nachricht-----\nVon: Ruth Calder\nGesendet: Donnerstag\nAn: Presse\nBetreff: Anfrage",
    "De : Ruth Calder\nEnvoyé : jeudi 7 mai 2026 10:05\nÀ : Presse\nObjet : Demande",
    "-----Message d'origine-----\nDe : Ruth Calder\nEnvoyé : jeudi 7 mai 2026\nÀ : Presse\nObjet : Demande",
    "De: Ruth Calder\nEnviado el: jueves, 7 de mayo de 2026 10:05\nPara: Prensa\nAsunto: Consulta",
    "-----Mensaje original-----\nDe: Ruth Calder\nEnviado el: jueves\nPara: Prensa\nAsunto: Consulta",
    "Da: Ruth Calder\nInviato: giovedì 7 maggio 2026 10:05\nA: Stampa\nOggetto: Domanda",
    "Van: Ruth Calder\nVerzonden: donderdag 7 mei 2026 10:05\nAan: Pers\nOnderwerp: Vraag",
    "-----Original Message-----\nFrom: Ruth Calder",
    "---------- Forwarded message ---------\nFrom: Ruth Calder\nDate: Thu",
    "Begin forwarded message:\n\nFrom: Ruth Calder",
]


@pytest.mark.parametrize("announced", ATTRIBUTIONS)
@pytest.mark.parametrize("quote", ["> What is the number?\n> By 5pm.", "What is the number?\n\nBy 5pm."])
def test_attributions_are_found(announced: str, quote: str) -> None:
    """What stands above is own, the attribution and what it announces are quoted, with margins and without."""
    parted = cut(f"It is four.\n\nAll of them.\n\n{announced}\n\n{quote}\n")
    assert parted.own == "It is four.\n\nAll of them."
    assert parted.quoted in (f"{announced}\n{quote}", f"{announced}\n\n{quote}")


@pytest.mark.parametrize("announced", HEADS)
def test_quoted_heads_are_found(announced: str) -> None:
    """From a head on, everything is somebody else's."""
    parted = cut(f"It is four.\n\n{announced}\n\nWhat is the number?\n")
    assert (parted.own, parted.reply) == ("It is four.", "It is four.")
    assert parted.quoted == f"{announced}\n\nWhat is the number?"


@pytest.mark.parametrize(
    "text",
    [
        "In a letter of 3 May 2026 the minister wrote:\n\nWe will not.\n\nIs that true?",
        "I wrote on 3 May:\nnobody answered.",
        "On Friday:\n\nWe print.",
        "Please send the figures from: 2024, to: 2026.",
        "From: what I hear, you close.\nIs it so?",
        "Two points:\n- the site\n- the staff\n\n----------\n\nAnd a third one?",
        "```\n--\nnot a signature\n```\nis code",
        "The table\n-----------+------\n a | b\n\nDo you agree?",
        "The notification was sent from my iPhone\nto all users. Why?",
        "2026-05-07 10:05\n2026-05-08 11:00\nWhich of the two dates is right?",
        "Name: Ruth Calder\nOutlet: Post\nSubject: layoffs\nDate: Friday\n\nHow many?",
        "From: Ruth Calder\nDate: 1 May 2026\nSubject: Hello\n\nA form on the web sent this. How many?",
        "",
    ],
)
def test_own_words_are_left_alone(text: str) -> None:
    """Words that look like a quote or a signature and are none."""
    parted = cut(text)
    assert parted == (text, "", "", text)


def test_answers_between_quotes_are_own() -> None:
    """Interleaved and bottom posting: own lines stay in their order; `reply` keeps what was answered."""
    text = "On 7 May 2026, Ruth <r@x.example> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Three?\n"
    parted = cut(text)
    assert parted.own.split() == ["Yes.", "No."]
    assert parted.reply == "> One?\n\nYes.\n\n> Two?\n\nNo."
    assert "> Three?" in parted.quoted


def test_a_quoted_line_that_was_broken_is_quoted() -> None:
    """The rest of a long quoted line, which some program put on a line without its margin."""
    long = "> " + "long words and more of them, " * 3
    assert cut(f"Yes.\n\n{long}\nand their rest\n> end\n").own == "Yes."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nRuth Calder\nPost",
        "--\nRuth Calder\nPost",
        "Best wishes\nRuth Calder\nBusiness reporter, Post\n+44 20 7946 0000",
        "Kind regards,\n\nRuth",
        "Many thanks in advance\nRuth",
        "Mit freundlichen Grüßen\nJana Petersen\nRedaktion Wirtschaft, Hafenblatt",
        "Viele Grüße aus Hamburg\nJana",
        "Viele Grüße / Best regards\n\nJana",
        "Cordialement,\nJeanne Petit\nLe Courrier",
        "Bien à vous\nJeanne",
        "Un saludo,\nAna Ruiz\nEl Diario",
        "Atentamente\nAna Ruiz",
        "Met vriendelijke groet,\nJan",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Sendt fra min iPad",
        "Get Outlook for iOS<https://aka.example/o>",
        "Ruth Calder\nBusiness reporter, Post\nTel: +44 20 7946 0000",
        "_______________________________________________\nlist mailing list\nlist@lists.example",
    ],
)
def test_signatures_are_cut(signature: str) -> None:
    """Dashes, sign-offs, devices, blocks with a telephone, lists' footers: they are kept as the signature."""
    parted = cut(f"How many?\n\nI file at 5pm.\n\n{signature}\n")
    assert parted.own == "How many?\n\nI file at 5pm."
    assert parted.signature == signature
    quoted = cut(f"How many?\n\nI file at 5pm.\n\n{signature}\n\nOn 7 May 2026 10:05, A <a@x.example> wrote:\n> x\n")
    assert (quoted.own, quoted.signature) == (parted.own, signature)


def test_a_sign_off_in_the_middle_ends_nothing() -> None:
    """Thanks at the top are no signature; nor are words that go on for long below it."""
    text = "Thanks\n\nOne more: how many?\nAnd when?"
    assert cut(text).own == text
    long = "Thank you\n" + "\n".join(f"This is line {number} of a long text." for number in range(20))
    assert cut(f"Hello\n{long}").own == f"Hello\n{long}"


def test_disclaimers_and_warnings_are_cut() -> None:
    """What a company's server adds above and below, with rules and without."""
    words = (
        "This email is confidential and intended solely for the addressee. If you are not the intended recipient, go. "
    )
    for box in ("*" * 60, "_" * 60, ""):
        parted = cut(f"How many?\n\nRuth\n\n{box}\n{words * 2}\n{box}\n")
        assert parted.own == "How many?\n\nRuth"
        assert "confidential" in parted.signature
    assert cut("CAUTION: This email originated from outside of the company.\n\nHow many?").own == "How many?"


@given(st.lists(st.sampled_from([
    "Words.", "", "> quoted", ">> deep", "-- ", "--", "Best wishes", "Ruth", "From: a <a@x.example>", "To: b",
    "Subject: c",
    "On 7 May 2026 10:05, A <a@x.example> wrote:", "wrote:", "----------", "***", "Sent from my iPhone",
    "confidential",
    "-----Original Message-----", "---------- Forwarded message ---------",
    "2026-05-07 10:05 GMT+02:00 A <a@x.example>",
    "x" * 500, "\u3000", "a\x85b",
]), max_size=40))  # fmt: skip
def test_nothing_is_lost_and_nothing_made(lines: list[str]) -> None:
    """Every line is in one of own, quoted and signature, in whatever order they come."""
    text = "\n".join(lines)
    parted = cut(text)
    assert sorted(f"{parted.own}\n{parted.quoted}\n{parted.signature}".split()) == sorted(text.split())


@given(st.text(max_size=400))
def test_any_text_can_be_cut(text: str) -> None:
    """No text makes it raise."""
    parted = cut(text)
    assert len(parted.own) + len(parted.quoted) + len(parted.signature) <= len(text) + 2
