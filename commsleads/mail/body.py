"""Which parts of a mail are its words, which are files, which are other mails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commsleads.letters import Attached
from commsleads.mail.hypertext import lines_of, looks_like_html
from commsleads.mail.lines import LONGEST_TEXT, unflow, without_uuencoded
from commsleads.mail.parts import Part, characters, size

MOST_ATTACHMENTS = 200
_PLAIN = frozenset({"text/plain", "text/enriched", "text/richtext"})
_WORDS = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/calendar"})
_MAILS = frozenset({"message/rfc822", "message/global", "message/news", "text/rfc822-headers"})
_STUB = re.compile(
    r"\b(?:your|this|ihr|dein|votre|su)\b[^\n]{0,60}\b(?:e?-?mail|client|reader|programm|programa|logiciel|message)\b"
    r"[^\n]{0,120}\bhtml\b|\bhtml\b[^\n]{0,80}\b(?:capable|version|format|support|unterstützt|anzeigen|viewer)\b"
    r"|view (?:this|it|the)[^\n]{0,40} (?:browser|online)",
    re.IGNORECASE,
)
_RICH = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}>")


@dataclass(slots=True)
class Found:
    """What was found in the parts of one mail."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attached] = field(default_factory=list)
    mails: list[Part] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    silent: bool = False
    """Whether only files are of interest, since the words were found in another form."""


def gather(raw: bytes, root: Part, damage: list[str]) -> Found:
    """Walk through the parts in their order. `damage` is added to."""
    found = Found(damage=damage)
    _take(raw, root, found)
    return found


def _take(raw: bytes, part: Part, found: Found) -> None:
    if part.multipart:
        _take_many(raw, part, found)
    elif part.kind in _MAILS:
        found.mails.append(part)
        if part.kind != "text/rfc822-headers":
            _file(raw, part, found)
    elif _readable(part, found):
        text = "" if found.silent else words(raw, part, found)
        if text.strip():
            found.texts.append(text)
    else:
        _file(raw, part, found)


def _take_many(raw: bytes, part: Part, found: Found) -> None:
    if not part.children:
        _leftover(raw, part, found)
    elif part.kind == "multipart/alternative":
        _take_best(raw, part, found)
    elif part.kind == "multipart/related":
        _take(raw, part.children[0], found)
        for other in part.children[1:]:
            if other.multipart:
                _take(raw, other, found)
            else:
                _file(raw, other, found)
    elif part.kind == "multipart/encrypted":
        found.damage.append("It is encrypted; its words could not be read.")
        for child in part.children:
            _file(raw, child, found)
    else:
        for child in part.children:
            _take(raw, child, found)


def _leftover(raw: bytes, part: Part, found: Found) -> None:
    """A multipart in which no part could be found: what there is is read as text."""
    kind = "text/html" if looks_like_html(raw[part.start : part.start + 600].decode("latin-1")) else "text/plain"
    bare = Part(fields={}, start=part.start, end=part.end, kind=kind, encoding=part.encoding)
    text = words(raw, bare, found)
    if text.strip():
        found.texts.append(text)


def _take_best(raw: bytes, part: Part, found: Found) -> None:
    """Of several forms of the same words, plain text, unless it is empty or says that only HTML has the words."""
    plain: list[str] = []
    rich: list[str] = []
    for child in part.children:
        side = Found(damage=found.damage, silent=found.silent or _enough("\n".join(plain)))
        _take(raw, child, side)
        found.attachments.extend(side.attachments)
        found.mails.extend(side.mails)
        if child.kind in _PLAIN:
            plain = plain or side.texts
        elif child.kind != "text/calendar" or not rich:
            rich = side.texts or rich
    found.texts.extend(rich if rich and not _enough("\n".join(plain)) else plain)


def _enough(text: str) -> bool:
    """Whether plain text is more than a sentence about HTML."""
    short = " ".join(text[:2_000].split())
    return bool(short) and not (len(short) < 400 and _STUB.search(short))


def _readable(part: Part, found: Found) -> bool:
    """Whether a part is words for its reader: a text that is no file, and has no file's name after the first text."""
    if part.attached or (part.name and (found.texts or part.kind == "text/calendar")):
        return False
    return part.kind in _WORDS or (part.kind.startswith("text/") and not part.name and part.within == "")


def words(raw: bytes, part: Part, found: Found) -> str:
    """The lines of one text part."""
    text = characters(raw, part, found.damage)
    if part.kind == "text/html" or (part.kind == "text/plain" and looks_like_html(text)):
        return lines_of(text)
    text = text[: LONGEST_TEXT * 4]
    if part.kind in ("text/enriched", "text/richtext"):
        return _RICH.sub("", text).replace("<<", "<")
    text, files = without_uuencoded(text)
    found.attachments.extend(Attached(name[:255], "application/octet-stream", many) for name, many in files)
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, part.params.get("delsp", "").lower() == "yes")
    return text


def _file(raw: bytes, part: Part, found: Found) -> None:
    if part.multipart:
        for child in part.children:
            _file(raw, child, found)
        return
    if part.kind == "application/ms-tnef" or part.name.lower() == "winmail.dat":
        found.damage.append("Its attachments are packed in Outlook's winmail.dat.")
    elif part.kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and "sign" not in part.name.lower():
        found.damage.append("It is encrypted or sealed (S/MIME); its words could not be read.")
    if len(found.attachments) < MOST_ATTACHMENTS:
        found.attachments.append(Attached(part.name, part.kind[:100], size(raw, part)))
