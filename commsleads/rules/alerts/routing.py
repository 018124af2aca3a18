"""Where an alert goes and when: channels by level, kind and officer, and the quiet hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.plan import AlertChannel, AlertPlan
from commsleads.rules.alerts.causes import at_least

DAY = timedelta(days=1)


class Way(NamedTuple):
    """A channel that carries an alert, and when it may."""

    channel: str
    at: datetime


def ways(
    plan: AlertPlan, kind: str, level: str, owner: str, *, on_call: str, now: datetime, zone: ZoneInfo
) -> list[Way]:
    """The channels that carry an alert of this kind, level and owner, each with when it may go out."""
    ready = ready_at(plan, level, now, zone)
    return [
        Way(one.name, ready if one.quiet else now)
        for one in plan.channels
        if _carries(one, kind, level, owner, on_call)
    ]


def _carries(channel: AlertChannel, kind: str, level: str, owner: str, on_call: str) -> bool:
    if not at_least(level, channel.level) or (channel.kinds and kind not in channel.kinds):
        return False
    return not channel.officer or channel.officer in (owner, on_call)


def ready_at(plan: AlertPlan, level: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Now, or the end of the quiet hours that now lies in. Escalate and crisis never wait."""
    if at_least(level, "escalate") or not plan.quiet_from:
        return now
    for day in (-1, 0):
        begins, ends = _quiet(plan, now, zone, day)
        if begins <= now < ends:
            return ends
    return now


def _quiet(plan: AlertPlan, now: datetime, zone: ZoneInfo, days: int) -> tuple[datetime, datetime]:
    """The quiet hours that begin on this local day, or so many days from it, in UTC.

    A local time that the clocks skip is taken as they go forward; of one that comes twice the first begins the quiet
    and the second ends it, so that nobody is woken in between.
    """
    day = now.astimezone(zone).date() + days * DAY
    first, last = time.fromisoformat(plan.quiet_from), time.fromisoformat(plan.quiet_until)
    until = day if last > first else day + DAY
    begins = datetime.combine(day, first, zone).astimezone(UTC)
    ends = [datetime.combine(until, last, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return begins, max(ends)


def some(channels: Iterable[AlertChannel], name: str) -> AlertChannel | None:
    """The channel of that name, or None."""
    return next((one for one in channels if one.name == name), None)
