"""How well we looked, in words."""

from __future__ import annotations

from typing import Any

from commsleads.reports.wording import day, line, listed, moment, percent
from commsleads.reports.words import say

OBSERVED = 0.95
"""Share of a period from which on it counts as observed."""

SOURCES = 6
"""Sources of one state that are named; the others are counted."""
QUIET = 4


def health_line(health: Any) -> str:
    """`14/14 collectors, no gaps`."""
    if not health.total:
        return say("health-none")
    if health.observed < OBSERVED and not health.gaps:
        return say("health-line", ok=health.ok, total=health.total, gaps=seen(health))
    lost = sum(gap.lost for gap in health.gaps)
    gaps = say("n-gaps", n=lost) if lost or not health.gaps else say("health-no-lasting-gaps")
    return say("health-line", ok=health.ok, total=health.total, gaps=gaps)


def blind(health: Any) -> bool:
    """Whether nobody looked at all, so that no number of the period says anything."""
    return not health.observed


def seen(health: Any) -> str:
    """`29% observed`, `not observed`."""
    return say("not-observed") if blind(health) else say("observed", share=percent(health.observed))


def is_healthy(health: Any) -> bool:
    """Whether the mark beside the status is the green one."""
    lost = any(gap.lost for gap in health.gaps)
    return not (health.failing or health.paused or lost) and health.total > 0 and health.observed >= OBSERVED


def only(share: float) -> str:
    """`only 79%`; of little `under 1%`, which says it already."""
    return percent(share) if 0 < share < 0.005 else say("only", share=percent(share))


def looked(health: Any, unit: str, older: int = 0) -> str:
    """How well we looked, and how many of those counted are no news, in a sentence."""
    clause = say("looked-older", n=older, unit=unit) if older else ""
    return say("looked", said=_looked(health, unit), older=clause)


def _looked(health: Any, unit: str) -> str:
    lost = len({gap.source for gap in health.gaps if gap.lost})
    partly = health.observed < OBSERVED
    share = percent(health.observed)
    if not health.total:
        return say("looked-no-source")
    if not health.watching:
        return say("looked-only-mail")
    if blind(health):
        return say("looked-at-nothing", unit=unit)
    if lost and partly:
        return say("looked-gaps-partly", n=lost, total=health.total, share=share, unit=unit)
    if lost:
        return say("looked-gaps", n=lost, total=health.total)
    if partly:
        return say("looked-partly", share=share, unit=unit)
    return say("looked-well", total=health.total)


def no_gaps(health: Any, unit: str) -> str:
    """What stands in place of the table of gaps. No gap is no praise where nobody was asking."""
    if not health.total:
        return say("gaps-no-source")
    if not health.watching:
        return say("gaps-only-mail")
    if health.observed >= OBSERVED:
        return say("gaps-none", unit=unit)
    if blind(health):
        return say("gaps-nobody-asked", unit=unit)
    return say("gaps-partly", unit=unit, share=percent(health.observed))


def sources_of(health: Any, zone: Any, unit: str) -> list[tuple[str, str]]:
    """How well we looked, as rows of a table."""
    which = "some" if health.watching < health.total else "all"
    rows = [
        (say("health-answered"), say("k-of-n", k=health.ok, n=health.total)),
        (say("health-observed", unit=unit, which=which), percent(health.observed) if health.total else "–"),
    ]
    for state, ids in (("failing", health.failing), ("paused", health.paused), ("never", health.never)):
        if ids:
            left = [say("n-more", n=len(ids) - SOURCES)] if len(ids) > SOURCES else []
            rows.append((say("health-state", state=state), listed([*ids[:SOURCES], *left])))
    if health.quiet:
        names = [say("health-since", name=line(one.name, 40), day=day(one.since, zone)) for one in health.quiet[:QUIET]]
        left = [say("n-more", n=len(health.quiet) - QUIET)] if len(health.quiet) > QUIET else []
        rows.append((say("health-state", state="quiet"), listed([*names, *left])))
    return rows


def gap_of(gap: Any, zone: Any) -> tuple[str, str, str]:
    """Source, from when to when, and why."""
    end = moment(gap.end, zone) if gap.end else say("gap-open")
    return line(gap.name, 40), f"{moment(gap.start, zone)} – {end}", line(gap.why, 300)
