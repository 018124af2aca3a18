"""What is hidden in a text for machines that write. It is named, never decoded into a result and never obeyed."""

from __future__ import annotations

import base64
import binascii
import re

_JOINTS = "\u200b\u200c\u200d\u2060\ufeff"
# Joints of no width belong to Arabic, Indian scripts and pictures; beside a Latin letter or digit they hide something.
_ZERO_WIDTH = re.compile(
    rf"[0-9A-Za-z\u00c0-\u024f][{_JOINTS}]|[{_JOINTS}][0-9A-Za-z\u00c0-\u024f]|[\U000e0020-\U000e007e]"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(r"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ ,:]?){10,}")
_NO_HEX = re.compile(r"\\x|0x|[^0-9A-Fa-f]")
# Ten letters and spaces on end come out of other things than hidden words once in millions.
_WORDS = re.compile(rb"[A-Za-z,.'!?: -]{10,}")
_SPACED = re.compile(rb"[A-Za-z]{2}[,.:]? [A-Za-z]")


def find_trap(text: str) -> str:
    """What is hidden: "base64", "hex", "zero-width", '' if nothing. Linear in the text's length."""
    # Programs that quote break long runs.
    joined = text.replace("\n", "")
    if any(_hides_base64(match[0]) for match in _BASE64.finditer(joined)):
        return "base64"
    if any(_hides_hex(match[0]) for match in _HEX.finditer(joined)):
        return "hex"
    return "zero-width" if _ZERO_WIDTH.search(text) else ""


def _hides_base64(run: str) -> bool:
    """Whether words come out of a run, begun at any of four places: it may be glued to the word before it."""
    run = run.translate({ord("-"): "+", ord("_"): "/"})
    for phase in range(4):
        piece = run[phase:]
        piece = piece[: len(piece) - len(piece) % 4] if len(piece) % 4 == 1 else piece + "=" * (-len(piece) % 4)
        if _says(base64.b64decode(piece)):
            return True
    return False


def _hides_hex(run: str) -> bool:
    digits = _NO_HEX.sub("", run)
    for phase in range(2):
        piece = digits[phase:]
        if _says(binascii.unhexlify(piece[: len(piece) - len(piece) % 2])):
            return True
    return False


def _says(data: bytes) -> bool:
    return any(_SPACED.search(match[0]) for match in _WORDS.finditer(data))
