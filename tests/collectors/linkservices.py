"""Link services on loopback that count as the real ones do: Shlink with its visits, YOURLS and Kutt with their totals.

::

    with ShlinkServer(key="k") as service:
        link = service.make("wing", "https://museum.example/wing")
        service.click(link, at)                       # with agent, referrer, bot
        service.trouble = Answer(status=503)          # what every request gets meanwhile
        service.delete("wing")                        # and `make` again: another link of that name
        service.shape = lambda said: {...}            # what becomes of each answer before it is sent

A request without the key is refused as the service does it.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.web import Answer, Asked, Web

JSON = {"Content-Type": "application/json"}
PROBLEM = {"Content-Type": "application/problem+json"}
HTML = Answer(body=b"<!doctype html><title>Log in</title><p>Please log in", headers={"Content-Type": "text/html"})


@dataclass(slots=True, kw_only=True)
class Visited:
    """One visit as Shlink keeps it."""

    at: datetime
    agent: str = "Mozilla/5.0"
    referrer: str | None = None
    bot: bool = False


@dataclass(slots=True, kw_only=True)
class Link:
    """A short link: `number` tells it from another of the same code."""

    code: str
    url: str
    number: int
    made: datetime
    clicks: int = 0
    visits: list[Visited] = field(default_factory=list)


class Service(ABC):
    """What the three have in common: links, a key, and trouble."""

    def __init__(self, key: str = "sesame-7") -> None:
        self.key = key
        self.links: dict[str, Link] = {}
        self.trouble: Answer | None = None
        self.shape: Callable[[Any], Any] = lambda said: said
        self._made = 0
        self.web = Web()
        self.web.handler("*", self._answer)

    def __enter__(self) -> Self:
        self.web.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.web.close()

    @property
    def url(self) -> str:
        return self.web.url("").rstrip("/")

    @property
    def asked(self) -> int:
        return len(self.web.requests)

    def make(self, code: str, url: str = "https://museum.example/wing", *, clicks: int = 0) -> Link:
        """A new link, also of a code that was deleted."""
        self._made += 1
        made = datetime(2026, 11, 1, tzinfo=UTC).replace(second=self._made % 60, minute=self._made // 60)
        link = self.links[code] = Link(code=code, url=url, number=self._made, made=made, clicks=clicks)
        return link

    def delete(self, code: str) -> None:
        del self.links[code]

    def short(self, link: Link) -> str:
        return f"https://go.museum.example/{link.code}"

    def _answer(self, asked: Asked) -> Answer:
        if self.trouble is not None:
            return self.trouble
        if not self.lets_in(asked):
            return self.refuses()
        parts = urlsplit(asked.target)
        status, said = self.says(
            parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()}, asked
        )
        headers = JSON if status == 200 else PROBLEM
        return Answer(status=status, body=json.dumps(self.shape(said)).encode(), headers=headers)

    def lets_in(self, asked: Asked) -> bool:
        return asked.headers.get("x-api-key") == self.key

    def refuses(self) -> Answer:
        return Answer(status=401, body=b'{"error":"Unauthorized"}', headers=JSON)

    @abstractmethod
    def says(self, path: str, query: dict[str, str], asked: Asked) -> tuple[int, Any]:
        """Status and body of its answer to one request."""


class ShlinkServer(Service):
    """Shlink's REST interface, version 3: short links with totals, and visits, newest first."""

    most = 10_000

    def click(self, link: Link, at: datetime, **how: Any) -> None:
        link.visits.append(Visited(at=at, **how))

    def refuses(self) -> Answer:
        said = {"type": "https://shlink.io/api/error/invalid-api-key", "title": "Invalid API key", "status": 401,
                "detail": f"Provided API key {self.key} does not exist or is invalid"}  # fmt: skip
        return Answer(status=401, body=json.dumps(said).encode(), headers=PROBLEM)

    def says(self, path: str, query: dict[str, str], asked: Asked) -> tuple[int, Any]:
        if path == "/rest/v3/short-urls":
            rows = [self._row(link) for link in sorted(self.links.values(), key=lambda link: link.number)]
            return 200, {"shortUrls": self._page(rows, query)}
        code = unquote(path.removeprefix("/rest/v3/short-urls/").removesuffix("/visits"))
        link = self.links.get(code)
        if link is None:
            return 404, {
                "title": "Short URL not found",
                "detail": f"No URL found with short code {code}",
                "status": 404,
            }
        first = datetime.fromisoformat(query["startDate"]) if "startDate" in query else datetime.min.replace(tzinfo=UTC)
        last = datetime.fromisoformat(query["endDate"]) if "endDate" in query else datetime.max.replace(tzinfo=UTC)
        rows = [
            {"date": visit.at.replace(microsecond=0).isoformat(), "referer": visit.referrer, "userAgent": visit.agent,
             "visitLocation": None, "potentialBot": visit.bot, "visitedUrl": self.short(link)}
            for visit in sorted(link.visits, key=lambda visit: visit.at, reverse=True)
            if first <= visit.at.replace(microsecond=0) <= last
        ]  # fmt: skip
        return 200, {"visits": self._page(rows, query)}

    def _row(self, link: Link) -> dict[str, Any]:
        bots = sum(visit.bot for visit in link.visits)
        total = len(link.visits)
        return {"shortCode": link.code, "shortUrl": self.short(link), "longUrl": link.url, "domain": None, "tags": [],
                "dateCreated": link.made.isoformat(), "title": None,
                "visitsSummary": {"total": total, "nonBots": total - bots, "bots": bots}}  # fmt: skip

    def _page(self, rows: list[Any], query: dict[str, str]) -> dict[str, Any]:
        size = min(int(query.get("itemsPerPage", len(rows) or 1)), self.most)
        page = int(query.get("page", 1))
        part = rows[(page - 1) * size : page * size]
        pagination = {"currentPage": page, "pagesCount": max(1, -(-len(rows) // size)), "itemsPerPage": size,
                      "itemsInCurrentPage": len(part), "totalItems": len(rows)}  # fmt: skip
        return {"data": part, "pagination": pagination}


class YourlsServer(Service):
    """YOURLS' one address, asked by POST: totals as texts, links keyed link_1, link_2 …"""

    def lets_in(self, asked: Asked) -> bool:
        return parse_qs(asked.body.decode()).get("signature") == [self.key]

    def refuses(self) -> Answer:
        return Answer(status=403, body=HTML.body, headers=HTML.headers)

    def says(self, path: str, query: dict[str, str], asked: Asked) -> tuple[int, Any]:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if path != "/yourls-api.php" or form.get("format") != "json" or form.get("action") != "stats":
            return 400, {"message": 'Unknown or missing "action" parameter', "errorCode": 400}
        start, limit = int(form["start"]), int(form["limit"])
        links = sorted(self.links.values(), key=lambda link: link.number, reverse=True)
        part = links[start : start + limit]
        rows = {
            f"link_{number}": {"shorturl": self.short(link), "url": link.url, "title": "The new wing",
                               "timestamp": link.made.strftime("%Y-%m-%d %H:%M:%S"), "ip": "192.0.2.7",
                               "clicks": str(link.clicks)}
            for number, link in enumerate(part, start=1)
        }  # fmt: skip
        stats = {"total_links": str(len(links)), "total_clicks": str(sum(link.clicks for link in links))}
        return 200, {"links": rows or [], "stats": stats, "statusCode": "200", "message": "success"}


class KuttServer(Service):
    """Kutt's list of links."""

    def says(self, path: str, query: dict[str, str], asked: Asked) -> tuple[int, Any]:
        if path != "/api/v2/links":
            return 404, {"error": "Not found."}
        limit, skip = min(int(query.get("limit", 10)), 50), int(query.get("skip", 0))
        links = sorted(self.links.values(), key=lambda link: link.number, reverse=True)
        rows = [
            {"id": f"00000000-0000-4000-8000-{link.number:012}", "address": link.code, "link": self.short(link),
             "target": link.url, "visit_count": link.clicks, "banned": False, "password": False,
             "created_at": link.made.isoformat(), "updated_at": link.made.isoformat(), "description": None}
            for link in links[skip : skip + limit]
        ]  # fmt: skip
        return 200, {"limit": limit, "skip": skip, "total": len(links), "data": rows}
