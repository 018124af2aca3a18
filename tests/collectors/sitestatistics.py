"""Site statistics on loopback for tests: Plausible, Matomo, Google Analytics 4 and Umami as their interfaces answer.

::

    with Web() as web:
        visits = Visits()
        visits.add("2026-11-18", 3, campaign="wing26", content="visit")
        service = Plausible(web, visits)           # answers with what `visits` holds, as Plausible would
        service.trouble = "outage"                 # or limit, html, shape, empty; "" for none

Each checks what it is asked as the real one does (key, method, names, page) and pages by what it is told. None is a
copy of a service: what they leave out is what commsleads does not ask for.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl
from zoneinfo import ZoneInfo

from tests.web import Answer, Asked, Web

KEY = "key-0123456789-abcdef"
PAGE = b"<!doctype html><title>Sign in</title><p>Please sign in."
NAMES = ("campaign", "content", "source", "medium")


class Visits:
    """What happened on the site: visits by day and UTM names, '' for a name that was not given."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, ...], int] = {}

    def add(self, day: str, count: int = 1, **utm: str) -> None:
        """So many visits on this day, or fewer with a negative number."""
        key = (day, *(utm.get(name, "") for name in NAMES))
        self.rows[key] = self.rows.get(key, 0) + count
        assert self.rows[key] >= 0

    def between(self, first: str, last: str) -> list[tuple[tuple[str, ...], int]]:
        """The rows of these days that are not empty, in order."""
        return sorted((key, n) for key, n in self.rows.items() if n and first <= key[0] <= last)

    def by_day(self, campaign: str = "wing26") -> dict[str, int]:
        """The campaign's visits of every day that had any."""
        found: dict[str, int] = {}
        for (day, name, *_), n in self.rows.items():
            if name == campaign and n:
                found[day] = found.get(day, 0) + n
        return found


