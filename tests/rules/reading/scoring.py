"""What was read of a mail against what a careful officer would note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commsleads.letters import Reading
from commsleads.rules.reading import read
from tests.rules.reading.mails import DESK, RECEIVED, Mail

FIELDS = (
    "kind", "journalist", "outlet", "request_type", "language", "deadline", "urgent", "phone", "questions", "topic",
    "doubtful", "email",
)  # fmt: skip


def read_mail(mail: Mail) -> Reading:
    """The reading of an invented mail."""
    return read(mail.letter(), received=RECEIVED, desk=DESK)


def got(reading: Reading, name: str) -> object:
    """A field of a reading in the form in which the tables have it."""
    if name == "deadline":
        zone = ZoneInfo("Europe/London")
        return f"{reading.deadline.at.astimezone(zone):%Y-%m-%d %H:%M}" if reading.deadline else ""
    if name == "questions":
        return len(reading.questions)
    if name == "doubtful":
        return bool(reading.doubts)
    return str(reading.kind) if name == "kind" else getattr(reading, name)


def wrong(mail: Mail) -> list[tuple[str, object, object]]:
    """The fields that are claimed and were read in another way: name, expected, read."""
    reading = read_mail(mail)
    claims = [(name, getattr(mail, name)) for name in FIELDS if getattr(mail, name) is not None]
    return [(name, value, got(reading, name)) for name, value in claims if got(reading, name) != value]


def table(mails: Sequence[Mail]) -> dict[str, tuple[int, int]]:
    """By field: how many were right, and how many were claimed."""
    claimed: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for mail in mails:
        claimed.update(name for name in FIELDS if getattr(mail, name) is not None)
        missed.update(name for name, _, _ in wrong(mail))
    return {name: (claimed[name] - missed[name], claimed[name]) for name in FIELDS if claimed[name]}


def instant(text: str) -> datetime:
    """An instant of a golden."""
    return datetime.fromisoformat(text)
