"""Stories as a reader meets them: headline, outlet, date, pickups, and why they are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.reports.blocks import StoryBlock, stories, text
from commsleads.reports.cardwords import certainty
from commsleads.reports.weekly.risks import HIGH
from commsleads.reports.weekly.told import Part, Told, owner_of, titled
from commsleads.reports.wording import day, line, link, listed
from commsleads.reports.words import say

NAMES = 2
"""Watches that a reader is told a story names; an analyst is told more."""
NAMES_FULL = 4
OUTLETS = 5


def stories_part(told: Told, about: str) -> Part:
    """The section: the stories that matter, and one more that a high-reach outlet carried."""
    top, impact = picked(told)
    if not top:
        nothing = say("not-looked") if told.unseen else say("stories-none", about=about, unit=told.unit)
        return Part(title=say("head-stories"), line=nothing, blocks=(text(nothing),))
    tag = say("high-impact")
    return Part(
        title=say("head-stories"),
        line=_line(told, top[0]),
        blocks=(stories([*(item_of(told, one) for one in top), *([item_of(told, impact, tag)] if impact else [])]),),
        full=(
            stories([
                *(item_of(told, one, full=True) for one in top),
                *([item_of(told, impact, tag, full=True)] if impact else []),
            ]),
        ),
    )  # fmt: skip


def _line(told: Told, first: Any) -> str:
    title = titled(first.title, max(30, told.caps.title))
    return say("stories-line", title=title, outlet=outlet_of(first), pickups=first.pickups)


def picked(told: Told) -> tuple[Sequence[Any], Any]:
    """The stories about us that come first, and one more that a high-reach outlet carried, if it is not among them.

    First of all are those about which an alert of a high level is open.
    """
    ours = [story for story in told.found["stories"] if story.ours]
    if pressing := {alert.subject for alert in told.found["alerts"].open if str(alert.level) in HIGH}:
        ours.sort(key=lambda story: pressing.isdisjoint((story.id, *story.signals)))
    most = told.caps.stories
    rest = [story for story in ours[most:] if story.tier is not None and story.tier <= 2]
    return ours[:most], min(rest, key=lambda story: story.tier, default=None)


def outlet_of(story: Any) -> str:
    """The outlet with its tier: `Harbour Post, tier 2`."""
    outlet = line(story.outlet, 60) or say("outlet-not-known")
    if story.tier is None:
        return outlet
    if story.tier_outlet != story.outlet:
        return say("outlet-also", outlet=outlet, other=line(story.tier_outlet, 60), tier=story.tier)
    return say("outlet-tier", outlet=outlet, tier=story.tier)


def item_of(told: Told, story: Any, tag: str = "", *, full: bool = False) -> StoryBlock:
    """One story: headline, outlet, date, pickups, why it is here, and who does what about it."""
    dated = day(story.published_at or story.first_seen_at, told.zone)
    where = [outlet_of(story), dated if story.published_at else say("first-seen", day=dated)]
    if story.pickups:
        where.append(say("pickups", n=story.pickups))
    if story.older:
        where.append(say("older-piece"))
    why = _why_full(story) if full else _why(story)
    return StoryBlock(
        title=titled(story.title, 160 if full else told.caps.title) or say("no-headline"),
        url=link(story.url),
        where=" · ".join(where),
        why=why,
        action=action_of(told, story),
        tag=tag,
    )


def action_of(told: Told, story: Any) -> str:
    """Who must act on it: the alert that is open about it, or the tone that a person found. '' where nobody must."""
    for alert in told.found["alerts"].open:
        if alert.subject in (story.id, *story.signals):
            return say("story-alert", level=str(alert.level), who=owner_of(told, alert))
    row = next((row for row in told.found["tone"].rows if row.story == story.id), None)
    if row is not None and row.said == "negative":
        return say("story-negative")
    return say("story-no-action")


def _why(story: Any) -> str:
    """Why it is here, short: where it names us, and its campaign."""
    if not story.watches:
        return ""
    headline = [name for name in story.watches if name.headline] or list(story.watches)
    names = listed([line(name.name, 40) for name in headline[:NAMES]])
    ties = [tie.name for tie in story.campaigns[:1] if tie.name not in {name.name for name in headline[:NAMES]}]
    place = "headline" if headline[0].headline else "text"
    campaign = say("story-campaign-short", name=line(ties[0], 40)) if ties else ""
    return say("story-names-short", names=names, place=place, campaign=campaign)


def _why_full(story: Any) -> str:
    names = [
        say("story-name", name=line(name.name, 60), place="headline" if name.headline else "text")
        for name in story.watches[:NAMES_FULL]
    ]
    parts = [say("story-names", names=listed(names))] if names else []
    if ties := [f"{line(tie.name, 60)} ({certainty(tie.rule)})" for tie in story.campaigns[:2]]:
        parts.append(say("story-campaign", ties=listed(ties)))
    if story.pickups:
        others = [line(name, 40) for name in story.outlets if name != story.outlet]
        left = [say("n-more", n=len(others) - OUTLETS)] if len(others) > OUTLETS else []
        parts.append(
            say("story-also", outlets=listed([*others[:OUTLETS], *left])) if others else say("story-printed-again")
        )
    return " ".join(parts)
