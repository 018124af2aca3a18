"""Plans of campaigns as they were declared, each with when and by whom: append-only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign
from commsleads.rules.campaigns.changes import Stamp, changes, started
from commsleads.store import history
from commsleads.store.campaigns import applied
from commsleads.store.engine import Session, moment, stamp


def of_campaign(session: Session, campaign_id: str) -> list[Stamp]:
    """Every plan of a campaign, oldest first."""
    rows = session.tuples(
        "SELECT number, at, by, started, declared FROM plans WHERE campaign_id = ? ORDER BY number", (campaign_id,)
    )
    return [
        Stamp(number, at, by, bool(begun), applied.read(declared))
        for number, text, by, begun, declared in rows
        if (at := moment(text))
    ]


def keep(session: Session, campaign: Campaign, now: datetime, zone: ZoneInfo, by: str) -> bool:
    """Keep a plan, if it differs from the last one; whether it did.

    A campaign that has none yet, but was declared before plans were kept, gets those that its history tells.
    """
    stamps = of_campaign(session, campaign.id)
    if not stamps:
        for at, who, plan in _earlier(session, campaign.id):
            _append(session, stamps, plan, zone, at=at, by=who)
    return _append(session, stamps, campaign, zone, at=now, by=by)


def _append(session: Session, stamps: list[Stamp], plan: Campaign, zone: ZoneInfo, *, at: datetime, by: str) -> bool:
    changed = [one.field for one in changes(stamps[-1].plan, plan)] if stamps else []
    if stamps and not changed:
        return False
    begun = started(stamps, plan, at, zone)
    number = stamps[-1].number + 1 if stamps else 1
    session.execute(
        "INSERT INTO plans (campaign_id, number, at, by, started, changed, declared) "
        "VALUES (:campaign, :number, :at, :by, :started, :changed, :declared)",
        campaign=plan.id,
        number=number,
        at=stamp(at),
        by=by,
        started=int(begun),
        changed="; ".join(changed),
        declared=applied.written(plan),
    )
    stamps.append(Stamp(number, at, by, begun, plan))
    return True


def _earlier(session: Session, campaign_id: str) -> Iterator[tuple[datetime, str, Campaign]]:
    """What the history of the settings tells of a campaign's plans."""
    for row in history.of(session, "campaign", campaign_id):
        declared = json.loads(row["after"]).get("declared") if row["after"] else None
        at = moment(row["at"])
        if declared and at:
            yield at, row["who"], applied.read(declared)
