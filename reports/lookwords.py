"""How well we looked, and what a figure is held against, in plain words: for the reports beside the digest."""

from __future__ import annotations

from typing import Any

from commsleads.reports.wording import counted, earlier, listed, number, percent, short_label

OBSERVED = 0.95
"""Share of a period from which on it counts as observed."""


def blind(health: Any) -> bool:
    """Whether nobody looked at all, so that no number of the period says anything."""
    return not health.observed


def is_healthy(health: Any) -> bool:
    """Whether the mark beside the status is the green one."""
    lost = any(gap.lost for gap in health.gaps)
    return bool(health.total) and not (health.failing or health.paused or lost) and health.observed >= OBSERVED


def health_line(health: Any) -> str:
    """`14/14 collectors, no gaps`."""
    if not health.total:
        return "no source is set up"
    gaps = counted(sum(gap.lost for gap in health.gaps), "gap")
    if health.observed < OBSERVED:
        gaps = f"{percent(health.observed)} observed" if health.observed else "not observed"
    return f"{number(health.ok)}/{counted(health.total, 'collector')}, {gaps}"


def looked(health: Any, unit: str) -> str:
    """How well we looked, in a sentence."""
    if not health.total:
        return "No source is set up, so nothing was observed."
    if not health.watching:
        return "Only mailboxes and counters are set up, and these see no coverage."
    if blind(health):
        return f"No source was observed this {unit}."
    lost = len({gap.source for gap in health.gaps if gap.lost})
    gaps = f"{counted(lost, 'source')} of {number(health.total)} had gaps in which something may be missing"
    share = f"{percent(health.observed)} of the {unit} was observed"
    if health.observed < OBSERVED:
        only = f"Less than {share.removeprefix('under ')}" if share.startswith("under ") else f"Only {share}"
        return f"{only}{f'; {gaps}' if lost else ''}: what is missing was not counted, and is no zero."
    if lost:
        return f"{gaps[0].upper()}{gaps[1:]}; {share}."
    who = "The one source" if health.watching == 1 else f"All {number(health.watching)} sources"
    return f"{who} kept watch all {unit}."


def before_words(figure: Any, unit: str) -> str:
    """What a number was before: `week before 5 · 4-week median 6 · 8-week median 7`. A median of one is none."""
    parts = [f"{earlier(unit)} {'not observed' if figure.previous is None else number(figure.previous)}"]
    if figure.n > 1 and figure.median_4 is not None:
        parts.append(f"4-{unit} median {number(figure.median_4)}")
    if figure.n > 1:
        parts.append(f"8-{unit} median {number(figure.median_8)}")
    return " · ".join(parts)


def expected_words(base: Any, unit: str) -> str:
    """What was to be expected of a period, and what that rests on. `base` is the baseline of a verdict."""
    left = [short_label(label) for label in base.left_out]
    out = f"; {listed(left)} left out, not observed whole" if left else ""
    level = f"{100 * base.level:.1f}".rstrip("0").rstrip(".")
    between = f"{level}% interval {base.low}–{base.high}"
    return f"expected {number(base.expected)}, {between}, from {counted(base.n, unit)}{out}"
