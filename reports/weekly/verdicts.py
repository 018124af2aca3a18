"""Verdicts in words: is it much, is it little, or can nobody tell, and what could have been seen."""

from __future__ import annotations

from typing import Any

from commsleads.reports.weekly.looking import OBSERVED, only
from commsleads.reports.wording import listed, number, short_label
from commsleads.reports.words import say


def sentence_of(coverage: Any, about: str, *, blind: bool = False) -> str:
    """How much was written, as a clause: without a claim too many, and without a full stop."""
    verdict, value = coverage.verdict, coverage.figure.value
    if blind:
        return say("verdict-blind", about=about)
    if verdict.word == "cannot tell":
        return say("verdict-cannot-tell", n=value, about=about, why=verdict.why)
    base = verdict.baseline
    compared = "" if verdict.count == value else say("verdict-compared", n=verdict.count)
    word = verdict.word if verdict.word in ("above", "below") else "inside"
    return say(f"verdict-{word}", n=value, about=about, compared=compared, low=base.low, high=base.high)


def interval(verdict: Any, unit: str) -> str:
    """What was to be expected, and what that rests on."""
    base = verdict.baseline
    left = [short_label(label) for label in base.left_out]
    out = say("interval-left-out", labels=listed(left)) if left else ""
    return say(
        "interval", expected=number(base.expected), level=level(base), low=base.low, high=base.high, n=base.n,
        unit=unit, out=out,
    )  # fmt: skip


def interval_short(verdict: Any) -> str:
    """The same without what it rests on, but with what was left out."""
    base = verdict.baseline
    left = [short_label(label) for label in base.left_out]
    out = say("interval-left-out", labels=listed(left)) if left else ""
    return say(
        "interval-short", expected=number(base.expected), level=level(base), low=base.low, high=base.high, out=out
    )


def level(base: Any) -> str:
    """How sure an interval is: `95%`, `99.5%`."""
    return f"{100 * base.level:.1f}".rstrip("0").rstrip(".") + "%"


def rise(verdict: Any, unit: str) -> str:
    """The smallest change that could have been seen."""
    if verdict.fall_to is None:
        return say("rise-no-fall", n=verdict.rise_from, unit=unit)
    return say("rise-and-fall", n=verdict.rise_from, unit=unit, fall=verdict.fall_to)


def grey(figure: Any, unit: str, observed: float = 1.0) -> str:
    """What a number was before: `week before 5 · 4-week median 6 · 8-week median 7`.

    A median of a single period is none, and is left out. `observed` is the share of the period before that was
    observed: what was counted in a part of it is not what there was.
    """
    before = say("not-observed") if figure.previous is None else number(figure.previous)
    if figure.previous is not None and observed < OBSERVED:
        before = say("seen-only", n=figure.previous, share=only(observed))
    parts = [say("before", unit=unit, value=before)]
    if figure.n > 1 and figure.median_4 is not None:
        parts.append(say("median", n=4, unit=unit, value=number(figure.median_4)))
    if figure.n > 1:
        parts.append(say("median", n=8, unit=unit, value=number(figure.median_8)))
    return " · ".join(parts)


def between(low: float, high: float) -> str:
    """The ends of an interval of a share: `21–94%`."""
    return f"{100 * low:.0f}–{100 * high:.0f}%"
