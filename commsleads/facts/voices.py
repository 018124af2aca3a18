"""Whose voice is heard, and how much weight that has: shares of voice, plain and by quality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commsleads.facts.ground import Ground
from commsleads.facts.survey import ROWS, Survey
from commsleads.facts.values import Voice
from commsleads.rules.coverage import Span, Tale, by_watch, naming
from commsleads.rules.figures import wilson
from commsleads.rules.prominence import heaviest, weight, weighted
from commsleads.store import coding


def voices(ground: Ground, survey: Survey) -> list[Voice]:
    """Whose voice is heard, among the brands and competitors declared; nothing when one of the two is missing."""
    chosen = [watch for watch in ground.watches if watch.role in {"brand", "competitor"}]
    if len({watch.role for watch in chosen}) < 2:
        return []
    ids = [watch.id for watch in chosen]
    now, then = naming(survey.now, ids), naming(survey.weeks[-2], ids)
    here, there = by_watch(now), by_watch(then)
    weights, before = (
        weighed(ground, tales, ids, span)
        for tales, span in ((now, survey.span), (then, ground.span(survey.before[-1])))
    )
    whole = sum(heaviest(weights.values()))
    looked = bool(survey.before) and survey.eyes.before[-1] > 0
    found = []
    for watch in chosen:
        mine = weighted(watch.id, list(weights.values()))
        found.append(
            Voice(
                id=watch.id,
                name=watch.name or watch.id,
                role=watch.role,
                share=wilson(here[watch.id], len(now)),
                previous=wilson(there[watch.id], len(then)) if looked else None,
                weighted=mine.value,
                weighted_low=mine.low,
                weighted_high=mine.high,
                previous_weighted=weighted(watch.id, list(before.values())).value if looked else None,
                weight=mine.weight,
                of=whole,
                rows=tuple(tale.id for tale in now if watch.id in tale.watches)[:ROWS],
                query=ground.listing(survey.period, (watch.id,)),
            )
        )
    return found


def weighed(ground: Ground, tales: Sequence[Tale], watches: Iterable[str], span: Span) -> dict[str, dict[str, int]]:
    """What each of these stories weighs for each watch that it names in this stretch."""
    best = tiers(ground, [tale.id for tale in tales])
    places = {watch: coding.places(ground.session, watch, span.start, span.end) for watch in watches}
    return {
        tale.id: {
            watch: weight(best.get(tale.id), where.get(tale.id, 1))
            for watch, where in places.items()
            if watch in tale.watches
        }
        for tale in tales
    }


def tiers(ground: Ground, stories: Sequence[str]) -> dict[str, int | None]:
    """The best tier that printed each of these stories; None when no outlet of it is in the register."""
    found: dict[str, int | None] = {}
    known: dict[tuple[str, str], int | None] = {}
    for story, outlet, domain in coding.printed(ground.session, stories, ground.cutoff):
        key = (outlet, domain)
        tier = known[key] if key in known else known.setdefault(key, ground.tier(outlet, domain))
        before = found.get(story)
        found[story] = tier if before is None else before if tier is None else min(before, tier)
    return found
