"""What an alert carries so that its readers can say whether it was useful: a signed word for one alert and channel."""

from __future__ import annotations

import re
from typing import NamedTuple

from commsleads.signed import token

PURPOSE = "was an alert useful"
_ID = 8
"""Bytes of the id of an alert."""


class Ballot(NamedTuple):
    """What is judged, and the channel whose word it is: who read it there, nobody asks."""

    alert: str
    channel: str


def ballot(key: bytes, alert: str, channel: str) -> str:
    """The ballot of a channel for an alert. The same each time; it names nobody."""
    return token(key, PURPOSE, bytes.fromhex(alert) + channel.encode())


def ballot_of(payload: bytes) -> Ballot | None:
    """What a payload of ours says, or None for one that says nothing."""
    name = payload[_ID:].decode("utf-8", "replace")
    return Ballot(payload[:_ID].hex(), name) if re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name) else None
