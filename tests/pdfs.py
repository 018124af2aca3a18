"""The words of a PDF that Typst made, for the tests: its objects are plain, its streams deflated."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_SHOWN = re.compile(
    rb"/(?P<name>[A-Z]\w*)(?:<(?P<hex>[0-9A-F]+)>|\()|/(?P<font>f\d+) [\d.]+ Tf|(?P<words>\()|(?P<end>EMC|ET)"
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> list[str]:
    """What stands on each page, in the order in which it was set; a space between one piece and the next."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    return [_text(objects, page) for page in objects.values() if page.startswith(b"<</Type/Page/")]


def words_of(pdf: bytes) -> str:
    """All of it, without spaces and without signs that nobody sees."""
    return bare("".join(pages_of(pdf)))


def bare(text: str) -> str:
    """Words without spaces and invisible signs: what a comparison of set text can rest on."""
    return re.sub(r"[\s\u200b\u2060\xad]", "", text)


def _text(objects: dict[int, bytes], page: bytes) -> str:
    resources = objects[_number(rb"/Resources (\d+)", page)]
    fonts = {name: _letters(objects, int(at)) for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    content = _stream(objects[_number(rb"/Contents (\d+)", page)])
    said: list[str] = []
    font: dict[int, str] = {}
    place, instead = 0, False
    while found := _SHOWN.search(content, place):
        place = found.end()
        if found["font"] is not None:
            font = fonts[found["font"]]
        elif found["end"] is not None:
            instead = False
            said.append(" ")
        elif found["name"] is not None:
            raw = bytes.fromhex(found["hex"].decode()) if found["hex"] else b""
            if found["hex"] is None:
                raw, place = _string(content, place)
            if found["name"] == b"ActualText":
                said.append(raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1"))
                instead = True
        else:
            raw, place = _string(content, place)
            if not instead:
                said += [font.get(int.from_bytes(raw[at : at + 2]), "\ufffd") for at in range(0, len(raw), 2)]
    return "".join(said)


def _string(content: bytes, start: int) -> tuple[bytes, int]:
    """The string that begins after this bracket, and where it ends. Brackets in pairs stand in it as they are."""
    depth, place = 1, start
    while depth:
        letter = content[place : place + 1]
        place += 2 if letter == b"\\" else 1
        depth += (letter == b"(") - (letter == b")")
    return _plain(content[start : place - 1]), place


def _letters(objects: dict[int, bytes], at: int) -> dict[int, str]:
    table = _stream(objects[_number(rb"/ToUnicode (\d+)", objects[at])])
    return {int(one, 16): bytes.fromhex(many.decode()).decode("utf-16-be") for one, many in _PAIR.findall(table)}


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return int(found[1])


def _stream(content: bytes) -> bytes:
    return zlib.decompress(content[content.index(b"stream\n") + 7 :])


def _plain(raw: bytes) -> bytes:
    def letter(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8) & 255]) if said[:1].isdigit() else _LETTERS.get(said, said)

    return _ESCAPED.sub(letter, raw)
