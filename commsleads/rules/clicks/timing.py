"""How long after a mailing a link was opened. A clock alone proves nothing: some people wait for a mail."""

from __future__ import annotations

from bisect import bisect_right

from commsleads.rules.clicks import signs
from commsleads.rules.clicks.signs import Sign

INSTANT = 5_000_000
"""Microseconds in which hardly a mail has reached its reader."""

WIDER = 10
"""How many times longer scanners of listed networks may take: mail waits in their queues."""


def after_sending(arrival: int, sent: tuple[int, ...], after_send: int, known: str) -> Sign | None:
    """The sign of a hit soon after the last mailing before it, None for a later one. All in microseconds."""
    if not sent:
        return None
    place = bisect_right(sent, arrival)
    if not place:
        return None
    since = arrival - sent[place - 1]
    if since > (after_send * WIDER if known else after_send):
        return None
    text = f"opened {since // 1_000_000} s after the mailing went out"
    return Sign(signs.AT_ONCE if since <= min(INSTANT, after_send) else signs.EARLY, "time", text)
