"""Campaigns that people applied: kept in `declared` beside those of the settings, and read back as values.

A campaign of the settings file belongs to the file. Whoever calls `put` has seen to it that the id is not one of those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from commsleads.plan import CallToAction, Campaign, Goal, KeyMessage, Status, TargetGroup, UpliftPlan
from commsleads.store import history
from commsleads.store.engine import Session
from commsleads.store.intent import plain

T = TypeVar("T")


def active(session: Session) -> tuple[Campaign, ...]:
    """Those in force, by id."""
    rows = session.tuples(
        "SELECT declared FROM declared WHERE what = 'campaign' AND origin = 'people' AND active = 1 ORDER BY id"
    )
    return tuple(read(declared) for (declared,) in rows)


def find(session: Session, campaign_id: str) -> Campaign | None:
    """A campaign as it was declared last, in the settings or by people, also one that is not in force any more."""
    rows = session.tuples("SELECT declared FROM declared WHERE what = 'campaign' AND id = ?", (campaign_id,))
    return read(rows[0][0]) if rows else None


def put(session: Session, campaign: Campaign, now: datetime, by: str) -> None:
    """Keep a campaign as somebody declared it, in place of what stood under its id."""
    rows = session.tuples("SELECT declared, active FROM declared WHERE what = 'campaign' AND id = ?", (campaign.id,))
    before, after = (rows[0][0] if rows else ""), written(campaign)
    session.execute(
        "INSERT INTO declared (what, id, origin, declared) VALUES ('campaign', :id, 'people', :declared) "
        "ON CONFLICT (what, id) DO UPDATE SET declared = excluded.declared, origin = 'people', active = 1",
        id=campaign.id,
        declared=after,
    )
    verb = "changed" if rows and rows[0][1] else "added"
    _noted(session, now, by, verb, campaign.id, before=before, after=after)


def retire(session: Session, campaign_id: str, now: datetime, by: str) -> bool:
    """Take a campaign that people applied out of force; whether there was one. What came of it stays."""
    done = session.execute(
        "UPDATE declared SET active = 0 WHERE what = 'campaign' AND origin = 'people' AND active = 1 AND id = :id",
        id=campaign_id,
    )
    if done:
        _noted(session, now, by, "removed", campaign_id, before="", after="")
    return bool(done)


def _noted(session: Session, now: datetime, by: str, verb: str, name: str, *, before: str, after: str) -> None:
    told = {"before": {"declared": before} if before else None, "after": {"declared": after} if after else None}
    history.record(session, now, who=by, what=verb, kind="campaign", row_id=name, **told)


def written(campaign: Campaign) -> str:
    """A campaign as `declared` and `plans` keep it."""
    return history.dump(plain(asdict(campaign)))


@lru_cache(maxsize=1_000)
def read(declared: str) -> Campaign:
    """What `written` wrote, by this version of the program or another: what it does not say is as if left out."""
    kept = json.loads(declared)
    given = _known(Campaign, kept)
    given |= {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on") if kept.get(name)}
    if "window" in kept:
        given["window"] = timedelta(seconds=kept["window"])
    if kept.get("goal"):
        goal = _known(Goal, kept["goal"])
        goal["by"] = date.fromisoformat(goal["by"]) if goal.get("by") else None
        given["goal"] = Goal(**goal)
    if kept.get("uplift"):
        given["uplift"] = _made(UpliftPlan, kept["uplift"])
    for name, cls in (("ctas", CallToAction), ("targets", TargetGroup), ("statuses", Status), ("messages", KeyMessage)):
        if name in kept:
            given[name] = tuple(_made(cls, one) for one in kept[name])
    return Campaign(**given)


def _made(cls: type[T], kept: Mapping[str, Any]) -> T:
    return cls(**_known(cls, kept))


def _known(cls: Any, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that this version knows; lists are tuples in the plan."""
    names = {field.name for field in fields(cls)}
    return {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items() if name in names}
