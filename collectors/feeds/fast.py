"""The everyday reader: RSS 0.9x to 2.0, RDF and Atom 1.0 that are in order, far cheaper than the reference.

It answers only where it is sure to say what `reference` would say. Whatever is odd raises `Doubt` inside and
becomes None outside: a document that is not well-formed, has a DOCTYPE, another charset than UTF-8, nested markup
where text belongs, repeated elements, relative links, `xml:base`, text that was encoded twice. A test
compares both readers over the whole corpus.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from commsleads.collectors.feeds.fast_atom import read_atom
from commsleads.collectors.feeds.fast_rss import read_rdf, read_rss
from commsleads.collectors.feeds.items import Reading
from commsleads.collectors.feeds.kinds import ATOM, RDF, Doubt

_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^>]{0,200}?(?:encoding\s*=\s*[\"']([\w.-]{1,40})[\"'][^>]{0,80})?\?>)?"
    rb"(?:\s++|<!--(?>.*?-->)|<\?(?>[^>]*>))*+<(?=rss[\s>]|feed[\s>]|\w+:(?:RDF|feed)[\s>])",
    re.DOTALL,
)
"""What may stand before the root: no DOCTYPE, so no entities. No backtracking into comments (`++`, `(?>`)."""

_BEFORE_ROOT = 4096
_SAFE_CHARSETS = frozenset(("", "utf-8", "utf8", "us-ascii", "ascii"))
_ASCII_BASED = re.compile(r"(?:iso-?8859|windows-125|cp125|latin)[\w-]*", re.ASCII)
_WINDOWS = re.compile(rb"\xc2[\x80-\x9f]")
_TWICE_ENCODED = re.compile(rb"\xc3[\x82-\xb4]\xc2")
_READERS = {"rss": read_rss, f"{RDF}RDF": read_rdf, f"{ATOM}feed": read_atom}


def read_fast(content: bytes, charset: str = "") -> Reading | None:
    """Read a feed that is in order; None when in doubt, never an exception."""
    if not _is_plain(content, charset.lower()):
        return None
    try:
        root = ElementTree.XML(content, ElementTree.XMLParser(encoding="utf-8"))  # noqa: S314 - no DOCTYPE gets here
        reading = _READERS[root.tag](root)
    except (ElementTree.ParseError, Doubt, KeyError, ValueError):
        return None
    return reading if reading.items else None


def _is_plain(content: bytes, charset: str) -> bool:
    """Whether the document is UTF-8 by every label, without a DOCTYPE, and was not encoded twice."""
    prolog = _PROLOG.match(content, 0, _BEFORE_ROOT)
    if prolog is None:
        return False
    declared = prolog[1].decode("ascii").lower() if prolog[1] else ""
    for label in (declared, charset):
        if label not in _SAFE_CHARSETS and not (_ASCII_BASED.fullmatch(label) and content.isascii()):
            return False
    if b"\xc2" in content:
        return not (_WINDOWS.search(content) or _TWICE_ENCODED.search(content))
    return True
