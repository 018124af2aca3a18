"""The parts of a mail, as offsets into its bytes: one pass over the boundary lines, however deep they nest."""

from __future__ import annotations

from dataclasses import dataclass, field

from commsleads.mail.headers import Fields, first, read_head, valued
from commsleads.mail.words import decode, from_base64, from_quoted, size_of_base64

MOST_PARTS = 200
"""Parts of one mail that are looked at; real mails have two to ten."""

DEEPEST = 50
"""Multiparts within multiparts. Deeper ones are one opaque part: no mail program makes them."""

MOST_DASHES = 500_000
"""Lines that begin with two dashes, among which boundaries are looked for."""

LONGEST_BODY = 1_000_000
"""Bytes of one text part that are decoded; HTML is bulky, the text that is kept is far shorter."""


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


class _Tree:
    """The multiparts that are open at a point of the bytes, by their boundaries."""

    def __init__(self, raw: bytes, root: Part, damage: list[str]) -> None:
        self.raw, self.damage = raw, damage
        self.open = [root]
        self.levels = {_boundary(root): 0}
        self.current = root
        self.count, self.skipped = 1, 0

    def level(self, line: bytes) -> tuple[int, bool] | None:
        """Whose boundary a line is, and whether it is the last one."""
        found = self.levels.get(line)
        if found is None and line.endswith(b"--"):
            found = self.levels.get(line[:-2])
            return None if found is None else (found, True)
        return None if found is None else (found, False)

    def close(self, level: int, at: int) -> Part:
        """End every part above a level; the multipart at it."""
        edge = _before(self.raw, at, self.current.start)
        while len(self.open) > level + 1:
            gone = self.open.pop()
            gone.end = edge
            self.levels.pop(_boundary(gone), None)
        parent = self.open[level]
        if self.current is not parent:
            self.current.end = edge
        self.current = parent
        return parent

    def begin(self, parent: Part, at: int, end: int) -> None:
        """Begin a part of a multipart."""
        if self.count >= MOST_PARTS:
            self.skipped += 1
            return
        self.count += 1
        part = _begin(self.raw, at, end, self.damage, stops=frozenset(self.levels), within=parent.kind)
        parent.children.append(part)
        self.current = part
        mark = _boundary(part)
        if part.multipart and mark and mark not in self.levels:
            if len(self.open) < DEEPEST:
                self.open.append(part)
                self.levels[mark] = len(self.open) - 1
            else:
                self.damage.append(f"Its parts nest deeper than {DEEPEST}.")


def read_parts(raw: bytes, start: int, end: int, damage: list[str]) -> Part:
    """The mail between two offsets, as a tree. Sentences on what had to be mended are added to `damage`."""
    root = _begin(raw, start, end, damage)
    if not (root.multipart and root.params.get("boundary")):
        return root
    tree = _Tree(raw, root, damage)
    seen = False
    at = max(root.start - 1, 0)
    left = MOST_DASHES
    while (at := raw.find(b"\n--", at, end)) >= 0 and left:
        left -= 1
        after = raw.find(b"\n", at + 3, end)
        after = end if after < 0 else after + 1
        found = tree.level(raw[at + 3 : min(after, at + 400)].rstrip()) if at + 1 >= tree.current.start else None
        if found:
            seen = True
            parent = tree.close(found[0], at + 1)
            if not found[1]:
                tree.begin(parent, after, end)
        at = after - 1
    if tree.skipped:
        damage.append(f"It has {tree.count + tree.skipped} parts; the first {MOST_PARTS} were read.")
    if not seen:
        damage.append("The boundary of its parts does not appear.")
    return root


def _begin(
    raw: bytes, start: int, end: int, damage: list[str], *, stops: frozenset[bytes] = frozenset(), within: str = ""
) -> Part:
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
    """How many bytes a part has, decoded; of large ones only an estimate is made, without decoding them."""
    if part.encoding == "base64":
        return size_of_base64(raw, part.start, part.end)
    if part.encoding == "quoted-printable":
        if part.end - part.start <= LONGEST_BODY:
            return len(content(raw, part))
        return part.end - part.start - 2 * raw.count(b"=", part.start, part.end)
    return part.end - part.start


def characters(raw: bytes, part: Part, damage: list[str]) -> str:
    """The text of a text part, with the charset that it declares or is in."""
    if part.end - part.start > LONGEST_BODY:
        damage.append("A text was too long and was cut.")
    text, trouble = decode(content(raw, part), part.params.get("charset", ""))
    if trouble and trouble not in damage:
        damage.append(trouble)
    return text
