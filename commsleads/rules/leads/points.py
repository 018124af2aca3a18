"""Engagement points: totals that halve with time and are bounded, one for each rule.

A total is worth half after the rule's half-life, twice that after none: t · 2^(-seconds / half-life). What a touch adds
is bounded together with what is left of all before it. Points are told whole, rounded half up; so those of the rules
add up to the sum that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from commsleads.rules.leads.judge import Share

HALF_UP = 0.5 + 1e-6
"""Half a point, and what many small steps of decay may have lost of it."""


class Totals:
    """The totals of all rules as they stood at the last evaluation. Time never runs backward here."""

    __slots__ = ("live", "rates", "seconds", "touches", "values")

    def __init__(self, rates: tuple[float, ...]) -> None:
        self.rates = rates
        self.values = [0.0] * len(rates)
        self.touches = [0] * len(rates)
        self.live: list[int] = []
        self.seconds = 0.0

    def take(self, shares: tuple[Share, ...], seconds: float, late: float) -> int:
        """Adds a touch, `late` seconds after it happened, and gives the points at this moment, whole."""
        values, rates, live = self.values, self.rates, self.live
        past = seconds - self.seconds
        if past > 0:
            self.seconds = seconds
            rate, left = 0.0, 1.0
            for number in live:
                if rates[number] != rate:
                    rate = rates[number]
                    left = 2.0 ** (-past * rate)
                values[number] *= left
        for number, points, low, high in shares:
            added = values[number] + (points * 2.0 ** (-late * rates[number]) if late else points)
            values[number] = low if added < low else min(added, high)
            self.touches[number] += 1
            if self.touches[number] == 1:
                live.append(number)
        whole = 0
        for number in live:
            whole += floor(values[number] + HALF_UP)
        return whole

    def at(self, seconds: float) -> Iterator[tuple[int, int, int]]:
        """What each rule gives at a later moment, in the order of the rules: its place, points, number of touches."""
        past = max(seconds - self.seconds, 0.0)
        for number in sorted(self.live):
            value = self.values[number] * 2.0 ** (-past * self.rates[number])
            yield number, floor(value + HALF_UP), self.touches[number]

    def copy(self) -> Totals:
        """The same, to go on from another way."""
        made = Totals(self.rates)
        made.values = self.values[:]
        made.touches = self.touches[:]
        made.live = self.live[:]
        made.seconds = self.seconds
        return made
