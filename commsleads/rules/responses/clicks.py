"""Clicks on links that were made for one target each. Clicks on all other links are figures and never responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from commsleads.plan import Campaign
from commsleads.responses import Response, Target, Verdict
from commsleads.rules.responses.making import Act, made
from commsleads.rules.responses.window import Span

PEOPLE = (Verdict.HUMAN, Verdict.LIKELY)
"""The verdicts that make a response."""
WORDS: Mapping[str, str] = {
    Verdict.HUMAN: "certainly a person's",
    Verdict.LIKELY: "probably a person's",
    Verdict.DOUBTFUL: "probably a machine's",
    Verdict.MACHINE: "certainly a machine's",
}
TAKEN_BACK = "Taken back: "
BY_HAND = "Set aside: "
ASIDE = (TAKEN_BACK, BY_HAND)
"""Begin the `why` of what was a response once."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Opened(NamedTuple):
    """The first click of a person on a link that was made for one target: that within the window, if there is one."""

    target: str
    cta: str
    channel: str
    hit: str
    arrival: int
    verdict: str


def clicks(campaign: Campaign, opened: Iterable[Opened], targets: Mapping[str, Target], span: Span) -> list[Response]:
    """One response for each target and call to action: the first click. Later ones are no further responses."""
    first: dict[tuple[str, str], tuple[bool, int, str, Opened]] = {}
    for one in opened:
        at = _EPOCH + timedelta(microseconds=one.arrival)
        rank = (bool(span.outside(at)), one.arrival, one.hit, one)
        known = first.get((one.target, one.cta))
        if known is None or rank[:3] < known[:3]:
            first[one.target, one.cta] = rank
    asked = {cta.id: "click" in cta.ways for cta in campaign.ctas}
    return [
        made(
            campaign,
            Act(one.cta, asked.get(one.cta, False)),
            at=_EPOCH + timedelta(microseconds=arrival),
            kind="click",
            channel=one.channel,
            evidence=f"hit {one.hit}",
            why=f"The link made for this target was opened, and the click is {WORDS[one.verdict]}.",
            target=targets.get(one.target),
            span=span,
        )
        for _, arrival, _, one in first.values()
    ]


def taken_back(response: Response, verdict: str) -> Response:
    """A response whose click turned out to be a machine's: it stays, with the reason, and does not count."""
    return response._replace(counts=False, why=f"{TAKEN_BACK}the click reads as {WORDS[verdict]} now.")
