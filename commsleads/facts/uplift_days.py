"""Stories a day about some watches, and how well each day was observed by sources that looked before and since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.survey import EARLIER
from commsleads.rules.coverage import Tale, by_span, tell
from commsleads.rules.figures import OBSERVED
from commsleads.rules.figures.weekdays import Day
from commsleads.rules.observed import MOST, share
from commsleads.rules.periods import period_of
from commsleads.store.engine import micros


SLACK = timedelta(days=2)
"""A source may be asked once a day and a little later: one day without a poll is no outage. What came meanwhile is
seen at the next; for longer stretches there is a gap in the rows (`keeping`)."""


class Counted(NamedTuple):
    """The days of a stretch with what they brought, and the ids of the stories of each."""

    days: tuple[Day, ...]
    stories: dict[date, list[str]]


def days_of(ground: Ground, first: date, last: date) -> list[Period]:
    """The days from `first` to `last`, as the zone has them."""
    found = [period_of("day", first + timedelta(days=n), ground.zone) for n in range((last - first).days + 1)]
    return [day for day in found if day.start < day.end]  # Samoa had no 30 December 2011


def like_for_like(ground: Ground, before: Sequence[Period], since: Sequence[Period]) -> frozenset[str]:
    """The sources that watched on half of the days before and on half of those since. Where these are fewer than four
    in five of those that live, all that live, and the holes show."""
    alive = ground.alive
    if not since or not before:
        return alive
    seen: set[str] | None = None
    for days in (before, since):
        shares = [ground.watched(day, SLACK) for day in days]
        often = {one for one in alive if 2 * sum(day.get(one, 0) >= OBSERVED for day in shares) >= len(days)}
        seen = often if seen is None else seen & often
    living = {one for one in alive if any(ground.watched(day, SLACK).get(one, 0) > 0 for day in (*before, *since))}
    return frozenset(seen) if seen and len(seen) >= MOST * len(living) else frozenset(living)


def counted(
    ground: Ground, watches: Iterable[str], days: Sequence[Period], eyes: frozenset[str], but: Iterable[str] = ()
) -> Counted:
    """The stories of each day about any of these watches, seen by these sources; those about `but` left out.

    A story is of the day it was first seen. Older pieces that only came to light are left out, as in every comparison.
    """
    spans = [ground.span(day) for day in days]
    ours, others = (_tales(ground, names, days) for names in (watches, but))
    tales = sorted((tale for tale in ours.values() if tale.id not in others), key=lambda tale: (tale.first, tale.id))
    found: list[Day] = []
    stories: dict[date, list[str]] = {}
    for day, span, told in zip(days, spans, by_span(tales, spans), strict=True):
        fair = [tale.id for tale in told if not tale.older(span) and not eyes.isdisjoint(tale.sources)]
        on = day.start.astimezone(ground.zone).date()
        found.append(Day(on, len(fair), share(ground.watched(day, SLACK), eyes)))
        stories[on] = fair
    return Counted(tuple(found), stories)


def _tales(ground: Ground, watches: Iterable[str], days: Sequence[Period]) -> dict[str, Tale]:
    found: dict[str, Tale] = {}
    for watch in watches:
        tell(found, watch, ground.mentions(watch, micros(days[0].start) - EARLIER, micros(days[-1].end)))
    return found
