"""Responses that no machine can see, marked by hand: who called, who came, whom somebody sent."""

from __future__ import annotations

from datetime import datetime

from commsleads.plan import Campaign
from commsleads.responses import Response, Target
from commsleads.rules.responses.making import EXCLUDED, Act, made
from commsleads.rules.responses.window import AFTER, BEFORE, Span


def mark(
    campaign: Campaign,
    cta: str,
    kind: str,
    *,
    at: datetime,
    evidence: str,
    note: str,
    target: Target | None,
    span: Span,
    by: str,
) -> Response:
    """The response that a person marked, in that person's name. It is the act itself where the call to action is
    recognised by marks, else a step towards it."""
    asked = next((one for one in campaign.ctas if one.id == cta), None)
    done = Act(cta, did=asked is not None and "mark" in asked.ways)
    why = f"Marked by hand: {note}" if note else "Marked by hand."
    response = made(
        campaign, done, at=at, kind=kind, channel=kind, evidence=evidence, why=why, target=target, span=span
    )
    return response._replace(by=by)


def marked_again(response: Response, campaign: Campaign, target: Target | None, span: Span) -> Response:
    """A mark, held against the plan and the targets as they are now. What the person said stays; whether it is in time,
    of somebody excluded, and the act that is asked for follows from what is declared."""
    said = response.why
    for reason in (BEFORE, AFTER, EXCLUDED):
        said = said.removeprefix(reason).strip()
    asked = next((one for one in campaign.ctas if one.id == response.cta), None)
    reason = span.outside(response.at) or (EXCLUDED if target is not None and target.excluded else "")
    did = asked is not None and "mark" in asked.ways
    return response._replace(did=did, counts=not reason, why=f"{reason} {said}".strip())