def said(data: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    fields = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Answer(status=status, body=json.dumps(data).encode(), headers=fields)


class Service(ABC):
    """What the four have in common: troubles, and that every request goes through `answer`."""

    def __init__(self, web: Web, visits: Visits) -> None:
        self.visits = visits
        self.trouble = ""
        self.asked: list[Asked] = []
        web.handler("*", self._answer)

    def _answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if self.trouble == "outage":
            return Answer(status=503, body=b"down")
        if self.trouble == "html":
            return Answer(body=PAGE, headers={"Content-Type": "text/html"})
        if self.trouble == "shape":
            return said({"data": {"version": 9}})
        if self.trouble == "limit":
            return self.limited()
        return self.answer(asked)

    def limited(self) -> Answer:
        """How it says that it was asked too often."""
        return said({"error": "Too many API requests."}, 429, Retry_After="120")

    @abstractmethod
    def answer(self, asked: Asked) -> Answer:
        """What it says to one request."""


def bearer(asked: Asked) -> str:
    """The key of an Authorization header."""
    return asked.headers.get("authorization", "").removeprefix("Bearer ")


class Plausible(Service):
    """POST /api/v2/query. Empty buckets are left out; `(not set)` stands for a name that was not given, and "Direct /
    None" for a source."""

    site = "museum.example"

    def answer(self, asked: Asked) -> Answer:
        if asked.path != "/api/v2/query" or asked.method != "POST":
            return said({"error": "Not found"}, 404)
        if bearer(asked) != KEY:
            return said({"error": "Invalid API key"}, 401)
        body = json.loads(asked.body)
        if body["site_id"] != self.site:
            return said({"error": "Invalid site ID or no access to it"}, 401)
        dimensions = ["time:day", "visit:utm_campaign", "visit:utm_content", "visit:utm_source", "visit:utm_medium"]
        if body["metrics"] != ["visits"] or body["dimensions"] != dimensions:
            return said({"error": "not in this fake"}, 400)
        unwanted: dict[str, list[str]] = {one[1]: one[2] for one in body.get("filters", []) if one[0] == "is_not"}
        rows: list[dict[str, list[Any]]] = []
        for key, n in self.visits.between(*body["date_range"]):
            words = [word or ("Direct / None" if number == 3 else "(not set)") for number, word in enumerate(key)]
            if words[1] not in unwanted.get("visit:utm_campaign", ()):
                rows.append({"dimensions": words, "metrics": [n]})
        rows.sort(key=lambda row: row["dimensions"][0], reverse=True)
        page = body["pagination"]
        part = rows[page["offset"] : page["offset"] + min(page["limit"], 10_000)]
        return said({"results": part, "meta": {}, "query": {"date_range": body["date_range"]}})


class Matomo(Service):
    """POST /index.php. Most errors come with status 200; campaigns have their name only, in small letters."""

    zone = "Europe/Berlin"

    def limited(self) -> Answer:
        return said({"result": "error", "message": "The server is too busy to make this report."})

    def answer(self, asked: Asked) -> Answer:
        form = dict(parse_qsl(asked.body.decode()))
        if asked.path != "/index.php" or form.get("module") != "API":
            return Answer(body=PAGE, headers={"Content-Type": "text/html"})
        if form.get("token_auth") != KEY or "token_auth" in asked.target:
            return said({"result": "error", "message": "You cannot be authenticated with this token."})
        if form["method"] == "SitesManager.getSiteFromId":
            return said({"idsite": form["idSite"], "name": "Museum", "timezone": self.zone})
        if form["method"] != "Referrers.getCampaigns" or form["period"] != "day" or form["idSite"] != "7":
            return said({"result": "error", "message": "The method does not exist or is not available."})
        first, last = form["date"].split(",")
        start, most = int(form.get("filter_offset", 0)), int(form.get("filter_limit", 100))
        found: dict[str, list[dict[str, Any]]] = {}
        for number in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1):
            day = (date.fromisoformat(first) + timedelta(days=number)).isoformat()
            rows = self._campaigns(day)
            found[day] = rows[start:] if most < 0 else rows[start : start + most]
        return said(found)

    def _campaigns(self, day: str) -> list[dict[str, Any]]:
        found: dict[str, int] = {}
        for key, n in self.visits.between(day, day):
            if key[1]:
                found[key[1].lower()] = found.get(key[1].lower(), 0) + n
        return [{"label": name, "nb_visits": n, "segment": f"referrerName=={name}"} for name, n in found.items()]


class Ga4(Service):
    """POST /v1beta/properties/ID:runReport and POST /token. Everything is text; small figures may be withheld.

    Let `checked` look at a signed statement to hand out tokens.
    """

    withheld_below = 0
    zone = "Europe/Berlin"
    remaining = 39_000
    statements: list[str]

    def __init__(self, web: Web, visits: Visits) -> None:
        super().__init__(web, visits)
        self.statements = []

    def limited(self) -> Answer:
        message = "Exhausted property tokens per hour."
        return said({"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED"}}, 429)

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            form = dict(parse_qsl(asked.body.decode()))
            self.statements.append(form["assertion"])
            return said({"access_token": KEY, "expires_in": 3599, "token_type": "Bearer"})
        if asked.path != "/v1beta/properties/123456789:runReport":
            return said({"error": {"code": 404, "message": "Requested entity was not found."}}, 404)
        if bearer(asked) != KEY:
            problem = {"code": 401, "message": "Request had invalid credentials.", "status": "UNAUTHENTICATED"}
            return said({"error": problem}, 401)
        body = json.loads(asked.body)
        (days,) = body["dateRanges"]
        unwanted = body["dimensionFilter"]["notExpression"]["filter"]["inListFilter"]["values"]
        every = [
            ([key[0].replace("-", ""), *(word or "(not set)" for word in key[1:])], n)
            for key, n in reversed(self.visits.between(days["startDate"], days["endDate"]))
            if (key[1] or "(not set)") not in unwanted
        ]
        shown = [(words, n) for words, n in every if n >= self.withheld_below]
        start, most = int(body.get("offset", 0)), int(body.get("limit", 10_000))
        rows = [
            {"dimensionValues": [{"value": word} for word in words], "metricValues": [{"value": str(n)}]}
            for words, n in shown[start : start + most]
        ]
        about: dict[str, Any] = {"timeZone": self.zone, "currencyCode": "EUR"}
        if len(shown) < len(every):
            about["subjectToThresholding"] = True
        return said({
            "dimensionHeaders": [{"name": one["name"]} for one in body["dimensions"]],
            "metricHeaders": [{"name": "sessions", "type": "TYPE_INTEGER"}],
            **({"rows": rows} if rows else {}),
            "rowCount": len(shown),
            "metadata": about,
            "propertyQuota": {"tokensPerHour": {"consumed": 5, "remaining": self.remaining}},
            "kind": "analyticsData#runReport",
        })  # fmt: skip


