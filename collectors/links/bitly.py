"""The Bitly collector: clicks by day on the links of an account.

Each link is a request of its own and Bitly counts requests: one poll asks for some dozens of links, and the next goes
on with those that were left. Each link's days reach back to when it was asked before, and three days more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.contract import Batch, CollectError, Cursor, FetchError, ParseError, Source, Tally, Tools

__all__ = ["BitlyCollector", "BitlySettings"]

AGAIN = 3
MOST_DAYS = 400
MOST_LINKS = 2_000
PAGE = 100
RULE = "Bitly counts clicks in days of UTC; whether it leaves machines out, its answers do not say."

_LINK = re.compile(r"(?!\.)[A-Za-z0-9.-]{1,253}/[^\s/?#%\\.][^\s/?#%\\]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BitlySettings:
    """What a `[[sources]]` of kind `bitly` may say beside the common keys; `url` is https://api-ssl.bitly.com/v4.

    `key_secret` names the secret with the access token. `links` are the links to count, such as "bit.ly/2rAZFZ1";
    without them all of the group `group` are, and without that all of every group of the account. `first_days` is how
    many days back the first poll looks; the plan at Bitly may show fewer.
    """

    key_secret: str = ""
    group: str = ""
    links: tuple[str, ...] = ()
    first_days: int = 30

    def __post_init__(self) -> None:
        if not 0 <= self.first_days <= MOST_DAYS:
            raise ValueError(f"first_days must be between 0 and {MOST_DAYS}, in days")
        if len(self.links) > MOST_LINKS:
            raise ValueError(f"links are {len(self.links)}, and may be {MOST_LINKS}; give a group instead")
        for link in self.links:
            if not _LINK.fullmatch(_bare(link)):
                raise ValueError(f'links holds "{link[:80]}", which is no link of Bitly such as "bit.ly/2rAZFZ1"')


class _Turn(NamedTuple):
    """Where among the links this poll is: it begins with `start`. The round began on `began`, the one before on
    `before`; None at first sight."""

    start: str
    began: date
    before: date | None

    def units(self, today: date, since: int) -> int:
        """How many days to ask for, today among them."""
        first = today - timedelta(days=since) if self.before is None else self.before - timedelta(days=AGAIN)
        return min(max((today - first).days + 1, AGAIN + 1), MOST_DAYS)


class BitlyCollector:
    """Polls the links of one account. See `contract.Collector`."""

    Settings = BitlySettings
    brings = "clicks"

    async def collect(self, source: Source[BitlySettings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for the days of some links; a limit of Bitly's in between ends the poll with what has come.

        Raises `AuthError` when the token is refused, `FetchError` when nothing could be read, `ParseError`.
        """
        headers = {"Authorization": f"Bearer {key(tools, source.settings.key_secret)}"}
        bitly = _Bitly(Asking(tools, who="Bitly", headers=headers), base(source.url))
        turn = _turn(cursor, tools.now.date())
        listed = await bitly.listed(source.settings)
        links = sorted(link for link in listed if link >= turn.start)
        units = turn.units(tools.now.date(), source.settings.first_days)
        left = await bitly.take(links, listed, units)
        notes = bitly.notes
        if bitly.cut:
            notes.append(f"There are more than {len(listed)} links; the others were not counted.")
        if left:
            notes.append(f"{sum(link >= left for link in links)} links were left for the next poll.")
        return Batch(
            tallies=bitly.tallies,
            cursor=_after(turn, left),
            wait=bitly.wait,
            complete=not bitly.cut and not bitly.missed,
            status=bitly.ask.status,
            size=bitly.ask.size,
            note=" ".join(notes[:3] + notes[-2:] if len(notes) > 5 else notes),
        )


