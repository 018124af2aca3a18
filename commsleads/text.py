"""Plain text out of hostile HTML, and the folded text that rules compare.

Cleaning happens once, at the door: what `plain` and `title` give is text and never markup, so nothing that came
from a feed is ever shown as HTML. It is still to be escaped wherever it is written into HTML.

Most entries are simple: paragraphs, links, pictures. For those two regular expressions do the work, and a gate
proves that they may: every tag must be one of a short list, with attributes in plain double quotes. Whatever the
gate does not know goes to lexbor, a parser of HTML as browsers know it.
"""

from __future__ import annotations

import codecs
import html as entities
import re
import unicodedata

LONGEST = 100_000
"""Characters kept of one text."""

LONGEST_TITLE = 500
"""Characters kept of one title."""

_LONGEST_INPUT = 600_000
_MOST_TAGS = 20_000
"""Tags that are read. A parser of HTML looks from each through all that are open: a hundred thousand that nobody closes
would take a minute."""
_LONGEST_LINK = 4_000
_RUNS_KEPT = 20_000

# Tags that stand inside a word or sentence, and tags that end one. Nothing here hides its content or moves text.
_INLINE = "a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var"
_BLOCK = "p|br|li|ul|ol|div|h[1-6]|blockquote|figure|figcaption|hr|section|article|header|footer|dl|dt|dd|pre|center"
# Attributes as nearly everybody writes them: name="value". An unquoted or single-quoted value, or one with < or >
# in it, is left standing, and what is left standing closes the gate.
_REST = r"""(?:>|[ \n\t/][^<>"'=]*(?:(?<=[\w-])="[^<>"]*"[^<>"'=]*)*>)"""
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_REST}")
_BLOCK_TAG = re.compile(rf"<(?:/?(?:{_BLOCK})|img){_REST}")

# For lexbor: whose content is not for readers, and where a word ends.
_HIDDEN = (
    "script", "style", "template", "noscript", "iframe", "object", "noembed", "noframes", "xmp", "plaintext",
    "textarea", "title", "svg", "audio", "video", "canvas",
)  # fmt: skip
_BREAK = re.compile(
    rf"</?(?:{_BLOCK}|img|table|thead|tbody|tfoot|tr|td|th|caption|main|nav|aside|address|details|summary|form"
    r"|fieldset|legend|label|input|button|select|option|figure|body|html|center|picture|hgroup|menu|dir)(?=[\s/>])",
    re.IGNORECASE,
)

# NUL and other controls, bidirectional overrides and isolates, invisible joints, noncharacters, half surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LEFTOVER_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
)

_LINK = re.compile(r"""<[aA]\s(?:[^<>]*?[\s"'])??[hH][rR][eE][fF]\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""")
_WEB = re.compile(r"https?://[^\s/?#\\][^\s\\]*", re.IGNORECASE)


def plain(html: str) -> str:
    """The words of an HTML fragment, on one line with single spaces; at most `LONGEST` characters.

    Entities are resolved once. Scripts, styles, templates, comments and the like are gone with their content, and
    so are control characters and overrides of writing direction. The result may hold ``<`` (somebody wrote
    ``&lt;``): it is text, to be escaped where it is shown.
    """
    text = html
    if "<" in html:
        text = _BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", html))
        if "<" in text or ">" in text:
            text = _parsed(html)
        else:
            text = " ".join(filter(None, text.split("\n")))
            if "&" in text:
                text = entities.unescape(text)
    elif "&" in html:
        text = entities.unescape(html)
    return _tidy(text)[:LONGEST].rstrip()


def title(html: str) -> str:
    """A headline on one line, at most `LONGEST_TITLE` characters.

    Careless feeds escape twice, so what still looks like an entity after the first reading is read once more;
    markup that appears then is not taken for markup.
    """
    if "<" not in html and "&" not in html:
        text = _tidy(html)
    else:
        text = plain(html)
        if _LEFTOVER_ENTITY.search(text):
            text = _tidy(entities.unescape(text))
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


