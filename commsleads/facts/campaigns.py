"""The answer card of each campaign: whom it aimed at, what it asked, what came of it.

Nobody counts clicks, leads or enquiries yet. Those answers are None, which a report prints as words: an unknown
is never shown as zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from commsleads.contract import Period
from commsleads.facts.ground import WEEKS, Ground, unit
from commsleads.facts.stories import pickups
from commsleads.facts.survey import EARLIER, ROWS, Survey
from commsleads.facts.values import Answer, Figure, Group, Rule
from commsleads.plan import Campaign
from commsleads.rules.figures import OBSERVED, Verdict, median
from commsleads.rules.periods import alike, midnight, period_of
from commsleads.store import coverage as rows
from commsleads.store.engine import micros


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


def answers(ground: Ground, period: Period, before: Sequence[Period]) -> list[Answer]:
    """The campaigns that this period concerns: those that run, have just ended, or were written about.

    Running ones first, then the ones begun last.
    """
    found = []
    for campaign in ground.campaigns:
        tied = _tied(ground, campaign, period, before)
        if state_of(ground, campaign, period) in {"running", "just ended"} or tied.now:
            found.append(_answer(ground, campaign, tied, period))
    order = {"running": 0, "just ended": 1, "to come": 2, "ended": 3}
    found.sort(key=lambda answer: answer.id)
    found.sort(key=lambda answer: answer.starts_on.toordinal() if answer.starts_on else 0, reverse=True)
    found.sort(key=lambda answer: order[answer.state])
    return found


def state_of(ground: Ground, campaign: Campaign, period: Period) -> str:
    """Where a campaign stands in a period: to come, running, just ended (coverage still counts), or ended."""
    first = period.start.astimezone(ground.zone).date()
    last = (period.end - timedelta(microseconds=1)).astimezone(ground.zone).date()
    if campaign.starts_on and campaign.starts_on > last:
        return "to come"
    if not campaign.ends_on or campaign.ends_on >= first:
        return "running"
    return "just ended" if campaign.ends_on + campaign.window >= first else "ended"


def _tied(ground: Ground, campaign: Campaign, period: Period, before: Sequence[Period]) -> Coverage:
    begun = midnight(campaign.starts_on, ground.zone) if campaign.starts_on else None
    start = micros((before or [period])[0].start) - EARLIER
    ties = rows.attributed(ground.session, campaign.id, start, ground.span(period).end)
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


def _answer(ground: Ground, campaign: Campaign, tied: Coverage, period: Period) -> Answer:
    counted = [group.n for group in campaign.targets]
    return Answer(
        id=campaign.id,
        name=campaign.name or campaign.id,
        objective=campaign.objective,
        state=state_of(ground, campaign, period),
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        targeted=sum(n for n in counted if n is not None) if counted and None not in counted else None,
        groups=tuple(Group(name=g.name, n=g.n, excluded=g.excluded, reason=g.reason) for g in campaign.targets),
        ctas=tuple(cta.wording or cta.destination or cta.id for cta in campaign.ctas),
        took=None,
        qualified=None,
        goal=campaign.goal.n if campaign.goal else None,
        goal_of=campaign.goal.of if campaign.goal else "",
        goal_by=campaign.goal.by if campaign.goal else None,
        figure=_figure(ground, campaign, tied, period),
        pickups=pickups(ground, tied.now),
        to_date=_to_date(ground, campaign, period),
        rules=_rules([tied.stories[story] for story in tied.now]),
        uplift=_uplift(ground, campaign, period),
    )


def _to_date(ground: Ground, campaign: Campaign, period: Period) -> int:
    start = micros(midnight(campaign.starts_on, ground.zone)) if campaign.starts_on else 0
    return rows.count_attributed(ground.session, campaign.id, start, ground.span(period).end)


def _rules(stories: Sequence[Tied]) -> tuple[Rule, ...]:
    """How many stories each rule tied, the surest rule first."""
    counts = Counter((-story.permille, story.rule) for story in stories)
    return tuple(Rule(rule=rule, permille=-surety, stories=counts[surety, rule]) for surety, rule in sorted(counts))


def _figure(ground: Ground, campaign: Campaign, tied: Coverage, period: Period) -> Figure:
    eight = [count for count in tied.before if count is not None]
    return Figure(
        value=len(tied.now),
        previous=tied.before[-1] if tied.before else None,
        median_4=median([count for count in tied.before[-4:] if count is not None]),
        median_8=median(eight),
        n=len(eight),
        low=None,
        high=None,
        definition=f"Stories tied to {campaign.name or campaign.id} and first seen in the {unit(period)}; "
        "the rule says how surely. Medians are those since it began.",
        rows=tuple(tied.now[:ROWS]),
        query=ground.command("stories", period, campaign=campaign.id),
    )


def _uplift(ground: Ground, campaign: Campaign, period: Period) -> Verdict:
    """This period's stories about the campaign's watches against the periods before it began."""
    watches = [watch for watch in campaign.watches if watch in ground.named]
    why = ""
    if campaign.starts_on is None:
        why = "nobody said when it began"
    elif midnight(campaign.starts_on, ground.zone) >= period.end:
        why = "it has not begun"
    elif not watches:
        why = "no watch is named for the campaign"
    if why or campaign.starts_on is None:
        return Verdict(word="cannot tell", count=0, baseline=None, why=why)
    name = unit(period)
    begun = period_of(name, campaign.starts_on, ground.zone)
    survey = Survey(ground, period, alike(begun, name, ground.zone, WEEKS), watches)
    return survey.verdict(watches)
