"""Which day was meant: what was said of it, against the day it was said on."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commsleads.rules.deadlines.pieces import Date, Day, End, OfMonth, Weekday
from commsleads.rules.deadlines.said import Said
from commsleads.rules.deadlines.tongue import Tongue
from commsleads.rules.deadlines.week import Week

STALE = 300
"""A day and month without a year that come round only after so many days are the ones just gone: no deadline."""


@dataclass(slots=True)
class Meant:
    """The day, whether the words insist on it (a full date), and what may be doubted about it."""

    day: date
    doubts: tuple[str, ...] = ()
    full: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What a day is reckoned against. `now` is local; `at` is the time of day that was said, None if none was.

    `month_first` is the habit of the zone: True for 3/4 meaning March, None where nobody can say.
    """

    now: datetime
    at: time | None
    tongue: Tongue
    week: Week
    month_first: bool | None

    @property
    def today(self) -> date:
        """The local day on which the words were received."""
        return self.now.date()

    def gone(self, day: date) -> bool:
        """Whether the time that was said is over on that day; without a time, whether the day is."""
        if self.at is None:
            return day < self.today
        return datetime.combine(day, self.at) < self.now.replace(tzinfo=None)


def meant(said: Said, cal: Calendar) -> Meant | None:
    """The day that was meant. None if there is no such day, it lies in the past, or nobody can tell.

    A full date may lie in the past; it is for the caller to judge. `said` names a day.
    """
    match said.day:
        case None:
            return _weekday(said, said.weekday, cal) if said.weekday is not None else None
        case Day(shift):
            return _relative(cal.today + timedelta(days=shift), said)
        case Date():
            return _date(said.day, said, cal)
        case OfMonth(number):
            return _of_month(number, said, cal)
        case End(of):
            return _end(of, said, cal)


def _relative(day: date, said: Said) -> Meant | None:
    if said.weekday is not None and said.weekday.number != day.weekday():
        return None
    return Meant(day)


def _weekday(said: Said, weekday: Weekday, cal: Calendar) -> Meant | None:
    """A weekday: the coming one, the one of a week that was named, or one week on."""
    today, which = cal.today, said.which.word if said.which else ""
    monday = today - timedelta(days=today.weekday())
    if said.week is not None:
        day = monday + timedelta(days=7 * said.week.shift + weekday.number)
        return Meant(day) if not cal.gone(day) else None
    ahead = (weekday.number - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    if said.later is not None:
        return Meant(coming + timedelta(weeks=said.later.weeks))
    if which == "after":
        return Meant(coming + timedelta(days=7), ("the one after the next is counted from the coming one",))
    if which == "following":
        return (
            Meant(coming + timedelta(days=7), ("the following one is the one after the coming one",)) if ahead else None
        )
    if which == "next":
        return _next(coming, monday + timedelta(days=7 + weekday.number), ahead, cal.tongue)
    if ahead == 0:
        return _same_weekday(coming, which, cal)
    return Meant(coming)


def _next(coming: date, following_week: date, ahead: int, tongue: Tongue) -> Meant:
    """next Friday: in English the one of next week, in German and French the coming one; sure if both are the same."""
    if ahead == 0:
        coming += timedelta(days=7)
    day = coming if tongue.next_is_coming else following_week
    return Meant(day, () if coming == following_week else ("“next” may mean the one of this week or of the next",))


def _same_weekday(today: date, which: str, cal: Calendar) -> Meant:
    """Tuesday, said on a Tuesday: today while the time that was said is still to come."""
    if which == "coming" or (cal.at is not None and cal.gone(today)):
        return Meant(today + timedelta(days=7))
    doubt = "it was said on that very weekday, so it may be today or a week later"
    return Meant(today, (doubt,), ambiguous=cal.at is None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(said_date: Date, said: Said, cal: Calendar) -> Meant | None:
    """A calendar day, in this year or the next if no year was said."""
    doubts: list[str] = []
    if said_date.swaps:
        if cal.month_first is None:
            return None
        if cal.month_first:
            said_date = said_date._replace(day=said_date.month, month=said_date.day)
        doubts.append("day and month may stand the other way round")
    if said_date.year is not None:
        day = _real(said_date.year, said_date.month, said_date.day)
        full = True
    else:
        day, full = _nearest(said_date, cal), False
    if day is None:
        return None
    if said.weekday is not None and said.weekday.number != day.weekday():
        past = _real(cal.today.year, said_date.month, said_date.day)
        just_gone = past is not None and 0 < (cal.today - past).days <= 60
        if not full and past is not None and just_gone and past.weekday() == said.weekday.number:
            return None
        doubts.append("the weekday and the date do not agree")
    return Meant(day, tuple(doubts), full)


def _nearest(said: Date, cal: Calendar) -> date | None:
    """The next such day; None if that is so far off that the last one must be meant."""
    for year in (cal.today.year, cal.today.year + 1):
        day = _real(year, said.month, said.day)
        if day is not None and not cal.gone(day):
            return day if (day - cal.today).days <= STALE else None
    return None


def _of_month(number: int, said: Said, cal: Calendar) -> Meant | None:
    """The 15th: the next one; with a weekday, the next on which that weekday falls, within two months."""
    for step in range(63):
        day = cal.today + timedelta(days=step)
        if day.day != number or cal.gone(day):
            continue
        if said.weekday is None or said.weekday.number == day.weekday():
            return Meant(day)
    return None


def _end(of: str, said: Said, cal: Calendar) -> Meant | None:
    """The last working day of a week or month that is not over; the Saturday of a weekend."""
    if said.weekday is not None or said.clock is not None:
        return None
    today, further = cal.today, of.startswith("next ")
    if of == "weekend":
        ahead = (5 - today.weekday()) % 7 + (7 if said.which and said.which.word == "next" else 0)
        return Meant(today + timedelta(days=ahead), ("a weekend is two days; its first one counts",))
    if of.endswith("week"):
        first = today - timedelta(days=today.weekday() - (7 if further else 0))
        last = first + timedelta(days=6)
    else:
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1) if further else today.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    day = last if cal.week.works(last) else cal.week.preceding(last)
    if day < max(first, today):
        return None
    doubts = () if of.endswith("week") or day == last else ("the last working day of the month counts",)
    return Meant(day, doubts)
