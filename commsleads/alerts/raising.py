"""Alerts raised and settled: what was found is kept, each cause once, in one transaction with what has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from commsleads.alerts.finding import LASTING, LOOKED, SEEN, Found
from commsleads.config import Settings
from commsleads.rules.alerts.causes import FORGOTTEN, SETTLES, SUMMARY, Cause, fresh, together
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.routing import ready_at, ways
from commsleads.store import alerts, meta
from commsleads.store.alerts import Raised
from commsleads.store.engine import Session, moment, stamp


def keep(session: Session, settings: Settings, now: datetime, office: Office, found: Found) -> int:
    """Raise what is new and settle what is over; how many causes are new. All or nothing."""
    with session.atomic():
        _settle(session, now, found.lasting)
        new = raise_(session, settings, now, office, [*found.lasting, *found.news])
        if found.seen:
            meta.put(session, SEEN, str(found.seen))
        meta.put(session, LOOKED, stamp(now))
        alerts.drop_settled(session, now)
    return new


def raise_(session: Session, settings: Settings, now: datetime, office: Office, causes: Sequence[Cause]) -> int:
    """Raise those of these causes that are new and still news; how many. Call it inside a transaction."""
    news = fresh(causes, now)
    before = alerts.known(session, [one.id for one in news])
    news = [one for one in news if one.id not in before]
    raised: list[Raised] = []
    for told, parts in together(news, now):
        raised.append(_raised(settings, now, office, told))
        raised += [Raised(one, now, told.id) for one in parts]
    alerts.insert(session, raised, now)
    return len(news)


def _raised(settings: Settings, now: datetime, office: Office, cause: Cause) -> Raised:
    zone, plan = settings.organisation.zone, settings.alerts
    carried = ways(plan, cause.kind, cause.level, cause.owner, on_call=office.on_call, now=now, zone=zone)
    return Raised(cause, ready_at(plan, cause.level, now, zone), ways=carried)


def _settle(session: Session, now: datetime, lasting: Iterable[Cause]) -> None:
    """What lasts no more is over; what nobody settled for long, and cannot end by itself, is let go."""
    now_there = {one.id for one in lasting}
    ended: dict[str, list[str]] = {}
    for row in alerts.open_(session, LASTING):
        if row["subject"] != SUMMARY and row["id"] not in now_there:
            ended.setdefault(SETTLES[row["kind"]], []).append(row["id"])
    for row in alerts.open_(session, ("tier 1", "risk word", "surge")):
        raised = moment(row["raised_at"])
        lasts = row["kind"] == "surge" and "W" not in row["slot"]
        if row["subject"] != SUMMARY and not lasts and raised and now - raised > FORGOTTEN:
            ended.setdefault(f"nobody settled it in {FORGOTTEN.days} days", []).append(row["id"])
    ended["the story was taken out as no coverage"] = alerts.taken_out(session)
    for why, ids in ended.items():
        alerts.settle(session, ids, now, why)
    alerts.settle(session, alerts.summaries_done(session), now, "all that it told is settled")
