"""When the house of the simulated year works and who is in it, for the recount: day after day is walked through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """When we work and who we are."""

    zone: ZoneInfo
    opens: time
    closes: time
    free: frozenset[date]
    people: tuple[tuple[str, str, str], ...]
    """Officers in order: id, role, team."""

    def later(self, start: datetime, hours: float) -> datetime:
        """The moment at which so many working hours have gone by: day after day is walked through."""
        left = timedelta(hours=hours)
        day = start.astimezone(self.zone).date()
        while True:
            if day.weekday() < 5 and day not in self.free:
                begins = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
                ends = datetime.combine(day, self.closes, self.zone).astimezone(UTC)
                begins = max(begins, start)
                if begins < ends:
                    if begins + left <= ends:
                        return begins + left
                    left -= ends - begins
            day += timedelta(days=1)

    def worked(self, start: datetime, end: datetime) -> float:
        """Seconds of working time between two moments."""
        total = 0.0
        day = start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            if day.weekday() < 5 and day not in self.free:
                begins = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
                ends = datetime.combine(day, self.closes, self.zone).astimezone(UTC)
                total += max(0.0, (min(ends, end) - max(begins, start)).total_seconds())
            day += timedelta(days=1)
        return total

    def named(self, name: str) -> str:
        """Who is meant: an officer, or the lead of a team (or its first); '' for nobody we know."""
        if any(ident == name for ident, _, _ in self.people):
            return name
        team = [(role != "lead", place, ident) for place, (ident, role, of) in enumerate(self.people) if of == name]
        return min(team)[2] if team else ""
