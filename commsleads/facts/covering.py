"""What coverage came of a campaign, by which rule, and where it stands: parts of the digest and of the answer card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.survey import EARLIER
from commsleads.facts.values import Rule
from commsleads.plan import Campaign
from commsleads.rules.figures import OBSERVED
from commsleads.rules.periods import midnight
from commsleads.store import coverage as rows
from commsleads.store.engine import micros

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
"""From when coverage counts where nobody said when a campaign began."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A story tied to a campaign: when first, and by which rule most surely."""

    first: int
    rule: str
    permille: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is tied to a campaign: the stories read, those of the period, and how many in each period before (None
    where it had not begun or nobody was looking)."""

    stories: dict[str, Tied]
    now: list[str]
    before: list[int | None]


def state_of(ground: Ground, campaign: Campaign, period: Period) -> str:
    """Where a campaign stands in a period: to come, running, just ended (coverage still counts), or ended."""
    first = period.start.astimezone(ground.zone).date()
    last = (period.end - timedelta(microseconds=1)).astimezone(ground.zone).date()
    if campaign.starts_on and campaign.starts_on > last:
        return "to come"
    if not campaign.ends_on or campaign.ends_on >= first:
        return "running"
    return "just ended" if campaign.ends_on + campaign.window >= first else "ended"


def tied(ground: Ground, campaign: Campaign, period: Period, before: Sequence[Period]) -> Coverage:
    """The stories tied to a campaign, and those first seen in the period and in those before. Read once."""
    key = (campaign.id, period, tuple(before))
    if key not in ground.tied:
        ground.tied[key] = _tied(ground, campaign, period, before)
    return ground.tied[key]


def _tied(ground: Ground, campaign: Campaign, period: Period, before: Sequence[Period]) -> Coverage:
    begun = midnight(campaign.starts_on, ground.zone) if campaign.starts_on else None
    start = micros((before or [period])[0].start) - EARLIER
    ties = rows.attributed(ground.session, campaign.id, start, ground.span(period).end, ground.gone)
    stories: dict[str, Tied] = {}
    for arrival, story, rule, permille in ties:
        known = stories.get(story)
        if known is None or permille > known.permille:
            stories[story] = Tied(known.first if known else arrival, rule, permille)
    counts: list[int | None] = []
    for earlier in before:
        span = ground.span(earlier)
        fair = ground.observed(earlier) >= OBSERVED and (begun is None or earlier.end > begun)
        counts.append(sum(span.start <= one.first < span.end for one in stories.values()) if fair else None)
    first = micros(period.start)
    return Coverage(stories, [story for story, one in stories.items() if one.first >= first], counts)


def to_date(ground: Ground, campaign: Campaign, period: Period) -> int:
    """How many items were tied to a campaign from its beginning to the end of the period, copies included."""
    start = micros(midnight(campaign.starts_on, ground.zone)) if campaign.starts_on else 0
    return rows.count_attributed(ground.session, campaign.id, start, ground.span(period).end, ground.gone)


def rules(stories: Sequence[Tied]) -> tuple[Rule, ...]:
    """How many stories each rule tied, the surest rule first."""
    counts = Counter((-story.permille, story.rule) for story in stories)
    return tuple(Rule(rule=rule, permille=-surety, stories=counts[surety, rule]) for surety, rule in sorted(counts))
