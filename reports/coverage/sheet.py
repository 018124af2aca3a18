"""The coverage book as words: facts go in, a page of figures and cards comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Page, Section, figures, grey, section, stories, table, text, tiles
from commsleads.reports.coverage.cards import card_of, tier_title
from commsleads.reports.lookwords import before_words, blind, expected_words, health_line, is_healthy, looked
from commsleads.reports.wording import counted, earlier, instant, line, listed, number, stretch, title_of

KINDS = {"day": "Coverage of the day", "week": "Coverage of the week", "month": "Coverage of the month"}
METHOD = (
    (
        "Story",
        "One text, however often it was picked up, in the period in which it was first seen. Copies are pickups.",
    ),
    ("Tier", "That of the best outlet that carried it: 1 national or high reach, 2 trade, 3 regional or local."),
    ("Summary", "A person's own words. No text of an article stands here: to print that needs a licence."),
    ("Tone", "Only what a person has read; a machine's guess is not told here."),
    ("Reach", "Not added up: sites share their readers, and who visits a site has not read every page of it."),
    ("Advertising value", "None is given: the price of an advert of that size says nothing of what a story did."),
)


def page_of(facts: Any, period: Period, book: Any, settings: Any) -> Page:
    """The page of one period. `settings` caps the cards."""
    unit = facts.unit(period)
    health = facts.health(period)
    return Page(
        subject=subject_of(facts, period, book, health),
        organisation=line(facts.organisation) or "commsleads",
        kind=KINDS[unit],
        title=f"{title_of(period, unit)}{f' · {chosen}' if (chosen := part_of(book)) else ''}",
        days=stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {health_line(health)}",
        healthy=is_healthy(health),
        verdict=tuple(verdict_of(facts, period, book, health)),
        sections=tuple(sections_of(facts, period, book, settings)),
        method=METHOD,
        commands=tuple(commands_of(period, book)),
    )


def part_of(book: Any) -> str:
    """What was chosen, in words; '' for all that is about us."""
    parts = [line(book.campaign, 60), line(book.watch, 60)]
    if book.everyone and not (book.campaign or book.watch):
        parts.append("everything that was found")
    if book.chosen_tiers:
        parts.append(f"tier {listed([str(tier) for tier in sorted(book.chosen_tiers)])}")
    return ", ".join(part for part in parts if part)


def about_of(facts: Any, book: Any) -> str:
    """Whom the stories are about: `about Harbour Museum`."""
    if book.campaign:
        return f"tied to {line(book.campaign, 60)}"
    if book.watch:
        return f"that name {line(book.watch, 60)}"
    if book.everyone or not facts.has_own:
        return "on any watch"
    return f"about {line(facts.organisation)}" if facts.organisation else "about us"


def subject_of(facts: Any, period: Period, book: Any, health: Any) -> str:
    """`Coverage wk 47: 12 stories, 14 pickups, 3 in tier 1`."""
    name = f"Coverage {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    name += f" ({chosen})" if (chosen := part_of(book)) else ""
    if _unseen(book, health):
        return f"{name}: not observed"
    first = next((tier.stories for tier in book.tiers if tier.tier == 1), 0)
    parts = [counted(book.n, "story"), counted(book.pickups, "pickup"), f"{number(first)} in tier 1"]
    return f"{name}: {', '.join(parts)}"


def _unseen(book: Any, health: Any) -> bool:
    """Whether nobody looked and nothing is known all the same."""
    return blind(health) and not (book.n or book.figure.value)


# --- what can be forwarded alone -----------------------------------------------------------------------------------


def verdict_of(facts: Any, period: Period, book: Any, health: Any) -> Iterator[str]:
    """How much, what that is held against, and how well we looked."""
    unit = facts.unit(period)
    name = f"{title_of(period, unit)}, {stretch(period, facts.zone)}"
    if facts.now < period.end:
        name += f" (not over: as of {instant(facts.now, facts.zone)})" if facts.now >= period.start else " (not begun)"
    about = about_of(facts, book)
    if _unseen(book, health):
        yield f"{name}: nobody was looking, so no number of stories {about} can be given."
    else:
        yield f"{name}: {_how_many(book, about)}{_how_much(book, unit)}"
        if first := next((tier for tier in book.tiers if tier.tier == 1), None):
            yield f"{counted(first.stories, 'story')} of tier 1{_since(first.previous, unit)}."
    yield looked(health, unit)


def _how_many(book: Any, about: str) -> str:
    if not book.n:
        chosen = f" in tier {listed([str(tier) for tier in book.chosen_tiers])}" if book.chosen_tiers else ""
        return f"no story {about} was seen{chosen}"
    outlets = f" in {counted(book.outlets, 'outlet')}" if book.outlets else ""
    return f"{counted(book.n, 'story')} {about}, with {counted(book.pickups, 'pickup')}{outlets}"


def _how_much(book: Any, unit: str) -> str:
    verdict = book.verdict
    if verdict is None or book.chosen_tiers:
        return "."
    if verdict.word == "cannot tell":
        return f"; whether that is much cannot be told: {verdict.why}."
    base = verdict.baseline
    words = {"above": "more than usual", "below": "fewer than usual"}
    return f"; {words.get(verdict.word, 'nothing outside baseline')} ({base.low} to {base.high} a {unit} expected)."


def _since(previous: int | None, unit: str) -> str:
    return f", after {number(previous)} the {earlier(unit)}" if previous is not None else ""


# --- sections ------------------------------------------------------------------------------------------------------


def sections_of(facts: Any, period: Period, book: Any, settings: Any) -> Iterator[Section]:
    """Figures first, then the cards by tier, then what is missing."""
    unit = facts.unit(period)
    yield section("In figures", *_figures(book, unit))
    left = settings.stories
    shown = [one.story.id for one in book.stories[:left] if one.seen is not None]
    pictured = frozenset(shown[: settings.pictures])
    for tier in book.tiers:
        here = [one for one in book.stories if one.story.tier == tier.tier][:left]
        left -= len(here)
        if tier.stories:
            yield _cards(facts, tier, here, pictured, settings)
    missing = [one for one in book.stories[: settings.stories] if not one.summary]
    if missing:
        yield _unsummed(book, missing)


def _cards(facts: Any, tier: Any, here: list[Any], pictured: frozenset[str], settings: Any) -> Section:
    more = tier.stories - len(here)
    where = "the JSON, the CSV and the workbook of this report have them all"
    return section(
        f"{tier_title(tier.tier)} ({number(tier.stories)})",
        stories(card_of(one, facts.zone, settings.pickups, pictured=one.story.id in pictured) for one in here),
        grey(f"And {number(more)} more: {where}." if more and here else ""),
        text(f"{number(more)} not shown: {where}." if more and not here else ""),
    )


def _figures(book: Any, unit: str) -> Iterator[Any]:
    first = next((tier for tier in book.tiers if tier.tier == 1), None)
    before = _since(first.previous, unit).removeprefix(", ") if first else ""
    read = sum(bool(one.said) for one in book.stories)
    yield tiles(
        ("Stories", number(book.n), before_words(book.figure, unit) if not book.chosen_tiers else ""),
        ("Pickups", number(book.pickups), _pickups_before(book, unit)),
        ("Outlets", number(book.outlets), "different ones, pickups included"),
        ("In tier 1", number(first.stories if first else 0), before or f"of {counted(book.n, 'story')}"),
    )
    if book.verdict is not None and book.verdict.baseline:
        yield grey(f"Stories: {expected_words(book.verdict.baseline, unit)}.")
    yield table(
        ("Tier", "Stories", earlier(unit).capitalize(), "Pickups", "Outlets"),
        (
            (tier_title(tier.tier), number(tier.stories), number(tier.previous), number(tier.pickups),
             number(tier.outlets))
            for tier in book.tiers
        ),
    )  # fmt: skip
    if book.tiers:
        yield grey("An outlet may have carried stories of several tiers, so outlets do not add up.")
        rest = "of the others nobody has said how they speak of us" if 0 < read < book.n else ""
        rest = rest if read else "nobody has said yet how they speak of us"
        yield figures(("Read by a person", f"{number(read)} of {number(book.n)}", rest))


def _pickups_before(book: Any, unit: str) -> str:
    if book.previous_pickups is None:
        return f"the {earlier(unit)} was not observed whole"
    return f"{earlier(unit)} {number(book.previous_pickups)}"


def _unsummed(book: Any, missing: list[Any]) -> Section:
    story = missing[0].story.id
    n = sum(not one.summary for one in book.stories)
    whole = f"of {counted(book.n, 'story')} " if n < book.n else ""
    said = (
        f"{number(n)} {whole}{'has' if n == 1 else 'have'} no summary yet" if n < book.n else
        "No story has a summary yet"
    )  # fmt: skip
    return section(
        "Summaries to write",
        text(f'{said}. One is written with: commsleads story note {story} "What it says, in your own words" --by YOU'),
    )


def commands_of(period: Period, book: Any) -> Iterator[tuple[str, str]]:
    """Where the rows are."""
    for number_of, query in enumerate(book.figure.query.split(" ; ")):
        yield ("Stories" if not number_of else "and", query)
    yield (
        "All of it as a table",
        f"commsleads report coverage --period {period.label} --format xlsx --out coverage.xlsx",
    )
