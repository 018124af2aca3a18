"""Atom 1.0 as the fast reader reads it. The reasons for doubt are in `fast`."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from commsleads.collectors.feeds.items import Item, Reading, as_html, join_names, split_author, wished_minutes
from commsleads.collectors.feeds.kinds import ATOM, ATOM_KINDS, SY, WEB, XML, Doubt, Kind, check, check_no_title, odd

_TITLE, _LINK, _ENTRY = f"{ATOM}title", f"{ATOM}link", f"{ATOM}entry"
_NAME, _EMAIL = f"{ATOM}name", f"{ATOM}email"
_LANG = f"{XML}lang"
_HTML_TYPES = frozenset(("text/html", "html", "application/xhtml+xml", "xhtml"))


def read_atom(root: Element) -> Reading:
    """Read `<feed>`; raises `Doubt`."""
    check(root)
    language = root.get(_LANG, "")
    home = [link.get("href", "") for link in root.iterfind(_LINK) if link.get("rel", "alternate") == "alternate"]
    return Reading(
        [_entry(entry, language) for entry in root.iterfind(_ENTRY)],
        title=_text(root.find(_TITLE)),
        link=home[0] if home else "",
        language=language,
        wait_minutes=wished_minutes(
            "", root.findtext(f"{SY}updatePeriod", ""), root.findtext(f"{SY}updateFrequency", "")
        ),
    )


def _entry(entry: Element, language: str) -> Item:
    found: dict[Kind, Element] = {}
    several: list[Element] = []
    kinds = ATOM_KINDS
    for child in entry:
        kind = kinds[child.tag]
        if kind is None:
            continue
        if kind == "link" or kind in found:
            if kind != "link" and kind != "author":  # noqa: PLR1714 - on the hot path
                raise Doubt
            several.append(child)
        else:
            found[kind] = child
    if "doubt" in found:
        raise Doubt
    if entry.attrib:
        check(entry)
        language = entry.get(_LANG, language)
    return _assembled(entry, found, several, language)


def _assembled(entry: Element, found: dict[Kind, Element], several: list[Element], language: str) -> Item:
    get = found.get
    guid, title = _leaf(get("guid")), _text(get("title"))
    if not title:
        check_no_title(entry, get("title"))
    content, body = _text(get("content")), _text(get("summary"))
    if len(content) >= len(body):
        body = content
    if "group" in found:
        body = _caption(found["group"], body)
    if odd(title, body):
        raise Doubt
    published, updated = _leaf(get("published")), _leaf(get("updated"))
    if not published or published == updated:
        published, updated = published or updated, ""
    author, email = _author(get("author"))
    link, extra = "", None
    for element in several:
        if element.tag == _LINK:
            link, extra = _take_link(element, link, extra)
        else:
            name, mail = _author(element)
            if not name or not author or mail:
                raise Doubt
            author, email = join_names([author, name]), email or mail
    if not link and guid.startswith(WEB) and " " not in guid:
        link = guid
    outlet = ""
    if "source" in found:
        outlet, extra = _source(found["source"], extra)
    return Item(guid, link, title, body, author, email, published, updated, outlet, language, extra)


def _take_link(element: Element, link: str, extra: dict[str, str] | None) -> tuple[str, dict[str, str] | None]:
    """Take in one `<link>`: the last alternate in HTML is the address, the first enclosure is kept."""
    get = element.attrib.get
    relation, address = get("rel", "alternate"), get("href", "").strip()
    if not address:
        raise Doubt
    if relation == "alternate":
        if get("type", "text/html") in _HTML_TYPES:
            if not address.startswith(WEB) or " " in address:
                raise Doubt
            return address, extra
    elif relation == "enclosure" and address.startswith(WEB):
        extra = extra or {}
        extra.setdefault("enclosure", address)
    return link, extra


def _source(source: Element, extra: dict[str, str] | None) -> tuple[str, dict[str, str] | None]:
    """The feed that an entry was copied from: its title is the outlet."""
    home = ""
    for link in source.iterfind(_LINK):
        home = _take_link(link, home, None)[0]
    if not home:
        known = _leaf(source.find(f"{ATOM}id"))
        home = known if known.startswith(WEB) else ""
    return _text(source.find(_TITLE)), {**(extra or {}), "outlet_url": home} if home else extra


def _leaf(element: Element | None) -> str:
    if element is None:
        return ""
    if len(element):
        raise Doubt
    text = element.text
    return text.strip() if text else ""


def _text(element: Element | None) -> str:
    """A text construct (RFC 4287, section 3.1) as an HTML fragment."""
    if element is None:
        return ""
    text = element.text
    text = text.strip() if text else ""
    attributes = element.attrib
    kind = attributes.get("type", "text")
    if len(element) or "src" in attributes:
        raise Doubt
    if kind == "html":
        return text
    if kind != "text":
        raise Doubt
    return as_html(text)


def _caption(group: Element, body: str) -> str:
    """The text of a video (YouTube keeps it in `media:group`), for an entry that has no other."""
    captions = [element for element in group.iter() if element.tag.endswith("}description")]
    if captions and (body or len(captions) > 1 or captions[0].attrib):
        raise Doubt
    return _leaf(captions[0]) if captions else body


def _author(element: Element | None) -> tuple[str, str]:
    if element is None:
        return "", ""
    if not len(element):
        return split_author(_leaf(element))
    name = email = ""
    for part in element:
        if part.tag == _NAME:
            name = _leaf(part)
        elif part.tag == _EMAIL:
            email = _leaf(part)
    return split_author(name) if "@" in name and not email else (name, email)