def links(html: str, limit: int = 50) -> list[str]:
    """The distinct absolute web addresses that the fragment's anchors lead to, in their order, at most `limit`.

    Nothing is fetched or resolved: relative addresses and other schemes are left out.
    """
    if "<a" not in html and "<A" not in html:
        return []
    found: dict[str, None] = {}
    for match in _LINK.finditer(html[:_LONGEST_INPUT]):
        href = (match[1] or match[2] or match[3] or "").strip()
        if "&" in href:
            href = href.replace("&amp;", "&") if href.count("&") == href.count("&amp;") else entities.unescape(href)
        if len(href) <= _LONGEST_LINK and href.isprintable() and _WEB.fullmatch(href):
            found[href] = None
            if len(found) >= limit:
                break
    return list(found)


def _tidy(text: str) -> str:
    """Without what cannot be seen, and with single spaces."""
    if text.isprintable():
        if text.rfind("  ") < 0:
            return text.strip(" ")
    else:
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def _parsed(html: str) -> str:
    """The same words by lexbor, for what the gate does not know."""
    from selectolax.lexbor import LexborHTMLParser

    # A CDATA mark in HTML opens a bogus comment; its writer meant the content.
    source = html[:_LONGEST_INPUT].replace("<![CDATA[", "").replace("]]>", "")
    if source.count("<") > _MOST_TAGS:
        source = "<".join(source.split("<", _MOST_TAGS)[:_MOST_TAGS])
    source = "<body>" + _BREAK.sub(r" \g<0>", source)
    tree = LexborHTMLParser(source.encode("utf-8", "ignore"))
    tree.strip_tags(list(_HIDDEN))
    root = tree.root
    return root.text(deep=True, separator="", strip=False) if root is not None else ""


# --- folding -------------------------------------------------------------------------------------------------------

# Marks that readers leave out: accents (Latin, Greek, Cyrillic), Hebrew points, Arabic vowels and the tatweel.
# Marks of other scripts are letters' own parts (Devanagari vowels, kana voicing) and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
    "|[\u200b-\u200f\u2060-\u2064\u00ad\ufeff]"
)
# Letters with a stroke and ligatures have no decomposition in Unicode, yet are left out by those who lack the key.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "′": "'", "‹": "'", "›": "'", "´": "'", "ˈ": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁃": "-", "⁄": "/",
    "\x85": " ", "\u1680": " ", "\u2028": " ", "\u2029": " ",
})  # fmt: skip
# Capitals and white space of ASCII, in bytes; the bytes of other characters' UTF-8 stay.
_SMALL = bytes(32 if 8 < n < 14 or 27 < n < 32 else n for n in bytes(range(256)).lower())
_runs: dict[str, bytes] = {}


def fold(text: str) -> str:
    """The form in which texts are compared: small letters, no accents, plain quotes and dashes, single spaces.

    For any script; never for showing. Folding what is folded changes nothing.
    """
    # One pass at C speed over the ASCII, a call of `_fold_run` for each run of other characters.
    folded = text.encode("ascii", "commsleads.fold").translate(_SMALL).decode().strip(" ")
    return " ".join(folded.split()) if folded.rfind("  ") >= 0 else folded


def _fold_run(error: UnicodeError) -> tuple[bytes, int]:
    """The codec's error handler: what becomes of a run of characters that are not ASCII, as UTF-8."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    folded = _runs.get(run)
    if folded is None:
        folded = _fold_slowly(run).encode("utf-8", "ignore")
        if len(run) <= 40:
            if len(_runs) >= _RUNS_KEPT:
                _runs.clear()
            _runs[run] = folded
    return folded, error.end


def _fold_slowly(run: str) -> str:
    for _ in range(4):
        before = run
        # й is a letter of its own and no accented и, so it is held together.
        run = unicodedata.normalize("NFKC", run).casefold().translate(_LETTERS).replace("й", "\ue000")
        run = _MARKS.sub("", unicodedata.normalize("NFD", run)).translate(_LETTERS).replace("\ue000", "й")
        run = unicodedata.normalize("NFC", run)
        if run == before:
            break
    return run


codecs.register_error("commsleads.fold", _fold_run)
