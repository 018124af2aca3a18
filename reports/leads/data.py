"""The report as data: every figure of it, for machines and for those who want to count again.

Before there are criteria and a lead the figures are null and no zeros.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from commsleads.contract import Period
from commsleads.reports.leadwords import needs_of, not_yet
from commsleads.reports.plain import head_of, plain

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""
EVERY = 10_000
"""Leads that a need names here: all of them."""
STEPS = ("qualified", "offered", "accepted", "closed")


def data_of(facts: Any, period: Period, found: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Everything the report says. Plain JSON values, in a fixed order."""
    leads, goals = found["leads"], found["goals"]
    there = leads.counted
    stages = [step.key for step in leads.all.steps if step.kind == "stage"]
    return {
        **head_of(EDITION, facts, period, page),
        "counted": {
            "ever": leads.ever, "since": plain(leads.begun), "from": plain(leads.since), "why_not": not_yet(leads),
        },
        "criteria": plain(leads.criteria),
        "criteria_changed": plain(leads.changed),
        "needs": [
            {"what": what, "why": why, "command": command}
            for what, why, command in needs_of(leads, goals, facts.now, facts.zone, EVERY)
        ],
        "goals": [goal_data(one) for one in goals],
        "moved": _moved(leads.moved) if there else None,
        "moved_before": _moved(leads.before) if there and leads.before is not None else None,
        "funnel": _funnel(leads.all) if there else None,
        "stages": plain(leads.stages) if there else None,
        "weeks_of_entry": plain(leads.cohorts) if there else None,
        "handoff": _handoff(leads.handoff) if there else None,
        "reading": plain(leads.reading) if there else None,
        "interest": plain(leads.interest),
        "credit": {"campaign": plain(found["credit"]), "source": plain(found["sources"])} if there else None,
        "evenness": plain(found["evenness"]) if there else None,
        "table": "funnels",
        "columns": [
            "by", "name", "opened", *(stage.replace("-", "_") for stage in stages), *STEPS, "qualified_rate",
            "qualified_low", "qualified_high", "may_still_qualify", "seconds_to_qualify", "seconds_to_accept",
        ],
        "funnels": list(rows_of(leads, stages)) if there else [],
        "definitions": {one.key: one.words for one in leads.definitions},
        "queries": dict(leads.commands),
    }  # fmt: skip


def goal_data(one: Any) -> dict[str, Any]:
    """A goal with its pace and its diagnosis."""
    told: dict[str, Any] = plain(one)
    return told | {"by_kind": dict(one.by_kind)}


def rows_of(leads: Any, stages: list[str]) -> Iterator[dict[str, Any]]:
    """The funnel of all and of each part, flat, as lines of the CSV."""
    parts = [("all", "", leads.all), *((part.by, one.name, one.funnel) for part in leads.parts for one in part.lines)]
    for by, name, funnel in parts:
        share = funnel.step("qualified").share
        yield {
            "by": by,
            "name": name,
            "opened": funnel.n,
            **{stage.replace("-", "_"): funnel.step(stage).share.k for stage in stages},
            **{step: funnel.step(step).share.k for step in STEPS},
            "qualified_rate": plain(share.value),
            "qualified_low": plain(share.low),
            "qualified_high": plain(share.high),
            "may_still_qualify": funnel.step("qualified").open,
            "seconds_to_qualify": plain(funnel.to_qualified.median),
            "seconds_to_accept": plain(funnel.to_accepted.median),
        }


def _funnel(funnel: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(funnel)
    return told | {"outcomes": dict(funnel.outcomes)}


def _moved(moved: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(moved)
    return told | {name: dict(getattr(moved, name)) for name in ("by_kind", "stages", "outcomes")}


def _handoff(handoff: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(handoff)
    return told | {"reasons": dict(handoff.reasons)}
