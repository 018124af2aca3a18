"""The answer card of each campaign: whom did we target, what did we ask, how many did it.

One page a campaign, always in the same order. No rate without its denominator, no figure without its interval, and what
nobody can tell stands there as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period, ReportError
from commsleads.reports.campaign.data import data_of
from commsleads.reports.campaign.page import page_of
from commsleads.reports.page import document_of, text_of
from commsleads.reports.pictures.grammar import undrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSettings:
    """How many campaigns it may tell; the JSON and the CSV have all. `only` is the id of the one that is told, without
    the explanations at the end: `campaign show` is written so. With `words` the document has text and data alone, which
    takes a third of the time: so cards are kept, every hour."""

    campaigns: int = 12
    only: str = ""
    words: bool = False


class AnswerCard:
    """One set of facts as HTML, text, Markdown, JSON and CSV. Same facts, same bytes."""

    Settings = CardSettings

    def write(self, facts: Any, period: Period, settings: CardSettings) -> Document:
        """The cards of the campaigns that a period concerns, or of the only one. `facts` are `commsleads.facts`.

        Raises `ReportError` when there is no campaign of that id.
        """
        cards = [facts.card(settings.only, period)] if settings.only else facts.cards(period)
        if None in cards:
            raise ReportError(f"No campaign is called “{settings.only}”. See: commsleads campaign list")
        if settings.words:
            with undrawn():
                page = page_of(facts, period, cards, settings.campaigns, only=bool(settings.only))
            data = data_of(facts, period, cards, page)
            return Document(subject=page.subject, text=text_of(page), html="", markdown="", data=data)
        page = page_of(facts, period, cards, settings.campaigns, only=bool(settings.only))
        return document_of(page, data_of(facts, period, cards, page))
