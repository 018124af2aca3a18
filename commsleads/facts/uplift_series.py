"""The days and weeks of an uplift, for a picture: what came, what was to be expected, and where nobody looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from commsleads.facts.uplift_values import UpliftDay, UpliftWeek
from commsleads.rules.campaigns.measured import Measure
from commsleads.rules.figures import LEVEL, expected_between
from commsleads.rules.figures.uplift import Uplift
from commsleads.rules.figures.weekdays import Day, number_of


def part_of(day: date, plan: Measure) -> str:
    """Whether a day lies before the campaign, in it, or in the window after it."""
    if day < plan.starts_on:
        return "before"
    return "after" if plan.ends_on and day > plan.ends_on else "during"


def _expected(day: date, plan: Measure, found: Uplift) -> float | None:
    """What is to be expected of a day; in the campaign's days times what the comparison did."""
    one = found.by_weekday.get(day.weekday())
    if one is None or day < plan.starts_on or found.compared is None or found.compared.ratio is None:
        return one
    return one * found.compared.ratio


def by_day(days: Sequence[Day], plan: Measure, found: Uplift) -> tuple[UpliftDay, ...]:
    """One a day."""
    return tuple(
        UpliftDay(
            day=day.date,
            part=part_of(day.date, plan),
            count=day.n if day.whole else None,
            expected=_expected(day.date, plan, found),
        )
        for day in days
    )


def by_week(days: Sequence[Day], plan: Measure, found: Uplift) -> tuple[UpliftWeek, ...]:
    """One for each seven days from the start on, and back from it."""
    weeks: dict[int, list[Day]] = defaultdict(list)
    for day in days:
        weeks[number_of(day.date, plan.starts_on)].append(day)
    return tuple(_week(weeks[number], plan, found) for number in sorted(weeks))


def _week(days: Sequence[Day], plan: Measure, found: Uplift) -> UpliftWeek:
    whole = [day for day in days if day.whole]
    each = [_expected(day.date, plan, found) for day in whole]
    mean = sum(one for one in each if one is not None) if whole and None not in each else None
    low, high = _between(mean, found)
    return UpliftWeek(
        first=days[0].date,
        last=days[-1].date,
        part=part_of(days[0].date, plan),
        count=sum(day.n for day in whole) if whole else None,
        days=len(whole),
        expected=mean,
        low=low,
        high=high,
        whole=len(whole) == len(days),
    )


def _between(mean: float | None, found: Uplift) -> tuple[int | None, int | None]:
    """Where the count of such a week lies in 95 of 100 cases: counting, drift, and the baseline being short."""
    if not mean or found.dispersion is None or found.drift is None:
        return None, None
    short = found.dispersion / max(1.0, sum(found.by_weekday.values()) * found.before_days / 7)
    return expected_between(mean, mean * found.dispersion + mean**2 * (found.drift**2 + short), LEVEL)
