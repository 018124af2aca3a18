"""What people say of responses: mark one that no machine can see, set one aside, undo that.

What a person said stays as it is: the rules never touch such a response again, and a rebuild keeps it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.campaigns.targets import advance, the_one
from commsleads.errors import CampaignError
from commsleads.plan import Campaign
from commsleads.responses import Response, Target
from commsleads.rules.responses import BY_HAND, mark, span, step
from commsleads.store import history
from commsleads.store.campaigns import responses as rows
from commsleads.store.engine import Session, stamp

KINDS = ("phone", "event", "referral")
"""What a person can mark: who called, who came, whom somebody sent."""
LONGEST = 500
"""Characters of a note or reason."""
AHEAD = timedelta(minutes=5)
"""Clocks differ."""
ASIDE, AGAIN = "set aside", "taken up again"


class Marked(NamedTuple):
    """A response as it stands now, and whether it is new."""

    response: Response
    new: bool


def add(
    session: Session,
    campaign: Campaign,
    cta: str,
    kind: str,
    *,
    at: datetime,
    now: datetime,
    zone: ZoneInfo,
    by: str,
    target: str = "",
    note: str = "",
) -> Marked:
    """Keep a response that a person knows of. The same said twice is one.

    Raises `CampaignError` with every mistake. One outside the window, or of an excluded target, is kept and says why it
    does not count.
    """
    _must_fit(campaign, cta, kind, at, now)
    with session.atomic():
        found = the_one(session, target, campaign.id) if target.strip() else None
        said = _one_line(note)
        response = mark(
            campaign,
            cta,
            kind,
            at=at,
            evidence=_evidence(kind, found, at, said),
            note=said,
            target=found,
            span=span(campaign, zone),
            by=by,
        )
        if not rows.add(session, response, now):
            return Marked(rows.of_ids(session, [response.id])[response.id], new=False)
        _noted(session, now, by, "added", before=None, after=response)
        status = step(campaign.statuses, did=response.did) if response.counts and found is not None else ""
        if status and found is not None:
            advance(session, found, status, response.at, by, why=response.why, response_id=response.id)
        return Marked(response, new=True)


def set_aside(session: Session, wanted: str, why: str, *, now: datetime, by: str) -> Response:
    """Let a response not count, for a reason; it stays to be seen. Its target's status stays where it is.

    Raises `CampaignError` when there is none such, without a reason, and when it does not count anyway.
    """
    reason = _one_line(why)
    if not reason:
        raise CampaignError("Say why it does not count: --why REASON")
    with session.atomic():
        before = the_response(session, wanted)
        if not before.counts:
            raise CampaignError(f"The response {before.id} does not count already: {before.why}")
        after = before._replace(counts=False, why=f"{BY_HAND}{reason}", by=by)
        rows.change(session, before.id, counts=False, why=after.why, by=by)
        _noted(session, now, by, ASIDE, before=before, after=after)
        return after


def undo(session: Session, wanted: str, *, now: datetime, by: str) -> Response:
    """Let a response that a person set aside stand as it stood before. Raises `CampaignError` when nobody did."""
    with session.atomic():
        before = the_response(session, wanted)
        changes = [one for one in history.of(session, "response", before.id) if one["what"] in (ASIDE, AGAIN)]
        if not changes or changes[-1]["what"] != ASIDE:
            raise CampaignError(f"Nobody has set the response {before.id} aside, so there is nothing to undo.")
        if not changes[-1]["before"]:
            raise CampaignError(f"How the response {before.id} stood before was erased with its target: mark it anew.")
        stood = json.loads(changes[-1]["before"])
        after = before._replace(counts=stood["counts"], why=stood["why"], by=stood["by"])
        rows.change(session, before.id, counts=after.counts, why=after.why, by=after.by)
        _noted(session, now, by, AGAIN, before=before, after=after)
        return after


def the_response(session: Session, wanted: str) -> Response:
    """The one response whose id begins so. Raises `CampaignError` when there is none, or several."""
    given = wanted.strip().lower()
    found = rows.find(session, given) if given else []
    exact = [one for one in found if one.id == given]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise CampaignError(f"No response has the id “{wanted[:40]}”. See: commsleads response list --campaign ID")
    raise CampaignError(f"Several responses begin with “{wanted[:40]}”. Give more of the id.")


def _must_fit(campaign: Campaign, cta: str, kind: str, at: datetime, now: datetime) -> None:
    problems = []
    if cta not in {one.id for one in campaign.ctas}:
        there = ", ".join(one.id for one in campaign.ctas)
        known = f"There is: {there}." if there else "It has none: declare one with [[campaigns.ctas]]."
        problems.append(f"The campaign {campaign.id} has no call to action “{cta[:60]}”. {known}")
    if kind not in KINDS:
        problems.append(f"“{kind[:60]}” cannot be marked by hand. There is: {', '.join(KINDS)}.")
    if at > now + AHEAD:
        problems.append(f"{at:%Y-%m-%d %H:%M} is yet to come: a response is marked when it has come.")
    if problems:
        raise CampaignError(*problems)


def _evidence(kind: str, target: Target | None, at: datetime, note: str) -> str:
    said = "\x1f".join((kind, target.id if target else "", stamp(at), note))
    return f"mark {blake2b(said.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().replace("\x00", "").split())[:LONGEST]


def _noted(session: Session, now: datetime, by: str, what: str, *, before: Response | None, after: Response) -> None:
    history.record(
        session,
        now,
        who=by,
        what=what,
        kind="response",
        row_id=after.id,
        before=_told(before) if before else None,
        after=_told(after) | ({} if before else {"campaign": after.campaign, "cta": after.cta, "kind": after.kind}),
    )


def _told(response: Response) -> dict[str, object]:
    return {"counts": response.counts, "why": response.why, "by": response.by}
