"""What the facts of the leads are: plain values, as those of `facts.values`.

Two ways of counting stand side by side and are never mixed. A *cohort* is all leads that were opened in the period, and
how far each of them has come by now (`Funnel`, `LeadLine`, `WeekOfEntry`). A *movement* is what happened in the period,
whenever the lead was opened (`Moved`, `HandoffFigures`). Their numbers differ, and both are right.

No value holds a name, an address or the id of a person. None is "not known" and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commsleads.facts.desk_values import Definition
from commsleads.responses import Clicks
from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """One step of a cohort. `share.k` of `share.n` have taken it; `of` says what the step before is.

    `kind` is opened, stage, qualified, offered, accepted or closed; `key` is the id of the stage, else the kind.
    `open` of those who have not taken it may still do so: nobody has closed, rejected or lost them. So the share can
    only rise while it is not 0.
    """

    kind: str
    key: str
    says: str
    of: str
    share: Share
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadWait:
    """How long something took, in median (Kaplan and Meier: what still goes on is censored), with its interval.

    `n` are all, `events` those for whom it happened. `working` says whether it is working time.
    """

    n: int
    events: int
    median: timedelta | None
    low: timedelta | None
    high: timedelta | None
    working: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """A cohort: `n` leads opened in the time, and the steps they took by now, in order.

    `outcomes` are those of the closed ones, the most first. `to_qualified` runs from opening, `to_accepted` from the
    first offer, `to_closed` from acceptance.
    """

    n: int
    steps: tuple[FunnelStep, ...]
    outcomes: tuple[tuple[str, int], ...]
    to_qualified: LeadWait
    to_accepted: LeadWait
    to_closed: LeadWait

    def step(self, key: str) -> FunnelStep:
        """The step of that name: opened, qualified, offered, accepted, closed or a stage's id. May raise KeyError."""
        for one in self.steps:
            if one.key == key:
                return one
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """The same cohort by one value of source, channel, campaign, owner or tier. `name` '' is not known (or nobody)."""

    name: str
    funnel: Funnel


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPart:
    """A cohort taken apart by one thing: `by` is source, channel, campaign, owner or tier. Its lines add up to it."""

    by: str
    lines: tuple[LeadLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long leads of the cohort stayed in a stage, those who are still in it censored."""

    stage: str
    says: str
    wait: LeadWait


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfEntry:
    """Leads by the week in which they were opened, and how far they have come by now. `n` and `open` are None for a
    week that was over before leads were counted, and of which none was learned later."""

    label: str
    starts_on: date
    n: int | None
    qualified: Share
    accepted: Share
    open: int | None
    to_qualified: LeadWait


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What happened in the period, whenever the leads were opened. Leads, each once for each thing.

    `by_kind` splits the qualified by the kind of the touch that made them a lead (`journey.TOUCH_KINDS`), so that leads
    by enquiry and by call to action stand apart. `stages` are leads that reached a stage for the first time; `back`
    are moves to a lower one.
    """

    opened: int
    qualified: int
    by_kind: tuple[tuple[str, int], ...]
    stages: tuple[tuple[str, int], ...]
    back: int
    offered: int
    accepted: int
    closed: int
    outcomes: tuple[tuple[str, int], ...]
    faded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """Offers made in the period to one person. `name` '' is nobody: the criteria name none."""

    name: str
    offered: int
    accepted: Share
    rejected: int
    lapsed: int
    open: int
    wait: LeadWait


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffer:
    """An offer that waits for an answer now."""

    lead: str
    to: str
    at: datetime
    due: datetime
    stage: str
    campaign: str
    overdue: bool
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """A lead that comes back from nurture soon."""

    lead: str
    wakes: datetime
    owner: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffFigures:
    """The handoff ledger: offers made in the period and what became of each by now.

    `accepted` is of those that were accepted, rejected or lapsed; the others are in no rate. `reasons` are those of the
    rejected, the most first. `recycled` were sent back to nurture as an answer, `closed` were closed by it. `wait` is
    the time to an answer, `working` the same in working time; what lapsed, was withdrawn or is open is censored.
    `open_now` are all open offers, whenever made, the one due first first; `lapsed_now` leads that nobody has taken up
    since their offer lapsed. `waking` come back within seven days.
    """

    offered: int
    accepted: Share
    rejected: int
    reasons: tuple[tuple[str, int], ...]
    lapsed: int
    escalated: int
    recycled: int
    closed: int
    withdrawn: int
    open: int
    wait: LeadWait
    working: LeadWait
    by_owner: tuple[OwnerLine, ...]
    open_now: tuple[OpenOffer, ...]
    overdue: int
    lapsed_now: tuple[str, ...]
    recycled_now: int
    waking: tuple[Waking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFigures:
    """What the two readings make of the same period. Only `n`, under `reading`, is in any other figure.

    Under EU `more` people would count under the US reading as well: `clicked` did nothing but click a link made for
    them alone, `doubtful` have touches that are not beyond doubt their own, `named` were put on a target list in the
    period and never acted; the three add up to `more`. Under US `n` holds `clicked` and `doubtful`, and these are the
    `fewer` that the EU reading would leave out.
    """

    reading: str
    n: int
    more: int
    fewer: int
    clicked: int
    doubtful: int
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Interest without a person: never added to leads. None where nobody measures it."""

    stories: int | None
    clicks: Clicks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaLine:
    """The criteria in force, or others before them: number, since when, by whom, and in sentences."""

    number: int
    version: str
    author: str
    since: datetime
    by: str
    note: str
    reading: str
    sentences: tuple[str, ...]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFigures:
    """The leads of a period. `ever` is how many leads there are, `begun` when the first was opened.

    `since` is from when on leads were counted: the first criteria. `early` says that the period was over by then, and
    that none was learned of later that came or qualified in it. `criteria` is None before any were switched on; then,
    before there is a lead and in an early period nothing is counted and nothing of it is a zero. `all` is the cohort of
    the period, `before` what happened in the period before (None when leads were not counted all through it). `changed`
    are the criteria that came into force in the period, `officers` the names of our own people. `unsaid` is how many
    open enquiries make nobody a lead until somebody says what their stance is, and the reference of the oldest.
    """

    ever: int
    begun: datetime | None
    since: datetime | None
    early: bool
    criteria: CriteriaLine | None
    changed: tuple[CriteriaLine, ...]
    all: Funnel
    parts: tuple[LeadPart, ...]
    stages: tuple[StageTime, ...]
    cohorts: tuple[WeekOfEntry, ...]
    moved: Moved
    before: Moved | None
    handoff: HandoffFigures
    reading: ReadingFigures
    interest: Interest
    unsaid: tuple[int, str]
    officers: tuple[tuple[str, str], ...]
    campaigns: tuple[tuple[str, str], ...]
    definitions: tuple[Definition, ...]
    commands: tuple[tuple[str, str], ...]

    @property
    def counted(self) -> bool:
        """Whether there is anything to count: criteria in force, at least one lead, and a period not before them."""
        return self.criteria is not None and self.ever > 0 and not self.early
