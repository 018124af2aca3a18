"""The polite client: one way out of the house, for feeds and for interfaces.

    async with Fetcher(manners) as fetcher:
        page = await fetcher.get(url, cursor=cursor, now=now)

A `get` is conditional (`validators`), read strictly (`target`), connected only to addresses that pass the gate
(`addresses`, `engine`), unpacked within bounds (`unpack`), one of few at a time (`pace`), and over in time. Redirects
are followed by hand, each hop through the same gate. Where a server asks to be left alone, its whole site is
(`cooling`). What goes wrong is a sentence for a person (`failures`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from commsleads.addresses import Gate
from commsleads.contract import Cursor, Page
from commsleads.errors import CollectError, CoolingError, FetchError, RefusedAddressError
from commsleads.fetch.engine import Engine
from commsleads.fetch.failures import TimeUpError, out_of_time, refused, silent, status_error
from commsleads.fetch.heads import fresh_for, media_type, stay_away
from commsleads.fetch.hops import following
from commsleads.fetch.line import Post, Reply
from commsleads.fetch.lookup import LookUp, Resolve, slow, unknown
from commsleads.fetch.manners import Manners
from commsleads.fetch.pace import Slots, Turns, Visit
from commsleads.fetch.target import Target, parse
from commsleads.fetch.validators import Held, fresh, held, renewed

if TYPE_CHECKING:
    import httpx

__all__ = ["Fetcher", "Manners", "Resolve"]

PATIENCE = 3
"""So many requests to one host may time out, one after the other, before the others in line are sent home."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_DOCUMENT = frozenset({200, 203})
_PACKING = "Accept-Encoding: gzip, deflate"


