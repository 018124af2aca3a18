"""The report of the press desk: what came, what was answered and how fast, what came of it, and what is open.

It serves a day, a week or a month. The sections are always the same and in the same order. Every figure stands beside
what it rests on; one without anything to divide by says "cannot tell" and why. Restricted enquiries are counted and
never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.enquiries.data import data_of
from commsleads.reports.enquiries.page import page_of
from commsleads.reports.page import document_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """How long its lists may be; the JSON and the CSV have everything."""

    enquiries: int = 40
    needs: int = 6
    missed: int = 10


class DeskReport:
    """One set of facts as HTML, text, Markdown, JSON and CSV. Same facts, same bytes."""

    Settings = DeskSettings

    def write(self, facts: Any, period: Period, settings: DeskSettings) -> Document:
        """The report of one period. `facts` are those of `commsleads.facts`."""
        desk = facts.desk(period)
        page = page_of(facts, period, desk, settings)
        return document_of(page, data_of(facts, period, desk, page))
