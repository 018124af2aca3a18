"""What the sections are told from, how long they may be, and what each gives: for the team, in a line, and in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from commsleads.contract import Period, Picture
from commsleads.reports.blocks import Block
from commsleads.reports.deskwords import officer_of
from commsleads.reports.weekly.looking import blind
from commsleads.reports.wording import instant, line, stretch, title_of
from commsleads.reports.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How much a section may hold: entries of each list, and characters of a reason and of a headline.

    `named` is how many enquiries or leads one bullet names; `detail` whether grey second thoughts are told at all.
    """

    needs: int = 5
    named: int = 3
    campaigns: int = 4
    stories: int = 3
    exceptions: int = 3
    risks: int = 3
    learned: int = 3
    coming: int = 5
    why: int = 120
    title: int = 110
    detail: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The facts of one period, asked once (`found`), the pictures of them, and how much of it may be told. `whole` asks
    for what analysts read as well."""

    facts: Any
    period: Period
    found: Mapping[str, Any]
    caps: Caps
    pictures: Mapping[str, Picture | None] = field(default_factory=dict)
    whole: bool = False

    @property
    def unit(self) -> str:
        """Day, week or month."""
        return str(self.facts.unit(self.period))

    @property
    def zone(self) -> tzinfo:
        """The zone that times are told in."""
        zone: tzinfo = self.facts.zone
        return zone

    @property
    def unseen(self) -> bool:
        """Whether nobody looked and nothing was seen: then nothing is no zero."""
        return blind(self.found["health"]) and not self.found["coverage"].figure.value

    @property
    def name(self) -> str:
        """`Week 47, 16–22 November 2026`, and whether it is over."""
        name = title_of(self.period, self.unit), stretch(self.period, self.zone)
        if self.facts.now < self.period.start:
            return say("period-not-begun", name=name[0], days=name[1])
        if self.facts.now < self.period.end:
            return say("period-not-over", name=name[0], days=name[1], at=instant(self.facts.now, self.zone))
        return say("period-name", name=name[0], days=name[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: its heading, all of it in one `line`, its blocks for the team, and those for analysts (None: the
    same, or nobody asked for them)."""

    title: str
    line: str
    blocks: tuple[Block | None, ...]
    full: tuple[Block | None, ...] | None = None


def clipped(words: str, most: int) -> str:
    """At most so many characters: a shorter sentence that ends where one of these or a clause of it ends, and no broken
    one. Only words without such an end are cut within."""
    words = line(words)
    if len(words) <= most:
        return words
    full = "." if words.endswith((".", "!", "?")) else ""
    for ends in ((". ",), ("; ", " · "), (": ",), (", ",)):
        if place := _ending(words[:most], ends, most // 4):
            return f"{words[:place]}{full}"
    return line(words, most)


def titled(title: str, most: int) -> str:
    """A headline of at most so many characters: what stands before its colon or dash, where that is most of it."""
    title = line(title)
    if len(title) <= most:
        return title
    place = _ending(title[: most + 2], (": ", "; ", " – ", " — ", " | ", " - "), most // 4)
    return title[:place] if place else line(title, most)


def _ending(words: str, ends: tuple[str, ...], least: int) -> int:
    """The last place where one of these stands, outside quotations and brackets; 0 where none is after `least`."""
    places = (found.start() for end in ends for found in re.finditer(re.escape(end), words))
    whole = (place for place in places if place > least and _closed(words[:place]))
    return max(whole, default=0)


def _closed(words: str) -> bool:
    return all(words.count(first) <= words.count(last) for first, last in ("“”", "()", "«»"))


def owner_of(told: Told, alert: Any) -> str:
    """Who has an alert: `Ada Stone has it`, or that nobody has."""
    if not alert.owner:
        return say("alert-nobody")
    return say("alert-owner", who=officer_of(told.found["desk"], alert.owner))


def more(n: int, shown: int) -> str:
    """How much was left out of a list; '' when nothing was. The version for analysts has it, as the foot says."""
    return say("more", n=n - shown) if n > shown else ""
