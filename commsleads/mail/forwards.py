"""The mail that was forwarded within the text of another."""

from __future__ import annotations

import re

from commsleads.letters import NOBODY, Letter, Party
from commsleads.mail.cutting import announced, next_filled
from commsleads.mail.dates import as_utc
from commsleads.mail.headers import parties, party_of
from commsleads.mail.lines import one_line
from commsleads.mail.marks import Field, attribution, field_of, forward, head_at, margin
from commsleads.mail.writtendates import read_written

MOST_LINES = 5_000
"""Lines in which the beginning of a forwarded mail is looked for."""

_SUBJECT = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|fw|wg|tr|rv|enc|i|vb|vl|doorst|pd|videres|转发|轉寄|转寄|전달|転送)\s?(?:\[\d+\])?\s?[:：]",
    re.IGNORECASE,
)  # fmt: skip
_QUOTE = re.compile(r" {0,3}> ?")
_ANGLE = re.compile(r"<\s*([^<>\s]{1,320}@[^<>\s]{1,320}?)\s*>")
_MAILTO = re.compile(r"[<\[]mailto:([^<>\[\]\s]{1,320})[>\]]", re.IGNORECASE)
_TWICE = re.compile(r"([^\s<>@]{1,64}@[^\s<>]{1,255}) ?<\1>|<([^<>\s]{1,320})<[^<>\s]{1,320}>>")


def says_forward(subject: str) -> bool:
    """Whether a subject says that the mail is forwarded (``Fwd:``, ``WG:``, ``TR:``, ``RV:`` …). An answer to a
    forwarded mail (``Re: Fwd:``) is none."""
    return bool(_SUBJECT.match(subject[:300])) or subject[-10:].rstrip().lower().endswith("(fwd)")


def forwarded(text: str, subject: str, offset: int | None) -> Letter | None:
    """The mail that is forwarded in a text, None if there is none.

    A line that says so makes a forward, or what is quoted under a subject that says so; an answer that quotes below
    is none. `offset` is the zone of the mail around it in minutes: quoted heads mostly have none, and are written in
    the zone of who forwards.
    """
    return _find(text.split("\n"), says_forward(subject), offset, 3)


def _find(lines: list[str], by_subject: bool, offset: int | None, depth: int) -> Letter | None:
    row = 0
    while row < min(len(lines), MOST_LINES):
        line = lines[row]
        if margin(line):
            if by_subject and depth:
                return _find([_QUOTE.sub("", one, count=1) for one in lines[row:]], by_subject, offset, depth - 1)
        elif forward(line):
            inner = _read(lines, next_filled(lines, row + 1), offset, loose=True)
            if inner is not None:
                return inner
        elif announced(lines, row) != row:
            if not by_subject:
                return None
            at = row if field_of(line) else next_filled(lines, row + 1)
            return _read(lines, at, offset) or _read_attributed(lines, row, offset)
        row += 1
    return None


def _read(lines: list[str], at: int, offset: int | None, *, loose: bool = False) -> Letter | None:
    """The mail whose quoted head begins at a line. A loose one needs to say no more than who wrote."""
    fields, end = head_at(lines, at)
    if not fields and loose:
        fields, end = _loose(lines, at)
    if not fields:
        return None
    return _letter(fields, _unquoted(lines[end:], lines[at]), offset)


def _unquoted(lines: list[str], first: str) -> list[str]:
    """Lines without the margins that the first line of the head has, too."""
    for _ in range(min(first[:20].count(">"), 5)):
        lines = [_QUOTE.sub("", one, count=1) for one in lines]
    return lines


def _loose(lines: list[str], at: int) -> tuple[list[Field], int]:
    fields: list[Field] = []
    for row in range(at, min(at + 12, len(lines))):
        found = field_of(lines[row])
        if found is None:
            return (fields, row) if any(one.kind == "from" for one in fields) else ([], at)
        fields.append(found)
    return [], at


def _read_attributed(lines: list[str], at: int, offset: int | None) -> Letter | None:
    """A mail of which is said only when somebody wrote it: `On 6 May 2026 at 10:05, Jana <j@x.example> wrote:`."""
    found = attribution(lines, at)
    if found is None:
        return None
    words = " ".join(line.strip() for line in lines[at : found.end])
    angle = _ANGLE.search(_plain(words))
    if angle is None:
        return None
    before = _plain(words)[: angle.start()]
    name = re.split(r",|\d\d:\d\d(?:\s?[ap]m)?|\bschrieb\b", before, flags=re.IGNORECASE)[-1]
    rest = lines[found.end :]
    first = next((line for line in rest if line.strip()), "")
    at_time = as_utc(read_written(before), offset)
    return Letter(
        text="\n".join(_unquoted(rest, first)).strip("\n"), sender=party_of(name, angle[1]), sent_at=at_time,
        date_raw="", marks={},
    )  # fmt: skip


def _letter(fields: list[Field], lines: list[str], offset: int | None) -> Letter:
    said: dict[str, str] = {}
    for one in fields:
        said.setdefault(one.kind, one.value)
    damage: list[str] = []
    at = None
    written = said.get("date", "")
    if written:
        # English heads write the day first or the month, and nobody can tell; other languages the day.
        read = read_written(written, day_first=None if any(one.label == "from" for one in fields) else True)
        at = as_utc(read, offset)
        if at is None:
            damage.append("The forwarded mail's date could not be read.")
        elif read is not None and read.tzinfo is None:
            damage.append("The forwarded mail's date has no zone; it was read in that of the mail around it.")
    return Letter(
        subject=one_line(said.get("subject", ""), 500), text="\n".join(lines).strip("\n"),
        sender=_party(said.get("from", "")), to=_people(said.get("to", "")), cc=_people(said.get("cc", "")), sent_at=at,
        date_raw=one_line(written, 200), marks={}, damage=tuple(damage),
    )  # fmt: skip


def _people(value: str) -> tuple[Party, ...]:
    return parties([_plain(value).encode("utf-8", "ignore")]) if value else ()


def _party(value: str) -> Party:
    """Who is named in a quoted head, where a name may hold a comma without quotes: `Calder, Ruth <r@x.example>`."""
    text = _plain(value)
    angle = _ANGLE.search(text)
    if angle:
        return party_of(text[: angle.start()], angle[1])
    return next(iter(parties([text.encode("utf-8", "ignore")])), NOBODY)


def _plain(value: str) -> str:
    """Without the marks by which programs show an address twice: `a@b<mailto:a@b>`, `[mailto:a@b]`."""
    return _TWICE.sub(lambda match: f"<{match[1] or match[2]}>", _MAILTO.sub(r"<\1>", value[:5_000]))
