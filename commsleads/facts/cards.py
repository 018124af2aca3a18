"""The answer card: whom did we target, what did we ask, how many did it, and what nobody can tell.

`measured` reads the rows of one campaign and nothing of another, and so costs the same however many hits there are;
`card` adds whether coverage rose. Every definition stands in `docs/answers.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from commsleads.contract import Period
from commsleads.facts.card_asks import Asks
from commsleads.facts.card_leads import counted_from, leads_of, towards
from commsleads.facts.card_parts import difference_of, funnel_of, took_of, whom_of
from commsleads.facts.card_rows import CardRows, clicks_of
from commsleads.facts.card_values import (
    Card,
    Covered,
    CtaCard,
    Unattributed,
)
from commsleads.facts.covering import FIRST, rules, state_of, tied, to_date
from commsleads.facts.ground import Ground
from commsleads.facts.uplift import uplift
from commsleads.plan import Campaign
from commsleads.rules.campaigns.changes import promise
from commsleads.rules.campaigns.pace import Pace
from commsleads.rules.campaigns.watched import holes
from commsleads.rules.goals.progress import span, standing
from commsleads.rules.periods import period_of
from commsleads.store.campaigns import cards as rows
from commsleads.store.campaigns import plans, redirecting
from commsleads.store.engine import moment

RESPONSES = "responses to any call to action, whoever gave them"
NOT_SAID = "nobody can tell which call to action it means: give it the wording of one"
CLICKS = ("click", "visit", "download")
"""Words of a goal that is counted in clicks. A booking is none."""
STEM = 4
"""Letters by which a word of the goal is found in a call to action: bookings in “Book the workshop”."""


def card(ground: Ground, campaign: Campaign, period: Period | None = None) -> Card:
    """The whole card. The uplift is up to the end of `period`; left out, of the last whole week in which it ran."""
    chosen = period or week_of(ground, campaign)
    return replace(measured(ground, campaign), uplift=uplift(ground, campaign, chosen))


def week_of(ground: Ground, campaign: Campaign) -> Period:
    """The week whose coverage is compared: the last whole one, but not after the campaign's end or before its start."""
    day = ground.now.astimezone(ground.zone).date() - timedelta(days=7)
    if campaign.ends_on and campaign.ends_on < day:
        day = campaign.ends_on
    if campaign.starts_on and campaign.starts_on > day:
        day = campaign.starts_on
    return period_of("week", day, ground.zone)


def measured(ground: Ground, campaign: Campaign) -> Card:
    """The card without the uplift, which reads the mentions of weeks. Made once for all that ask the same facts."""
    if campaign.id not in ground.measured:
        ground.measured[campaign.id] = _measured(ground, campaign)
    found: Card = ground.measured[campaign.id]
    return found


def _measured(ground: Ground, campaign: Campaign) -> Card:
    read = CardRows(ground, campaign)
    whom = whom_of(read)
    asks = Asks(read, whom)
    ctas = tuple(asks.card(cta) for cta in campaign.ctas)
    did, unknown = read.did(), read.unknown()
    coverage = covered(read)
    responses = len(did) + len(unknown)
    leads = leads_of(read)
    counted = towards(read)
    so_far, counts = goal_of(campaign, ctas) if counted is None else counted
    within = [one for one in read.clicked if one.when == "within"]
    return Card(
        id=campaign.id,
        name=campaign.name or campaign.id,
        objective=campaign.objective,
        owner=campaign.owner,
        state=state_of(ground, campaign, Period(ground.now, ground.now + timedelta(seconds=1))),
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        start=read.start,
        until=read.until,
        now=ground.now,
        whom=whom,
        ctas=ctas,
        did=took_of(read, whom, sum(one in read.aimed for one in did)),
        responses=responses,
        clicks=clicks_of(within) if any(cta.clicks is not None for cta in ctas) else None,
        funnel=funnel_of(read),
        leads=leads,
        unattributed=unattributed_of(read, coverage),
        pace=_pace(read, so_far, counts),
        goal_counts=counts,
        difference=difference_of(read, whom),
        promise=promise(plans.of_campaign(ground.session, campaign.id), ground.zone),
        cost=campaign.cost,
        currency=campaign.currency,
        hours=campaign.hours,
        cost_each=campaign.cost / responses if campaign.cost is not None and responses else None,
        sent=_sent(ground, campaign),
        counters=asks.loose(),
        waiting=rows.waiting(ground.session),
        read_at=moment(rows.last_spool(ground.session)),
        unwatched=_unwatched(read),
        coverage=coverage,
        uplift=None,
    )


