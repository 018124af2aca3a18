"""The head of a mail or of a part: fields, their parameters, people, ids and dates."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from commsleads.letters import NOBODY, Party
from commsleads.mail.words import decode, unfold, unword

MOST_FIELDS = 1_000
"""Fields of one head that are kept; the others are counted."""

LONGEST_FIELD = 100_000
LONGEST_HEAD = 2_000_000
"""Bytes of a field and of a head that are looked at; servers refuse a tenth of it."""

MOST_PARTIES = 100
MOST_IDS = 50
LONGEST_ID = 500
LONGEST_NAME = 200
LONGEST_ADDRESS = 320

_NAME = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
_KNOWN = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Content-[A-Za-z-]{2,40}|Received|Reply-To|References|In-Reply-To"
    rb"|Return-Path|X-[A-Za-z0-9-]{2,60})[ \t]*:",
    re.IGNORECASE,
)
_LINE = re.compile(rb"[^\r\n]*(\r\n|\n|\r|\Z)")
_EMPTY = re.compile(rb"(?:\r\n|\n)(?:\r\n|\n)")
_ID = re.compile(r"<\s*([^<>\s]{1,500})\s*>")
_PARAMETER = re.compile(
    r""";[\s;]*([^\s=;"()<>@,:\\/\[\]?]{1,60})\s*=\s*("(?:[^"\\]|\\.){0,2000}"?|[^;]{0,2000})""", re.DOTALL
)
_TOKEN = re.compile(
    r'"((?:[^"\\]|\\.){0,500})"|\(((?:[^()\\]|\\.){0,300})\)|<([^<>]{0,500})>|([,;:])|([^"(<,;:]+|.)', re.DOTALL
)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")

LEADING = re.compile(rb"(?:[ \t]{0,9}(?:\r\n|\n)){1,20}(?=[!-9;-~]{1,120}[ \t]*:)")
"""Empty lines before a mail's first field."""

Fields = dict[str, list[bytes]]


class Head(NamedTuple):
    """Fields by their names in small letters, where the body starts, and sentences on what was mended."""

    fields: Fields
    body: int
    damage: tuple[str, ...]


def read_head(raw: bytes, start: int, end: int, stops: frozenset[bytes] = frozenset()) -> Head:
    """The head that starts at `start`. It ends at an empty line, at a boundary in `stops`, or at what is no field."""
    kept = _Kept()
    at = start
    while at < end:
        if at - start > LONGEST_HEAD:
            empty = _EMPTY.search(raw, at, end)
            return kept.head(empty.end() if empty else end, "Its head is too long; the rest of it was left out.")
        match = _LINE.match(raw, at, end)
        assert match is not None  # noqa: S101 - it matches the empty string
        line = raw[at : match.start(1)]
        if not line or (line.isspace() and not _goes_on(raw, match.end())):
            return kept.head(match.end())
        if stops and line.startswith(b"--") and (line[2:].rstrip() in stops or line[2:].rstrip()[:-2] in stops):
            return kept.head(at)
        if not kept.take(line) and not (at == start and line.startswith((b"From ", b">From "))):
            if not kept.count:
                return Head({}, start, ("It has no headers.",))
            if not (kept.unfinished or _KNOWN.match(raw, match.end(), end)):
                return kept.head(at, "No empty line stands between head and body.")
            kept.take(b" " + line)
        at = match.end()
    return kept.head(at)


def _goes_on(raw: bytes, at: int) -> bool:
    """Whether a head goes on after a line of spaces, as old mails fold."""
    following = raw[at : at + 300]
    return bool(_NAME.match(following)) or (following[:1] in (b" ", b"\t") and not following.isspace())


class _Kept:
    """The fields of a head as they come, line by line."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self.name = ""
        self.pieces: list[bytes] = []
        self.length = self.count = 0

    def take(self, line: bytes) -> bool:
        """Whether a line belongs to a head; if so, it is kept as far as the bounds allow."""
        if line[:1] in (b" ", b"\t") and self.count:
            if self.length < LONGEST_FIELD:
                self.pieces.append(b"\n" + line[:LONGEST_FIELD])
                self.length += len(line)
            return True
        field = _NAME.match(line.lstrip() if not self.count else line)
        if not field:
            return False
        self.keep()
        self.count += 1
        self.name = field[1].decode("ascii").lower() if self.count <= MOST_FIELDS else ""
        self.pieces = [field.string[field.end() : field.end() + LONGEST_FIELD]]
        self.length = len(line)
        return True

    @property
    def unfinished(self) -> bool:
        """Whether a field asks for more, so that a next line was folded without a space."""
        return bool(self.pieces) and self.pieces[-1].rstrip().endswith((b";", b","))

    def keep(self) -> None:
        """The field that ends here."""
        if self.name:
            self.fields.setdefault(self.name, []).append(b"".join(self.pieces))

    def head(self, at: int, trouble: str = "") -> Head:
        """What was kept."""
        self.keep()
        damage = [trouble] if trouble else []
        if self.count > MOST_FIELDS:
            damage.append(f"It has {self.count} header fields; the first {MOST_FIELDS} were read.")
        return Head(self.fields, at, tuple(damage))


def first(fields: Fields, name: str) -> str:
    """The first value of a field on one line, encoded words left as they are; '' if there is none."""
    values = fields.get(name)
    return unfold(values[0]) if values else ""


def valued(value: str) -> tuple[str, dict[str, str]]:
    """A value and its parameters (`text/plain; charset=x`), in small letters but for the parameters' values.

    RFC 2231 is read (``name*0*=utf-8''...``), and encoded words in a parameter, which no standard allows.
    """
    head, _, _ = value.partition(";")
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(value, len(head)):
        key, text = match[1].lower(), match[2].strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'))
        if "*" not in key:
            found.setdefault(key, text)
            continue
        name, _, rest = key.partition("*")
        number = rest.rstrip("*")
        pieces.setdefault(name, {})[int(number) if number.isdigit() and len(number) < 4 else 0] = (
            text,
            rest == "" or rest.endswith("*"),
        )
    for name, parts in pieces.items():
        found[name] = _joined(parts)
    return head.strip().lower(), {key: unword(text) for key, text in found.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """The pieces of an RFC 2231 value in their order."""
    charset, data = "", b""
    for number in sorted(parts):
        text, escaped = parts[number]
        if escaped:
            if number == min(parts) and text.count("'") >= 2:
                charset, _, text = text.split("'", 2)
            data += unquote_to_bytes(text)
        else:
            data += text.encode("utf-8", "ignore")
    return decode(data, charset)[0]


def parties(values: list[bytes] | None) -> tuple[Party, ...]:
    """The people of From, To, Cc and the like: at most `MOST_PARTIES`; groups are opened, comments are names."""
    found: list[Party] = []
    for value in (values or [])[:20]:
        words: list[str] = []
        comment, angle = "", None
        for match in _TOKEN.finditer(unfold(value)):
            quoted, remark, address, mark, other = match.groups()
            if mark in (",", ";"):
                _add(found, words, comment, angle)
                words, comment, angle = [], "", None
            elif mark == ":" and angle is None:
                words = words if words and words[-1].strip().lower() == "mailto" else []
            elif quoted is not None:
                words.append(re.sub(r"\\(.)", r"\1", quoted))
            elif remark is not None:
                comment = comment or remark
            elif address is not None:
                angle = address if angle is None or "@" not in angle else angle
            elif other is not None:
                words.append(other)
            if len(found) >= MOST_PARTIES:
                return tuple(found)
        _add(found, words, comment, angle)
    return tuple(found[:MOST_PARTIES])


def _add(found: list[Party], words: list[str], comment: str, angle: str | None) -> None:
    name = " ".join(unword("".join(words)).split())
    if angle is None:
        match = _ADDRESS.search(name)
        address = match[0] if match else ""
        name = unword(comment) if address else name
    else:
        match = _ADDRESS.search(unword(angle).removeprefix("mailto:"))
        address = match[0] if match else ""
        name = name or unword(comment)
    party = party_of(name, address)
    if party != NOBODY:
        found.append(party)


def party_of(name: str, address: str) -> Party:
    """A name and an address, cleaned and bounded."""
    seen = "".join(letter if letter.isprintable() else " " for letter in name[: LONGEST_NAME * 2])
    seen = " ".join(seen.split()).strip("\"' ")[:LONGEST_NAME].rstrip()
    address = address.strip(".'").lower()
    address = address if len(address) <= LONGEST_ADDRESS and address.isprintable() else ""
    return Party("" if seen.lower() == address else seen, address)


def ids(values: list[bytes] | None) -> tuple[str, ...]:
    """The ids of Message-ID, In-Reply-To or References without brackets: the first and those that come last."""
    found: dict[str, None] = {}
    for value in (values or [])[:5]:
        text = unfold(value)
        some = _ID.findall(text)
        if not some and "<" not in text and "@" in text:
            some = [word for word in re.split(r"[\s,]+", text) if "@" in word and len(word) <= LONGEST_ID]
        if not some and text and " " not in text and len(text) <= LONGEST_ID:
            some = [text.strip("<>")]
        found.update(dict.fromkeys(one for one in some if one.isprintable()))
    kept = list(found)
    return tuple(kept if len(kept) <= MOST_IDS else kept[:1] + kept[-(MOST_IDS - 1) :])
