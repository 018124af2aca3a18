"""Stages held against the rest: those that nobody can reach, and those in which nobody ever stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commsleads.criteria import Band, Criteria, Sort, Stage
from commsleads.plan import FIGURES
from commsleads.rules.criteria.sorts import ENGAGING, narrower
from commsleads.rules.criteria.touching import never, twice

TAKEN = frozenset(
    {"opened", "qualified", "offered", "accepted", "closed", "first", "last", "status", "wakes", "by", "name"}
)
"""Steps that every lead has, and columns of reports: a stage of such a name could not be told from them."""


def contradictions(criteria: Criteria) -> Iterator[str]:
    """One sentence for each contradiction of the stages."""
    stages = criteria.stages
    if not stages:
        yield "There is no stage, so nobody could ever be a qualified lead. Write at least one [[stages]]."
        return
    if not any(stage.qualified for stage in stages):
        yield "No stage is qualified, so no lead would ever be offered. Take qualified = false out of one of them."
    for place, stage in enumerate(stages):
        odd = list(_stage(stage, criteria))
        yield from odd
        if not odd and (higher := _hidden(stage, stages[place + 1 :], criteria)):
            yield (
                f"Nobody would ever stand in the stage “{stage.id}”: whoever reaches it has reached “{higher.id}”, "
                "which is higher. Ask for more there, or put it before this one."
            )


def _stage(stage: Stage, criteria: Criteria) -> Iterator[str]:
    what = f"The stage “{stage.id}”"
    if stage.id in FIGURES:
        yield f"{what} has the name of a figure that goals are about. Call it something else."
    elif stage.id in TAKEN:
        yield f"{what} has the name of a step or column that reports have of every lead. Call it something else."
    for word, sort in (("when", stage.when), ("after", stage.after)):
        if sort is not None:
            yield from _sort(f"{what} in “{word}”", sort)
    if stage.after is None and stage.apart:
        yield f"{what} has “apart” and no “after” to be apart from. Write the earlier touch in “after”, or take it out."
    for kind, name, bands in (
        ("fit", stage.fit, criteria.fit_bands),
        ("engagement", stage.engagement, criteria.engagement_bands),
    ):
        yield from _band(what, kind, name, bands)


def _sort(what: str, sort: Sort) -> Iterator[str]:
    if mark := twice(sort):
        yield f"{what} asks for the mark “{mark}” and for touches without it. Take it out of one of the two."
    elif sort.touch and not set(sort.touch).intersection(ENGAGING):
        yield f"{what} asks for what we learned of a person, which is no touch. Name another kind of touch."
    elif why := never(sort, ENGAGING):
        yield f"{what} can never be met: {why}."


def _band(what: str, kind: str, name: str, bands: Sequence[Band]) -> Iterator[str]:
    """A band that is not there. One that is out of reach is named with the bands."""
    known = [band.name for band in bands]
    if name and name not in known:
        there = f"There is: {', '.join(known)}." if known else f"Write [[{kind}_bands]], or take it out."
        yield f"{what} asks for the {kind} band “{name}”, which is not there. {there}"


def _hidden(stage: Stage, higher: Sequence[Stage], criteria: Criteria) -> Stage | None:
    """The highest stage that is reached whenever this one is; None when there is none."""
    return next((one for one in reversed(higher) if _implies(stage, one, criteria)), None)


def _implies(stage: Stage, higher: Stage, criteria: Criteria) -> bool:
    """Whether whoever reaches a stage has certainly reached another."""
    if not narrower(stage.when, higher.when):
        return False
    if higher.after is not None and (
        stage.after is None or stage.apart < higher.apart or not narrower(stage.after, higher.after)
    ):
        return False
    return _rank(stage.fit, criteria.fit_bands) >= _rank(higher.fit, criteria.fit_bands) and _rank(
        stage.engagement, criteria.engagement_bands
    ) >= _rank(higher.engagement, criteria.engagement_bands)


def _rank(name: str, bands: Sequence[Band]) -> int:
    """How high a band is; -1 for none asked for."""
    return next((place for place, band in enumerate(bands) if band.name == name), -1)
