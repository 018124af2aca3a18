"""How a text speaks of somebody: a hint with chances, for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules import tone
from commsleads.rules.tone.passages import MOST, passage, places
from commsleads.rules.tone.stories import likeliest
from commsleads.rules.tone.wording import lexicon, stances, stem
from commsleads.text import fold

MUSEUM = ("harbour museum",)
REST = "The Harbour Museum said on Monday that the new wing opens at ten."


def read(title: str, text: str = "", language: str = "en") -> tone.Chances | None:
    return tone.read(fold(title), fold(text), MUSEUM, language)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Critics praised the Harbour Museum for its bold, brilliant new wing.", "positive"),
        ("The Harbour Museum won an award and was hailed as a great success.", "positive"),
        ("The minister slammed the Harbour Museum for its shameful failure.", "negative"),
        ("The Harbour Museum was accused of misleading visitors and sued.", "negative"),
        ("The Harbour Museum will be open on Monday, according to the timetable.", "neutral"),
    ],
)
def test_plain_sentences_are_read_as_a_person_would(text: str, said: str) -> None:
    """Praise, blame and mere telling are told apart where they are plain."""
    found = read("", text)
    assert found is not None
    assert likeliest(found) == said


def test_it_is_about_the_name_and_not_about_the_mood() -> None:
    """Bad words far from the name, in another sentence, say nothing of it."""
    quiet = read("", REST)
    storm = read("", f"{REST} A terrible storm killed three and destroyed the horrible old pier.")
    assert quiet == storm


def test_what_it_cannot_read_it_does_not_guess() -> None:
    """Another language, no name, no words beside the name: it cannot tell."""
    assert read("", "Das Harbour Museum wurde von der Kritik sehr gelobt.", "de") is None
    assert read("", "Das Harbour Museum wurde von der Kritik für die neue Halle sehr gelobt.", "") is None
    assert read("", "Le Harbour Museum a ouvert ses portes hier à dix heures.", "fr-FR") is None
    assert read("Nothing of it", "Nobody is named here at all.") is None
    assert read("Harbour Museum", "") is None
    assert read("", "") is None
    assert tone.read("a", "b", ()) is None
    assert read("", REST, "en_GB") == read("", REST, "") == read("", REST, "EN")


def test_a_headline_counts_more_than_the_text() -> None:
    """The same words weigh more in the headline, and a text that repeats its headline counts once."""
    bad = "Harbour Museum accused of shameful failure"
    above, beneath = read(bad, REST), read("The Harbour Museum said that the wing opens at ten", f"{bad}.")
    assert above is not None
    assert beneath is not None
    assert above.negative > beneath.negative
    assert read(bad, bad) == read(bad, "")


@pytest.mark.parametrize(
    "text",
    [
        "harbour museum " * 60_000,
        "x" * 400 + " harbour museum " + "y" * 400,
        "harbour museum" + "!?." * 300_000,
        '"' * 500_000 + " harbour museum is great",
        "a.b." * 200_000 + " harbour museum said so " + "mr. " * 100_000,
        "harbour museum 1234 5678 90 ٣٤٥",
        "متحف harbour museum الميناء " * 3_000,
        "\u202eharbour museum\u202c is \U0001f600 great " * 2_000,
        "harbour museum " + "(" * 100_000 + "not " * 100_000,
    ],
    ids=["many", "long words", "no end", "quotes", "short", "numbers", "arabic", "overrides", "clauses"],
)
def test_any_text_is_read_or_not_and_nothing_breaks(text: str) -> None:
    """A megabyte without an end, right-to-left text, no letters: chances that add up, or none."""
    for found in (tone.read(text, text, MUSEUM, "en"), tone.read(fold(text), fold(text), MUSEUM)):
        assert found is None or (sum(found) == 1000 and min(found) >= 0)


@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(["", "en", "de", "x-y"]))
def test_chances_add_up(before: str, after: str, language: str) -> None:
    """Whatever stands around the name, the chances are thousandths that add up to 1000, and the same every time."""
    text = f"{fold(before)} harbour museum {fold(after)}"
    found = tone.read("", text, MUSEUM, language)
    assert found == tone.read("", text, MUSEUM, language)
    assert found is None or (sum(found) == 1000 and min(found) >= 0)


@given(st.permutations(["harbour museum", "the wing", "museum"]))
def test_the_order_of_phrases_does_not_matter(phrases: list[str]) -> None:
    """A watch with the same phrases in another order reads the same."""
    text = "critics praised the harbour museum and the wing of the museum, which they said was great."
    assert tone.read("", text, phrases, "en") == tone.read("", text, sorted(phrases), "en")


def test_places_are_whole_words_and_few() -> None:
    """A phrase inside a word is none, one within another counts once, and of many the first are read."""
    assert places("the museums and museum-goers of museum x", ("museum",)) == [(16, 22), (32, 38)]
    assert places("harbour museum", ("museum", "harbour museum", "")) == [(0, 14)]
    assert len(places("museum " * 100, ("museum",))) == MOST


def test_a_sentence_ends_where_it_ends() -> None:
    """Abbreviations end none, and quotation marks go with their sentence."""
    whole = 'it rained. mr. stone of the harbour museum said "no." then he left.'
    start = whole.index("harbour")
    found = passage(whole, start, start + len("harbour museum"))
    assert " ".join(found.tokens) == 'mr . stone of the harbour museum said " no . "'
    assert found.tokens[found.start : found.end] == ("harbour", "museum")


def test_words_are_there() -> None:
    """The lexicon comes with its package, and our own groups hold stems."""
    assert lexicon()["great"] > 2
    assert lexicon()["terrible"] < -1
    assert "attacks" in stances()[stem("criticised")]
    assert "supports" in stances()[stem("praising")]


def test_the_model_says_where_it_is_from() -> None:
    """The weights name their version and cover every feature three times."""
    found = tone.model()
    assert found.name
    assert len(found.weights) > 1_000
    assert all(len(each) == 3 for each in found.weights.values())
    assert found.chances({}) == pytest.approx(found.chances({"no such": 1.0}))
