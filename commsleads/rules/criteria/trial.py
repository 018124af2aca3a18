"""What other criteria would make of a lead, held against how it stands: the stage, the status, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commsleads.criteria import Band, Criteria, Stage
from commsleads.journey import Lead
from commsleads.rules.criteria.wording import points, stretch
from commsleads.rules.leads.handoff import FADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a lead stands at a moment, as far as criteria decide it. `opened` says that it is a lead at all."""

    opened: bool
    stage: str
    qualified: bool
    status: str
    fit: int
    engagement: int
    fit_band: str
    engagement_band: str

    def differs(self, other: Standing) -> bool:
        """Whether somebody would notice: a lead or none, its stage, whether it qualifies, its status."""
        return (self.opened, self.stage, self.qualified, self.status) != (
            other.opened,
            other.stage,
            other.qualified,
            other.status,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A lead that would change. `contacts` are all that are this person."""

    lead: str
    contacts: tuple[str, ...]
    outlet: str
    before: Standing
    after: Standing


def of_lead(lead: Lead) -> Standing:
    """How a lead that was told stands."""
    return Standing(
        opened=lead.opened is not None,
        stage=lead.stage,
        qualified=lead.qualified,
        status=lead.status,
        fit=lead.fit,
        engagement=lead.engagement,
        fit_band=lead.fit_band,
        engagement_band=lead.engagement_band,
    )


def status_after(status: str, *, was: bool, opened: bool, qualified: bool, quiet: bool) -> str:
    """The status of a lead in the moment after criteria were switched on that make it so.

    `was` says whether it was a qualified lead before, `quiet` that nothing came for as long as leads fade in. It is of
    leads for which nothing else happened at that moment.
    """
    if qualified and not was and status == "new":
        status = "offered"
    elif not qualified and status == "offered":
        status = "new"
    return "faded" if opened and quiet and status in FADING else status


def because(before: Standing, after: Standing, old: Criteria, new: Criteria) -> str:
    """Why, in a clause: what keeps it from where it stood, or what it has reached."""
    if before.opened != after.opened:
        if after.opened:
            return f"a data point makes a lead under the {new.reading} reading"
        return f"no act of their own makes a lead under the {new.reading} reading"
    if before.stage != after.stage:
        return _of_stage(before, after, old, new)
    if before.qualified != after.qualified:
        return f"“{after.stage}” is {'now' if after.qualified else 'no longer'} a qualified stage"
    if after.status == "faded":
        return f"nothing came from them for {stretch(new.handoff.fades)}"
    return ""


def _of_stage(before: Standing, after: Standing, old: Criteria, new: Criteria) -> str:
    stages = {stage.id: stage for stage in new.stages}
    places = {name: place for place, name in enumerate(stages)}
    held = stages.get(before.stage)
    if places.get(after.stage, -1) > places.get(before.stage, -1):
        known = {stage.id for stage in old.stages}
        is_new = "" if after.stage in known else ", which is new"
        return f"they meet “{after.stage}”{is_new}: {_points(after)}"
    if held is None:
        return f"there is no stage “{before.stage}” any more"
    return _missing(held, after, new)


def _missing(stage: Stage, after: Standing, criteria: Criteria) -> str:
    """What keeps somebody from a stage under these criteria."""
    for what, name, band, bands, amount in (
        ("fit", stage.fit, after.fit_band, criteria.fit_bands, after.fit),
        ("engagement", stage.engagement, after.engagement_band, criteria.engagement_bands, after.engagement),
    ):
        if name and _rank(band, bands) < _rank(name, bands):
            return f"{what} is {points(amount)}, and “{stage.id}” asks for {name} ({_least(name, bands)})"
    return f"no touch of theirs met “{stage.id}” with enough points at its time"


def _points(standing: Standing) -> str:
    fit = f"fit {standing.fit_band or 'in no band'} ({points(standing.fit)})"
    return f"{fit}, engagement {standing.engagement_band or 'in no band'} ({points(standing.engagement)})"


def _rank(name: str, bands: Sequence[Band]) -> int:
    return next((place for place, band in enumerate(bands) if band.name == name), -1)


def _least(name: str, bands: Sequence[Band]) -> int:
    return next((band.least for band in bands if band.name == name), 0)
