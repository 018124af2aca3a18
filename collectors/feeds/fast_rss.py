"""RSS and RDF as the fast reader reads them. The reasons for doubt are in `fast`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from commsleads.collectors.feeds.items import Item, Reading, join_names, split_author, wished_minutes
from commsleads.collectors.feeds.kinds import DC, RDF, RSS_KINDS, SY, WEB, XML, Doubt, Kind, check, check_no_title, odd

_RSS1 = ("{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
_LANG = f"{XML}lang"
_AMPERSANDS = re.compile(r"&(\w+);", re.ASCII)
_SPECIAL = frozenset(("enclosure", "source", "atom link", "doubt"))
"""Elements that say something by their attributes."""

_Special = list[tuple[Kind, Element]]


def read_rss(root: Element) -> Reading:
    """Read `<rss>`; raises `Doubt`."""
    if len(root) != 1 or root[0].tag != "channel":
        raise Doubt
    channel = root[0]
    check(root)
    check(channel)
    return _read(channel, channel.iterfind("item"), "", root.get(_LANG, ""))


def read_rdf(root: Element) -> Reading:
    """Read `<rdf:RDF>` of RSS 0.90 and 1.0; raises `Doubt`."""
    check(root)
    for space in _RSS1:
        channel = root.find(f"{space}channel")
        if channel is not None:
            return _read(channel, root.iterfind(f"{space}item"), space, root.get(_LANG, ""))
    raise Doubt


def _read(channel: Element, items: Iterable[Element], space: str, language: str) -> Reading:
    def text(tag: str) -> str:
        found = channel.findall(tag)
        if len(found) > 1 or (found and len(found[0])):
            raise Doubt
        return (found[0].text or "").strip() if found else ""

    language = text(f"{space}language") or text(f"{DC}language") or language
    return Reading(
        [_item(item, language) for item in items],
        title=text(f"{space}title"),
        link=text(f"{space}link"),
        language=language,
        wait_minutes=wished_minutes(text(f"{space}ttl"), text(f"{SY}updatePeriod"), text(f"{SY}updateFrequency")),
    )


def _item(item: Element, language: str) -> Item:
    found: dict[Kind, str] = {}
    special: _Special | None = None
    kinds = RSS_KINDS
    for child in item:
        kind = kinds[child.tag]
        if kind is None:
            continue
        if kind in found or kind in _SPECIAL:
            special = special or []
            special.append((kind, child))
            continue
        text = child.text
        found[kind] = text.strip() if text else ""
        if len(child):
            raise Doubt
    if item.attrib:
        check(item)
        language = item.get(_LANG, language)
        found.setdefault("guid", item.get(f"{RDF}about", "").strip())
    return _assembled(item, found, special, language)


def _assembled(item: Element, found: dict[Kind, str], special: _Special | None, language: str) -> Item:
    get = found.get
    title, link, guid, author = get("title", ""), get("link", ""), get("guid", ""), get("author", "")
    if not title:
        check_no_title(item)
    content, body = get("content", ""), get("description", "")
    if len(content) >= len(body):
        body = content
    if "summary" in found and len(found["summary"]) > len(body):
        if "content" in found:  # of three texts the reference may lose one
            raise Doubt
        body = found["summary"]
    if odd(title, body):
        raise Doubt
    if not link.startswith(WEB) or ";" in link or " " in link:
        link = _mended_link(item, link, guid, "link" in found)
    published, updated = get("published", ""), get("updated", "")
    if not published or published == updated:
        published, updated = published or updated, ""
    outlet, email, extra = "", "", None
    if special is not None or "@" in author or "comments" in found:
        author, email, outlet, extra = _particulars(found, special or [])
    return Item(
        guid, link, title, body or get("caption", ""), author, email, published, updated, outlet, language, extra
    )


def _mended_link(item: Element, link: str, guid: str, empty: bool) -> str:
    """The link, or the guid where that is meant as one and there is no other; relative links are doubtful."""
    if not link:
        element = item.find("guid")
        if not empty and (element is None or element.get("isPermaLink", "true") != "true"):
            return ""
        return guid if guid.startswith(WEB) and " " not in guid else ""
    if not link.startswith(WEB) or " " in link:
        raise Doubt
    return _AMPERSANDS.sub(r"&\1", link.replace("&amp;", "&"))  # as the reference does: escaped twice


def _particulars(found: dict[Kind, str], special: _Special) -> tuple[str, str, str, dict[str, str] | None]:
    """Author, mail address, outlet and extra facts of an item that has more than the usual elements."""
    authors = [found["author"]] if "author" in found else []
    extra: dict[str, str] = {}
    outlet = ""
    for kind, child in special:
        if len(child):
            raise Doubt
        text = (child.text or "").strip()
        address = child.get("url", "").strip()
        if kind == "author":
            authors.append(text)
        elif kind == "enclosure":
            if address.startswith(WEB):
                extra.setdefault("enclosure", address)
        elif kind == "source" and not outlet:
            outlet = text
            if address.startswith(WEB):
                extra["outlet_url"] = address
        elif kind != "atom link" or child.get("rel", "alternate") == "alternate":
            raise Doubt
    comments = found.get("comments", "")
    if comments.startswith(WEB):
        extra["comments"] = comments
    if len(authors) > 1 and any(not name or "@" in name for name in authors):
        raise Doubt
    people = [split_author(each) for each in authors]
    return join_names([name for name, _ in people]), _first([mail for _, mail in people]), outlet, extra or None


def _first(texts: list[str]) -> str:
    return next(filter(None, texts), "")
