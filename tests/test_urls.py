"""Web addresses: one key for all the ways to write the same one, sites, and campaign tags."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import urls

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus/urls"

KEYS = [
    ("https://news.example/a/b", "https://news.example/a/b"),
    ("http://news.example", "https://news.example/"),
    ("HTTP://WWW.News.Example:80/a/", "https://news.example/a"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("https://news.example:8443/a", "https://news.example:8443/a"),
    ("https://news.example:08443/a", "https://news.example:8443/a"),
    ("https://user:secret@news.example/a", "https://news.example/a"),
    ("https://news.example./a", "https://news.example/a"),
    ("  https://news.example/a\n", "https://news.example/a"),
    ("https://news.example/a\tb", "https://news.example/ab"),
    ("https://m.news.example/a", "https://news.example/a"),
    ("https://www.mobile.news.example/a", "https://news.example/a"),
    ("https://en.m.wikipedia.org/wiki/Press_office", "https://en.wikipedia.org/wiki/Press_office"),
    ("https://www.com/a", "https://www.com/a"),
    ("https://amp.dev/a", "https://amp.dev/a"),
    ("https://mirror.example/a", "https://mirror.example/a"),
    ("https://bücher.example/ü?q=ü", "https://xn--bcher-kva.example/%C3%BC?q=%C3%BC"),
    ("https://例え。jp/", "https://xn--r8jz45g.jp/"),
    ("https://news.example/a/./b/../c//d", "https://news.example/a/c/d"),
    ("https://news.example/../../a", "https://news.example/a"),
    ("https://news.example/%7euser/%c3%a9%2f", "https://news.example/~user/%C3%A9%2F"),
    ("https://news.example/a b", "https://news.example/a%20b"),
    ("https://news.example/100%", "https://news.example/100%25"),
    ("https://news.example/a\\b", "https://news.example/a/b"),
    ("https://news.example/a#part", "https://news.example/a"),
    ("https://news.example/a#!/story/1", "https://news.example/a#!/story/1"),
    ("https://news.example/A?Q=B", "https://news.example/A?Q=B"),
    ("https://news.example/a?", "https://news.example/a"),
    ("https://news.example/a?b=2&a=1&a=0&&", "https://news.example/a?a=1&a=0&b=2"),
    ("https://news.example/a?b=&c", "https://news.example/a?b=&c"),
    ("https://news.example/?p=7&id=3&page=2&story=9&q=x", "https://news.example/?id=3&p=7&page=2&q=x&story=9"),
    ("https://news.example/a?utm_source=x&UTM_Medium=y&id=1&fbclid=z", "https://news.example/a?id=1"),
    ("https://news.example/a?id=1&amp;utm_source=x&amp;amp;gclid=y", "https://news.example/a?id=1"),
    ("https://news.example/a?utm%5Fsource=x&a=%7e", "https://news.example/a?a=~"),
    ("https://news.example/a?mc_cid=1&mc_eid=2&_hsenc=3&mkt_tok=4&WT.mc_id=5&at_medium=RSS", "https://news.example/a"),
    ("https://news.example/a?ref=rss&source=twitter", "https://news.example/a"),
    ("https://news.example/a?ref=main&source=press", "https://news.example/a?ref=main&source=press"),
    ("https://news.example/a;jsessionid=12AB?x=1", "https://news.example/a?x=1"),
    ("https://news.example/a/amp", "https://news.example/a"),
    ("https://news.example/a/amp/", "https://news.example/a"),
    ("https://news.example/a.amp.html", "https://news.example/a.html"),
    ("https://news.example/amp/a", "https://news.example/a"),
    ("https://news.example/amp/a/amp/amp", "https://news.example/a"),
    ("https://news.example/a?amp=1", "https://news.example/a"),
    ("https://news.example/a?amp", "https://news.example/a"),
    ("https://news.example/a?amp=valve", "https://news.example/a?amp=valve"),
    ("https://news.example/amp", "https://news.example/amp"),
    ("https://news.example/lamp", "https://news.example/lamp"),
    ("https://amp.news.example/a", "https://news.example/a"),
    ("https://www.google.com/amp/s/www.news.example/a/amp/?x=1", "https://news.example/a?x=1"),
    ("https://www.google.co.uk/amp/news.example/a", "https://news.example/a"),
    ("https://www.bing.com/amp/s/news.example/a", "https://news.example/a"),
    ("https://www-news-example.cdn.ampproject.org/c/s/www.news.example/a", "https://news.example/a"),
    ("https://www.google.com/amp/s/www.google.com/amp/s/news.example/a", "https://news.example/a"),
    ("http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"),
    ("http://203.0.113.9/a/", "https://203.0.113.9/a"),
]  # fmt: skip

NO_KEYS = [
    "", "news.example/a", "//news.example/a", "ftp://news.example/a", "mailto:a@news.example", "javascript:alert(1)",
    "http://", "http:///a", "https://?q", "http:/news.example/a", "https://news.example:x/", "https://news.example:99999/",
    "https://news example/", "https://news..example/", "https://*/..", "https://new<s.example/",
    "https://news.example/" + "a" * urls.LONGEST, "https://" + "ü" * 3_000 + "/",
    "https://" + "a" * 300 + ".example/", "https://" + "google.com/amp/s/" * 200 + "a.example/",
]  # fmt: skip


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_canonical(url: str, key: str) -> None:
    """One address however it is written; the key is its own key."""
    assert urls.canonical(url) == key
    assert urls.canonical(key) == key


@pytest.mark.parametrize("url", NO_KEYS)
def test_what_is_no_web_address_has_no_key(url: str) -> None:
    """Other schemes, no host, a bad port, far too long: no key, no error."""
    assert urls.canonical(url) == ""


PIECES = st.lists(
    st.sampled_from([
        "http://", "https://", "HTTPS://", "www.", "m.", "amp.", "mobile.", "a.example", "A.b.Example", "é.example",
        "xn--", "1.2.3.4", "[::1]", "google.com", "cdn.ampproject.org", "/", "//", "/amp", "/amp/", "/amp/s/", "/c/s/",
        ".amp", "..", "/./", "/../", "a", "Z", "é", "%41", "%2f", "%2F", "%", "%zz", "%2541", "?", "&", "amp;", "=",
        "utm_source=x", "amp=1", "id=2", "b=1", "ref=rss", ";", ";jsessionid=1", "#", "#!", "!", ":80", ":443",
        ":8080", "@", "u:p@", "\\", " ", "\t", "\n", "\x00", "\x7f", "\ud800", "。", ".", "+", '"', "<", "|",
    ]),
    max_size=9,
).map("".join)  # fmt: skip


@given(
    PIECES.map("http://".__add__)
    | PIECES
    | st.text(max_size=60).map("https://a.example/".__add__)
    | st.text(max_size=40)
)
def test_the_key_of_a_key_is_the_key(url: str) -> None:
    """Canonical twice is canonical once, it is plain ASCII, and its host can be read."""
    key = urls.canonical(url)
    assert urls.canonical(key) == key
    if key:
        assert key.isascii()
        assert key.isprintable()
        assert " " not in key
        assert key.startswith("https://")
        assert urls.is_web(key)


@given(st.sampled_from([url for url, _ in KEYS]), st.sampled_from(["utm_source=x", "fbclid=1", "gclid=2", "mc_cid=3"]))
def test_tracking_never_changes_the_key(url: str, tag: str) -> None:
    """A campaign tag added to any address leaves its key as it was."""
    before, mark, fragment = url.strip().partition("#")
    if mark and fragment[:1] == "!":
        return
    tagged = f"{before}{'&' if '?' in before else '?'}{tag}{mark}{fragment}"
    assert urls.canonical(tagged) == urls.canonical(url)


@given(PIECES.map("https://".__add__))
def test_common_and_long_way_agree(url: str) -> None:
    """The short way for common addresses gives what the long way gives."""
    assert urls.canonical(url) == urls._canonical(url)


def cases(name: str) -> list[dict[str, object]]:
    """The rows of a file of the corpus, or a skip by name."""
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not here")
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]


def test_corpus_pairs_that_others_hold_equal() -> None:
    """Where w3lib, courlan and Media Cloud call two addresses the same, so do we, but for rules that are not ours."""
    # Not ours: the values of one name sorted; fragments kept; Latin-1 escapes; blank or "test" parameters dropped; an
    # affiliate's name as tracking.
    ours = {"canonicalize_url", "normalize_url", "safe_download_url", "test_normalize", "scrub_url"}
    foreign = {
        "b=5&b=2", "keep_fragments", "encoding", "keep_blank_values", "strict", "latin1", "affiliate", "clickid",
        "garbled", "&#038;", "</div>", "xn--Mnchen", "\u0019", "text=night",
    }  # fmt: skip
    seen = 0
    for row in cases("url_cases.jsonl"):
        args, expected = row["args"], row["expected"]
        assert isinstance(args, list)
        pair = (args[0], args[1] if row["function"] == "test_normalize" else expected)
        if row["function"] not in ours or not str(pair[0]).strip().lower().startswith("http"):
            continue
        if any(word in json.dumps([row["args"], row["kwargs"]], ensure_ascii=False) for word in foreign):
            continue
        seen += 1
        assert urls.canonical(str(pair[0])) == urls.canonical(str(pair[1])), pair
    assert seen >= 30


def test_corpus_known_links_are_the_same_page() -> None:
    """Scheme and trailing slash make no other page."""
    for row in cases("url_cases.jsonl"):
        if row["function"] == "is_known_link":
            (url, known), same = row["args"], row["expected"]  # type: ignore[misc]
            assert (urls.canonical(url) in map(urls.canonical, known)) is same  # type: ignore[has-type]


def test_corpus_tracked_links_lose_their_tags() -> None:
    """No campaign tag of the links seen in real feeds, pages and mails is left in the key; the tags are read."""
    for row in cases("tracked_links_seen.jsonl"):
        url = str(row["url"])
        if "&q;" in url or "&a;" in url or "[…]" in url:  # scraps of scripts and truncated mails
            continue
        key = urls.canonical(url)
        assert key, url
        assert not {"utm_source", "utm_medium", "utm_campaign", "fbclid", "gclid", "wt.mc_id"} & {
            pair.partition("=")[0].lower() for pair in key.partition("?")[2].split("&")
        }, url
        expected = row["utm"]
        assert isinstance(expected, dict)
        if "&amp;" not in url:
            found = urls.utm(url)
            assert {k.lower() for k, v in expected.items() if v.strip()} <= set(found), url


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://News.Example:8080/a", "news.example"),
        ("https://user@www.news.example/", "www.news.example"),
        ("http://[::1]:80/", "[::1]"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://news.example.", "news.example"),
        ("https://news.example\\@evil.example/", ""),
        ("news.example", ""),
        ("mailto:a@b.example", ""),
        ("https:///a", ""),
        ("https://" + "a" * 300 + ".example/", ""),
    ],
)
def test_host(url: str, name: str) -> None:
    """The host without user and port, or nothing."""
    assert urls.host(url) == name
    assert urls.is_web(url) is bool(name)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("www.example.org", "example.org"),
        ("EXAMPLE.org.", "example.org"),
        ("one.github.io", "one.github.io"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("a.site.example", "site.example"),
        ("co.uk", ""),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("0x7f.1", ""),
        ("[::1]", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_site(host: str, domain: str) -> None:
    """The registrable domain, by the Public Suffix List; none for IP addresses and bare names."""
    assert urls.site(host) == domain


def test_same_site() -> None:
    """Two hosts of one registrable domain are one site, two customers of a hoster are not."""
    assert urls.same_site("https://www.bbc.co.uk/a", "http://news.bbc.co.uk/b")
    assert not urls.same_site("https://one.github.io/", "https://two.github.io/")
    assert not urls.same_site("https://127.0.0.1/", "https://127.0.0.1/")


@given(st.sampled_from([url for url, _ in KEYS] + NO_KEYS), st.sampled_from([url for url, _ in KEYS] + NO_KEYS))
def test_same_site_is_symmetric(one: str, other: str) -> None:
    """Sameness does not depend on the order."""
    assert urls.same_site(one, other) == urls.same_site(other, one)


@pytest.mark.parametrize(
    ("url", "tags"),
    [
        (
            "https://a.example/?utm_campaign=Spring26&utm_source=Mail",
            {"utm_campaign": "spring26", "utm_source": "mail"},
        ),
        ("https://a.example/?UTM_Campaign=Spring+Launch%202026", {"utm_campaign": "spring launch 2026"}),
        ("https://a.example/?x=1&amp;utm_campaign=b", {"utm_campaign": "b"}),
        ("https://a.example/?utm_campaign=a&utm_campaign=b", {"utm_campaign": "a"}),
        ("https://a.example/?utm_campaign=", {}),
        ("https://a.example/?x=1#utm_campaign=a", {}),
        ("https://a.example/", {}),
        ("", {}),
    ],
)
def test_utm(url: str, tags: dict[str, str]) -> None:
    """Campaign tags in small letters; the first of a name counts; fragments are not read."""
    assert urls.utm(url) == tags