def _clock() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches pages politely; an async context manager, one for each run of the loop.

    `cooling` says which sites asked to be left alone and until when (by registrable domain; by full address where
    there is none). It begins with what the caller knows, grows during the run, and the caller keeps it. `clock` tells
    requests of `http`, which bring no time, what time it is.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        cooling: Mapping[str, datetime] | None = None,
        resolve: Resolve | None = None,
        clock: Callable[[], datetime] = _clock,
    ) -> None:
        self.clock = clock
        self.cooling: dict[str, datetime] = dict(cooling or {})
        self._manners = manners
        self._gate = Gate(manners.allow_networks)
        self._resolve = resolve
        self._look_up: LookUp | None = None
        self._client: httpx.AsyncClient | None = None
        self._timed_out: dict[str, int] = {}
        self._engine: Engine
        self._slots: Slots
        self._turns: Turns

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._engine = Engine(self._gate, agent=self._manners.agent, proxy=self._manners.proxy)
        self._slots = Slots(self._manners.concurrency)
        self._turns = Turns(self._manners.per_host, self._manners.spacing)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.aclose()
        if self._look_up is not None:
            self._look_up.close()
        self._engine.close()

    async def get(self, url: str, *, cursor: Cursor, accept: str = "*/*", now: datetime) -> Page:
        """One conditional GET. Raises `FetchError` (`CoolingError`, `RefusedAddressError`) or `AuthError`.

        `now` is the caller's clock. The page's cursor is the given one with our validators renewed.
        """
        known = held(cursor, url, now)
        try:
            return await self._get(url, known, cursor, accept, now)
        except FetchError as error:
            # The place it had moved to is gone: perhaps the old one knows more.
            if known.start == url or not (error.status in (404, 410) or isinstance(error, RefusedAddressError)):
                raise
        return await self._get(url, Held(url, url, []), cursor, accept, now)

    def http(self) -> httpx.AsyncClient:
        """An httpx client for interfaces that need more than a GET, through the same gate, bounds and cool-downs.

        It follows no redirect unless asked to. Its errors are ours (`FetchError`) where no answer came.
        """
        if self._client is None:
            from commsleads.fetch.transport import client

            self._client = client(self, self._manners)
        return self._client

    async def door(self, host: str, port: int) -> tuple[str, int]:
        """The address to connect to for protocols that are not HTTP, looked up and judged like every other.

        Raises `FetchError` for a name that is not known, `RefusedAddressError` for what is never connected to. No
        proxy is asked: those of `[fetch] proxy` speak HTTP.
        """
        target = parse(f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}")
        found = [target.host] if target.literal else (await self._addresses(target))[0]
        self._judge(found)
        return found[0], target.port

    async def exchange(self, target: Target, fields: list[str | bytes], post: Post | None, now: datetime) -> Reply:
        """One request and its answer, whatever its status. For `http`; redirects are the caller's business."""
        way = await self._admit(target, now, None)
        async with self._visit(target, way):
            self._heed(target, now)
            seconds = self._manners.timeout - way.spent
            reply = await self._engine.send(
                target,
                fields,
                pins=way.pins,
                seconds=seconds,
                limit=self._manners.max_bytes,
                post=post,
                every_body=True,
            )
        self._cool(target, stay_away(reply.status, reply.headers, now, target.url), now)
        return reply

    async def _get(self, url: str, known: Held, cursor: Cursor, accept: str, now: datetime) -> Page:
        first = parse(known.start)
        began = self._loop.time()
        way = await self._admit(first, now, None)
        async with self._visit(first, way):
            entered = self._loop.time()
            now += timedelta(seconds=int(entered - began))  # it may have stood in line for minutes
            self._heed(first, now)
            if self._timed_out.get(first.host, 0) >= PATIENCE:
                raise silent(first.host)
            deadline = entered + self._manners.timeout - way.spent
            try:
                end = await self._walk(
                    first, way, known, fields=[f"Accept: {accept}", _PACKING], now=now, deadline=deadline
                )
            except TimeUpError:
                self._timed_out[first.host] = self._timed_out.get(first.host, 0) + 1
                raise
            self._timed_out.pop(first.host, None)
        target, reply, conditional, for_good = end
        head = reply.headers
        if reply.status == 304 and conditional:
            cursor = renewed(cursor, head)
        elif reply.status in _DOCUMENT:
            at = known.start if target.url == first.url else target.url
            moved_to = at if for_good else known.start
            cursor = fresh(cursor, head, url, now, at=at, moved_to=moved_to)
        else:
            raise self._refusal(target, reply, now)
        away = stay_away(reply.status, head, now, target.url)
        self._cool(target, away, now)
        kind, charset = media_type(head.get("content-type", ""))
        return Page(
            url=target.url,
            status=reply.status,
            content=reply.content,
            media_type=kind,
            charset=charset,
            cursor=cursor,
            headers=head,
            wait=away or fresh_for(head, now),
            modified=reply.status != 304,
        )

    async def _walk(
        self, target: Target, way: _Way, known: Held, *, fields: list[str | bytes], now: datetime, deadline: float
    ) -> _End:
        """Ask, and follow redirects by hand until something else comes."""
        seen = {target.url}
        for_good = True
        holder = known.at == known.start
        while True:
            conditional = known.fields if holder else []
            seconds = deadline - self._loop.time()
            if seconds <= 0:
                raise out_of_time()
            reply = await self._engine.send(
                target, fields + conditional, pins=way.pins, seconds=seconds, limit=self._manners.max_bytes
            )
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                return _End(target, reply, bool(conditional), for_good)
            for_good = for_good and reply.status in _FOR_GOOD
            target = following(target, location, seen)
            holder = target.url == known.at
            way = await self._admit(target, now, deadline - self._loop.time())

    def _visit(self, target: Target, way: _Way) -> Visit:
        site = "" if way.ours else (target.host if target.literal else _site(target.host) or target.host)
        return Visit(self._slots, self._turns, target.host, site)

    async def _admit(self, target: Target, now: datetime, seconds: float | None) -> _Way:
        """Look the host up and judge every address it has, one bad one being enough; raises `FetchError`."""
        self._heed(target, now)
        if target.literal:
            self._judge((target.host,))
            return _Way((), self._gate.admits(target.host), 0.0)
        if self._manners.proxy:
            return _Way((), False, 0.0)  # the proxy looks names up, often where this machine cannot
        try:
            async with asyncio.timeout(seconds):
                addresses, spent = await self._addresses(target)
        except TimeoutError as error:
            raise slow() from error
        self._judge(addresses)
        return _Way(tuple(addresses), all(map(self._gate.admits, addresses)), spent)

    def _judge(self, addresses: Sequence[str]) -> None:
        """Raise `RefusedAddressError` for the first that is never connected to."""
        for address in addresses:
            refusal = self._gate.refusal(address)
            if refusal is not None:
                raise refused(refusal)

    async def _addresses(self, target: Target) -> tuple[list[str], float]:
        if self._resolve is None:
            if self._look_up is None:
                self._look_up = LookUp(self._manners.timeout)
            return await self._look_up(target.host, target.port)
        began = self._loop.time()
        addresses = await self._resolve(target.host, target.port)
        if not addresses:
            raise unknown(target.host)
        return addresses, self._loop.time() - began

    def _heed(self, target: Target, now: datetime) -> None:
        """Raise `CoolingError` when the site wants to be left alone."""
        until = self.cooling.get(_key(target)) if self.cooling else None
        if until is not None and until > now:
            raise CoolingError(
                f"{target.host} asked to be left alone until {until:%d %B %H:%M} UTC, and is.", wait=until - now
            )

    def _refusal(self, target: Target, reply: Reply, now: datetime) -> CollectError:
        error = status_error(reply.status, reply.headers, target.url, now)
        self._cool(target, error.wait, now)
        return error

    def _cool(self, target: Target, wait: timedelta | None, now: datetime) -> None:
        if wait:
            key = _key(target)
            self.cooling[key] = max(now + wait, self.cooling.get(key, now))


class _Way(NamedTuple):
    """How a host is reached: the addresses it was found at, whether they are our own, the seconds that took."""

    pins: tuple[str, ...]
    ours: bool
    spent: float


class _End(NamedTuple):
    """Where the redirects led: `conditional` says validators were sent there, `for_good` that every hop was."""

    target: Target
    reply: Reply
    conditional: bool
    for_good: bool


@lru_cache(maxsize=4096)
def _site(host: str) -> str:
    from commsleads.urls import site

    return site(host)


def _key(target: Target) -> str:
    """What a cool-down is kept under: addresses without a registrable domain have no siblings."""
    return ("" if target.literal else _site(target.host)) or target.url
