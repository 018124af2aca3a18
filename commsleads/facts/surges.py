"""Whether a watch is named far more than in the same hours of the weeks before: like compared with like, gaps out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.survey import Survey
from commsleads.plan import SurgePlan
from commsleads.rules.alerts.causes import Cause
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.stories import StoryRules
from commsleads.rules.alerts.surges import OVER, SURE, WINDOW, Rising, wave, windows
from commsleads.rules.figures import Verdict
from commsleads.store.alert_causes import of_stories, stories
from commsleads.store.engine import micros

if TYPE_CHECKING:
    from commsleads.facts import Facts


class Surge(NamedTuple):
    """The last 24 hours of a watch: `verdict` at the level of the sensitivity says whether a surge begins, `over` at a
    milder one whether one that began goes on. `stories` are the ids of the stories."""

    verdict: Verdict
    over: Verdict
    stories: tuple[str, ...]


def surge(ground: Ground, watch: str, plan: SurgePlan) -> Surge | None:
    """The last 24 hours of a watch beside those before; None when there are too few stories for any surge.

    Stories are counted as the digest counts them: pickups once, older pieces that came to light left out, and only what
    sources saw that were watched now and then, so that a new source is no surge.
    """
    now, before = windows(ground.now, ground.zone, plan.weeks)
    if stories(ground.session, watch, micros(now.start), micros(now.end)) < plan.least:
        return None
    survey = Survey(ground, now, before, (watch,))
    verdict = survey.verdict((watch,), SURE[plan.sensitivity])
    return Surge(verdict, survey.verdict((watch,), OVER), tuple(tale.id for tale in survey.now))


def rising(ground: Ground, watch: str, found: Surge, rules: StoryRules) -> Rising:
    """A surge as it is told. Of watches about us it is known how many of its stories hold a risk word."""
    seen = []
    mine = watch in ground.ours
    if mine:
        seen = of_stories(ground.session, watch, found.stories, micros(ground.now - WINDOW))
    risky = {one.story for one in seen if rules.risks(one)}
    tiers = [(one.story, rules.tier(one.outlet, one.domain)) for one in seen if one.story in risky]
    great = {story for story, tier in tiers if tier is not None and tier <= rules.plan.tier}
    return Rising(
        watch,
        ground.named[watch].name,
        mine,
        found.verdict,
        found.stories,
        risky=len(risky),
        great=len(great),
    )


def waves(facts: Facts, week: Period, office: Office, surged: Collection[str]) -> list[Cause]:
    """The watches whose week that ended was a spike, as the digest has it, and that had no surge in it (`surged`)."""
    return [
        wave(
            line.id,
            line.name,
            line.verdict,
            week=week.label,
            command=line.figure.query.split(" ; ")[0],
            now=facts.now,
            office=office,
        )
        for line in facts.spikes(facts.watch_lines(week))
        if line.id not in surged
    ]
