"""JSON Feed, versions 1.0 and 1.1."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.jsonfeed import read_json
from commsleads.contract import ParseError
from tests.collectors.kit import feed_of, one


def feed(*items: Any, version: str = "https://jsonfeed.org/version/1.1", **more: Any) -> bytes:
    return json.dumps({"version": version, "title": "Paper & Co", "items": list(items), **more}).encode()


def test_an_item_becomes_a_signal() -> None:
    """Everything an item says is taken over; plain texts become fragments."""
    item = {
        "id": "1",
        "url": "https://paper.example/a",
        "external_url": "https://other.example/b",
        "title": "5 < 6",
        "content_html": "<p>long text</p>",
        "summary": "short",
        "date_published": "2026-09-15T02:02:31Z",
        "date_modified": "2026-09-16T02:02:31Z",
        "authors": [{"name": "Ann"}, {"name": "Bo"}, {"url": "https://x.example/"}],
        "language": "de",
        "attachments": [{"url": "https://cdn.example/1.mp3", "mime_type": "audio/mpeg"}],
    }
    signal = one(feed(item))
    assert signal[:1] + signal[2:5] == ("1", "5 &lt; 6", "<p>long text</p>", "https://paper.example/a")
    assert (signal.author, signal.language, signal.published_raw) == ("Ann, Bo", "de", "2026-09-15T02:02:31Z")
    assert dict(signal.extra) == {
        "enclosure": "https://cdn.example/1.mp3",
        "outbound": "https://other.example/b",
        "updated_raw": "2026-09-16T02:02:31Z",
    }


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": 7, "content_text": "a & b"}, ("7", "a &amp; b", "")),
        ({"id": 7.5, "url": "/a"}, ("7.5", "", "https://paper.example/a")),
        ({"id": None, "url": "https://paper.example/a"}, ("https://paper.example/a", "", "https://paper.example/a")),
        ({"id": "1", "url": "javascript:alert(1)", "title": "A"}, ("1", "", "")),
        ({"id": "1", "external_url": "https://x.example/"}, ("1", "", "https://x.example/")),
        ({"id": "1", "url": ["https://x.example/"], "title": {"a": 1}, "summary": "s"}, ("1", "s", "")),
        ({"id": "1", "title": "\x00\ud800x", "author": {"name": "Ann"}, "attachments": "no"}, ("1", "", "")),
    ],
)
def test_odd_items_are_read_as_far_as_they_go(item: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Numbers as ids, relative and hostile addresses, values of the wrong type."""
    signal = one(feed(item, version="https://jsonfeed.org/version/1"))
    assert (signal.external_id, signal.body, signal.url) == expected


def test_empty_items_are_left_out_and_noted() -> None:
    """An item that says nothing is no signal, nor is one that is no object."""
    found = feed_of(feed({}, "x", None, {"id": "1", "title": "A"}))
    assert [signal.external_id for signal in found.signals] == ["1"]
    assert "say nothing" in found.note


def test_it_is_read_under_any_type_and_with_a_mark() -> None:
    """A byte order mark and a media type of text are no hindrance; the feed tells about itself."""
    found = feed_of(
        b"\xef\xbb\xbf \n" + feed(home_page_url="https://paper.example/", language="en"), media_type="text/plain"
    )
    assert found.about == {"title": "Paper &amp; Co", "link": "https://paper.example/", "language": "en"}


@pytest.mark.parametrize("content", [b"{", b'{"version": 1}', b'{"version": "https://jsonfeed.org/version/1"', b"{}"])
def test_other_json_is_no_feed(content: bytes) -> None:
    """JSON that is no JSON Feed, or is cut off, is refused with words."""
    with pytest.raises(ParseError, match="not a JSON Feed"):
        feed_of(content)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "url", "name"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ["id", "url", "title", "content_html", "authors", "author", "attachments", "date_published", "summary"]


@given(ANYTHING, st.lists(ANYTHING | st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), max_size=3))
def test_never_fails(value: Any, items: list[Any]) -> None:
    """Whatever stands where, a JSON Feed is read without an exception."""
    assert read_json(feed(*items, language=value, home_page_url=value)) is not None
    assert (
        read_json(feed(items_too=value).replace(b'"items": []', b'"items": ' + json.dumps(value).encode())) is not None
    )
