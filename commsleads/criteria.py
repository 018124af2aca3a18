"""The written criteria of a qualified lead, as values: what is agreed, in one file, under one number.

Values and vocabularies only. A file is read and held against itself in `rules.criteria`; who becomes what under it is
decided in `rules.leads`. Points are whole numbers; fit (who they are) and engagement (what they did) are never added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

READINGS = ("EU", "US")
"""What makes a lead. EU: only a person's own act towards us. US: any data point about a person."""

REASONS = (
    "wrong person",
    "not our subject",
    "no use stated",
    "cannot be reached",
    "already known",
    "too late",
    "other",
)
"""Why an offered lead is rejected, where the criteria name no other reasons."""

OUTCOMES = ("covered", "served", "came to nothing", "withdrew", "other")
"""What became of a lead that was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Points for a sort of touch (engagement) or for what is known of a person (fit).

    A touch meets it when its kind is one of `touch` (any, when that is empty), when it has all marks of `having`, one
    of `any` (if there are any) and none of `without`, and comes by one of `source`, of one of `campaign`. `points` may
    be negative. `cap` bounds what the rule gives in all (for negative points: the least); None is unbounded.
    `half_life` is after how long a point is worth half; None: as `Criteria.half_life`; zero: never less. Fit points do
    not decay and are given once. `says` is a clause that follows a name: "asked us something".
    """

    id: str
    points: int
    says: str = ""
    touch: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    cap: int | None = None
    half_life: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of points with a name. It begins at `least`; one who is in it falls out of it only `margin` below."""

    name: str
    least: int
    margin: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of touch, for the conditions of a stage: the same words as in `Rule`."""

    touch: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A milestone on a lead's way, the higher the later it stands in the file.

    It is reached when one touch was of the sort `when`, with a touch of the sort `after` at least `apart` before it (if
    one is asked for), and when fit and engagement are (at that moment or at a later touch) in the bands named or a
    higher one; '' asks for none. `qualified` says that who stands here is a qualified lead and is offered.
    """

    id: str
    says: str
    when: Sort = field(default_factory=Sort)
    after: Sort | None = None
    apart: timedelta = timedelta(0)
    fit: str = ""
    engagement: str = ""
    qualified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """To whom a qualified lead is offered: the first that fits. Empty words fit everything. `to` is an officer's id, or
    a team, which is then offered to the team's lead (or its first officer)."""

    to: str
    stage: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    having: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """What both sides agreed on: to whom, how soon they answer (working time), who is asked when they do not, and for
    which reasons a lead may be rejected. `fades` is how long after the last touch a lead that nobody works on has left.
    """

    answer_within: timedelta = timedelta(hours=8)
    to: str = ""
    escalate_to: str = ""
    fades: timedelta = timedelta(days=365)
    reasons: tuple[str, ...] = REASONS
    assign: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """All of it. `version` is what the file calls itself; the number it goes by is given when it is switched on."""

    version: str = ""
    author: str = ""
    dated: date | None = None
    note: str = ""
    reading: str = "EU"
    half_life: timedelta = timedelta(days=30)
    engagement: tuple[Rule, ...] = ()
    fit: tuple[Rule, ...] = ()
    engagement_bands: tuple[Band, ...] = ()
    fit_bands: tuple[Band, ...] = ()
    stages: tuple[Stage, ...] = ()
    handoff: Handoff = field(default_factory=Handoff)
