"""The mail that was forwarded within the text of another."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from commsleads.letters import NOBODY, Letter, Party
from commsleads.mail.headers import MOST_PARTIES, parties, party_of
from commsleads.mail.lines import one_line
from commsleads.mail.marks import Field, field_of, forward, head_at, original
from commsleads.mail.writtendates import read_written

MOST_LINES = 5_000
"""Lines in which the beginning of a forwarded mail is looked for."""

_SUBJECT = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:(?:re|aw|sv|vs|antw|antwort|ref|rif|odp|回复|回覆|답장)\s?(?:\[\d+\])?\s?[:：]\s*){0,5}"
    r"(?:fwd?|fw|wg|tr|rv|enc|i|vb|vl|vs|doorst|pd|videres|转发|轉寄|转寄|전달|転送)\s?(?:\[\d+\])?\s?[:：]|\(fwd\)\s*$",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^ ?>+ ?")


def says_forward(subject: str) -> bool:
    """Whether a subject says that the mail is forwarded (``Fwd:``, ``WG:``, ``TR:``, ``RV:`` …)."""
    return bool(_SUBJECT.match(subject[:300])) or subject.rstrip().lower().endswith("(fwd)")


def forwarded(text: str, subject: str, sent_at: datetime | None, offset: int | None) -> Letter | None:
    """The mail that is forwarded in a text, None if there is none.

    A line that says so, or a quoted head under a subject that says so, makes a forward; an answer that quotes below
    is none. `offset` is the zone of the mail around it in minutes: quoted heads mostly have none, and are written in
    the zone of who forwards.
    """
    lines = text.split("\n")
    by_subject = says_forward(subject)
    for row, line in enumerate(lines[:MOST_LINES]):
        marked = forward(line)
        if not marked and not (by_subject and (original(line) or field_of(line))):
            continue
        at = row + 1 if marked or original(line) else row
        while at < len(lines) and at < row + 6 and not lines[at].strip("> \t"):
            at += 1
        depth = _depth(line) if marked else _depth(lines[at] if at < len(lines) else "")
        unquoted = [_unquoted(one, depth) for one in lines[at:]] if at < len(lines) else []
        fields, end = head_at(unquoted, 0)
        if not fields and marked:
            fields, end = _loose(unquoted)
        if fields:
            return _letter(fields, unquoted[end:], sent_at, offset)
    return None


def _depth(line: str) -> int:
    match = re.match(r"[> ]*", line)
    return match[0].count(">") if match else 0


def _unquoted(line: str, depth: int) -> str:
    for _ in range(min(depth, 5)):
        line = _QUOTE.sub("", line, count=1) if line.lstrip(" ").startswith(">") else line
    return line


def _loose(lines: list[str]) -> tuple[list[Field], int]:
    """A head of fewer fields than is asked for without a line that announces it: who wrote is enough."""
    fields: list[Field] = []
    for row, line in enumerate(lines[:12]):
        found = field_of(line)
        if found is None:
            return (fields, row) if any(one.kind == "from" for one in fields) else ([], 0)
        fields.append(found)
    return [], 0


def _letter(fields: list[Field], lines: list[str], sent_at: datetime | None, offset: int | None) -> Letter:
    def said(kind: str) -> str:
        return next((one.value for one in fields if one.kind == kind), "")

    damage: list[str] = []
    at = None
    written = said("date")
    if written:
        read = read_written(written, day_first=_day_first(fields))
        if read is not None and read.tzinfo is None and offset is not None:
            damage.append("The forwarded mail's date has no zone; it was read in that of the mail around it.")
        at = _instant(read, offset)
        if at is None:
            damage.append("The forwarded mail's date could not be read.")
    return Letter(
        subject=one_line(said("subject"), 500), text="\n".join(lines).strip("\n"), sender=_party(said("from")),
        to=_people(said("to")), cc=_people(said("cc")), sent_at=at, date_raw=one_line(written, 200),
        marks={}, damage=tuple(damage),
    )  # fmt: skip


def _instant(read: datetime | None, offset: int | None) -> datetime | None:
    from datetime import timedelta, timezone

    if read is None or (read.tzinfo is None and offset is None):
        return None
    try:
        zoned = read if read.tzinfo else read.replace(tzinfo=timezone(timedelta(minutes=offset or 0)))
        return zoned.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _day_first(fields: list[Field]) -> bool | None:
    """Whether the labels' language writes the day before the month; None for English, which does both."""
    return None if any(one.label == "from" for one in fields) else True


def _people(value: str) -> tuple[Party, ...]:
    found = parties([_plain(value).encode("utf-8", "ignore")]) if value else ()
    return found[:MOST_PARTIES]


def _party(value: str) -> Party:
    """Who is named in a quoted head, where a person's name may hold a comma: `Calder, Ruth <r@x.example>`."""
    text = _plain(value)
    angle = re.search(r"<\s*([^<>\s]{1,320}@[^<>\s]{1,320}?)\s*>", text)
    if angle:
        return party_of(text[: angle.start()], angle[1])
    found = parties([text.encode("utf-8", "ignore")])
    return found[0] if found else NOBODY


def _plain(value: str) -> str:
    """Without the marks by which programs show an address twice: `a@b<mailto:a@b>`, `[mailto:a@b]`."""
    text = re.sub(r"[<\[]mailto:([^<>\[\]\s]{1,320})[>\]]", r"<\1>", value[:5_000])
    text = re.sub(r"<([^<>\s]{1,320})<([^<>\s]{1,320})>>", r"<\1>", text)
    return re.sub(r"([^\s<>]{1,320}@[^\s<>]{1,320}) ?<\1>", r"<\1>", text)
