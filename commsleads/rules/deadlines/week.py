"""The working week of those who wait and those who answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """When a working day begins and ends, for "COB", "first thing" and "by Thursday".

    Monday to Friday, without `holidays`. `closes` is later than `opens`; both are in the zone of the words.
    """

    opens: time = time(9)
    closes: time = time(17)
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether this is a working day."""
        return day.weekday() < 5 and day not in self.holidays

    def following(self, day: date) -> date:
        """The first working day after this day. Looks a month ahead; holidays longer than that do not count."""
        for step in range(1, 32):
            later = day + timedelta(days=step)
            if self.works(later):
                return later
        return day + timedelta(days=1)

    def preceding(self, day: date) -> date:
        """The last working day before this day."""
        for step in range(1, 32):
            earlier = day - timedelta(days=step)
            if self.works(earlier):
                return earlier
        return day - timedelta(days=1)

    def after(self, day: date, count: int) -> date:
        """The day that lies `count` working days after this one."""
        for _ in range(count):
            day = self.following(day)
        return day
