"""When a source is asked again. A pure function of what happened and `now`.

Failures count in quarters, as Media Cloud learned to count them: a hard one 4 (gone, forbidden), a soft one 2 (no
answer, 404, 5xx: feeds come back from those), a temporary name look-up error 1. Success clears them; so does a 304.
Back-off is linear, because doubling proved too harsh on feeds that recover. No source is ever dropped.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=1)
"""No source is left alone for longer, unless its own `every` or its server says so."""
STRETCH = 4
"""A source that brings nothing new is asked at most this many times more rarely than `every` says."""
GROWTH = 5 / 4
"""How much the interval grows with each poll that brought nothing new."""
JITTER = 0.05
"""Up to this share is added to each delay, so that siblings that failed together do not come back together."""


@dataclass(frozen=True, slots=True)
class NextCheck:
    """The new state of a timetable: when, at which interval, with how many quarters of a failure behind it."""

    at: datetime
    interval: timedelta
    failures: int


def next_check(
    *,
    source_id: str,
    every: timedelta,
    interval: timedelta,
    failures: int,
    now: datetime,
    quarters: int = 0,
    brought_news: bool = False,
    wait: timedelta | None = None,
) -> NextCheck:
    """When to ask again.

    `interval` is the adaptive interval so far, `failures` the quarters so far, `quarters` the weight of the failure
    that just happened (0: it succeeded), `wait` what the server asked for.
    """
    longest = max(every, LONGEST)
    if quarters:
        failures += quarters
        delay = min(max(interval, every) * max(1.0, failures / 4), longest)
    else:
        failures = 0
        stretched = every if brought_news else max(interval, every) * GROWTH
        delay = interval = min(stretched, every * STRETCH, longest)
    if wait is not None and wait > delay:
        delay = wait
    spread = zlib.crc32(f"{source_id} {now.isoformat()}".encode()) / 0xFFFFFFFF
    return NextCheck(now + delay * (1 + JITTER * spread), interval, failures)
