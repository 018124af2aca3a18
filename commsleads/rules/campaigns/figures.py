"""Figures of a campaign: whether those aimed at did it more than those held back, and how soon it was done.

Textbook formulas, each named where it stands; the interval of one share is `rules.figures.wilson`. Nothing is rounded
and nothing guessed: what the data do not carry is None or "cannot tell".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import NormalDist
from typing import Literal, NamedTuple

from commsleads.rules.figures import LEVEL, POWER, Share, median, wilson
from commsleads.rules.figures.survival import Lasted, kaplan_meier

Word = Literal["more", "less", "cannot tell"]

HOURLY = timedelta(days=2)
"""A response curve no longer than this goes by hours, a longer one by days."""


# --- against a group held back -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The share of those aimed at who did it, less that of those held back, with its interval.

    `word` says whether it is more or less. `detectable` is the smallest share of those aimed at that would have been
    called more four times in five (`rules.figures.POWER`); None when no share would. `why` is a clause where it
    cannot be told.
    """

    word: Word
    rest: Share
    control: Share
    value: float | None
    low: float | None
    high: float | None
    detectable: float | None
    why: str = ""


def difference(rest: Share, control: Share, level: float = LEVEL) -> Difference:
    """Compare two independent proportions: Newcombe's hybrid score interval.

    Statistics in Medicine 17 (1998) 873-890, method 10: the Wilson bounds of each share are combined. It behaves for
    small groups and for shares of none and all, where the usual interval does not.
    """
    if rest.value is None or control.value is None or None in (rest.low, control.low):
        why = "nobody was aimed at" if rest.value is None else "nobody was held back"
        return Difference(
            word="cannot tell", rest=rest, control=control, value=None, low=None, high=None, detectable=None, why=why
        )
    one, other = wilson(rest.k, rest.n, level), wilson(control.k, control.n, level)
    value = rest.value - control.value
    low = value - _apart(rest.value, one.low, other.high, control.value)
    high = value + _apart(control.value, other.low, one.high, rest.value)
    word: Word = "more" if low > 0 else "less" if high < 0 else "cannot tell"
    return Difference(
        word=word,
        rest=rest,
        control=control,
        value=value,
        low=max(-1.0, low),
        high=min(1.0, high),
        detectable=detectable(rest.n, control, level),
        why="" if word != "cannot tell" else "so small a difference may be chance in groups of this size",
    )


def _apart(upper: float, low: float | None, high: float | None, lower: float) -> float:
    return math.hypot(upper - (low or 0.0), (high or 0.0) - lower)


def detectable(n: int, control: Share, level: float = LEVEL) -> float | None:
    """The smallest true share of `n` that would be found greater than that of the control with `POWER`.

    The usual formula for two independent proportions (Fleiss, Levin and Paik 2003, section 4.2, without the correction
    for continuity), solved by bisection. The share of the control is taken as (k + 1/2) / (n + 1), because none of a
    few promises no zero.
    """
    if not n or not control.n:
        return None
    base = (control.k + 0.5) / (control.n + 1)
    alpha, beta = NormalDist().inv_cdf((1 + level) / 2), NormalDist().inv_cdf(POWER)

    def short(share: float) -> float:
        pooled = (n * share + control.n * base) / (n + control.n)
        alike = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / control.n))
        each = math.sqrt(share * (1 - share) / n + base * (1 - base) / control.n)
        return share - base - alpha * alike - beta * each

    if short(1.0) < 0:
        return None
    low, high = base, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) < 0 else (low, middle)
    return high


# --- how soon ------------------------------------------------------------------------------------------------------


class Rise(NamedTuple):
    """One hour or day of a response curve: when it begins, how many came in it, and how many had come by its end."""

    at: datetime
    new: int
    n: int


def curve(
    came: Iterable[tuple[datetime, int]], start: datetime, end: datetime, zone: tzinfo, *, daily: bool = False
) -> tuple[Rise, ...]:
    """How many had come by when, from `start` to `end`: by hours up to `HOURLY`, else by days of the zone.

    `daily` is for what is known by the day only. `came` says how many came at which moment; what lies outside is left
    out. Nothing where `end` is not after `start`.
    """
    if end <= start:
        return ()
    ordered = sorted(one for one in came if start <= one[0] < end)
    found: list[Rise] = []
    place = total = 0
    for begins, ends in _pieces(start, end, zone, hourly=not daily and end - start <= HOURLY):
        new = 0
        while place < len(ordered) and ordered[place][0] < ends:
            new += ordered[place][1]
            place += 1
        total += new
        found.append(Rise(begins, new, total))
    return tuple(found)


def _pieces(start: datetime, end: datetime, zone: tzinfo, *, hourly: bool) -> Iterable[tuple[datetime, datetime]]:
    """The hours since the start, or the local days from its own on."""
    local = start.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    begins, number = start, 0
    while begins < end:
        number += 1
        if hourly:
            after = start + timedelta(hours=number)
        else:
            # Local midnights: a day with a clock change has 23 or 25 hours.
            after = (local + timedelta(days=number)).replace(tzinfo=zone).astimezone(start.tzinfo)
        after = min(after, end)
        yield begins, after
        begins = after


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long it took from one step to the next.

    `median` counts those who have not come yet for what is known of them (Kaplan and Meier); None while fewer than half
    came. `of_those` is the median of those who came, which is shorter. `n` began, `came` arrived, `odd` are left out:
    their second step is stamped before their first.
    """

    n: int
    came: int
    median: timedelta | None
    low: timedelta | None
    high: timedelta | None
    of_those: timedelta | None
    odd: int = 0


def wait(pairs: Sequence[tuple[datetime, datetime | None]], now: datetime) -> Wait:
    """The time from each first moment to its second; None is one that has not come by `now`."""
    lasted: list[Lasted] = []
    odd = 0
    waiting: dict[datetime, Lasted] = {}  # a whole mailing began at the same moment
    for first, second in pairs:
        if second is None:
            if first not in waiting:
                waiting[first] = Lasted((now - first).total_seconds(), ended=False)
            one = waiting[first]
        else:
            one = Lasted((second - first).total_seconds(), ended=True)
        if one.time >= 0:
            lasted.append(one)
        elif one.ended:
            odd += 1
    found = kaplan_meier(lasted)
    return Wait(
        n=found.n,
        came=found.events,
        median=_time(found.median),
        low=_time(found.low) if found.median is not None else None,
        high=_time(found.high) if found.median is not None else None,
        of_those=_time(median([one.time for one in lasted if one.ended])),
        odd=odd,
    )


def _time(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
