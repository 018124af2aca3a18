"""The criteria in plain English, a sentence a rule: what both sides agreed on, without the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from commsleads.criteria import Assignment, Band, Criteria, Handoff, Rule, Stage
from commsleads.rules.criteria.wording import MARKS, either, points, sort_words, stretch

READINGS = {
    "EU": "A lead is who has acted towards us of their own accord (EU reading).",
    "US": "A lead is everybody of whom there is a data point (US reading).",
}


class Section(NamedTuple):
    """Sentences under one head."""

    head: str
    sentences: tuple[str, ...]


def sections(criteria: Criteria) -> tuple[Section, ...]:
    """All of the criteria, in the order in which one explains them."""
    engagement, fit = criteria.engagement_bands, criteria.fit_bands
    return (
        Section("Who is a lead", (READINGS[criteria.reading],)),
        Section("Engagement: what they did", tuple(engagement_words(rule, criteria) for rule in criteria.engagement)),
        Section("Fit: who they are", tuple(map(fit_words, criteria.fit))),
        Section("Bands of engagement", tuple(map(band_words, engagement))),
        Section("Bands of fit", tuple(map(band_words, fit))),
        Section("Stages, the last the highest", tuple(stage_words(stage, criteria) for stage in criteria.stages)),
        Section("Handoff", tuple(handoff_words(criteria.handoff))),
    )


def sentences(criteria: Criteria) -> tuple[str, ...]:
    """All of them without the heads."""
    return tuple(sentence for section in sections(criteria) for sentence in section.sentences)


def engagement_words(rule: Rule, criteria: Criteria) -> str:
    """A rule of engagement: "asked: who asked us something gets 30 points, 60 at most; …"."""
    who = f"who {rule.says.rstrip('.')}" if rule.says else "each touch of this sort"
    half_life = criteria.half_life if rule.half_life is None else rule.half_life
    fading = f"half of them are left after {stretch(half_life)}" if half_life else "they never grow less"
    return f"{rule.id}: {who} {_gets(rule)}; {fading}. Counted: {sort_words(rule)}."


def fit_words(rule: Rule) -> str:
    """A rule of fit: "national: who works for an outlet of the first tier gets 40 points."."""
    who = f"who {rule.says.rstrip('.')}" if rule.says else "who is so"
    return f"{rule.id}: {who} {_gets(rule, once=True)}. Asked: {_person(rule)}."


def _gets(rule: Rule, *, once: bool = False) -> str:
    if rule.points < 0:
        cap = f", {points(-rule.cap)} at most" if rule.cap is not None and not once else ""
        return f"loses {points(-rule.points)}{cap}"
    cap = f", {rule.cap} at most" if rule.cap is not None and not once else ""
    return f"gets {points(rule.points)}{cap}"


def _person(rule: Rule) -> str:
    parts = [MARKS[mark] for mark in rule.having]
    parts += [either(MARKS[mark] for mark in rule.any)] if rule.any else []
    parts += [f"not {either((MARKS[mark] for mark in rule.without), 'nor')}"] if rule.without else []
    if rule.touch or rule.source or rule.campaign:
        parts.append(f"once touched by {sort_words(replace(rule, having=(), any=(), without=()))}")
    return ", ".join(parts) or "nothing, so everybody has them"


def band_words(band: Band) -> str:
    """A band: "warm: from 20 points; who is in it leaves it below 15."."""
    return f"{band.name}: from {points(band.least)}; who is in it leaves it below {band.least - band.margin}."


def stage_words(stage: Stage, criteria: Criteria) -> str:
    """A stage: what brings one there, and whether it is offered."""
    needs = [sort_words(stage.when)]
    if stage.after is not None:
        apart = f" at least {stretch(stage.apart)}" if stage.apart else ""
        needs.append(f"{apart} after {sort_words(stage.after)}".strip())
    needs += _band_asked("fit", stage.fit, criteria.fit_bands)
    needs += _band_asked("engagement", stage.engagement, criteria.engagement_bands)
    offered = "a qualified lead, which is offered" if stage.qualified else "no qualified lead yet"
    return f"{stage.id}: {stage.says.rstrip('.')}. Needs {'; '.join(needs)}. It is {offered}."


def _band_asked(what: str, name: str, bands: Sequence[Band]) -> list[str]:
    least = next((band.least for band in bands if band.name == name), None)
    if not name:
        return []
    return [f"{what} {name} or better" + ("" if least is None else f" ({points(least)})")]


def handoff_words(handoff: Handoff) -> Iterator[str]:
    """What was agreed on the handoff."""
    for one in handoff.assign:
        yield assignment_words(one)
    rest = "Any other qualified lead" if handoff.assign else "A qualified lead"
    yield f"{rest} is offered to {handoff.to}." if handoff.to else f"{rest} waits until somebody assigns it."
    yield f"Who it is offered to answers within {stretch(handoff.answer_within)} of working time."
    if handoff.escalate_to:
        yield f"Unanswered by then, it is offered to {handoff.escalate_to}."
    else:
        yield "Unanswered by then, it has lapsed and waits for somebody."
    yield f"It may be rejected because of: {', '.join(handoff.reasons)}."
    yield f"A lead that nobody works on has left {stretch(handoff.fades)} after its last touch, or our last act."


def assignment_words(one: Assignment) -> str:
    """To whom what is offered."""
    parts = [f"in the stage {either(one.stage)}"] if one.stage else []
    parts += [f"of the campaign {either(f'“{name}”' for name in one.campaign)}"] if one.campaign else []
    parts += [f"come by {either(one.source)}"] if one.source else []
    parts += [MARKS[mark] for mark in one.having]
    return f"A qualified lead {', '.join(parts) or 'of any sort'} is offered to {one.to}."
