"""The two readers agree, and both agree with what feedparser makes of real feeds."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.fast import read_fast
from commsleads.collectors.feeds.items import Reading, web_address
from commsleads.collectors.feeds.reading import read
from commsleads.collectors.feeds.reference import read_reference
from commsleads.collectors.feeds.signals import make_feed
from commsleads.contract import ParseError, Signal
from tests.collectors.corpus import captured, cases, index, needs_corpus
from tests.collectors.kit import NOW, atom, rss

URL = "https://feed.example/news/feed.xml"
COMPARED = (
    "external_id",
    "title",
    "url",
    "author",
    "email",
    "outlet",
    "language",
    "published_at",
    "published_raw",
    "body",
    "extra",
)

# Where the fast reader is right and the reference is not.
CAPTIONS = {
    "sample-feeds__b50cfa0fa67a27325debb5bce9a55401.xml": "feedparser takes a picture's caption for a second text",
    "sample-feeds__f19a1363184d6e853b7e7d6c020102b8.xml": "feedparser takes a picture's caption for a second text",
}

TWICE = "an item stands in it twice, letter by letter, and is taken once"
NOTHING = "an item says nothing at all"
JSON = "feedparser reads no JSON Feed, we do"
COUNTS = {
    "NetNewsWire__DaringFireball.json.gz": JSON,
    "NetNewsWire__inessential.json.gz": JSON,
    "NetNewsWire__rose.json.gz": JSON,
    "feed-extractor__json-feed-miss-base-url.json": JSON,
    "feed-extractor__json-feed-standard-realworld.json": JSON,
    "feed-extractor__json-feed-standard.json": JSON,
    "feedbin__feed.json.gz": JSON,
    "feedbin__feed_single.json": JSON,
    "rome__ep1_v4a.xml": NOTHING,
    "rome__ep2_v4a.xml": NOTHING,
    "rome__v4.xml": NOTHING,
    "rome__v5.xml": NOTHING,
    "rome__v6.xml": NOTHING,
    "rss-parser__incomplete-fields.atom": NOTHING,
    "rss__rss_0.92": TWICE,
    "sample-feeds__aeca006f4cc8625d587d6b1c25669b96.xml": TWICE,
}
DATES = {
    "rss-parser__uolNoticias.rss": "Portuguese months, which feedparser does not know",
    "NetNewsWire__kc0011.rss": "feedparser reads 2020/1/10 as the first of November",
}


def signals(reading: Reading) -> list[Signal]:
    return make_feed(reading, now=NOW).signals


def differences(content: bytes, *, but: str = "") -> dict[str, Any]:
    """What the fast reader says otherwise than the reference; nothing where it does not answer."""
    quick = read_fast(content)
    if quick is None:
        return {}
    slow = read_reference(content, "", URL)
    if slow is None:
        return {"reference": "reads no feed"}
    fast, reference = signals(quick), signals(slow)
    if len(fast) != len(reference):
        return {"count": (len(fast), len(reference))}
    return {
        name: (getattr(mine, name), getattr(theirs, name))
        for mine, theirs in zip(fast, reference, strict=True)
        for name in COMPARED
        if name != but and getattr(mine, name) != getattr(theirs, name)
    }


@needs_corpus
def test_fast_is_the_reference_over_captured_feeds() -> None:
    """Wherever the fast reader answers on a real feed, it says what the reference says, field by field."""
    wrong = {name: differences(content, but="body" if name in CAPTIONS else "") for name, content in captured().items()}
    assert {name: found for name, found in wrong.items() if found} == {}
    assert sum(read_fast(content) is not None for content in captured().values()) > 80


@needs_corpus
def test_fast_is_the_reference_over_small_cases() -> None:
    """The same over more than a thousand cases, most of them made to be nasty."""
    wrong = {name: differences(content) for name, content in cases()}
    assert {name: found for name, found in wrong.items() if found} == {}


def plain(text: str | None) -> str:
    """A title without markup, entities and blanks; the reference's was sanitised by feedparser."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", html.unescape(text or ""))).split())


def same_link(link: str, theirs: str | None) -> bool:
    """Whether a link is the reference's: made absolute, or none where the reference holds no web address."""
    theirs = theirs or ""
    return link == theirs or (not web_address(theirs) and link in {"", urljoin(URL, theirs)})


@needs_corpus
def test_agrees_with_what_feedparser_read() -> None:
    """Counts, titles, links and dates of every captured feed are the reference's, but for the lists above."""
    wrong: dict[str, Any] = {}
    for row in index():
        name, reference = row["file"], row["reference_feedparser"]
        try:
            found = read(captured()[name], url=URL, now=NOW).signals
        except ParseError:
            if reference["version"] or reference["n_entries"]:
                wrong[name] = "not read"
            continue
        if name in COUNTS:
            continue
        if len(found) != reference["n_entries"]:
            wrong[name] = (len(found), reference["n_entries"])
        for mine, theirs in zip(found, reference["entries"], strict=False):
            date = mine.published_at.strftime("%Y-%m-%dT%H:%M:%SZ") if mine.published_at else None
            if (
                plain(mine.title) != plain(theirs["title"])
                or not same_link(mine.url, theirs["link"])
                or (date != theirs["published_parsed"] and name not in DATES)
            ):
                wrong[name] = (mine, theirs)
    assert wrong == {}


@needs_corpus
def test_json_feeds_are_read_whole() -> None:
    """The JSON Feeds of the corpus give their items, each with an address and an identity."""
    for name in [name for name, why in COUNTS.items() if why is JSON]:
        found = read(captured()[name], url=URL, now=NOW).signals
        assert found
        assert all(signal.external_id and signal.url for signal in found)


