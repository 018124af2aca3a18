"""libcurl's sockets, watched from an asyncio loop.

libcurl says which socket it waits for, and is told when it can go on. Where the system has epoll, all its sockets
stand in one epoll of their own and the loop watches that alone: a poll of a thousand feeds then costs half of what
it costs when the loop is told of every socket.
"""

from __future__ import annotations

import asyncio
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import pycurl

Ready = Callable[[list[tuple[int, int]]], None]
"""Is given pairs of a socket and what it is ready for, as libcurl's CSELECT bits."""


class Watch(Protocol):
    """Watches sockets until it is closed."""

    def __call__(self, what: int, socket: int, _multi: object, _data: object) -> None:
        """libcurl's socket callback: watch this socket for that from now on."""
        ...

    def close(self) -> None: ...


def watch(loop: asyncio.AbstractEventLoop, ready: Ready) -> Watch:
    return EpollWatch(loop, ready) if sys.platform == "linux" else LoopWatch(loop, ready)


class LoopWatch:
    """Every socket is handed to the loop. For systems without epoll."""

    def __init__(self, loop: asyncio.AbstractEventLoop, ready: Ready) -> None:
        self._loop = loop
        self._ready = ready
        self._watched: set[int] = set()

    def __call__(self, what: int, socket: int, _multi: object, _data: object) -> None:
        if what == pycurl.POLL_REMOVE:
            self._forget(socket)
            return
        self._watched.add(socket)
        if what & pycurl.POLL_IN:
            self._loop.add_reader(socket, self._ready, [(socket, pycurl.CSELECT_IN)])
        else:
            self._loop.remove_reader(socket)
        if what & pycurl.POLL_OUT:
            self._loop.add_writer(socket, self._ready, [(socket, pycurl.CSELECT_OUT)])
        else:
            self._loop.remove_writer(socket)

    def close(self) -> None:
        for socket in list(self._watched):
            self._forget(socket)

    def _forget(self, socket: int) -> None:
        self._watched.discard(socket)
        self._loop.remove_reader(socket)
        self._loop.remove_writer(socket)


if sys.platform == "linux":

    class EpollWatch:
        """All sockets stand in one epoll, and the loop watches that."""

        def __init__(self, loop: asyncio.AbstractEventLoop, ready: Ready) -> None:
            self._loop = loop
            self._ready = ready
            self._epoll = select.epoll()
            self._watched: set[int] = set()
            loop.add_reader(self._epoll.fileno(), self._wake)

        def __call__(self, what: int, socket: int, _multi: object, _data: object) -> None:
            if what == pycurl.POLL_REMOVE:
                self._watched.discard(socket)
                with suppress(OSError):  # closed by now, and so forgotten
                    self._epoll.unregister(socket)
                return
            events = (select.EPOLLIN if what & pycurl.POLL_IN else 0) | (
                select.EPOLLOUT if what & pycurl.POLL_OUT else 0
            )
            if socket in self._watched:
                with suppress(FileNotFoundError):
                    self._epoll.modify(socket, events)
                    return
            self._watched.add(socket)
            self._epoll.register(socket, events)

        def close(self) -> None:
            self._loop.remove_reader(self._epoll.fileno())
            self._epoll.close()

        def _wake(self) -> None:
            out, other = pycurl.CSELECT_OUT, pycurl.CSELECT_IN
            self._ready(
                [
                    (socket, (out if events & select.EPOLLOUT else 0) | (other if events & ~select.EPOLLOUT else 0))
                    for socket, events in self._epoll.poll(0)
                ]
            )
