"""The touches of a lead in the order in which we learned of them, and the judgement over them, kept up to date.

A version that replaces a touch stands in that touch's place. The judgement is then made again from there: copies of it
are kept on the way, so that a lead with ten thousand touches is not judged from its beginning each time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

from commsleads.journey import Act, Touch
from commsleads.rules.leads.judge import Judge
from commsleads.rules.leads.judged import Judged, Slot, set_by, slot

STRIDE = 32
"""Touches between two judgements that are kept."""

learned_order = itemgetter(4, 3, 0, 1)
"""The key of touches in the log: when we learned of it, when it was, its id, its version."""


def in_force(touches: Iterable[Touch]) -> list[Touch]:
    """The newest version of each touch, in the order in which the first of each was learned of."""
    ordered = sorted(touches, key=learned_order)
    found = {touch.id: touch for touch in ordered}
    if len(found) == len(ordered):  # each is there once, as nearly always
        return ordered
    found.clear()
    for touch in ordered:
        old = found.get(touch.id)
        if old is None or replaces(touch, old):
            found[touch.id] = touch
    return list(found.values())


def laid_out(touches: Iterable[Touch], acts: Iterable[Act]) -> list[Touch | Act]:
    """Touches in force and the acts that set a stage, in the order in which we knew of them."""
    touches = list(touches)
    found: list[Touch | Act] = [*in_force(touches)]
    stages = sorted((act for act in acts if act.verb == "stage"), key=acted_order)
    if not stages:
        return found
    first: dict[str, datetime] = {}
    for touch in touches:
        first[touch.id] = min(first.get(touch.id, touch.learned), touch.learned)
    return sorted([*found, *stages], key=lambda row: (row.at, 1) if isinstance(row, Act) else (first[row.id], 0))


def acted_order(act: Act) -> tuple[datetime, int, str]:
    """The key of acts in the log."""
    return act.at, act.number, act.id


def replaces(touch: Touch, old: Touch) -> bool:
    """Whether this version of a touch is in force rather than that: what we learned later, or the higher version."""
    return (touch.learned, touch.version) >= (old.learned, old.version)


class Log:
    """Touches and set stages, and what they come to so far.

    `counting` are the touches that count, by when they were, and at one moment in the order of the log.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.judged = Judged(judge)
        self.slots: list[Slot] = []
        self.places: dict[str, int] = {}
        self.counting: list[tuple[float, int]] = []
        self._kept: list[tuple[int, Judged]] = []

    def __contains__(self, touch: str) -> bool:
        """Whether a version of this touch was there before."""
        return touch in self.places

    def add(self, touch: Touch) -> Slot:
        """Takes a touch that was not there before."""
        new = slot(self.judge, touch)
        place = self.places[touch.id] = len(self.slots)
        self._append(new)
        if new.shape.counts:
            insort(self.counting, (new.seconds, place))
        return new

    def put(self, act: Act) -> None:
        """Takes an act that sets a stage."""
        self._append(set_by(act))

    def replace(self, touch: Touch) -> tuple[int, Slot, Slot] | None:
        """Puts a version in its touch's place: the place, what was there and what is there now.

        None when nothing is to be judged again. `judge_from` must follow.
        """
        place = self.places[touch.id]
        old = self.slots[place]
        if isinstance(old.row, Act) or not replaces(touch, old.row):
            return None
        new = self.slots[place] = slot(self.judge, touch)
        if old.shape.counts:
            del self.counting[bisect_left(self.counting, (old.seconds, place))]
        if new.shape.counts:
            insort(self.counting, (new.seconds, place))
        return None if new.shape is old.shape and new.seconds == old.seconds else (place, old, new)

    def judge_from(self, place: int) -> None:
        """Judges again all from a place on."""
        del self._kept[bisect_right(self._kept, place, key=itemgetter(0)) :]
        start, self.judged = (self._kept[-1][0], self._kept[-1][1].copy()) if self._kept else (0, Judged(self.judge))
        for number in range(start, len(self.slots)):
            self.judged.take(self.slots[number])
            self._keep(number + 1)

    def switch(self, judge: Judge) -> None:
        """Judges everything again, by other criteria."""
        self.judge = judge
        self.slots = [one if isinstance(one.row, Act) else slot(judge, one.row) for one in self.slots]
        self._kept.clear()
        self.counting = sorted((one.seconds, place) for place, one in enumerate(self.slots) if one.shape.counts)
        self.judge_from(0)

    @property
    def first(self) -> Slot | None:
        """The earliest touch that counts."""
        return self.slots[self.counting[0][1]] if self.counting else None

    @property
    def last(self) -> Slot | None:
        """The newest touch that counts."""
        return self.slots[self.counting[-1][1]] if self.counting else None

    @property
    def opener(self) -> Touch | None:
        """The touch that made them a lead, as it is in force."""
        place = self.places.get(self.judged.opener)
        row = self.slots[place].row if place is not None else None
        return row if isinstance(row, Touch) else None

    @property
    def touches(self) -> list[Touch]:
        """The touches in force."""
        return [one.row for one in self.slots if isinstance(one.row, Touch)]

    def _append(self, new: Slot) -> None:
        self.slots.append(new)
        self.judged.take(new)
        self._keep(len(self.slots))

    def _keep(self, length: int) -> None:
        if length % STRIDE == 0:
            self._kept.append((length, self.judged.copy()))
