"""The reference reader: feedparser, for every feed that the fast reader is not sure of.

It is slow (a millisecond an item) and a hostile document can hold it for minutes, so it is run in a child process
with a time limit and never looks at more than `LONGEST` bytes. Its two HTML switches are off: they cost three
times the rest and protect nobody, since the core makes plain text of every fragment anyway.

Traps that are mended here: a guid that is no address taken for the link (feedparser resolves it, too), dates
(only the raw text is used), text after a cut that looks like an item.
"""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urljoin

from commsleads.collectors.feeds.charsets import as_utf8
from commsleads.collectors.feeds.items import (
    Item,
    Reading,
    as_html,
    join_names,
    longest,
    plain,
    split_author,
    web_address,
    wished_minutes,
)

LONGEST = 4_000_000
"""Bytes; the rest of a longer document is left unread."""

_LAST_OPEN = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LAST_END = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)


def read_reference(content: bytes, charset: str = "", url: str = "") -> Reading | None:
    """Read any feed that feedparser can read; None where it finds no feed."""
    import feedparser

    cut = len(content) > LONGEST
    content, charset = as_utf8(content[:LONGEST], charset)
    headers = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    try:  # A stream and not the bytes: feedparser takes bytes and texts for the name of a file first.
        parsed = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # whatever a hostile document makes it raise, there is no feed to be had
        return None
    entries = parsed.entries
    if not parsed.version or (parsed.bozo and not entries):
        return None
    broken = bool(parsed.bozo) and "Encoding" not in type(parsed.get("bozo_exception")).__name__
    if entries and (cut or (broken and _ends_in_an_item(content))):
        entries, cut = entries[:-1], True
    atom = parsed.version.startswith("atom")
    feed = parsed.feed
    base = web_address(url)
    items = [_item(entry, atom, base) for entry in entries]
    return Reading(
        [item for item in items if item.title or item.link or not broken],
        title=plain(dict.get(feed, "title")),
        link=web_address(plain(dict.get(feed, "link"))),
        language=plain(dict.get(feed, "language")),
        wait_minutes=wished_minutes(
            plain(dict.get(feed, "ttl")),
            plain(dict.get(feed, "sy_updateperiod")),
            plain(dict.get(feed, "sy_updatefrequency")),
        ),
        note=_note(broken, cut),
        complete=not cut,
    )


def _note(broken: bool, cut: bool) -> str:
    if cut:
        return "The feed ends in the middle of an item; what came before was taken in."
    return "The feed is not well-formed XML; what could be read was taken in." if broken else ""


def _ends_in_an_item(content: bytes) -> bool:
    """Whether the document stops inside its last item: the item will come whole another time."""
    tail = content[-400_000:]
    opened = max((found.start() for found in _LAST_OPEN.finditer(tail)), default=-1)
    ended = max((found.start() for found in _LAST_END.finditer(tail)), default=-1)
    return opened > ended


def _item(entry: Any, atom: bool, base: str) -> Item:
    get = dict.get
    guid = plain(get(entry, "id"))
    published = plain(get(entry, "published", "") or get(entry, "created", ""))
    updated = plain(get(entry, "updated"))
    if not published or published == updated:
        published, updated = published or updated, ""
    author, email = _author(entry)
    source = get(entry, "source") or {}
    return Item(
        guid=guid,
        link=_link(entry, guid, base),
        title=_text(entry, "title", atom),
        body=_body(entry, atom),
        author=author,
        email=email,
        published_raw=published,
        updated_raw=updated,
        outlet=plain(dict.get(source, "title")),
        language=plain((get(entry, "title_detail") or {}).get("language")),
        extra=_extra(entry, dict.get(source, "link" if atom else "href", "")),
    )


def _link(entry: Any, guid: str, base: str) -> str:
    link = plain(dict.get(entry, "link"))
    if not link:  # an empty <link> forbids nothing; without any, feedparser took the guid where that is allowed
        return web_address(guid) if "link" in entry else ""
    if web_address(link):
        return web_address(link)
    if link == guid or ":" in link.partition("/")[0]:  # a guid in the place of a link, or another scheme
        return ""
    try:
        return web_address(urljoin(base, link)) if base else ""
    except ValueError:
        return ""


def _text(entry: Any, key: str, atom: bool) -> str:
    text = plain(dict.get(entry, key))
    kind = (dict.get(entry, f"{key}_detail") or {}).get("type")
    return as_html(text) if atom and kind == "text/plain" else text


def _body(entry: Any, atom: bool) -> str:
    bodies = []
    for content in dict.get(entry, "content") or ():
        text = plain(content.get("value"))
        if not str(content.get("type", "text")).startswith(("text/", "application/xhtml")):
            continue
        bodies.append(as_html(text) if atom and content.get("type") == "text/plain" else text)
    return longest(*bodies, _text(entry, "summary", atom))


def _author(entry: Any) -> tuple[str, str]:
    people = dict.get(entry, "authors") or ()
    names = [plain(person.get("name")) for person in people]
    emails = [plain(person.get("email")) for person in people]
    text = plain(dict.get(entry, "author"))
    if len(people) == 1 and text != f"{names[0]} ({emails[0]})":
        return split_author(text)  # feedparser's own splitting cuts addresses under long top-level domains
    return join_names(names), next(filter(None, emails), "")


def _extra(entry: Any, home: str) -> dict[str, str] | None:
    enclosures = (
        web_address(plain(link.get("href")))
        for link in dict.get(entry, "links") or ()
        if link.get("rel") == "enclosure"
    )
    found = {
        "enclosure": next(filter(None, enclosures), ""),
        "comments": web_address(plain(dict.get(entry, "comments"))),
        "outlet_url": web_address(plain(home)),
    }
    return {key: value for key, value in found.items() if value} or None
