"""Who may ask now: slots for all, turns for each host, cool-downs for each site.

Waiting costs no slot. A fetch that has held its slot for two seconds lends it to the next one and goes on, so that
hundreds of slow servers do not hold up the rest; how many may be open at all is bounded.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Self

LEND_AFTER = 2.0
"""Seconds after which a slow fetch no longer counts as one of `concurrency`."""
OPEN_FOR_EACH = 8
MOST_OPEN = 512
"""At most so many fetches are open for each slot, and in all."""
SPARE_FILES = 64
"""File descriptors left to everything else."""


class Slots:
    """How many fetches run at once."""

    def __init__(self, concurrency: int, *, most_open: int = 0) -> None:
        self._loop = asyncio.get_running_loop()
        self._free = max(1, concurrency)
        self._open_left = most_open or _most_open(self._free)
        self._queue: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        if self._free > 0 and self._open_left > 0 and not self._queue:
            self._free -= 1
            self._open_left -= 1
            return
        future: asyncio.Future[None] = self._loop.create_future()
        self._queue.append(future)
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():  # woken and cancelled in one breath
                self.give(lent=False)
            raise

    def lend(self) -> None:
        """The holder goes on without counting."""
        self._free += 1
        self._wake()

    def give(self, *, lent: bool) -> None:
        """The holder is done; `lent` says that its slot was lent before."""
        self._free += not lent
        self._open_left += 1
        self._wake()

    def _wake(self) -> None:
        while self._queue and self._free > 0 and self._open_left > 0:
            future = self._queue.popleft()
            if not future.done():
                self._free -= 1
                self._open_left -= 1
                future.set_result(None)


def _most_open(concurrency: int) -> int:
    wanted = min(MOST_OPEN, concurrency * OPEN_FOR_EACH)
    try:
        import resource
    except ImportError:  # not on every system
        return wanted
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files == resource.RLIM_INFINITY:
        return wanted
    return max(concurrency, min(wanted, files - SPARE_FILES)) if files > SPARE_FILES else 1


class Turns:
    """At most so many requests at a time to one host, and so many seconds between two of them to one site."""

    def __init__(self, per_host: int, spacing: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._per_host = max(1, per_host)
        self._spacing = spacing
        self._busy: dict[str, int] = {}
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}
        self._next: dict[str, float] = {}

    def delay(self, site: str) -> float:
        """Book the next moment for a request to this site; the seconds until then."""
        now = self._loop.time()
        at = max(now, self._next.get(site, now))
        self._next[site] = at + self._spacing
        return at - now

    async def enter(self, host: str) -> None:
        """Take a place at this host, when there is one."""
        busy = self._busy.get(host, 0)
        if busy < self._per_host:
            self._busy[host] = busy + 1
            return
        future: asyncio.Future[None] = self._loop.create_future()
        self._queues.setdefault(host, deque()).append(future)
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.leave(host)
            raise

    def leave(self, host: str) -> None:
        """Give the place to who waits next."""
        waiting = self._queues.get(host)
        while waiting:
            future = waiting.popleft()
            if not future.done():
                future.set_result(None)
                return
        self._queues.pop(host, None)
        busy = self._busy[host] - 1
        if busy:
            self._busy[host] = busy
        else:
            del self._busy[host]


class Visit:
    """A place at a host and a slot, from `async with` to its end. `site` "" means that no spacing is kept."""

    __slots__ = ("_host", "_lent", "_site", "_slots", "_timer", "_turns")

    def __init__(self, slots: Slots, turns: Turns, host: str, site: str) -> None:
        self._slots = slots
        self._turns = turns
        self._host = host
        self._site = site
        self._lent = False
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        if self._site:
            delay = self._turns.delay(self._site)
            if delay > 0:
                await asyncio.sleep(delay)
        await self._turns.enter(self._host)
        try:
            await self._slots.take()
        except BaseException:
            self._turns.leave(self._host)
            raise
        self._timer = asyncio.get_running_loop().call_later(LEND_AFTER, self._lend)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._slots.give(lent=self._lent)
        self._turns.leave(self._host)

    def _lend(self) -> None:
        self._lent = True
        self._slots.lend()
