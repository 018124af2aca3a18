"""A small HTTP server that can misbehave, on real sockets, for the tests of every part.

::

    with Web() as web:                                       # 127.0.0.1, any free port
        web.add("/feed", b"<rss/>", etag='"1"')              # 200 once, then 304 to If-None-Match
        web.add("/old", status=301, headers={"Location": "/feed"})
        web.add("/slow", b"x", delay=2)                      # two seconds before the first byte
        web.queue("/flaky", Answer(status=503), Answer(body=b"ok"))   # one after the other, the last one stays
        web.handler("/echo", lambda request: Answer(body=request.headers["user-agent"].encode()))
        ... web.url("/feed") ...                             # http://127.0.0.1:port/feed
        web.requests[0].headers["if-none-match"]             # what was asked, in order
        web.connections                                      # who connected, asked or not

Every connection serves one request and is closed. `Answer` says how an answer goes wrong: late, byte by byte,
cut, reset, never, for ever. `Web("127.0.0.2")` and `Web("::1")` bind other loopback addresses; `Web(tls=context)`
speaks TLS. What was not added is answered with 404. A test must set `allow_networks=("127.0.0.0/8",)` to be let in.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Self

LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came. `headers` has lower-case names; `target` is the request line's, with the query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    peer: tuple[str, int]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says and how it goes wrong.

    `etag` and `last_modified` are sent, and answered with 304 when the client holds them. `gzipped` compresses the
    body when the client takes it. `delay` is seconds before the first byte; `drip` seconds between single bytes of
    the body. `cut` closes after so many bytes of the body although more were announced; `reset` does it with RST.
    `hang` says nothing more after `cut` bytes (or nothing at all, when `cut` is None) and keeps the line open.
    `endless` repeats the body without end. `length` lies about the length (None: the truth; -1: says none).
    `raw` is sent as it is instead of everything else.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    gzipped: bool = False
    delay: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    reset: bool = False
    hang: bool = False
    endless: bool = False
    length: int | None = None
    raw: bytes = b""


Handler = Callable[[Asked], Answer]


def bomb(unpacked: int) -> bytes:
    """A gzip of so many zero bytes: 200 MB are 204 KB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    million = bytes(1_000_000)
    parts = [packer.compress(million) for _ in range(unpacked // 1_000_000)]
    return b"".join([*parts, packer.compress(bytes(unpacked % 1_000_000)), packer.flush()])


class Web:
    """The server. A context manager; `close` ends every connection, also those that hang."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family, backlog=512)
        self.host = host
        self.port: int = self._listener.getsockname()[1]
        self.requests: list[Asked] = []
        self.connections: list[tuple[str, int]] = []
        self._tls = tls
        self._handlers: dict[str, Handler] = {}
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._main = threading.Thread(target=self._accept, name=f"web-{self.port}", daemon=True)

    def __enter__(self) -> Self:
        self._main.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def url(self, path: str = "/", *, host: str = "") -> str:
        """The address of a path here; `host` puts another name in it (a resolver must know it then)."""
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path, in order."""
        return [asked for asked in self.requests if asked.path == path]

    def handler(self, path: str, answer: Handler) -> None:
        """Let a function answer for a path; the path `*` answers for all that have none."""
        self._handlers[path] = answer

    def add(self, path: str, body: bytes = b"", *, status: int = 200, **how: object) -> None:
        """Serve a path. `how` are the fields of `Answer`."""
        answer = Answer(body=body, status=status, **how)  # type: ignore[arg-type]
        self._handlers[path] = lambda _: answer

    def queue(self, path: str, *answers: Answer) -> None:
        """Serve a path with one answer after another; the last one stays."""
        left = list(answers)
        self._handlers[path] = lambda _: left.pop(0) if len(left) > 1 else left[0]

    def redirect(self, path: str, to: str, *, status: int = 302, **headers: str) -> None:
        """Send a path elsewhere."""
        self.add(path, status=status, headers={"Location": to, **headers})

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._main.join(5)
        self._listener.close()
        with self._lock:
            lines = list(self._open)
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                line, peer = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections.append(peer[:2])
                self._open.add(line)
            thread = threading.Thread(target=self._serve, args=(line, peer[:2]), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket, peer: tuple[str, int]) -> None:
        wire = line
        try:
            line.settimeout(30)
            if self._tls is not None:
                wire = self._tls.wrap_socket(line, server_side=True)
                with self._lock:
                    self._open.add(wire)
            asked = _read(wire, peer)
            if asked is not None:
                self.requests.append(asked)
                handler = self._handlers.get(asked.path) or self._handlers.get("*") or _nothing
                self._send(wire, asked, handler(asked))
        except OSError:
            pass  # the client went away, or the server was closed: both are everyday here
        finally:
            with self._lock:
                self._open -= {line, wire}
            wire.close()
            line.close()

    def _send(self, wire: socket.socket, asked: Asked, answer: Answer) -> None:
        if answer.delay and self._over.wait(answer.delay):
            return
        if answer.hang and answer.cut is None:
            self._over.wait()
            return
        if answer.raw:
            wire.sendall(answer.raw)
        else:
            answer = _conditional(asked, answer)
            wire.sendall(_head(asked, answer))
            for piece in _pieces(asked, answer):
                wire.sendall(piece)
                if answer.drip and self._over.wait(answer.drip):
                    return
        if answer.hang:
            self._over.wait()
        elif answer.reset:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            _part(wire)


def _part(wire: socket.socket) -> None:
    # Closing while the client's bytes lie unread would send RST and take the answer with it.
    wire.shutdown(socket.SHUT_WR)
    wire.settimeout(5)
    while wire.recv(65536):
        pass


def _nothing(_: Asked) -> Answer:
    return Answer(status=404, body=b"nothing here")


def _read(wire: socket.socket, peer: tuple[str, int]) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = wire.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rest)}
    while len(body) < int(headers.get("content-length", 0)):
        body += wire.recv(65536)
    return Asked(method=method, target=target, headers=headers, body=body, peer=peer)


