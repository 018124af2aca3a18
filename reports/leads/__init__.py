"""The report on leads: how many, how far they came and how fast, who answers for them, and what they are due to.

It serves a day, a week or a month. What was opened in the period and what happened in it are two ways of counting that
stand apart. No lead has a name here: a lead's id leads to it for those who may see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.leads.data import data_of
from commsleads.reports.leads.page import page_of
from commsleads.reports.page import document_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadsSettings:
    """How long its lists may be; the JSON has everything."""

    lines: int = 8
    needs: int = 6
    offers: int = 12


class LeadsReport:
    """One set of facts as HTML, text, Markdown, JSON and CSV. Same facts, same bytes."""

    Settings = LeadsSettings

    def write(self, facts: Any, period: Period, settings: LeadsSettings) -> Document:
        """The report of one period. `facts` are those of `commsleads.facts`."""
        found = gather(facts, period)
        page = page_of(facts, period, found, settings)
        return document_of(page, data_of(facts, period, found, page))


def gather(facts: Any, period: Period) -> Mapping[str, Any]:
    """Everything the report tells, asked once."""
    return {
        "leads": facts.leads(period),
        "goals": facts.goals(period),
        "credit": facts.credit(period),
        "sources": facts.credit(period, "source"),
        "evenness": facts.evenness(period),
    }
