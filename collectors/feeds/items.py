"""What the readers of feeds hand on: one `Reading` of plain `Item`s, the same whichever reader made it.

Plain values only, so that a reading can come out of a child process.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import quote


class Item(NamedTuple):
    """One item as its feed gives it. Texts are stripped; `title` and `body` are HTML fragments.

    `link` is an absolute http(s) address or "". `published_raw` is the date of publication as written, or that
    of the last change where the feed has no other; `updated_raw` is given only where it says something else.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    body: str = ""
    author: str = ""
    email: str = ""
    published_raw: str = ""
    updated_raw: str = ""
    outlet: str = ""
    language: str = ""
    extra: dict[str, str] | None = None


class Reading(NamedTuple):
    """One feed. `wait_minutes` is how long it asks to be left alone, or 0; `note` names damage that was mended.

    `complete` is False where the document was cut off.
    """

    items: list[Item]
    title: str = ""
    link: str = ""
    language: str = ""
    wait_minutes: int = 0
    note: str = ""
    complete: bool = True


_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WINDOWS = {code: bytes((code,)).decode("cp1252", "replace") for code in range(0x80, 0xA0)}


def plain(text: object) -> str:
    """Strip a text, drop control characters and lone surrogates, read stray Windows-1252 as what it is.

    What is no text (a reader of broken feeds may bring anything) counts as none.
    """
    if not isinstance(text, str):
        return ""
    return _UNWANTED.sub("", text).translate(_WINDOWS).strip()


def web_address(link: str) -> str:
    """Give back an absolute http(s) address without blanks inside, or "" for anything else.

    What cannot be printed (controls, marks that turn the direction of writing) is percent-encoded.
    """
    if not link.startswith(("https://", "http://")):
        scheme, mark, rest = link.partition("://")
        if not mark or scheme.lower() not in {"http", "https"}:
            return ""
        link = f"{scheme.lower()}://{rest}"
    parts = link.split()
    if len(parts) != 1:
        link = "%20".join(parts) if " " in link else "".join(parts)
    if not link.isprintable():
        link = "".join(letter if letter.isprintable() else quote(letter, errors="replace") for letter in link)
    return link if len(link) > 8 else ""


def as_html(text: str) -> str:
    """Plain text as an HTML fragment; text without markup characters stays as it is."""
    return escape(text, quote=False) if "<" in text or "&" in text else text


_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "dayly": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}


def wished_minutes(ttl: str, period: str, frequency: str) -> int:
    """How many minutes the feed wants between two polls: the larger of `ttl` and `sy:updatePeriod`, or 0."""
    minutes = int(ttl) if ttl.isascii() and ttl.isdigit() and len(ttl) < 7 else 0
    each = _PERIOD_MINUTES.get(period.lower(), 0)
    if each:
        try:
            times = float(frequency or 1)
        except ValueError:
            times = 1.0
        if times > 0:
            minutes = max(minutes, min(int(each / times), 525600))
    return minutes


def split_author(text: str) -> tuple[str, str]:
    """Part `desk@news.example (Ann Lee)` into a name and an address; either may be empty."""
    if "@" not in text:
        return text, ""
    found = _MAIL.search(text)
    if found is None:
        return text, ""
    name = text.replace(found[0], "")
    for empty in ("()", "<>", "&lt;&gt;"):
        name = name.replace(empty, "")
    name = name.strip().removeprefix("(").removesuffix(")").strip()
    return name, found[0].partition("?")[0]


_MAIL = re.compile(r"[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?:\?subject=\S+)?", re.ASCII)


def join_names(names: list[str]) -> str:
    """Put the names of several authors into one line, each once."""
    return ", ".join(dict.fromkeys(name for name in names if name))


def longest(*texts: str) -> str:
    """The longest of several bodies; the first of those of equal length."""
    return max(texts, key=len)
