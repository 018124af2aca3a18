"""The digest's sections as words: facts go in, sentences and rows for the templates come out.

Every rendering is made of the same sheet, so HTML, text and Markdown cannot say different things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commsleads.contract import Period
from commsleads.reports.deskneeds import exceptions_of, summary_of, unread_mail
from commsleads.reports.leadwords import changed_lines
from commsleads.reports.weekly import method
from commsleads.reports.weekly.campaigns import Card, card_of
from commsleads.reports.weekly.leads import leads_of, subject_part
from commsleads.reports.weekly.looking import (
    OBSERVED,
    blind,
    changes_of,
    gap_of,
    health_line,
    is_healthy,
    looked,
    no_gaps,
    only,
    sources_of,
)
from commsleads.reports.weekly.needs import needs_of, where_of
from commsleads.reports.weekly.stories import Item, chosen, item_of, outlet_of
from commsleads.reports.weekly.verdicts import grey, interval, range_of, rise, sentence_of
from commsleads.reports.wording import (
    counted,
    instant,
    line,
    number,
    percent,
    short_label,
    stretch,
    title_of,
)

UNITS = {"day": "Daily digest", "week": "Weekly digest", "month": "Monthly digest"}
BARS = 60
"""Height of the tallest bar of the trend, in pixels."""
NOBODY = "Nobody was looking, so nothing can be said."
NO_VOICES = "Not shown: it takes at least one watch with the role brand and one with the role competitor."
EXCEPTIONS = 3
LETTERS = 40
"""Length of the longest bar of the text part, in columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One bar of the trend. `state` is seen, gaps or none; `height` is in pixels; `line` is the bar in letters."""

    label: str
    count: int
    height: int
    state: str
    current: bool
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the templates print. Lists are capped already; `more_…` says what was left out."""

    subject: str
    organisation: str
    title: str
    kind: str
    days: str
    unit: str
    status: str
    healthy: bool
    verdict: tuple[str, ...]
    value: str
    value_of: str
    notes: tuple[str, ...]
    trend: tuple[Column, ...]
    expected: str
    needs: tuple[tuple[str, str, str], ...]
    more_needs: str
    leads: tuple[str, ...]
    cards: tuple[Card, ...]
    more_cards: str
    stories: tuple[Item, ...]
    impact: Item | None
    no_stories: str
    enquiries: tuple[str, ...]
    exceptions: tuple[tuple[str, str], ...]
    more_exceptions: str
    voices: tuple[tuple[str, str, str, str], ...]
    no_voices: str
    risks: tuple[tuple[str, str], ...]
    no_risks: str
    changes: tuple[str, ...]
    more_changes: str
    sources: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str, str], ...]
    more_gaps: str
    no_gaps: str
    method: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]


