"""The invented newsroom: what every feed would show at any moment of the demo's nine weeks and a morning.

It knows the world (`world.toml`), the stories that matter (`news.toml`) and the background (`filler.toml`), and it
knows the truth about them, which the tests hold the program to. It serves nothing and knows nothing of the program.
All moments follow from one Monday: the same Monday gives the same newsroom, to the byte.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from importlib import resources
from itertools import count
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
WEEKS = 9
"""Eight weeks of history and the week the digest tells."""
BRAND = "Wendlemere Energy"
SITE = "https://www.wendlemere-energy.example"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MORNING = time(7, 30)
"""When the last poll happens: the Monday after the week reported, half an hour after the digest is due."""
TRAP_LINK = "javascript:alert(document.domain)"
SNIPPET = 220
"""Letters of a story that an alert shows."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The demo's weeks. `monday` is the morning after week 9; week 0 is what the feeds held before the start."""

    monday: date

    def at(self, text: str) -> datetime:
        """The moment of "<week> <weekday> <local time>" in UTC."""
        week, day, clock = text.split()
        local = self.monday + timedelta(weeks=int(week) - WEEKS - 1, days=DAYS.index(day))
        return datetime.combine(local, time.fromisoformat(clock), ZONE).astimezone(UTC)

    def day(self, text: str) -> date:
        """The local day of "<week> <weekday>"."""
        return self.at(f"{text} 12:00").date()


def monday_before(now: datetime) -> date:
    """The Monday on whose morning the demo ends: this week's, or last week's when this morning is not there yet."""
    local = now.astimezone(ZONE)
    monday = local.date() - timedelta(days=local.weekday())
    return monday if local >= datetime.combine(monday, MORNING, ZONE) else monday - timedelta(weeks=1)


class Trouble(NamedTuple):
    """What goes wrong with a feed, from when until when."""

    kind: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One publisher's feed."""

    id: str
    name: str
    host: str
    format: str
    every: str
    keep: int
    pace: int
    family: str
    tier: int | None = None
    type: str = ""
    region: str = ""
    language: str = "en"
    tagged: bool = False
    hostile: bool = False
    troubles: tuple[Trouble, ...] = ()


class Item(NamedTuple):
    """One entry of one feed in one of its versions. `story` is the key of the story it tells, or "" for background."""

    key: str
    story: str
    when: datetime
    edited: datetime | None
    title: str
    text: tuple[str, ...]
    url: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story that matters, and the truth about it. `lost` names feeds that had it during an outage.

    `carries` are the key messages in it. A `stray` is found for a watch by its words and has nothing to do with us.
    """

    key: str
    week: int
    title: str
    about: frozenset[str]
    campaign: str
    linked: bool
    copies: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]
    edits: tuple[str, ...]
    carries: frozenset[str]
    stray: bool


@dataclass
class Newsroom:
    """All feeds over all weeks. `items` holds every version of every item by feed, oldest first."""

    calendar: Calendar
    feeds: dict[str, Feed] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def visible(self, feed: Feed, moment: datetime) -> list[Item]:
        """What the feed holds at a moment, newest first. After an outage it begins afresh."""
        floor = max((t.until for t in feed.troubles if t.kind == "outage" and t.until <= moment), default=None)
        shown: dict[str, Item] = {}
        for item in self.items[feed.id]:
            if item.when <= moment and (floor is None or item.when >= floor) and (item.edited or moment) <= moment:
                shown[item.key] = item
        return sorted(shown.values(), key=lambda item: (item.when, item.key), reverse=True)[: feed.keep]

    def trouble(self, feed: Feed, moment: datetime) -> str:
        """What is wrong with the feed at this moment, or ""."""
        return next((t.kind for t in feed.troubles if t.since <= moment < t.until), "")

    def told(self, week: int, watch: str) -> list[Story]:
        """The truth: the stories of a week that name a watch and reached us."""
        return [s for s in self.stories.values() if s.week == week and watch in s.about and s.copies and not s.stray]

    def address(self, story: str, feed: str = "") -> str:
        """Where a story stands in a feed, or in the one that had it first."""
        held = self.items[feed] if feed else [item for items in self.items.values() for item in items]
        return next(item.url for item in held if item.story == story and (feed or item.key == story))


def open_newsroom(monday: date) -> Newsroom:
    """The newsroom whose last morning is this Monday's."""
    calendar = Calendar(monday)
    world, news, filler = (data_of(name) for name in ("world", "news", "filler"))
    room = Newsroom(calendar)
    for declared in world["feeds"]:
        feed = _feed(declared, calendar)
        room.feeds[feed.id] = feed
        room.items[feed.id] = []
    for told in news["stories"]:
        _tell(room, told)
    _fill(room, filler, world["places"])
    for items in room.items.values():
        items.sort(key=lambda item: (item.when, item.key, item.edited or item.when))
    return room


def data_of(name: str) -> dict[str, Any]:
    """What a data file of the demo says."""
    return tomllib.loads((resources.files("commsleads.demo") / f"{name}.toml").read_text(encoding="utf-8"))


def _feed(declared: Mapping[str, Any], calendar: Calendar) -> Feed:
    troubles = tuple(
        Trouble(one["kind"], calendar.at(one["from"]), calendar.at(one.get("until", "99 mon 00:00")))
        for one in declared.get("troubles", ())
    )
    return Feed(**{**declared, "troubles": troubles})


# --- stories ----------------------------------------------------------------------------------------------------------


