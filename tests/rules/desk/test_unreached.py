"""Who could not be reached, who did not answer, who declined: of us, of others, and of no press office at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.desk.yielded import unreached

NAMES = ("Acme", "Acme Rope Works")

SAID_OF_US = [
    ("unreached", "Acme could not be reached for comment."),
    ("unreached", "A spokesman for Acme could not immediately be reached."),
    ("unreached", "Acme’s press office couldn’t be reached on Sunday."),
    ("unreached", "Acme did not respond to a request for comment."),
    ("unreached", "Acme did not immediately respond to the Harbour Post's questions."),
    ("unreached", "Acme spokeswoman Jane Roe has not responded to repeated requests for comment."),
    ("unreached", "Acme Rope Works had not replied to our emails by the time of publication."),
    ("unreached", "Acme failed to respond to several enquiries."),
    ("unreached", "The company Acme has yet to reply to a request for comment."),
    ("unreached", "Acme was not available for comment."),
    ("unreached", "Acme was unavailable for comment on Friday."),
    ("unreached", "Acme did not return calls seeking comment."),
    ("unreached", "No response was received from Acme before publication."),
    ("unreached", "Calls to Acme were not returned."),
    ("unreached", "Acme runs the ferry. The company did not respond to a request for comment."),
    ("unreached", "ACME DID NOT RESPOND TO A REQUEST FOR COMMENT."),
    ("unreached", "Acme hasn't responded to a media request."),
    ("unreached", "Acme war für eine Stellungnahme nicht erreichbar."),
    ("unreached", "Ein Sprecher von Acme war am Abend telefonisch nicht zu erreichen."),
    ("unreached", "Acme ließ eine Anfrage unbeantwortet."),
    ("unreached", "Acme liess mehrere Anfragen dieser Zeitung bis Redaktionsschluss unbeantwortet."),
    ("unreached", "Acme reagierte zunächst nicht auf eine Anfrage."),
    ("unreached", "Acme hat auf Anfrage bislang nicht reagiert."),
    ("unreached", "Eine Anfrage bei Acme blieb unbeantwortet."),
    ("unreached", "Acme äußerte sich auf Anfrage nicht."),
    ("unreached", "Acme betreibt die Fähre. Das Unternehmen antwortete auf Fragen nicht."),
    ("unreached", "Acme n'a pas répondu à nos sollicitations."),
    ("unreached", "Contactée, la société Acme n’a pas donné suite à notre demande."),
    ("unreached", "La direction d'Acme n'a pas pu être jointe."),
    ("unreached", "Acme était injoignable mardi."),
    ("unreached", "Acme exploite le bac. L'entreprise n'a pas encore répondu à nos questions."),
    ("unreached", "Acme no respondió a las preguntas de este diario."),
    ("unreached", "Acme no ha respondido a la solicitud de comentarios."),
    ("unreached", "No se pudo contactar con Acme."),
    ("unreached", "Acme no contestó a las llamadas."),
    ("unreached", "La empresa Acme no estuvo disponible para hacer comentarios."),
    ("unreached", "Acme did not provide a comment before publication."),
    ("unreached", "Bei Acme war am Freitag niemand für eine Stellungnahme zu erreichen."),
    ("unreached", "Sollicité par nos soins, Acme n'a pas immédiatement réagi."),
    ("unreached", "Este periódico intentó sin éxito contactar con Acme."),
    ("declined", "Acme gab dazu keinen Kommentar ab."),
    ("declined", "Acme declined to comment."),
    ("declined", "A spokeswoman for Acme declined to say how many posts would go."),
    ("declined", "Acme refused to comment on the case."),
    ("declined", "Acme would not comment."),
    ("declined", "Acme had no comment."),
    ("declined", "Acme declined an interview."),
    ("declined", "Acme wollte sich dazu nicht äußern."),
    ("declined", "Acme lehnte eine Stellungnahme ab."),
    ("declined", "Acme wollte die Zahlen nicht kommentieren."),
    ("declined", "Acme n'a pas souhaité commenter."),
    ("declined", "Acme a refusé de répondre."),
    ("declined", "Acme s'est refusée à tout commentaire."),
    ("declined", "Acme declinó hacer comentarios."),
    ("declined", "Acme no quiso hacer declaraciones."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), SAID_OF_US)
def test_the_set_phrases_are_found_and_kept_apart(kind: str, text: str) -> None:
    """The passage is the sentence, verbatim."""
    found = unreached(f"It rained.\n\n{text} Trains ran.", NAMES)
    assert found is not None
    assert found.kind == kind
    assert text.endswith(found.words)
    assert unreached(text) is not None


NOT_OF_US = [
    "The rescue team could not be reached by road.",
    "Acme's rescue team could not be reached by road.",
    "The island could not be reached.",
    "Acme's summit hut could not be reached on Monday.",
    "The patient did not respond to treatment at the Acme clinic.",
    "Beta did not respond to a request for comment.",
    "Acme's rival Beta did not respond to a request for comment.",
    "Acme opens today. Beta could not be reached for comment.",
    "Acme opens today, while Beta declined to comment.",
    "The minister did not respond to questions from reporters about Acme.",
    "The union declined to comment on Acme.",
    "Acme has been contacted for comment.",
    "Acme responded to a request for comment.",
    "Acme declined by 3 per cent in early trading.",
    "Acme's shares declined.",
    "Acme refused a permit to its neighbour.",
    "Acme could not be happier.",
    "Agreement between Acme and the town could not be reached.",
    "Acmeville did not respond to a request for comment.",
    "The Acme app does not respond.",
    "Acme ships were not available in time.",
    "Beta, which competes with Acme, did not respond to requests for comment.",
    "Customers of Acme did not respond to questions.",
    "Der Gipfel war wegen Schnees nicht erreichbar.",
    "Die Acme-Hotline war am Montag nicht erreichbar.",
    "Die Webseite von Acme ist nicht erreichbar.",
    "Acme wurde um Stellungnahme gebeten.",
    "Acme beantwortete alle Anfragen.",
    "Acme hat die Frist nicht eingehalten.",
    "Gegner von Acme und Anwohner ließen eine Anfrage unbeantwortet.",
    "Acme lehnte den Antrag ab.",
    "Le village n'a pas pu être rejoint par la route.",
    "Acme a répondu à nos questions.",
    "Acme n'a pas augmenté ses prix.",
    "Le syndicat n'a pas répondu à nos sollicitations sur Acme.",
    "Acme no subió los precios.",
    "Acme respondió a las preguntas.",
    "El sindicato no respondió a las preguntas sobre Acme.",
    "Acme rechazó la oferta.",
    "",
    "Acme",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_OF_US)
def test_what_is_said_of_others_or_of_other_things_is_not_found(text: str) -> None:
    """Roads, treatments, rivals, hotlines, prices, and who was asked but is not said to be silent."""
    assert unreached(text, NAMES) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_no_text_and_no_name_make_it_fail(text: str, names: list[str]) -> None:
    """Whatever a story holds."""
    unreached(text, names)
    unreached(f"{text} Acme did not respond to a request for comment. {text}", [*names, "Acme"])


@given(st.lists(st.sampled_from([text for _, text in SAID_OF_US] + NOT_OF_US), max_size=6))
def test_the_passage_is_where_it_is_said_to_be(parts: list[str]) -> None:
    """Offsets of the text as it came."""
    text = " ".join(parts)
    found = unreached(text, NAMES)
    if found:
        assert text[found.start : found.end] == found.words


@pytest.mark.parametrize("length", [50_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "piece", ["Acme ", "could not be reached ", "did not respond to a ", "no ", "war nicht ", "a", ".", "A. ",
        "Anfrage nicht ", "request ",
              "declined to ", "Acme A. ", "n'a pas ", "no quiso a "]
)  # fmt: skip
def test_long_stories_of_the_worst_are_read(piece: str, length: int) -> None:
    """Work grows with the length and no faster."""
    unreached(piece * (length // len(piece)), NAMES)
