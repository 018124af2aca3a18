"""From a page to its feed."""

from __future__ import annotations

import pytest

from commsleads.collectors.feeds.discovery import LONGEST, MOST, find_feeds, is_page, known_feed
from tests.collectors.kit import atom, rss

URL = "https://www.paper.example/news/"
RSS = "application/rss+xml"


def page(*links: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}{''.join(links)}</head><body>Hello</body></html>".encode()


def link(href: str, kind: str = RSS, rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    ("links", "feeds"),
    [
        ([link("/feed.xml")], ["https://www.paper.example/feed.xml"]),
        ([link("feed.xml")], ["https://www.paper.example/news/feed.xml"]),
        ([link("//cdn.example/feed.xml")], ["https://cdn.example/feed.xml"]),
        ([link("feed://www.paper.example/feed")], ["http://www.paper.example/feed"]),
        ([link("feed:https://www.paper.example/feed")], ["https://www.paper.example/feed"]),
        ([link("/feed.xml#top"), link("/feed.xml")], ["https://www.paper.example/feed.xml"]),
        ([link("/a", rel="alternate nofollow")], ["https://www.paper.example/a"]),
        ([link("/a", "APPLICATION/RSS+XML; charset=utf-8")], ["https://www.paper.example/a"]),
        ([link("/a.json", "application/feed+json"), link("/a.atom", "application/atom+xml")],
         ["https://www.paper.example/a.atom", "https://www.paper.example/a.json"]),
        ([link("/comments/feed"), link("/feed")], ["https://www.paper.example/feed", "https://www.paper.example/comments/feed"]),
        ([link("/c", title="Paper » Kommentare"), link("/feed")], ["https://www.paper.example/feed", "https://www.paper.example/c"]),
        ([link("https://feeds.other.example/x"), link("/feed")],
         ["https://www.paper.example/feed", "https://feeds.other.example/x"]),
        ([link("/wp-json/wp/v2/posts", "application/json"), link("/oembed?url=x", "application/json")], []),
        ([link("/api.json", "application/json"), link("/feed.json", "application/json")], ["https://www.paper.example/feed.json"]),
        ([link("/style.css", "text/css", "stylesheet"), link("/de", "text/html"), link("/x", rel="icon")], []),
        ([link("javascript:alert(1)"), link("https://[bad"), link("")], []),
        ([link("/news/")], []),
        ([link(f"/{n}.xml") for n in range(9)], [f"https://www.paper.example/{n}.xml" for n in range(MOST)]),
    ],
)  # fmt: skip
def test_finds_the_feeds_of_a_page(links: list[str], feeds: list[str]) -> None:
    """Relative and absolute, several of them, comments and strangers last, other JSON not at all."""
    assert find_feeds(page(*links), URL) == feeds


def test_heeds_the_base_of_a_page() -> None:
    """Relative addresses are relative to `<base>` where there is one."""
    assert find_feeds(page(link("f.xml"), head='<base href="/root/">'), URL) == ["https://www.paper.example/root/f.xml"]


def test_looks_at_the_beginning_only() -> None:
    """A feed named behind a megabyte is not looked for."""
    assert find_feeds(page(link("/a")[:-1] + " " * LONGEST + ">"), URL) == []


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://m.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos", "channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://youtube.com/playlist?list=PLabcdefghij", "playlist_id=PLabcdefghij"),
        ("https://www.youtube.com/@acme", ""),
        ("https://youtube.com.evil.example/channel/UCabcdefghijklmnopqrstuv", ""),
        ("https://www.paper.example/", ""),
        ("https://[bad", ""),
    ],
)
def test_knows_the_feeds_of_youtube(url: str, feed: str) -> None:
    """A channel or a playlist has a feed whose address follows from its own."""
    assert known_feed(url) == (f"https://www.youtube.com/feeds/videos.xml?{feed}" if feed else "")


def test_tells_pages_from_feeds() -> None:
    """The first telling tag decides, whatever stands before it."""
    assert is_page(page())
    assert is_page(b"\xef\xbb\xbf\n<!-- hello -->\n<HTML>")
    assert is_page(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml">')
    assert not is_page(rss("<description>&lt;html></description>"))
    assert not is_page(atom())
    assert not is_page(b"words")