def _unwatched(read: CardRows) -> tuple[tuple[datetime, datetime], ...]:
    """When our redirector did not run, from the first link of the campaign (or its start) to now (or its end)."""
    session = read.ground.session
    made = rows.first_link(session, read.campaign.id)
    if made is None:
        return ()
    start = max(made, read.start) if read.start else made
    return tuple(holes(redirecting.stretches(session, start), start, read.upto)) if start < read.upto else ()


def _sent(ground: Ground, campaign: Campaign) -> tuple[tuple[datetime | None, str, str, int | None], ...]:
    found = rows.mailings(ground.session, campaign.id)
    return tuple((moment(row["at"]), row["channel"], row["part"], row["n"]) for row in found)


def covered(read: CardRows) -> Covered:
    """Stories tied to the campaign from its start to the end of its window."""
    period = Period(read.start or FIRST, read.upto)
    if period.end <= period.start:
        return Covered(stories=0, items=0, rules=())
    here = tied(read.ground, read.campaign, period, ())
    return Covered(
        stories=len(here.now),
        items=to_date(read.ground, read.campaign, period),
        rules=rules([here.stories[story] for story in here.now]),
    )


# --- what it led to ------------------------------------------------------------------------------------------------


def unattributed_of(read: CardRows, coverage: Covered) -> Unattributed:
    """Clicks at links for all, and responses of nobody knows whom: an upper bound, as one person may stand in both."""
    open_clicks = [one for one in read.clicked if one.when == "within" and not one.personal]
    clicks, responses = clicks_of(open_clicks).best, len(read.unknown())
    window = sum(rule.stories for rule in coverage.rules if rule.rule == "window")
    asked = {cta.id for cta in read.campaign.ctas}
    return Unattributed(
        clicks=clicks,
        responses=responses,
        mentions=window,
        unclear=sum(one.cta not in asked for one in read.came),
        doubtful=len(read.doubtful),
        total=clicks + responses,
    )


# --- against what was promised -------------------------------------------------------------------------------------


def goal_of(campaign: Campaign, ctas: Sequence[CtaCard]) -> tuple[int | None, str]:
    """What counts towards a goal of no leads so far, and what that is. (None, why) when nothing counts it."""
    if campaign.goal is None:
        return None, ""
    of = campaign.goal.of.casefold()
    if "responses" in of:
        if not any(_is_counted(cta) for cta in ctas):
            return None, "nothing has counted responses yet"
        return sum(cta.responses for cta in ctas), RESPONSES
    meant = [cta for cta in ctas if of in (cta.id.casefold(), cta.wording.casefold())]
    meant = meant or ([*ctas] if len(ctas) == 1 else [cta for cta in ctas if _alike(of, cta)])
    if len(meant) != 1:
        return None, NOT_SAID if ctas else "it has no call to action"
    (cta,) = meant
    name = f"“{cta.wording or cta.id}”"
    if cta.clicks is not None and any(word in of for word in CLICKS):
        return cta.clicks.best, f"clicks by people at {name}, the best figure"
    if not _is_counted(cta):
        return None, f"nothing has counted responses to {name} yet"
    return cta.responses, f"responses to {name}, whoever gave them"


def _is_counted(cta: CtaCard) -> bool:
    return cta.took.n is not None or bool(cta.responses)


def _alike(of: str, cta: CtaCard) -> bool:
    words = {word[:STEM] for word in f"{cta.id} {cta.wording}".casefold().split() if len(word) >= STEM}
    return any(word[:STEM] in words for word in of.split() if len(word) >= STEM)


def _pace(read: CardRows, so_far: int | None, counts: str) -> Pace | None:
    goal = read.campaign.goal
    if goal is None:
        return None
    ground = read.ground
    time = span(read.campaign.starts_on, goal.by or read.campaign.ends_on, ground.zone, ground.now)
    return standing(so_far, goal.n, time, ground.now, since=counted_from(read), why=counts)
