"""The links in memory: what a click is answered with, without asking the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from commsleads.rules.links.slugs import key
from commsleads.store.campaigns.links import Live

LONGEST = 600
"""Bytes of a slug as it is asked for, with its escapes."""
LETTER_BY_LETTER = 8
_BEHIND = (
    " \t\r\n\xa0/\\.,:;!?'\"`)]}>*_|\u00b4\u2018\u2019\u201c\u201d\u00bb\u203a\u2026\u3002\uff09"
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""What mail clients and people leave behind a link: brackets, full stops, quotes, blanks."""
_SAFE = "!#$%&'()*+,/:;=?@[]~"
FIXED = (
    b"cache-control: no-store\r\n"
    b"x-robots-tag: noindex, nofollow\r\n"
    b"referrer-policy: strict-origin-when-cross-origin\r\n"
    b"content-length: 0\r\n"
)


class Entry(NamedTuple):
    """A link: its id, the header lines of its answer, until when (microseconds since 1970) they hold, and why it leads
    nowhere ('' while it leads somewhere)."""

    id: str
    answer: bytes
    location: bytes
    expires: float
    ended: str


class Nowhere(NamedTuple):
    """A slug that leads nowhere, and why: unknown, expired or retired."""

    slug: str
    why: str


class Register:
    """All links of our own at one moment. `prefix` is the path before the slug, with a slash at both ends."""

    def __init__(self, links: Mapping[str, Live], prefix: str) -> None:
        self.size = len(links)
        self._prefix = len(prefix)
        self._by_slug = {slug: entry(link) for slug, link in links.items()}
        # As most of them are asked for: found by the bytes of the path, without looking into them.
        self._by_path = {(prefix + quote(slug, safe="")).encode(): one for slug, one in self._by_slug.items()}

    def find(self, path: bytes, arrival: int) -> Entry | Nowhere:
        """The link a path below the prefix leads to."""
        found: Entry | Nowhere = self._by_path.get(path) or self._search(path)
        if isinstance(found, Nowhere):
            return found
        if found.ended or arrival >= found.expires:
            return Nowhere(self._word(path), found.ended or "expired")
        return found

    def _search(self, path: bytes) -> Entry | Nowhere:
        asked = self._word(path)
        bare = asked.rstrip(_BEHIND)
        # Letter by letter at first: a slug may itself end in what is usually left behind.
        for end in (*range(len(asked), max(len(bare), len(asked) - LETTER_BY_LETTER), -1), len(bare)):
            if end and (found := self._by_slug.get(key(asked[:end]))):
                return found
        return Nowhere(asked, "unknown")

    def _word(self, path: bytes) -> str:
        return unquote_to_bytes(path[self._prefix : self._prefix + LONGEST]).decode("utf-8", "replace")


def entry(link: Live) -> Entry:
    """What a click on a link is answered with."""
    location = location_of(link.destination)
    answer = b"location: " + location + b"\r\n" + FIXED
    return Entry(link.id, answer, location, link.expires or float("inf"), link.ended)


def location_of(destination: str) -> bytes:
    """A destination as a header may hold it: no control, no letter beyond ASCII."""
    try:
        host = urlsplit(destination).hostname or ""
        if not host.isascii():
            destination = destination.replace(host, host.encode("idna").decode(), 1)
    except (ValueError, UnicodeError):  # a browser makes of it what it can
        pass
    return quote(destination, safe=_SAFE).encode()
