"""Addresses that stand for another address, unwrapped where that needs no network.

Google Alerts puts the address of a page into a parameter of its redirect, Google News (until mid 2024) into a
coded id, Reddit into an anchor of the post's text. Newer Google News ids are opaque: they are kept as they are,
because the only way to resolve them is an undocumented call that is soon refused.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from commsleads.collectors.feeds.items import web_address


class Unwrapped(NamedTuple):
    """`url` is where the item leads; `alias` is the address that stood for it, if another.

    `outbound` is what a post points to; `title_suffix` is what to take off the headline; `no_body` says that the
    text of the item is only a list of links.
    """

    url: str
    alias: str = ""
    outbound: str = ""
    title_suffix: str = ""
    no_body: bool = False


PREFIXES = (
    "https://www.google.", "http://www.google.", "https://google.", "http://google.",
    "https://news.google.com/", "http://news.google.com/",
    "https://www.reddit.com/", "https://old.reddit.com/", "https://reddit.com/",
)  # fmt: skip
"""Only addresses that begin so are looked at; a quick test for the thousands that do not."""

_GOOGLE = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?")
_NEWS_ARTICLE = re.compile(r"https?://news\.google\.com/(?:__i/)?(?:rss/)?(?:rd/)?(?:articles|read)/([\w-]{16,4000})")
_NEWS_TARGET = re.compile(rb"https?://[!-~]{4,2000}")
_REDDIT_LINK = re.compile(r"<a href=\"([^\"<>]{8,4000})\">\s*\[link\]\s*</a>", re.IGNORECASE)


def unwrap(link: str, body: str = "", outlet: str = "") -> Unwrapped:
    """Find what an address stands for. Never fetches anything and never raises."""
    if _GOOGLE.match(link):
        target = _parameter(link)
        return Unwrapped(target, alias=link) if target else Unwrapped(link)
    if link.startswith(("https://news.google.com/", "http://news.google.com/")):
        target = _decode_news(link)
        suffix = f" - {outlet}" if outlet else ""
        return Unwrapped(target or link, alias=link, title_suffix=suffix, no_body=True)
    if "reddit.com/" in link[:24]:
        found = _REDDIT_LINK.search(body)
        target = web_address(unescape(found[1])) if found else ""
        return Unwrapped(link, outbound=target if target != link else "")
    return Unwrapped(link)


def _parameter(link: str) -> str:
    """The `url` (or `q`) parameter, percent-decoded once."""
    try:
        query = parse_qs(urlsplit(link).query, max_num_fields=50)
    except ValueError:
        return ""
    for name in ("url", "q"):
        if name in query:
            return web_address(query[name][0].strip())
    return ""


def _decode_news(link: str) -> str:
    """The article's address out of an old Google News id, or "" for a new, opaque one."""
    found = _NEWS_ARTICLE.match(link)
    if found is None:
        return ""
    code = found[1]
    try:
        message = urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (Base64Error, ValueError):
        return ""
    if b"AU_yqL" in message:
        return ""
    return _first_text(message)


def _first_text(message: bytes) -> str:
    """The first length-prefixed field (protobuf, wire type 2, field 4) if it is an address.

    The id is `08 13 22 <length> <address> [d2 01 <length> <AMP address>]`.
    """
    at = message.find(b"\x22", 0, 4)
    if at < 0 or at + 2 > len(message):
        return ""
    length, at = message[at + 1], at + 2
    if length & 0x80:
        if at >= len(message):
            return ""
        length, at = (length & 0x7F) | (message[at] << 7), at + 1
    address = message[at : at + length]
    if len(address) == length and _NEWS_TARGET.fullmatch(address):
        return address.decode("ascii")
    return ""
