"""A story of the coverage book as a card: headline, outlet, tier, date, our own summary, who else carried it."""

from __future__ import annotations

import base64
import re
from typing import Any

from commsleads.contract import Picture
from commsleads.reports.blocks import StoryBlock
from commsleads.reports.wording import counted, day, line, link, listed

HEADLINE = 300
"""Characters of a headline."""
THUMB = 96
"""Pixels of the width of a page's picture."""
SUMMARY = 600
"""Characters of a summary."""
TIERS = {1: "Tier 1: national or high reach", 2: "Tier 2: trade", 3: "Tier 3: regional or local"}
SAID = {
    "negative": "negative towards us",
    "neutral": "neutral towards us",
    "positive": "positive towards us",
    "mixed": "mixed towards us",
}


SURE = {"utm": "certain", "link": "nearly certain", "reply": "nearly certain", "watch": "likely", "window": "possible"}
"""How surely a story belongs to a campaign, by the rule that tied it."""


def tier_title(tier: int | None) -> str:
    """What a tier is called."""
    return "Outlets of no known tier" if tier is None else TIERS.get(tier, f"Tier {tier}")


def outlet_of(story: Any) -> str:
    """The outlet with its tier; where another one that carried it is of a better tier, that one too."""
    name = line(story.outlet, 60) or "outlet not known"
    if story.tier is None:
        return name
    if story.tier_outlet and story.tier_outlet != story.outlet:
        return f"{name}; also {line(story.tier_outlet, 60)}, tier {story.tier}"
    return f"{name}, tier {story.tier}"


def dated(story: Any, zone: Any) -> str:
    """The day it bears, else the one on which it was seen first."""
    if story.published_at:
        return day(story.published_at, zone, year=True)
    return f"first seen {day(story.first_seen_at, zone, year=True)}"


def card_of(one: Any, zone: Any, pickups: int, *, pictured: bool = False) -> StoryBlock:
    """The card of a story; at most so many pickups are named. `pictured` shows its page where a picture was taken."""
    story = one.story
    shown = pictured and one.seen is not None
    where = [outlet_of(story), dated(story, zone)]
    if story.older:
        where.append("an older piece that came to light now")
    return StoryBlock(
        title=line(story.title, HEADLINE) or "without a headline",
        url=link(story.url),
        where=" · ".join(where),
        why=line(one.summary, SUMMARY),
        detail=" ".join([*_details(one, pickups), *([f"Page as seen on {day(one.seen.at, zone)}."] if shown else [])]),
        picture=_picture(one, zone) if shown else None,
    )


def _picture(one: Any, zone: Any) -> Picture:
    """The page as it was seen on a day: a picture in a picture, so that nothing is fetched to show it."""
    seen = one.seen
    headline = line(one.story.title, 120) or "without a headline"
    alt = f"The page of “{headline}” as it was seen on {day(seen.at, zone, year=True)}."
    wide, high = THUMB, max(1, round(THUMB * seen.height / max(1, seen.width)))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {seen.width} '
        f'{seen.height}"><image width="{seen.width}" height="{seen.height}" href="data:image/png;base64,'
        f'{seen.content}"/></svg>'
    )
    name = "page-" + re.sub("[^a-z0-9-]", "-", one.story.id.lower())
    return Picture(
        name=name, title=f"Seen on {day(seen.at, zone, year=True)}", alt=alt, svg=svg,
        png=base64.b64decode(seen.content), width=wide, height=high,
    )  # fmt: skip


def _details(one: Any, pickups: int) -> list[str]:
    story = one.story
    names = [f"{line(name.name, 60)}{' in the headline' if name.headline else ''}" for name in story.watches[:4]]
    ties = [f"{line(tie.name, 60)} ({SURE.get(tie.rule, tie.rule)})" for tie in story.campaigns[:2]]
    carried = [f"“{line(message.text or message.id, 80)}”" for message in one.messages[:3]]
    found = [f"Names {listed(names)}." if names else ""]
    found.append(f"Campaign: {listed(ties)}." if ties else "")
    found.append(f"Carries {listed(carried)}." if carried else "")
    found.append(f"Read as {SAID.get(one.said, one.said)}." if one.said else "")
    found.append(_pickups(one, pickups))
    return [words for words in found if words]


def _pickups(one: Any, most: int) -> str:
    """Who else carried it, each outlet once; `+3 pickups: Harbour News (tier 2), City Post and 1 more.`"""
    if not one.pickups:
        return ""
    names = list(dict.fromkeys(f"{line(each.outlet, 40) or 'not known'}{_tier(each.tier)}" for each in one.pickups))
    left = len(names) - most
    named = listed(names) if left <= 0 else f"{', '.join(names[:most])} and {counted(left, 'more outlet')}"
    return f"+{counted(len(one.pickups), 'pickup')}: {named}."


def _tier(tier: int | None) -> str:
    return f" (tier {tier})" if tier is not None else ""
