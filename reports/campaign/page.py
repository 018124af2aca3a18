"""The report as a page: cards go in, sections come out, so that every rendering says the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Page, grey, section
from commsleads.reports.campaign.chapter import chapter_of, lead_of
from commsleads.reports.cardwords import took_words
from commsleads.reports.wording import counted, instant, line, listed, number, stretch, title_of

_METHOD = """
Aimed at (N)|Those on the list, or named in the plan, without the excluded and without those held back. Every rate is
divided by it; where it is not known there is no rate.
Did it|Different targets with a response by which the call to action is recognised, in the measured time. The interval
is Wilson's, 95%.
Measured time|From the first day of the campaign to the end of its window after the last day. What came before or after
is named apart.
Clicks by people|Every hit is judged by several signs. The range goes from what is certainly people to all that is not
certainly machines; best is certain and probable people. Clicks are not people: one person clicks twice.
Nobody can assign|Clicks on links for all, and responses without a target. One person may stand in both, so it is no
number of people.
What others count|By their own rules and in their own zones. It stands beside ours and is never added.
Times|Medians among those who went on; where it says so, those who have not done it yet are included (Kaplan and
Meier).
Forecast|What there is in the end if it goes on at the same rate, with its 95% interval. Most responses come right after
a mailing, so early it flatters.
"""
METHOD = tuple(
    (name, " ".join(words.split()))
    for name, words in re.findall(r"(?ms)^([^|\n]+)\|(.*?)(?=^[^|\n]+\||\Z)", _METHOD.strip())
)
"""How the figures are made; `docs/answers.md` has it at length."""
NOTHING = "No campaign runs, has just ended or was written about in this time."


def page_of(facts: Any, period: Period, cards: Sequence[Any], most: int, *, only: bool = False) -> Page:
    """The page of the campaigns that the period concerns; of the `only` one, without the explanations at the end."""
    unit = facts.unit(period)
    alone = len(cards) == 1
    chapters = [part for card in cards[:most] for part in chapter_of(card, facts.zone, alone=alone)]
    left = len(cards) - most
    more = grey(f"And {number(left)} more: commsleads campaign list." if left > 0 else "")
    return Page(
        subject=subject_of(facts, period, cards),
        organisation=line(facts.organisation) or "commsleads",
        kind="Campaign answers",
        title="Answer card" if only else title_of(period, unit),
        days=stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key}",
        healthy=True,
        verdict=verdict_of(cards),
        sections=(*chapters, *([section("", more)] if more else ())),
        method=METHOD if cards and not only else (),
        commands=() if only else tuple(
            command for card in cards[:most]
            for command in ((f"{line(card.name, 60)}, whole", f"commsleads campaign show {card.id}"),
                            (f"{line(card.name, 60)}, its hits", f"commsleads hits --campaign {card.id}"))
        ),
    )  # fmt: skip


def verdict_of(cards: Sequence[Any]) -> tuple[str, ...]:
    """The answer of the only campaign; of several, which they are."""
    if not cards:
        return (NOTHING,)
    if len(cards) == 1:
        return tuple(lead_of(cards[0]))
    names = [f"{line(card.name, 60)} ({when(card)})" for card in cards]
    return (f"{counted(len(cards), 'campaign')}: {listed(names[:8])}{' and others' if len(names) > 8 else ''}.",)


def subject_of(facts: Any, period: Period, cards: Sequence[Any]) -> str:
    """`Campaigns wk 47: The new wing, 12 of 47 (26%, 95% interval 15–40%)`, or how many there are."""
    name = f"Campaigns {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    if len(cards) != 1:
        return f"{name}: {counted(len(cards), 'campaign')}"
    (card,) = cards
    told = took_words(card.ctas[0]) if len(card.ctas) == 1 else when(card)
    return f"{name}: {line(card.name, 60)}, {told}"


def when(card: Any) -> str:
    """How a campaign stands, in a word or two."""
    return str(card.state)
