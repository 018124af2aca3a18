"""What many touches come to under criteria: who is a lead, how many points they have, which stages they reached.

Touches are taken in the order in which we learned of them. Each is an evaluation: at its own time, or at that of the
evaluation before, if that was later. Nothing here knows of offers and officers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from commsleads.journey import Act, Given, Touch
from commsleads.rules.leads.judge import Judge, Shape
from commsleads.rules.leads.points import Totals

LONG_AGO = datetime.min.replace(tzinfo=UTC)
NEVER = float("inf")


class Slot(NamedTuple):
    """A touch in force at its place in the log, with what the criteria make of it (`NOTHING` before there are any).

    `at` is when it happened: never after we learned of it, whatever it says. An act that set a stage stands among them,
    for what comes after it is judged from there.
    """

    at: datetime
    seconds: float
    shape: Shape
    row: Touch | Act


NOTHING = Shape()


class View(NamedTuple):
    """Points and bands at a moment."""

    fit: int
    engagement: int
    fit_band: int
    engagement_band: int


class Judged:
    """The judgement over the touches taken so far.

    `met` and `reached` are sets of stages, a bit for each by its place; `current` is the place of the stage held, -1
    for none. `times` says when each was reached; it is another dict whenever that changes.
    """

    __slots__ = (
        "current", "engagement_band", "fit", "fit_band", "judge", "met", "moment", "opened", "opener", "pairs",
        "reached", "seconds", "sides", "times", "totals", "who", "who_at",
    )  # fmt: skip

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.totals = Totals(judge.rates)
        self.moment = LONG_AGO
        self.seconds = -NEVER
        self.opened: datetime | None = None
        self.opener = ""
        self.met = self.reached = 0
        self.current = -1
        self.times: dict[int, datetime] = {}
        self.pairs: dict[int, tuple[float, float]] = {}
        self.who = ""
        self.who_at = -NEVER
        self.sides = 0
        self.fit = judge.fit("", 0).points
        self.fit_band = judge.fit_bands.at(self.fit, 0)
        self.engagement_band = judge.engagement_bands.at(0, 0)

    def take(self, slot: Slot) -> None:
        """Takes a touch, or an act that set a stage."""
        at, seconds, shape, row = slot
        judge = self.judge
        if isinstance(row, Act):
            self._put(row, at)
            return
        late = self.seconds - seconds
        if late <= 0:
            self.seconds = seconds
            self.moment = at
            late = 0.0
        if (shape.who and seconds >= self.who_at) or shape.sides & ~self.sides:
            self._know(shape, seconds)
        points = self.totals.take(shape.gives, self.seconds, late)
        self.engagement_band = judge.engagement_bands.at(points, self.engagement_band)
        self.met |= shape.alone
        if shape.pairs:
            self._pair(shape, seconds)
        if self.opened is None:
            if not shape.opens:
                return
            self.opened, self.opener = at, row.id
        fresh = self.met & ~self.reached & judge.enough[self.fit_band][self.engagement_band]
        if fresh:
            self._reach(fresh)

    def _know(self, shape: Shape, seconds: float) -> None:
        """Notes who they are, from the newest touch that says so, and what is so for good."""
        if shape.who and seconds >= self.who_at:
            self.who, self.who_at = shape.who, seconds
        self.sides |= shape.sides
        self.fit = self.judge.fit(self.who, self.sides).points
        self.fit_band = self.judge.fit_bands.at(self.fit, self.fit_band)

    def _pair(self, shape: Shape, seconds: float) -> None:
        """Stages that ask for a touch before the touch: the first of the one and the last of the other decide."""
        for place, apart, is_before, is_then in shape.pairs:
            before, then = self.pairs.get(place, (NEVER, -NEVER))
            if is_before and seconds < before:
                before = seconds
            if is_then and seconds > then:
                then = seconds
            self.pairs[place] = (before, then)
            if before < then and before + apart <= then:
                self.met |= 1 << place

    def _reach(self, fresh: int) -> None:
        self.reached |= fresh
        new = {place: self.moment for place in range(fresh.bit_length()) if fresh >> place & 1}
        self.times = {**self.times, **new}
        self.current = max(self.current, fresh.bit_length() - 1)

    def _put(self, act: Act, at: datetime) -> None:
        """Sets a stage by hand: what is above it begins anew, with what comes after."""
        place = self.judge.places.get(act.to)
        if self.opened is None or place is None:
            return
        kept = (2 << place) - 1
        self.met &= kept
        self.reached = (self.reached & kept) | 1 << place
        self.times = {place: at} | {one: time for one, time in self.times.items() if one <= place}
        self.pairs = {
            one: pair if one <= place else (pair[0], -NEVER)
            for one, pair in self.pairs.items()
        }  # fmt: skip
        self.current = place

    def copy(self) -> Judged:
        """The same, to go on from another way."""
        made = Judged.__new__(Judged)
        for name in Judged.__slots__:
            setattr(made, name, getattr(self, name))
        made.totals = self.totals.copy()
        made.pairs = dict(self.pairs)
        return made

    @property
    def stage(self) -> str:
        """The stage held, '' for none."""
        return self.judge.stages[self.current] if self.current >= 0 else ""

    @property
    def qualified(self) -> bool:
        """Whether the stage held is that of a qualified lead."""
        return self.current >= 0 and bool(self.judge.qualified >> self.current & 1)

    @property
    def marks(self) -> frozenset[str]:
        """What is known of the person."""
        return self.judge.marks(self.who, self.sides)

    def named(self, view: View) -> tuple[tuple[int, str], tuple[int, str]]:
        """Fit and engagement, each with its band's name."""
        fit, done = self.judge.fit_bands.names, self.judge.engagement_bands.names
        return (view.fit, fit[view.fit_band]), (view.engagement, done[view.engagement_band])

    def standing(self, at: datetime) -> tuple[View, tuple[Given, ...]]:
        """Points and bands at a moment not before the last evaluation, and which rule gives what.

        It reaches no stage: only touches do. Engagement stands before fit; a rule whose points are all gone gives 0.
        """
        rules, fit = self.judge.criteria.engagement, self.judge.fit(self.who, self.sides)
        given = self.totals.at(at.timestamp())
        done = [Given(rules[number].id, rules[number].says, one, touches) for number, one, touches in given]
        points = sum(one.points for one in done)
        band = self.judge.engagement_bands.at(points, self.engagement_band)
        return View(self.fit, points, self.fit_band, band), (*done, *fit.given)

    def near(self, view: View) -> tuple[str, ...]:
        """The stages above, whose conditions are met, from which less than a band's margin keeps the lead."""
        if self.opened is None:
            return ()
        found = []
        for place, stage in enumerate(self.judge.criteria.stages):
            if place <= self.current or not self.met >> place & 1:
                continue
            fit = self.judge.fit_bands.short(stage.fit, view.fit, view.fit_band)
            done = self.judge.engagement_bands.short(stage.engagement, view.engagement, view.engagement_band)
            if fit is not None and done is not None:
                found.append(stage.id)
        return tuple(found)


def slot(judge: Judge, row: Touch) -> Slot:
    """A touch, made ready to be judged."""
    return shaped(judge.shape(row), row)


def shaped(shape: Shape, row: Touch) -> Slot:
    """The same, of what criteria make of it already."""
    at = min(row.at, row.learned)
    return Slot(at, at.timestamp(), shape, row)


def set_by(act: Act) -> Slot:
    """An act that sets a stage, made ready to stand among touches."""
    return Slot(act.at, act.at.timestamp(), NOTHING, act)
