"""Nothing of a referrer's path says who came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.links.referrers import plain_path


@pytest.mark.parametrize(("path", "kept"), [
    ("/news/2026/a-story.html", "/news/2026/a-story.html"),
    ("/%D0%BC%D0%BE%D1%81%D1%82", "/мост"),
    ("/@ada/1234", "/@ada/1234"),
    ("/a?email=ada@x.example", "/a"),
    ("/a%3Femail=ada@x.example", "/a"),
    ("/a%25253Femail=x", "/a"),
    ("/a;jsessionid=abc;email=x", "/a"),
    ("/a&email=x", "/a"),
    ("/tips&tricks;more", "/tips&tricks;more"),
    ("/u/ada@news.example/inbox", "/u/"),
    ("/u/ada%2540news.example", "/u/"),
    ("ada@news.example", ""),
    ("", ""),
])  # fmt: skip
def test_what_is_kept_of_a_path(path: str, kept: str) -> None:
    """The path stays as far as it names a page; queries in any disguise and mail addresses go."""
    assert plain_path(path) == kept


@given(st.text(max_size=300))
def test_no_path_breaks_it(path: str) -> None:
    """Whatever it is given, no question mark and no mail address is left."""
    kept = plain_path(path)
    assert "?" not in kept
    assert plain_path(kept) in kept
