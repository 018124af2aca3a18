"""Days, weeks and months in the organisation's zone, and which of them should have been told by now.

A period is half-open and its bounds are instants in UTC, worked out from local midnights: a week with a clock
change has 167 or 169 hours. Weeks are those of ISO 8601: Monday to Sunday, week 1 holds the first Thursday.
Nothing here reads a clock; `now` is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commsleads.contract import Period
from commsleads.plan import ReportPlan

EVERY = ("day", "week", "month")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MISSED = 4
"""How many missed periods of one report are made up for; older ones are told only when a person asks."""

_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
# Years begin with 1970, from where `arrival` counts.
_LABEL = re.compile(r"(19[7-9]\d|[2-9]\d{3})-(?:[Ww](\d{1,2})|(\d{1,2})(?:-(\d{1,2}))?)")
_FORMS = "Write a week as 2026-W47, a month as 2026-11 or a day as 2026-11-16."


def period_of(every: str, day: date, zone: ZoneInfo) -> Period:
    """The day, week or month that contains a local day. Raises ValueError where the calendar ends."""
    try:
        first, after, label = _bounds(every, day)
        return Period(midnight(first, zone), midnight(after, zone), label)
    except OverflowError:
        raise ValueError(f"{day.isoformat()} is at the end of the calendar and has no whole {every}.") from None


def parse_period(text: str, zone: ZoneInfo) -> Period:
    """The period a person names: `2026-W47`, `2026-11` or `2026-11-16`. Raises ValueError with words."""
    found = _LABEL.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}” is not a period. {_FORMS}")
    year, week, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if found[2]:
            return period_of("week", date.fromisocalendar(year, week, 1), zone)
        return period_of("day" if found[4] else "month", date(year, month, day or 1), zone)
    except ValueError:
        raise ValueError(f"“{text}” is not in the calendar. {_FORMS}") from None


def length_of(period: Period) -> str:
    """Whether a period is a day, a week or a month, read from its label."""
    return "week" if "W" in period.label else EVERY[0 if period.label.count("-") == 2 else 2]


def previous(period: Period, every: str, zone: ZoneInfo, n: int) -> list[Period]:
    """The `n` periods before this one, oldest first. Fewer where the calendar begins.

    A day that a zone left out (Samoa had no 30 December 2011) is no period.
    """
    found: list[Period] = []
    try:
        while len(found) < n:
            day = period.start.astimezone(zone).date() - timedelta(days=1)
            period = period_of(every, day, zone)
            if period.start == period.end:
                period = period_of(every, day - timedelta(days=1), zone)
            found.append(period)
    except (OverflowError, ValueError):
        pass
    return found[::-1]


def alike(period: Period, every: str, zone: ZoneInfo, n: int) -> list[Period]:
    """The `n` periods that this one is compared with, oldest first: the ones before, of days the same weekday."""
    if every != "day":
        return previous(period, every, zone, n)
    return previous(period, every, zone, 7 * n)[::7]


def told_at(plan: ReportPlan, period: Period, zone: ZoneInfo) -> datetime:
    """When a report on this period is due, in UTC: the first `on` and `at` after the period has ended.

    A daily report looks at `at` only. `on` of a monthly one is a weekday (the first of the new month) or a day
    of the month (`1` to `28`). A local time that the clocks skip is taken at the moment they go forward.
    """
    day = period.end.astimezone(zone).date()
    if plan.every != "day":
        day += timedelta(days=_days_until(plan.on, day))
    found = _AT.fullmatch(plan.at)
    if found is None:
        raise ValueError(f"“{plan.at}” is not a time of day. Write it as 07:00.")
    when = datetime.combine(day, time(int(found[1]), int(found[2])), zone).astimezone(UTC)
    # A report at 00:00 is due when the period ends and never before.
    return max(when, period.end)


def due(plan: ReportPlan, now: datetime, zone: ZoneInfo, done: Collection[str], since: datetime) -> list[Period]:
    """The periods that should have been told by `now` and are not in `done` (labels), oldest first.

    A Monday that was slept through is found at the next tick, so a report comes late and not never. Only the
    newest `MISSED` periods are looked at, and none that ended before `since`, when the database began to
    observe. It does not claim anything: the row in `reports` does that.
    """
    found: list[Period] = []
    passed = 0
    period = period_of(plan.every, now.astimezone(zone).date(), zone)
    while passed < MISSED:
        earlier = previous(period, plan.every, zone, 1)
        if not earlier or earlier[0].end <= since:
            break
        period = earlier[0]
        if told_at(plan, period, zone) <= now:
            passed += 1
            if period.label not in done:
                found.append(period)
    return found[::-1]


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a local day begins, in UTC. Where the clocks skip midnight, the day begins as they go forward."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _bounds(every: str, day: date) -> tuple[date, date, str]:
    if every == "day":
        return day, day + timedelta(days=1), day.isoformat()
    if every == "week":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return first, first + timedelta(days=7), f"{year:04}-W{week:02}"
    if every == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1), f"{first.year:04}-{first.month:02}"
    raise ValueError(f"“{every}” is not a length of time we tell about. Use day, week or month.")


def _days_until(on: str, day: date) -> int:
    if on.isdigit() and 1 <= int(on) <= 28:
        wanted = day.replace(day=int(on))
        if wanted < day:  # only a week can end in the middle of a month
            wanted = (day.replace(day=1) + timedelta(days=31)).replace(day=int(on))
        return (wanted - day).days
    if on not in WEEKDAYS:
        raise ValueError(f"“{on}” is not a weekday. Write it as monday.")
    return (WEEKDAYS.index(on) - day.weekday()) % 7
