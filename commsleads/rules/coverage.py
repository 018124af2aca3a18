"""Stories out of mentions: which period a story belongs to, whom it names, and which matter most.

A mention is a signal that names a watch. Copies of one text are one story, counted once however often it was
picked up, in the period in which its first mention was seen, not the one it was dated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

BACKLOG = timedelta(days=7)
"""A story dated longer than this before the period in which it was first seen is an older piece that came to light:
a new source brings its past along, and that is no news of this week."""

UNKNOWN_TIER = 9


class Span(NamedTuple):
    """A period in the units of the rows: arrivals, and the stamp before which a story is an older piece."""

    start: int
    end: int
    older: str


class Tale(NamedTuple):
    """A story as its mentions tell it. `first` is the arrival of its first mention, `published` its stamp or ''."""

    id: str
    first: int
    published: str
    watches: frozenset[str]
    sources: frozenset[str]

    def older(self, span: Span) -> bool:
        """Whether it is an older piece that only came to light in this span."""
        return bool(self.published) and self.published < span.older


class Named(NamedTuple):
    """Where a story names a watch: in a headline (`title`) or in passing (`text`), by which phrase."""

    watch: str
    field: str
    phrase: str


class Copy(NamedTuple):
    """One signal of a story, the first one included."""

    id: str
    story: str
    arrival: int
    outlet: str
    domain: str
    url: str
    title: str
    why: str
    tier: int | None


def tell(tales: dict[str, Tale], watch: str, mentions: Iterable[tuple[int, str, str, str, str]]) -> None:
    """Add one watch's mentions, as (arrival, signal, story, source, published) in any order, to their stories.

    Hundreds of thousands may come, nearly all of them alone in their story: sets are shared, not made anew.
    """
    watches = frozenset((watch,))
    eyes: dict[str, frozenset[str]] = {}
    for arrival, _, story, source, published in mentions:
        eye = eyes.get(source) or eyes.setdefault(source, frozenset((source,)))
        tale = tales.get(story)
        if tale is None:
            tales[story] = Tale(story, arrival, published, watches, eye)
            continue
        first, dated = min((arrival, published), (tale.first, tale.published))
        tales[story] = Tale(story, first, dated, tale.watches | watches, tale.sources | eye)


def by_span(stories: Iterable[Tale], spans: Sequence[Span]) -> list[list[Tale]]:
    """The stories of each span (ordered, not overlapping), by first mention. What lies in none is left out."""
    starts = [span.start for span in spans]
    found: list[list[Tale]] = [[] for _ in spans]
    for tale in stories:
        place = bisect_right(starts, tale.first) - 1
        if place >= 0 and tale.first < spans[place].end:
            found[place].append(tale)
    return found


def by_watch(stories: Iterable[Tale]) -> Counter[str]:
    """How many of these stories name each watch."""
    found: Counter[str] = Counter()
    for tale in stories:
        found.update(tale.watches)
    return found


def naming(stories: Iterable[Tale], watches: Collection[str], sources: Collection[str] | None = None) -> list[Tale]:
    """Those that name one of these watches, and (when given) were seen by one of these sources."""
    wanted, eyes = frozenset(watches), None if sources is None else frozenset(sources)
    return [
        tale
        for tale in stories
        if not wanted.isdisjoint(tale.watches) and (eyes is None or not eyes.isdisjoint(tale.sources))
    ]


def best_tier(copies: Iterable[Copy]) -> int | None:
    """The best tier that printed it; None when no outlet of it is in the register."""
    return min((copy.tier for copy in copies if copy.tier is not None), default=None)


def outlets(copies: Iterable[Copy]) -> list[str]:
    """The outlets that carried it, each once, the first one first."""
    return list(dict.fromkeys(copy.outlet for copy in copies if copy.outlet))


def ranked(
    stories: Iterable[Tale],
    copies: Mapping[str, Sequence[Copy]],
    named: Mapping[str, Sequence[Named]],
    *,
    ours: Collection[str],
    older: Collection[str] = (),
) -> list[Tale]:
    """What a director should read first. `named` is by story; `older` are ids of older pieces.

    Ours before others', news before older pieces, a headline that names us before a mention in passing, then the
    better tier, then more outlets, then the one seen first. No weights: each step can be told in one sentence.
    """

    names = frozenset(ours)

    def place(tale: Tale) -> tuple[bool, bool, bool, int, int, int, str]:
        group = copies.get(tale.id, ())
        headline = any(name.field == "title" and name.watch in names for name in named.get(tale.id, ()))
        tier = best_tier(group) or UNKNOWN_TIER
        others = names.isdisjoint(tale.watches)
        return (others, tale.id in older, not headline, tier, -len(outlets(group)), tale.first, tale.id)

    return sorted(stories, key=place)
