"""The Shlink collector: the totals of short links, and each click on them.

    list of links (totals) -> links whose total moved -> their visits since the last one read -> clicks

The list is cheap; visits are asked for only where the list says that there are new ones. Visits have no id: theirs is
made of link, time, agent and referrer, with a number for those that are alike in all of these; each stretch is read in
whole seconds, and again from an hour before the last visit. The cursor keeps for each link its total when it was last
read to the end, and the time of its newest visit; `next` is the link that the next poll begins with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.links.names import MOST, Chosen, check
from commsleads.collectors.links.visits import Place, visits
from commsleads.contract import Batch, Click, Cursor, FetchError, Source, Tally, Tools

__all__ = ["ShlinkCollector", "ShlinkSettings"]

PAGE = 500
MOST_DAYS = 3_660
ALL = "Shlink counts GET requests at the link, those of machines among them; HEAD is not counted."
NO_BOTS = "Shlink counts GET requests at the link but for those whose agent is a known machine's."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShlinkSettings:
    """What a `[[sources]]` of kind `shlink` may say beside the common keys; `url` is the server, such as
    https://go.museum.example.

    `key_secret` names the secret with the API key. `links` are the short links to count, by address or short code,
    `domain` those of one host, `tags` those with one of these tags; without them all are. `first_days` is how far back
    the clicks of a link are read when it is first seen. `clicks = false` reads totals alone.
    """

    key_secret: str = ""
    links: tuple[str, ...] = ()
    domain: str = ""
    tags: tuple[str, ...] = ()
    first_days: int = 30
    clicks: bool = True

    def __post_init__(self) -> None:
        check(self.links, self.domain)
        if not 0 <= self.first_days <= MOST_DAYS:
            raise ValueError(f"first_days must be between 0 and {MOST_DAYS}")
        if len(self.tags) > 50 or not all(tag.strip() and tag.isprintable() for tag in self.tags):
            raise ValueError("tags must be at most 50 words")


class ShlinkCollector:
    """Polls one server. See `contract.Collector`."""

    Settings = ShlinkSettings
    brings = "clicks"

    async def collect(self, source: Source[ShlinkSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Read the totals, and the clicks of links that have new ones; those left over are read by the next poll.

        Raises `AuthError`, `FetchError` or `ParseError` when the list cannot be read. Trouble with one link is noted.
        """
        ask = Asking(tools, who="Shlink", headers={"X-Api-Key": key(tools, source.settings.key_secret)})
        url = base(source.url)
        url = url if "/rest/v" in url else f"{url}/rest/v3"
        listed = await _listed(ask, url, source.settings)
        read = _Reading(ask, url, tools, source.settings, _places(cursor))
        if source.settings.clicks:
            for link in _turned(listed.links, cursor.get("next", "")):
                await read.link(link)
        notes = [*listed.notes, *read.notes()]
        return Batch(
            tallies=[tally for link in listed.links for tally in link.tallies()],
            clicks=read.clicks,
            cursor=read.cursor(),
            wait=read.trouble.wait if read.trouble else None,
            complete=listed.complete,
            status=ask.status,
            size=ask.size,
            note=" ".join(notes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A short link as the list shows it. `domain` is '' for the server's own."""

    code: str
    domain: str
    short: str
    long: str
    made: str
    total: int
    people: int | None

    @property
    def name(self) -> str:
        return f"{self.domain}/{self.code}"

    def tallies(self) -> list[Tally]:
        """Its total, and its total without known machines."""
        whole = Tally(thing=self.short, total=self.total, address=self.long, made=self.made, rule=ALL, filtered="no")
        if self.people is None:
            return [whole]
        return [
            whole,
            whole._replace(measure="clicks without bots", total=self.people, rule=NO_BOTS, filtered="service"),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    links: list[_Link]
    notes: list[str]
    complete: bool


async def _listed(ask: Asking, url: str, settings: ShlinkSettings) -> _Listed:
    """The links that the settings mean, the oldest first, so that new ones do not shift the pages."""
    chosen = Chosen(settings.links, settings.domain)
    found: dict[str, _Link] = {}
    asked: dict[str, str | list[str]] = {"itemsPerPage": str(PAGE), "orderBy": "dateCreated-ASC"}
    if settings.tags:
        asked["tags[]"] = list(settings.tags)
    page = pages = 1
    while page <= pages and ask.more and len(found) < MOST:
        answer = await ask.get(f"{url}/short-urls", what="its short links", params={**asked, "page": str(page)})
        for row in answer.rows("shortUrls", "data"):
            link = _link(answer, row)
            if chosen.has(link.short):
                found[link.name] = link
        pages = answer.number(answer.table("shortUrls", "pagination"), "pagesCount")
        page += 1
    complete = page > pages and len(found) <= MOST
    notes = [chosen.missing() if complete else f"There are more than {len(found)} links; name those to count in links."]
    return _Listed(links=list(found.values())[:MOST], notes=[note for note in notes if note], complete=complete)


def _link(answer: Answer, row: Mapping[str, Any]) -> _Link:
    summary = answer.table("visitsSummary", of=row)
    return _Link(
        code=answer.text(row, "shortCode", most=400),
        domain=answer.text(row, "domain", most=253, empty=True),
        short=answer.text(row, "shortUrl"),
        long=answer.text(row, "longUrl", empty=True),
        made=answer.text(row, "dateCreated", most=60, empty=True),
        total=answer.number(summary, "total"),
        people=answer.number(summary, "nonBots") if summary.get("nonBots") is not None else None,
    )


class _Reading:
    """The visits of one poll: what has come, and how far each link is read."""

    def __init__(self, ask: Asking, url: str, tools: Tools, settings: ShlinkSettings, places: dict[str, Place]) -> None:
        self.clicks: list[Click] = []
        self.trouble: FetchError | None = None
        self._before = places
        self.places: dict[str, Place] = {}
        self._ask = ask
        self._url = url
        self._tools = tools
        self._days = settings.first_days
        self._left = self._odd = 0
        self._next = ""

    async def link(self, link: _Link) -> None:
        """Read the new visits of a link, if there are any and there is still time for it."""
        place = self._before.get(link.name, Place())
        if not link.total or (place.total == link.total and place.made == link.made):
            self.places[link.name] = place
            return
        if place.made and place.made != link.made:
            place = Place()  # deleted and made again: another link
        self.places[link.name] = place
        if self.trouble or not self._ask.more:
            self._leave(link)
            return
        try:
            came = await visits(
                self._ask,
                self._url,
                code=link.code,
                domain=link.domain,
                place=place,
                now=self._tools.now,
                first_days=self._days,
            )
        except FetchError as error:
            if error.status != 404:
                self.trouble = error
            self._leave(link)
            return
        self.places[link.name] = came.place._replace(made=link.made, total=link.total if came.whole else -1)
        if not came.whole:
            self._leave(link)
        self._odd += came.odd
        name = f"{link.name}\x1f{link.made}"
        self.clicks += [
            Click(
                external_id=f"{name}\x1f{visit.identity}",
                thing=link.short,
                at=visit.at,
                address=link.long,
                agent=visit.agent,
                referrer=visit.referrer,
                bot=visit.bot,
            )
            for visit in came.visits
        ]

    def _leave(self, link: _Link) -> None:
        self._left += 1
        self._next = self._next or link.name

    def cursor(self) -> Cursor:
        """What the next poll must know."""
        kept = {name: place for name, place in self.places.items() if place != Place()}
        found = {"links": json.dumps(kept, separators=(",", ":"), sort_keys=True)} if kept else {}
        return {**found, "next": self._next} if self._next else found

    def notes(self) -> list[str]:
        """What is to be said of the reading."""
        said = []
        if self._left:
            why = f": {self.trouble}" if self.trouble else "."
            said.append(f"The newest clicks of {self._left} links are left for the next poll{why}")
        if self._odd:
            said.append(f"{self._odd} visits have no date that can be read, and are in the totals only.")
        return said


def _places(cursor: Cursor) -> dict[str, Place]:
    try:
        found = json.loads(cursor.get("links", "{}"))
        return {name: Place(int(total), str(since), str(made)) for name, (total, since, made) in found.items()}
    except (ValueError, TypeError, AttributeError):  # of another version: the ids stay, so all of it may be read again
        return {}


def _turned(links: list[_Link], name: str) -> list[_Link]:
    """The links in their order, beginning with that name: none waits for ever behind busy ones."""
    start = next((number for number, link in enumerate(links) if link.name == name), 0)
    return links[start:] + links[:start]
