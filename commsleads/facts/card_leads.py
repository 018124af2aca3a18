"""The leads of a campaign on its answer card, and how its goal of leads stands: counted as every goal is."""

from __future__ import annotations

from datetime import datetime

from commsleads.facts.card_rows import CardRows
from commsleads.facts.card_values import Leads
from commsleads.facts.goal_aims import of_campaign
from commsleads.facts.goal_counts import SAYS, Counts
from commsleads.rules.goals.progress import span
from commsleads.store.campaigns import cards as rows


def leads_of(read: CardRows) -> Leads:
    """The journalists whose enquiries were touches of the campaign in its measured time, and the leads that qualified
    in it and that it had touched. Before criteria are in force nobody is qualified and nobody is not: None."""
    goal = read.campaign.goal
    session, campaign = read.ground.session, read.campaign.id
    touches = rows.lead_touches(session, campaign, read.since, read.before)
    counts = Counts(read.ground)
    return Leads(
        n=len({lead for lead, _ in touches}),
        enquiries=len({enquiry for _, enquiry in touches}),
        qualified=rows.qualified_leads(session, campaign, read.since, read.before) if counts.counting else None,
        goal=goal.n if goal else None,
        goal_of=goal.of if goal else "",
        goal_by=goal.by if goal else None,
    )


def towards(read: CardRows) -> tuple[int | None, str] | None:
    """What counts towards a goal of leads so far, and what that is; (None, why) when nothing counts it.

    None for a goal that is about no leads.
    """
    ground, campaign = read.ground, read.campaign
    if campaign.goal is None:
        return None
    counts = Counts(ground)
    aim = of_campaign(campaign, campaign.goal, counts.stages)
    if not aim.of_leads:
        return None
    if why := counts.uncounted(aim):
        return None, why
    time = span(aim.starts_on, aim.ends_on, ground.zone, ground.now)
    if time.start is None:
        return None, "nobody said when it begins"
    said = SAYS.get(aim.figure, f"leads that reached {aim.figure} for the first time in the goal's time")
    return counts.count(aim, time.start, time.until), f"{said}; of those that the campaign opened"


def counted_from(read: CardRows) -> datetime | None:
    """When leads began to be counted, for a goal of leads; None for any other, and before there are criteria."""
    if read.campaign.goal is None:
        return None
    counts = Counts(read.ground)
    aim = of_campaign(read.campaign, read.campaign.goal, counts.stages)
    return counts.since(aim) if aim.of_leads else None
