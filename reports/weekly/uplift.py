"""The uplift of coverage in a word or a clause: what came, what was to be expected, or that nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.reports.wording import line, number
from commsleads.reports.words import say

CAMPAIGNS = 3
"""Campaigns whose uplift is told beside leads; each has it with its own answers as well."""

WORDS = {"more": "more", "less": "less", "no change seen": "none"}


def uplift_lines(found: Mapping[str, Any]) -> list[str]:
    """The uplift of each running campaign, in a clause."""
    running = [one for one in found["answers"] if one.state == "running"][:CAMPAIGNS]
    return [say("uplift-line", name=line(one.name, 60), said=uplift_short(uplift_of(found, one.id))) for one in running]


def uplift_short(one: Any) -> str:
    """`more: 41 stories, 18 expected (11–29)`, or `cannot tell`."""
    if one is None or one.word not in WORDS or one.expected is None:
        return say("cannot-tell")
    return say(
        "uplift-short", word=WORDS[one.word], n=one.observed, expected=number(round(one.expected, 1)),
        low=number(round(one.low)), high=number(round(one.high)),
    )  # fmt: skip


def uplift_word(one: Any) -> str:
    """The verdict alone."""
    return say("uplift-word", word=WORDS.get(one.word, "unknown") if one is not None else "unknown")


def uplift_long(one: Any) -> tuple[str, str]:
    """The answer of a card, and what it rests on."""
    if one is None:
        return say("cannot-tell"), ""
    rest = []
    if one.word not in WORDS:
        rest.append(line(one.why, 200))
    if one.expected is not None and one.days:
        rest.append(say("uplift-rests", days=one.days, left=one.left_out, before=one.before_days,
                        before_left=one.before_left_out))  # fmt: skip
    if one.detectable is not None:
        rest.append(say("uplift-detectable", times=number(round(one.detectable, 1))))
    if one.comparison is not None and one.comparison.ratio is not None:
        rest.append(say("uplift-compared", times=number(round(one.comparison.ratio, 1))))
    if one.late:
        rest.append(say("uplift-late"))
    return uplift_short(one), "; ".join(part for part in rest if part)


def uplift_of(found: Mapping[str, Any], campaign: str) -> Any | None:
    """The uplift of one campaign, None where nobody worked it out."""
    return next((one for one in found["uplifts"] if one.campaign == campaign), None)
