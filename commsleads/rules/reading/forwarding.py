"""Mails that somebody passed on to us: which one is to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from commsleads.letters import Letter, Reading
from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.study import believed

_LONG_AGO = timedelta(days=30)
_DEEPEST = 10


def passed_on(letter: Letter, own: str, desk: Desk) -> Letter | None:
    """The mail within that is to be read instead, None if there is none: the first that is not our own.

    Strangers who forward with words of their own are read themselves: they may show us what they ask about.
    """
    inner = letter.inner
    if inner is None or not (desk.owns(letter.sender.address) or not own.strip()):
        return None
    for _ in range(_DEEPEST):
        if inner.inner is None or not (desk.owns(inner.sender.address) or not inner.sender.address):
            break
        inner = inner.inner
    return None if desk.owns(inner.sender.address) else inner


def unwrapped(inner: Letter, outer: Letter, received: datetime) -> tuple[Letter, datetime]:
    """The inner mail as if it had come itself, and when it was written: "tomorrow" counts from then."""
    written = believed(inner.sent_at, received, _LONG_AGO)
    return replace(inner, inner=None, to=inner.to or outer.to, sent_at=written), written


def wrapped(reading: Reading, inner: Letter, outer: Letter, desk: Desk) -> Reading:
    """The inner mail's reading, marked as forwarded, with what is doubtful in that."""
    doubts = list(reading.doubts)
    if not desk.owns(outer.sender.address):
        doubts.append(f"Somebody outside ({outer.sender.address or 'without address'}) forwarded it.")
    if not inner.sender.address:
        doubts.append("Who first wrote it cannot be read.")
    why = ("It was forwarded; the mail within was read.", *reading.reasons)
    return replace(reading, forwarded=True, reasons=why, doubts=tuple(doubts))
