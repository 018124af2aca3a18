"""What was observed: how much of a period each source was watched, and which sources allow a fair comparison.

A gap is a stretch in which a source was not seen. What is counted in a period is only worth comparing when the
same eyes were open before, so a comparison looks at the sources that were watched then and now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.contract import Period
from commsleads.rules.figures import FEWEST, OBSERVED

MOST = 0.8
"""Share of the living sources that must allow the comparison; with fewer it would speak of something else."""


class Blind(NamedTuple):
    """A stretch in which nothing was seen of a source, half-open."""

    source: str
    start: datetime
    end: datetime


class Eyes(NamedTuple):
    """The sources a comparison may rest on, out of those that are alive, and the share observed in each period.

    `now` belongs to the period in question, `before` to those before it, in their order.
    """

    sources: frozenset[str]
    alive: int
    now: float
    before: tuple[float, ...]


def watched(blind: Iterable[Blind], sources: Iterable[str], period: Period) -> dict[str, float]:
    """The share of a period, 0 to 1, in which each source was watched. Overlapping gaps count once."""
    shares = dict.fromkeys(sources, 1.0)
    length = (period.end - period.start).total_seconds()
    if length <= 0:
        return shares
    upto: dict[str, datetime] = {}
    for gap in sorted(blind, key=lambda gap: gap.start):
        if gap.source in shares:
            start = max(gap.start, period.start, upto.get(gap.source, period.start))
            end = min(gap.end, period.end)
            if end > start:
                upto[gap.source] = end
                shares[gap.source] = max(0.0, shares[gap.source] - (end - start).total_seconds() / length)
    return shares


def like_for_like(now: Mapping[str, float], before: Sequence[Mapping[str, float]], alive: frozenset[str]) -> Eyes:
    """The sources watched in this period and in enough earlier ones, and how well each period was observed by them.

    `now` and `before` are what `watched` says; `alive` are the sources that are polled at present. A source that
    was never seen in all this time is not alive for the comparison: it is missing alike on both sides. When too
    few sources are left, the comparison rests on all that live, and its holes show.
    """
    living = frozenset(
        source for source in alive if now.get(source, 0) > 0 or any(week.get(source, 0) > 0 for week in before)
    )
    enough = min(FEWEST, len(before))
    fair = frozenset(
        source
        for source in living
        if now.get(source, 0) >= OBSERVED and sum(week.get(source, 0) >= OBSERVED for week in before) >= enough
    )
    chosen = fair if fair and len(fair) >= MOST * len(living) else living
    return Eyes(chosen, len(living), share(now, chosen), tuple(share(week, chosen) for week in before))


def share(watched: Mapping[str, float], sources: Iterable[str]) -> float:
    """How much these sources were watched, all taken alike. Of no sources nothing was seen."""
    shares = [watched.get(source, 0.0) for source in sources]
    # A sum of thirds may end a hair above one.
    return min(1.0, sum(shares) / len(shares)) if shares else 0.0
