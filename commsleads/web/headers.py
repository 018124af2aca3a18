"""What is kept of the headers of a request: agent, referrer without its query, a few marks. All else is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from commsleads.responses import Asked
from commsleads.rules.links.referrers import plain_path
from commsleads.spool import clean

LONGEST = 500
Headers = Iterable[tuple[bytes, bytes]]


class Kept(NamedTuple):
    """What a request says of itself. `agent` is as it came, for the hash of a visitor; `early` says that a browser
    fetched the page before anybody asked for it."""

    agent: bytes
    forwarded: bytes
    early: bool
    marks: str
    referrer: bytes


def read_headers(headers: Headers) -> Kept:
    """Read headers; their names are in lower case. The first of each counts, all of X-Forwarded-For do."""
    marks: set[str] = set()
    agent = referrer = forwarded = b""
    early = False
    for name, value in headers:
        if name == b"user-agent":
            agent = agent or value
        elif name == b"referer":
            referrer = referrer or value.partition(b"?")[0]
        elif name == b"x-forwarded-for":
            forwarded = forwarded + b"," + value if forwarded else value
        elif mark := _MARKS.get(name):
            word, needed = mark
            if not needed or needed in value.lower():
                marks.add(word)
        elif name in _EARLY:
            said = value.lower()
            early = early or any(word in said for word in _EARLY_WORDS)
    return Kept(agent, forwarded, early, " ".join(sorted(marks)), referrer)


_MARKS = {
    b"accept": ("html", b"text/html"),
    b"accept-language": ("language", b""),
    b"dnt": ("dnt", b"1"),
    b"sec-ch-ua": ("client-hints", b""),
    b"sec-ch-ua-mobile": ("client-hints", b""),
    b"sec-ch-ua-platform": ("client-hints", b""),
    b"sec-fetch-dest": ("document", b"document"),
    b"sec-fetch-mode": ("navigate", b"navigate"),
    b"sec-fetch-user": ("user", b"?1"),
    b"via": ("via", b""),
}
_EARLY = {b"sec-purpose", b"purpose", b"x-purpose", b"x-moz"}
_EARLY_WORDS = (b"prefetch", b"preview", b"prerender")


def asked_for(method: str, kept: Kept) -> Asked:
    """How a link was asked for."""
    if kept.early:
        return Asked.PREFETCH
    return Asked.HEAD if method == "HEAD" else Asked.GET


@lru_cache(2_048)
def words(value: bytes) -> str:
    """A header's value as text: UTF-8, or else what HTTP takes it for."""
    try:
        return clean(value.decode(), LONGEST)
    except UnicodeDecodeError:
        return clean(value.decode("latin-1"), LONGEST)


@lru_cache(2_048)
def referrer_of(value: bytes) -> str:
    """Host and path of a referrer, without scheme, user, port and query; '' for what is none.

    The address of an app (`android-app://com.example.reader/`) keeps its scheme: it is no web site.
    """
    text = words(value)
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").strip(".")
    except ValueError:
        return ""
    if not host or parts.scheme not in {"http", "https", "android-app", "ios-app"}:
        return ""
    front = "" if parts.scheme.startswith("http") else f"{parts.scheme}://"
    return clean(f"{front}{host}{plain_path(parts.path)}", LONGEST)
