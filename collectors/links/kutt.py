"""The Kutt collector: the totals of an account's short links.

Kutt shows a total for each link and no single clicks; its series by day move with the hour they are asked in, so they
are left alone. `made` is the link's id with its date, so that an address made again is a new counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.links.names import Chosen, check
from commsleads.contract import Batch, Cursor, Source, Tally, Tools

__all__ = ["KuttCollector", "KuttSettings"]

PAGE = 50
RULE = (
    "Kutt counts requests at the link but for those whose agent is a known machine's; HEAD, prefetching and "
    "scanners that look like browsers are counted."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KuttSettings:
    """What a `[[sources]]` of kind `kutt` may say beside the common keys; `url` is the site, such as https://kutt.it.

    `key_secret` names the secret with the API key. `links` are the short links to count, by address or by their last
    part, `domain` those of one host; without both all of the account are.
    """

    key_secret: str = ""
    links: tuple[str, ...] = ()
    domain: str = ""

    def __post_init__(self) -> None:
        check(self.links, self.domain)


class KuttCollector:
    """Polls one account. See `contract.Collector`."""

    Settings = KuttSettings
    brings = "clicks"

    async def collect(self, source: Source[KuttSettings], cursor: Cursor, tools: Tools) -> Batch:  # noqa: ARG002
        """Read the totals of all links. Raises `AuthError`, `FetchError` or `ParseError`; then nothing was read."""
        settings = source.settings
        ask = Asking(tools, who="Kutt", headers={"X-API-KEY": key(tools, settings.key_secret)})
        url = base(source.url)
        url = url if "/api/" in url else f"{url}/api/v2"
        chosen = Chosen(settings.links, settings.domain)
        found: dict[str, Tally] = {}
        skip, complete = 0, False
        while ask.more:
            asked = {"limit": str(PAGE), "skip": str(skip)}
            answer = await ask.get(f"{url}/links", what="the links of the account", params=asked)
            rows = answer.rows("data")
            total = answer.number(answer.table(), "total")
            for row in rows:
                tally = _tally(answer, row)
                if chosen.has(tally.thing):
                    found[tally.thing] = tally
            skip += len(rows)
            if not rows or skip >= total:
                complete = True
                break
        notes = [chosen.missing(), "" if complete else f"Only the first {skip} links were read."]
        return Batch(
            tallies=list(found.values()),
            complete=complete,
            status=ask.status,
            size=ask.size,
            note=" ".join(filter(None, notes)),
        )


def _tally(answer: Answer, row: Mapping[str, Any]) -> Tally:
    made = (answer.text(row, "id", most=60), answer.text(row, "created_at", most=40, empty=True))
    return Tally(
        thing=answer.text(row, "link"),
        total=answer.number(row, "visit_count"),
        address=answer.text(row, "target", empty=True),
        made=" ".join(filter(None, made)),
        rule=RULE,
        filtered="service",
    )
