"""Which watched terms a signal names, and where."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import Watch
from commsleads.rules.matching import Match, Matcher, phrase_problem
from commsleads.text import fold


def named(phrase: str, text: str) -> bool:
    """Whether a text names one phrase."""
    return bool(Matcher([Watch(id="w", any=(phrase,))]).match("", fold(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Acme", "Acme"),
        ("Acme", "so says ACME."),
        ("acme", "“Acme’s” plan"),
        ("Acme Corp", "the Acme\n  Corp"),
        ("L'Oréal", "l’oreal and others"),
        ("Ørsted", "Orsted builds"),
        ("AT&T", "buys AT&T, say"),
        ("C++", "written in C++20"),
        (".NET", "the .NET platform"),
        ("3M", "shares of 3M fell"),
        ("Acme", "Acme€ and £Acme"),
        ("#launch", "see #launch now"),
        ("Mercedes-Benz", "a Mercedes–Benz car"),
        ("東京", "在東京都的"),
        ("Acme", "株式会社Acmeは"),
        ("กรุงเทพ", "ในกรุงเทพมหานคร"),
        ("Καφές", "ο ΚΑΦΕΣ του"),
        ("Ёлка", "наша елка"),
        ("राम", "राम ने"),
        ("كتاب", "هذا كِتاب جديد"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    """Whatever its case, accents, typography and script, as a word or words of its own."""
    assert named(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Acme", "Acmeville"),
        ("Acme", "McAcme"),
        ("EU", "museum of Europe"),
        ("5G", "15G of dust"),
        ("Acme Corp", "Acme, Corp"),
        ("Acme Corp", "Acme Corporation"),
        ("राम", "रामायण"),
        ("лес", "лесной"),
        ("C++", "AC++"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(phrase: str, text: str) -> None:
    """In scripts with spaces an edge must not touch another letter or digit."""
    assert not named(phrase, text)


def test_any_all_and_none() -> None:
    """One of `any`, every one of `all`, none of `none`; without `any`, `all` decides alone."""
    matcher = Matcher([
        Watch(id="brand", any=("Acme", "Acme Corp"), none=("Acme Records",)),
        Watch(id="wing", any=("opening", "new wing"), all=("museum",)),
        Watch(id="both", all=("museum", "harbour")),
        Watch(id="nothing"),
    ])  # fmt: skip
    assert matcher.match("", "acme corp opens") == [Match("brand", "text", "Acme", lead=True)]
    assert matcher.match("", "acme records and acme") == []
    assert matcher.match("museum", "the new wing") == [Match("wing", "text", "new wing", lead=True)]
    assert matcher.match("", "the new wing") == []
    assert matcher.match("", "the harbour museum") == [Match("both", "text", "harbour", lead=True)]
    assert matcher.match("", "the harbour") == []
    assert matcher.match("", "") == []


def test_the_earliest_phrase_is_told_as_it_was_declared() -> None:
    """The title comes before the text, and the phrase is given in the words of the settings."""
    matcher = Matcher([Watch(id="w", any=("Blue Öl", "ACME"))])
    assert matcher.match("so acme", "blue ol") == [Match("w", "title", "ACME")]
    assert matcher.match("news", "blue ol, acme") == [Match("w", "text", "Blue Öl", lead=True)]


def test_a_phrase_does_not_reach_from_title_into_text() -> None:
    """Title and text are two fields."""
    assert Matcher([Watch(id="w", any=("new wing",))]).match("something new", "wing it") == []


def test_watches_answer_in_their_order() -> None:
    """Several watches may share a phrase; each answers once, in the order of the settings."""
    watches = [Watch(id=name, any=("acme", "wing")) for name in ("b", "a", "c")]
    assert [m.watch_id for m in Matcher(watches).match("", "wing of acme, acme")] == ["b", "a", "c"]


def test_overlapping_phrases_are_all_found() -> None:
    """A phrase inside another, or across it, counts as well."""
    matcher = Matcher(
        [Watch(id=p, any=(p,)) for p in ("harbour museum", "museum", "museum berlin", "harbour museum berlin")]
    )
    assert len(matcher.match("", "the harbour museum berlin")) == 4


def test_a_hit_inside_a_word_does_not_hide_a_later_one() -> None:
    """The first occurrence may be part of a word and the second not."""
    assert named("art", "party art")
    assert not named("art", "party")


def test_hopeless_phrases_never_match() -> None:
    """A watch that needs what cannot be found matches nothing; others are not disturbed."""
    matcher = Matcher([
        Watch(id="empty", any=("", "\u0301")),
        Watch(id="needs", any=("acme",), all=("...",)),
        Watch(id="fine", any=("acme", ""), none=("",)),
    ])  # fmt: skip
    assert [m.watch_id for m in matcher.match("", "acme ...")] == ["fine"]
    assert Matcher([]).match("a", "b") == []


@pytest.mark.parametrize("phrase", ["", "  ", "\u0301", "\u200b", "--", "“”", "&"])
def test_phrase_problem_says_why(phrase: str) -> None:
    """Phrases that fold to nothing, or hold no letter or digit, get a sentence."""
    problem = phrase_problem(phrase)
    assert problem is not None
    assert problem.endswith(".")


def test_good_phrases_have_no_problem() -> None:
    """Names, symbols with letters, other scripts."""
    assert [p for p in ("Acme", "C++", "3", "東京", "ö") if phrase_problem(p)] == []


WORDS = st.sampled_from(["ab", "abc", "b", "bc", "c", "a-b", "é", "東", "ab."])


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), min_size=1, max_size=5), st.lists(WORDS, max_size=8)
)
def test_agrees_with_a_regular_expression(phrases: list[str], words: list[str]) -> None:
    """One phrase at a time, by Unicode word edges, a plain regular expression finds the same."""
    text = fold(" ".join(words))
    expected = []
    for number, phrase in enumerate(phrases):
        folded = fold(phrase)
        left = r"(?<![^\W_東])" if re.match(r"[^\W_東]", folded) else ""
        right = r"(?![^\W_東])" if re.search(r"[^\W_東]$", folded) else ""
        if re.search(left + re.escape(folded) + right, text):
            expected.append(str(number))
    matcher = Matcher([Watch(id=str(n), any=(phrase,)) for n, phrase in enumerate(phrases)])
    assert [m.watch_id for m in matcher.match("", text)] == expected
