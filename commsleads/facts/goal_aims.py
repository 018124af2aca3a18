"""Which goals there are: those of the settings, those that people set, and those of campaigns, in one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from commsleads.enquiries import Officer
from commsleads.facts.ground import Ground
from commsleads.plan import FIGURES, Campaign, Goal, GoalPlan
from commsleads.store.leads import goals as rows
from commsleads.store.leads import terms

LEAD_FIGURES = ("qualified leads", "engaged leads", "leads", "accepted leads")
"""Figures that count leads. The id of a stage does, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A goal, whoever keeps it. `figure` is one of `plan.FIGURES`, the id of a stage, or '' for the words of a
    campaign's goal that only its card understands (`of`). Days may be missing for a campaign's."""

    id: str
    name: str
    origin: str
    n: int
    of: str
    figure: str
    campaign: str = ""
    team: str = ""
    owner: str = ""
    source: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    leads: int | None = None
    relevant: str = ""
    reachable: str = ""

    @property
    def of_leads(self) -> bool:
        """Whether it is about leads."""
        return bool(self.figure) and (self.figure in LEAD_FIGURES or self.figure not in FIGURES)

    @property
    def what(self) -> str:
        """What it is about, in words: qualified leads, story-qualified leads, bookings."""
        return f"{self.figure} leads" if self.figure and self.figure not in FIGURES else self.of


def aims(ground: Ground) -> list[Aim]:
    """All goals. One of the settings stands before one that people set under the same id."""
    found = {goal.id: _of_plan(goal, "settings") for goal in ground.planned}
    for goal in rows.active(ground.session):
        found.setdefault(goal.id, _of_plan(goal, "people"))
    stages = stages_of(ground)
    return [*found.values(), *(of_campaign(one, one.goal, stages) for one in ground.campaigns if one.goal)]


def stages_of(ground: Ground) -> tuple[str, ...]:
    """The stages of the criteria in force."""
    found = terms.in_force(ground.session)
    return tuple(stage.id for stage in found[-1].criteria.stages) if found else ()


def _of_plan(goal: GoalPlan, origin: str) -> Aim:
    return Aim(
        id=goal.id, name=goal.name or goal.id, origin=origin, n=goal.n, of=goal.of, figure=goal.of,
        campaign=goal.campaign, team=goal.team, owner=goal.owner, source=goal.source, starts_on=goal.starts_on,
        ends_on=goal.ends_on, leads=goal.leads, relevant=goal.relevant, reachable=goal.reachable,
    )  # fmt: skip


def of_campaign(campaign: Campaign, goal: Goal, stages: Iterable[str]) -> Aim:
    """The goal of a campaign, in which `of` is free text. Its time is the campaign's; its id cannot be another's.

    `stages` are those of the criteria in force.
    """
    of = " ".join(goal.of.split())
    words = of.casefold()
    figure = words if words in FIGURES else {one.casefold(): one for one in stages}.get(words, "")
    if not figure and {"lead", "leads"} & set(words.split()):
        figure = "qualified leads" if "qualified" in words else "leads"
    return Aim(
        id=f"campaign:{campaign.id}",
        name=campaign.name or campaign.id,
        origin="campaign",
        n=goal.n,
        of=of,
        figure=figure,
        campaign=campaign.id,
        starts_on=campaign.starts_on,
        ends_on=goal.by or campaign.ends_on,
        relevant=campaign.objective,
    )


def officers(ground: Ground) -> tuple[Officer, ...]:
    """Our own people. Who was given no team is of the desk's."""
    return tuple(replace(one, team=one.team or ground.plan.team) for one in ground.plan.officers)
