"""The digest for each audience, out of the same parts: a page for the team, a minute for directors, all for analysts.

What does not fit is cut by steps and always in the same order, so that the digest of a busy week is as long as that of
any other: names and reasons first, then entries of lists. What is cut is counted, and its place named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from commsleads.reports.blocks import Page, Section, figures, grey, section, table, text
from commsleads.reports.weekly import heads
from commsleads.reports.weekly.campaigns import campaigns_part
from commsleads.reports.weekly.coming import coming_part
from commsleads.reports.weekly.curves import DIRECTOR, TEAM, seen_by
from commsleads.reports.weekly.desk import desk_part
from commsleads.reports.weekly.leads import leads_part
from commsleads.reports.weekly.learned import learned_part
from commsleads.reports.weekly.length import words_of
from commsleads.reports.weekly.looking import gap_of, no_gaps, sources_of
from commsleads.reports.weekly.method import commands, explained, links
from commsleads.reports.weekly.needs import needs_part
from commsleads.reports.weekly.risks import risks_part
from commsleads.reports.weekly.stories import picked, stories_part
from commsleads.reports.weekly.told import Part, Told, clipped
from commsleads.reports.weekly.voices import voices_part
from commsleads.reports.wording import line, stretch, title_of
from commsleads.reports.words import say

TEAM_WORDS = 600
"""About one page; the first sections of it in ninety seconds."""
DIRECTOR_WORDS = 250

SHORTER: tuple[dict[str, Any], ...] = (
    {"detail": False},
    {"title": 90, "why": 100, "named": 2},
    {"coming": 4, "exceptions": 2, "learned": 2},
    {"title": 75, "why": 85, "named": 1},
    {"learned": 1, "coming": 3, "campaigns": 3, "risks": 2},
    {"exceptions": 1, "coming": 2, "title": 65},
    {"why": 70, "campaigns": 2},
    {"stories": 2, "title": 60, "coming": 1},
    {"stories": 1, "campaigns": 1, "risks": 1},
    {"needs": 4, "why": 60},
    {"needs": 3},
    {"title": 50},
    {"title": 40},
    {"needs": 2, "title": 30, "why": 50},
)
"""What is cut for the team, step by step, each on top of those before it."""

BRIEFER: tuple[dict[str, Any], ...] = (
    {"named": 1, "why": 100, "title": 80},
    {"why": 80},
    {"needs": 4, "why": 60},
    {"needs": 3, "why": 50},
    {"title": 65, "why": 40},
    {"needs": 2},
    {"needs": 1},
    {"title": 40},
    {"title": 25},
)
"""What is cut for directors."""

SECTIONS = ("leads", "campaigns", "stories", "enquiries", "voices", "risks", "learned", "coming")
"""Sections 3 to 10 by what a director's line of them is called."""
LINE = 160
"""Characters of the line that a director reads of a section, beyond which even that is cut."""


def pages_of(told: Told, *, gaps: int) -> dict[str, Page]:
    """The page of each audience. `gaps` is how many stretches without eyes an analyst reads."""
    return {
        "team": _fitted(told, TEAM_WORDS, _team, SHORTER),
        "director": _fitted(told, DIRECTOR_WORDS, _director, BRIEFER),
        "analyst": _analyst(told, gaps),
    }


def _fitted(told: Told, most: int, made: Callable[[Told], Page], steps: Sequence[Mapping[str, Any]]) -> Page:
    """The page with as little cut from it as lets it be read in its time."""
    caps = [told.caps]
    for step in steps:
        caps.append(replace(caps[-1], **{name: min(value, getattr(caps[-1], name)) for name, value in step.items()}))
    pages: dict[int, Page] = {}

    def page_at(place: int) -> Page:
        if place not in pages:
            pages[place] = made(replace(told, caps=caps[place]))
        return pages[place]

    first = bisect_left(range(len(caps)), True, key=lambda place: words_of(page_at(place)) <= most)
    return page_at(min(first, len(caps) - 1))


