"""Other people's words in an alert mean nothing to any service."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.alerts.wording import harmless, link, one_line

HOSTILE = st.text(st.sampled_from([*"<>[]()*_`~|\\@#&;!:/.\r\n\t\x00\u202e\u200b\ud800", *"abc http"]), max_size=400)


@given(HOSTILE)
def test_no_markup_and_no_mention_is_left(text: str) -> None:
    """Neither tags nor links nor mentions nor entities nor more than one line, and it can be written anywhere."""
    seen = harmless(text)
    assert not set(seen) & set("<>[]*_`~|\\@#\r\n\t\x00\u202e\u200b")
    assert "://" not in seen
    assert not re.search(r"&#?\w+;", seen)
    assert len(seen) <= 300
    seen.encode()


@given(HOSTILE)
def test_twice_harmless_is_once_harmless(text: str) -> None:
    """What was kept can be shown anywhere without being spoilt further."""
    assert harmless(harmless(text)) == harmless(text)


@given(st.text(max_size=1_000))
def test_a_title_is_one_line_of_a_hundred_characters(text: str) -> None:
    """No header can be added by it."""
    seen = one_line(text)
    assert len(seen) <= 100
    assert "\n" not in seen
    assert "\r" not in seen


def test_ordinary_words_stay_as_they_are() -> None:
    """Quotes, ampersands and any script are no markup."""
    for text in (
        "M&S and the museum’s “new wing”, 40 % bigger",
        "مجلس المتحف",
        "博物館の新館",
        "Müller & Söhne: ein „Skandal“?",
    ):
        assert harmless(text) == text


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("http://news.example:8080/a", True),
        ("javascript:alert(1)", False),
        ("https://news.example/<script>", False),
        ("https://news.example/a|b", False),
        ("https://user:pw@news.example/", False),
        ("https://news.example/" + "a" * 600, False),
        ("ftp://news.example/", False),
        ("", False),
    ],
)
def test_an_address_is_shown_when_nothing_about_it_is_unusual(url: str, kept: bool) -> None:
    """Anything else is left out, and the command finds the story all the same."""
    assert link(url) == (url if kept else "")
