"""Written criteria made ready to judge by: what each sort of touch gives, opens and meets is looked up, not reckoned.

Of a million touches few hundred differ in what criteria can speak of (kind, marks, source, campaign, whether it
counts). So a touch is looked up by these, and only the first of a sort is held against every rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from commsleads.criteria import Band, Criteria, Rule, Sort, Stage
from commsleads.journey import Given, Touch

WHO = frozenset({
    "outlet", "tier-1", "tier-2", "tier-3", "works", "broken", "shared", "throwaway", "private", "outlet-domain",
})  # fmt: skip
"""Marks that say who somebody is: those of the newest touch that has any hold."""
EVER = ("listed", "did", "objected")
"""Marks that hold for good once a touch has them."""
EVER_BITS = (1 << len(EVER)) - 1
MOST_POINTS = 10**9
OBJECTED = "objected"
"""The one thing learned of a person that takes from their engagement without a touch: their no."""
MOST_SHAPES = 1 << 16


class Share(NamedTuple):
    """What a touch adds to one engagement rule: `number` is the rule's place, `low` and `high` bound its total."""

    number: int
    points: int
    low: float
    high: float


class Shape:
    """What criteria make of touches of one sort.

    `when` and `sides` are sets of stages and of fit rules, a bit for each by its place; `alone` are those of `when`
    that ask for one touch, and `pairs` the stages that ask for two and for which this is one: place, time apart,
    whether it is the earlier (so in `after`), whether the later. `counts` is False for what is no touch. `who` are the
    marks that say who somebody is, `gives` the shares in engagement rules.
    """

    __slots__ = ("after", "alone", "counts", "gives", "opens", "pairs", "sides", "when", "who")

    def __init__(
        self,
        *,
        gives: tuple[Share, ...] = (),
        when: int = 0,
        pairs: tuple[tuple[int, float, bool, bool], ...] = (),
        counts: bool = False,
        opens: bool = False,
        who: str = "",
        sides: int = 0,
    ) -> None:
        self.gives = gives
        self.when = when
        self.pairs = pairs
        self.after = _bits_of(place for place, _, before, _ in pairs if before)
        self.alone = when & ~_bits_of(place for place, *_ in pairs)
        self.counts = counts
        self.opens = opens
        self.who = who
        self.sides = sides


class Fit(NamedTuple):
    """The fit points of what is known of a person, and which rule gave them."""

    points: int
    given: tuple[Given, ...]


class Bands:
    """Bands by their place, the lowest 1; 0 is below them all."""

    __slots__ = ("floors", "leasts", "names")

    def __init__(self, bands: tuple[Band, ...]) -> None:
        ordered = sorted(bands, key=lambda band: band.least)
        self.names = ("", *(band.name for band in ordered))
        self.leasts = [band.least for band in ordered]
        self.floors = [band.least - max(band.margin, 0) for band in ordered]

    def at(self, points: int, was: int) -> int:
        """The band that points stand in for one who was in band `was`: a higher one from its least on, a lower one only
        below the margin."""
        place = bisect_right(self.leasts, points)
        while was > place and points < self.floors[was - 1]:
            was -= 1
        return max(was, place)

    def short(self, name: str, points: int, now: int) -> int | None:
        """How many points are missing to a band: 0 for who is in it; None when that is not less than its margin."""
        if not name or (name in self.names and now >= self.names.index(name)):
            return 0
        if name not in self.names:
            return None
        place = self.names.index(name) - 1
        missing = self.leasts[place] - points
        return missing if 0 < missing < self.leasts[place] - self.floors[place] else None


