"""The evaluation: from what was meant and spent to what came of it, one stage after the other.

Of one campaign it is a page; of a period the office first, then each campaign that it concerns. No stage is made of
another, and nothing is worth money that nobody was paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period, ReportError
from commsleads.reports.evaluation.chain import chain_of
from commsleads.reports.evaluation.data import data_of
from commsleads.reports.evaluation.office import office_chain
from commsleads.reports.evaluation.sheet import page_of
from commsleads.reports.page import document_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSettings:
    """`campaign` is the id of the one to evaluate alone; without it the office and, at most, so many `campaigns`."""

    campaign: str = ""
    campaigns: int = 6

    def __post_init__(self) -> None:
        if self.campaigns < 0:
            raise ValueError("campaigns must not be below 0")


class Evaluation:
    """One set of facts as HTML, text, Markdown, PDF, JSON, CSV and a workbook. Same facts, same bytes."""

    Settings = EvaluationSettings

    def write(self, facts: Any, period: Period, settings: EvaluationSettings) -> Document:
        """The evaluation of one period or campaign. `facts` are those of `commsleads.facts`. Raises `ReportError`."""
        found = gather(facts, period, settings.campaign)
        chains = [] if settings.campaign else [("", office_chain(found, facts.unit(period)))]
        chains += [(one.card.id, chain_of(one, facts.zone)) for one in found["evaluation"].campaigns]
        page = page_of(facts, period, found, chains, settings)
        return document_of(page, data_of(facts, period, found, chains, page))


def gather(facts: Any, period: Period, campaign: str) -> Mapping[str, Any]:
    """Everything the report tells, asked once. Of one campaign what is the office's is left out."""
    told = facts.evaluation(period, campaign)
    if told is None:
        raise ReportError(
            f"The evaluation is of the campaign “{campaign}”, and there is none. See: commsleads campaign list"
        )
    found = {"evaluation": told, "health": facts.health(period)}
    if campaign:
        return found
    return found | {
        "goals": facts.goals(period),
        "coverage": facts.coverage(period),
        "messages": facts.messages(period),
        "desk": facts.desk(period),
        "leads": facts.leads(period),
        "quality": facts.quality(period),
        "restated": facts.restated(period),
    }
