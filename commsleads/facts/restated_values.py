"""What was told and is another figure now, and how much of what was taken for coverage was none: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

REASONS = {
    "joined": "copies that were told as stories of their own were found to be one",
    "parted": "copies that were told as one story are stories of their own now",
    "removed": "a story was taken out as no coverage",
    "kept": "a story that had been taken out was put back",
    "edited": "a headline was edited after it was counted",
    "late": "more of it came to light after it was told",
    "settled": "what was open when it was told has been settled since",
    "corrected": "an enquiry was put right after it was told",
    "merged": "two leads were found to be the same person",
    "criteria": "the criteria were changed",
    "declared": "the settings were changed: watches, campaigns or outlets",
    "unknown": "nothing that is kept says why",
}
"""Why a figure that was told is another one now, and what each means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a figure is another one now: one of `REASONS`, in a sentence of this case (without a full stop).

    `n` is how much of the difference it explains, None where nobody can tell. `who` and `at` are those of a person's
    act, '' and None otherwise. `rows` are the ids of what it is about, `command` lists or shows them.
    """

    kind: str
    words: str
    n: int | None = None
    who: str = ""
    at: datetime | None = None
    rows: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A figure of an earlier edition that is another one now. Each change is told once.

    `report` and `period` name the edition, `told_at` when it was told. `figure` is the place of the figure in its JSON,
    such as `figures.stories` or `campaigns.heat-check.took`, `name` the figure in words, such as “stories about us”.
    `told` is the value that was told last, in that edition or in a restatement since; `first` the one of the edition
    itself; `now` what it is counted as now. Of a rate all three are counts and `told_of`, `now_of` what they are parts
    of; of a verdict they are words. None is “not known”. `why` has the causes, the one that explains most first.
    """

    report: str
    period: str
    told_at: datetime
    figure: str
    name: str
    first: int | str | None
    told: int | str | None
    now: int | str | None
    told_of: int | None = None
    now_of: int | None = None
    why: tuple[Cause, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How much of what one watch found a person took out as no coverage: `removed` of `found` stories, in the period
    and the eight before it.

    `watch` '' are all watches that are about us, together. `phrases` are the phrases that found what was taken out, the
    most first, each with how many. What nobody looked at counts as coverage, so the true share is no smaller.
    """

    watch: str
    name: str
    removed: int
    found: int
    phrases: tuple[tuple[str, int], ...]
    rows: tuple[str, ...]
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A story that the collectors missed and a person entered: `seen_on` is the day it bears, `by` who found it."""

    story: str
    title: str
    outlet: str
    seen_on: date | None
    at: datetime
    by: str
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What people corrected in a period: what was taken out (`removed`), put back (`kept`), and found by hand."""

    removed: tuple[Cause, ...]
    kept: tuple[Cause, ...]
    missed: tuple[Missed, ...]
    noise: tuple[Noise, ...]
