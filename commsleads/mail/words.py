"""Bytes to characters: charsets as mails really use them, transfer encodings, encoded words of headers."""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

LONGEST_HEADER = 20_000
"""Characters of one header that are looked at."""

# Names that Python does not know, and names whose maker's superset is what is really meant.
_MEANT = {
    "ansi_x3.4-1968": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "usascii": "cp1252", "latin1": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "windows-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949", "ksc5601": "cp949", "euc-kr": "cp949", "windows-949": "cp949", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "iso-2022-jp": "iso-2022-jp-ext",
    "x-euc-jp": "euc_jp", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "utf-8-sig": "utf-8", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "cp-850": "cp850", "x-unknown": "", "unknown-8bit": "",
    "default": "", "_autodetect_all": "", "iso-8859-16": "iso8859-16", "koi8-ru": "koi8-u", "tis-620": "cp874",
}  # fmt: skip
# Codecs of Python that are no charset of any mail, or take more than linear time.
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000}(?:\?(?!=)[^?]{0,300}){0,20})\?=")
_FOLD = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


@lru_cache(maxsize=256)
def charset(name: str) -> str:
    """The codec for a charset's name, '' if it names none that is known. `us-ascii` and `latin1` are read as cp1252."""
    wanted = name.strip().strip("\"'").lower()
    wanted = _MEANT.get(wanted, wanted)
    if not wanted or len(wanted) > 40:
        return ""
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return found.name if found.name.replace("-", "_") not in _NO_CHARSETS and found._is_text_encoding else ""  # noqa: SLF001


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """The characters, and a sentence on what had to be mended ('' if nothing).

    What is well-formed UTF-8 with more than ASCII in it is UTF-8, if an 8-bit charset or none was declared wrongly
    and reading so fails; at last every byte is read as cp1252, for mails of unknown age.
    """
    codec = charset(name) if name else ""
    if data.isascii() and (codec in ("", "cp1252", "utf-8")):
        trouble = "" if codec or not name else f"The charset {name[:40]!r} is unknown."
        return data.decode("ascii"), trouble
    if codec in ("", "cp1252") and name.lower() not in ("iso-8859-1", "windows-1252", "cp1252", "latin1"):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            known = name == "" or codec
            return text, "" if known else f"The charset {name[:40]!r} is unknown; it was read as UTF-8."
    try:
        return data.decode(codec or "cp1252"), "" if codec or not name else f"The charset {name[:40]!r} is unknown."
    except (UnicodeError, ValueError):
        pass
    if codec not in ("", "utf-8", "cp1252"):
        try:
            return data.decode("utf-8"), f"It was declared to be {name[:40]} and is UTF-8."
        except UnicodeDecodeError:
            return data.decode(codec, "replace"), f"Some characters are no {name[:40]}."
    if codec == "utf-8":
        text = data.decode("utf-8", "replace")
        # A few broken characters are a cut or a fault on the way; many are another charset.
        if text.count("\ufffd") * 8 <= sum(1 for letter in text if letter > "\x7f"):
            return text, "Some characters are no UTF-8."
    return data.decode("cp1252", "replace").replace("\ufffd", "?"), f"It is no {name[:40] or 'UTF-8'}; read as cp1252."


def from_base64(data: bytes) -> bytes:
    """Base64 as well as it can be read: strange characters, missing padding and what follows the end are left out."""
    try:
        return binascii.a2b_base64(data, strict_mode=True)
    except binascii.Error:
        pass
    body, padding, rest = data.partition(b"=")
    if padding and len(_NOT_BASE64.sub(b"", rest)) > 4:  # pieces that were each padded, and joined
        pieces = re.split(rb"=+", data)
        if len(pieces) < 1000:
            return b"".join(_unpadded(piece) for piece in pieces)
    return _unpadded(body)


def _unpadded(data: bytes) -> bytes:
    clean = _NOT_BASE64.sub(b"", data)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def size_of_base64(raw: bytes, start: int, end: int) -> int:
    """How many bytes a stretch would decode to, without decoding or copying it."""
    spaces = sum(raw.count(mark, start, end) for mark in (b"\n", b"\r", b" ", b"\t", b"="))
    return max(0, end - start - spaces) * 3 // 4


def from_quoted(data: bytes) -> bytes:
    """Quoted-printable, leniently: what is no escape stays as it is."""
    return binascii.a2b_qp(data)


def unfold(value: bytes) -> str:
    """A header's value on one line. Raw 8-bit characters are read as UTF-8, else as cp1252."""
    text, _ = decode(value[:LONGEST_HEADER])
    return _FOLD.sub(" ", text).strip() if "\n" in text or "\r" in text else text.strip()


def unword(text: str) -> str:
    """Without RFC 2047: encoded words are decoded, also broken ones; neighbours of one charset are joined first."""
    if "=?" not in text:
        return text
    out: list[str] = []
    held, held_charset, end = b"", "", 0
    for match in _ENCODED.finditer(text):
        between = text[end : match.start()]
        name = match[1].partition("*")[0].lower()
        data = _word(match[2], match[3], charset(name))
        if held_charset and not between.strip() and held_charset == name:
            held += data
        else:
            if held_charset:
                out.append(decode(held, held_charset)[0])
                between = between if between.strip() else ""
            out.append(between)
            held, held_charset = data, name
        end = match.end()
    if held_charset:
        out.append(decode(held, held_charset)[0])
    out.append(text[end:])
    return "".join(out)


def _word(kind: str, body: str, codec: str) -> bytes:
    try:
        # Raw 8-bit characters in an encoded word are in its charset.
        data = body.encode("ascii" if body.isascii() else codec or "utf-8")
    except UnicodeError:
        data = body.encode("utf-8", "ignore")
    if kind in "bB":
        return from_base64(data.replace(b" ", b""))
    return _HEX.sub(lambda match: bytes([int(match[1], 16)]), data.replace(b"_", b" "))
