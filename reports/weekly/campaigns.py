"""The answer card of a campaign in words: whom, what, how many, and whether coverage rose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.reports.cardwords import (
    CERTAINTY,
    NOT_MEASURED,
    clicks_words,
    pace_words,
    took_words,
    trouble_words,
    unknown_words,
)
from commsleads.reports.weekly.verdicts import grey, rise
from commsleads.reports.wording import counted, day, line, listed, number

ASKED = 3
"""Calls to action of one campaign that the digest tells; its report has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The answer card of a campaign, as rows of question and answer."""

    name: str
    when: str
    objective: str
    rows: tuple[tuple[str, str, str], ...]


def card_of(answer: Any, unit: str, *, blind: bool = False) -> Card:
    """Whom, what, how many, and whether coverage rose. `blind` says that nobody looked: then nothing is no zero."""
    figure = answer.figure
    tied = "not observed" if blind and not figure.value else counted(figure.value, "story")
    if answer.pickups:
        tied += f" (+{counted(answer.pickups, 'pickup')})"
    rules = "; ".join(f"{number(rule.stories)} {CERTAINTY.get(rule.rule, rule.rule)}" for rule in answer.rules)
    since = f"{counted(answer.to_date, 'item')} since it began, copies included"
    return Card(
        name=line(answer.name, 80),
        when=_when(answer),
        objective=line(answer.objective, 160),
        rows=(
            ("Whom", *_whom(answer)),
            ("What", listed([f"“{line(cta, 100)}”" for cta in answer.ctas]) or "no call to action declared", ""),
            ("Did it", *_took(answer)),
            *([("Leads", *_leads(answer))] if _is_measured(answer) else []),
            ("Coverage", tied, " · ".join(part for part in (rules, since, grey(figure, unit)) if part)),
            ("Uplift", *_uplift(answer.uplift, unit)),
        ),
    )


def _when(answer: Any) -> str:
    first = f"since {day(answer.starts_on)}" if answer.starts_on else ""
    if answer.state == "running":
        until = f"until {day(answer.ends_on)}" if answer.ends_on else ""
        return ", ".join(part for part in (f"running {first}".strip(), until) if part)
    if answer.state == "to come":
        return f"starts on {day(answer.starts_on)}"
    return f"ended on {day(answer.ends_on)}"


def _whom(answer: Any) -> tuple[str, str]:
    if not answer.groups:
        return "no target group declared", ""
    names = [f"{line(g.name, 60)} ({number(g.n) if g.n is not None else 'not counted'})" for g in answer.groups]
    out = sum(group.excluded for group in answer.groups)
    total = "number aimed at not known"
    if answer.targeted is not None:  # the same N as on the card, which every rate is divided by
        named = f", {number(answer.targeted)} named less {number(out)} excluded" if out else ""
        total = f"{number(answer.targeted - out)} aimed at{named}"
    excluded = [
        f"{number(g.excluded)} of {line(g.name, 60)} excluded{f' ({line(g.reason, 80)})' if g.reason else ''}"
        for g in answer.groups
        if g.excluded
    ]
    held = [
        f"{number(g.held_back)} of {line(g.name, 60)} held back to compare with" for g in answer.groups if g.held_back
    ]
    return total, " · ".join([listed(names), *excluded, *held])


def _is_measured(answer: Any) -> bool:
    """Whether anything counts what came of it."""
    return bool(answer.leads or answer.qualified) or any(asked.measured for asked in answer.asked)


def _took(answer: Any) -> tuple[str, str]:
    """How many did what was asked, and the clicks as a range; of several calls to action each by its name."""
    asked = [one for one in answer.asked if one.measured]
    if not asked:
        return NOT_MEASURED, ""
    many = len(answer.asked) > 1
    said = [f"“{line(one.wording, 40)}” {took_words(one)}" if many else took_words(one) for one in asked[:ASKED]]
    left = len(asked) - ASKED
    notes = [clicks_words(one.clicks) for one in asked[:ASKED] if one.clicks is not None]
    notes += [unknown_words(sum(one.unknown for one in asked)), *(trouble_words(one) for one in asked)]
    notes.append(f"and {number(left)} more: commsleads campaign show {answer.id}" if left > 0 else "")
    return "; ".join(said), " · ".join(note for note in notes if note)


def _leads(answer: Any) -> tuple[str, str]:
    """Journalists who asked about it, and how it stands to its goal."""
    leads = counted(answer.leads, "journalist") + " asked about it"
    if answer.qualified is not None:
        leads += f"; {counted(answer.qualified, 'qualified lead')}"
    if answer.pace is None:
        return leads, "no goal was declared"
    words, why = pace_words(answer.pace)
    return leads, f"goal, {line(answer.goal_of, 60)}: {words}{f'; {why}' if why else ''}"


def _uplift(verdict: Any, unit: str) -> tuple[str, str]:
    base = verdict.baseline
    if verdict.word == "cannot tell":
        return "cannot tell", f"{verdict.why}{f'; {rise(verdict, unit)}' if base else ''}"
    words = {"above": "above what came before it", "below": "below what came before it"}
    seen = f"{counted(verdict.count, 'story')} naming its watches this {unit}"
    before = f"from the {counted(base.n, unit)} before it began"
    expected = f"expected {number(base.expected)} ({base.low}–{base.high}) {before}"
    return words.get(verdict.word, "nothing outside baseline"), f"{seen}; {expected}"
