"""Whether a text is English, as far as the reading of tone must know."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z']+")
_SMALL_WORDS = (
    "the and of to is are you your we our for with this that have has will would could from about it be was were at by "
    "his her their its not but who which than after as been had more over says said new an on"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_LOOKED_AT = 60
_SHARE = 0.2


def english(text: str, language: str = "") -> bool:
    """Whether a text (folded) is English: as declared, else by its small words, else by a small language model."""
    if declared := language.replace("_", "-").partition("-")[0].strip().lower():
        return declared in ("en", "eng", "english")
    words = _WORD.findall(text[:600])[:_LOOKED_AT]
    if len(words) >= 8 and sum(word in _SMALL for word in words) >= _SHARE * len(words):
        return True
    from commsleads.rules.reading.language import recognise  # all that reads mails comes with it

    return recognise(text) == "en"
