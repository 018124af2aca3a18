"""What was said, and when it was received: the instant."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from commsleads.letters import Deadline
from commsleads.rules.deadlines.days import Calendar, Meant, meant
from commsleads.rules.deadlines.pieces import Date, Day, Later
from commsleads.rules.deadlines.said import Said
from commsleads.rules.deadlines.times import MIDNIGHT, PART_ENDS, Hour, hours
from commsleads.rules.deadlines.tongue import Tongue
from commsleads.rules.deadlines.week import Week

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
FARTHEST = 3650
"""No deadline is counted further ahead than so many days."""
LATE = timedelta(hours=4)
"""An hour in a mail that was over for less than this when it came was meant for that day."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_FIRST = frozenset(
    {"New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Anchorage", "Detroit", "Boise", "Honolulu", "Juneau"}
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A local day and time, what may be doubted, and whether only the day was said."""

    day: date
    at: time
    doubts: tuple[str, ...]
    vague: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What words are reckoned against. `zone` is that of the words unless they name one; `typed` says that a person
    is there to be asked again, so that what is a toss of a coin is declined rather than guessed."""

    received: datetime
    zone: ZoneInfo
    tongue: Tongue
    week: Week
    typed: bool


def reckon(said: Said, words: str, frame: Frame) -> Deadline | None:
    """The deadline that was said; None where there is no such time, it is over, or nobody can tell."""
    try:
        return _reckon(said, words, frame)
    except (OverflowError, ValueError):  # the year 10000, or a day that no zone knows
        return None


def _reckon(said: Said, words: str, frame: Frame) -> Deadline | None:
    zone: tzinfo = said.zone or frame.zone
    now = frame.received.astimezone(zone)
    if said.lengths:
        found = _counted(said, now, frame)
        if isinstance(found, datetime):
            return _deadline(found, None, words, tuple(said.doubts), frame)
    else:
        found = _named(said, now, frame)
    if found is None:
        return None
    local = datetime.combine(found.day, found.at, zone)
    if found.vague and found.day == now.date() and _over(local, now):  # said of today, after hours: until the day ends
        local = datetime.combine(found.day, time(23, 59), zone)
        found = _Found(found.day, time(23, 59), (*found.doubts, "the working day is over"), vague=True)
    if _over(local, now) and not (found.full and frame.typed):
        return None
    summer = local.tzinfo == ZoneInfo("Europe/London") and bool(local.utcoffset()) and "gmt" in words.lower()
    gmt = ("GMT is taken as London's time, which is an hour ahead of it in summer",) if summer else ()
    doubts = (*said.doubts, *found.doubts, *gmt, *(("it lies in the past",) if _over(local, now) else ()))
    return _deadline(local, found.day if found.vague else None, words, doubts, frame)


def _over(local: datetime, now: datetime) -> bool:
    """Compared in UTC: two times of one zone are compared by their hands alone, wrong where the clocks change."""
    return local.astimezone(UTC) < now.astimezone(UTC)


def _deadline(local: datetime, day: date | None, words: str, doubts: tuple[str, ...], frame: Frame) -> Deadline:
    zone = getattr(local.tzinfo, "key", None) or local.tzname() or "UTC"
    why = f"Read as {_WEEKDAYS[local.weekday()]} {local:%Y-%m-%d} {local:%H:%M} {zone}"
    if day is not None:
        why += ", since a day and no hour was said" if local.time() == frame.week.closes else ", since no hour was said"
    if doubts:
        why += "; " + "; ".join(dict.fromkeys(doubts))
    return Deadline(local.astimezone(UTC), words, day, not doubts, why + ".")


