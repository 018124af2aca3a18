"""The answer card of a campaign in words: whom, what, how many, and whether coverage rose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.reports.weekly.verdicts import grey, rise
from commsleads.reports.wording import counted, day, line, listed, number

CERTAINTY = {
    "utm": "by campaign tag, certain",
    "link": "by a link to the call to action, nearly certain",
    "reply": "by a reply, nearly certain",
    "watch": "by its watch terms while it ran, likely",
    "window": "by its watch terms after it ended, possible",
}


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
            ("Took it", "not measured yet", ""),
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
    total = f"{number(answer.targeted)} targeted" if answer.targeted is not None else "number targeted not known"
    excluded = [
        f"{number(g.excluded)} of {line(g.name, 60)} excluded{f' ({line(g.reason, 80)})' if g.reason else ''}"
        for g in answer.groups
        if g.excluded
    ]
    return total, " · ".join([listed(names), *excluded])


def _uplift(verdict: Any, unit: str) -> tuple[str, str]:
    base = verdict.baseline
    if verdict.word == "cannot tell":
        return "cannot tell", f"{verdict.why}{f'; {rise(verdict, unit)}' if base else ''}"
    words = {"above": "above what came before it", "below": "below what came before it"}
    seen = f"{counted(verdict.count, 'story')} naming its watches this {unit}"
    before = f"from the {counted(base.n, unit)} before it began"
    expected = f"expected {number(base.expected)} ({base.low}–{base.high}) {before}"
    return words.get(verdict.word, "nothing outside baseline"), f"{seen}; {expected}"
