"""Shorthands for the tests of the feed collector: small feeds, one reading, and a poll over a real server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from commsleads.apart import Apart
from commsleads.collectors.feeds import FeedCollector, FeedSettings, read
from commsleads.collectors.feeds.signals import Feed
from commsleads.contract import NOTHING, Batch, Cursor, Letter, Page, ParseError, Signal, Source
from commsleads.fetch import Fetcher, Manners
from commsleads.mail import read_letters
from tests.web import LOOPBACK

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(*items: str, head: str = "") -> bytes:
    """An RSS feed of these items; each is the inside of an `<item>`."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel><title>Paper</title>'
        f"<link>https://paper.example/</link>{head}{inside}</channel></rss>"
    ).encode()


def atom(*entries: str, head: str = "") -> bytes:
    """An Atom feed of these entries."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">'
        f"<title>Paper</title>{head}{inside}</feed>"
    ).encode()


def feed_of(content: bytes, url: str = "https://paper.example/feed.xml", **how: Any) -> Feed:
    """Read a feed as the collector would."""
    return read(content, url=url, now=NOW, **how)


def one(content: bytes, **how: Any) -> Signal:
    """The only signal of a feed."""
    (signal,) = feed_of(content, **how).signals
    return signal


class Kit:
    """What a poll is given: the polite client itself, and a child process for work apart."""

    log = logging.getLogger("tests.collectors")

    def __init__(self, fetcher: Fetcher, child: Apart, limit: int) -> None:
        self._child = child
        self._fetcher = fetcher
        self.now = NOW
        self.limit = limit

    @property
    def http(self) -> httpx.AsyncClient:
        return self._fetcher.http()

    async def fetch(self, url: str, *, cursor: Cursor = NOTHING, accept: str = "*/*") -> Page:
        return await self._fetcher.get(url, cursor=cursor, accept=accept, now=self.now)

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        return await self._child.run(work, *args)

    async def letters(self, raw: Sequence[bytes]) -> Sequence[Letter | ParseError]:
        return await self._child.each(read_letters, raw, size=len)

    async def connect(self, host: str, port: int) -> tuple[str, int]:
        return await self._fetcher.door(host, port)

    def secret(self, name: str) -> str:
        raise LookupError(name)


def poll(url: str, cursor: Cursor = NOTHING, *, limit: int = 1_000, **settings: Any) -> Batch:
    """Poll a feed once over real sockets."""
    source = Source(id="s", kind="feeds", url=url, every=timedelta(hours=1), settings=FeedSettings(**settings))

    async def within() -> Batch:
        async with Fetcher(Manners(allow_networks=LOOPBACK, timeout=10.0, spacing=0.0)) as fetcher:
            child = Apart()
            try:
                return await FeedCollector().collect(source, cursor, Kit(fetcher, child, limit))
            finally:
                await child.close()

    return asyncio.run(within())
