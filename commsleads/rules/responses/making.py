"""One response made of its evidence: its id, whether it counts, whether it is the act that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from commsleads.plan import CallToAction, Campaign
from commsleads.responses import WAY_OF, Response, Target
from commsleads.rules.responses.window import Span

RULES = 1
"""The version of these rules. A higher one lets every campaign be settled anew."""
EXCLUDED = "Excluded from the targets."


class Act(NamedTuple):
    """The call to action of a response ('' when several could be meant), and whether it is the act asked for."""

    cta: str
    did: bool


def response_id(campaign: str, cta: str, evidence: str) -> str:
    """The id of a response: 16 hexadecimal digits of campaign, call to action and evidence."""
    said = f"{campaign}\x1f{cta}\x1f{evidence}"
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def act(campaign: Campaign, named: str, kind: str, *, by_person: bool = False) -> Act:
    """Which call to action a response of this kind answers.

    `named` is the one that the evidence names, or ''; what a person said (`by_person`) stands. An answer by mail that
    quotes a link to register is an answer and not a registration: where exactly one call to action is recognised by
    this way, it is that one.
    """
    way = WAY_OF[kind]
    by_way = [cta for cta in campaign.ctas if way in cta.ways]
    one = _called(campaign, named)
    if one is not None and way in one.ways:
        return Act(one.id, did=True)
    if one is not None and by_person:
        return Act(one.id, did=False)
    if len(by_way) == 1:
        return Act(by_way[0].id, did=True)
    if one is not None:
        return Act(one.id, did=False)
    return Act(campaign.ctas[0].id if len(campaign.ctas) == 1 else "", did=False)


def _called(campaign: Campaign, named: str) -> CallToAction | None:
    return next((cta for cta in campaign.ctas if cta.id == named), None)


def made(
    campaign: Campaign,
    done: Act,
    *,
    at: datetime,
    kind: str,
    channel: str,
    evidence: str,
    why: str,
    target: Target | None,
    span: Span,
    doubt: str = "",
) -> Response:
    """The response. With a `doubt`, outside the window, or of somebody who was excluded it is kept and does not count.

    A held-back control target counts: what such targets do anyway is what the others are compared with.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    reason = doubt or span.outside(at) or (EXCLUDED if target is not None and target.excluded else "")
    return Response(
        id=response_id(campaign.id, done.cta, evidence),
        campaign=campaign.id,
        cta=done.cta,
        target=target.id if target is not None else "",
        at=at,
        kind=kind,
        channel=channel,
        evidence=evidence,
        why=f"{reason} {why}".strip(),
        did=done.did,
        counts=not reason,
    )