def _counted(said: Said, now: datetime, frame: Frame) -> datetime | _Found | None:
    """A length of time from now: hours to the second, days to the close of the day they end on."""
    if said.weekday is not None and len(said.lengths) == 1 and said.lengths[0].unit == "week":
        said.later = Later(int(said.lengths[0].amount))  # Freitag in einer Woche
        said.lengths = []
        return _named(said, now, frame)
    if not said.counted or said.weekday or said.edge or said.week or (said.day is not None and said.day != Day(0)):
        return None
    start = now.date() + timedelta(days=1 if said.counted == "from tomorrow" else 0)
    seconds, day = 0.0, start
    for length in said.lengths:
        if length.amount <= 0:
            return None
        if length.unit in _SECONDS:
            seconds += length.amount * _SECONDS[length.unit]
        elif length.amount != int(length.amount):
            return None
        elif length.unit == "workday":
            day = frame.week.after(day, min(int(length.amount), FARTHEST // 2))
        elif length.unit == "month":
            day = _months(day, int(length.amount))
        else:
            day += timedelta(days=int(length.amount) * _DAYS[length.unit])
    if (day - now.date()).days > FARTHEST or seconds > FARTHEST * 86400:
        return None
    if seconds:
        if said.clock or said.part or said.counted == "from tomorrow":
            return None
        ahead = timedelta(seconds=seconds, days=(day - start).days)
        return (frame.received.astimezone(UTC) + ahead).astimezone(now.tzinfo)
    return _timed(Meant(day), said, now, frame)


def _months(day: date, count: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _named(said: Said, now: datetime, frame: Frame) -> _Found | None:
    """A day, a time of day, or both."""
    part = said.part.name if said.part else ""
    likely = hours(said.clock, part, frame.tongue) if said.clock else ()
    if said.clock and not likely:
        return None
    if not said.dated:
        return None if said.which or said.week or said.later else _undated(said, likely, now, frame)
    if said.day is None and said.weekday is None:
        return _timed(Meant(now.date()), said, now, frame)
    at = time(likely[-1].hour % 24, likely[-1].minute) if likely and likely[-1].hour != MIDNIGHT else None
    cal = Calendar(now=now, at=at, tongue=frame.tongue, week=frame.week, month_first=_month_first(said, frame))
    day = meant(said, cal)
    if day is None or (day.ambiguous and frame.typed):
        return None
    return _timed(day, said, now, frame)


def _month_first(said: Said, frame: Frame) -> bool | None:
    """Whether 3/4 is the 4th of March where these words come from; None where nobody can say."""
    key = str(getattr(said.zone, "key", "") or frame.zone.key)
    if key.rpartition("/")[2] in _MONTH_FIRST or key.startswith(("US/", "America/Indiana", "America/Kentucky")):
        return True
    return None if "/" not in key or key.startswith(("Etc/", "America/Toronto", "America/Vancouver")) else False


def _timed(day: Meant, said: Said, now: datetime, frame: Frame) -> _Found | None:
    """A day with the time that was said for it, or the close of that day."""
    part = said.part.name.removeprefix("this ") if said.part else ""
    if said.before and said.clock is None and not part and said.edge is None:
        earlier = frame.week.preceding(day.day)
        doubts = (*day.doubts, "“before” a day is taken as the close of the working day before it")
        return _Found(earlier, frame.week.closes, doubts, vague=True) if earlier >= now.date() else None
    if said.clock is not None:
        return _at(day, hours(said.clock, said.part.name if said.part else "", frame.tongue), said, now)
    if said.edge is not None and said.edge.which == "open":
        return _Found(day.day, frame.week.opens, day.doubts, full=day.full)
    if said.edge is not None or not part or part == "afternoon":
        return _Found(day.day, frame.week.closes, day.doubts, vague=True, full=day.full)
    return _Found(day.day, PART_ENDS[part], day.doubts, vague=True, full=day.full)


def _at(day: Meant, likely: tuple[Hour, ...], said: Said, now: datetime) -> _Found | None:
    """The first of the likely times that is still to come on that day."""
    found = None
    for hour in likely:
        date_of, at, doubts = day.day, time(hour.hour % 24, hour.minute), day.doubts
        named = isinstance(said.day, Date) or said.part is not None or said.day == Day(0)
        if hour.hour == MIDNIGHT:
            date_of += timedelta(days=1)
            doubts = (
                doubts
                if named and not isinstance(said.day, Date)
                else (*doubts, "midnight is taken as the end of that day")
            )
        elif hour.hour == 0 and not isinstance(said.day, Date):
            doubts = (*doubts, "midnight is taken as the start of that day")
        doubts = (*doubts, hour.doubt) if hour.doubt else doubts
        found = _Found(date_of, at, doubts, full=day.full)
        if datetime.combine(date_of, at) >= now.replace(tzinfo=None):
            return found
    return found if day.full else None  # a full date may be over: the caller judges


def _undated(said: Said, likely: tuple[Hour, ...], now: datetime, frame: Frame) -> _Found | None:
    """A time without a day: today if it is still to come, else the next day it can be."""
    today, week = now.date(), frame.week
    if said.edge is not None:
        closing = said.edge.which.startswith("close")
        limit = week.closes if closing else week.opens
        open_today = week.works(today) and now.time() <= limit
        if said.edge.which == "close today":
            return _Found(today, limit, (), vague=True)
        doubts = () if open_today == closing else ("the working day is over",) if closing else ()
        if not closing and open_today:
            doubts = ("it may be today or the next working day",)
        return _Found(today if open_today else week.following(today), limit, doubts, vague=closing)
    if said.clock is None:
        part = said.part.name if said.part else ""
        limit = week.closes if part == "afternoon" else PART_ENDS[part]
        day = today if now.time() <= limit else today + timedelta(days=1)
        return _Found(day, limit, () if day == today else ("today's is over",), vague=True)
    for hour in likely:
        day = today + timedelta(days=1 if hour.hour == MIDNIGHT else 0)
        if datetime.combine(day, time(hour.hour % 24, hour.minute)) >= now.replace(tzinfo=None):
            return _Found(day, time(hour.hour % 24, hour.minute), (hour.doubt,) if hour.doubt else ())
    first = likely[0]
    just_over = datetime.combine(today, time(first.hour % 24, first.minute)) > now.replace(tzinfo=None) - LATE
    if not frame.typed and just_over and first.hour:
        return None  # a mail that came too late: nobody meant tomorrow
    doubts = () if first.hour == 0 else ("today's is over", *((first.doubt,) if first.doubt else ()))
    return _Found(today + timedelta(days=1), time(first.hour % 24, first.minute), doubts)
