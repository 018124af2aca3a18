"""Telling the program that something went out: when, on which channel, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.errors import CampaignError
from commsleads.plan import Campaign, Channel, Status
from commsleads.responses import Target
from commsleads.rules.campaigns import statuses
from commsleads.store.campaigns import hits, mailings, objections, targets
from commsleads.store.campaigns.mailings import Mailing, mailing_id
from commsleads.store.engine import Session, micros

SCANNED = timedelta(hours=1)
"""For so long after a mailing its time may tell a scanner's click: clicks read before it was told are judged again."""


class Sent(NamedTuple):
    """What was noted. `n` is to how many it went, None when nobody knows; `left_out` counts who was not written to.

    `new` is False when this mailing had been told before.
    """

    mailing: str
    new: bool
    n: int | None
    contacted: int
    left_out: dict[str, int]


def sent(
    session: Session,
    campaign: Campaign,
    channel: str,
    *,
    channels: Sequence[Channel],
    at: datetime,
    now: datetime,
    by: str,
    group: str = "",
    n: int | None = None,
    note: str = "",
) -> Sent:
    """Note a mailing: its targets step to “contacted”, but for who is excluded, held back, or does not want to be
    written to.

    Raises `CampaignError` for an unknown channel or group, and for a mailing that is yet to come.
    """
    _check(session, campaign, channel, channels, group)
    if at > now:
        raise CampaignError("That time is yet to come. Tell of a mailing when it has gone out.")
    with session.atomic():
        members = targets.of_campaign(session, campaign.id, group=group)
        refused = objections.among(session, [one.email for one in members])
        left_out: dict[str, int] = {}
        asked = []
        for one in members:
            if why := _why_not(one, refused):
                left_out[why] = left_out.get(why, 0) + 1
            else:
                asked.append(one)
        if n is None and members:
            n = len(asked)
        ident = mailing_id(campaign.id, channel, group, at)
        new = mailings.add(session, Mailing(ident, campaign.id, channel, group, at, n, by, note))
        if new:
            _contact(session, asked, campaign.statuses, at, by)
            hits.wait_again(session, campaign.id, micros(at), micros(at + SCANNED))
    return Sent(ident, new, n, sum(one.contacted_at is None for one in asked) if new else 0, left_out)


def _check(session: Session, campaign: Campaign, channel: str, channels: Sequence[Channel], group: str) -> None:
    problems = []
    if channel not in {one.id for one in channels}:
        problems.append(f"No channel is called “{channel[:60]}”. There is: {', '.join(one.id for one in channels)}.")
    groups = {one.name for one in campaign.targets} | targets.groups(session, campaign.id)
    if group and group not in groups:
        there = f"There is: {', '.join(sorted(groups))}." if groups else "It has none."
        problems.append(f"“{campaign.id}” has no group “{group[:60]}”. {there}")
    if any(one.control for one in campaign.targets if one.name == group):
        problems.append(f"The group “{group}” is held back as a control: a mailing to it would spoil the comparison.")
    if problems:
        raise CampaignError(*problems)


def _why_not(target: Target, refused: frozenset[str]) -> str:
    if target.excluded:
        return target.excluded
    if target.control:
        return "held back as a control"
    return "asked not to be written to" if target.email in refused else ""


def _contact(session: Session, asked: Sequence[Target], way: Sequence[Status], at: datetime, by: str) -> None:
    """They were written to: whoever has not come so far yet steps to “contacted”. Many at once, as a list is long."""
    targets.contacted(session, [one.id for one in asked], at)
    step = statuses.contacted(way)
    if step is None:
        return
    before = {
        name: statuses.place(way, name) < statuses.place(way, step.name) for name in {one.status for one in asked}
    }
    behind = [(one.id, one.status) for one in asked if before[one.status]]
    targets.step_all(session, behind, status=step.name, at=at, by=by, why="a mailing")
