"""The Umami collector: visits by campaign and day from one's own Umami or its cloud, and the clicks on its links.

Umami keeps the query of each page that was opened; the UTM names in it are read, and everything else in it is let go.
Days are asked for one by one, between the moments at which they begin and end in `timezone`. The newer interface tells
visits; the older (version 2) visitors only, and then these are brought, as `visitors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.statistics.days import Days, Span, fair, known_zone, of_query, span
from commsleads.contract import AuthError, Batch, Cursor, FetchError, Source, Tally, Tools

__all__ = ["UmamiCollector", "UmamiSettings"]

ROWS = 500
PAGE = 100
VISITS = (
    "Umami counts visits (a visitor's hour) by the UTM names of the pages opened in them, in days of the zone given in "
    "the settings; machines that it knows, and those that do not run its script, are left out."
)
VISITORS = (
    "Umami counts visitors (address and browser, hashed anew each month) by the UTM names of the pages they opened, in "
    "days of the zone given in the settings; machines that it knows, and those that do not run its script, are left "
    "out."
)
CLICKS = "Umami counts every request at the link, also repeated ones, and leaves out machines that it knows."


@dataclass(frozen=True, slots=True, kw_only=True)
class UmamiSettings:
    """What a `[[sources]]` of kind `umami` may say beside the common keys; `url` is that of one's Umami, or
    https://api.umami.is/v1 for the cloud.

    `site_id` is the website's id (a UUID), "" for links alone. `key_secret` names an API key, of the cloud; one's own
    Umami wants `user` and `password_secret`. `timezone` is the zone in which days begin. `short_links` asks for the
    short links of the account, too. `first_days` is how many days back the first poll looks.
    """

    site_id: str
    key_secret: str = ""
    user: str = ""
    password_secret: str = ""
    timezone: str = "UTC"
    short_links: bool = False
    first_days: int = 30

    def __post_init__(self) -> None:
        if not self.site_id and not self.short_links:
            raise ValueError("there is nothing to count: give a site_id, or short_links = true, or both")
        if self.site_id and not _plain(self.site_id):
            raise ValueError("site_id must be the website's id in Umami, letters, digits and hyphens")
        if bool(self.user) != bool(self.password_secret):
            raise ValueError("user and password_secret belong together; give both, or key_secret alone")
        if not self.key_secret and not self.user:
            raise ValueError("there is no key: give key_secret (the cloud), or user and password_secret")
        fair(self.first_days)
        known_zone(self.timezone)


class UmamiCollector:
    """Polls one website's visits and one account's links. See `contract.Collector`."""

    Settings = UmamiSettings
    brings = "clicks"

    async def collect(self, source: Source[UmamiSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for the days since the last poll and the three before it, as many as one poll may; the next goes on.

        Raises `AuthError` when the login is refused, `FetchError`, `ParseError`.
        """
        settings = source.settings
        umami = await _enter(source, tools)
        tallies: tuple[Tally, ...] = ()
        notes: list[str] = []
        going: dict[str, str] = {}
        complete = True
        if settings.site_id:
            wanted = span(cursor, tools.now, settings.timezone, settings.first_days)
            days = await umami.visits(settings.site_id, wanted, settings.timezone)
            rule = VISITORS if umami.older else VISITS
            measure = "visitors" if umami.older else "visits"
            tallies = days.tallies(cursor, rule=rule, zone=settings.timezone, filtered="service", measure=measure)
            going = days.cursor()
            complete = not days.cut
            if days.span.last < wanted.last:
                notes.append(f"Read up to {days.span.last}; the next poll goes on from there.")
            if days.cut:
                notes.append("Umami has more rows than one poll may read; some are missing.")
        if settings.short_links:
            found, following = await umami.links(cursor.get("next", ""), tools.now)
            tallies += found
            if following:
                going["next"] = following
                notes.append("Some links were left for the next poll.")
        return Batch(
            tallies=tallies,
            cursor=going,
            complete=complete,
            status=umami.ask.status,
            size=umami.ask.size,
            note=" ".join(notes),
        )


