"""The demo's link service: one short link of a Shlink server, with all who opened it, an outage and a new beginning.

It answers the two questions of Shlink's interface that the collector asks, and knows the truth: who opened the link.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from math import ceil
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from commsleads.demo.clicking import Device, Drawn
from commsleads.demo.newsroom import ZONE, Calendar, data_of

KEY = "wndl"
"""The name of the secret with the key, and of its file."""
SECRET = "an-invented-key-of-the-demo"  # noqa: S105 - it opens nothing but the demo's own link


class Visit(NamedTuple):
    """One request that the service counted, and the truth about it."""

    when: datetime
    device: Device
    person: bool


class Said(NamedTuple):
    """Status and document of an answer."""

    status: HTTPStatus
    document: Mapping[str, Any]


class Shortener:
    """The service by the calendar. `visits` are all requests at its link, oldest first."""

    def __init__(self, calendar: Calendar) -> None:
        told = data_of("clicks")["wndl"]
        self.code: str = told["code"]
        self.address: str = told["address"]
        self.page: str = told["page"]
        self._made = [calendar.at(told["made"]), calendar.at(told["again"])]
        self._outage = tuple(map(calendar.at, told["outage"]))
        draw = Drawn(calendar, "wndl")
        visits = [
            Visit(when.replace(microsecond=0), draw.device(told[devices]), person)
            for part, devices, person in (("people", "devices", True), ("machines", "programs", False))
            for when in draw.moments(told["after"], told[part])
        ]
        self.visits = tuple(sorted(visits, key=lambda one: (one.when, one.person)))

    def answer(self, path: str, query: str, key: str, moment: datetime, base: str) -> Said:
        """What it says to a question at a moment. `base` is where our site is."""
        if self._outage[0] <= moment < self._outage[1]:
            return Said(HTTPStatus.SERVICE_UNAVAILABLE, {"title": "Service Unavailable", "status": 503})
        if key != SECRET:
            return Said(HTTPStatus.UNAUTHORIZED, {"title": "Invalid API key", "status": 401})
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        made = max((one for one in self._made if one <= moment), default=None)
        if path == "/rest/v3/short-urls":
            links = [self._link(made, moment, base)] if made else []
            return Said(HTTPStatus.OK, {"shortUrls": _paged(links, asked)})
        if path == f"/rest/v3/short-urls/{self.code}/visits" and made:
            return Said(HTTPStatus.OK, {"visits": _paged(self._visits(made, moment, asked), asked)})
        return Said(HTTPStatus.NOT_FOUND, {"title": "Short URL not found", "status": 404})

    def _link(self, made: datetime, moment: datetime, base: str) -> dict[str, Any]:
        visits = [one for one in self.visits if made <= one.when < moment]
        bots = sum(not one.person for one in visits)
        return {
            "shortCode": self.code,
            "shortUrl": self.address,
            "longUrl": f"{base}/site/{self.page}?utm_campaign=heat-next-door",
            "dateCreated": _written(made),
            "domain": None,
            "tags": [],
            "visitsSummary": {"total": len(visits), "nonBots": len(visits) - bots, "bots": bots},
        }

    def _visits(self, made: datetime, moment: datetime, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        """Newest first, from `startDate` to `endDate`, both included."""
        first = max(made, _read(asked.get("startDate"), made))
        last = _read(asked.get("endDate"), moment)
        return [
            {
                "date": _written(one.when),
                "referer": "",
                "userAgent": one.device.agent,
                "visitLocation": None,
                "potentialBot": not one.person,
                "visitedUrl": self.address,
            }
            for one in reversed(self.visits)
            if first <= one.when <= last and one.when < moment
        ]


def _paged(rows: list[dict[str, Any]], asked: Mapping[str, str]) -> dict[str, Any]:
    size, page = int(asked.get("itemsPerPage", "500")), int(asked.get("page", "1"))
    found = rows[(page - 1) * size : page * size]
    return {
        "data": found,
        "pagination": {
            "currentPage": page,
            "pagesCount": max(1, ceil(len(rows) / size)),
            "itemsPerPage": size,
            "itemsInCurrentPage": len(found),
            "totalItems": len(rows),
        },
    }


def _written(when: datetime) -> str:
    return when.astimezone(ZONE).isoformat(timespec="seconds")


def _read(text: str | None, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if text else otherwise


def as_json(said: Said) -> tuple[str, bytes]:
    """The media type and bytes of an answer."""
    media = "application/json" if said.status == HTTPStatus.OK else "application/problem+json"
    return media, json.dumps(said.document).encode()
