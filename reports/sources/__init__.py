"""How well we looked: every source with what it brought, when it was not seen, and whether something may be missing.

It serves a day, a week or a month. States are those of now. What nobody observed is a gap here and in no figure a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.page import document_of
from commsleads.reports.sources.data import data_of
from commsleads.reports.sources.sheet import page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesSettings:
    """How long its lists may be; the JSON and the tables have everything."""

    sources: int = 100
    gaps: int = 30
    needs: int = 10

    def __post_init__(self) -> None:
        for name in (
            "sources",
            "gaps",
            "needs",
        ):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be below 0")


class SourcesReport:
    """One set of facts as HTML, text, Markdown, PDF, JSON, CSV and a workbook. Same facts, same bytes."""

    Settings = SourcesSettings

    def write(self, facts: Any, period: Period, settings: SourcesSettings) -> Document:
        """The report of one period. `facts` are those of `commsleads.facts`."""
        looked, alerts = facts.looked(period), facts.alerts(period)
        page = page_of(facts, period, looked, alerts, settings)
        return document_of(page, data_of(facts, period, looked, alerts, page))
