"""Text made ready for matching: small letters without accents, each character still at its own place."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "ß": "s",
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "±": "+",
}


class _Fold(dict[int, str]):
    """Character → one character, worked out once each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _SPECIAL:
            folded = _SPECIAL[char]
        elif char.isspace() and char != "\n":
            folded = " "
        else:
            base = unicodedata.normalize("NFKD", char)[:1].lower()
            folded = base if len(base) == 1 else char
        if len(self) < 4096:  # a mail in every script of the world must not fill the memory
            self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """The text in small letters, without accents; of the same length, so that places in it are places in `text`.

    A combining accent standing by itself stays: text is composed before it comes here (`unicodedata`, NFC).
    """
    return text.translate(_FOLD)
