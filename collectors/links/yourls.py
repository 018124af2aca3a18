"""The YOURLS collector: the totals of all short links, in one question for each five hundred.

YOURLS keeps a total for each link and shows no single clicks. What was gained between two polls is reckoned by the
core; `made` is the link's timestamp, so that a keyword that was deleted and made again is a new counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.collectors.asking import Answer, Asking, base, key
from commsleads.collectors.links.names import Chosen, check
from commsleads.contract import AuthError, Batch, Cursor, FetchError, Source, Tally, Tools

__all__ = ["YourlsCollector", "YourlsSettings"]

PAGE = 500
RULE = (
    "YOURLS counts every request at the link, those of machines, previews and HEAD among them; clicks that a browser "
    "repeats from its own memory of the redirect never reach it."
)
_WORKED = ("", "200", "success")


@dataclass(frozen=True, slots=True, kw_only=True)
class YourlsSettings:
    """What a `[[sources]]` of kind `yourls` may say beside the common keys; `url` is the site, such as
    https://go.museum.example, or its yourls-api.php.

    `key_secret` names the secret with the signature token (Tools in YOURLS); a public site needs none. `links` are the
    short links to count, by address or keyword; without them all are.
    """

    key_secret: str = ""
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check(self.links)


class YourlsCollector:
    """Polls one YOURLS site. See `contract.Collector`."""

    Settings = YourlsSettings
    brings = "clicks"

    async def collect(self, source: Source[YourlsSettings], cursor: Cursor, tools: Tools) -> Batch:  # noqa: ARG002
        """Read the totals of all links. Raises `AuthError`, `FetchError` or `ParseError`; then nothing was read."""
        settings = source.settings
        token = key(tools, settings.key_secret) if settings.key_secret else ""
        ask = Asking(tools, who="YOURLS", secrets=(token,))
        site = base(source.url)
        url = site if site.endswith(".php") else f"{site}/yourls-api.php"
        chosen = Chosen(settings.links)
        found: dict[str, Tally] = {}
        start, whole = 0, None
        while ask.more:
            answer = await ask.post(url, what="its links", form=_form(start, token))
            _check(answer)
            rows = list(_links(answer))
            for row in rows:
                tally = _tally(answer, row)
                if chosen.has(tally.thing):
                    found[tally.thing] = tally
            whole = _whole(answer)
            start += len(rows)
            if len(rows) < PAGE or (whole is not None and start >= whole):
                break
        else:
            whole = (whole or start) + 1
        complete = whole is None or start >= whole
        notes = [chosen.missing(), "" if complete else f"Only the newest {start} links were read."]
        return Batch(
            tallies=list(found.values()),
            complete=complete,
            status=ask.status,
            size=ask.size,
            note=" ".join(filter(None, notes)),
        )


def _form(start: int, token: str) -> dict[str, str]:
    form = {"action": "stats", "format": "json", "filter": "last", "limit": str(PAGE), "start": str(start)}
    return {**form, "signature": token} if token else form


def _check(answer: Answer) -> None:
    """Raise what the answer says of itself: YOURLS writes its codes into the body, as numbers or as words."""
    said = answer.table()
    codes = {str(said.get(name, "")).lower() for name in ("statusCode", "errorCode", "code")}
    if str(said.get("status", "")).lower() != "fail" and codes <= set(_WORKED):
        return
    why = answer.said()
    if codes & {"401", "403"}:
        raise AuthError(
            "YOURLS refuses the signature of this source. Copy the token anew from the Tools page of the site and put "
            f"it where the secret is.{why}",
            status=answer.status,
        )
    raise FetchError(f"YOURLS could not answer.{why}", status=answer.status)


def _links(answer: Answer) -> Iterable[Mapping[str, Any]]:
    """The links: an object keyed link_1, link_2 …, and an empty list where there are none."""
    links = answer.table().get("links")
    if links is None and answer.table().get("stats") is not None:
        return ()  # a site without links says only how many there are
    if isinstance(links, list):
        return answer.rows("links")
    table = answer.table("links")
    return [answer.table(name, of=table) for name in table]


def _whole(answer: Answer) -> int | None:
    stats = answer.table().get("stats")
    return answer.number(stats, "total_links") if isinstance(stats, dict) and "total_links" in stats else None


def _tally(answer: Answer, row: Mapping[str, Any]) -> Tally:
    return Tally(
        thing=answer.text(row, "shorturl"),
        total=answer.number(row, "clicks"),
        address=answer.text(row, "url", empty=True),
        made=answer.text(row, "timestamp", most=100, empty=True),
        rule=RULE,
        filtered="no",
    )
