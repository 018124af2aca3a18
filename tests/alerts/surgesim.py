"""Years of made-up stories about one watch, by the hour, and how often the rule on surges speaks.

A day has its rhythm (few at night), a week has its own (few at the week-end), and days differ more than chance alone
would make them: each day's mean is drawn from a gamma distribution, so that the counts of a day vary `dispersion` times
as much as independent ones. Run as a program it prints the tables of `docs/alerts.md`::

    python -m tests.alerts.surgesim
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from statistics import median

from commsleads.plan import SurgePlan
from commsleads.rules.alerts.surges import OVER, SURE, begins, goes_on, rested
from commsleads.rules.figures import Point, Verdict, compare

HOURS = tuple(3.0 if 7 <= hour < 19 else 0.5 for hour in range(24))
DAYS = (1.2, 1.25, 1.25, 1.2, 1.1, 0.5, 0.5)
START = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = 168


def hourly(chance: random.Random, days: int, mean: float, dispersion: float) -> list[int]:
    """Stories by the hour: `mean` of them on an average day."""
    found: list[int] = []
    whole = sum(HOURS)
    for day in range(days):
        level = mean * DAYS[day % 7]
        if dispersion > 1:  # a gamma of this shape and scale has the mean `level` and the variance that is missing
            level = chance.gammavariate(level / (dispersion - 1), dispersion - 1)
        found += [_poisson(chance, level * share / whole) for share in HOURS]
    return found


def _poisson(chance: random.Random, mean: float) -> int:
    bound, count, product = math.exp(-mean), 0, chance.random()
    while product > bound:
        count += 1
        product *= chance.random()
    return count


@lru_cache(maxsize=500_000)
def _verdict(count: int, before: tuple[int, ...], level: float) -> Verdict:
    return compare(Point(label="now", count=count), [Point(label="", count=one) for one in before], level=level)


def alarms(series: Sequence[int], plan: SurgePlan, first: int) -> list[int]:
    """The hours, from `first` on, in which an alert is raised: once an hour as `alerting` does every quarter of one."""
    sums = [0]
    for count in series:
        sums.append(sums[-1] + count)
    found: list[int] = []
    last: list[datetime] = []
    going = False
    for hour in range(first, len(series)):
        now = START + timedelta(hours=hour)
        count = sums[hour] - sums[hour - 24]
        if count < plan.least:
            going, last = False, [last[0], now] if going else last
            continue
        weeks = range(plan.weeks, 0, -1)
        before = tuple(sorted(sums[hour - WEEK * week] - sums[hour - WEEK * week - 24] for week in weeks))
        if going:
            if not goes_on(_verdict(count, before, OVER), plan):
                going, last = False, [last[0], now]
        elif (
            count * plan.weeks > sum(before)  # only then can it be above: the rest saves time
            and rested(last, now, plan)
            and begins(_verdict(count, before, SURE[plan.sensitivity]), plan)
        ):
            going, last = True, [now]
            found.append(hour)
    return found


def false_alarms(mean: float, dispersion: float, plan: SurgePlan, *, years: int, seed: int) -> float:
    """Alerts a year on a series in which nothing ever happens."""
    first = WEEK * (plan.weeks + 1)
    days = first // 24 + 365 * years
    series = hourly(random.Random(f"{seed} {mean} {dispersion}"), days, mean, dispersion)
    return len(alarms(series, plan, first)) / years


def found(
    mean: float, dispersion: float, plan: SurgePlan, *, times: float, tries: int, seed: int
) -> tuple[float, float | None]:
    """The share of waves that are told within 24 hours, and the median of hours until then.

    A wave is one day with `times` as many stories; it begins on a weekday at eight.
    """
    chance = random.Random(f"{seed} {mean} {dispersion} {times}")
    first, hours = WEEK * (plan.weeks + 1), []
    for number in range(tries):
        series = hourly(chance, first // 24 + 9, mean, dispersion)
        at = first + 24 * (number % 5) + 8
        more = hourly(chance, first // 24 + 9, mean * (times - 1), dispersion)
        for hour in range(at, at + 24):
            series[hour] += more[hour]
        told = alarms(series[: at + 24], plan, at)
        if told:
            hours.append(told[0] - at)
    return len(hours) / tries, median(hours) if hours else None


def main(years: int) -> None:
    """Print both tables."""
    means, spreads = (1, 3, 10, 40), (1.0, 2.0, 4.0)
    for sensitivity in SURE:
        plan = SurgePlan(sensitivity=sensitivity)
        print(f"\n{sensitivity}: false alarms a year")
        for spread in spreads:
            row = [f"{false_alarms(mean, spread, plan, years=years, seed=1):.2f}" for mean in means]
            print(f"| {spread:g} | {' | '.join(row)} |", flush=True)
    for times in (2, 3, 5, 10):
        for mean in means:
            cells = []
            for sensitivity in SURE:
                share, hours = found(mean, 2.0, SurgePlan(sensitivity=sensitivity), times=times, tries=200, seed=2)
                cells.append(f"{share:.0%}" + (f", {hours:g} h" if hours is not None else ""))
            print(f"| {mean} | {times} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
