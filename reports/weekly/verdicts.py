"""Verdicts in words: is it much, is it little, or can nobody tell, and what could have been seen."""

from __future__ import annotations

from typing import Any

from commsleads.reports.weekly.looking import OBSERVED, only
from commsleads.reports.wording import counted, listed, number, short_label


def sentence_of(coverage: Any, about: str) -> str:
    """The first sentence of the digest, without a full stop missing and without a claim too many."""
    verdict, value = coverage.verdict, coverage.figure.value
    seen = f"{counted(value, 'story')} {about}"
    base = verdict.baseline
    if verdict.word == "cannot tell":
        if not value:
            return f"no story {about} was seen, and whether that is little cannot be told, because {verdict.why}."
        return f"{seen}; whether that is much cannot be told, because {verdict.why}."
    band = f"{base.low} to {base.high}"
    compared = "" if verdict.count == value else f" (compared: {number(verdict.count)})"
    if verdict.word == "above":
        return f"coverage rose to {seen}{compared}, where {band} were to be expected."
    if verdict.word == "below":
        return f"coverage fell to {seen}{compared}, where {band} were to be expected."
    if not value:
        return f"no story {about} was seen, which is nothing outside baseline ({band})."
    return f"nothing outside baseline, with {seen}{compared} where {band} were to be expected."


def range_of(verdict: Any) -> str:
    """`2–13`, or '' when nothing can be expected."""
    return f"{verdict.baseline.low}–{verdict.baseline.high}" if verdict.baseline else ""


def interval(verdict: Any, unit: str) -> str:
    """What was to be expected, and what that rests on."""
    base = verdict.baseline
    left_out = f"; {listed([short_label(label) for label in base.left_out])} left out for gaps" if base.left_out else ""
    rests = f"from {counted(base.n, unit)}{left_out}"
    return f"expected {number(base.expected)}, {level(base)} interval {base.low}–{base.high} ({rests})"


def level(base: Any) -> str:
    """How sure an interval is: `95%`, `99.5%`."""
    return f"{100 * base.level:.1f}".rstrip("0").rstrip(".") + "%"


def rise(verdict: Any, unit: str) -> str:
    """The smallest change that could have been seen."""
    words = f"a rise is called from {counted(verdict.rise_from, 'story')} a {unit} on"
    if verdict.fall_to is not None:
        return f"{words}, a fall {f'from {number(verdict.fall_to)} down' if verdict.fall_to else 'only at none'}"
    return f"{words}; a fall could not be seen"


def grey(figure: Any, unit: str, observed: float = 1.0) -> str:
    """What a number was before: `week before 5 · 4-week median 6 · 8-week median 7`.

    A median of a single period is none, and is left out. `observed` is the share of the period before that was
    observed: what was counted in a part of it is not what there was.
    """
    before = "not observed" if figure.previous is None else number(figure.previous)
    if figure.previous is not None and observed < OBSERVED:
        before = f"{before} seen, {only(observed)} observed"
    parts = [f"{unit} before {before}"]
    if figure.n > 1 and figure.median_4 is not None:
        parts.append(f"4-{unit} median {number(figure.median_4)}")
    if figure.n > 1:
        parts.append(f"8-{unit} median {number(figure.median_8)}")
    return " · ".join(parts)
