"""httpx over our own engine, for interfaces that need more than a GET. The only module that imports httpx.

What httpx decides (addresses, headers, bodies, redirects when it is told to follow them) passes through the gate,
the slots, the bounds and the cool-downs of the `Fetcher` like every feed. A request that brings no answer raises
`FetchError`, and not an error of httpx: the words are made for people, and the core knows what it weighs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from commsleads.fetch.line import Post
from commsleads.fetch.target import parse

if TYPE_CHECKING:
    from commsleads.fetch import Fetcher, Manners

_OURS = frozenset(
    {"host", "connection", "accept-encoding", "content-length", "transfer-encoding", "user-agent", "expect"}
)
_UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends httpx's requests through a `Fetcher`. Bodies are read whole, within `max_bytes`."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        fields: list[str | bytes] = [
            name + b": " + value for name, value in request.headers.raw if name.decode("latin-1").lower() not in _OURS
        ]
        fields += ["Accept-Encoding: gzip, deflate", "Expect:"]
        post = None if request.method == "GET" and not body else Post(request.method, body)
        reply = await self._fetcher.exchange(parse(str(request.url)), fields, post, self._fetcher.clock())
        kept = [(name, value) for name, value in reply.headers.items() if name not in _UNPACKED]
        return httpx.Response(reply.status, headers=kept, content=reply.content, request=request)


def client(fetcher: Fetcher, manners: Manners) -> httpx.AsyncClient:
    """The one client of a `Fetcher`: nothing from the environment, no redirects unless asked for."""
    return httpx.AsyncClient(
        transport=GuardedTransport(fetcher),
        trust_env=False,
        follow_redirects=False,
        timeout=manners.timeout,
        headers={"User-Agent": manners.agent},
    )
