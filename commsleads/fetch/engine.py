"""libcurl on an asyncio loop: one request, one answer, every connection through the gate.

The engine knows nothing of feeds, cursors or politeness. It follows no redirect, keeps no cookie, no password and no
connection, reads no proxy from the environment, and connects only to addresses that the gate lets pass: the question
is asked of the very address that the socket is opened for, so a name that changes its mind gains nothing.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import pycurl

from commsleads.addresses import Gate, Refusal
from commsleads.errors import FetchError
from commsleads.fetch import heads, unpack
from commsleads.fetch.failures import failure, refused
from commsleads.fetch.target import Target
from commsleads.fetch.watch import watch

BUFFER = 65_536
_FAR = float("inf")


class Reply(NamedTuple):
    """What came: the last head and the unpacked body. The body of a redirect or an error is left unread, unless
    it was asked for; `content` is empty then."""

    status: int
    headers: dict[str, str]
    content: bytes


class Post(NamedTuple):
    """A request that is more than a GET."""

    method: str
    body: bytes


class Line:
    """One curl handle with its callbacks, used again and again. It holds one exchange at a time."""

    __slots__ = (
        "body",
        "every_body",
        "fault",
        "future",
        "gate",
        "handle",
        "head",
        "headers",
        "limit",
        "pinned",
        "status",
    )

    def __init__(self, gate: Gate | None, agent: str, proxy: str) -> None:
        self.gate = gate
        self.handle = pycurl.Curl()
        self.head: list[bytes] = []
        self.pinned = False
        self.clear()
        self._settle(agent, proxy)

    def _settle(self, agent: str, proxy: str) -> None:
        curl = self.handle
        for option, value in (
            (pycurl.NOSIGNAL, 1),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.FORBID_REUSE, 1),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
            (pycurl.HTTP_CONTENT_DECODING, 0),
            (pycurl.BUFFERSIZE, BUFFER),
            (pycurl.PROXY, proxy),
            (pycurl.NOPROXY, ""),
            (pycurl.USERAGENT, agent),
            (pycurl.HEADERFUNCTION, self.head.append),
            (pycurl.WRITEFUNCTION, self._write),
            (pycurl.OPENSOCKETFUNCTION, self._open),
        ):
            curl.setopt(option, value)

    def clear(self) -> None:
        self.head.clear()
        self.body: unpack.Body | None = None
        self.fault: FetchError | Refusal | None = None
        self.future: asyncio.Future[int] | None = None
        self.headers: dict[str, str] | None = None
        self.status = 0
        self.limit = 0
        self.every_body = False

    def _open(self, _: int, address: Any) -> int:
        """Open the socket for an address, or not: the last and surest guard. `address` is (family, type, protocol,
        (ip, port, ...))."""
        if self.gate is not None:
            refusal = (
                self.gate.refusal(address[3][0]) if address[0] in _FAMILIES else Refusal("", "no internet address")
            )
            if refusal is not None:
                self.fault = refusal
                return _NO_SOCKET
        return socket.socket(address[0], address[1], address[2]).detach()

    def _write(self, piece: bytes) -> int:
        """Take a piece of the body; any other number than its length ends the exchange."""
        try:
            body = self.body
            if body is None:
                if self.fault is not None or not self._begin():
                    return -1
                body = self.body
                assert body is not None  # noqa: S101
            body.feed(piece)
        except FetchError as error:
            self.fault = error
            return -1
        return len(piece)

    def _begin(self) -> bool:
        self.status, self.headers = heads.read(self.head)
        if not (self.every_body or 200 <= self.status < 300):
            return False
        self.body = unpack.body(self.headers.get("content-encoding", ""), self.limit)
        return True


_NO_SOCKET: int = pycurl.SOCKET_BAD
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


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
            _load(line.handle, post)
        line.future = self._loop.create_future()
        self._busy[line.handle] = line
        self._multi.add_handle(line.handle)
        try:
            code = await line.future
        except BaseException:
            self._drop(line)
            raise
        try:
            return _reply(line, code)
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


def _reply(line: Line, code: int) -> Reply:
    fault = line.fault
    if isinstance(fault, Refusal):
        raise refused(fault)
    if fault is not None:
        raise fault
    if line.headers is None and line.head and not line.head[-1].strip():
        line.status, line.headers = heads.read(line.head)
    if line.headers is None or (code and (line.status < 300 or line.every_body)):
        raise failure(code, line.handle)
    # A redirect or an error has said all with its head, whatever became of its body.
    content = line.body.finish() if line.body is not None and not code else b""
    return Reply(line.status, line.headers, content)


def _load(curl: pycurl.Curl, post: Post) -> None:
    if post.method == "HEAD":
        curl.setopt(pycurl.NOBODY, 1)
        return
    if post.body or post.method in ("POST", "PUT", "PATCH"):
        curl.setopt(pycurl.POSTFIELDS, post.body)
    curl.setopt(pycurl.CUSTOMREQUEST, post.method)


def _authorities() -> str:
    """The file of certificate authorities: SSL_CERT_FILE, else certifi's, else the system's, else libcurl's own."""
    import ssl
    from importlib.util import find_spec

    named = os.environ.get("SSL_CERT_FILE", "")
    if named:
        return named
    spec = find_spec("certifi")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        path = os.path.join(folder, "cacert.pem")  # noqa: PTH118 - pathlib is not otherwise imported here
        if os.path.exists(path):  # noqa: PTH110
            return path
    return ssl.get_default_verify_paths().cafile or ""
