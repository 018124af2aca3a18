"""What one poll is given of the world (`contract.Tools`), and the manners that the settings ask of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from commsleads.apart import Apart
from commsleads.app import App
from commsleads.contract import NOTHING, Cursor, Letter, Page, ParseError
from commsleads.fetch import Fetcher, Manners

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


class SourceTools:
    """What one poll is given (`contract.Tools`)."""

    __slots__ = ("_apart", "_app", "_fetcher", "limit", "now")

    log = logging.getLogger("commsleads.collectors")

    def __init__(self, app: App, fetcher: Fetcher, apart: Apart, now: datetime) -> None:
        self._app = app
        self._apart = apart
        self._fetcher = fetcher
        self.now = now
        self.limit = app.settings.fetch.max_items

    @property
    def http(self) -> httpx.AsyncClient:
        return self._fetcher.http()

    async def fetch(self, url: str, *, cursor: Cursor = NOTHING, accept: str = "*/*") -> Page:
        return await self._fetcher.get(url, cursor=cursor, accept=accept, now=self.now)

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        return await self._apart.run(work, *args)

    async def letters(self, raw: Sequence[bytes]) -> Sequence[Letter | ParseError]:
        from commsleads.mail import read_letters

        return await self._apart.each(read_letters, raw, size=len)

    async def connect(self, host: str, port: int) -> tuple[str, int]:
        return await self._fetcher.door(host, port)

    def secret(self, name: str) -> str:
        return self._app.secret(name)


def manners(app: App) -> Manners:
    """How the settings want us to behave on other people's machines."""
    fetch = app.settings.fetch
    return Manners(
        contact=fetch.contact,
        allow_networks=fetch.allow_networks,
        concurrency=fetch.concurrency,
        per_host=fetch.per_host,
        spacing=fetch.spacing.total_seconds(),
        timeout=fetch.timeout.total_seconds(),
        max_bytes=fetch.max_bytes,
        proxy=fetch.proxy,
    )
