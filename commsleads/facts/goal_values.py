"""What goals, credit and evenness are, as facts: plain values, as those of `facts.values`.

Counts are whole, credits are thousandths of a lead, shares 0 to 1, times aware and in UTC. None is "not known" and
never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commsleads.contract import Period
from commsleads.rules.campaigns.pace import Pace
from commsleads.rules.goals.shortfall import Diagnosis
from commsleads.rules.leads.evenness import Evenness


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal, and how it stands.

    `origin` says who keeps it: settings, people (set by command) or campaign. `n` is what was promised, of `of`;
    `counts` says what is counted for it. `state` is not begun, running, over, or '' without both days. `day` of `days`
    is the local day it is (None before and after). `reached` is how many there are to date, `in_period` how many of
    them in the period asked for (0 where goal and period do not meet); None where nothing counts them, and `pace.why`
    says why. `expected` by now, `low`, `high` and the word are those of `pace`. `counted_from` is set when counting
    began after the goal did. `by_kind` splits `reached` by the kind of the touch that made the lead
    (`journey.TOUCH_KINDS`), so that leads by enquiry and by call to action stand apart; () for a goal that is about no
    leads. `course` is how many there were by the end of each week of the goal's time, the last one of now: (local
    midnight after it, how many); () where nobody counts them one by one. `sentence` says how it stands,
    `diagnosis.sentence` why. `query` is the command that lists its rows.
    """

    id: str
    name: str
    origin: str
    n: int
    of: str
    counts: str
    campaign: str
    team: str
    owner: str
    source: str
    starts_on: date | None
    ends_on: date | None
    leads: int | None
    relevant: str
    reachable: str
    state: str
    days: int | None
    day: int | None
    reached: int | None
    in_period: int | None
    pace: Pace
    counted_from: datetime | None
    by_kind: tuple[tuple[str, int], ...]
    course: tuple[tuple[datetime, int], ...]
    diagnosis: Diagnosis
    sentence: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """What one campaign, source or channel is given by each model, in thousandths of a lead, in the order of
    `CreditTable.models`. `name` is '' for the row of what nobody can attribute. `touched` leads had a touch of it."""

    name: str
    credits: tuple[int, ...]
    touched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTable:
    """The models of attribution side by side, for leads qualified in a period.

    The credits of each model add up to 1000 x `leads`. The row named '' is always there and the last; the others begin
    with the highest linear credit. `self_reported` is what these leads say themselves of how they heard of us: (words,
    leads), the most first, '' for those who said nothing; without those who said it in an enquiry that is not for
    everybody. `alone` are those who said what nobody else did: it may tell who they are, and is not told. It stands
    beside and is in no credit. A touch gets credit up to `lookback` before the lead qualified; `half_life` is that of
    the decay.
    """

    period: Period
    key: str
    leads: int
    models: tuple[str, ...]
    rows: tuple[CreditRow, ...]
    self_reported: tuple[tuple[str, int], ...]
    alone: int
    lookback: timedelta
    half_life: timedelta
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvennessFigures:
    """Whether the criteria are applied evenly.

    Acceptance: offers made in the period, of those answered (accepted, rejected, lapsed) how many were accepted; by
    whom they were offered to, and by the campaign of the lead. Qualified: leads opened in the period, how many of them
    have qualified by now.
    """

    period: Period
    owners: Evenness
    campaigns: Evenness
    qualified: Evenness
    query: str
