"""The evaluation of campaigns along the chain of inputs, activities, outputs, out-takes, outcomes and impact.

Nothing here is new: it is the answer card, the uplift and the messages of each campaign, over its whole measured time,
with what it cost and how deep the evaluation can go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from commsleads.contract import Period
from commsleads.facts import messages
from commsleads.facts.campaigns import concerned
from commsleads.facts.card_values import Card
from commsleads.facts.cards import measured
from commsleads.facts.covering import FIRST, tied
from commsleads.facts.evaluation_values import Carried, Evaluated, Evaluation, Spent
from commsleads.facts.ground import Ground
from commsleads.facts.message_values import MessageLine
from commsleads.facts.survey import Survey
from commsleads.facts.uplift_values import UpliftLine
from commsleads.plan import Campaign
from commsleads.rules.campaigns.depth import There, depth
from commsleads.rules.clicks.ranges import clicks
from commsleads.rules.coverage import naming
from commsleads.store import coverage as rows
from commsleads.store.campaigns import evaluating
from commsleads.store.coverage import Copied
from commsleads.store.engine import stamp

NO_TIER = 9
Rose = Callable[[str], UpliftLine | None]


def evaluation(ground: Ground, survey: Survey, rose: Rose, chosen: Campaign | None = None) -> Evaluation:
    """The campaigns that a period concerns, or the chosen one. `rose` gives the uplift of a campaign by id."""
    period = survey.period
    plans = [chosen] if chosen else concerned(ground, period, survey.before)
    found = tuple(_evaluated(ground, one, rose) for one in plans)
    mailings, written_to = evaluating.sent(ground.session, stamp(period.start), stamp(min(period.end, ground.now)))
    first, after = (at.astimezone(ground.zone).date().isoformat() for at in (period.start, period.end))
    counts = evaluating.clicked(ground.session, first, after)
    hours = [one.card.hours for one in found if one.card.hours is not None]
    return Evaluation(
        campaigns=found,
        spent=tuple(_spent(found)),
        hours=sum(hours) if hours else None,
        hours_of=len(hours),
        mailings=mailings,
        written_to=written_to,
        carried=carried(ground, [tale.id for tale in naming(survey.now, ground.ours)]),
        clicks=None if counts is None else clicks(counts),
    )


def _spent(found: Sequence[Evaluated]) -> Iterable[Spent]:
    """Sums by currency. Money of two currencies does not add up."""
    noted = [one.card for one in found if one.card.cost is not None]
    for currency in sorted({card.currency for card in noted}):
        costs = [card.cost or 0.0 for card in noted if card.currency == currency]
        yield Spent(currency=currency, cost=sum(costs), n=len(costs), of=len(found))


def _evaluated(ground: Ground, campaign: Campaign, rose: Rose) -> Evaluated:
    card = measured(ground, campaign)
    span = _span(ground, card)
    line = rose(campaign.id)
    here = tied(ground, campaign, span, ()).now if span else []
    mailed = [n for _, _, _, n in card.sent]
    known = [n for n in mailed if n is not None]
    return Evaluated(
        card=card,
        measured=span,
        observed=ground.observed(span) if span else None,
        written_to=sum(known) if mailed and len(known) == len(mailed) else None,
        carried=carried(ground, here) if span else None,
        messages=_messages(ground, campaign, span),
        uplift=line,
        depth=depth(_there(campaign, card, line)),
    )


def _span(ground: Ground, card: Card) -> Period | None:
    """The measured time as far as it has passed."""
    start = card.start or FIRST
    end = min(card.until, ground.now) if card.until else ground.now
    return Period(start, end) if start < end else None


def _messages(ground: Ground, campaign: Campaign, span: Period | None) -> tuple[MessageLine, ...]:
    if span is None or not campaign.messages:
        return ()
    survey = Survey(ground, span, (), tuple(watch.id for watch in ground.watches))
    return tuple(one for one in messages.messages(ground, survey) if one.campaign == campaign.id)


def _there(campaign: Campaign, card: Card, line: UpliftLine | None) -> There:
    promise = card.promise
    goal = promise.plan.goal if promise else campaign.goal
    return There(
        objective=bool(campaign.objective.strip()),
        goal=campaign.goal is not None and bool(campaign.goal.by or campaign.ends_on),
        registered=promise is not None and not promise.late and goal is not None,
        outcome=card.did.rate is not None or card.leads.qualified is not None,
        inputs=campaign.cost is not None or campaign.hours is not None,
        compared=card.difference is not None or (line is not None and line.comparison is not None and not line.late),
    )


def carried(ground: Ground, ids: Sequence[str]) -> Carried:
    """These stories with their pickups and the tiers of those who carried them."""
    groups: dict[str, list[Copied]] = {}
    for row in rows.copies(ground.session, ids, ground.cutoff):
        groups.setdefault(row.story, []).append(row)
    outlets = {row.outlet or row.domain for group in groups.values() for row in group}
    best = Counter(_tier(ground, group) for group in groups.values())
    return Carried(
        stories=len(ids),
        pickups=sum(len(group) - 1 for group in groups.values()),
        outlets=len(outlets - {""}),
        tiers=tuple(sorted(best.items(), key=lambda one: one[0] or NO_TIER)),
    )


def _tier(ground: Ground, group: Sequence[Copied]) -> int | None:
    tiers = [tier for row in group if (tier := ground.tier(row.outlet, row.domain)) is not None]
    return min(tiers, default=None)
