"""The short way of a click through uvicorn: from the parser to the answer without a task, a scope or a message.

A redirection needs nothing that ASGI offers, and ASGI costs more than the rest of a click together. So requests below
the redirector's prefix are answered where uvicorn's protocol has read their headers; all others go on to the
application. Reading requests stays httptools' work in every case.

Here are also the bounds of a connection that uvicorn leaves open: how large the head of a request may be, how long a
connection may take for it, and how many connections there may be.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from commsleads.web.asking import PATHS
from commsleads.web.redirector import Redirector
from commsleads.web.register import Entry

log = logging.getLogger(__name__)

MOST_HEAD = 64 << 10
"""Bytes of a request's head. Browsers and proxies send a tenth of it."""
PATIENCE = 15.0
"""Seconds for a request to come in whole, from the connection or the last answer on."""
_CLOSE = b"connection: close\r\n\r\n"
_NOT_LINKS = (b"/robots.txt", b"/healthz", b"/readyz", *PATHS)


class QuickProtocol(HttpToolsProtocol):
    """One connection. `redirector` and `most` (connections) are set by `protocol_of`."""

    redirector: Redirector
    most = 1_000

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.prefix = self.redirector.prefix
        self.asking: Any = self.parser  # as long as the connection is there
        self.head = 0
        self.ours = False
        self.peer = ""
        self.waits_since = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.peer = self.client[0] if self.client else ""
        if len(self.connections) > self.most:
            transport.write(STATUS_LINE[503] + b"content-length: 0\r\n" + _CLOSE)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.asking = None  # or the two would keep each other alive

    def data_received(self, data: bytes) -> None:
        self.head += len(data)
        super().data_received(data)
        if self.head > MOST_HEAD and not self.transport.is_closing():
            self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\n" + _CLOSE)
            self.transport.close()

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        self.head = 0
        self.ours = (
            self.url.startswith(self.prefix)
            and (self.cycle is None or self.cycle.response_complete)
            and not self.url.startswith(_NOT_LINKS)
        )
        if not self.ours:
            url, headers, expect = self.url, self.headers, self.expect_100_continue
            super().on_message_begin()
            self.url, self.headers, self.expect_100_continue = url, headers, expect
            self.scope["headers"] = headers
            super().on_headers_complete()
            return
        if self.transport.is_closing():
            return
        method = self.asking.get_method().decode("ascii")
        found = self.redirector.answer(method, self.url.partition(b"?")[0], self.headers, self.peer)
        self.reply(method, found)

    def reply(self, method: str, found: Any) -> None:
        """Write an answer and say whether the connection goes on."""
        head = b"".join([b"%b: %b\r\n" % line for line in self.server_state.default_headers])
        if isinstance(found, Entry):
            answer, body = STATUS_LINE[302] + head + found.answer, b""
        else:
            answer, body = STATUS_LINE[found.status] + head + found.lines, b"" if method == "HEAD" else found.body
        parser = self.asking
        goes_on = method in {"GET", "HEAD"} and parser.should_keep_alive() and not parser.should_upgrade()
        if goes_on and parser.get_http_version() == "1.1":
            self.transport.write(answer + b"\r\n" + body)
            self.waits_since = self.loop.time()
        else:
            self.transport.write(answer + _CLOSE + body)
            self.transport.close()
        self.server_state.total_requests += 1

    def on_body(self, body: bytes) -> None:
        self.head = 0
        if not self.ours:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.ours:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        self.waits_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.ours:  # somebody asks and asks, and does not read the answers
            self.transport.abort()

    def is_late(self, now: float) -> bool:
        """Whether this connection has been waited for long enough."""
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        return now - self.waits_since > PATIENCE


def protocol_of(redirector: Redirector, most: int) -> type[QuickProtocol]:
    """The protocol of one server."""
    return type("Protocol", (QuickProtocol,), {"redirector": redirector, "most": most})


def close_late(state: ServerState, now: float) -> None:
    """Close the connections that have been waited for long enough."""
    for connection in list(state.connections):
        if isinstance(connection, QuickProtocol) and connection.is_late(now):
            connection.transport.abort()