def _tell(room: Newsroom, told: Mapping[str, Any]) -> None:
    """Put a story and its copies into the feeds, and its truth into the book."""
    link = f"{SITE}/{told['campaign']}" if told.get("link") else ""
    feed, when = room.feeds[told["by"]], room.calendar.at(told["on"])
    key, title = told["key"], told["title"]
    origin = Item(key, key, when, None, title, tuple(told["text"]), _url(feed, when, title), link)
    versions = [(told["by"], origin)]
    versions += [(copy["by"], _copy(room, origin, copy)) for copy in told.get("copies", ())]
    for by, item in versions:
        room.items[by].append(item)
    for edit in told.get("edits", ()):
        edited = origin._replace(edited=room.calendar.at(edit["on"]), title=edit["title"], text=tuple(edit["text"]))
        room.items[told["by"]].append(edited)
    lost = [by for by, item in versions if room.trouble(room.feeds[by], item.when) == "outage"]
    room.stories[key] = Story(
        key=key,
        week=int(told["on"].split()[0]),
        title=title,
        about=frozenset(told["about"]),
        campaign=told.get("campaign", ""),
        linked=bool(link),
        copies=tuple((by, item.title) for by, item in versions if by not in lost),
        lost=tuple(lost),
        edits=tuple(edit["title"] for edit in told.get("edits", ())),
        carries=frozenset(told.get("carries", ())),
        stray=told.get("stray", False),
    )


def _copy(room: Newsroom, origin: Item, copy: Mapping[str, Any]) -> Item:
    """The same text elsewhere, with what the other desk changed. An alert only points to the original."""
    feed, when = room.feeds[copy["by"]], room.calendar.at(copy["on"])
    key = f"{origin.key}-{feed.id}"
    if feed.format == "alert":
        snippet = " ".join(origin.text)[:SNIPPET].rpartition(" ")[0]
        return origin._replace(key=key, when=when, text=(f"{snippet} ...",), link="")
    text = list(origin.text)
    for old, new in copy.get("swap", ()):
        if not any(old in paragraph for paragraph in text):
            raise ValueError(f"news.toml: {key} changes words that are not there: {old}")
        text = [paragraph.replace(old, new) for paragraph in text]
    text = [*([copy["lead"]] if "lead" in copy else ()), *text, *([copy["close"]] if "close" in copy else ())]
    title = copy["title"]
    return origin._replace(key=key, when=when, title=title, text=tuple(text), url=_url(feed, when, title))


# --- background -------------------------------------------------------------------------------------------------------


def _fill(room: Newsroom, filler: Mapping[str, Any], places: Sequence[str]) -> None:
    """Give every feed its everyday news. No two headlines are the same, so that nothing looks like a copy."""
    taken = {item.title for items in room.items.values() for item in items}
    for number, feed in enumerate(room.feeds.values()):
        serial = count(number * 5)
        for week in range(WEEKS + 2):
            for nth in range(feed.pace):
                when = room.calendar.at(_slot(week, nth, feed.pace, number))
                if when <= room.calendar.at(f"{WEEKS + 1} mon 07:00"):
                    _add_filler(room, feed, when, _headline(filler[feed.family], places, serial, taken))
        for trouble in feed.troubles:
            if trouble.kind == "outage":
                title = f"{feed.name} is back: our pages were out of reach for most of the week"
                text = "A failed cooling pump stopped the machines of our publisher. What we printed is in the paper."
                _add_filler(room, feed, trouble.until, (title, text))


def _slot(week: int, nth: int, pace: int, number: int) -> str:
    """When the nth background item of a week appears: spread over its days and the working hours."""
    day = DAYS[(nth * 7 // pace + number) % 7]
    return f"{week} {day} {6 + (number * 3 + nth * 5 + week) % 15:02}:{(nth * 17 + week * 7 + number * 11) % 60:02}"


def _headline(
    family: Sequence[Sequence[str]], places: Sequence[str], serial: count[int], taken: set[str]
) -> tuple[str, str]:
    for turn in serial:
        title, text = family[turn % len(family)]
        here = turn * 4 + turn // len(family)
        words = {
            "place": places[here % len(places)],
            "other": places[(here + 7) % len(places)],
            "n": str(3 + (turn * 5 + turn // len(family)) % 23),
        }
        if (title := title.format(**words)) not in taken:
            taken.add(title)
            return title, text.format(**words)
    raise AssertionError("a count does not end")


def _add_filler(room: Newsroom, feed: Feed, when: datetime, told: tuple[str, str]) -> None:
    key = f"{feed.id}-{len(room.items[feed.id])}"
    # Only in the week reported: such a link makes the program read the feed with the slow, tolerant reader.
    trapped = feed.hostile and when >= room.calendar.at(f"{WEEKS} mon 00:00")
    url = TRAP_LINK if trapped else _url(feed, when, told[0])
    room.items[feed.id].append(Item(key, "", when, None, told[0], (told[1],), url))


def _url(feed: Feed, when: datetime, title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)[:9])
    return f"https://{feed.host}/{when:%Y/%m/%d}/{slug}" + ("?utm_source=rss&utm_medium=feed" if feed.tagged else "")


def markup(item: Item, feed: Feed) -> str:
    """The text of an item as the HTML its publisher sends."""
    body = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in item.text)
    if item.link:
        tags = f"utm_source={feed.id}&amp;utm_medium=press&amp;utm_campaign={item.link.rpartition('/')[2]}"
        body += f'<p>More at <a href="{item.link}?{tags}">the cooperative’s page</a>.</p>'
    return body
