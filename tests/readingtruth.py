"""What is to be known of the demo's coverage in the end, counted from the data files alone.

By other means than the program's: a search as simple as can be, days on the fingers, no tables.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import resources
from typing import Any

from commsleads.demo.newsroom import WEEKS, Newsroom, Story

DATA = tomllib.loads((resources.files("commsleads.demo") / "reading.toml").read_text(encoding="utf-8"))
OURS = frozenset({"wendlemere", "maren-ockley", "heat-next-door", "open-turbine-day"})
NAMES = {"wendlemere": "Wendlemere Energy", "ostrey-power": "Ostrey Power", "fenline": "Fenline Heat"}
"""The brand and the competitors, as their one phrase says."""
DRINKS = "Wendlemere Energy Drinks"
UNSEEN = ("5 tue", "5 wed", "5 thu", "5 fri", "5 sat", "5 sun", "9 sat", "9 sun")
"""Days on which too few were looking: three papers lost their machines until the night before a Sunday, and at the last
week-end two feeds went."""
LEAD = 200
"""Letters at the beginning of a text in which a name stands out."""


def entered(room: Newsroom, week: int) -> list[dict[str, Any]]:
    """What somebody saw in that week and no feed had."""
    return [one for one in DATA["found"] if int(one["on"].split()[0]) == week and room.calendar.at(one["on"])]


def strays(room: Newsroom, week: int) -> list[Story]:
    """What was counted in that week until somebody took it out."""
    return [story for story in room.stories.values() if story.stray and story.week == week and story.copies]


def about_us(room: Newsroom, week: int) -> list[Story]:
    """The stories of a week about us that the feeds brought, without what is none."""
    return [s for s in room.stories.values() if s.week == week and s.about & OURS and s.copies and not s.stray]


def told(room: Newsroom, week: int) -> int:
    """How many stories of a week are about us: those of the feeds, and what somebody entered by hand."""
    return len(about_us(room, week)) + sum(bool(OURS & set(one["watches"])) for one in entered(room, week))


def told_then(room: Newsroom, week: int) -> int:
    """The same as it had to be told on the Monday after, when nobody knew yet what was none."""
    return told(room, week) + len(strays(room, week))


def tier(room: Newsroom, story: Story) -> int | None:
    """The best tier of the outlets that had it."""
    known = [room.feeds[by].tier for by, _ in story.copies if room.feeds[by].tier]
    return min((one for one in known if one), default=None)


def names(room: Newsroom, story: Story, phrase: str) -> tuple[bool, bool]:
    """Whether any copy of a story has a phrase, and whether it has it in its headline or at the top of its text."""
    here = [item for by, _ in story.copies for item in room.items[by] if item.story == story.key]
    there = top = False
    for item in here:
        text = " ".join(item.text).replace(DRINKS, "")
        title = item.title.replace(DRINKS, "")
        there |= phrase in title or phrase in text
        top |= phrase in title or phrase in text[:LEAD]
    return there, top


def weights(room: Newsroom, week: int) -> tuple[Counter[str], int]:
    """What the stories of a week weigh for each name, and all of them together."""
    each, whole = Counter[str](), 0
    for story in room.stories.values():
        if story.week != week or not story.copies or story.stray:
            continue
        outlet = {1: 3, 2: 2}.get(tier(room, story) or 3, 1)
        mine = {}
        for watch, phrase in NAMES.items():
            there, top = names(room, story, phrase)
            if there:
                mine[watch] = outlet * (2 if top else 1)
        each.update(mine)
        whole += max(mine.values(), default=0)
    by_hand = sum("wendlemere" in one["watches"] for one in entered(room, week))  # in no outlet of the register
    each["wendlemere"] += by_hand
    return each, whole + by_hand


def said(room: Newsroom, week: int) -> dict[str, str]:
    """How people read the stories of a week in the end, by story."""
    found: dict[str, str] = {}
    for one in sorted(DATA["tones"], key=lambda one: room.calendar.at(one["on"])):
        found |= {key: tone for key, tone in one["stories"].items() if room.stories[key].week == week}
    return found


def carried(room: Newsroom, week: int, message: str) -> tuple[int, int]:
    """How many of the stories of Heat Next Door carried a message, and of how many."""
    mine = [s for s in room.stories.values() if s.campaign == "heat-next-door" and s.week == week and s.copies]
    return sum(message in story.carries for story in mine), len(mine)


def accuracy(message: str) -> list[int]:
    """The words of people on how rightly a message was told."""
    return [one["accuracy"] for one in DATA["messages"] if one["message"] == message]


def uplift(room: Newsroom, seen: Mapping[str, date]) -> tuple[int, float, int]:
    """The stories that name the cooperative since Heat Next Door began, what the six weeks before it had led anybody to
    expect, and on how many days: the mean of the same weekdays that were seen, with half a story for luck.

    `seen` is the day on which each story was first met: some feeds are read every six hours, and at night none is.
    """
    ours = [s.key for s in room.stories.values() if "wendlemere" in s.about and s.copies and not s.stray]
    counts = Counter[date](seen[key] for key in ours if room.stories[key].week <= WEEKS)
    unseen = {room.calendar.day(day) for day in UNSEEN}
    start = room.calendar.day("7 mon")
    before = [start - timedelta(days=n) for n in range(1, 43) if start - timedelta(days=n) not in unseen]
    since = [day for day in (start + timedelta(days=n) for n in range(21)) if day not in unseen]
    total = sum(counts[day] for day in before)
    expected = 0.0
    for day in since:
        alike = [one for one in before if one.weekday() == day.weekday()]
        expected += sum(counts[one] for one in alike) / len(alike)
    return sum(counts[day] for day in since), expected * (total + 0.5) / total, len(since)
