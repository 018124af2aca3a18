"""What the uplift of a campaign is: what came, what was to be expected, and what can honestly be said about it.

Plain values, as those of `facts.values`. Counts are stories (copies once), each on the local day it was first seen.
None is "not known" and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from commsleads.rules.figures.uplift import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftWeek:
    """Seven days (fewer at an end), for a picture. `count` is None where no day was observed, else the count of the
    `days` that were; `expected`, `low` and `high` speak of the same days, and are None where nothing can be expected.

    `low` and `high` are where the count of such a week lies in 95 of 100 cases. `part` is before, during or after (the
    window). `whole` is False where days are missing: then it is drawn as a gap.
    """

    first: date
    last: date
    part: str
    count: int | None
    days: int
    expected: float | None
    low: float | None
    high: float | None
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftDay:
    """One day. `count` is None where less than 95 of 100 of it was observed; `expected` is that of its weekday."""

    day: date
    part: str
    count: int | None
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftComparison:
    """What the series did that the campaign cannot move. `ratio` is how many times what was to be expected came of it
    in the campaign's days (None: not known); ours is divided by it. `broken` says why it could not be used, else ''."""

    watches: tuple[str, ...]
    observed: int
    expected: float | None
    ratio: float | None
    broken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftLine:
    """The uplift of one campaign, up to the end of the period or to now.

    `word` is more, less, no change seen or cannot tell; `why` is a clause for the last. `observed` stories came in the
    `days` used, `expected` were to be expected of these days, `low` to `high` if nothing had changed (95 of 100).
    `ratio` is observed by expected with its interval (`ratio_high` None: open), `difference` the stories more (or
    fewer) with its own. `before_days` of the baseline were used; `left_out` and `before_left_out` were not observed
    well enough.
    `dispersion` is how many times more days vary than independent events would, `drift` by what share weeks differ.
    `detectable` is the smallest rise (times what was expected) that would have been called four times in five, `fallen`
    the same for a fall; both None where none could be seen. Of a campaign to come they speak of the days planned.

    `registered_at` is when it was written down what is measured; `late` says that this was after the start, `changes`
    what was changed since then and does not count.
    """

    campaign: str
    name: str
    state: str
    word: Word
    why: str
    watches: tuple[str, ...]
    starts_on: date | None
    first: date | None
    last: date | None
    before_first: date | None
    before_last: date | None
    weeks: int
    observed: int | None
    expected: float | None
    low: float | None
    high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    days: int
    left_out: int
    before_days: int
    before_left_out: int
    dispersion: float | None
    drift: float | None
    detectable: float | None
    fallen: float | None
    comparison: UpliftComparison | None
    registered_at: datetime | None
    late: bool
    changes: tuple[str, ...]
    by_week: tuple[UpliftWeek, ...]
    by_day: tuple[UpliftDay, ...]
    definition: str
    rows: tuple[str, ...]
    query: str
