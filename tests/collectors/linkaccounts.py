"""Accounts at link services on loopback for tests: Bitly and Dub as their interfaces answer.

`Links` is what happened; `click` adds to it. `trouble` is "" or outage, limit, html, shape, as in `sitestatistics`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote

from tests.collectors.sitestatistics import KEY, Service, Visits, bearer, said
from tests.web import Answer, Asked, Web


class Links:
    """Short links and the moments of their clicks. A link that is made anew has another id and no clicks."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}
        self.at: dict[str, list[datetime]] = {}
        self.gone: set[str] = set()

    def make(self, name: str, made: str = "2026-11-01T08:00:00+0000") -> None:
        self.made[name] = made
        self.at[name] = []

    def click(self, name: str, at: datetime, count: int = 1) -> None:
        """So many clicks, a second apart."""
        self.at[name] += [at + timedelta(seconds=second) for second in range(count)]

    def by_day(self, name: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for at in self.at[name]:
            day = at.astimezone(UTC).date().isoformat()
            found[day] = found.get(day, 0) + 1
        return found


class Account(Service):
    """What the two have in common."""

    def __init__(self, web: Web, links: Links) -> None:
        super().__init__(web, Visits())
        self.links = links
        self.now = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
        self.allowed = 10**9

    def _answer(self, asked: Asked) -> Answer:
        if self.allowed <= 0:
            return self.limited()
        self.allowed -= 1
        return super()._answer(asked)


class Bitly(Account):
    """Version 4. Names of links are like bit.ly/abc; days without a click are told as 0 when `zeros`."""

    zeros = False

    def limited(self) -> Answer:
        return said({"message": "RATE_LIMIT_EXCEEDED", "resource": "bitlinks", "description": "slow down"}, 429)

    def answer(self, asked: Asked) -> Answer:
        if bearer(asked) != KEY:
            return said({"message": "FORBIDDEN", "resource": "bitlinks", "description": "no such token"}, 403)
        query = {name: values[-1] for name, values in parse_qs(asked.target.partition("?")[2]).items()}
        path = unquote(asked.path)
        if path == "/v4/groups":
            return said({"groups": [{"guid": "Ba1", "is_active": True}, {"guid": "Bold", "is_active": False}]})
        if path == "/v4/groups/Ba1/bitlinks":
            size, names = int(query["size"]), sorted(self.links.made)
            if "search_after" in query and query["search_after"] not in names:
                return said({"message": "INVALID_ARG_SEARCH_AFTER", "resource": "bitlinks", "description": ""}, 400)
            start = names.index(query["search_after"]) + 1 if "search_after" in query else 0
            part = names[start : start + size]
            after = part[-1] if start + size < len(names) else ""
            return said({"links": [self._about(name) for name in part], "pagination": {"search_after": after}})
        name = path.removeprefix("/v4/bitlinks/").removesuffix("/clicks")
        if name not in self.links.made or name in self.links.gone:
            return said({"message": "NOT_FOUND", "resource": "bitlinks", "description": "no such link"}, 404)
        if not path.endswith("/clicks"):
            return said(self._about(name))
        return said({
            "link_clicks": self._days(name, int(query["units"])),
            "units": int(query["units"]),
            "unit": query["unit"],
            "unit_reference": self.now.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        })  # fmt: skip

    def _days(self, name: str, units: int) -> list[dict[str, Any]]:
        counts = self.links.by_day(name)
        days = [(self.now.date() - timedelta(days=back)).isoformat() for back in range(units)]
        return [
            {"date": f"{day}T00:00:00+0000", "clicks": counts.get(day, 0)}
            for day in days
            if self.zeros or day in counts
        ]

    def _about(self, name: str) -> dict[str, Any]:
        where = f"https://museum.example/wing?utm_campaign=wing26&utm_content={name[-1]}"
        return {"id": name, "link": f"https://{name}", "long_url": where, "created_at": self.links.made[name]}


class Dub(Account):
    """Links with totals, and single clicks where the plan (`paid`) has them. Names are like go.example/abc."""

    paid = True

    def limited(self) -> Answer:
        problem = {"code": "rate_limit_exceeded", "message": "Too many requests", "doc_url": "https://dub.example"}
        return said({"error": problem}, 429, Retry_After="60")

    def answer(self, asked: Asked) -> Answer:
        if bearer(asked) != KEY:
            return said({"error": {"code": "unauthorized", "message": "Invalid API key", "doc_url": ""}}, 401)
        query = {name: values[-1] for name, values in parse_qs(asked.target.partition("?")[2]).items()}
        page = int(query["page"]) - 1
        if asked.path == "/links":
            size, names = int(query["pageSize"]), sorted(self.links.made)
            return said([self._link(name) for name in names[page * size : (page + 1) * size]])
        if asked.path != "/events" or query["event"] != "clicks":
            return said({"error": {"code": "not_found", "message": "Not found", "doc_url": ""}}, 404)
        if not self.paid:
            return said({"error": {"code": "forbidden", "message": "You need a higher plan", "doc_url": ""}}, 403)
        return said(self._events(query)[page * int(query["limit"]) : (page + 1) * int(query["limit"])])

    def _events(self, query: dict[str, str]) -> list[dict[str, Any]]:
        start, end = datetime.fromisoformat(query["start"]), datetime.fromisoformat(query["end"])
        every = sorted(
            (at, f"{name}-{self.links.made[name]}-{number}", name)
            for name, moments in self.links.at.items()
            for number, at in enumerate(moments)
            if start <= at <= end
        )
        return [
            {
                "event": "click",
                "timestamp": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                "click": {
                    "id": one, "browser": "Firefox", "os": "Linux", "device": "Desktop", "trigger": "link", "qr": False,
                    "referer": "(direct)", "refererUrl": "(direct)", "ip": "192.0.2.7", "country": "DE",
                },
                "link": self._link(name),
            }
            for at, one, name in every
        ]  # fmt: skip

    def _link(self, name: str) -> dict[str, Any]:
        domain, _, key = name.partition("/")
        return {
            "id": f"link_{name}_{self.links.made[name]}", "domain": domain, "key": key, "shortLink": f"https://{name}",
            "url": "https://museum.example/wing?utm_campaign=wing26", "clicks": len(self.links.at[name]),
            "createdAt": self.links.made[name],
        }  # fmt: skip
