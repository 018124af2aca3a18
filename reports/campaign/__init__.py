"""The answer card of each campaign: whom did we target, what did we ask, how many did it.

One page a campaign, always in the same order. No rate without its denominator, no figure without its interval, and what
nobody can tell stands there as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period
from commsleads.reports.campaign.data import data_of
from commsleads.reports.campaign.sheet import METHOD, Sheet, sheet_of
from commsleads.reports.rendering import render


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSettings:
    """How many campaigns it may tell; the JSON and the CSV have all."""

    campaigns: int = 12


class AnswerCard:
    """One set of facts as HTML, text, Markdown, JSON and CSV. Same facts, same bytes."""

    Settings = CardSettings

    def write(self, facts: Any, period: Period, settings: CardSettings) -> Document:
        """The cards of the campaigns that a period concerns. `facts` are those of `commsleads.facts`."""
        cards = facts.cards(period)
        sheet = sheet_of(facts, period, cards, settings.campaigns)
        return Document(
            subject=sheet.subject,
            text=render("campaign/campaign.txt.j2", sheet),
            html=render("campaign/campaign.html.j2", sheet),
            markdown=render("campaign/campaign.md.j2", sheet),
            data=data_of(facts, period, cards, sheet),
        )


def card_words(facts: Any, card: Any) -> str:
    """One card as text for a terminal."""
    from commsleads.reports.campaign.page import page_of
    from commsleads.reports.wording import instant, line

    sheet = Sheet(
        subject="",
        organisation=line(facts.organisation) or "commsleads",
        title="Answer card",
        days=line(card.name, 100),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key}",
        nothing="",
        pages=(page_of(card, facts.zone, "week"),),
        more="",
        method=METHOD[:0],
        commands=(),
    )
    return render("campaign/campaign.txt.j2", sheet).rstrip()
