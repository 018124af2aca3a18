"""The Dub collector: what its links have been clicked in all, and every single click where the plan shows them.

The totals come with the list of links, on every plan. Single clicks (`/events`) have an identity of their own, so that
reading some of them twice counts them once. The two are two views of the same clicks and never added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.contract import AuthError, Batch, Click, Cursor, FetchError, Source, Tally, Tools

__all__ = ["DubCollector", "DubSettings"]

PAGE = 100
EVENTS = 1_000
MOST_CLICKS = 20_000
MOST_DAYS = 400
OVERLAP = timedelta(hours=3)
"""Clicks are written down a moment after they happen: so much of the time before is read again."""
MANY = "Dub has more links than one poll may read; the others were not counted."
RULE = "Dub counts a visitor's clicks on a link once an hour, and leaves out machines that it knows."


@dataclass(frozen=True, slots=True, kw_only=True)
class DubSettings:
    """What a `[[sources]]` of kind `dub` may say beside the common keys; `url` is https://api.dub.co.

    `key_secret` names the secret with the key. `domain` is the only domain whose links count, where there are several.
    `clicks = false` asks for no single clicks. `first_days` is how many days back the first poll looks for those.
    """

    key_secret: str = ""
    domain: str = ""
    clicks: bool = True
    first_days: int = 30

    def __post_init__(self) -> None:
        if not 0 <= self.first_days <= MOST_DAYS:
            raise ValueError(f"first_days must be between 0 and {MOST_DAYS}, in days")


class DubCollector:
    """Polls the links of one workspace. See `contract.Collector`."""

    Settings = DubSettings
    brings = "clicks"

    async def collect(self, source: Source[DubSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for every link's total, and for the clicks since the last poll.

        Raises `AuthError`, `FetchError` or `ParseError`; a plan without single clicks is no error: `note` says so.
        """
        settings = source.settings
        secret = key(tools, settings.key_secret)
        dub = _Dub(Asking(tools, who="Dub", headers={"Authorization": f"Bearer {secret}"}), source)
        tallies = await dub.totals()
        notes = [MANY] if dub.cut else []
        going, wait = dict(cursor), None
        clicks: list[Click] = []
        if settings.clicks and dub.ask.more:
            start = _start(cursor, tools.now, settings.first_days)
            try:
                clicks, upto = await dub.clicks(start, tools.now)
            except AuthError as error:
                if error.status == 401:
                    raise
                notes.append(f"The plan or the key shows no single clicks; the totals are kept. ({error})")
            except FetchError as error:
                if not error.wait:
                    raise
                notes.append(f"The totals were read, single clicks will be at the next poll. ({error})")
                wait = error.wait
            else:
                going = {"at": upto.isoformat()}
                if upto < tools.now:
                    going["more"] = "yes"
                    notes.append("There are more clicks than one poll may read; the next goes on from there.")
        return Batch(
            tallies=tallies,
            clicks=clicks,
            cursor=going,
            wait=wait,
            complete=not dub.cut,
            status=dub.ask.status,
            size=dub.ask.size,
            note=" ".join(notes),
        )


class _Dub:
    """The interface. `cut` says that the list of links did not end."""

    def __init__(self, ask: Asking, source: Source[DubSettings]) -> None:
        self.ask = ask
        self.cut = False
        self._url = base(source.url)
        self._domain = {"domain": source.settings.domain} if source.settings.domain else {}

    async def totals(self) -> list[Tally]:
        """Every link with its clicks since it was made."""
        found: dict[str, Tally] = {}
        page = 1
        while True:
            asked = {"page": str(page), "pageSize": str(PAGE), **self._domain}
            answer = await self.ask.get(f"{self._url}/links", what="the list of links", params=asked)
            rows = answer.rows(most=PAGE)
            before = len(found)
            for row in rows:
                found[answer.text(row, "id", most=100)] = _total(answer, row)
            if len(rows) < PAGE:
                return list(found.values())
            if len(found) == before or not self.ask.more:
                self.cut = True
                return list(found.values())
            page += 1

    async def clicks(self, start: datetime, now: datetime) -> tuple[list[Click], datetime]:
        """The single clicks from `start` on, the oldest first, and up to when they are all there."""
        found: dict[str, Click] = {}
        page = 1
        while True:
            asked = {
                "event": "clicks",
                "start": _written(start),
                "end": _written(now),
                "page": str(page),
                "limit": str(EVENTS),
                "sortBy": "timestamp",
                "sortOrder": "asc",
                **self._domain,
            }
            answer = await self.ask.get(f"{self._url}/events", what="the single clicks", params=asked)
            rows = answer.rows(most=EVENTS)
            before = len(found)
            for row in rows:
                click = _click(answer, row)
                found[click.external_id] = click
            if len(rows) < EVENTS:
                return list(found.values()), now
            if len(found) == before:
                raise answer.senseless("it gives the same page of clicks again and again")
            if len(found) >= MOST_CLICKS or not self.ask.more:
                return list(found.values()), max(click.at for click in found.values())
            page += 1


def _total(answer: Answer, row: Mapping[str, Any]) -> Tally:
    made = answer.text(row, "createdAt", most=40, empty=True)
    return Tally(
        answer.text(row, "shortLink", most=500),
        answer.number(row, "clicks"),
        address=answer.text(row, "url", empty=True),
        made=f"{answer.text(row, 'id', most=100)} {made}".strip(),
        rule=RULE,
        zone="UTC",
        filtered="service",
    )


def _click(answer: Answer, row: Mapping[str, Any]) -> Click:
    """One event. Dub keeps no agent, only the names of browser and system; they and addresses are let go."""
    about, link = answer.table("click", of=row), answer.table("link", of=row)
    written = answer.text(row, "timestamp", most=40, empty=True) or answer.text(about, "timestamp", most=40)
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise answer.senseless("the time of a click is none") from None
    referrer = next(
        (word for name in ("refererUrl", "referer") if (word := answer.text(about, name, empty=True))), ""
    )  # fmt: skip
    return Click(
        answer.text(about, "id", most=200),
        _short(answer, link),
        at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC),
        address=answer.text(link, "url", empty=True),
        referrer="" if referrer == "(direct)" else referrer,
        qr=about.get("qr") is True or about.get("trigger") == "qr",
    )


def _short(answer: Answer, link: Mapping[str, Any]) -> str:
    found = answer.text(link, "shortLink", most=500, empty=True)
    return found or f"https://{answer.text(link, 'domain', most=253)}/{answer.text(link, 'key', most=200)}"


def _start(cursor: Cursor, now: datetime, since: int) -> datetime:
    try:
        before = datetime.fromisoformat(cursor["at"])
        if before.tzinfo:
            return min(before, now) - (timedelta(0) if cursor.get("more") else OVERLAP)
    except (KeyError, ValueError):
        pass
    return now - timedelta(days=since)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
