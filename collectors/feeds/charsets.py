"""Which charset a document is really in.

Labels are wrong more often than text is UTF-8 by chance: what can be read as UTF-8 is UTF-8, whatever the server
or the document say. A document that is UTF-8 but for a few stray bytes stays so, and the stray ones are read as
Windows-1252. Everything else is left to the labels.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_WIDE = (
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
)
"""How a document of wide characters begins: a mark, or its first letter."""

_SEVEN_BIT = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_STRAY = "commsleads-stray"


def as_utf8(content: bytes, charset: str = "") -> tuple[bytes, str]:
    """Give back the document and the charset to trust: `utf-8` where that is sure, else the server's label or ""."""
    for mark, wide in _WIDE:
        if content.startswith(mark):
            return content.decode(wide, "replace").encode("utf-8", "replace"), "utf-8"
    charset = charset if _is_charset(charset) else ""
    declared = _DECLARED.match(content)
    labels = (charset, declared[1].decode("ascii") if declared else "")
    if any(_SEVEN_BIT.match(label) for label in labels):
        return content, charset
    if content.isascii():
        return content, "utf-8" if charset.lower() in {"", "us-ascii"} else charset
    try:
        content.decode()
    except UnicodeDecodeError:
        return _mend(content, charset)
    return content, "utf-8"


def _is_charset(label: str) -> bool:
    """Whether a label names a charset. Python's codecs know other things by such names: `zlib`, `punycode`, `idna`."""
    try:
        name = codecs.lookup(label).name
        with suppress(UnicodeError):
            b"<rss".decode(name)
    except (LookupError, ValueError):
        return False
    return name not in _NO_CHARSETS


_NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))


def _mend(content: bytes, charset: str) -> tuple[bytes, str]:
    """Keep a document UTF-8 in which sound characters far outnumber stray bytes."""
    sound = len(content.decode("utf-8", "ignore")) - len(content.translate(None, bytes(range(0x80, 0x100))))
    text = content.decode("utf-8", _STRAY)
    stray = len(content) - len(content.decode("utf-8", "ignore").encode())
    return (text.encode(), "utf-8") if sound > 4 * stray else (content, charset)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY, _as_windows)
