"""The ground that criteria stand on, out of the settings: our hours, our days off, our people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from commsleads.config import Settings
from commsleads.enquiries import Officer
from commsleads.rules.desk.clocks import public_holidays
from commsleads.rules.leads.terms import Ground

BEFORE, AFTER = 2, 3
"""Years of days off, before this one and after it."""


def years(settings: Settings, now: datetime) -> range:
    """The years of which a ground made now has the days off."""
    year = now.astimezone(settings.organisation.zone).year
    return range(year - BEFORE, year + AFTER + 1)


def ground(settings: Settings, span: range) -> Ground:
    """The ground as the settings have it, with the days off of these years.

    Of our people it has what decides who is offered a lead (id, role, team), and no name and no address.
    """
    organisation, plan = settings.organisation, settings.desk
    own = frozenset(day for day in organisation.holidays if day.year in span)
    return Ground(
        zone=organisation.zone,
        hours=organisation.working_hours,
        holidays=own | _public(plan.country, span.start, span.stop),
        officers=officers(settings),
    )


def officers(settings: Settings) -> tuple[Officer, ...]:
    """Our people as criteria may name them. Who was given no team is of the desk's."""
    plan = settings.desk
    return tuple(replace(one, name="", email="", cover="", team=one.team or plan.team) for one in plan.officers)


def same(one: Ground, other: Ground, both: range) -> bool:
    """Whether clocks and assignments go the same on both, in the years that both know the days off of."""
    return (str(one.zone), one.hours, one.officers) == (str(other.zone), other.hours, other.officers) and {
        day for day in one.holidays if day.year in both
    } == {day for day in other.holidays if day.year in both}


@lru_cache(maxsize=16)
def _public(country: str, first: int, stop: int) -> frozenset[date]:
    """The public holidays; none where the country is not known, which the settings have said already."""
    if not country:
        return frozenset()
    code, _, part = country.partition("-")
    try:
        return public_holidays(code, part, range(first, stop))
    except ValueError:
        return frozenset()
