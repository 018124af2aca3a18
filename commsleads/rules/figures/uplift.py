"""A campaign's days against the same weekdays before it: did more come than would have come anyway?

What is measured is fixed before the campaign; the baseline is the weeks right before it. Days that were not observed
are left out on both sides. How the verdict comes about stands in `expecting` and `drifting`, how often it is wrong in
docs/uplift.md. It proves no cause: what else happened in these days is in the count, too. With a comparison (stories
that the campaign cannot move) what happened to everybody is taken out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from commsleads.rules.figures.baselines import FEWEST
from commsleads.rules.figures.drifting import Belief
from commsleads.rules.figures.expecting import (
    Expected,
    Other,
    Planned,
    believed,
    expect,
    expected_of,
    mean_of,
    planned,
    shortness,
)
from commsleads.rules.figures.weekdays import Day, Pattern, pattern

Word = Literal["more", "less", "no change seen", "cannot tell"]

SHORTEST = 3
"""Observed days of a campaign below which nothing is said of it."""
LEAST = 3
"""Stories of a baseline below which it promises nothing."""
WEEK = 4
"""Observed days that make a week of the baseline one that was observed."""
BLIND = 3.0
"""A rise that had to be larger than this to be seen leaves nobody the wiser: then "no change seen" would flatter us."""
THIN, THIN_BEFORE = 10, 20
"""Stories that a comparison must let one expect in the campaign's days, and have brought before, to be of use."""
SILENT = 3
"""Stories of a comparison since the start below which it has fallen silent: then it says more of itself than of us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the comparison did: `ratio` is how many times its own expectation came. `broken` says why it is no use."""

    observed: int
    expected: float | None
    ratio: float | None
    broken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uplift:
    """The answer. `why` is a clause where it cannot be told.

    `observed` of the `days` used stand against `expected`; counts from `low` to `high` are no surprise (95 of 100).
    `ratio` is the effect with its interval (`ratio_high` None: open). `rise` is the smallest effect that would have
    been called more four times in five, `fall` the same for less (None: none). `dispersion` and `drift` are what the
    baseline lets one believe on average, `by_weekday` what it lets one expect of each weekday.
    """

    word: Word = "cannot tell"
    why: str = ""
    observed: int = 0
    expected: float | None = None
    low: int | None = None
    high: int | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    days: int = 0
    left_out: int = 0
    before_days: int = 0
    before_left_out: int = 0
    dispersion: float | None = None
    drift: float | None = None
    rise: float | None = None
    fall: float | None = None
    compared: Compared | None = None
    by_weekday: Mapping[int, float] = field(default_factory=dict)


Series = tuple[Sequence[Day], Sequence[Day]]
"""The days before a campaign, and those since."""


class _Stand(NamedTuple):
    """What a verdict stands on; `why` when there can be none."""

    base: Pattern
    days: Planned
    compared: Compared | None
    why: str
    found: Sequence[Belief] = ()
    expected: Expected | None = None


def uplift(before: Sequence[Day], during: Sequence[Day], start: date, other: Series | None = None) -> Uplift:
    """Whether the days from `start` on brought more than those before let one expect. `other` are the same days of a
    comparison, before and during."""
    stand = _stand(before, during, start, other)
    word, why = _verdict(stand.days.count, stand.expected) if stand.expected else ("cannot tell", stand.why)
    return _told(word, why, stand, during)


def surprise(before: Sequence[Day], during: Sequence[Day], start: date, other: Series | None = None) -> float | None:
    """The chance of less than what came (half of the same) if nothing had changed: above 0.975 it is more, below 0.025
    it is less. None where nothing can be told. What `uplift` decides by, without all that it tells besides."""
    stand = _stand(before, during, start, other)
    return stand.expected.below(stand.days.count) if stand.expected else None


def _stand(before: Sequence[Day], during: Sequence[Day], start: date, other: Series | None) -> _Stand:
    base = pattern(before, start)
    days = planned(during, base, start)
    compared, theirs, ratio = _compared(other, base, days, start)
    if why := _short(base) or _few(days, base) or (compared.broken if compared else ""):
        return _Stand(base, days, compared, why)
    found = believed(base, theirs)
    return _Stand(base, days, compared, "", found, expect(base, days, found, ratio))


def visible(before: Sequence[Day], to_come: Sequence[Day], start: date) -> Uplift:
    """What could be seen in days to come: no verdict, but `rise`, `fall` and what is to be expected of them.

    The comparison is not looked at: what it will do is not known.
    """
    stand = _stand(before, to_come, start, None)
    why = "; ".join(part for part in ("it has not begun", stand.why) if part)
    return _told("cannot tell", why, stand, to_come, begun=False)


