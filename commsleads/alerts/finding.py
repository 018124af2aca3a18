"""What is to be told now: the rows that alerts are raised for, held against the rules. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commsleads.config import Settings
from commsleads.plan import Watch
from commsleads.rules.alerts.causes import AGE, Cause
from commsleads.rules.alerts.desk import Office, of_desk, of_offers
from commsleads.rules.alerts.machinery import Late, of_reports, of_sources
from commsleads.rules.alerts.owed import of_promises, of_signoffs
from commsleads.rules.alerts.stories import Seen, StoryRules
from commsleads.rules.desk.clocks import Calendar, on_call
from commsleads.rules.periods import due, parse_period, told_at
from commsleads.store import alert_causes as rows
from commsleads.store import alerts, meta
from commsleads.store import signals as kept
from commsleads.store.engine import Session, micros, moment

OURS = ("brand", "product", "spokesperson")
"""The roles of watches whose stories are about us."""
SEEN = "alerts_seen"
"""The name in `meta` of the newest arrival whose stories were looked at."""
LOOKED = "alerts_looked_at"
"""The name in `meta` of when we looked last."""
OVERLAP = timedelta(hours=1)
"""How far before that mark each look begins: rows may be written a little out of their order."""
DOUBT = timedelta(minutes=30)
"""A delivery that began longer ago and never ended is one of which nobody knows."""
KEPT_UP = timedelta(days=7)
"""How long an edition that did not get to everybody is looked after."""

LASTING = (
    "deadline near", "deadline passed", "unacknowledged", "sign-off waiting", "promise overdue", "lead due",
    "collector down", "digest not delivered",
)  # fmt: skip
"""The kinds whose causes are all found at each look: what is not among them any more has settled."""


@dataclass(slots=True, kw_only=True)
class Found:
    """What one look found. `lasting` are the causes of the kinds in `LASTING`, `news` those on stories; `seen` is the
    newest arrival that was looked at, 0 when nothing was."""

    lasting: list[Cause] = field(default_factory=list)
    news: list[Cause] = field(default_factory=list)
    seen: int = 0


def office_of(settings: Settings, calendar: Calendar, now: datetime) -> Office:
    """Who is there to act now, by the working hours around now."""
    return Office(
        plan=settings.alerts,
        calendar=calendar,
        on_call=on_call(settings.desk.on_call, now, calendar.zone),
        names={one.id: one.name or one.id for one in settings.desk.officers},
    )


def ours(watches: Sequence[Watch]) -> tuple[str, ...]:
    """The watches that are about us; all of them when no role says which."""
    return tuple(one.id for one in watches if one.role in OURS) or tuple(one.id for one in watches)


def find(session: Session, settings: Settings, office: Office, now: datetime) -> Found:
    """All causes there are now, but for surges, which are looked for more seldom."""
    plan = settings.alerts
    found = Found()
    found.lasting += of_desk(rows.waiting(session), now, office)
    found.lasting += of_signoffs(rows.asked(session), now, office)
    found.lasting += of_promises(rows.promised(session, now), now, office)
    found.lasting += of_offers(rows.offers(session, now + plan.lead_before), now, office)
    found.lasting += of_sources(rows.down(session, now - plan.collector_after), now, office)
    found.lasting += of_reports(_late(session, settings, now), now, office)
    if not kept.any_untried(session):
        _stories(session, settings, now, office, found)
    return found


def _stories(session: Session, settings: Settings, now: datetime, office: Office, found: Found) -> None:
    """The causes among the stories about us that came since the last look."""
    plan, newest = settings.alerts, kept.last_arrival(session)
    if not (plan.tier or plan.risk):
        return
    earliest = micros(now - AGE["tier 1"])
    mark = int(meta.get(session, SEEN) or 0)
    if mark > newest:  # the clock was ahead when it was set
        mark = 0
    if mark == newest:
        return
    after = max(earliest, mark - int(OVERLAP.total_seconds()) * 1_000_000)
    seen: dict[str, Seen] = {}
    upto = newest
    for watch in ours(settings.watches):
        some = rows.named(session, watch, after, newest)
        if len(some) == rows.MOST:
            upto = min(upto, micros(some[-1].seen_at))
        for one in some:
            seen.setdefault(one.id, one)
    risky = alerts.about(session, "risk word", sorted({one.story for one in seen.values()}))
    found.news += StoryRules(plan, settings.outlets).causes(seen.values(), office, risky)
    found.seen = upto


def _late(session: Session, settings: Settings, now: datetime) -> list[Late]:
    """The reports that were due `report_after` ago and are not with everybody."""
    if not settings.reports:
        return []
    since = moment(meta.get(session, "since")) or now
    # A computer that slept writes what was due as soon as it wakes: only what was missing at the last look is late.
    looked = moment(meta.get(session, LOOKED)) or since
    bound = min(now - settings.alerts.report_after, looked)
    return [*_unwritten(session, settings, bound, since), *_undelivered(session, settings, now)]


def _unwritten(session: Session, settings: Settings, bound: datetime, since: datetime) -> Iterable[Late]:
    zone = settings.organisation.zone
    broken = rows.unwritten(session)
    for plan in settings.reports:
        for period in due(plan, bound, zone, rows.written(session, plan.name), since):
            state = "unwritten" if (plan.name, period.label) in broken else "untold"
            yield Late(plan.name, period.label, state, told_at(plan, period, zone))


def _undelivered(session: Session, settings: Settings, now: datetime) -> Iterable[Late]:
    """Editions that somebody has not got: given up, bounced, in doubt, or under way for `report_after`."""
    editions: dict[tuple[str, str], dict[str, set[str]]] = {}
    written: dict[tuple[str, str], datetime] = {}
    slow, doubt = now - settings.alerts.report_after, now - DOUBT
    for row in rows.delivering(session, now - KEPT_UP):
        key = (row["name"], row["period"])
        at = moment(row["written_at"]) or now
        state = row["state"]
        if state == "sending":
            state = "in doubt" if (moment(row["at"]) or now) <= doubt else "under way"
        elif state in {"waiting", "failed"}:
            state = "late" if at <= slow else "under way"
        written[key] = at
        editions.setdefault(key, {}).setdefault(row["recipient"], set()).add(state)
    plans = {plan.name: plan for plan in settings.reports}
    zone = settings.organisation.zone
    for (name, period), states in editions.items():
        reached = [one for one in states.values() if one & {"sent", "stopped", "under way"}]
        doubtful = [one for one in states.values() if "in doubt" in one and one not in reached]
        missing = len(states) - len(reached) - len(doubtful)
        plan = plans.get(name)
        at = told_at(plan, parse_period(period, zone), zone) if plan else written[name, period]
        at = max(at, written[name, period])
        if missing:
            yield Late(name, period, "undelivered", at, missing, len(states))
        if doubtful:
            yield Late(name, period, "in doubt", at, len(doubtful), len(states))
