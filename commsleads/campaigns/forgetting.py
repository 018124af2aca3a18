"""The end of what is known of people who are targets: when its time comes, or when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.errors import CampaignError
from commsleads.plan import Campaign
from commsleads.rules.campaigns.groups import kept_until
from commsleads.rules.campaigns.identity import address
from commsleads.store import history
from commsleads.store.campaigns import erasing, objections
from commsleads.store.desk import people
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import evidence


class Forgotten(NamedTuple):
    """How many targets were made nobody, and whether the objection is new."""

    erased: int
    new: bool


def prune(session: Session, campaigns: Iterable[Campaign], *, zone: ZoneInfo, keep: timedelta, now: datetime) -> int:
    """Make nobody of the targets whose time has come, by the plans as they are now; how many."""
    with session.atomic():
        for campaign in campaigns:
            if campaign.ends_on is not None:
                until = kept_until(campaign, zone, keep, datetime.min.replace(tzinfo=zone) + timedelta(days=2))
                erasing.later(session, campaign.id, stamp(until))
        ids = erasing.due(session, now)
        erasing.erase(session, ids, now)
    return len(ids)


def forget(session: Session, given: str, *, now: datetime, by: str, why: str = "") -> Forgotten:
    """Make nobody of whoever has this address, in all campaigns, and never take them in again.

    Links of their own lead nowhere from then on. Of the address a hash is kept, so that a later list with it is known.
    What the press desk holds of them is its own.
    """
    folded = address(given)
    if not folded:
        raise CampaignError(f"“{given[:80]}” is no mail address.")
    with session.atomic():
        ids = erasing.by_address(session, folded)
        for ident in ids:
            erasing.erase(session, [ident], now)
            erasing.exclude(session, ident, objections.WHY)
            history.record(session, now, who=by, what="erased", kind="target", row_id=ident)
        new = objections.add(session, folded, now, by, " ".join(why.split())[:500])
        evidence.note(session, evidence.PERSON, people.holders(session, folded))
        return Forgotten(len(ids), new)
