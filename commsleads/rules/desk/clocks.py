"""Working time: the desk's own clock, which stops at night, on days off, and while a journalist owes us something.

The journalist's clock is another thing and never stops; nothing here touches it. Instants are aware; what comes out is
in UTC. A stretch of working time begins at the first and ends at the last occurrence of its local times in a night of
clock change, so it is as long as those who worked it say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from commsleads.enquiries import Hold, Hours, Moved, OnCall

NO_TIME = timedelta(0)
DAY = timedelta(days=1)
TO_MIDNIGHT = time(23, 59)
"""A day that closes at this minute goes on to midnight: settings have no 24:00."""
FARTHEST = 366 * 10
"""Days that are searched for working time before we say that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When the organisation works: its hours in its zone, but for its holidays.

    A stretch that does not end after it begins holds no time. Stretches of a day may touch or overlap.
    """

    zone: ZoneInfo
    hours: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()

    def stretches(self, first: date, days: int = FARTHEST) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time of so many local days, in UTC and in order, none overlapping."""
        by_day = _by_weekday(self.hours)
        done = datetime.min.replace(tzinfo=UTC)
        for number in range(min(days, (date.max - first).days)):
            day = first + timedelta(days=number)
            if day in self.holidays:
                continue
            for opens, closes in by_day[day.weekday()]:
                start = max(_instant(day, opens, self.zone, last=False), done)
                if closes >= TO_MIDNIGHT:
                    end = _instant(day + DAY, time(), self.zone, last=False)
                else:
                    end = _instant(day, closes, self.zone, last=True)
                if start < end:
                    yield start, end
                    done = end

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants; none when the end is not after the start."""
        total = NO_TIME
        if end <= start:
            return total
        for opens, closes in self.stretches(self.local_day(start) - DAY, (end - start).days + 4):
            if opens >= end:
                break
            if closes > start:
                total += min(closes, end) - max(opens, start)
        return total

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The first instant at which this much working time has passed since `start`.

        Raises ValueError for a negative amount, and when ten years do not hold that much working time.
        """
        if amount < NO_TIME:
            raise ValueError("Working time is only added, never taken off.")
        if amount == NO_TIME:
            return start.astimezone(UTC)
        for opens, closes in self.stretches(self.local_day(start) - DAY):
            if closes <= start:
                continue
            begins = max(opens, start.astimezone(UTC))
            if closes - begins >= amount:
                return begins + amount
            amount -= closes - begins
        raise ValueError("The working hours hold no such time in the ten years after.")

    def is_open(self, at: datetime) -> bool:
        """Whether this instant is working time. The second of closing is not."""
        return any(opens <= at < closes for opens, closes in self.stretches(self.local_day(at) - DAY, 3))

    def out_of_hours(self, at: datetime) -> bool:
        """Whether this instant is no working time."""
        return not self.is_open(at)

    def next_open(self, at: datetime) -> datetime:
        """This instant when it is working time, else the next that is. Raises ValueError when ten years hold none."""
        for opens, closes in self.stretches(self.local_day(at) - DAY):
            if at < closes:
                return max(opens, at.astimezone(UTC))
        raise ValueError("The working hours hold no time at all in the ten years after.")

    def local_day(self, at: datetime) -> date:
        """The day of this instant on the organisation's own wall calendar."""
        return at.astimezone(self.zone).date()


def running(calendar: Calendar, moves: Iterable[Moved], start: datetime, end: datetime) -> timedelta:
    """The internal clock: working time from `start` to `end`, less what was spent waiting for the journalist.

    Waiting for an expert does not stop it: that is our own affair.
    """
    total = calendar.worked(start, end)
    for since, until in waiting(moves, start, end):
        total -= calendar.worked(since, until)
    return total


def waiting(moves: Iterable[Moved], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches between two instants in which we waited for the journalist."""
    ordered = sorted(moves, key=lambda move: move.at)
    bounds = [*ordered, Moved(max(end, ordered[-1].at), "", "", "")] if ordered else []
    found = [(max(one.at, start), min(after.at, end)) for one, after in pairwise(bounds) if one.hold == Hold.JOURNALIST]
    return [(since, until) for since, until in found if since < until]


def due_at(calendar: Calendar, moves: Iterable[Moved], start: datetime, amount: timedelta, now: datetime) -> datetime:
    """When an internal target will be reached if no further hold begins.

    Waits that ended put it off by the working time they held; one that goes on is taken to end now.
    """
    held = list(waiting(moves, start, now))
    at = calendar.add(start, amount)
    for since, until in held:
        if since >= at:
            break
        at = calendar.add(at, calendar.worked(since, until))
    return at


def on_call(rota: Sequence[OnCall], at: datetime, zone: ZoneInfo) -> str:
    """Who is on call at an instant: '' when nobody is. Of several, the one whose turn began last, then the later named.

    A day of duty is a local day, from midnight to midnight.
    """
    day = at.astimezone(zone).date()
    found = [(turn.first, place, turn.officer) for place, turn in enumerate(rota) if turn.first <= day <= turn.last]
    return max(found)[2] if found else ""


def public_holidays(country: str, subdivision: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a country, or a part of one, by their ISO codes ("GB", "ENG").

    From the `holidays` library: public ones only, moved to a weekday where the law says so. Raises ValueError, with
    near names, for what it does not know.
    """
    import holidays

    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=sorted(set(years)))
    except NotImplementedError:
        raise ValueError(_unknown_country(country, subdivision)) from None
    return frozenset(found)


def _unknown_country(country: str, subdivision: str) -> str:
    """A sentence with the names that are near."""
    import difflib

    import holidays
    from holidays import registry

    known = holidays.list_supported_countries()
    if subdivision and country in known:
        parts = list(known[country])
        near = difflib.get_close_matches(subdivision.upper(), parts, 3, 0.5) or parts[:8]
        of = f" such as {', '.join(near)}" if near else "; it has none"
        return f"“{subdivision}” is no part of {country} that we know the holidays of{of}."
    names = {code: code for code in known} | {
        name.replace("_", " "): codes[1] for name, codes in registry.COUNTRIES.items()
    }
    wanted = country.strip()
    near = difflib.get_close_matches(wanted.lower(), [name for name in names if len(name) > 3], 3, 0.75)
    near += difflib.get_close_matches(wanted.upper(), [name for name in names if len(name) <= 3], 3, 0.5)
    hint = ", ".join(dict.fromkeys(names[name] for name in near))
    return f"“{country}” is no country that we know the holidays of" + (f"; near are {hint}." if hint else ".")


@lru_cache(maxsize=32)
def _by_weekday(hours: tuple[Hours, ...]) -> list[list[tuple[time, time]]]:
    found: list[list[tuple[time, time]]] = [[] for _ in range(7)]
    for weekday, opens, closes in sorted(hours):
        if opens < closes:
            found[weekday].append((opens, closes))
    return found


# A year of figures asks for the same few hundred openings a hundred thousand times.
@lru_cache(maxsize=4096)
def _instant(day: date, at: time, zone: ZoneInfo, *, last: bool) -> datetime:
    """A local time as an instant: its first or its last occurrence.

    A time that the clocks leave out is read on the clock as it ran before (PEP 495, fold 0).
    """
    local = datetime.combine(day, at, tzinfo=zone)
    first = local.astimezone(UTC)
    if not last:
        return first
    second = local.replace(fold=1).astimezone(UTC)
    return max(first, second) if second > first else first