def _conditional(asked: Asked, answer: Answer) -> Answer:
    headers = dict(answer.headers)
    if answer.etag:
        headers["ETag"] = answer.etag
    if answer.last_modified:
        headers["Last-Modified"] = answer.last_modified
    held = asked.headers.get("if-none-match")
    since = asked.headers.get("if-modified-since")
    same = False
    if answer.etag and held is not None:
        same = answer.etag in (tag.strip() for tag in held.split(","))
    elif answer.last_modified and since is not None:
        same = parsedate_to_datetime(answer.last_modified) <= parsedate_to_datetime(since)
    if same:
        return replace(answer, status=304, body=b"", headers=headers)
    return replace(answer, headers=headers)


def _body(asked: Asked, answer: Answer) -> bytes:
    packed = answer.gzipped and "gzip" in asked.headers.get("accept-encoding", "")
    return gzip.compress(answer.body, 6, mtime=0) if packed else answer.body


def _head(asked: Asked, answer: Answer) -> bytes:
    rows = {"Content-Type": "text/xml; charset=utf-8", "Connection": "close"}
    body = _body(asked, answer)
    if body is not answer.body:
        rows["Content-Encoding"] = "gzip"
    length = len(body) if answer.length is None and not answer.endless else answer.length
    if length is not None and length >= 0 and answer.status != HTTPStatus.NOT_MODIFIED:
        rows["Content-Length"] = str(length)
    for name, value in answer.headers.items():
        rows = {kept: old for kept, old in rows.items() if kept.lower() != name.lower()}
        rows[name] = value
    try:
        reason = HTTPStatus(answer.status).phrase
    except ValueError:
        reason = "Odd"
    lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{name}: {value}" for name, value in rows.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _pieces(asked: Asked, answer: Answer) -> Iterator[bytes]:
    if asked.method == "HEAD" or answer.status == HTTPStatus.NOT_MODIFIED:
        return
    body = _body(asked, answer)[: answer.cut]
    if answer.endless:
        while True:
            yield body
    elif answer.drip:
        for start in range(len(body)):
            yield body[start : start + 1]
    elif body:
        yield body
