"""Whether coverage rose with a campaign, beyond what the same weekdays before it lead one to expect.

What is counted is what was registered before the campaign began (`rules.campaigns.measured`); how it is judged stands
in `rules.figures.uplift`. Of a campaign to come it tells what could be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commsleads.contract import Period
from commsleads.facts.covering import state_of
from commsleads.facts.ground import Ground
from commsleads.facts.survey import ROWS
from commsleads.facts.uplift_days import Counted, counted, days_of, like_for_like
from commsleads.facts.uplift_series import by_day, by_week
from commsleads.facts.uplift_values import UpliftComparison, UpliftLine
from commsleads.plan import Campaign
from commsleads.rules.campaigns.measured import InForce, Measure, in_force, measure
from commsleads.rules.figures import uplift as rule
from commsleads.rules.figures.weekdays import Day
from commsleads.store import uplift as rows

LONGEST = 366
"""Days of a campaign without an end that are looked at."""
PLANNED = 28
"""Days for which the smallest visible effect is told where nobody said when a campaign ends."""
NEVER = "what is measured was not written down before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is measured, the days before and since (or to come), and up to which day it is known."""

    measure: Measure
    before: tuple[date, date]
    since: tuple[date, date]
    begun: bool


def uplift(ground: Ground, campaign: Campaign, period: Period | None = None) -> UpliftLine:
    """The uplift of a campaign up to the end of the period, or to now."""
    key = (campaign.id, period.end if period else None)
    if key not in ground.uplifted:
        ground.uplifted[key] = _uplift(ground, campaign, period)
    return ground.uplifted[key]


def _uplift(ground: Ground, campaign: Campaign, period: Period | None) -> UpliftLine:
    force = in_force(rows.registered(ground.session, campaign.id, ground.now), ground.zone)
    plan = force.measure if force else measure(campaign, ground.watches)
    if plan is None:
        return _line(ground, campaign, period, Told(rule.Uplift(why="nobody said when it began")))
    course = _course(ground, plan, period)
    return _line(ground, campaign, period, _told(ground, plan, course)._replace(force=force, course=course))


class Told(NamedTuple):
    """What the rule said, of which days, and what it was measured by."""

    found: rule.Uplift
    ours: Counted | None = None
    force: InForce | None = None
    course: Course | None = None


def _told(ground: Ground, plan: Measure, course: Course) -> Told:
    named = (*plan.watches, *plan.compare)
    if missing := [watch for watch in named if watch not in ground.named]:
        return Told(rule.Uplift(why=f"no watch is called “{missing[0]}” any more"))
    if not plan.watches:
        return Told(rule.Uplift(why="no watch is named for the campaign"))
    before = days_of(ground, *course.before)
    since = days_of(ground, *course.since) if course.begun else []
    eyes = like_for_like(ground, before, since)
    ours = counted(ground, plan.watches, [*before, *since], eyes)
    if not course.begun:
        return Told(rule.visible(ours.days, _to_come(course), plan.starts_on), ours)
    at = len(before)
    other = None
    if plan.compare:
        theirs = counted(ground, plan.compare, [*before, *since], eyes, plan.watches).days
        other = (theirs[:at], theirs[at:])
    return Told(rule.uplift(ours.days[:at], ours.days[at:], plan.starts_on, other), ours)


def _course(ground: Ground, plan: Measure, period: Period | None) -> Course:
    """Which days are held against which, as far as they are over."""
    end = min(period.end, ground.now) if period else ground.now
    over = end.astimezone(ground.zone).date() - timedelta(days=1)
    begun = plan.starts_on <= over
    last = min(plan.last or date.max, plan.starts_on + timedelta(days=LONGEST - 1))
    if not begun:
        last = plan.last or plan.starts_on + timedelta(days=PLANNED - 1)
    first = min(plan.starts_on, over + timedelta(days=1))
    return Course(
        measure=plan,
        before=(first - timedelta(weeks=plan.weeks), first - timedelta(days=1)),
        since=(plan.starts_on, min(last, over) if begun else last),
        begun=begun,
    )


def _to_come(course: Course) -> Sequence[Day]:
    first, last = course.since
    return [Day(first + timedelta(days=n), 0) for n in range(min(LONGEST, (last - first).days + 1))]


def _line(ground: Ground, campaign: Campaign, period: Period | None, told: Told) -> UpliftLine:
    found, ours, force, course = told
    plan = course.measure if course else None
    first, last = course.since if course else (None, None)
    shown = course if course and course.begun and ours else None
    observed = found.observed if shown else None
    return UpliftLine(
        campaign=campaign.id,
        name=campaign.name or campaign.id,
        state=state_of(ground, campaign, period or Period(ground.now, ground.now + timedelta(seconds=1))),
        word=found.word,
        why=found.why,
        watches=plan.watches if plan else (),
        starts_on=plan.starts_on if plan else None,
        first=first,
        last=last,
        before_first=course.before[0] if course else None,
        before_last=course.before[1] if course else None,
        weeks=plan.weeks if plan else campaign.uplift.weeks,
        observed=observed,
        expected=found.expected,
        low=found.low,
        high=found.high,
        ratio=found.ratio,
        ratio_low=found.ratio_low,
        ratio_high=found.ratio_high,
        difference=_less(observed, found.expected) if shown else None,
        difference_low=_less(observed, found.high) if shown else None,
        difference_high=_less(observed, found.low) if shown else None,
        days=found.days,
        left_out=found.left_out,
        before_days=found.before_days,
        before_left_out=found.before_left_out,
        dispersion=found.dispersion,
        drift=found.drift,
        detectable=found.rise,
        fallen=found.fall,
        comparison=_comparison(plan, found),
        registered_at=force.at if force else None,
        late=force is None or force.late,
        changes=force.changes if force else ((NEVER,) if plan else ()),
        by_week=by_week(ours.days, course.measure, found) if ours and course else (),
        by_day=by_day(ours.days, course.measure, found) if ours and course else (),
        definition="Stories (copies once) about the watches named, by the day each was first seen, against what the "
        "same weekdays before the start lead one to expect. Days that nobody observed are left out on both sides.",
        rows=_stories(ours, shown)[:ROWS] if ours and shown else (),
        query=_query(ground, shown) if shown else "",
    )


def _stories(ours: Counted, course: Course) -> tuple[str, ...]:
    """The ids of the stories of the campaign's days."""
    return tuple(one for day in ours.days if day.date >= course.since[0] for one in ours.stories[day.date])


def _query(ground: Ground, course: Course) -> str:
    days = days_of(ground, *course.since)
    return ground.listing(Period(days[0].start, days[-1].end), course.measure.watches)


def _less(observed: int | None, expected: float | None) -> float | None:
    return None if observed is None or expected is None else observed - expected


def _comparison(plan: Measure | None, found: rule.Uplift) -> UpliftComparison | None:
    if plan is None or found.compared is None:
        return None
    one = found.compared
    return UpliftComparison(
        watches=plan.compare, observed=one.observed, expected=one.expected, ratio=one.ratio, broken=one.broken
    )
