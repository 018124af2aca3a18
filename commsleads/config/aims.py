"""A goal typed at a command, read and checked as one of the settings file is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from commsleads.config import checks, fields
from commsleads.config.notes import Notes
from commsleads.config.tables import tables
from commsleads.config.values import Settings
from commsleads.errors import LeadError
from commsleads.plan import FIGURES, GoalPlan


def goal(
    given: Mapping[str, Any], settings: Settings, *, campaigns: Collection[str], stages: Collection[str]
) -> GoalPlan:
    """The goal. `given` are the keys of a `[[goals]]` table; `campaigns` those there are, `stages` of the criteria.

    Raises `LeadError` with one sentence for each mistake.
    """
    tree = {"goals": [dict(given)]}
    notes = Notes(tree)
    fields.prepare()
    (found,) = tables(GoalPlan, tree["goals"], "goals", notes)
    checks.goals([found], settings.desk, notes)
    if found:
        if found.campaign and found.campaign not in campaigns:
            near = notes.nearest(found.campaign, sorted(campaigns))
            notes.wrong("goals[0].campaign", f"is “{found.campaign}”, and there is none; {near}")
        if found.of not in FIGURES and found.of not in stages:
            known = (*FIGURES, *stages)
            notes.wrong("goals[0].of", f"is “{found.of}”, which nothing counts; {notes.nearest(found.of, known)}")
    problems = [problem.removeprefix("goals[0].") for problem in notes.all()]
    if found is None or problems:
        raise LeadError(*problems)
    return found
