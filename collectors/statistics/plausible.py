"""The Plausible collector: visits by campaign and day, from the query interface (v2) of the service or a server of
one's own.

Plausible leaves empty days out, and says so: a day and campaign that had visits at the last poll and is not in a full
answer is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.statistics.days import NAMES, Days, fair, known_zone, named, span
from commsleads.contract import Batch, Cursor, Source, Tools

__all__ = ["PlausibleCollector", "PlausibleSettings"]

ROWS = 1_000
RULE = (
    "Plausible counts visits (over after 30 minutes of silence) by the UTM names of the page that they began with, "
    "in days of the site's own zone, and leaves out machines that it knows."
)
DIMENSIONS = ("time:day", *(f"visit:{name}" for name in NAMES))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlausibleSettings:
    """What a `[[sources]]` of kind `plausible` may say beside the common keys; `url` is https://plausible.io or that of
    a server of one's own.

    `site` is the site as Plausible calls it, `timezone` the zone that it counts days in (Plausible does not tell).
    `first_days` is how many days back the first poll looks.
    """

    site: str
    key_secret: str = ""
    timezone: str = ""
    first_days: int = 30

    def __post_init__(self) -> None:
        if not self.site.strip():
            raise ValueError('site is empty; give the site as Plausible calls it, such as "museum.example"')
        fair(self.first_days)
        known_zone(self.timezone)


class PlausibleCollector:
    """Polls the visits of one site. See `contract.Collector`."""

    Settings = PlausibleSettings
    brings = "clicks"

    async def collect(self, source: Source[PlausibleSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Ask for the days since the last poll, and the three before it.

        Raises `AuthError` when the key is refused, `FetchError` (429 with its wait), `ParseError` for other answers.
        """
        settings = source.settings
        secret = key(tools, settings.key_secret)
        ask = Asking(tools, who="Plausible", headers={"Authorization": f"Bearer {secret}"})
        days = Days(span(cursor, tools.now, settings.timezone, settings.first_days))
        where = f"{base(source.url).removesuffix('/api/v2/query')}/api/v2/query"
        offset = 0
        while True:
            answer = await ask.post(where, what="the visits by campaign", body=_question(settings.site, days, offset))
            rows = answer.rows("results", most=ROWS)
            new = sum([_take(row, answer, days) for row in rows])
            offset += len(rows)
            if len(rows) < ROWS:
                break
            if not new or not ask.more:  # the same page again, or a list without an end
                days.cut = True
                break
        if not days.cut:
            days.hear(*days.span.each())
        return Batch(
            tallies=days.tallies(cursor, rule=RULE, zone=settings.timezone, filtered="service"),
            cursor=days.cursor(),
            complete=not days.cut,
            status=ask.status,
            size=ask.size,
            note="Plausible has more rows than one poll may read; the oldest days are not whole." if days.cut else "",
        )


def _question(site: str, days: Days, offset: int) -> dict[str, Any]:
    return {
        "site_id": site,
        "date_range": [days.span.first.isoformat(), days.span.last.isoformat()],
        "metrics": ["visits"],
        "dimensions": list(DIMENSIONS),
        "filters": [["is_not", "visit:utm_campaign", ["(not set)", "Direct / None"]]],
        "order_by": [["time:day", "desc"], *([name, "asc"] for name in DIMENSIONS[1:])],
        "pagination": {"limit": ROWS, "offset": offset},
    }


def _take(row: Any, answer: Answer, days: Days) -> bool:
    """One row: values stand by position, in the order asked for."""
    words, numbers = row.get("dimensions"), row.get("metrics")
    fine = isinstance(words, list) and isinstance(numbers, list) and len(words) == len(DIMENSIONS) and len(numbers) == 1
    if not fine or not all(isinstance(word, str) or word is None for word in words):
        raise answer.senseless(f"a row has not the {len(DIMENSIONS)} dimensions and the one figure that were asked for")
    try:
        day = date.fromisoformat(str(words[0])[:10])
    except ValueError:
        raise answer.senseless("a row's day is no date") from None
    utm = {name: found for name, word in zip(NAMES, words[1:], strict=True) if (found := named(word))}
    visits = answer.number({"visits": numbers[0]}, "visits")
    return days.add(tuple(str(word) for word in words[1:]), utm, day, visits)