class Umami(Service):
    """Log-in, metrics by query, links. `version` 2 has no expanded metrics. A visit is kept at noon of its day."""

    site = "11111111-2222-3333-4444-555555555555"
    version = 3
    zone = "Europe/Berlin"

    def __init__(self, web: Web, visits: Visits) -> None:
        super().__init__(web, visits)
        self.links: dict[str, dict[str, Any]] = {}

    def link(self, one: str, slug: str, url: str, clicks: int = 0) -> None:
        """A short link with its clicks."""
        self.links[one] = {"id": one, "slug": slug, "url": url, "createdAt": "2026-11-01T08:00:00.000Z", "n": clicks}

    def answer(self, asked: Asked) -> Answer:
        query = {name: values[-1] for name, values in parse_qs(asked.target.partition("?")[2]).items()}
        if asked.path == "/api/auth/login":
            body = json.loads(asked.body)
            if body == {"username": "press", "password": "a password"}:
                return said({"token": KEY, "user": {"username": "press"}})
            return said({"error": {"message": "Unauthorized", "code": "incorrect-username-password"}}, 401)
        if bearer(asked) != KEY and asked.headers.get("x-umami-api-key") != KEY:
            return said({"error": {"message": "Unauthorized", "code": "unauthorized"}}, 401)
        return self._entered(asked, query)

    def _entered(self, asked: Asked, query: Mapping[str, str]) -> Answer:
        if asked.path == "/api/links":
            rows = [{name: row[name] for name in row if name != "n"} for row in self.links.values()]
            page, size = int(query["page"]), int(query["pageSize"])
            part = rows[(page - 1) * size : page * size]
            return said({"data": part, "count": len(rows), "page": page, "pageSize": size})
        parts = asked.path.split("/")
        if parts[:3] == ["", "api", "websites"] and parts[4:] == ["stats"] and parts[3] in self.links:
            n = self.links[parts[3]]["n"]
            return said({"pageviews": n, "visitors": n, "visits": n, "bounces": 0, "totaltime": 0, "comparison": {}})
        if parts[:4] != ["", "api", "websites", self.site] or query.get("type") != "query":
            return said({"error": {"message": "Not found", "code": "not-found"}}, 404)
        if parts[4:] == ["metrics", "expanded"] and self.version >= 3:
            return said([{"name": name, "visits": n, "visitors": n, "pageviews": n} for name, n in self._page(query)])
        if parts[4:] == ["metrics"]:
            return said([{"x": name, "y": n} for name, n in self._page(query)])
        return Answer(status=404, body=PAGE, headers={"Content-Type": "text/html"})

    def _page(self, query: Mapping[str, str]) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for (day, *words), n in self.visits.between("2000-01-01", "2100-01-01"):
            noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(self.zone))
            at = (noon + timedelta(hours=12)).astimezone(UTC).timestamp() * 1000
            pairs = [f"utm_{name}={word}" for name, word in zip(NAMES, words, strict=True) if word]
            name = "&".join([*pairs, "fbclid=abc"])
            if int(query["startAt"]) <= at <= int(query["endAt"]) and query.get("search", "") in name:
                found[name] = found.get(name, 0) + n
        rows = sorted(found.items(), key=lambda row: -row[1])
        start, most = int(query.get("offset", 0)), int(query.get("limit", 500))
        return rows[start : start + most]
