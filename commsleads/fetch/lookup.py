"""Names to addresses, in threads of their own: the system's look-up waits and cannot be called back.

The threads are daemons, so that a name server that answers nobody does not hold up the end of the program.
"""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from commsleads.errors import FetchError, UnknownNameError

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Gives the addresses of a host, or raises `FetchError`."""

_Answer = tuple[list[str], float]
_Future = asyncio.Future[_Answer]

THREADS = 48
_PASSING = {socket.EAI_AGAIN, socket.EAI_SYSTEM, socket.EAI_MEMORY}


class LookUp:
    """The system's resolver. One for each `Fetcher`; `close` lets the idle threads end.

    `seconds` bounds one look-up from the moment a thread has taken it.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._work: queue.SimpleQueue[tuple[str, int, _Future] | None] = queue.SimpleQueue()
        self._threads = 0
        self._waiting = 0
        self._closed = False

    async def __call__(self, host: str, port: int) -> tuple[list[str], float]:
        """The addresses of a host and the seconds that it took, without those spent waiting for a thread."""
        future: _Future = self._loop.create_future()
        self._waiting += 1
        if self._waiting > self._threads < THREADS:
            self._threads += 1
            threading.Thread(target=self._serve, name="look-up", daemon=True).start()
        self._work.put((host, port, future))
        try:
            return await future
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._closed = True
        for _ in range(self._threads):
            self._work.put(None)

    def _serve(self) -> None:
        while (job := self._work.get()) is not None:
            host, port, future = job
            if self._closed:
                continue
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._patience, future)
                answer = _ask(host, port)
                self._loop.call_soon_threadsafe(_tell, future, answer)

    def _patience(self, future: _Future) -> None:
        timer = self._loop.call_later(self._seconds, _tell, future, slow())
        future.add_done_callback(lambda _: timer.cancel())


def slow() -> FetchError:
    return FetchError("The name server did not answer in time. It will be asked again.", quarters=1)


def unknown(host: str) -> FetchError:
    return UnknownNameError(f"No server is known by the name {host}. Check the address if this lasts.", quarters=2)


def _tell(future: _Future, answer: _Answer | FetchError) -> None:
    if future.done():
        return
    if isinstance(answer, FetchError):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def _ask(host: str, port: int) -> _Answer | FetchError:
    began = time.monotonic()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _PASSING:
            return FetchError(f"The name {host} could not be looked up just now. It will be tried again.", quarters=1)
        return unknown(host)
    except (OSError, UnicodeError):
        return FetchError(f"The name {host} could not be looked up. Check the address if this lasts.", quarters=2)
    return list(dict.fromkeys(str(place[4][0]) for place in found)), time.monotonic() - began
