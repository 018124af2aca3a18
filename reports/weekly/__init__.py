"""The weekly digest: what a director needs to know on Monday, in the order in which directors ask.

Does anything need me, are we on target, what worked, who is being heard, what is about to burn. The sections are
always the same and in the same order; an empty one prints one short line. Every number stands beside what it was
before, and leads back to its rows. It also serves days and months, under the same name and with the same sections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.rendering import render
from commsleads.reports.weekly.data import data_of
from commsleads.reports.weekly.sections import Sheet, sheet_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    """How long the digest may be. Its sections and their order are fixed, so that patterns show."""

    stories: int = 3
    campaigns: int = 4
    needs: int = 5
    gaps: int = 12


class WeeklyDigest:
    """One set of facts as HTML, text, Markdown and JSON. Same facts, same bytes."""

    Settings = WeeklySettings

    def write(self, facts: Any, period: Period, settings: WeeklySettings) -> Document:
        """The digest of one period. `facts` are those of `commsleads.facts`, as of their cut-off."""
        found = gather(facts, period)
        sheet: Sheet = sheet_of(facts, period, found, settings)
        return Document(
            subject=sheet.subject,
            text=render("weekly/weekly.txt.j2", sheet),
            html=render("weekly/weekly.html.j2", sheet),
            markdown=render("weekly/weekly.md.j2", sheet),
            data=data_of(facts, period, found, sheet),
        )


def gather(facts: Any, period: Period) -> Mapping[str, Any]:
    """Everything the digest tells, asked once."""
    lines = facts.watch_lines(period)
    return {
        "coverage": facts.coverage(period),
        "watches": lines,
        "spikes": facts.spikes(lines),
        "voices": facts.voices(period),
        "stories": facts.stories(period),
        "answers": facts.answers(period),
        "leads": facts.leads(period),
        "goals": facts.goals(period),
        "desk": facts.desk(period),
        "health": facts.health(period),
        "needs": facts.needs(),
        "changes": facts.changes(period),
    }