class Judge:
    """Criteria, compiled. It judges single touches; what many of them come to is `judged.Judged`."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.rates = tuple(_rate(rule, criteria.half_life) for rule in criteria.engagement)
        self.fit_bands = Bands(criteria.fit_bands)
        self.engagement_bands = Bands(criteria.engagement_bands)
        self.stages = tuple(stage.id for stage in criteria.stages)
        self.places = {stage.id: place for place, stage in enumerate(criteria.stages)}
        self.paired = _bits(stage.after is not None for stage in criteria.stages)
        self.qualified = _bits(stage.qualified for stage in criteria.stages)
        self.enough = tuple(
            tuple(
                _bits(self._enough(stage, fit, done) for stage in criteria.stages)
                for done in _all(self.engagement_bands)
            )
            for fit in _all(self.fit_bands)
        )
        self.always = _bits(not (rule.touch or rule.source or rule.campaign) for rule in criteria.fit) << len(EVER)
        self._shapes: dict[tuple[str, str, str, str, bool], Shape] = {}
        self._fits: dict[tuple[str, int], Fit] = {}
        self._marks: dict[tuple[str, int], frozenset[str]] = {}

    def shape(self, touch: Touch) -> Shape:
        """What these criteria make of a touch."""
        key = (touch.kind, touch.marks, touch.source, touch.campaign, touch.counts)
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= MOST_SHAPES:
                self._shapes.clear()
            found = self._shapes[key] = self._shaped(touch)
        return found

    def fit(self, who: str, sides: int) -> Fit:
        """The fit of somebody of whom these marks are known, after touches of these sorts."""
        found = self._fits.get((who, sides))
        if found is None:
            if len(self._fits) >= MOST_SHAPES:
                self._fits.clear()
            found = self._fits[who, sides] = self._fitted(who, sides)
        return found

    def marks(self, who: str, sides: int) -> frozenset[str]:
        """What is known of somebody, as marks."""
        key = (who, sides & EVER_BITS)
        found = self._marks.get(key)
        if found is None:
            found = frozenset(who.split()).union(mark for bit, mark in enumerate(EVER) if sides >> bit & 1)
            self._marks[key] = found
        return found

    def _enough(self, stage: Stage, fit: int, engagement: int) -> bool:
        return _suffices(self.fit_bands, stage.fit, fit) and _suffices(
            self.engagement_bands, stage.engagement, engagement
        )

    def _shaped(self, touch: Touch) -> Shape:
        criteria = self.criteria
        marks = frozenset(touch.marks.split())
        is_touch = touch.kind != "known"
        counts = bool(touch.counts) and is_touch
        gives = tuple(
            _share(number, rule)
            for number, rule in enumerate(criteria.engagement)
            if (counts or (rule.points < 0 and (is_touch or OBJECTED in rule.having))) and _meets(rule, touch, marks)
        )
        sides = _bits(_beside(rule, touch) for rule in criteria.fit) << len(EVER)
        return Shape(
            gives=gives,
            when=_bits(counts and _meets(stage.when, touch, marks) for stage in criteria.stages),
            pairs=tuple(self._pairs(touch, marks)) if counts else (),
            counts=counts,
            opens=counts and (criteria.reading != "EU" or "own" in marks),
            who=" ".join(sorted(marks & WHO)),
            sides=(sides & ~self.always) | _bits(mark in marks for mark in EVER),
        )

    def _pairs(self, touch: Touch, marks: frozenset[str]) -> Iterator[tuple[int, float, bool, bool]]:
        for place, stage in enumerate(self.criteria.stages):
            if stage.after is not None:
                before, then = _meets(stage.after, touch, marks), _meets(stage.when, touch, marks)
                if before or then:
                    yield place, max(stage.apart.total_seconds(), 0.0), before, then

    def _fitted(self, who: str, sides: int) -> Fit:
        marks = self.marks(who, sides)
        met = (sides | self.always) >> len(EVER)
        given = tuple(
            Given(rule.id, rule.says, _bounded(rule.points), 1)
            for place, rule in enumerate(self.criteria.fit)
            if met >> place & 1 and _marked(rule, marks)
        )
        return Fit(sum(one.points for one in given), given)


_lately: dict[int, tuple[Criteria, Judge]] = {}


def judge(criteria: Criteria) -> Judge:
    """The judge of these criteria: compiled once for all that are equal."""
    found = _lately.get(id(criteria))
    if found is not None and found[0] is criteria:
        return found[1]
    made = _compiled(criteria)
    # To hash criteria takes longer than to judge a lead: the last few are known by their identity.
    if len(_lately) >= 64:
        _lately.clear()
    _lately[id(criteria)] = (criteria, made)
    return made


@lru_cache(maxsize=32)
def _compiled(criteria: Criteria) -> Judge:
    return Judge(criteria)


def _rate(rule: Rule, usual: timedelta) -> float:
    """Halvings in a second; 0 for points that are never less."""
    half_life = usual if rule.half_life is None else rule.half_life
    return 1 / half_life.total_seconds() if half_life > timedelta(0) else 0.0


def _share(number: int, rule: Rule) -> Share:
    low, high = float("-inf"), float("inf")
    if rule.cap is not None and rule.points < 0:
        low = float(min(_bounded(rule.cap), 0))
    elif rule.cap is not None:
        high = float(max(_bounded(rule.cap), 0))
    return Share(number, _bounded(rule.points), low, high)


def _bounded(points: int) -> int:
    return min(max(points, -MOST_POINTS), MOST_POINTS)


def _meets(sort: Rule | Sort, touch: Touch, marks: frozenset[str]) -> bool:
    return _beside(sort, touch) and _marked(sort, marks)


def _beside(sort: Rule | Sort, touch: Touch) -> bool:
    """Whether kind, source and campaign are as asked for."""
    return (
        (not sort.touch or touch.kind in sort.touch)
        and (not sort.source or touch.source in sort.source)
        and (not sort.campaign or touch.campaign in sort.campaign)
    )


def _marked(sort: Rule | Sort, marks: frozenset[str]) -> bool:
    return (
        marks.issuperset(sort.having)
        and (not sort.any or not marks.isdisjoint(sort.any))
        and marks.isdisjoint(sort.without)
    )


def _suffices(bands: Bands, asked: str, place: int) -> bool:
    """Whether a band is the one asked for or higher. One that does not exist is never reached."""
    return not asked or (asked in bands.names and place >= bands.names.index(asked))


def _all(bands: Bands) -> range:
    return range(len(bands.names))


def _bits_of(places: Iterable[int]) -> int:
    return sum({1 << place for place in places})


def _bits(those: Iterable[bool]) -> int:
    return sum(1 << place for place, one in enumerate(those) if one)
