"""From the address of a page to the address of its feed.

A page names its feeds in `<link rel="alternate">`. The finding is a pure function over the page's bytes; it is run
in a child process, because a parser of HTML has to be protected from hostile pages as one of feeds has.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from commsleads.collectors.feeds.items import web_address

LONGEST = 1_000_000
"""Bytes of a page that are looked at; feeds are named in its head."""

MOST = 3
"""Feeds that are given back, best first."""

_FEED_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/rdf+xml": 0,
    "application/feed+json": 1,
    "application/xml": 2,
    "text/xml": 2,
    "application/json": 3,
}
_NO_FEED = re.compile(r"/wp-json(/|$)|oembed|rest_route=|/sitemap|manifest\.json|opensearch", re.IGNORECASE)
_COMMENTS = re.compile(
    r"\b(?:comments?|replies|kommentare|commentaires|comentarios|commenti|reacties)\b", re.IGNORECASE
)
_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})(?:/|$)")
_YOUTUBE = frozenset(("youtube.com", "www.youtube.com", "m.youtube.com"))

_FIRST_TAG = re.compile(rb"<\s*(rss|feed|\w+:rdf|opml|urlset|html|!doctype\s+html|head|body)\b", re.IGNORECASE)


def is_page(content: bytes) -> bool:
    """Whether the bytes are a web page: the first telling tag decides, not the media type."""
    found = _FIRST_TAG.search(content, 0, 8192)
    return found is not None and found[1].lower()[:4] in {b"html", b"!doc", b"head", b"body"}


def known_feed(url: str) -> str:
    """The feed of an address whose scheme is known (a YouTube channel or playlist), or ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if (parts.hostname or "") not in _YOUTUBE:
        return ""
    channel = _CHANNEL.match(parts.path)
    if channel:
        return f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}"
    playlist = parse_qs(parts.query).get("list", [""])[0] if parts.path == "/playlist" else ""
    if re.fullmatch(r"[\w-]{10,60}", playlist):
        return f"https://www.youtube.com/feeds/videos.xml?playlist_id={playlist}"
    return ""


def find_feeds(content: bytes, url: str, charset: str = "") -> list[str]:
    """The addresses of the feeds that a page names, best first: no comments, this site, RSS and Atom before JSON."""
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    soup = BeautifulSoup(
        content[:LONGEST], "html.parser", parse_only=SoupStrainer(["link", "base"]), from_encoding=charset or None
    )
    base = soup.find("base", href=True)
    home = _join(url, str(base["href"])) if base is not None else url
    ranked: dict[str, tuple[int, ...]] = {}
    for place, link in enumerate(soup.find_all("link", href=True)):
        kind = str(link.get("type", "")).partition(";")[0].strip().lower()
        relations = " ".join(link.get_attribute_list("rel")).lower().split()
        address = _join(home or url, str(link["href"]))
        if not address or "alternate" not in relations or kind not in _FEED_TYPES or _NO_FEED.search(address):
            continue
        if kind == "application/json" and "feed" not in address:
            continue
        comments = bool(_COMMENTS.search(f"{link.get('title', '')} {urlsplit(address).path}"))
        rank = (comments, not _same_site(address, url), _FEED_TYPES[kind], place)
        ranked[address] = min(rank, ranked.get(address, rank))
    best = sorted(ranked, key=lambda address: ranked[address])
    return [address for address in best if address != url][:MOST]


def _join(base: str, link: str) -> str:
    link = link.strip()
    if link.lower().startswith("feed:"):  # feed://host/path and feed:https://host/path, both of old
        link = link[5:] if "://" in link[7:] or link[5:].lower().startswith("http") else "http:" + link[5:]
    try:
        return web_address(urljoin(base, link).partition("#")[0])
    except ValueError:
        return ""


def _same_site(address: str, url: str) -> bool:
    """Whether two addresses have their host in common but for subdomains."""
    a, b = (urlsplit(each).hostname or "" for each in (address, url))
    a, b = a.removeprefix("www."), b.removeprefix("www.")
    return a == b or a.endswith("." + b) or b.endswith("." + a)
