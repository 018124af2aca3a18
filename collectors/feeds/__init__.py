"""The feed collector: RSS, RDF, Atom, JSON Feed, alert feeds, podcasts, and pages that name a feed.

    fetch -> unchanged? -> read (fast, else reference in a child) -> signals
                              | a web page
                              v
                          discovery -> fetch its feed

The cursor keeps, besides what the client keeps in it: `hash` of the last body that was read, `feed_url` where a
page led to a feed, `wait` in minutes as the feed wishes. Everything that parses is imported when there is something
to parse: a cycle in which no feed changed loads none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from commsleads.contract import (
    AuthError,
    Batch,
    CollectError,
    CoolingError,
    Cursor,
    FetchError,
    Page,
    ParseError,
    Source,
    Tools,
)

if TYPE_CHECKING:
    from commsleads.collectors.feeds.items import Reading
    from commsleads.collectors.feeds.signals import Feed

__all__ = ["FeedCollector", "FeedSettings", "read"]

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
SHORTEST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)

_OURS = ("hash", "feed_url", "wait")
_LOST = frozenset((401, 404, 410))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """What a `[[sources]]` of kind `feeds` may say beside the common keys."""

    language: str = ""  # the language, where the feed does not say
    outlet: str = ""  # the outlet of every item, where the item does not say
    discover: bool = True  # the address of a page may lead to its feed


class FeedCollector:
    """Polls one feed. See `contract.Collector`."""

    Settings = FeedSettings

    async def collect(self, source: Source[FeedSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Fetch the feed and read it if it changed.

        Raises `FetchError` or `AuthError` as the client does, and `ParseError` with the body for what is no feed.
        """
        address = cursor.get("feed_url", "") if source.settings.discover else ""
        try:
            page = await tools.fetch(address or source.url, cursor=cursor, accept=ACCEPT)
        except (AuthError, FetchError) as error:
            if not address or not _lost(error):
                raise
            return await self._afresh(source, tools, {address: error})
        if not page.modified or ("hash" in cursor and _digest(page.content) == cursor["hash"]):
            return Batch(
                modified=False,
                cursor=_carried(page, cursor),
                wait=_wait(page, cursor),
                status=page.status,
                size=len(page.content),
            )
        reading = await _reading(page, tools)
        if reading is not None:
            return _batch(reading, page, source, tools, feed_url=address)
        if address:
            return await self._afresh(source, tools, {})
        return await self._discover(page, source, tools, {})

    async def _afresh(
        self, source: Source[FeedSettings], tools: Tools, refused: dict[str, AuthError | FetchError]
    ) -> Batch:
        """Begin again at the source's own address: the feed that a page once led to is no longer there."""
        page = await tools.fetch(source.url, accept=ACCEPT)
        reading = await _reading(page, tools)
        if reading is not None:
            return _batch(reading, page, source, tools)
        return await self._discover(page, source, tools, refused)

    async def _discover(
        self, page: Page, source: Source[FeedSettings], tools: Tools, refused: dict[str, AuthError | FetchError]
    ) -> Batch:
        """Follow a page to the feed that it names; the best two are tried. `refused` are those asked in vain so far."""
        from commsleads.collectors.feeds.discovery import find_feeds, is_page, known_feed
        from commsleads.collectors.feeds.reading import no_feed

        failure = no_feed(page.content, page.media_type)
        if not source.settings.discover or not is_page(page.content):
            raise failure
        known = known_feed(source.url)
        try:
            found = [known] if known else await tools.apart(find_feeds, page.content, page.url, page.charset)
        except ParseError:  # the page is too much for the parser of pages
            raise failure from None
        found = found[:2]
        for address in found:
            if address in refused:
                continue
            try:
                answer = await tools.fetch(address, accept=ACCEPT)
            except (AuthError, FetchError) as error:
                tools.log.info("%s: the feed %r that its page names cannot be had: %s", source.id, address, error)
                refused[address] = error
                continue
            reading = await _reading(answer, tools)
            if reading is not None:
                return _batch(reading, answer, source, tools, feed_url=address)
        if found and refused.keys() >= set(found):
            raise _of_a_page(refused[found[0]], failure)
        raise failure


def read(content: bytes, *, url: str = "", media_type: str = "", charset: str = "", now: datetime) -> Feed:
    """Read a feed in this process: the fast reader and, when in doubt, the reference. Raises `ParseError`."""
    from commsleads.collectors.feeds import reading

    return reading.read(content, url=url, media_type=media_type, charset=charset, now=now)


def _lost(error: CollectError) -> bool:
    """Whether a feed that a page led to may have moved, so that the page is worth another look: it is gone, wants
    a password, or nobody answers. A server that answers with its trouble is asked again later."""
    return error.status in _LOST or (error.status is None and error.quarters == FetchError.quarters and not error.wait)


def _of_a_page(error: AuthError | FetchError, page: ParseError) -> FetchError:
    """The refusal of a feed as that of its page, which wants no password; the page goes along to be looked at."""
    if isinstance(error, CoolingError):
        return error
    return FetchError(
        f"The page names a feed, but it cannot be had: {error}",
        wait=error.wait,
        status=error.status,
        quarters=error.quarters,
        body=page.body,
        media_type=page.media_type,
    )


async def _reading(page: Page, tools: Tools) -> Reading | None:
    from commsleads.collectors.feeds.reading import KEPT, heavy, read_apart, read_quickly, worth_the_reference

    content = page.content
    if not heavy(content):
        reading = read_quickly(content, url=page.url, charset=page.charset)
        if reading is not None or not worth_the_reference(content):
            return reading
    try:
        return await tools.apart(read_apart, content, page.charset, page.url)
    except ParseError as error:
        raise ParseError(
            str(error), wait=error.wait, body=content[:KEPT], media_type=page.media_type, status=page.status
        ) from error


def _batch(reading: Reading, page: Page, source: Source[FeedSettings], tools: Tools, *, feed_url: str = "") -> Batch:
    from commsleads.collectors.feeds.signals import make_feed

    settings = source.settings
    feed = make_feed(reading, now=tools.now, limit=tools.limit, outlet=settings.outlet, language=settings.language)
    cursor = {key: value for key, value in page.cursor.items() if key not in _OURS}
    cursor["hash"] = _digest(page.content)
    if feed_url:
        cursor["feed_url"] = feed_url
    if feed.wait_minutes:
        cursor["wait"] = str(feed.wait_minutes)
    return Batch(
        signals=feed.signals,
        cursor=cursor,
        wait=_wait(page, cursor),
        complete=feed.complete,
        status=page.status,
        size=len(page.content),
        note=feed.note,
        about=feed.about,
    )


def _carried(page: Page, cursor: Cursor) -> Cursor:
    """The client's renewed validators with our own keys, which say what they said."""
    ours = {key: cursor[key] for key in _OURS if key in cursor and key not in page.cursor}
    return {**ours, **page.cursor} if ours else page.cursor


def _wait(page: Page, cursor: Mapping[str, str]) -> timedelta | None:
    """How long the server and the feed ask to be left alone, within bounds; None if neither does."""
    wished = cursor.get("wait", "")
    feed = timedelta(minutes=int(wished)) if wished.isdigit() and len(wished) < 8 else None
    asked = [wait for wait in (page.wait, feed) if wait is not None]
    return min(max(*asked, SHORTEST_WAIT), LONGEST_WAIT) if asked else None


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content, usedforsecurity=False).hexdigest()[:32]
