"""A mail's text as lines without the margins of quoting, and the mails that were forwarded within it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.letters import Letter
from commsleads.mail.dates import read_local
from commsleads.mail.marks import Field, field_of, head_at
from commsleads.mail.writtendates import read_written

MOST_FORWARDS = 50
"""Forwarded mails in one text that are told apart; more is no mail of a person."""

_MARGIN = re.compile(r"[ \t\xa0]*(?:>[ \t\xa0]*)*")
_ADDRESS = re.compile(r"[^\s@<>\[\]():,;\"]{1,64}@[^\s@<>\[\]():,;\"]{1,255}")
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=400)


class Line(NamedTuple):
    """One line: where it stands in the text, and its words without margin and white space around them."""

    start: int
    end: int
    words: str


class Stretch(NamedTuple):
    """The lines (from `first` up to `last`) of one mail within the text: the mail itself, or one forwarded in it.

    `date` is its Date as written, with the labels' own order of day and month in `day_first`; '' for the mail itself.
    """

    first: int
    last: int
    sender: str
    subject: str
    date: str = ""
    day_first: bool | None = None


def read_lines(text: str) -> list[Line]:
    """The lines of a text, in their order."""
    lines: list[Line] = []
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        margin = _MARGIN.match(piece)
        lines.append(Line(start, end, piece[margin.end() if margin else 0 :].strip()))
        start = end + 1
    return lines


def stretches(letter: Letter, lines: Sequence[Line]) -> list[Stretch]:
    """The mails within a mail, in their order: itself first, then what is forwarded in it, each to the next head."""
    words = [line.words for line in lines]
    found = [Stretch(0, len(lines), letter.sender.address, letter.subject)]
    row = 0
    while row < len(words) and len(found) <= MOST_FORWARDS:
        field = field_of(words[row]) if ":" in words[row][:60] or "：" in words[row][:60] else None
        if field is not None and field.kind == "from":
            fields, end = head_at(words, row)
            if fields:
                found[-1] = found[-1]._replace(last=row)
                found.append(_forwarded(fields, end, len(lines)))
                row = end
                continue
        row += 1
    return found


def _forwarded(fields: Sequence[Field], first: int, last: int) -> Stretch:
    said = {field.kind: field for field in reversed(fields)}
    address = _ADDRESS.search(said["from"].value[:1_000])
    subject = said["subject"].value[:500] if "subject" in said else ""
    date = said["date"].value[:200] if "date" in said else ""
    # English programs write both 3/4 and 4/3; those of other languages write the day first.
    day_first = None if said["from"].label == "from" else True
    return Stretch(first, last, address[0].lower() if address else "", subject, date, day_first)


def own_instant(letter: Letter, received: datetime) -> datetime:
    """When the mail was sent: its Date unless that is absurd, else when it was received. In UTC.

    Services' clocks are right, and mails are read again long after they came: a Date is doubted only where it is from
    before there were such mails, or more than a year ahead.
    """
    sent = letter.sent_at
    if sent is not None and _OLDEST <= sent <= received + _AHEAD:
        return sent.astimezone(UTC)
    return received.astimezone(UTC)


def instant(stretch: Stretch, letter: Letter, received: datetime, zone: ZoneInfo) -> datetime:
    """When the mail of a stretch was sent, in UTC. A forwarded one's own date counts where it can be read and true.

    Heads that were quoted mostly have no zone: they are in that of who forwarded, or in `zone`.
    """
    outer = own_instant(letter, received)
    if not stretch.date:
        return outer
    written = read_written(stretch.date, stretch.day_first)
    inner: datetime | None = None
    if written is not None:
        if written.tzinfo is None:
            around = read_local(letter.date_raw)
            written = written.replace(tzinfo=around.tzinfo if around and around.tzinfo else zone)
        try:
            inner = written.astimezone(UTC)
        except (OverflowError, ValueError):
            inner = None
    elif letter.inner is not None and letter.inner.date_raw == stretch.date and letter.inner.sent_at:
        inner = letter.inner.sent_at.astimezone(UTC)
    return inner if inner is not None and _OLDEST <= inner <= outer + timedelta(days=1) else outer
