"""The pages that calls to action lead to, looked at once a day: there, gone, moved, changed, or not to be seen.

Each address once, however many lead to it, through the polite client, as it stands and without running its programs. A
page is looked at while its campaign runs and is measured.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from commsleads import text
from commsleads.app import App
from commsleads.contract import Page
from commsleads.errors import AuthError, CollectError, CoolingError, TooLargeError, UnknownNameError
from commsleads.fetch import Fetcher
from commsleads.rules.links.landing import Look, destinations, judge, print_of
from commsleads.store import sources as timetable
from commsleads.store.campaigns import landings as rows
from commsleads.store.engine import Row, Session
from commsleads.tools import manners

log = logging.getLogger(__name__)

BITE = 20
"""Pages that are looked at side by side and kept in one transaction."""

LARGEST = 5_000_000
"""Bytes of a page; one that is larger is there, and its words are not compared."""

_TITLE = re.compile(r"<title[^<>]{0,500}>([^<]{0,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^<>]{1,200}?charset=[\"']?([a-zA-Z0-9_-]{2,40})", re.IGNORECASE)
_TEXTUAL = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})


def never() -> bool:
    """Nobody wants to stop."""
    return False


def any_due(app: App, session: Session) -> bool:
    """Whether a page is to be looked at now."""
    return bool(rows.due(session, wanted(app, session), app.now()))


def wanted(app: App, session: Session) -> dict[str, list[str]]:
    """The pages of campaigns that run, with "campaign/call to action" for all that lead to each."""
    today = app.now().astimezone(app.settings.organisation.zone).date()
    return destinations(app.campaigns(session), today)


def check(
    app: App, *, everyone: bool = False, only: Sequence[str] | None = None, stopping: Callable[[], bool] = never
) -> int:
    """Look at the pages that are due (or at all, or those of the campaigns in `only`); how many states changed."""
    now = app.now()
    changed = 0
    with app.engine.session() as session:
        pages = wanted(app, session)
        if only is not None:
            pages = {url: who for url, who in pages.items() if {one.partition("/")[0] for one in who} & set(only)}
        asked = list(pages) if everyone else rows.due(session, pages, now)
        if not asked:
            return 0
        with session.atomic():
            rows.want(session, asked, now)
        for start in range(0, len(asked), BITE):
            if stopping():
                break
            bite = asked[start : start + BITE]
            cooling = timetable.cooling(session, now)
            with asyncio.Runner() as runner:
                looks, cooled = runner.run(_look_at(app, bite, dict(cooling)))
            with session.atomic():
                known = rows.known(session)
                for url, look in zip(bite, looks, strict=True):
                    changed += rows.keep(session, known[url], look, judge(rows.as_known(known[url]), look), app.now())
                if cooled != cooling:
                    timetable.keep_cooling(session, cooled, now)
    return changed


async def _look_at(app: App, pages: Sequence[str], cooling: dict[str, datetime]) -> tuple[list[Look], Any]:
    ours = manners(app)
    async with Fetcher(replace(ours, max_bytes=min(ours.max_bytes, LARGEST)), cooling=cooling) as fetcher:
        looks = await asyncio.gather(*(_look(fetcher, url, app.now()) for url in pages))
        return looks, fetcher.cooling


async def _look(fetcher: Fetcher, url: str, now: datetime) -> Look:
    """One look. Whatever goes wrong is an answer too."""
    try:
        page = await fetcher.get(url, cursor={}, accept="text/html,application/xhtml+xml,*/*;q=0.8", now=now)
    except CoolingError as error:
        return Look("skipped", why=str(error))
    except UnknownNameError:
        return Look("gone", why="The name of its server is not known any more.")
    except TooLargeError:
        return Look("page", 200, why="It is there, and too large for its words to be compared.")
    except AuthError as error:
        return Look("failed", error.status, why=f"It asks for a password or refuses us ({error.status}).")
    except CollectError as error:
        if error.status in {404, 410}:
            return Look("gone", error.status, why=f"Its server says {error.status}: there is nothing at this address.")
        return Look("failed", error.status, why=str(error))
    try:
        return _read(page)
    except Exception as problem:  # one odd page must not cost the others their look
        log.exception("The page %s could not be read", url)
        return Look("failed", page.status, why=f"It makes no sense to us ({type(problem).__name__}).")


def _read(page: Page) -> Look:
    """Title and words of a page, without what only its programs would show. A file that is no text has none."""
    title = words = ""
    if page.media_type in _TEXTUAL:
        body = _decoded(page)
        found = _TITLE.search(body)
        title = text.title(found[1]) if found else ""
        words = text.plain(body)
    for_good = bool(page.cursor.get("moved_to"))
    return Look("page", page.status, title, print_of(title, words), page.url, for_good)


def _decoded(page: Page) -> str:
    named = _CHARSET.search(page.content[:4096])
    for charset in (page.charset, named[1].decode("ascii") if named else "", "utf-8"):
        try:
            return page.content.decode(charset, "replace") if charset else page.content.decode("utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return page.content.decode("utf-8", "replace")


def told(app: App, session: Session, only: Sequence[str] | None = None) -> list[Row]:
    """Every page of campaigns that run with its state, who asks for it, and what was found; for commands."""
    known = rows.known(session)
    found = []
    for url, who in wanted(app, session).items():
        if only is not None and not {one.partition("/")[0] for one in who} & set(only):
            continue
        row = known.get(url, {})
        found.append(
            {
                "url": url,
                "asked_by": who,
                "state": row.get("state", "new"),
                "since": row.get("since") or None,
                "checked_at": row.get("checked_at") or None,
                "seen_at": row.get("seen_at") or None,
                "status": row.get("status"),
                "title": row.get("title", ""),
                "led_to": row.get("led_to") or None,
                "note": row.get("note", "") or ("" if row else "It was not looked at yet."),
            }
        )
    return found