def _verdict(count: int, expected: Expected) -> tuple[Word, str]:
    if count >= expected.rise_from:
        return "more", ""
    if expected.fall_to is not None and count <= expected.fall_to:
        return "less", ""
    if expected.rise is None or expected.rise > BLIND:
        seen = f"only a rise to {expected.rise:.1f} times would have shown" if expected.rise else "no rise could show"
        return "cannot tell", f"with so few stories {seen}"
    return "no change seen", ""


def _short(base: Pattern) -> str:
    """Why nothing can be expected from this baseline, or ''."""
    days_of: dict[int, int] = {}
    for week, _ in base.places:
        days_of[week] = days_of.get(week, 0) + 1
    weeks = sum(n >= WEEK for n in days_of.values())
    if weeks < FEWEST:
        seen, was = (f"only {weeks} weeks", "were") if weeks > 1 else ("only 1 week" if weeks else "no week", "was")
        return f"{seen} before it began {was} observed well enough and {FEWEST} are needed"
    if base.total < LEAST:
        told = "no story" if not base.total else f"only {base.total} stor{'y' if base.total == 1 else 'ies'}"
        return f"{told} came in the {base.days} days before it began"
    return ""


def _few(days: Planned, base: Pattern) -> str:
    """Why these days are not enough, or ''."""
    if days.days < SHORTEST:
        seen = "no day" if not days.days else f"only {days.days} day{'' if days.days == 1 else 's'}"
        return f"{seen} of it can be held against the days before and {SHORTEST} are needed"
    return "" if mean_of(base, days) > 0 else "no story came before on the weekdays it has had"


def _compared(
    other: tuple[Sequence[Day], Sequence[Day]] | None, base: Pattern, days: Planned, start: date
) -> tuple[Compared | None, Pattern | None, Other | None]:
    """What the comparison did, its pattern, and by what ours is multiplied."""
    if other is None:
        return None, None, None
    theirs = pattern(other[0], start)
    then = planned(other[1], theirs, start)
    if why := _short(theirs):
        return Compared(observed=then.count, expected=None, ratio=None, broken=f"the comparison: {why}"), theirs, None
    if then.days < days.days or theirs.days < base.days:
        why = "the comparison was not observed on the same days"
        return Compared(observed=then.count, expected=None, ratio=None, broken=why), theirs, None
    mean = mean_of(theirs, then) if then.days else 0.0
    if mean < THIN or theirs.total < THIN_BEFORE:
        why = f"the comparison is too thin: {theirs.total} stories before, {mean:.0f} to be expected since"
        return Compared(observed=then.count, expected=mean, ratio=None, broken=why), theirs, None
    if then.count < SILENT:
        why = f"the comparison fell silent: {then.count or 'none'} of {mean:.0f} stories to be expected came since"
        return Compared(observed=then.count, expected=mean, ratio=None, broken=why), theirs, None
    count = then.count + 0.5
    rest = theirs.dispersion * (1 / count + shortness(theirs, then))
    ratio = count / (mean + 0.5)
    return Compared(observed=then.count, expected=mean, ratio=ratio), theirs, Other(ratio, rest)


def _told(word: Word, why: str, stand: _Stand, during: Sequence[Day], *, begun: bool = True) -> Uplift:
    """The answer as a value. Of what has not begun no effect is worked out."""
    base, days, expected, found = stand.base, stand.days, stand.expected, stand.found
    effect = expected.times(days.count) if expected and begun else (None, None)
    return Uplift(
        word=word,
        why=why,
        observed=days.count if days.days else sum(day.n for day in during if day.whole),
        expected=expected.mean if expected else None,
        low=(0 if expected.fall_to is None else expected.fall_to + 1) if expected else None,
        high=expected.rise_from - 1 if expected else None,
        ratio=days.count / expected.mean if expected and begun else None,
        ratio_low=effect[0],
        ratio_high=effect[1],
        days=days.days,
        left_out=days.left_out,
        before_days=base.days,
        before_left_out=base.left_out,
        dispersion=sum(one.share * one.dispersion for one in found) if found else None,
        drift=sum(one.share * one.drift for one in found) if found else None,
        rise=expected.rise if expected else None,
        fall=expected.fall if expected else None,
        compared=stand.compared,
        by_weekday=expected_of(base) if expected else {},
    )
