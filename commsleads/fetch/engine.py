"""libcurl on an asyncio loop: one request, one answer, every connection through the gate.

The engine knows nothing of feeds, cursors or politeness. It follows no redirect, keeps no cookie, no password and no
connection, reads no proxy from the environment, and connects only to addresses that the gate lets pass: the question
is asked of the very address that the socket is opened for, so a name that changes its mind gains nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pycurl

from commsleads.addresses import Gate
from commsleads.errors import FetchError
from commsleads.fetch.line import Line, Post, Reply
from commsleads.fetch.target import Target
from commsleads.fetch.watch import watch

_FAR = float("inf")


class Engine:
    """Sends requests on the running loop. `gate` None lets everything pass: only for a proxy that the settings name.

    `close` ends what is under way with an error.
    """

    def __init__(self, gate: Gate, *, agent: str, proxy: str = "") -> None:
        self._gate = None if proxy else gate
        self._agent = agent
        self._proxy = proxy
        self._loop = asyncio.get_running_loop()
        self._multi = pycurl.CurlMulti()
        self._watch = watch(self._loop, self._ready)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._time)
        self._timer: asyncio.TimerHandle | None = None
        self._due = _FAR
        self._busy: dict[pycurl.Curl, Line] = {}
        self._idle: list[Line] = []
        self._authorities = ""

    async def send(
        self,
        target: Target,
        fields: Sequence[str | bytes],
        *,
        pins: Sequence[str] = (),
        seconds: float,
        limit: int,
        post: Post | None = None,
        every_body: bool = False,
    ) -> Reply:
        """Ask one address; raises `FetchError`. `fields` are header lines, `pins` the addresses that the host was
        resolved to, `seconds` the time for everything, `limit` the bytes of the body, packed and unpacked."""
        line = self._idle.pop() if self._idle and post is None else Line(self._gate, self._agent, self._proxy)
        self._prepare(line, target, fields, pins, seconds)
        line.limit = limit
        line.every_body = every_body
        if post is not None:
            line.load(post)
        line.future = self._loop.create_future()
        self._busy[line.handle] = line
        self._multi.add_handle(line.handle)
        try:
            code = await line.future
        except BaseException:
            self._drop(line)
            raise
        try:
            return line.reply(code)
        finally:
            line.clear()
            if post is None:
                self._idle.append(line)
            else:
                line.handle.close()

    def close(self) -> None:
        for line in list(self._busy.values()):
            self._drop(line)
            if line.future is not None and not line.future.done():
                line.future.set_exception(FetchError("The program was stopped before the server had answered."))
        if self._timer is not None:
            self._timer.cancel()
        for line in self._idle:
            line.handle.close()
        self._idle.clear()
        self._multi.close()
        self._watch.close()

    def _prepare(
        self, line: Line, target: Target, fields: Sequence[str | bytes], pins: Sequence[str], seconds: float
    ) -> None:
        curl = line.handle
        curl.setopt(pycurl.URL, target.url)
        curl.setopt(pycurl.HTTPHEADER, fields)
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int(seconds * 1000)))
        if pins or line.pinned:
            places = ",".join(f"[{pin}]" if ":" in pin else pin for pin in pins)
            curl.setopt(pycurl.RESOLVE, [f"+{target.host}:{target.port}:{places}"] if pins else [])
            line.pinned = bool(pins)
        if target.scheme == "https":
            self._authorities = self._authorities or _authorities()
            if self._authorities:
                curl.setopt(pycurl.CAINFO, self._authorities)

    def _drop(self, line: Line) -> None:
        """Take an exchange out before its end, and its handle out of use."""
        if self._busy.pop(line.handle, None) is not None:
            with suppress(pycurl.error):
                self._multi.remove_handle(line.handle)
        line.handle.close()

    def _ready(self, sockets: list[tuple[int, int]]) -> None:
        act = self._multi.socket_action
        for fd, events in sockets:
            act(fd, events)
        self._reap()

    def _time(self, millis: int) -> None:
        """libcurl's timer callback. A timer that fires too early costs less than one that is cancelled."""
        if millis < 0:
            self._due = _FAR
            return
        self._due = self._loop.time() + millis / 1000
        if self._timer is not None:
            if self._timer.when() <= self._due:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(self._due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        if self._due > self._loop.time() + 0.0005:
            if self._due != _FAR:
                self._timer = self._loop.call_at(self._due, self._tick)
            return
        self._due = _FAR
        self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._reap()
        if self._due == _FAR and self._busy:
            self._time(self._multi.timeout())

    def _reap(self) -> None:
        left = 1
        while left:
            left, done, failed = self._multi.info_read()
            for handle in done:
                self._end(handle, 0)
            for handle, code, _ in failed:
                self._end(handle, code)

    def _end(self, handle: pycurl.Curl, code: int) -> None:
        self._multi.remove_handle(handle)
        line = self._busy.pop(handle)
        if line.future is not None and not line.future.done():
            line.future.set_result(code)


def _authorities() -> str:
    """The file of certificate authorities: SSL_CERT_FILE, else certifi's, else the system's, else libcurl's own."""
    import ssl
    from importlib.util import find_spec

    named = os.environ.get("SSL_CERT_FILE", "")
    if named:
        return named
    spec = find_spec("certifi")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        path = Path(folder, "cacert.pem")
        if path.exists():
            return str(path)
    return ssl.get_default_verify_paths().cafile or ""
