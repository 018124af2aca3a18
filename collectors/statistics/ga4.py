"""The GA4 collector: sessions by campaign and day, from the Data API of Google Analytics 4.

Values come as text and by position; the headers say which is which. A row that is missing is zero only where Google
says that it withholds nothing (`subjectToThresholding`, `dataLossFromOtherRow`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.statistics.days import NAMES, UNNAMED, Days, fair, known_zone, named, span
from commsleads.collectors.statistics.google import token
from commsleads.contract import Batch, Cursor, FetchError, Source, Tools

__all__ = ["Ga4Collector", "Ga4Settings"]

ROWS = 5_000
HOUR = timedelta(hours=1)
LITTLE = 1_000
"""Tokens of an hour's 40,000 below which the next hour is waited for."""
RULE = (
    "Google Analytics 4 counts sessions (over after 30 minutes of silence) by the UTM names that they began with, of "
    "visitors who let it, in days of the property's own zone; it leaves out known machines and moves its figures for "
    "two days."
)
DIMENSIONS = ("date", "sessionCampaignName", "sessionManualAdContent", "sessionSource", "sessionMedium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ga4Settings:
    """What a `[[sources]]` of kind `ga4` may say beside the common keys; `url` is
    https://analyticsdata.googleapis.com/v1beta.

    `property` is the number of the property. `key_secret` names the secret with the key file (JSON) of a service
    account that may view it; `token_secret` one with an access token that something else renews. `timezone` only helps
    to know which day it is; Google tells the zone. `first_days` is how many days back the first poll looks.
    """

    property: str
    key_secret: str = ""
    token_secret: str = ""
    timezone: str = ""
    first_days: int = 30

    def __post_init__(self) -> None:
        number = self.property.removeprefix("properties/")
        if not (number.isascii() and number.isdigit()):
            raise ValueError('property must be the number of the property, such as "123456789", and not its G- name')
        if self.key_secret and self.token_secret:
            raise ValueError("key_secret and token_secret are both given; one of them is enough")
        fair(self.first_days)
        known_zone(self.timezone)


class Ga4Collector:
    """Polls the sessions of one property. See `contract.Collector`."""

    Settings = Ga4Settings
    brings = "clicks"

    async def collect(self, source: Source[Ga4Settings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for the days since the last poll, and the three before it, for which Google still moves its figures.

        Raises `AuthError` when the account is refused, `FetchError` (a used-up quota with its wait), `ParseError`.
        """
        settings = source.settings
        ask = await _admitted(settings, tools)
        days = Days(span(cursor, tools.now, settings.timezone, settings.first_days))
        number = settings.property.removeprefix("properties/")
        where = f"{base(source.url)}/properties/{number}:runReport"
        said = _Said()
        offset = 0
        while True:
            try:
                answer = await ask.post(where, what="the sessions by campaign", body=_question(days, offset))
            except FetchError as error:
                if error.status == 429:  # quotas are by the hour
                    error.wait = max(error.wait or HOUR, HOUR)
                raise
            rows = _rows(answer)
            new = sum([_take(row, answer, days) for row in rows])
            offset += len(rows)
            said.hear(answer)
            if len(rows) < ROWS:
                break
            if not new or not ask.more:
                days.cut = True
                break
        if not days.cut and not said.withheld:
            days.hear(*days.span.each())
        return Batch(
            tallies=days.tallies(cursor, rule=RULE, zone=said.zone or settings.timezone, filtered="service"),
            cursor=days.cursor(),
            wait=HOUR if said.short else None,
            complete=not days.cut,
            status=ask.status,
            size=ask.size,
            note=said.note(cut=days.cut),
        )


class _Said:
    """What the metadata of the answers said: the zone, and why figures may be smaller than what happened."""

    def __init__(self) -> None:
        self.zone = ""
        self.short = self.thresholded = self.other = self.sampled = False

    def hear(self, answer: Answer) -> None:
        about = answer.table().get("metadata")
        if isinstance(about, dict):
            self.zone = answer.text(about, "timeZone", most=64, empty=True) or self.zone
            self.thresholded |= about.get("subjectToThresholding") is True
            self.other |= about.get("dataLossFromOtherRow") is True
            self.sampled |= bool(about.get("samplingMetadatas"))
        quota = answer.table().get("propertyQuota")
        hourly = quota.get("tokensPerHour") if isinstance(quota, dict) else None
        if isinstance(hourly, dict) and "remaining" in hourly:
            self.short |= answer.number(hourly, "remaining") < LITTLE

    @property
    def withheld(self) -> bool:
        return self.thresholded or self.other or self.sampled

    def note(self, *, cut: bool) -> str:
        reasons = (
            (
                self.thresholded,
                "Google withholds small figures of this property: what is missing may be more than none.",
            ),
            (self.other, "Google put rows together as (other): some campaigns have more sessions than are shown."),
            (self.sampled, "Google counted a sample only: the figures are estimates."),
            (self.short, "The quota of this hour is nearly used up; the next poll waits for an hour."),
            (cut, "Google has more rows than one poll may read; the oldest days are not whole."),
        )
        return " ".join(words for holds, words in reasons if holds)


async def _admitted(settings: Ga4Settings, tools: Tools) -> Asking:
    if settings.key_secret:
        found = await token(tools, settings.key_secret)
    else:
        found = key(tools, settings.token_secret, setting="key_secret or token_secret")
    return Asking(tools, who="Google Analytics", headers={"Authorization": f"Bearer {found}"})


def _question(days: Days, offset: int) -> dict[str, Any]:
    unnamed = {"fieldName": DIMENSIONS[1], "inListFilter": {"values": sorted(UNNAMED)}}
    return {
        "dateRanges": [{"startDate": days.span.first.isoformat(), "endDate": days.span.last.isoformat()}],
        "dimensions": [{"name": name} for name in DIMENSIONS],
        "metrics": [{"name": "sessions"}],
        "dimensionFilter": {"notExpression": {"filter": unnamed}},
        "orderBys": [
            {"dimension": {"dimensionName": name}, "desc": name == DIMENSIONS[0]} for name in DIMENSIONS
        ],
        "offset": str(offset),
        "limit": str(ROWS),
        "returnPropertyQuota": True,
    }  # fmt: skip


def _rows(answer: Answer) -> list[Mapping[str, Any]]:
    """The rows; none where there are none, but only in an answer that is a report.

    The columns must be those that were asked for, in that order: values are known by their place alone.
    """
    table = answer.table()
    if "rows" not in table and table.get("kind") == "analyticsData#runReport":
        return []
    came = [answer.text(one, "name") for one in answer.rows("dimensionHeaders")]
    figures = [answer.text(one, "name") for one in answer.rows("metricHeaders")]
    if came != list(DIMENSIONS) or figures != ["sessions"]:
        raise answer.senseless("the columns are not those that were asked for")
    return answer.rows("rows", most=ROWS) if "rows" in table else []


def _take(row: Mapping[str, Any], answer: Answer, days: Days) -> bool:
    words = [answer.text(one, "value", empty=True) for one in answer.rows("dimensionValues", of=row)]
    figures = answer.rows("metricValues", of=row)
    if len(words) != len(DIMENSIONS) or len(figures) != 1:
        raise answer.senseless("a row has other values than those that were asked for")
    try:
        day = datetime.strptime(words[0], "%Y%m%d").date()  # noqa: DTZ007 a day, in the property's zone
    except ValueError:
        raise answer.senseless("a row's date is no date") from None
    utm = {name: found for name, word in zip(NAMES, words[1:], strict=True) if (found := named(word))}
    return days.add(tuple(words[1:]), utm, day, answer.number(figures[0], "value"))
