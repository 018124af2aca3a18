"""Clean lines out of plain text: `format=flowed`, uuencoded files, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 200_000
"""Characters kept of one mail's words: a digest of two hundred requests has some 150,000."""

_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, overrides of writing direction, noncharacters, half surrogates, tags. Joints of no width are counted apart.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufdd0-\ufdef"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_JOINTS = re.compile("[\u200b\u200c\u200d\u2060\ufeff]+")
_BLANKS = re.compile(r"\n{4,}")
_BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} ([^\n]{1,200})$")
MOST_OFFSETS = 100


def clean(text: str) -> tuple[str, int, tuple[int, ...]]:
    """Lines that end with ``\\n`` and hold nothing unseen; how many joints of no width stood at words, and where.

    The offsets (at most `MOST_OFFSETS`) are those in the result. A joint within another script than Latin is
    that script's, and one among symbols makes a picture: neither is counted.
    """
    text = _UNSEEN.sub("", _ENDS.sub("\n", text))
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    text = _BLANKS.sub("\n\n\n", text).strip("\n")
    text = text[:LONGEST_TEXT]
    if not _JOINTS.search(text):
        return text, 0, ()
    pieces: list[str] = []
    count, offsets, length, end = 0, list[int](), 0, 0
    for match in _JOINTS.finditer(text):
        piece = text[end : match.start()]
        pieces.append(piece)
        length += len(piece)
        end = match.end()
        before = text[match.start() - 1] if match.start() else "\n"
        order = match[0] == "\ufeff" and before == "\n"  # a mark of byte order, which programs leave behind
        if not order and (_latin(before) or _latin(text[end : end + 1])):
            count += end - match.start()
            if len(offsets) < MOST_OFFSETS:
                offsets.append(length)
    pieces.append(text[end:])
    return "".join(pieces), count, tuple(offsets)


def one_line(text: str, longest: int) -> str:
    """A header's words on one line without what is unseen, cut with an ellipsis."""
    if not text.isprintable():
        text = "".join(filter(str.isprintable, " ".join(text.split())))
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _latin(letter: str) -> bool:
    return letter != "" and letter < "\u0250" and unicodedata.category(letter)[0] in "LN"


def unflow(text: str, delete_space: bool) -> str:
    """RFC 3676: lines that end with a space go on in the next one of the same depth of quoting."""
    out: list[str] = []
    held: list[str] = []
    depth = -1
    for line in _ENDS.sub("\n", text).split("\n"):
        rest = line.lstrip(">")
        marks = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        if held and marks != depth:
            _flush(out, held, depth)
        depth = marks
        flows = rest.endswith(" ") and rest != "-- "
        if rest == "-- " and held:
            _flush(out, held, depth)
        held.append(rest[:-1] if flows and delete_space else rest)
        if not flows:
            _flush(out, held, depth)
    _flush(out, held, depth)
    return "\n".join(out)


def _flush(out: list[str], held: list[str], depth: int) -> None:
    if held:
        line = "".join(held)
        out.append(f"{'>' * depth} {line}".rstrip() if depth else line)
        held.clear()


def without_uuencoded(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without files that are uuencoded in it, and their names and sizes."""
    if "\nbegin" not in text and not text.startswith("begin"):
        return text, []
    out: list[str] = []
    files: list[tuple[str, int]] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        match = _BEGIN.match(lines[at].rstrip("\r"))
        if match:
            end, size = _file(lines, at + 1)
            if end:
                files.append((match[1].strip(), size))
                at = end
                continue
        out.append(lines[at])
        at += 1
    return "\n".join(out), files


def _file(lines: list[str], at: int) -> tuple[int, int]:
    """The line after a uuencoded file that begins at a line, and the file's size; (0, 0) if there is none."""
    size, begun = 0, at
    while at < len(lines):
        line = lines[at].rstrip("\r")
        if line in ("end", "===="):
            return (at + 1, size) if at > begun else (0, 0)
        length = (ord(line[0]) - 32) & 63 if line else 0
        if len(line) > 90 or (line.strip("` ") and not 32 <= ord(line[0]) <= 96):
            return 0, 0
        size += length
        at += 1
    return 0, 0