class _Bitly:
    """The interface (v4), and what one poll read of it. `cut` says that the list of links did not end."""

    def __init__(self, ask: Asking, url: str) -> None:
        self.ask = ask
        self.cut = self.missed = False
        self.tallies: list[Tally] = []
        self.notes: list[str] = []
        self.wait: timedelta | None = None
        self._url = url

    async def take(self, links: Sequence[str], listed: Mapping[str, Mapping[str, Any]], units: int) -> str:
        """Read these links, as many as one poll may; the first that was left, '' for none.

        A link that cannot be read costs no other: it is noted, and `missed`. Raises what went wrong when that is all
        that came, or for the third time; but what was read before Bitly asked to be left alone is kept.
        """
        failed: CollectError | None = None
        failures = 0
        for link in links:
            if not self.ask.more:
                return link
            try:
                self.tallies += await self._days(link, listed[link], units)
            except (FetchError, ParseError) as error:
                if error.status in (404, 410):
                    self.notes.append(f"{link} is not there ({error.status}).")
                    continue
                if error.wait and self.tallies:
                    self.wait = error.wait
                    self.notes.append("Bitly wants to be left alone for a while.")
                    return link
                failed, failures = error, failures + 1
                if error.wait or failures == 3:
                    raise
                self.missed = True
                self.notes.append(str(error))
        if failed and not self.tallies:
            raise failed
        return ""

    async def listed(self, settings: BitlySettings) -> dict[str, Mapping[str, Any]]:
        """What is to be counted: each link's name, with what the list says of it."""
        if settings.links:
            return {_bare(link): {} for link in settings.links}
        found: dict[str, Mapping[str, Any]] = {}
        for group in [settings.group] if settings.group else await self._groups():
            await self._of_group(group, found)
        return found

    async def _groups(self) -> list[str]:
        answer = await self.ask.get(f"{self._url}/groups", what="the groups of the account")
        return [answer.text(row, "guid", most=64) for row in answer.rows("groups") if row.get("is_active") is not False]

    async def _of_group(self, group: str, found: dict[str, Mapping[str, Any]]) -> None:
        after = ""
        while True:
            asked = {"size": str(PAGE), **({"search_after": after} if after else {})}
            where = f"{self._url}/groups/{quote(group, safe='')}/bitlinks"
            answer = await self.ask.get(where, what=f"the links of the group {group}", params=asked)
            before = len(found)
            for row in answer.rows("links"):
                name = answer.text(row, "id", most=400)
                if _LINK.fullmatch(name):
                    found[name] = row
            after = answer.text(answer.table(), "pagination", "search_after", most=400, empty=True)
            if not after or len(found) == before or not after.isprintable():
                return
            if len(found) >= MOST_LINKS or not self.ask.more:
                self.cut = True
                return

    async def _days(self, link: str, about: Mapping[str, Any], units: int) -> list[Tally]:
        """The clicks on one link by day. A day that Bitly does not name is not told, and not zero."""
        where = f"{self._url}/bitlinks/{quote(link, safe='/')}"
        if not about:  # named in the settings: where it leads and since when, its own page tells
            answer = await self.ask.get(where, what=f"the link {link}")
            about = answer.table()
        asked = {"unit": "day", "units": str(units)}
        answer = await self.ask.get(f"{where}/clicks", what=f"the clicks on {link}", params=asked)
        if answer.text(answer.table(), "unit") != "day":
            raise answer.senseless("it does not count by the day")
        made = answer.text(about, "created_at", most=40, empty=True)
        address = answer.text(about, "long_url", empty=True)
        found: dict[str, Tally] = {}
        for row in answer.rows("link_clicks"):
            day, zone = _day(answer, row)
            clicks = answer.number(row, "clicks")
            found[day] = Tally(f"https://{link}", clicks, "clicks", day, address, made=made, rule=RULE, zone=zone)
        return [found[day] for day in sorted(found)]


def _day(answer: Answer, row: Mapping[str, Any]) -> tuple[str, str]:
    """The day of a row and the zone it is of; offsets come without a colon."""
    try:
        at = datetime.fromisoformat(answer.text(row, "date", most=40))
    except ValueError:
        raise answer.senseless("the date of a row is none") from None
    offset = at.strftime("%z")
    return at.date().isoformat(), "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:]}"


def _turn(cursor: Cursor, today: date) -> _Turn:
    before, began = _date(cursor.get("before", "")), _date(cursor.get("began", ""))
    if cursor.get("next") and began:
        return _Turn(cursor["next"], began, before)
    return _Turn("", today, min(began, today) if began else None)


def _after(turn: _Turn, left: str) -> Cursor:
    before = {"before": turn.before.isoformat()} if turn.before and left else {}
    return {"began": turn.began.isoformat(), **before, **({"next": left} if left else {})}


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _bare(link: str) -> str:
    """The link as Bitly names it: without its scheme."""
    return link.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
