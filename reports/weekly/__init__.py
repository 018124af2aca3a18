"""The weekly digest: what a director needs to know on Monday, in the order in which directors ask.

Does anything need me, are we on target, what worked, who is being heard, what is about to burn, what is coming. The
sections are always the same and in the same order; an empty one prints one short line. Every number stands beside what
it was before, and leads back to its rows. It is written three times out of the same facts: in a page for the team, in
a minute for directors, in full for analysts. It also serves days and months, under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.page import document_of
from commsleads.reports.weekly import heads
from commsleads.reports.weekly.curves import pictures_of
from commsleads.reports.weekly.data import data_of
from commsleads.reports.weekly.pages import pages_of
from commsleads.reports.weekly.told import Caps, Told
from commsleads.reports.wording import must_be_counts
from commsleads.reports.words import USUAL, must_be_spoken, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    """How long the digest may be, and in which language. Its sections and their order are fixed, so that patterns show.

    `gaps` is how many stretches without eyes are printed for analysts.
    """

    stories: int = 3
    campaigns: int = 4
    needs: int = 5
    gaps: int = 12
    language: str = USUAL

    def __post_init__(self) -> None:
        must_be_spoken(self.language)
        must_be_counts(stories=self.stories, campaigns=self.campaigns, needs=self.needs, gaps=self.gaps)


class WeeklyDigest:
    """One set of facts for each audience as HTML, text, Markdown, print and JSON. Same facts, same bytes."""

    Settings = WeeklySettings

    def write(self, facts: Any, period: Period, settings: WeeklySettings) -> Document:
        """The digest of one period. `facts` are those of `commsleads.facts`, as of their cut-off.

        Raises `ReportError` when there are no words in the language of the settings.
        """
        with spoken(settings.language):
            caps = Caps(stories=settings.stories, campaigns=settings.campaigns, needs=settings.needs)
            told = Told(facts=facts, period=period, found=gather(facts, period), caps=caps)
            drawn = pictures_of(facts, told.found, told.unit, heads.about(told))
            told = Told(facts=facts, period=period, found=told.found, caps=caps, pictures=drawn)
            pages = pages_of(told, gaps=settings.gaps)
            team = pages.pop("team")
            return document_of(team, data_of(told, team), versions=pages)


def gather(facts: Any, period: Period) -> Mapping[str, Any]:
    """Everything the digest tells, asked once."""
    lines = facts.watch_lines(period)
    return {
        "coverage": facts.coverage(period),
        "watches": lines,
        "spikes": facts.spikes(lines),
        "voices": facts.voices(period),
        "tone": facts.tone(period),
        "messages": facts.messages(period),
        "stories": facts.stories(period),
        "answers": facts.answers(period),
        "uplifts": facts.uplifts(period),
        "leads": facts.leads(period),
        "goals": facts.goals(period),
        "desk": facts.desk(period),
        "health": facts.health(period),
        "needs": facts.needs(),
        "alerts": facts.alerts(period),
        "changes": facts.changes(period),
        "restated": facts.restated(period),
        "quality": facts.quality(period),
        "coming": facts.coming(period),
        "sending": facts.sending(period),
    }
