"""Stories a day about some watches, and how well each day was observed by sources that looked before and since."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
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
    """The sources that the comparison rests on: those watched on half of the days before and on half of those since.

    Of these the ones that were watched worst are left out as well, where more days are won than sources are lost: else
    one feed that has gone would take every day after it along. Four in five of those that live must be left; else
    all that live are taken, and the holes show.
    """
    key = (*before, *since), len(before)
    if key not in ground.alike:  # campaigns that began on the same day ask the same
        ground.alike[key] = _alike(ground, [*before, *since], len(before))
    return ground.alike[key]


def _alike(ground: Ground, days: Sequence[Period], begun: int) -> frozenset[str]:
    alive = ground.alive
    if not days or not alive:
        return alive
    each = [ground.watched(day, SLACK) for day in days]
    shares = {one: [day.get(one, 0.0) for day in each] for one in sorted(alive)}
    living = {one: seen for one, seen in shares.items() if any(seen)}
    least = math.ceil(MOST * len(living))
    often = {one: seen for one, seen in living.items() if _half(seen[:begun]) and _half(seen[begun:])}
    return frozenset(fewest_holes(often if len(often) >= least else living, least))


def _half(seen: Sequence[float]) -> bool:
    return 2 * sum(share >= OBSERVED for share in seen) >= len(seen)


def fewest_holes(watched: Mapping[str, Sequence[float]], least: int) -> list[str]:
    """Those of these sources, at least so many, with which the most is left of sources times days."""
    order = sorted(watched, key=lambda one: (sum(share >= OBSERVED for share in watched[one]), one))
    sums = [sum(day) for day in zip(*watched.values(), strict=True)]
    best, chosen = -1, 0
    for dropped in range(len(order) - max(least, 1) + 1):
        left = len(order) - dropped
        # A sum of thirds may end a hair below.
        whole = sum(total >= OBSERVED * left - 1e-9 for total in sums)
        if whole * left > best:
            best, chosen = whole * left, dropped
        sums = [total - share for total, share in zip(sums, watched[order[dropped]], strict=True)]
    return order[chosen:]


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
