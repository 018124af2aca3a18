"""The answer of each campaign, as the digest tells it in four lines: whom, what, how many, and whether coverage rose.

What people did is read by `facts.cards`; what nobody measures is None, which a report prints as words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from commsleads.contract import Period
from commsleads.facts.card_values import CtaCard
from commsleads.facts.cards import measured
from commsleads.facts.covering import Coverage, rules, state_of, tied, to_date
from commsleads.facts.ground import Ground, unit
from commsleads.facts.stories import pickups
from commsleads.facts.survey import ROWS
from commsleads.facts.uplift import uplift
from commsleads.facts.values import Answer, Asked, Figure, Group
from commsleads.plan import Campaign
from commsleads.rules.figures import median

ORDER = {"running": 0, "just ended": 1, "to come": 2, "ended": 3}


class Standing(Protocol):
    """What has a place in the order of campaigns: an answer or a card."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...


S = TypeVar("S", bound=Standing)


def in_order(found: Sequence[S]) -> list[S]:
    """Running ones first, then the ones begun last."""
    ordered = sorted(found, key=lambda one: one.id)
    ordered.sort(key=lambda one: one.starts_on.toordinal() if one.starts_on else 0, reverse=True)
    return sorted(ordered, key=lambda one: ORDER[one.state])


def answers(ground: Ground, period: Period, before: Sequence[Period]) -> list[Answer]:
    """The campaigns that this period concerns: those that run, have just ended, or were written about."""
    return in_order([_answer(ground, one, here, period) for one, here in _concerned(ground, period, before)])


def concerned(ground: Ground, period: Period, before: Sequence[Period]) -> list[Campaign]:
    """The campaigns that this period concerns, in the order of `answers`."""
    found = {one.id: one for one, _ in _concerned(ground, period, before)}
    order = in_order([Placed(one.id, state_of(ground, one, period), one.starts_on) for one in found.values()])
    return [found[one.id] for one in order]


class Placed(NamedTuple):
    """A campaign's place in the order."""

    id: str
    state: str
    starts_on: date | None


def _concerned(ground: Ground, period: Period, before: Sequence[Period]) -> Iterator[tuple[Campaign, Coverage]]:
    for campaign in ground.campaigns:
        here = tied(ground, campaign, period, before)
        if state_of(ground, campaign, period) in {"running", "just ended"} or here.now:
            yield campaign, here


def _answer(ground: Ground, campaign: Campaign, coverage: Coverage, period: Period) -> Answer:
    card = measured(ground, campaign)
    return Answer(
        id=campaign.id,
        name=campaign.name or campaign.id,
        objective=campaign.objective,
        state=state_of(ground, campaign, period),
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        targeted=card.whom.n,
        groups=tuple(
            Group(name=g.name, n=g.n, excluded=g.excluded, reason=g.reason, held_back=g.held_back)
            for g in card.whom.groups
            if not g.control
        ),
        ctas=tuple(cta.wording or cta.destination or cta.id for cta in campaign.ctas),
        asked=tuple(_asked(cta) for cta in card.ctas),
        took=card.did.n,
        unattributed=card.unattributed.total,
        leads=card.leads.n,
        qualified=card.leads.qualified,
        goal=campaign.goal.n if campaign.goal else None,
        goal_of=campaign.goal.of if campaign.goal else "",
        goal_by=campaign.goal.by if campaign.goal else None,
        pace=card.pace,
        counts=card.goal_counts,
        figure=figure_of(ground, campaign, coverage, period),
        pickups=pickups(ground, coverage.now),
        to_date=to_date(ground, campaign, period),
        rules=rules([coverage.stories[story] for story in coverage.now]),
        uplift=uplift(ground, campaign, period),
    )


def _asked(cta: CtaCard) -> Asked:
    return Asked(
        id=cta.id,
        wording=cta.wording or cta.destination or cta.id,
        targets=cta.targets,
        took=cta.took,
        unknown=cta.unknown,
        clicks=cta.clicks,
        measured=cta.measured,
        trouble=cta.landing.state if cta.landing and cta.landing.state not in ("new", "ok") else "",
    )


def figure_of(ground: Ground, campaign: Campaign, coverage: Coverage, period: Period) -> Figure:
    """How many stories tied to a campaign the period has, beside those of the periods since it began."""
    eight = [count for count in coverage.before if count is not None]
    return Figure(
        value=len(coverage.now),
        previous=coverage.before[-1] if coverage.before else None,
        median_4=median([count for count in coverage.before[-4:] if count is not None]),
        median_8=median(eight),
        n=len(eight),
        low=None,
        high=None,
        definition=f"Stories tied to {campaign.name or campaign.id} and first seen in the {unit(period)}; "
        "the rule says how surely. Medians are those since it began.",
        rows=tuple(coverage.now[:ROWS]),
        query=ground.command("stories", period, campaign=campaign.id),
    )