WORDS = st.text("ab <>&;'\"é—“” \n", max_size=12)
LINKS = st.sampled_from(
    ["https://a.example/1", "http://b.example/2?x=1&y=2", "/3", "javascript:alert(1)", "", "4", " https://a.example/5 "]
)
DATES_WRITTEN = st.sampled_from(["Tue, 15 Sep 2026 02:02:31 GMT", "2026-09-15T02:02:31Z", "soon", ""])


def escaped(text: str) -> str:
    return html.escape(text)


RSS_PARTS = st.one_of(
    WORDS.map(lambda t: f"<title>{escaped(t)}</title>"),
    WORDS.map(lambda t: f"<title><![CDATA[{t}]]></title>"),
    LINKS.map(lambda t: f"<link>{escaped(t)}</link>"),
    LINKS.map(lambda t: f"<guid>{escaped(t)}</guid>"),
    LINKS.map(lambda t: f'<guid isPermaLink="false">{escaped(t)}</guid>'),
    LINKS.map(lambda t: f'<atom:link rel="self" href="{escaped(t)}"/>'),
    LINKS.map(lambda t: f'<enclosure url="{escaped(t)}" type="audio/mpeg"/>'),
    LINKS.map(lambda t: f'<source url="{escaped(t)}">Outlet</source>'),
    LINKS.map(lambda t: f"<comments>{escaped(t)}</comments>"),
    WORDS.map(lambda t: f"<description>{escaped(t)}</description>"),
    WORDS.map(lambda t: f"<content:encoded><![CDATA[<p>{escaped(t)}</p>]]></content:encoded>"),
    WORDS.map(lambda t: f"<dc:creator>{escaped(t)}</dc:creator>"),
    st.sampled_from(["<author>desk@paper.example (Ann Lee)</author>", "<author>Bo</author>", "<category>x</category>"]),
    DATES_WRITTEN.map(lambda t: f"<pubDate>{t}</pubDate>"),
    DATES_WRITTEN.map(lambda t: f"<dc:date>{t}</dc:date>"),
    st.sampled_from(["<itunes:summary>long enough to win</itunes:summary>", "<Title>odd</Title>", "<x>y</x>"]),
)
ATOM_PARTS = st.one_of(
    WORDS.map(lambda t: f"<title>{escaped(t)}</title>"),
    WORDS.map(lambda t: f'<title type="html">{escaped(t)}</title>'),
    LINKS.map(lambda t: f'<link href="{escaped(t)}"/>'),
    LINKS.map(lambda t: f'<link rel="enclosure" href="{escaped(t)}"/>'),
    LINKS.map(lambda t: f"<id>{escaped(t)}</id>"),
    WORDS.map(lambda t: f'<summary type="text">{escaped(t)}</summary>'),
    WORDS.map(lambda t: f'<content type="html">{escaped(t)}</content>'),
    WORDS.map(lambda t: f"<author><name>{escaped(t)}</name><email>a@b.example</email></author>"),
    DATES_WRITTEN.map(lambda t: f"<published>{t}</published>"),
    DATES_WRITTEN.map(lambda t: f"<updated>{t}</updated>"),
    st.sampled_from([
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content>',
        "<source><title>Other</title><link href='https://o.example/'/></source>",
        "<media:group><media:title>t</media:title><media:description>d</media:description></media:group>",
    ]),
)  # fmt: skip


@given(st.lists(st.lists(RSS_PARTS, max_size=7).map("".join), min_size=1, max_size=3))
def test_fast_is_the_reference_over_made_rss(items: list[str]) -> None:
    """Any RSS put together from usual and unusual parts is read alike by both, or left to the reference."""
    assert differences(rss(*items)) == {}


@given(st.lists(st.lists(ATOM_PARTS, max_size=7).map("".join), min_size=1, max_size=3))
def test_fast_is_the_reference_over_made_atom(entries: list[str]) -> None:
    """Any Atom put together from usual and unusual parts is read alike by both, or left to the reference."""
    assert differences(atom(*entries)) == {}


@pytest.mark.parametrize(
    ("why", "content"),
    [
        ("a DOCTYPE", b'<!DOCTYPE rss [<!ENTITY a "b">]>' + rss("<title>&a;</title>")[21:]),
        ("not well-formed", rss("<title>A & B</title>").replace(b"&amp;", b"&")),
        (
            "another charset",
            b'<?xml version="1.0" encoding="latin-1"?>' + rss("<title>\xe9</title>")[21:].replace(b"\xc3", b""),
        ),
        ("markup in the title", rss("<title>A <b>bold</b> word</title>")),
        ("two titles", rss("<title>A</title><title>B</title>")),
        ("a relative link", rss("<title>A</title><link>/a</link>")),
        ("xml:base", rss("<title>A</title>").replace(b"<channel>", b'<channel xml:base="https://b.example/">')),
        ("an odd name of a known element", rss("<title>A</title><PubDate>now</PubDate>")),
        ("encoded twice", rss("<title>CafÃ©</title>")),
        ("no root that is known", b"<sitemap><item><title>A</title></item></sitemap>"),
        ("no items", rss()),
        ("text as XHTML", atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A</div></title>')),
        ("content elsewhere", atom('<title>A</title><content src="https://a.example/"/>')),
    ],
)  # fmt: skip
def test_fast_leaves_the_odd_to_the_reference(why: str, content: bytes) -> None:
    """The fast reader does not answer where it could be wrong."""
    assert read_fast(content) is None, why


def test_fast_never_hangs_on_a_prolog() -> None:
    """A thousand comments before the root are looked at once and no more."""
    assert read_fast(b"<!-- -->" * 1_000 + b"<" * 1_000) is None
    assert read_fast(b"<?xml version='1.0'?>" + b"<!--" * 50_000) is None
