"""Short ways to write an enquiry down in a table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.enquiries import Case, Hours, Officer, State
from commsleads.rules.desk.clocks import Calendar

LONDON = ZoneInfo("Europe/London")
WEEK = tuple(Hours(day, time(9), time(17, 30)) for day in range(5))
OFFICE = Calendar(zone=LONDON, hours=WEEK, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
"""Monday to Friday, half past eight hours; Christmas is off."""

ADA = Officer(id="ada", name="Ada Stone", role="lead", team="press", cover="ben")
BEN = Officer(id="ben", name="Ben Okoro", team="press")
CAI = Officer(id="cai", name="Cai Lin", role="approver", team="legal")
DOT = Officer(id="dot", name="Dot Hill", team="events")
OFFICERS = (ADA, BEN, CAI, DOT)


def at(text: str) -> datetime:
    """ "11-02 09:30" of 2026 on a wall in London. The 2nd of November is a Monday."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=LONDON).astimezone(UTC)


def case(number: int = 1, came: str = "11-02 10:00", /, **known: Any) -> Case:
    """An enquiry; times among `known` may be written as for `at`."""
    for name in [name for name, value in known.items() if name.endswith("_at") and isinstance(value, str)]:
        known[name] = at(known[name])
    bare = Case(
        id=f"e{number}", reference=f"2026-{number:04}", received_at=at(came), logged_at=at(came), state=State.NEW
    )
    return replace(bare, **known)


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)
