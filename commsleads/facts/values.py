"""What the facts are: plain values that a report turns into sentences and JSON.

A report knows these by their attributes only. Counts are of stories, shares are 0 to 1, times are aware and in
UTC, and None always means “not known” and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from commsleads.facts.uplift_values import UpliftLine
from commsleads.responses import Clicks
from commsleads.rules.campaigns.pace import Pace
from commsleads.rules.figures import Share, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with all that is needed to judge it and to find its rows.

    `previous` is the period before, `median_4` and `median_8` are those of the fully observed ones among the
    last four and eight, `n` says how many the latter rests on. `low` and `high` bound what was to be expected.
    `rows` are the ids of the stories counted (at most a thousand), `query` is the command that lists them.
    """

    value: int
    previous: int | None
    median_4: float | None
    median_8: float | None
    n: int
    low: int | None
    high: int | None
    definition: str
    rows: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One period of the trend. `observed` is the share of it that was observed, `used` says whether it is
    compared with."""

    label: str
    count: int
    observed: float
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """How many stories name one watch, and whether that is much."""

    id: str
    name: str
    role: str
    figure: Figure
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The stories of a period in one figure.

    `ours` says whether the figure counts stories about us (watches of the roles brand, product and
    spokesperson) or, when none is declared, those about any watch; `everything` counts any watch either way.
    `older` of the stories are pieces dated long before that only came to light. `verdict` compares like with
    like: `eyes` of `alive` sources were watched both now and then.
    """

    ours: bool
    watches: tuple[str, ...]
    figure: Figure
    everything: Figure
    older: int
    verdict: Verdict
    eyes: int
    alive: int
    trend: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A watch that a story names: in the headline or in passing, and by which phrase."""

    id: str
    name: str
    role: str
    headline: bool
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A campaign that a story is tied to, and by which rule."""

    id: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One text, however often it was picked up. Title, address and outlet are those of the copy seen first.

    `tier` is the best of all outlets that carried it, and `tier_outlet` which that was. `why` says how each
    pickup was recognised.
    """

    id: str
    title: str
    url: str
    outlet: str
    tier: int | None
    tier_outlet: str
    published_at: datetime | None
    first_seen_at: datetime | None
    pickups: int
    outlets: tuple[str, ...]
    watches: tuple[Naming, ...]
    campaigns: tuple[Tie, ...]
    ours: bool
    older: bool
    signals: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One name's part of the stories that name any of the set. A story that names two counts for both.

    `weighted` is its part of all weight, each story weighing by its best outlet and by where it names the one
    (`rules.prominence`); `weight` of `of` is what that was made of. None where there is nothing to divide by.
    `previous` are those of the period before, None where nobody was looking.
    """

    id: str
    name: str
    role: str
    share: Share
    previous: Share | None
    weighted: float | None = None
    weighted_low: float | None = None
    weighted_high: float | None = None
    previous_weighted: float | None = None
    weight: float = 0.0
    of: float = 0.0
    rows: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Whom a campaign aims at. `n` is None when nobody counted them. `held_back` more are the control group."""

    name: str
    n: int | None
    excluded: int
    reason: str
    held_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Stories tied to a campaign by one rule, and how sure it is, in thousandths."""

    rule: str
    permille: int
    stories: int


class Took(NamedTuple):
    """How many different targets did it, of those aimed at and known one by one, with the Wilson interval of the
    share. All None where nobody is known one by one; the rate is None where there is nothing to divide by."""

    n: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call to action in short. `targets` is N; `unknown` are responses of nobody knows whom. `trouble` says what is
    wrong with the page it leads to, '' if nothing is known to be."""

    id: str
    wording: str
    targets: int | None
    took: Took
    unknown: int
    clicks: Clicks | None
    measured: bool
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer card of a campaign: whom, what, how many, and whether the coverage rose.

    `targeted` is None when a group was not counted. `took` are different targets who did anything that was asked, None
    where nobody is known one by one; `asked` has each call to action. `leads` are journalists whose enquiries belong to
    it, `qualified` is None as long as nothing counts them. `pace` holds the goal against what `counts` towards it.
    `to_date` are the signals since it began, copies counted one by one. The uplift is up to the
    end of the period.
    """

    id: str
    name: str
    objective: str
    state: str
    starts_on: date | None
    ends_on: date | None
    targeted: int | None
    groups: tuple[Group, ...]
    ctas: tuple[str, ...]
    asked: tuple[Asked, ...]
    took: int | None
    unattributed: int
    leads: int | None
    qualified: int | None
    goal: int | None
    goal_of: str
    goal_by: date | None
    pace: Pace | None
    counts: str
    figure: Figure
    pickups: int
    to_date: int
    rules: tuple[Rule, ...]
    uplift: UpliftLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which a source was not seen. `end` is None while it lasts; `lost` is False when the source
    still held everything afterwards."""

    source: str
    name: str
    start: datetime
    end: datetime | None
    why: str
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A source that answers and has brought nothing new for long."""

    source: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How well we looked. `ok` of `total` collectors answered last time; `observed` is the share of the period in which
    the `watching` ones were watched, all taken alike: mailboxes and counters see no stories."""

    total: int
    watching: int
    ok: int
    failing: tuple[str, ...]
    paused: tuple[str, ...]
    never: tuple[str, ...]
    observed: float
    gaps: tuple[Gap, ...]
    quiet: tuple[Quiet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that a person must see to, since when (None: not known), and the command that helps."""

    what: str
    why: str
    since: datetime | None
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that changed in how we look or in what was told. `rows` are ids."""

    kind: str
    text: str
    rows: tuple[str, ...]