def sheet_of(facts: Any, period: Period, found: Mapping[str, Any], settings: Any) -> Sheet:
    """The sheet of one period. `settings` caps the lists."""
    unit = facts.unit(period)
    health = found["health"]
    coverage = found["coverage"]
    desk = found["desk"]
    needs = needs_of(facts, found, settings.needs)
    exceptions = exceptions_of(desk, facts.zone)
    ours = [story for story in found["stories"] if story.ours]
    top, impact = chosen(ours, settings.stories)
    changes = [*changed_lines(found["leads"], facts.zone), *changes_of(found, unit)]
    unseen = blind(health) and not coverage.figure.value
    return Sheet(
        subject=subject_of(facts, period, found),
        organisation=line(facts.organisation) or "commsleads",
        title=title_of(period, unit),
        kind=UNITS[unit],
        days=stretch(period, facts.zone),
        unit=unit,
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {health_line(health)}",
        healthy=is_healthy(health),
        verdict=verdict_of(facts, period, found, top),
        value=number(None if unseen else coverage.figure.value),
        value_of=value_of(facts, coverage),
        notes=tuple(notes_of(coverage, unit)),
        trend=trend_of(coverage),
        expected=range_of(coverage.verdict),
        needs=tuple(needs[: settings.needs]),
        more_needs=more(len(needs), settings.needs, where_of(desk, found["leads"])),
        leads=tuple(leads_of(found, unit)),
        cards=tuple(card_of(answer, unit, blind=blind(health)) for answer in found["answers"][: settings.campaigns]),
        more_cards=more(len(found["answers"]), settings.campaigns, "the JSON beside this digest has them all"),
        stories=tuple(item_of(story, facts.zone) for story in top),
        impact=item_of(impact, facts.zone) if impact else None,
        no_stories=NOBODY if unseen else f"No story {about(facts, coverage)} was seen this {unit}.",
        enquiries=(summary_of(desk, unit, facts.zone), *unread_mail(desk, facts.zone)),
        exceptions=tuple(exceptions[:EXCEPTIONS]),
        more_exceptions=more(len(exceptions), EXCEPTIONS, "commsleads report enquiries lists them all"),
        voices=() if unseen else tuple(voice_of(voice) for voice in found["voices"]),
        no_voices=NOBODY if unseen and found["voices"] else NO_VOICES,
        risks=tuple(risk_of(spike, unit) for spike in found["spikes"][:3]),
        no_risks=NOBODY if unseen else no_risks(found["watches"], unit),
        changes=tuple(changes[:6]),
        more_changes=more(len(changes), 6, "the JSON beside this digest has them all"),
        sources=tuple(sources_of(health, facts.zone, unit)),
        gaps=tuple(gap_of(gap, facts.zone) for gap in health.gaps[: settings.gaps]),
        more_gaps=more(len(health.gaps), settings.gaps, "commsleads gaps lists them all"),
        no_gaps=no_gaps(health, unit),
        method=method.explained(coverage, desk, found["leads"], unit, facts, clicked=_clicked(found["answers"])),
        commands=method.commands(found),
    )


def _clicked(answers: Sequence[Any]) -> bool:
    """Whether what people did is measured for any campaign."""
    return any(one.measured for answer in answers for one in answer.asked)


def more(n: int, shown: int, where: str) -> str:
    """What was left out of a list, and where it is; '' when nothing was."""
    return f"And {number(n - shown)} more: {where}." if n > shown else ""


# --- 0 subject and status ------------------------------------------------------------------------------------------


def subject_of(facts: Any, period: Period, found: Mapping[str, Any]) -> str:
    """`Comms wk 47: 9 qualified leads (goal 8), 12 stories (8-week median 7), 1 spike, 2 need you`."""
    unit = facts.unit(period)
    figure = found["coverage"].figure
    name = title_of(period, unit).replace("Week", "wk")
    median = f" (8-{unit} median {number(figure.median_8)})" if figure.median_8 is not None else ""
    stories = "not observed" if blind(found["health"]) and not figure.value else counted(figure.value, "story")
    parts = [one for one in (subject_part(found, period), f"{stories}{median}") if one]
    if spikes := len(found["spikes"]):
        parts.append(counted(spikes, "spike"))
    desk = found["desk"]
    if received := desk.figures.all.received.n:
        lapsed = desk.figures.backlog.lapsed.n
        parts.append(f"{counted(received, 'enquiry')}{f' ({number(lapsed)} lapsed)' if lapsed else ''}")
    if needs := len(needs_of(facts, found, 0)):
        parts.append(f"{needs} need{'s' if needs == 1 else ''} you")
    return f"Comms {name}: {', '.join(parts)}"


# --- 1 verdict -----------------------------------------------------------------------------------------------------


def about(facts: Any, coverage: Any) -> str:
    """Whom the headline figure is about."""
    if not coverage.ours:
        return "on our watches"
    return f"about {line(facts.organisation)}" if facts.organisation else "about us"


def value_of(facts: Any, coverage: Any) -> str:
    """What the big number counts."""
    noun = "story" if coverage.figure.value == 1 else "stories"
    return f"{noun} {about(facts, coverage)}"


