"""The parts of a mail, as offsets into its bytes: one pass over the boundary lines, however deep they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commsleads.mail.headers import Fields, first, read_head, valued
from commsleads.mail.words import decode, from_base64, from_quoted, size_of_base64

MOST_PARTS = 200
"""Parts of one mail that are looked at; real mails have two to ten."""

DEEPEST = 50
"""Multiparts within multiparts. Deeper ones are one opaque part: no mail program makes them."""

LONGEST_BODY = 2_000_000
"""Bytes of one text part that are decoded; HTML is bulky, the text that is kept is far shorter."""

_DELIMITER = re.compile(rb"(?:^|(?<=[\r\n]))--([^\r\n]{1,300})(?:\r\n|\n|\r|\Z)")
_SPACES = b" \t\r\n\v\f"


@dataclass(slots=True)
class Part:
    """One part: its head, where its body lies in the raw bytes, and its parts."""

    fields: Fields
    start: int
    end: int
    kind: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    encoding: str = ""
    children: list[Part] = field(default_factory=list)
    within: str = ""

    @property
    def multipart(self) -> bool:
        return self.kind.startswith("multipart/")

    @property
    def attached(self) -> bool:
        """Whether its sender meant it as a file."""
        return self.disposition == "attachment" or (bool(self.name) and self.disposition != "inline")


def read_parts(raw: bytes, start: int, end: int, damage: list[str]) -> Part:
    """The mail between two offsets, as a tree. Sentences on what had to be mended are added to `damage`."""
    root = _begin(raw, start, end, frozenset(), "", damage)
    if not (root.multipart and root.params.get("boundary")):
        return root
    open_parts, levels = [root], {_boundary(root): 0}
    current, count, skipped, seen = root, 1, 0, False
    for match in _DELIMITER.finditer(raw, root.start, end):
        if match.start() < current.start:
            continue  # it stood in the head of the part that is open
        line = match[1].rstrip()
        level, closing = levels.get(line), False
        if level is None and line.endswith(b"--"):
            level, closing = levels.get(line[:-2]), True
        if level is None:
            continue
        seen = True
        edge = _before(raw, match.start(), current.start)
        while len(open_parts) > level + 1:
            gone = open_parts.pop()
            gone.end = edge
            levels.pop(_boundary(gone), None)
        if current is not open_parts[level]:
            current.end = edge
        parent = current = open_parts[level]
        if closing:
            continue
        if count >= MOST_PARTS:
            skipped += 1
            continue
        count += 1
        part = _begin(raw, match.end(), end, frozenset(levels), parent.kind, damage)
        parent.children.append(part)
        current = part
        if part.multipart and (mark := _boundary(part)) and mark not in levels:
            if len(open_parts) < DEEPEST:
                open_parts.append(part)
                levels[mark] = len(open_parts) - 1
            else:
                damage.append(f"Its parts nest deeper than {DEEPEST}.")
    if skipped:
        damage.append(f"It has {count + skipped} parts; the first {MOST_PARTS} were read.")
    if not seen:
        damage.append("The boundary of its parts does not appear.")
    return root


def _begin(raw: bytes, start: int, end: int, stops: frozenset[bytes], within: str, damage: list[str]) -> Part:
    head = read_head(raw, start, end, stops)
    damage.extend(sentence for sentence in head.damage if sentence not in damage and (not stops or head.fields))
    default = "message/rfc822" if within == "multipart/digest" else "text/plain"
    kind, params = valued(first(head.fields, "content-type"))
    disposition, more = valued(first(head.fields, "content-disposition"))
    encoding = first(head.fields, "content-transfer-encoding").split(";")[0].strip(" \t\"'").lower()
    name = more.get("filename") or params.get("name") or ""
    name = "".join(letter for letter in name if letter.isprintable()).strip()[:255]
    return Part(
        fields=head.fields, start=head.body, end=end, kind=kind if "/" in kind else _bare(kind, default), params=params,
        disposition=disposition, name=name, encoding=encoding, within=within,
    )  # fmt: skip


def _bare(kind: str, default: str) -> str:
    """Old mails say `text` or `multipart` and no more."""
    return {"": default, "text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(kind, default)


def _boundary(part: Part) -> bytes:
    return part.params.get("boundary", "").strip().encode("utf-8", "surrogateescape")[:300]


def _before(raw: bytes, at: int, least: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if at - 2 >= least and raw[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if at - 1 >= least and raw[at - 1 : at] in (b"\n", b"\r") else max(at, least)


def content(raw: bytes, part: Part, limit: int = LONGEST_BODY) -> bytes:
    """A part's bytes with their transfer encoding undone, of at most `limit` encoded bytes."""
    data = raw[part.start : min(part.end, part.start + limit)]
    if part.encoding == "base64":
        return from_base64(data)
    return from_quoted(data) if part.encoding == "quoted-printable" else data


def size(raw: bytes, part: Part) -> int:
    """How many bytes a part has, decoded; for base64 counted without decoding, in slices."""
    if part.encoding != "base64":
        return (
            len(content(raw, part)) if part.encoding == "quoted-printable" and _short(part) else part.end - part.start
        )
    step = 1_000_000
    return sum(size_of_base64(raw[at : min(at + step, part.end)]) for at in range(part.start, part.end, step))


def _short(part: Part) -> bool:
    return part.end - part.start <= LONGEST_BODY


def characters(raw: bytes, part: Part, damage: list[str]) -> str:
    """The text of a text part, with the charset that it declares or is in."""
    if part.end - part.start > LONGEST_BODY:
        damage.append("A text was too long and was cut.")
    text, trouble = decode(content(raw, part), part.params.get("charset", ""))
    if trouble and trouble not in damage:
        damage.append(trouble)
    return text
