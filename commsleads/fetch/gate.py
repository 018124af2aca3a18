"""The one way out for a browser: a proxy on loopback that connects to judged addresses only, so much and so long.

A browser fetches by itself and would get round the guard. It is told to use this proxy for everything; here each name
is looked up and judged as for every other request of ours (`Fetcher.door`), and the connection goes to the address
that was judged. What is too much is cut off.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection
from types import TracebackType
from urllib.parse import urlsplit

from commsleads.errors import CollectError

Door = Callable[[str, int], Awaitable[tuple[str, int]]]
"""The address to connect to for a host and a port. Raises `CollectError` for what is never connected to."""

HEAD = 64_000
"""Bytes of the head of one request."""
WAIT = 15.0
"""Seconds for the head of a request, and for a connection."""
PORTS = frozenset({80, 443})
"""Where web pages are. Others are open for an address with its port in it only (plain http)."""
_CONNECT = re.compile(r"CONNECT ([^\s:/@]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5}) HTTP/1\.[01]")
_PLAIN = re.compile(r"(GET|HEAD) (http://\S+) HTTP/1\.[01]")
_DROPPED = re.compile(r"(?im)^(proxy-[\w-]+|connection|keep-alive):.*\r\n")


class Gate:
    """The proxy while it is open. `most` bytes go through it in both directions together; then it is shut. The hosts
    of `closed` are never connected to.

    ::

        async with Gate(fetcher.door, most=20_000_000) as gate:
            ... gate.address ...
    """

    def __init__(self, door: Door, *, most: int, closed: Collection[str] = ()) -> None:
        self._door = door
        self._left = most
        self._closed = frozenset(closed)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.refused: dict[str, str] = {}
        """The hosts that were not connected to, each with a sentence."""

    @property
    def address(self) -> str:
        """What a browser is told: `http://127.0.0.1:41234`."""
        if self._server is None:
            raise RuntimeError("the gate is not open")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    async def __aenter__(self) -> Gate:
        self._server = await asyncio.start_server(self._come, "127.0.0.1", 0, limit=HEAD)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            await self._serve(reader, writer)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser went away, or the server did
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
        head = raw.decode("latin-1")
        first, _, rest = head.partition("\r\n")
        if tunnel := _CONNECT.fullmatch(first):
            host, port = tunnel[1].strip("[]"), int(tunnel[2])
            sent = b""
        elif plain := _PLAIN.fullmatch(first):
            parts = urlsplit(plain[2])
            host, port = parts.hostname or "", parts.port or 80
            path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            fields = _DROPPED.sub("", rest)
            sent = f"{plain[1]} {path} HTTP/1.1\r\nConnection: close\r\n{fields}".encode("latin-1")
        else:
            writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n")
            return
        address, at, why = await self._judged(host.casefold(), port, tunnel=tunnel is not None)
        if why:
            self.refused[host.casefold()] = why
            writer.write(b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n")
            return
        there, to = await asyncio.wait_for(asyncio.open_connection(address, at), WAIT)
        try:
            if sent:
                to.write(sent)
            else:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ways = [asyncio.create_task(self._pass(*way)) for way in ((reader, to), (there, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED if sent else asyncio.ALL_COMPLETED)
            if sent:
                await ways[1]
                ways[0].cancel()
        finally:
            to.close()

    async def _judged(self, host: str, port: int, *, tunnel: bool) -> tuple[str, int, str]:
        """Where to connect to, or why not."""
        if host in self._closed:
            return "", 0, f"{host} is asked for by nobody but the browser."
        if tunnel and port not in PORTS:
            return "", 0, f"{host}:{port} is not where web pages are."
        try:
            return *await asyncio.wait_for(self._door(host, port), WAIT), ""
        except (CollectError, TimeoutError) as error:
            return "", 0, str(error) or f"{host} was not found in time."

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while self._left > 0 and (piece := await reader.read(HEAD)):
            self._left -= len(piece)
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