class _Umami:
    """The interface, logged in. `older` says that it has no visits by name (version 2)."""

    def __init__(self, ask: Asking, url: str) -> None:
        self.ask = ask
        self.older = False
        self._url = url

    async def visits(self, site: str, wanted: Span, zone: str) -> Days:
        """The days from the oldest on, as many as one poll may ask for; the span of the result says which."""
        days = Days(wanted)
        last = wanted.first
        for day in wanted.each():
            if not self.ask.more and day > wanted.first:
                break
            await self._day(site, day, zone, days)
            last = day
        days.span = days.span._replace(last=last)
        return days

    async def _day(self, site: str, day: date, zone: str, days: Days) -> None:
        offset = 0
        while True:
            answer = await self._metrics(site, day, zone, offset)
            rows = answer.rows(most=ROWS)
            new = 0
            for row in rows:
                query = answer.text(row, "x" if self.older else "name", empty=True)
                new += days.add((query,), of_query(query), day, answer.number(row, "y" if self.older else "visits"))
            offset += len(rows)
            if len(rows) < ROWS:
                days.hear(day)
                return
            if not new or not self.ask.more:
                days.cut = True
                return

    async def _metrics(self, site: str, day: date, zone: str, offset: int) -> Answer:
        asked = {
            "type": "query",
            "search": "utm_campaign",
            "startAt": str(_moment(day, zone)),
            "endAt": str(_moment(day + timedelta(days=1), zone) - 1),
            "limit": str(ROWS),
            "offset": str(offset),
        }
        where = f"{self._url}/websites/{site}/metrics"
        what = "the visits by campaign"
        if not self.older:
            try:
                return await self.ask.get(f"{where}/expanded", what=what, params=asked)
            except FetchError as error:
                if error.status not in (404, 405):
                    raise
            self.older = True
        return await self.ask.get(where, what=what, params=asked)

    async def links(self, start: str, now: datetime) -> tuple[tuple[Tally, ...], str]:
        """The totals of the account's links from `start` on, and with which to begin next time; '' for from the top."""
        known: dict[str, Mapping[str, Any]] = {}
        page = 1
        while True:
            asked = {"page": str(page), "pageSize": str(PAGE)}
            answer = await self.ask.get(f"{self._url}/links", what="the list of links", params=asked)
            rows = answer.rows("data", most=PAGE)
            before = len(known)
            known.update((answer.text(row, "id", most=64), row) for row in rows)
            if len(rows) < PAGE or len(known) == before or not self.ask.more:
                break
            page += 1
        found: list[Tally] = []
        for one in sorted(known):
            if one < start or not _plain(one):
                continue
            if not self.ask.more:
                return tuple(found), one
            found.append(await self._link(one, known[one], answer, now))
        return tuple(found), ""

    async def _link(self, one: str, row: Mapping[str, Any], listed: Answer, now: datetime) -> Tally:
        slug = listed.text(row, "slug", most=200)
        asked = {"startAt": "0", "endAt": str(int(now.timestamp() * 1000))}
        answer = await self.ask.get(f"{self._url}/websites/{one}/stats", what=f"the link {slug}", params=asked)
        views = answer.table().get("pageviews")
        total = answer.number(views, "value") if isinstance(views, dict) else answer.number(answer.table(), "pageviews")
        return Tally(
            f"{self._url.removesuffix('/api')}/q/{slug}",
            total,
            address=listed.text(row, "url", empty=True),
            made=f"{one} {listed.text(row, 'createdAt', most=40, empty=True)}".strip(),
            rule=CLICKS,
            filtered="service",
        )


async def _enter(source: Source[UmamiSettings], tools: Tools) -> _Umami:
    """Log in, or take the key along."""
    settings = source.settings
    url = base(source.url)
    url = url if url.endswith("/api") or "/v1" in url else f"{url}/api"
    if settings.key_secret:
        headers = {"x-umami-api-key": key(tools, settings.key_secret)}
        return _Umami(Asking(tools, who="Umami", headers=headers), url)
    try:
        password = tools.secret(settings.password_secret)
    except Exception as error:
        raise AuthError(f"There is no password: {error}") from None
    door = Asking(tools, who="Umami", secrets=(password,))
    body = {"username": settings.user, "password": password}
    answer = await door.post(f"{url}/auth/login", what="a login", body=body)
    token = answer.text(answer.table(), "token", most=8_000)
    if not token.isascii() or not token.isprintable():
        raise answer.senseless("the token is none")
    return _Umami(Asking(tools, who="Umami", headers={"Authorization": f"Bearer {token}"}), url)


def _moment(day: date, zone: str) -> int:
    """Milliseconds since 1970 at which a day begins in a zone."""
    return int(datetime.combine(day, time(), ZoneInfo(zone or "UTC")).timestamp() * 1000)


def _plain(name: str) -> bool:
    return len(name) <= 64 and name.isascii() and name.replace("-", "").isalnum()
