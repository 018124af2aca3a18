"""How well we looked, what needs a person and what changed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.reports.wording import counted, day, line, listed, moment, percent

OBSERVED = 0.95
"""Share of a period from which on it counts as observed."""


def health_line(health: Any) -> str:
    """`14/14 collectors, no gaps`."""
    if not health.total:
        return "no collectors"
    if health.observed < OBSERVED and not health.gaps:
        return f"{health.ok}/{health.total} collectors, {seen(health)}"
    lost = sum(gap.lost for gap in health.gaps)
    gaps = counted(lost, "gap") if lost or not health.gaps else "no lasting gaps"
    return f"{health.ok}/{health.total} collectors, {gaps}"


def blind(health: Any) -> bool:
    """Whether nobody looked at all, so that no number of the period says anything."""
    return not health.observed


def seen(health: Any) -> str:
    """`29% observed`, `not observed`."""
    return "not observed" if blind(health) else f"{percent(health.observed)} observed"


def is_healthy(health: Any) -> bool:
    """Whether the mark beside the status is the green one."""
    lost = any(gap.lost for gap in health.gaps)
    return not (health.failing or health.paused or lost) and health.total > 0 and health.observed >= OBSERVED


def only(share: float) -> str:
    """`only 79%`; of little `under 1%`, which says it already."""
    return percent(share) if 0 < share < 0.005 else f"only {percent(share)}"


def looked(health: Any, coverage: Any, unit: str) -> str:
    """How well we looked, and what of the count is no news."""
    lost = {gap.source for gap in health.gaps if gap.lost}
    partly = f"{percent(health.observed)} of the {unit} was observed" if health.observed < OBSERVED else ""
    if not health.total:
        words = "No source is set up yet"
    elif not health.watching:
        words = "No source of stories is set up, only mail is read"
    elif blind(health):
        words = f"No collector was watched in this {unit}, so there may have been any number"
    elif lost:
        words = f"{len(lost)} of {counted(health.total, 'collector')} had gaps{f' and {partly}' if partly else ''}"
        words += ", so there may have been more"
    elif partly:
        words = f"{partly[0].upper()}{partly[1:]}, so there may have been more"
    else:
        words = (
            f"All {counted(health.total, 'collector')} were watched" if health.total > 1 else "The collector watched"
        )
        words = f"{words} without a lasting gap"
    if coverage.older:
        words += f"; {counted(coverage.older, 'story')} counted here {_is(coverage.older)} dated long before the {unit}"
    return f"{words}."


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def need_of(need: Any, zone: Any) -> tuple[str, str, str]:
    """What, why, and the command that helps."""
    since = f" (last read {moment(need.since, zone)})" if need.since else ""
    return f"{line(need.what, 160)}{since}", line(need.why, 400), need.command


def changes_of(found: Mapping[str, Any], unit: str) -> list[str]:
    """What changed, in sentences; restatements and criteria are always named."""
    texts = [line(change.text, 300) for change in found["changes"]]
    older = found["coverage"].older
    if older:
        texts.insert(
            0, f"{counted(older, 'story')} of the {unit} {_is(older)} dated long before it and came to light now."
        )
    if not any(change.kind == "restated" for change in found["changes"]):
        texts.append("No earlier figure had to be restated.")
    return texts


def no_gaps(health: Any, unit: str) -> str:
    """What stands in place of the table of gaps. No gap is no praise where nobody was asking."""
    if not health.total:
        return "No source is set up yet, so nothing is observed."
    if not health.watching:
        return "No source of stories is set up, so none are observed."
    if health.observed >= OBSERVED:
        return f"No gaps: every collector was watched all {unit}."
    rest = "nobody was asking" if blind(health) else "nobody was asking in the rest of it"
    return f"No collector failed, and of the {unit} {percent(health.observed)} was observed: {rest}."


def sources_of(health: Any, zone: Any, unit: str) -> list[tuple[str, str]]:
    """How well we looked, as rows of a table."""
    which = "mailboxes and counters left out" if health.watching < health.total else "all collectors alike"
    rows = [
        ("Collectors that answered last time", f"{health.ok} of {health.total}"),
        (
            f"Observed this {unit}, {which}",
            percent(health.observed) if health.total else "–",
        ),
    ]
    for name, ids in (("Failing", health.failing), ("Paused", health.paused), ("Never asked yet", health.never)):
        if ids:
            rows.append((name, listed([*ids[:6], *([f"{len(ids) - 6} more"] if len(ids) > 6 else [])])))
    if health.quiet:
        names = [f"{line(quiet.name, 40)} (since {day(quiet.since, zone)})" for quiet in health.quiet[:4]]
        left = [f"{len(health.quiet) - 4} more"] if len(health.quiet) > 4 else []
        rows.append(("Answer, but bring nothing new", listed([*names, *left])))
    return rows


def gap_of(gap: Any, zone: Any) -> tuple[str, str, str]:
    """Source, from when to when, and why."""
    end = moment(gap.end, zone) if gap.end else "still open"
    return line(gap.name, 40), f"{moment(gap.start, zone)} – {end}", line(gap.why, 300)
