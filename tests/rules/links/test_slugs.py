"""The short words of links."""

from __future__ import annotations

import secrets
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.errors import CampaignError
from commsleads.rules.links import slugs


def test_a_made_slug_depends_on_what_the_link_is_for() -> None:
    """The same parts give the same slug; another part, or another place of it, another one."""
    one = slugs.made("wing", "visit", "mail", "north")
    assert one == slugs.made("wing", "visit", "mail", "north")
    others = {
        slugs.made("wing", "visit", "mail", ""),
        slugs.made("wing", "visit", "mailnorth", ""),
        slugs.made("wing", "visit", "print", "north"),
        slugs.made("wing", "visit", "mail", "north", attempt=1),
    }
    assert len({one} | others) == 5
    assert all(len(slug) == slugs.MADE and set(slug) <= set(slugs.ALPHABET) for slug in others)


def test_the_alphabet_is_told_apart_and_makes_no_words() -> None:
    """No vowels, and none of the pairs that are mistaken for each other in print."""
    assert not set(slugs.ALPHABET) & set("aeiouyl0152689vq")
    assert len(slugs.ALPHABET) == len(set(slugs.ALPHABET)) == 20


def test_ten_thousand_links_have_slugs_of_their_own() -> None:
    """Slugs are spread over all the room there is."""
    assert len({slugs.made("wing", "visit", "mail", str(number)) for number in range(10_000)}) == 10_000


def test_a_drawn_slug_is_long() -> None:
    """Nobody finds the link of a person by trying."""
    found = {slugs.drawn(secrets.choice) for _ in range(1_000)}
    assert len(found) == 1_000
    assert {len(slug) for slug in found} == {16}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Wing26", "wing26"),
        ("  new-wing ", "new-wing"),
        ("Straße", "strasse"),
        ("ＷＩＮＧ", "wing"),
        ("e\u0301te\u0301", "été"),
        ("İstanbul", "istanbul"),
        ("٢٠٢٦", "2026"),
        ("музей", "музей"),
        ("ΜΟΥΣΕΊΟ", "μουσείο"),
        ("博物館", "博物館"),
        ("ミュージアム", "ミュージアム"),
        ("विंग", "विंग"),
        ("متحف", "متحف"),
        ("日本go", "日本go"),
        ("ตึกใหม่", "ตึกใหม่"),
    ],
)
def test_a_vanity_word_may_be_of_every_alphabet(typed: str, kept: str) -> None:
    """However it is typed, it is one word, and the redirector finds it by what it is asked for."""
    assert slugs.vanity(typed) == unicodedata.normalize("NFKC", kept)
    assert slugs.key(typed) == slugs.key(slugs.vanity(typed)) == slugs.vanity(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "2 to 40 letters"),
        ("x", "2 to 40 letters"),
        ("x" * 41, "2 to 40 letters"),
        ("x" * 9_000, "2 to 40 letters"),
        ("new wing", "holds space"),
        ("wing/26", "holds solidus"),
        ("wing.html", "holds full stop"),
        ("wing\u200bnew", "zero width space"),
        ("wing\u202enew", "right-to-left override"),
        ("mary@museum", "commercial at"),
        ("<b>", "less-than sign"),
        ("wing\x00", "character 0000"),
        ("-wing", "begin and end"),
        ("wing-", "begin and end"),
        ("p\u0430ypal", "Cyrillic and Latin"),
        ("muse\u03bfm", "Greek and Latin"),
        ("Admin", "kept for the program"),
    ],
)
def test_what_is_no_vanity_word_is_refused_with_its_reason(typed: str, why: str) -> None:
    """A sentence says which letter or which rule."""
    with pytest.raises(CampaignError) as caught:
        slugs.vanity(typed)
    assert why in str(caught.value)


@given(st.text(max_size=60))
def test_every_word_is_refused_or_kept_in_one_form(typed: str) -> None:
    """What is taken is found again under what was typed, and under itself."""
    assert slugs.key(slugs.key(typed)) == slugs.key(typed)
    try:
        slug = slugs.vanity(typed)
    except CampaignError:
        return
    assert slugs.key(typed) == slug == slugs.vanity(slug)
