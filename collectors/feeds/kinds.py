"""What the elements of an item mean to the fast reader: to be read, of no interest, or a reason for doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal
from xml.etree.ElementTree import Element

Kind = Literal[
    "title", "link", "guid", "description", "content", "summary", "caption", "published", "updated", "author",
    "enclosure", "source", "comments", "atom link", "group", "doubt",
]  # fmt: skip

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SY = "{http://purl.org/rss/1.0/modules/syndication/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
WEB = ("https://", "http://")
_TERMS = "{http://purl.org/dc/terms/}"
_ITUNES = tuple(
    f"{{http://www.itunes.com/{name}-1.0.dtd}}" for name in ("dtds/podcast", "DTDs/PodCast", "DTDs/Podcast")
)
_PLAY = "{http://www.google.com/schemas/play-podcasts/1.0}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
_RSS = ("", "{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
_KNOWN_TAGS = 2_000
_TROUBLE = frozenset((f"{XML}base", "base", "href", "lastmod"))
_CONTROLS = re.compile("[\x80-\x9f]")

_TELLING = frozenset((
    "title", "link", "guid", "id", "description", "abstract", "summary", "content", "body", "fullitem", "author",
    "managingeditor", "creator", "name", "published", "issued", "pubdate", "date", "updated", "modified",
    "lastbuilddate", "created", "source", "enclosure", "url", "encoded", "language", "div", "svg", "math",
))  # fmt: skip
"""Local names to which the reference gives a meaning in one vocabulary or another."""


class Doubt(Exception):  # noqa: N818 - no error: it says that the reference has to look
    """The document is not one that the fast reader can be sure of."""


class Kinds(dict[str, Kind | None]):
    """Tag to kind; a tag never met is judged once by its local name and remembered (a bounded number of them)."""

    def __missing__(self, tag: str) -> Kind | None:
        local = tag.rpartition("}")[2].lower()
        kind: Kind | None = "doubt" if local in _TELLING else None
        if len(self) < _KNOWN_TAGS and len(tag) < 200:
            self[tag] = kind
        return kind


def _tags(spaces: Iterable[str], *names: str) -> list[str]:
    return [f"{space}{name}" for space in spaces for name in names]


_COMMON: dict[str, Kind | None] = {
    **dict.fromkeys(_tags([DC], "creator", "author"), "author"),
    **dict.fromkeys(_tags(_ITUNES, "author"), "author"),
    **dict.fromkeys(_tags([DC], "source", "language")),
    **dict.fromkeys(_tags(_ITUNES, "title")),
    **dict.fromkeys(_tags([_PLAY], "author", "description")),
    **dict.fromkeys(_tags(_MEDIA, "content", "title", "link")),
}

RSS_KINDS = Kinds({
    **_COMMON,
    **dict.fromkeys(_tags(_RSS, "title"), "title"),
    **dict.fromkeys(_tags(_RSS, "link"), "link"),
    **dict.fromkeys(_tags(_RSS, "description"), "description"),
    **dict.fromkeys(_tags(_ITUNES, "summary"), "summary"),
    **dict.fromkeys(_tags(_MEDIA, "description"), "caption"),
    "guid": "guid",
    "pubDate": "published",
    "author": "author",
    "enclosure": "enclosure",
    "source": "source",
    "comments": "comments",
    f"{_CONTENT}encoded": "content",
    f"{DC}date": "updated",
    f"{_TERMS}modified": "updated",
    f"{_TERMS}issued": "published",
    f"{ATOM}link": "atom link",
})  # fmt: skip

ATOM_KINDS = Kinds({
    **_COMMON,
    **dict.fromkeys(_tags(_MEDIA, "group"), "group"),
    f"{ATOM}title": "title",
    f"{ATOM}link": "link",
    f"{ATOM}id": "guid",
    f"{ATOM}published": "published",
    f"{ATOM}updated": "updated",
    f"{ATOM}author": "author",
    f"{ATOM}summary": "summary",
    f"{ATOM}content": "content",
    f"{ATOM}source": "source",
})  # fmt: skip


def check(element: Element) -> None:
    """Doubt an element whose attributes change what is in it (`xml:base` and the like)."""
    if element.attrib and not _TROUBLE.isdisjoint(element.attrib):
        raise Doubt


def check_no_title(item: Element, title: Element | None = None) -> None:
    """Doubt an item without a title of its own that has a title inside something else."""
    for element in item.iter():
        if element is not title and element.tag.lower().endswith("title"):
            raise Doubt


def odd(title: str, body: str) -> bool:
    """Whether there are characters that stand for Windows-1252 ones (of a body, only the commonest is looked for)."""
    return (not title.isascii() and _CONTROLS.search(title) is not None) or "\x92" in body