def verdict_of(facts: Any, period: Period, found: Mapping[str, Any], top: Sequence[Any]) -> tuple[str, ...]:
    """At most three sentences that can be forwarded alone: how much, what above all, and how well we looked."""
    coverage, health = found["coverage"], found["health"]
    unit = facts.unit(period)
    name = f"{title_of(period, unit)}, {stretch(period, facts.zone)}"
    if facts.now < period.start:
        name += " (not begun)"
    elif facts.now < period.end:
        name += f" (not over: as of {instant(facts.now, facts.zone)})"
    said = sentence_of(coverage, about(facts, coverage))
    if blind(health) and not coverage.figure.value:
        said = f"nobody was looking, so no number of stories {about(facts, coverage)} can be given."
    sentences = [f"{name}: {said}"]
    if top:
        story = top[0]
        spread = f", with {counted(story.pickups, 'pickup')}" if story.pickups else ""
        sentences.append(f"First to read: “{line(story.title, 120)}” ({outlet_of(story)}){spread}.")
    sentences.append(looked(health, coverage, unit))
    return tuple(sentences)


def notes_of(coverage: Any, unit: str) -> list[str]:
    """The grey lines under the big number: before, medians, the interval, and what was compared."""
    notes = [grey(coverage.figure, unit, coverage.trend[-2].observed if len(coverage.trend) > 1 else 1.0)]
    verdict = coverage.verdict
    if verdict.baseline:
        notes += [interval(verdict, unit), rise(verdict, unit)]
    extra = []
    if verdict.count != coverage.figure.value:
        older = ", older pieces left out" if coverage.older else ""
        sources = f"{coverage.eyes} of {counted(coverage.alive, 'source')} watched both now and then"
        extra.append(f"compared like with like: {counted(verdict.count, 'story')} from the {sources}{older}")
    if coverage.everything.value != coverage.figure.value:
        extra.append(f"on all watches together {counted(coverage.everything.value, 'story')}")
    return [f"{note[0].upper()}{note[1:]}." for note in (*notes, *extra)]


def trend_of(coverage: Any) -> tuple[Column, ...]:
    """The bars: what nobody saw is drawn as missing, never as low."""
    tallest = max([bar.count for bar in coverage.trend] + [1])
    columns = []
    for place, bar in enumerate(coverage.trend):
        state = "none" if bar.observed == 0 else "seen" if bar.used and bar.observed >= OBSERVED else "gaps"
        letters = "#" * -(-LETTERS * bar.count // tallest)
        lines = {
            "seen": f"{letters} {bar.count}".strip(),
            "gaps": f"{'/' * len(letters)} {bar.count} seen, {only(bar.observed)} observed".strip(),
            "none": "no data",
        }
        columns.append(
            Column(
                label=short_label(bar.label),
                count=bar.count,
                height=max(2, round(BARS * bar.count / tallest)) if bar.count else 0,
                state=state,
                current=place == len(coverage.trend) - 1,
                line=lines[state],
            )
        )
    return tuple(columns)


# --- 7 voice, 8 risks -----------------------------------------------------------------------------------


def voice_of(voice: Any) -> tuple[str, str, str, str]:
    """Name, stories of how many, share with interval, and the stories of the period before."""
    share, before = voice.share, voice.previous
    between = f" ({100 * share.low:.0f}–{100 * share.high:.0f}%)" if share.n else ""
    then = f"{before.k} of {before.n}" if before.n else "no stories"
    return line(voice.name, 60), f"{share.k} of {share.n}", f"{percent(share.value)}{between}", then


def no_risks(watches: Sequence[Any], unit: str) -> str:
    """Why no watch is named here. Without a baseline nobody can tell what is unusual."""
    if watches and all(watch.verdict.baseline is None for watch in watches):
        return f"Whether any watch was named unusually often cannot be told yet: {watches[0].verdict.why}."
    return f"No watch was named unusually often this {unit}."


def risk_of(spike: Any, unit: str) -> tuple[str, str]:
    """A spike, and what it was held against."""
    expected = interval(spike.verdict, unit)
    return (
        f"{line(spike.name, 60)} ({spike.role}): {counted(spike.verdict.count, 'story')}",
        f"{expected[0].upper()}{expected[1:]}. Tone is not measured, so read them.",
    )