def parts_of(told: Told) -> tuple[Part, ...]:
    """Sections 3 to 10, always all and in this order, so that patterns show."""
    return (
        leads_part(told),
        campaigns_part(told),
        stories_part(told, heads.about(told)),
        desk_part(told),
        voices_part(told),
        risks_part(told),
        learned_part(told),
        coming_part(told),
    )


def _team(told: Told) -> Page:
    told = replace(told, pictures=seen_by(told, TEAM))
    needs = needs_part(told)
    sections = [
        section("", heads.figure_of(told), heads.trend_of(told)),
        section(needs.title, *needs.blocks),
        *(section(part.title, *part.blocks) for part in parts_of(told)),
    ]
    return _page(told, sections, links=links(told))


def _director(told: Told) -> Page:
    """What a director reads: the verdict, what needs somebody, and every other section in a line. No commands, for
    these are for whoever sits at the program; an address of the dashboard is for everybody."""
    told = replace(told, pictures=seen_by(told, DIRECTOR))
    needs = needs_part(told, commands=False)
    lines = {name: clipped(part.line, LINE) for name, part in zip(SECTIONS, parts_of(told), strict=True)}
    if heads.names_first(told, picked(told)[0]):
        lines["stories"] = say("stories-above", n=told.found["coverage"].figure.value)
    rows = [(say(f"short-{name}"), words, "") for name, words in lines.items()]
    sections = [
        section("", heads.trend_of(told) if told.pictures.get("trend") and _has_before(told) else None),
        section(needs.title, *needs.blocks),
        section(say("head-rest"), figures(*rows)),
    ]
    return _page(told, sections, links=tuple(one for one in links(told)[:1] if one[1].startswith("http")))


def _has_before(told: Told) -> bool:
    """Whether any period before was observed: else there is no course to see."""
    return any(bar.observed for bar in told.found["coverage"].trend[:-1])


def _analyst(told: Told, gaps: int) -> Page:
    """All of it, with how well we looked and how every number is made."""
    told = replace(told, whole=True)
    needs = needs_part(told)
    sections = [
        section("", heads.figure_of(told), *heads.more_notes(told), heads.trend_of(told)),
        section(needs.title, *(needs.full or needs.blocks)),
        *(section(part.title, *(part.full or part.blocks)) for part in parts_of(told)),
        _health(told, gaps),
    ]
    rows = commands(told)
    known = {place for _, place in rows}
    return _page(
        told,
        sections,
        links=(*rows, *(one for one in links(told) if one[1] not in known)),
        method=explained(told),
    )


def _page(
    told: Told,
    sections: Sequence[Section],
    *,
    links: tuple[tuple[str, str], ...],
    method: tuple[tuple[str, str], ...] = (),
) -> Page:
    top, _ = picked(told)
    return Page(
        subject=heads.subject_of(told),
        organisation=line(told.facts.organisation) or "commsleads",
        kind=say("digest-kind", unit=told.unit),
        title=title_of(told.period, told.unit),
        days=stretch(told.period, told.zone),
        status=heads.status_of(told),
        healthy=heads.healthy(told),
        verdict=heads.verdict_of(told, top),
        sections=tuple(one for one in sections if one.blocks),
        method=method,
        commands=links,
    )


def _health(told: Told, most: int) -> Section:
    """How well we looked: collectors, and each stretch in which one was not read."""
    health = told.found["health"]
    rows = [gap_of(gap, told.zone) for gap in health.gaps[:most]]
    left = len(health.gaps) - most
    return section(
        say("head-health"),
        table((say("health-what"), say("health-value")), sources_of(health, told.zone, told.unit)),
        table((say("gaps-source"), say("gaps-when"), say("gaps-why")), rows),
        grey(say("more-where", n=left, where="commsleads gaps")) if left > 0 else None,
        None if rows else text(no_gaps(health, told.unit)),
    )
