"""Shorthands for the tests of the polite client: one fetch on a loop of its own, and names that mean loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from commsleads.contract import Cursor, Page
from commsleads.errors import CollectError
from commsleads.fetch import Fetcher, Manners, Resolve
from tests.web import LOOPBACK

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def manners(**changes: Any) -> Manners:
    """Manners for loopback: quick, let in."""
    return Manners(**{"allow_networks": LOOPBACK, "timeout": 5.0, "spacing": 0.0, **changes})


def run(
    work: Callable[[Fetcher], Awaitable[T]],
    *,
    how: Manners | None = None,
    resolve: Resolve | None = None,
    cooling: Mapping[str, datetime] | None = None,
) -> T:
    """Do the work with a fetcher on a loop of its own."""

    async def within() -> T:
        async with Fetcher(how or manners(), resolve=resolve, cooling=cooling) as fetcher:
            return await work(fetcher)

    return asyncio.run(within())


def get(
    url: str,
    cursor: Cursor | None = None,
    *,
    how: Manners | None = None,
    resolve: Resolve | None = None,
    now: datetime = NOW,
) -> Page:
    """One fetch."""
    return run(lambda fetcher: fetcher.get(url, cursor=cursor or {}, now=now), how=how, resolve=resolve)


def problem(url: str, cursor: Cursor | None = None, **options: Any) -> CollectError:
    """The error of one fetch that must fail."""
    try:
        page = get(url, cursor, **options)
    except CollectError as error:
        return error
    raise AssertionError(f"{url} was fetched with {page.status}")


def names(**table: str | list[str]) -> Resolve:
    """A resolver that knows these names (`_` stands for a dot), each with an address or several."""
    known = {name.replace("_", "."): [found] if isinstance(found, str) else found for name, found in table.items()}

    async def resolve(host: str, port: int) -> list[str]:
        return known[host]

    return resolve
