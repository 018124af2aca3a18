"""What the uplift of each campaign is measured by, as registered: append-only."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from commsleads.rules.campaigns.measured import Measure, Registered
from commsleads.store.engine import Session, moment, stamp


def registered(session: Session, campaign_id: str, until: datetime | None = None) -> list[Registered]:
    """Every version of a campaign, oldest first; with `until` those written down by then."""
    rows = session.tuples(
        "SELECT registered_at, plan FROM uplift_plans WHERE campaign_id = ? AND registered_at <= ? ORDER BY number",
        (campaign_id, stamp(until) if until else "9999"),
    )
    return [Registered(at, _read(plan)) for text, plan in rows if (at := moment(text))]


def last(session: Session, campaign_id: str) -> Measure | None:
    """The newest version of a campaign."""
    rows = session.tuples(
        "SELECT plan FROM uplift_plans WHERE campaign_id = ? ORDER BY number DESC LIMIT 1", (campaign_id,)
    )
    return _read(rows[0][0]) if rows else None


def keep(session: Session, campaign_id: str, measure: Measure, now: datetime) -> None:
    """Write a new version down."""
    rows = session.tuples("SELECT max(number) FROM uplift_plans WHERE campaign_id = ?", (campaign_id,))
    session.execute(
        "INSERT INTO uplift_plans (campaign_id, number, registered_at, plan) VALUES (:campaign, :number, :at, :plan)",
        campaign=campaign_id,
        number=(rows[0][0] or 0) + 1,
        at=stamp(now),
        plan=_written(measure),
    )


def _written(measure: Measure) -> str:
    return json.dumps(
        {
            "watches": measure.watches,
            "compare": measure.compare,
            "weeks": measure.weeks,
            "starts_on": measure.starts_on.isoformat(),
            "ends_on": measure.ends_on.isoformat() if measure.ends_on else None,
            "window_days": measure.window / timedelta(days=1),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _read(plan: str) -> Measure:
    kept = json.loads(plan)
    return Measure(
        watches=tuple(kept["watches"]),
        compare=tuple(kept["compare"]),
        weeks=kept["weeks"],
        starts_on=date.fromisoformat(kept["starts_on"]),
        ends_on=date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        window=timedelta(days=kept["window_days"]),
    )
