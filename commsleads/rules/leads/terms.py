"""The terms in force: written criteria under their number, and the ground they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commsleads.criteria import Criteria
from commsleads.enquiries import Hours, Officer
from commsleads.rules.desk.clocks import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What criteria stand on and do not say themselves: when we work, and who we are.

    With no officers at all there is no register of names, and every name is taken as it stands.
    """

    zone: ZoneInfo
    hours: tuple[Hours, ...] = ()
    holidays: frozenset[date] = frozenset()
    officers: tuple[Officer, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The working time in which answers are due."""
        return Calendar(zone=self.zone, hours=self.hours, holidays=self.holidays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Criteria with their number, in force from `at` on, until others are.

    The same `number` with a higher `revision` is the same text on another ground. `by` is who switched them on.
    """

    number: int
    revision: int
    at: datetime
    by: str
    criteria: Criteria
    ground: Ground
