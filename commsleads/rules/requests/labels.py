"""The labels of request services (`Summary:`, `MEDIA OUTLET:`), and the lines that end a request."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_LINE = 2_000
"""Characters of a line in which a label is looked for."""

# What a label means here; a label with '' is known and kept in the raw block only.
_MEANS = {
    "summary": "summary", "query summary": "summary", "headline": "summary",
    "name": "name", "journalist": "name", "reporter": "name", "journalist name": "name", "contact name": "name",
    "category": "category", "topic": "category", "section": "category",
    "email": "email", "e-mail": "email", "reply to": "email", "reply-to": "email", "contact email": "email",
    "media outlet": "outlet", "media outlet/publication": "outlet", "outlet": "outlet", "publication": "outlet",
    "media": "outlet", "media name": "outlet", "outlet/publication": "outlet",
    "media website": "outlet_url", "outlet website": "outlet_url", "media outlet url": "outlet_url",
    "deadline": "deadline", "submit by": "deadline", "submission deadline": "deadline", "response deadline": "deadline",
    "deadline date": "deadline_date", "deadline time": "deadline_time", "time zone": "deadline_zone",
    "timezone": "deadline_zone", "deadline time zone": "deadline_zone",
    "query": "query", "synopsis": "query", "details": "query", "question": "query",
    "requirements": "requirements", "source requirements": "requirements", "query requirements": "requirements",
    "title": "", "journalist title": "", "anonymous": "", "specific geographic region": "", "region": "",
    "haro journalist profile url": "", "journalist profile url": "", "profile url": "", "muck rack url": "",
    "muckrack url": "", "linkedin url": "", "twitter url": "", "website": "",
}  # fmt: skip
TEXTS = frozenset({"query", "requirements"})
"""Fields of many paragraphs: in them the words of a label may be the journalist's own."""

_LABEL = re.compile(
    r"(?:[-*_•·]{1,3}[ \t]{0,2}){0,2}(?:(\d{1,4}(?:\.\d{1,4}){0,2})[ \t]?[).:][*_]{0,3}[ \t]{0,4}[*_]{0,3})?"
    r"([A-Za-z][A-Za-z /?'&-]{1,40}?)[ \t]{0,2}[*_]{0,3}[ \t]{0,2}"
    r"(?:[:：][*_]{0,3}|(?<=\?)[*_]{0,3}(?=[ \t]|$))[ \t]{0,8}"
)
_ORDINAL = re.compile(r"[*_]{0,3}(\d{1,4}(?:\.\d{1,4}){0,2})[).][*_]{0,3}")
_NO_AI = re.compile(
    r"[*_ ]{0,4}no (?:ai|a\.i\.|chatgpt)\b[- ]?(?:generated |written )?"
    r"(?:pitches|responses|answers|submissions|content|replies|quotes)"
    r"\b.{0,60}",
    re.IGNORECASE,
)
_NO_AI_WITHIN = re.compile(
    r"\bno (?:ai|chatgpt)[- ](?:generated|written)\b|\b(?:ai|chatgpt)[- ](?:generated|written) (?:pitches|responses"
    r"|answers|submissions|content|replies|quotes) will (?:not be|be (?:ignored|deleted|discarded|rejected))",
    re.IGNORECASE,
)
_TOP = re.compile(r"[*_<\[( ]{0,4}back to top\b.{0,200}", re.IGNORECASE)
_RULE = re.compile(r"(?:[-=*#~\u2500\u2014] ?){10,400}|(?:_ ?){4,400}")
_LONG_RULE = re.compile(r"(?:[-=*#~\u2500\u2014] ?){20,400}|_{5}|(?:_ ?){20,400}")
_FOOTER = re.compile(
    r"(?:unsubscribe\b|to unsubscribe\b|manage (?:your )?(?:preferences|subscription|alerts)|update your preferences"
    r"|you(?:'re| are) receiving this|you (?:have )?received this (?:e-?mail|message)"
    r"|this (?:e-?mail|message) was sent to"
    r"|sponsored$|sponsored by\b|advertisement$|©|copyright ©|\(c\) 20|view (?:this email )?in (?:your )?browser"
    r"|source of sources\. |sent from my |--$|-- $).{0,300}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_URL = re.compile(r"https?://[^\s<>()\[\]\"']{3,500}", re.IGNORECASE)


class Label(NamedTuple):
    """A label at the start of a line: the ordinal before it, its meaning (None when it is unknown), what follows it."""

    number: str
    means: str | None
    value: str
    word: str


def label_of(words: str) -> Label | None:
    """The label with which a line begins, None if it begins with none."""
    match = _LABEL.match(words, 0, LONGEST_LINE)
    if match is None:
        return None
    word = " ".join(match[2].lower().rstrip("?").split())
    if word in {"http", "https", "mailto"}:
        return None
    return Label(match[1] or "", _MEANS.get(word), words[match.end() :].strip(), word)


def ordinal_of(words: str) -> str:
    """The ordinal that is all of a line (``5.2)``), '' if it is not."""
    match = _ORDINAL.fullmatch(words[:40])
    return match[1] if match and len(words) < 40 else ""


def flags_no_ai(words: str) -> bool:
    """Whether a line is the flag that answers written by machines are not wanted."""
    return len(words) < 200 and bool(_NO_AI.fullmatch(words))


def refuses_ai(text: str) -> bool:
    """Whether a text says so in a sentence."""
    return bool(_NO_AI_WITHIN.search(text))


def ends(words: str) -> bool:
    """Whether a line ends a request for sure: `Back to Top`, or a long rule."""
    return len(words) <= 800 and bool(_TOP.fullmatch(words) or _LONG_RULE.fullmatch(words))


def tops(words: str) -> bool:
    """Whether a line is `Back to Top`."""
    return len(words) <= 300 and bool(_TOP.fullmatch(words))


def rules(words: str) -> bool:
    """Whether a line is a rule of some length, which people draw as well."""
    return len(words) <= 800 and bool(_RULE.fullmatch(words))


def foots(words: str) -> bool:
    """Whether a line begins what stands under a digest, or an advertisement."""
    return len(words) <= 500 and bool(_FOOTER.fullmatch(words))


def address_in(value: str) -> str:
    """The first mail address in a value, in small letters; ''."""
    match = _ADDRESS.search(value[:LONGEST_LINE])
    return match[0].strip(".'").lower() if match else ""


def url_in(value: str) -> str:
    """The first web address in a value; ''."""
    match = _URL.search(value[:LONGEST_LINE])
    return match[0].rstrip(".,;:!?") if match else ""
