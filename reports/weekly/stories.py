"""Stories as a reader meets them: headline, outlet, date, pickups, and why they are here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commsleads.reports.cardwords import CERTAINTY
from commsleads.reports.wording import counted, day, line, link, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A headline with what stands around it."""

    title: str
    url: str
    where: str
    why: str
    why_grouped: str


def chosen(stories: Sequence[Any], most: int) -> tuple[Sequence[Any], Any]:
    """The stories that come first, and one more that a high-reach outlet carried, if it is not among them."""
    rest = [story for story in stories[most:] if story.tier is not None and story.tier <= 2]
    return stories[:most], min(rest, key=lambda story: story.tier, default=None)


def outlet_of(story: Any) -> str:
    """The outlet with its tier: `Harbour Post, tier 2`."""
    tier = f", tier {story.tier}" if story.tier is not None else ""
    if story.tier is not None and story.tier_outlet != story.outlet:
        return f"{line(story.outlet, 60)}; also {line(story.tier_outlet, 60)}{tier}"
    return f"{line(story.outlet, 60) or 'outlet not known'}{tier}"


def item_of(story: Any, zone: Any) -> Item:
    """One story: headline, outlet, date, pickups, and why it is here."""
    dated = story.published_at or story.first_seen_at
    seen = "" if story.published_at else "first seen "
    where = [outlet_of(story), f"{seen}{day(dated, zone)}"]
    if story.pickups:
        where.append(f"+{counted(story.pickups, 'pickup')}")
    if story.older:
        where.append("an older piece that came to light now")
    names = [
        f"{line(name.name, 60)} {'in the headline' if name.headline else 'in the text'}" for name in story.watches[:4]
    ]
    ties = [f"{line(tie.name, 60)} ({CERTAINTY.get(tie.rule, tie.rule)})" for tie in story.campaigns[:2]]
    why = f"Names {listed(names)}." if names else ""
    if ties:
        why += f" Campaign: {listed(ties)}."
    grouped = ""
    if story.pickups:
        others = [name for name in story.outlets if name != story.outlet]
        grouped = f"Also in {listed([line(name, 40) for name in others[:5]])}" if others else "Printed again by itself"
        grouped += f" and {len(others) - 5} more." if len(others) > 5 else "."
    return Item(
        title=line(story.title, 160) or "(no headline)",
        url=link(story.url),
        where=" · ".join(where),
        why=why.strip(),
        why_grouped=grouped,
    )
