"""What an answer card is: whom a campaign aimed at, what it asked, how many did it, and what nobody can tell.

Plain values, as those of `facts.values`. Counts are whole, shares 0 to 1, times aware and in UTC. None is "not known"
and never zero: without a number of targets there is no rate, and without a list of them nobody knows who did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from commsleads.facts.uplift_values import UpliftLine
from commsleads.facts.values import Gap, Rule, Took
from commsleads.responses import Clicks
from commsleads.rules.campaigns.changes import Promise
from commsleads.rules.campaigns.figures import Difference, Rise, Wait
from commsleads.rules.campaigns.funnel import Step
from commsleads.rules.campaigns.pace import Pace
from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One group. `n` are those named, `excluded` ones among them; `aimed` is the rest. None: nobody counted them.

    `listed` says that they are known one by one; `declared` is what the plan says, where a list says otherwise.
    `did` is the share of the group that did anything that was asked, None where nobody is known one by one. `held_back`
    of the list are not named here: they belong to the control group.
    """

    name: str
    n: int | None
    excluded: int
    aimed: int | None
    reason: str
    control: bool
    listed: bool
    declared: int | None
    did: Share | None
    held_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom it aimed at. `n` are those named, those excluded among them and those held back not; `aimed` is N, the
    number that every rate is divided by. `listed` of these are known one by one.

    `source` is list, plan, list and plan, or '' when nobody was named; `why` says why N is not known. `statuses` are
    those of the list who were aimed at, by where they stand; `marked` of them stand where they have done it, and no
    response that counts says so.
    """

    n: int | None
    excluded: int
    aimed: int | None
    listed: int
    control: int | None
    source: str
    groups: tuple[GroupLine, ...]
    exclusions: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    marked: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The page that a call to action leads to, as it was last found. `state` is new (not looked at yet), ok, gone,
    moved, changed or failing."""

    url: str
    state: str
    note: str
    led_to: str
    since: datetime | None
    checked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A link for all, with its clicks in the measured time.

    `busiest` is the most visitors it had on one day: visitors of a day are not people, and of two days or links they
    add up to nothing. `source` is '' for one of ours.
    """

    id: str
    channel: str
    group: str
    address: str
    source: str
    ended: bool
    clicks: Clicks
    busiest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterLine:
    """What somebody else counts, by their rule and in their zone. Never added to ours.

    `n` came since it was first read, `earlier` before. `filtered` says whether they leave machines out: no, service
    (they say so), unknown. `epoch` is how often the thing was made anew. `same` says that the clicks on that link are
    among ours, too. `gaps` are the stretches in which it was not read.
    """

    source: str
    thing: str
    measure: str
    n: int
    earlier: int
    rule: str
    zone: str
    filtered: str
    epoch: int
    same: bool
    first_at: datetime | None
    last_at: datetime | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CtaCard:
    """One call to action: what it asks, where it leads, and what came.

    `targets` is N, of those known one by one where a list is kept. `unknown` are responses that did it and of which
    nobody knows whose they are; `control` those of people held back, `excluded` those of people who were not written
    to, `outside` those before the start or after the measured time. `clicks` are those of the measured time, or None
    when it has no link; `before` and `after` those outside of it. `curve` is of first responses that did it, by
    targets, or by all where nobody is known one by one; `clicked` of clicks by people.
    """

    id: str
    wording: str
    kind: str
    ways: tuple[str, ...]
    destination: str
    landing: Landing | None
    links: tuple[LinkLine, ...]
    personal: int
    targets: int | None
    took: Took
    responses: int
    unknown: int
    steps: int
    control: int
    excluded: int
    outside: int
    by_kind: tuple[tuple[str, int], ...]
    by_channel: tuple[tuple[str, int], ...]
    by_group: tuple[tuple[str, Share], ...]
    clicks: Clicks | None
    again: int
    before: Clicks
    after: Clicks
    clicks_by_channel: tuple[tuple[str, Clicks], ...]
    clicks_by_medium: tuple[tuple[str, Clicks], ...]
    counters: tuple[CounterLine, ...]
    curve: tuple[Rise, ...]
    clicked: tuple[Rise, ...]
    wait: Wait | None
    first_at: datetime | None

    @property
    def measured(self) -> bool:
        """Whether anything at all can count what came."""
        return self.took.n is not None or self.clicks is not None or bool(self.responses or self.counters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Different journalists whose enquiries were touches of the campaign, as far as the log knows.

    `qualified` are leads that qualified for the first time in the measured time and had a touch of the campaign in it,
    whoever opened them; None while no criteria are in force.
    """

    n: int
    enquiries: int
    qualified: int | None
    goal: int | None
    goal_of: str
    goal_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattributed:
    """What came and nobody can assign to a target. `total` is clicks (best) and responses; mentions tied by time only
    are named beside it, because they were not asked for. `unclear` are responses of which nobody can say which call to
    action they answer, `doubtful` ones that count only when a person ties them to the campaign: both are steps or
    less, and in no figure of who did it."""

    clicks: int
    responses: int
    mentions: int
    unclear: int
    doubtful: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Stories tied to the campaign since it began, and by which rule."""

    stories: int
    items: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The answer card. `start` and `until` bound what is measured: its days, and the window after them.

    `goal_counts` says what is held against the goal. `cost_each` is the cost of one response that did it, of
    `responses`, which are different targets and those of nobody knows whom. `counters` belong to no call to action;
    `waiting` hits of any campaign have no verdict yet, `read_at` is when clicks were last read from our redirector, and
    `unwatched` are the stretches since its first link in which that did not run.
    `promise` is the plan as it was stamped, None when it never was.
    """

    id: str
    name: str
    objective: str
    owner: str
    state: str
    starts_on: date | None
    ends_on: date | None
    start: datetime | None
    until: datetime | None
    now: datetime
    whom: Whom
    ctas: tuple[CtaCard, ...]
    did: Took
    responses: int
    clicks: Clicks | None
    funnel: tuple[Step, ...]
    leads: Leads
    unattributed: Unattributed
    pace: Pace | None
    goal_counts: str
    difference: Difference | None
    promise: Promise | None
    cost: float | None
    currency: str
    hours: float | None
    cost_each: float | None
    sent: tuple[tuple[datetime | None, str, str, int | None], ...]
    counters: tuple[CounterLine, ...]
    waiting: int
    read_at: datetime | None
    unwatched: tuple[tuple[datetime, datetime], ...]
    coverage: Covered
    uplift: UpliftLine | None
