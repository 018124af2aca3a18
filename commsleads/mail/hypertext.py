"""Lines out of the HTML of mails: paragraphs, lists and links as a reader sees them, quotes marked by ``>``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LONGEST_HTML = 1_000_000
LONGEST_LINK = 2_000
DEEPEST = 1_000
"""Blocks within blocks. Mails answered a hundred times have some two hundred."""

LONGEST_LINES = 400_000
"""Characters that are made of one HTML text; cleaning and cutting come after."""

_DROPPED = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "embed", "noembed", "noframes", "xmp", "plaintext",
    "textarea", "title", "svg", "audio", "video", "canvas", "head", "select", "math",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "section",
    "article", "header", "footer", "dl", "dt", "dd", "center", "address", "form", "fieldset", "figure", "figcaption",
    "main", "nav", "aside", "tbody", "thead", "tfoot", "caption", "body", "html", "hr", "details", "summary", "legend",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "hr"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_TINY = re.compile(r"font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"\bgmail_signature\b|\bmoz-signature\b|ms-outlook-mobile-signature|^signature$|\bprotonmail_signature_block-user\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:html|head|body|div|p|br|table|span|font|!doctype|meta)\b[^<>]{0,500}>", re.IGNORECASE)
_NESTING = re.compile(
    r"<(/?)(?:div|blockquote|section|article|ul|ol|dl|center|aside|main|nav|header|footer|form|fieldset|figure|details"
    r"|address|pre|hgroup|menu|search|summary|dir|listing)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text that claims to be plain is HTML."""
    return text.lstrip()[:1] == "<" and bool(_TAG.match(text.lstrip()[:600]))


def lines_of(html: str) -> str:
    """The words of a mail's HTML, on lines. Never markup; hidden elements, scripts and styles are gone.

    A link's address follows it in angle brackets where it says something that the link's text does not.
    """
    from selectolax.lexbor import LexborHTMLParser

    source = _shallow(html[:LONGEST_HTML].replace("\x00", ""))
    root = LexborHTMLParser(source.encode("utf-8", "ignore")).root
    return _Writer().write(root) if root is not None else ""


def _shallow(html: str) -> str:
    """Without the blocks that nest deeper than `DEEPEST`: a parser of HTML takes quadratic time for them."""
    if html.count("<") < DEEPEST:
        return html
    depth = skipped = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, skipped
        if not match[1]:
            depth += depth < DEEPEST
            skipped += depth == DEEPEST
            return match[0] if depth < DEEPEST else "\n"
        if skipped:
            skipped -= 1
            depth -= not skipped
            return "\n"
        depth -= depth > 0
        return match[0]

    return _NESTING.sub(keep, html)


class _Writer:
    """Walks the tree without recursion and writes lines."""

    __slots__ = ("blank", "bullet", "depth", "length", "line", "out", "pre")

    def __init__(self) -> None:
        self.out: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.pre = 0
        self.blank = True
        self.bullet = False
        self.length = 0

    def write(self, root: LexborNode) -> str:
        """The lines under a node."""
        stack: list[tuple[LexborNode, str, int]] = []
        node: LexborNode | None = root
        while node is not None or stack:
            if self.length > LONGEST_LINES:
                break
            if node is None:
                node, tag, mark = stack.pop()
                self._leave(node, tag, mark)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._words(node.text_content or "")
            elif tag[:1] not in ("-", "!") and tag not in _DROPPED and not self._hidden(node):
                mark = self._enter(node, tag)
                child = node.first_child
                if child is not None:
                    stack.append((node, tag, mark))
                    node = child
                    continue
                self._leave(node, tag, mark)
            node = node.next
        self._end()
        return "\n".join(self.out)

    @staticmethod
    def _hidden(node: LexborNode) -> bool:
        attributes = node.attrs
        style = attributes.get("style")
        if style and (_HIDING.search(style) or (_TINY.search(style) and _bottom(node))):
            return True
        return "hidden" in attributes

    def _words(self, text: str) -> None:
        self.length += len(text)
        if not self.pre:
            self.line.append(text)
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for other in others:
            self._end(keep=True)
            self.line.append(other)

    def _enter(self, node: LexborNode, tag: str) -> int:
        """What is written before a node's content; a mark for `_leave`."""
        if tag == "br":
            self._end(keep=True)
        elif tag in ("td", "th"):
            self.line.append(" ")
        elif tag in _BLOCKS:
            self._end()
            if tag in _SPACED:
                self._gap()
            if tag == "hr":
                self.line.append("_" * 32)
                self._end()
        if tag == "blockquote":
            self.depth += 1
        elif tag == "pre":
            self.pre += 1
        elif tag == "li":
            self.bullet = True
        elif tag in ("div", "span", "table", "td", "p"):
            attributes = node.attrs
            named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
            if named and len(named) < 500 and _SIGNATURE.search(named) and not _dashed(node):
                self._end()
                self.line.append("-- ")
                self._end(keep=True)
        return len(self.line)

    def _leave(self, node: LexborNode, tag: str, mark: int) -> None:
        if tag == "a":
            self._link(node, mark)
        if tag in _BLOCKS:
            self._end()
            if tag in _SPACED:
                self._gap()
        if tag == "blockquote":
            self.depth -= 1
        elif tag == "pre":
            self.pre -= 1
        elif tag == "li":
            self.bullet = False

    def _link(self, node: LexborNode, mark: int) -> None:
        href = (node.attrs.get("href") or "").strip()
        if not href or len(href) > LONGEST_LINK:
            return
        words = " ".join("".join(self.line[mark:]).split())
        if href[:7].lower() == "mailto:":
            address = href[7:].partition("?")[0].strip()
            if "@" in address and address.lower() not in words.lower() and " " not in address:
                self._words(f" <{address}>")
        elif words and _WEB.fullmatch(href) and _bare(href) != _bare(words):
            self._words(f" <{href}>")

    def _end(self, keep: bool = False) -> None:
        """The end of a line. An empty one is written only if it is to be kept."""
        text = "".join(self.line)
        self.line.clear()
        if not self.pre or not text.strip():
            text = "-- " if text == "-- " else " ".join(text.split())
        if not text:
            if keep:
                self._gap()
            return
        if self.bullet:
            text, self.bullet = f"- {text}", False
        self.out.append(f"{'>' * self.depth} {text}" if self.depth else text)
        self.length += self.depth
        self.blank = False

    def _gap(self) -> None:
        if not self.blank and not self.bullet:
            self.out.append(">" * self.depth)
            self.blank = True


def _bottom(node: LexborNode) -> bool:
    """Whether an element holds words only. Newsletters set a size of zero around tables that set their own."""
    inside = node.first_child
    while inside is not None:
        if inside.is_element_node and inside.tag != "br":
            return False
        inside = inside.next
    return True


def _dashed(node: LexborNode) -> bool:
    """Whether a signature brings its own dashes, before or within."""
    inside = node.first_child
    while inside is not None and inside.tag != "-text" and inside.first_child is not None:
        inside = inside.first_child
    return inside is not None and (inside.text_content or "").strip() in ("--", "—")


def _bare(address: str) -> str:
    return address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
