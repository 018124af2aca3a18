"""The Matomo collector: visits by campaign and day, from the reporting interface of one's own Matomo.

Matomo says most of its errors with status 200. A day with no campaign is an empty list; a day that is not in the
answer at all was not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.refusals import words
from commsleads.collectors.statistics.days import Days, fair, known_zone, named, span
from commsleads.contract import AuthError, Batch, CollectError, Cursor, FetchError, Source, Tools

__all__ = ["MatomoCollector", "MatomoSettings"]

ROWS = 500
RULE = (
    "Matomo counts visits (over after 30 minutes of silence) by campaign name, in days of the site's own zone; "
    "machines that do not run its script, and those that it knows, are left out."
)
_KEY = ("token", "auth", "access", "permission", "login", "credential")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatomoSettings:
    """What a `[[sources]]` of kind `matomo` may say beside the common keys; `url` is that of one's Matomo.

    `site_id` is the number of the site in Matomo, `token_secret` names the secret with a token that may read it.
    `timezone` is asked from Matomo where it is not given. `first_days` is how many days back the first poll looks.
    """

    site_id: int
    token_secret: str = ""
    timezone: str = ""
    first_days: int = 30

    def __post_init__(self) -> None:
        if self.site_id < 1:
            raise ValueError("site_id must be the number of the site in Matomo, from 1 on")
        fair(self.first_days)
        known_zone(self.timezone)


class MatomoCollector:
    """Polls the visits of one site. See `contract.Collector`."""

    Settings = MatomoSettings
    brings = "clicks"

    async def collect(self, source: Source[MatomoSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for the days since the last poll, and the three before it: archives are made late.

        Raises `AuthError` when the token is refused, `FetchError` for what Matomo says went wrong (also with status
        200), `ParseError` for other answers.
        """
        settings = source.settings
        matomo = _Matomo(source, tools)
        zone = settings.timezone or await matomo.zone()
        days = Days(span(cursor, tools.now, _usable(zone), settings.first_days))
        shares = await matomo.visits(days)
        notes = []
        if days.cut:
            notes.append("Matomo has more rows than one poll may read; some are missing.")
        if shares:
            notes.append(f"Matomo put the visits of further campaigns together as others: {shares}, told to nobody.")
        silent = sum(day not in matomo.heard for day in days.span.each())
        if silent:
            notes.append(f"Matomo said nothing of {silent} day{'' if silent == 1 else 's'}.")
        return Batch(
            tallies=days.tallies(cursor, rule=RULE, zone=zone, filtered="service"),
            cursor=days.cursor(),
            complete=not days.cut,
            status=matomo.ask.status,
            size=matomo.ask.size,
            note=" ".join(notes),
        )


class _Matomo:
    """The reporting interface of one site. The token goes in the form: one for secure requests only takes no other."""

    def __init__(self, source: Source[MatomoSettings], tools: Tools) -> None:
        self._token = key(tools, source.settings.token_secret, setting="token_secret")
        self._url = f"{base(source.url).removesuffix('/index.php')}/index.php"
        self._site = str(source.settings.site_id)
        self.ask = Asking(tools, who="Matomo", secrets=(self._token,))
        self.heard: set[date] = set()

    async def _call(self, method: str, what: str, **more: str) -> Answer:
        form = {"module": "API", "method": method, "idSite": self._site, "format": "JSON", **more}
        answer = await self.ask.post(self._url, what=what, form={**form, "token_auth": self._token})
        if isinstance(answer.data, dict) and answer.data.get("result") == "error":
            raise _refused(what, words(answer.data, lambda said: said.replace(self._token, "***")), answer.status)
        return answer

    async def zone(self) -> str:
        """The zone that the site's days are of."""
        answer = await self._call("SitesManager.getSiteFromId", "the zone of the site")
        rows = answer.rows() if isinstance(answer.data, list) else [answer.table()]  # a list in old versions
        return answer.text(rows[0] if rows else {}, "timezone", most=64)

    async def visits(self, days: Days) -> int:
        """Read every page of the campaigns into `days`; how many visits Matomo gave to no campaign in particular."""
        offset = others = 0
        while True:
            answer = await self._call(
                "Referrers.getCampaigns",
                "the visits by campaign",
                period="day",
                date=f"{days.span.first},{days.span.last}",
                filter_limit=str(ROWS),
                filter_offset=str(offset),
            )
            most = new = 0
            for day, rows in _by_day(answer, days):
                most = max(most, len(rows))
                self.heard.add(day)
                for row in rows:
                    visits, label = answer.number(row, "nb_visits"), unescape(answer.text(row, "label"))
                    rest = bool(row.get("is_summary") or row.get("issummaryrow"))
                    fresh = days.add((label, str(rest)), {} if rest else {"utm_campaign": named(label)}, day, visits)
                    others += visits if rest and fresh else 0
                    new += fresh
            offset += ROWS
            if most < ROWS:
                break
            if not new or not self.ask.more:
                days.cut = True
                break
        days.hear(*self.heard)
        return others


def _by_day(answer: Answer, days: Days) -> list[tuple[date, list[Mapping[str, Any]]]]:
    """The rows of each day that was told: an object by date, or a list where one day was asked for."""
    if isinstance(answer.data, list):
        if days.span.first == days.span.last:
            return [(days.span.first, answer.rows(most=ROWS))]
        if answer.data:
            raise answer.senseless("the answer is a list, where one by day was asked for")
        return []
    found = []
    for name in answer.table():
        try:
            day = date.fromisoformat(name)
        except ValueError:
            raise answer.senseless("a name in the answer is no day") from None
        found.append((day, answer.rows(name, most=ROWS)))
    return found


def _refused(what: str, said: str, status: int) -> CollectError:
    heard = f' It says: "{said}"' if said else ""
    if any(word in said.lower() for word in _KEY):
        return AuthError(
            f"Matomo refuses the token of this source for {what}. Make a new one there, with the right to view the "
            f"site; then poll the source by name.{heard}",
            status=status,
        )
    return FetchError(f"Matomo was asked for {what} and answers with an error.{heard}", status=status)


def _usable(zone: str) -> str:
    """The zone, or UTC for one that only Matomo knows, such as "UTC+5": today may be a day off, and is read again."""
    try:
        known_zone(zone)
    except ValueError:
        return "UTC"
    return zone
