"""One curl handle and the exchange on it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, NamedTuple

import pycurl

from commsleads.addresses import Gate, Refusal
from commsleads.errors import FetchError
from commsleads.fetch import heads, unpack
from commsleads.fetch.failures import failure, refused

BUFFER = 65_536
"""Bytes that libcurl hands over at once, at most."""
_NO_SOCKET: int = pycurl.SOCKET_BAD
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


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
        self.fault: FetchError | None = None
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
                self.fault = refused(refusal)
                return _NO_SOCKET
        return socket.socket(address[0], address[1], address[2]).detach()

    def _write(self, piece: bytes) -> int:
        """Take a piece of the body; any other number than its length ends the exchange."""
        try:
            body = self.body or self._begin()
            if body is None:
                return -1
            body.feed(piece)
        except FetchError as error:
            self.fault = error
            if self.body is not None:
                self.body.drop()
            return -1
        return len(piece)

    def _begin(self) -> unpack.Body | None:
        """What takes the body, or None when nobody wants it."""
        if self.fault is not None:
            return None
        self.status, self.headers = heads.read(self.head)
        if self.every_body or 200 <= self.status < 300:
            self.body = unpack.body(self.headers.get("content-encoding", ""), self.limit)
        return self.body

    def load(self, post: Post) -> None:
        """Make the request more than a GET."""
        if post.method == "HEAD":
            self.handle.setopt(pycurl.NOBODY, 1)
            return
        if post.body or post.method in ("POST", "PUT", "PATCH"):
            self.handle.setopt(pycurl.POSTFIELDS, post.body)
        self.handle.setopt(pycurl.CUSTOMREQUEST, post.method)

    def reply(self, code: int) -> Reply:
        """What came of the exchange that ended with this libcurl code; raises `FetchError`."""
        if self.fault is not None:
            raise self.fault  # and not from a name of this frame: that would be a circle, and stay
        if self.headers is None and self.head and not self.head[-1].strip():
            self.status, self.headers = heads.read(self.head)
        if self.headers is None or (code and (self.status < 300 or self.every_body)):
            raise failure(code, self.handle)
        # A redirect or an error has said all with its head, whatever became of its body.
        content = self.body.finish() if self.body is not None and not code else b""
        return Reply(self.status, self.headers, content)
