"""Addresses that stand for others."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.aliases import unwrap
from tests.collectors.kit import atom, one, rss

ARTICLE = "https://www.news.example/2024/05/acme-opens-plant"


def news_link(target: str, *, form: str = "rss/articles/", more: bytes = b"") -> str:
    """An address of Google News as it was until 2024: a length-prefixed address inside a coded id."""
    length = len(target)
    size = bytes((length,)) if length < 128 else bytes((length & 0x7F | 0x80, length >> 7))
    message = b"\x08\x13\x22" + size + target.encode() + more
    return f"https://news.google.com/{form}{urlsafe_b64encode(message).decode().rstrip('=')}?oc=5"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://news.example/acme%3Fid%3D1%26x%3D2&ct=ga&usg=Y",
            "https://news.example/acme?id=1&x=2",
        ),
        ("https://www.google.com/url?q=https://news.example/a", "https://news.example/a"),
        ("https://www.google.co.uk/url?url=https://news.example/%25C3%25A9", "https://news.example/%C3%A9"),
        ("https://www.google.com/url?url=javascript:alert(1)", ""),
        ("https://www.google.com/url?ct=ga", ""),
        ("https://www.google.com/search?q=https://news.example/", ""),
    ],
)
def test_alerts_are_unwrapped_once(link: str, target: str) -> None:
    """The parameter is percent-decoded once, and only a web address is taken."""
    found = unwrap(link)
    assert (found.url, found.alias) == ((target, link) if target else (link, ""))


def test_an_alert_entry_leads_to_the_page() -> None:
    """A Google Alerts entry has the page as its address, the redirect as alias, and its own stable identity."""
    entry = (
        "<id>tag:google.com,2013:googlealerts/feed:8974135267215335962</id>"
        "<title type='html'>&lt;b&gt;Acme&lt;/b&gt; buys Example Corp</title>"
        "<link href='https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example/acme%3Fid%3D1&amp;ct=ga'/>"
        "<published>2026-07-10T11:53:37Z</published><author><name/></author>"
    )
    signal = one(atom(entry))
    assert signal.external_id == "tag:google.com,2013:googlealerts/feed:8974135267215335962"
    assert signal.url == "https://news.example/acme?id=1"
    assert signal.extra["alias"].startswith("https://www.google.com/url?")
    assert (signal.title, signal.author) == ("<b>Acme</b> buys Example Corp", "")


@pytest.mark.parametrize("form", ["rss/articles/", "articles/", "read/", "__i/rss/rd/articles/"])
@pytest.mark.parametrize("target", [ARTICLE, ARTICLE + "?" + "x" * 200])
def test_old_news_ids_are_decoded(form: str, target: str) -> None:
    """An old id holds the address, with or without that of an AMP page behind it."""
    amp = ARTICLE + "/amp"
    for more in (b"", b"\xd2\x01" + bytes((len(amp),)) + amp.encode()):
        assert unwrap(news_link(target, form=form, more=more)).url == target


@pytest.mark.parametrize(
    "link",
    [
        news_link("AU_yqLNxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        news_link("javascript:alert(document.cookie)"),
        "https://news.google.com/rss/articles/CBMi!!!",
        "https://news.google.com/rss/articles/CBMiCBMiCBMiCBMiCBMi?oc=5",
        "https://news.google.com/home",
    ],
)
def test_opaque_news_ids_stay(link: str) -> None:
    """What cannot be decoded offline stays the address, and is marked as an alias."""
    found = unwrap(link)
    assert (found.url, found.alias) == (link, link)


def test_a_news_item_gives_outlet_and_headline() -> None:
    """The outlet comes from `<source>`, its name leaves the headline once, and the list of links is no text."""
    link = news_link("AU_yqLNxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    item = (
        "<title>Acme opens plant - in Ohio - Example Times</title>"
        f"<link>{link}</link><guid isPermaLink='false'>CBMiOPAQUE</guid>"
        f"<description>&lt;a href='{link}'&gt;Acme opens plant&lt;/a&gt; Example Times</description>"
        "<source url='https://www.example-times.com'>Example Times</source>"
    )
    signal = one(rss(item))
    assert (signal.title, signal.body) == ("Acme opens plant - in Ohio", "")
    assert (signal.outlet, signal.external_id) == ("Example Times", "CBMiOPAQUE")
    assert dict(signal.extra) == {"alias": link, "outlet_url": "https://www.example-times.com"}


def test_a_reddit_post_names_what_it_points_to() -> None:
    """The comments page stays the address; the `[link]` anchor is kept beside it."""
    entry = (
        "<id>t3_1</id><title>Acme</title><link href='https://www.reddit.com/r/news/comments/1/acme/'/>"
        "<content type='html'>&lt;a href=\"https://news.example/a?x=1&amp;amp;y=2\"&gt;[link]&lt;/a&gt; "
        '&lt;a href="https://www.reddit.com/r/news/comments/1/acme/"&gt;[comments]&lt;/a&gt;</content>'
    )
    signal = one(atom(entry))
    assert signal.url == "https://www.reddit.com/r/news/comments/1/acme/"
    assert dict(signal.extra) == {"outbound": "https://news.example/a?x=1&y=2"}


def test_other_addresses_are_left_alone() -> None:
    """An address that stands for itself comes back as it is."""
    assert unwrap(ARTICLE) == (ARTICLE, "", "", "", False)


@given(st.text(max_size=80), st.sampled_from(["https://www.google.com/url?", "https://news.google.com/rss/articles/"]))
def test_unwrapping_never_fails(text: str, prefix: str) -> None:
    """Whatever follows, there is an answer, and it is a web address."""
    assert unwrap(prefix + text).url.startswith(("https://", "http://"))
