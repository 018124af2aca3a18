"""Which reader reads a document: JSON Feed by its first character, then the fast reader, then the reference.

Reading makes objects out of marks, and ten megabytes of nothing but marks make half a gigabyte of them. So a large
document with more marks than a feed needs is heavy: it is read apart, and only its beginning is handed on.
"""

from __future__ import annotations

from datetime import datetime

from commsleads.collectors.feeds.discovery import is_page
from commsleads.collectors.feeds.fast import read_fast
from commsleads.collectors.feeds.items import Reading
from commsleads.collectors.feeds.jsonfeed import looks_like_json, read_json
from commsleads.collectors.feeds.signals import Feed, make_feed
from commsleads.contract import ParseError

KEPT = 65_536
"""Bytes of an unreadable answer that are kept aside for a person to look at."""

LIGHT = 500_000
"""Bytes up to which a document is never heavy."""
MARKS = 40_000
"""Marks that a larger one may have (elements begin with `<`, objects with `{`, and so on)."""
MOST = 10_000
"""Items of a heavy document that are handed on."""


def heavy(content: bytes) -> bool:
    """Whether a document may be read only where memory is bounded."""
    if len(content) <= LIGHT:
        return False
    if looks_like_json(content):
        return content.count(b",") + content.count(b"{") + content.count(b"[") > MARKS
    return content.count(b"<") > MARKS


def read_quickly(content: bytes, *, url: str = "", charset: str = "") -> Reading | None:
    """What can be read at once and in this process; None when the reference has to look."""
    if looks_like_json(content):
        return read_json(content, url)
    return read_fast(content, charset)


def worth_the_reference(content: bytes) -> bool:
    """Whether the reference could find a feed here: not in nothing, in JSON or in a web page."""
    return bool(content.strip()) and not looks_like_json(content) and not is_page(content)


def read_apart(content: bytes, charset: str = "", url: str = "") -> Reading | None:
    """What is for a child process with bounds: heavy documents, and those that only the reference can read."""
    from commsleads.collectors.feeds.reference import read_reference

    reading = read_quickly(content, url=url, charset=charset) if heavy(content) else None
    if reading is None and worth_the_reference(content):
        reading = read_reference(content, charset, url)
    if reading is None or len(reading.items) <= MOST:
        return reading
    note = f"The feed holds {len(reading.items)} items; the first {MOST} were looked at."
    return reading._replace(items=reading.items[:MOST], note=note, complete=False)


def read(content: bytes, *, url: str = "", media_type: str = "", charset: str = "", now: datetime) -> Feed:
    """Read a feed in this process, the reference included; raises `ParseError` for what is none.

    For tests and tools. The collector runs the reference in a child process with a time limit.
    """
    reading = None if heavy(content) else read_quickly(content, url=url, charset=charset)
    if reading is None:
        reading = read_apart(content, charset, url)
    if reading is None:
        raise no_feed(content, media_type)
    return make_feed(reading, now=now)


def no_feed(content: bytes, media_type: str = "") -> ParseError:
    """What to tell a person about an answer that is no feed; the answer itself goes along, bounded."""
    if not content.strip():
        words = "The server sent an empty answer where a feed should be. Open the address and see whether it moved."
    elif is_page(content):
        words = (
            "The address answers with a web page and not with a feed, and the page names no feed that could be read. "
            "Open it: it may be a consent page, a moved site or a parked domain; then give the address of the feed."
        )
    elif looks_like_json(content):
        words = "The answer is JSON but not a JSON Feed. Give the address of an RSS, Atom or JSON feed."
    else:
        words = "The answer is not a feed that can be read. Look at what was kept aside and check the address."
    return ParseError(words, body=content[:KEPT], media_type=media_type)
