"""JSON Feed 1.0 and 1.1 (jsonfeed.org), by whatever media type it comes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from commsleads.collectors.feeds.items import Item, Reading, as_html, join_names, longest, plain, web_address


def looks_like_json(content: bytes) -> bool:
    """Whether the document begins as a JSON object does."""
    return content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json(content: bytes, url: str = "") -> Reading | None:
    """Read a JSON Feed; None for any other JSON. `url` is what relative addresses are relative to."""
    try:
        feed = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in _text(feed, "version"):
        return None
    rows = feed.get("items")
    rows = rows if isinstance(rows, list) else []
    base = web_address(_text(feed, "home_page_url")) or web_address(_text(feed, "feed_url")) or url
    language = _text(feed, "language")
    items = [_item(row, base, language) for row in rows if isinstance(row, dict)]
    kept = [item for item in items if item.title or item.link or item.body]
    return Reading(
        kept,
        title=as_html(_text(feed, "title")),
        link=web_address(_text(feed, "home_page_url")),
        language=language,
        note="" if len(kept) == len(rows) else "The feed holds items that say nothing; they were left out.",
    )


def _item(row: dict[str, Any], base: str, language: str) -> Item:
    published, updated = _text(row, "date_published"), _text(row, "date_modified")
    if not published or published == updated:
        published, updated = published or updated, ""
    link = _address(row, "url", base) or _address(row, "external_url", base)
    attachments = row.get("attachments")
    files = attachments if isinstance(attachments, list) else []
    enclosure = next(filter(None, (_address(each, "url", base) for each in files if isinstance(each, dict))), "")
    external = _address(row, "external_url", base)
    extra = {
        key: value
        for key, value in (("enclosure", enclosure), ("outbound", external if external != link else ""))
        if value
    }
    return Item(
        guid=_text(row, "id"),
        link=link,
        title=as_html(_text(row, "title")),
        body=longest(
            _text(row, "content_html"),
            as_html(_text(row, "content_text")),
            as_html(_text(row, "summary")),
        ),
        author=_names(row),
        published_raw=published,
        updated_raw=updated,
        language=_text(row, "language") or language,
        extra=extra or None,
    )


def _text(row: dict[str, Any], key: str) -> str:
    """A value as text. Version 1 allows numbers as ids; anything else that is no text counts as nothing."""
    value = row.get(key)
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:100]
    return ""


def _address(row: dict[str, Any], key: str, base: str) -> str:
    link = _text(row, key)
    if not link or web_address(link):
        return web_address(link)
    if ":" in link.partition("/")[0] or not base:
        return ""
    try:
        return web_address(urljoin(base, link))
    except ValueError:
        return ""


def _names(row: dict[str, Any]) -> str:
    people = row.get("authors")
    if not isinstance(people, list):
        people = [row.get("author")]
    return join_names([_text(person, "name") for person in people if isinstance(person, dict)])
