"""Whether a watch is named far more than in the same hours of the weeks before: like compared with like, gaps out."""

from __future__ import annotations

from typing import NamedTuple

from commsleads.facts.ground import Ground
from commsleads.facts.survey import Survey
from commsleads.plan import SurgePlan
from commsleads.rules.alerts.stories import StoryRules
from commsleads.rules.alerts.surges import OVER, SURE, WINDOW, Rising, windows
from commsleads.rules.figures import Verdict
from commsleads.store.alert_causes import of_stories, stories
from commsleads.store.engine import micros


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
