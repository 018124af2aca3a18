"""What nobody watched: the holes between the stretches in which our redirector ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

LEAST = timedelta(minutes=5)
"""A shorter stop is a restart, and no gap."""


def holes(
    ran: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime, least: timedelta = LEAST
) -> list[tuple[datetime, datetime]]:
    """The stretches between `start` and `end` in which it did not run, at least `least` long.

    `ran` are stretches in the order of their beginnings; they may overlap. With none, all of it is a hole.
    """
    found: list[tuple[datetime, datetime]] = []
    upto = start
    for first, last in ran:
        if first - upto >= least and first > start:
            found.append((upto, min(first, end)))
        upto = max(upto, last)
        if upto >= end:
            break
    if end - upto >= least:
        found.append((upto, end))
    return [(first, last) for first, last in found if first < last]
