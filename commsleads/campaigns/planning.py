"""Campaigns as they are declared: applied, retired, and each plan stamped with when it was written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.errors import CampaignError
from commsleads.plan import Campaign, Watch
from commsleads.rules.campaigns.changes import Change, Promise, changes, promise, started
from commsleads.rules.campaigns.measured import measure
from commsleads.store import uplift
from commsleads.store.campaigns import applied, plans
from commsleads.store.engine import Session


class Applied(NamedTuple):
    """What applying a campaign came to: `new`, `changed` or `same`. `started` says that it had begun by then."""

    id: str
    what: str
    started: bool
    changes: tuple[Change, ...] = ()


def stamp(session: Session, campaigns: Iterable[Campaign], zone: ZoneInfo, now: datetime, by: str) -> list[str]:
    """Keep the plan of each campaign that differs from its last one; their ids."""
    with session.atomic():
        return [campaign.id for campaign in campaigns if plans.keep(session, campaign, now, zone, by)]


def register(session: Session, campaigns: Iterable[Campaign], watches: Sequence[Watch], now: datetime) -> list[str]:
    """Write down what the uplift of each campaign is measured by, where that is new; their ids.

    Done as soon as a campaign is seen: what is written down after its start counts less, and says so.
    """
    found = [(campaign.id, measure(campaign, watches)) for campaign in campaigns]
    fresh = [(ident, one) for ident, one in found if one and one != uplift.last(session, ident)]
    if fresh:
        with session.atomic():
            for ident, one in fresh:
                uplift.keep(session, ident, one, now)
    return [ident for ident, _ in fresh]


def promised(session: Session, campaign_id: str, zone: ZoneInfo) -> Promise | None:
    """The plan of a campaign as it stood at the start, and what was changed since; None when none was written down."""
    return promise(plans.of_campaign(session, campaign_id), zone)


def apply(
    session: Session, campaigns: Sequence[Campaign], *, zone: ZoneInfo, now: datetime, by: str, dry_run: bool = False
) -> list[Applied]:
    """Put these campaigns in force, or with `dry_run` only say what that would change. Doing it twice changes nothing.

    The caller has refused those that the settings file owns (`config.applying`).
    """
    with session.atomic():
        current = {campaign.id: campaign for campaign in applied.active(session)}
        done = [_compared(session, campaign, current.get(campaign.id), now, zone) for campaign in campaigns]
        if not dry_run:
            for campaign, one in zip(campaigns, done, strict=True):
                if one.what != "same":
                    applied.put(session, campaign, now, by)
            stamp(session, campaigns, zone, now, by)
    return done


def retire(session: Session, campaign_id: str, *, owned: Collection[str], now: datetime, by: str) -> None:
    """Take a campaign that was applied out of force. Its targets, links and responses stay."""
    if campaign_id in owned:
        raise CampaignError(f"“{campaign_id}” is a campaign of the settings file; take it out there.")
    with session.atomic():
        if not applied.retire(session, campaign_id, now, by):
            known = ", ".join(campaign.id for campaign in applied.active(session))
            there = f"There is: {known}." if known else "Nobody has applied any."
            raise CampaignError(f"No campaign “{campaign_id[:60]}” is in force that was applied. {there}")


def _compared(session: Session, campaign: Campaign, current: Campaign | None, now: datetime, zone: ZoneInfo) -> Applied:
    stamps = plans.of_campaign(session, campaign.id)
    begun = started(stamps, campaign, now, zone)
    if current is None:
        return Applied(campaign.id, "new", begun)
    found = tuple(changes(current, campaign))
    return Applied(campaign.id, "changed" if found else "same", begun, found)
