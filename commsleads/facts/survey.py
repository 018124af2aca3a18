"""One period beside those it is compared with: its stories, who was looking, and the figures that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from commsleads.contract import Period
from commsleads.facts.ground import Ground, unit
from commsleads.facts.values import Figure
from commsleads.rules.coverage import Span, Tale, by_span, by_watch, naming, tell
from commsleads.rules.figures import LEVEL, OBSERVED, Point, Verdict, compare, median
from commsleads.rules.observed import Eyes

ROWS = 1_000
"""Most ids in one figure; the command beside it lists them all."""

EARLIER = 14 * 86_400 * 1_000_000
"""Microseconds before a stretch in which its stories may have begun: pickups find each other within days."""


class Survey:
    """The stories about some watches in a period and in the periods before, read once."""

    def __init__(self, ground: Ground, period: Period, before: Sequence[Period], watches: Sequence[str]) -> None:
        self.ground = ground
        self.period = period
        self.before = tuple(before)
        self.watches = tuple(watches)
        self.span = ground.span(period)

    @cached_property
    def weeks(self) -> list[list[Tale]]:
        """The stories of each period, the one in question last.

        The baseline may lie well before the period (a campaign is compared with the time before it began); then
        the two are read apart. Each stretch is read from a little earlier on, to know stories that had begun.
        """
        spans = [*(self.ground.span(period) for period in self.before), self.span]
        stretches = [(spans[0].start - EARLIER, spans[-1].end)]
        if self.before and self.before[-1].end < self.period.start:
            stretches = [(spans[0].start - EARLIER, spans[-2].end), (spans[-1].start - EARLIER, spans[-1].end)]
        found: dict[str, Tale] = {}
        for watch in self.watches:
            for start, end in stretches:
                tell(found, watch, self.ground.mentions(watch, start, end))
        return by_span(sorted(found.values(), key=lambda tale: (tale.first, tale.id)), spans)

    @property
    def now(self) -> list[Tale]:
        """The stories of the period in question, by first mention."""
        return self.weeks[-1]

    @cached_property
    def eyes(self) -> Eyes:
        """Who was looking both now and then."""
        return self.ground.eyes(self.period, self.before)

    @cached_property
    def used(self) -> tuple[bool, ...]:
        """Which of the periods before were observed well enough to be compared with."""
        return tuple(share >= OBSERVED for share in self.eyes.before)

    def older(self, watches: Collection[str]) -> list[Tale]:
        """Those stories of the period that are older pieces and only came to light in it."""
        return [tale for tale in naming(self.now, watches) if tale.older(self.span)]

    @cached_property
    def _tallies(self) -> list[tuple[Counter[str], Counter[str]]]:
        """For each period how many stories name each watch: all, and those fit for comparison."""
        spans = [*(self.ground.span(period) for period in self.before), self.span]
        return [
            (by_watch(week), by_watch(self._fair(week, span))) for week, span in zip(self.weeks, spans, strict=True)
        ]

    @cached_property
    def _told(self) -> dict[str, list[str]]:
        """The ids of the period's stories by watch."""
        found: dict[str, list[str]] = {}
        for tale in self.now:
            for watch in tale.watches:
                found.setdefault(watch, []).append(tale.id)
        return found

    def _fair(self, week: Sequence[Tale], span: Span) -> list[Tale]:
        """The stories fit for comparison: seen by sources that watched both then and now, and no older pieces."""
        return [tale for tale in week if not tale.older(span) and not self.eyes.sources.isdisjoint(tale.sources)]

    def counts(self, watches: Sequence[str]) -> list[int]:
        """How many stories name one of these watches, in each period, the one in question last."""
        if len(watches) == 1:
            return [every[watches[0]] for every, _ in self._tallies]
        return [len(naming(week, watches)) for week in self.weeks]

    def _fair_counts(self, watches: Sequence[str]) -> list[int]:
        if len(watches) == 1:
            return [fair[watches[0]] for _, fair in self._tallies]
        spans = [*(self.ground.span(period) for period in self.before), self.span]
        return [len(naming(self._fair(week, span), watches)) for week, span in zip(self.weeks, spans, strict=True)]

    def verdict(self, watches: Sequence[str], level: float = LEVEL) -> Verdict:
        """Whether that is much: like compared with like, older pieces left out on both sides."""
        *before, count = self._fair_counts(watches)
        points = [
            Point(label=period.label, count=earlier, observed=share)
            for period, earlier, share in zip(self.before, before, self.eyes.before, strict=True)
        ]
        name = unit(self.period)
        now = Point(label=self.period.label, count=count, observed=self.eyes.now)
        found = compare(now, points, level=level, unit=name)
        if found.word == "cannot tell" and found.baseline and self.ground.now < self.period.end:
            return replace(found, why=f"the {name} is not over")
        return found

    def figure(self, watches: Sequence[str], definition: str, verdict: Verdict | None = None) -> Figure:
        """The number of stories that name one of these watches, with what is needed to judge it."""
        *before, value = self.counts(watches)
        used = [count if fair else None for count, fair in zip(before, self.used, strict=True)]
        eight = [count for count in used if count is not None]
        base = verdict.baseline if verdict else None
        one = self._told.get(watches[0], []) if len(watches) == 1 else None
        ids = [tale.id for tale in naming(self.now, watches)] if one is None else one
        return Figure(
            value=value,
            previous=before[-1] if before and self.eyes.before[-1] > 0 else None,
            median_4=median([count for count in used[-4:] if count is not None]),
            median_8=median(eight),
            n=len(eight),
            low=base.low if base else None,
            high=base.high if base else None,
            definition=definition,
            rows=tuple(ids[:ROWS]),
            query=self.ground.listing(self.period, watches),
        )
