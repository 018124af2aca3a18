"""The coverage book: what was written, by whom, and what we say of it in our own words.

No text of an article stands in it: a headline, an outlet, a date, a link and a person's summary. Reach is not added up
and nothing is worth money. It serves a day, a week or a month, of everything about us or of what is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period, ReportError
from commsleads.reports.coverage.data import data_of
from commsleads.reports.coverage.sheet import page_of
from commsleads.reports.page import document_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSettings:
    """What stands in the book, and how much of it is shown as cards; the JSON and the tables have everything.

    `campaign` and `watch` are ids; without them it is all that is about us, with `everyone` all that was found.
    `tiers` are those to show, () for all. `stories` and `pickups` cap the cards and who else carried each; `pictures`
    of pages stand on so many of them, where somebody had them taken.
    """

    campaign: str = ""
    watch: str = ""
    everyone: bool = False
    tiers: tuple[int, ...] = ()
    stories: int = 60
    pickups: int = 6
    pictures: int = 12

    def __post_init__(self) -> None:
        for name in ("stories", "pickups", "pictures"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be below 0")


class CoverageBook:
    """One set of facts as HTML, text, Markdown, PDF, JSON, CSV and a workbook. Same facts, same bytes."""

    Settings = CoverageSettings

    def write(self, facts: Any, period: Period, settings: CoverageSettings) -> Document:
        """The book of one period. `facts` are those of `commsleads.facts`. Raises `ReportError`."""
        book = facts.book(
            period,
            campaign=settings.campaign,
            watch=settings.watch,
            everyone=settings.everyone,
            tiers=settings.tiers,
        )
        if book is None:
            name = settings.campaign or settings.watch
            raise ReportError(
                f"The coverage book is of “{name}”, and no campaign or watch has that id. "
                "See: commsleads campaign list, or [[watches]] in the settings."
            )
        page = page_of(facts, period, book, settings)
        return document_of(page, data_of(facts, period, book, page))
