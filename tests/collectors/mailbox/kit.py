"""Shorthands for the tests of the mailbox collector: mails, and a poll with everything real but the clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from commsleads.apart import Apart
from commsleads.collectors.mailbox import MailboxCollector, MailboxSettings
from commsleads.contract import NOTHING, Batch, Cursor, Letter, Page, ParseError, Source
from commsleads.fetch import Fetcher, Manners
from commsleads.mail import read_letters
from tests.web import LOOPBACK

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
POISON = b"X-Poison: yes"


def mail(number: int | str, *, words: str = "When does the wing open?", head: str = "") -> bytes:
    """A plain mail from a journalist."""
    return (
        f"Message-ID: <m{number}@paper.example>\r\nFrom: Jo Reed <jo@paper.example>\r\nTo: press@museum.example\r\n"
        f"Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nSubject: Question {number}\r\n{head}\r\n{words}\r\n"
    ).encode()


def picky(raw: list[bytes]) -> list[Letter]:
    """Reads letters as the program does, but chokes on poison."""
    if any(POISON in one for one in raw):
        raise RuntimeError("poison")
    return list(read_letters(raw))


class Kit:
    """What a poll is given: the guarded resolver, a child process, and one secret."""

    log = logging.getLogger("tests.collectors")

    def __init__(self, fetcher: Fetcher, child: Apart, limit: int, now: datetime, secret: str) -> None:
        self._child = child
        self._fetcher = fetcher
        self._secret = secret
        self.limit = limit
        self.now = now

    @property
    def http(self) -> httpx.AsyncClient:
        return self._fetcher.http()

    async def fetch(self, url: str, *, cursor: Cursor = NOTHING, accept: str = "*/*") -> Page:
        return await self._fetcher.get(url, cursor=cursor, accept=accept, now=self.now)

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        return await self._child.run(work, *args)

    async def letters(self, raw: Sequence[bytes]) -> Sequence[Letter | ParseError]:
        if any(POISON in one for one in raw):
            return await self._child.each(picky, raw, size=len)
        return read_letters(list(raw))  # the child takes longer to start than all of it to read

    async def connect(self, host: str, port: int) -> tuple[str, int]:
        return await self._fetcher.door(host, port)

    def secret(self, name: str) -> str:
        if name != "mailbox":
            raise LookupError(f'The secret "{name}" is missing.')
        return self._secret


def poll(
    url: str,
    cursor: Cursor = NOTHING,
    *,
    limit: int = 500,
    networks: tuple[str, ...] = LOOPBACK,
    now: datetime | None = None,
    secret: str = "",
    patience: float = 5.0,
    longest: float = 60.0,
    within: float | None = None,
    **settings: Any,
) -> Batch:
    """Poll once, over real sockets and files. After `within` seconds the poll is called off (`TimeoutError`)."""
    source = Source(id="s", kind="mailbox", url=url, every=timedelta(hours=1), settings=MailboxSettings(**settings))

    async def once() -> Batch:
        async with Fetcher(Manners(allow_networks=networks, timeout=10.0, spacing=0.0), resolve=_here) as fetcher:
            child = Apart()
            try:
                kit = Kit(fetcher, child, limit, now or datetime.now(UTC), secret)
                async with asyncio.timeout(within):
                    return await MailboxCollector(patience=patience, longest=longest).collect(source, cursor, kit)
            finally:
                await child.close()

    return asyncio.run(once())


async def _here(host: str, port: int) -> list[str]:
    """Every name is this machine; what has no IPv6 is not asked for it."""
    return ["127.0.0.1"]


def subjects(batch: Batch) -> list[str]:
    """The subjects of the mails that came, in order."""
    return [signal.letter.subject for signal in batch.signals if signal.letter]
