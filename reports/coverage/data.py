"""The coverage book as data: every story and every pickup as a row, for machines and for those who count again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commsleads.contract import Period
from commsleads.reports.plain import head_of, plain
from commsleads.reports.wording import line, link

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""
COLUMNS = [
    "tier", "published_at", "first_seen_at", "outlet", "headline", "url", "summary", "summary_by", "pickups",
    "outlets", "watches", "campaigns", "messages", "tone", "older", "story",
]  # fmt: skip
PICKUPS = ["headline", "outlet", "tier", "published_at", "first_seen_at", "url", "story", "signal"]


def data_of(facts: Any, period: Period, book: Any, page: Any) -> dict[str, Any]:
    """Everything the book says. Plain JSON values, in a fixed order."""
    return {
        **head_of(EDITION, facts, period, page),
        "chosen": {
            "campaign": book.campaign, "watch": book.watch, "everyone": book.everyone,
            "tiers": list(book.chosen_tiers),
        },
        "observed": plain(book.observed),
        "figures": {
            "stories": plain(book.figure), "in_book": book.n, "pickups": book.pickups,
            "pickups_before": book.previous_pickups, "outlets": book.outlets,
        },
        "compared": plain(book.verdict),
        "tiers": plain(book.tiers),
        "table": "stories",
        "columns": COLUMNS,
        "sheets": {"carried": PICKUPS},
        "stories": [_story(one) for one in book.stories],
        "carried": [row for one in book.stories for row in _carried(one)],
        "definitions": dict(page.method),
        "queries": dict(page.commands),
    }  # fmt: skip


def _story(one: Any) -> dict[str, Any]:
    story = one.story
    return {
        "tier": story.tier,
        "published_at": plain(story.published_at),
        "first_seen_at": plain(story.first_seen_at),
        "outlet": line(story.outlet),
        "headline": line(story.title),
        "url": link(story.url),
        "summary": one.summary,
        "summary_by": one.summary_by,
        "pickups": story.pickups,
        "outlets": "; ".join(line(name) for name in story.outlets),
        "watches": "; ".join(name.id for name in story.watches),
        "campaigns": "; ".join(tie.id for tie in story.campaigns),
        "messages": "; ".join(message.id for message in one.messages),
        "tone": one.said,
        "older": story.older,
        "story": story.id,
    }


def _carried(one: Any) -> Iterator[dict[str, Any]]:
    for each in one.pickups:
        yield {
            "headline": line(one.story.title),
            "outlet": line(each.outlet),
            "tier": each.tier,
            "published_at": plain(each.published_at),
            "first_seen_at": plain(each.first_seen_at),
            "url": link(each.url),
            "story": one.story.id,
            "signal": each.signal,
        }
