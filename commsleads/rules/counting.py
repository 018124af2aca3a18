"""What a counter of somebody else gained between two readings: never negative, never twice, nothing invented.

A total that counts from the beginning is read now and then (`first`, `advance`). What stood there when it was first
read happened before anybody looked: it is kept apart as `earlier` and belongs to no day. A rise is what was gained. A
counter whose `made` is another one is another counter of the same name: it began at nothing, so all of it was gained.

A fall begins an epoch and takes nothing back. Where less than half is left, the counter was set to nothing and what it
shows was counted since then. Where more is left, the service corrected itself, answered from an old copy or was
restored from one: what it shows was counted before, and only what goes beyond the highest total so far is gained. What
was counted between the last reading and a reset is not known, so a sum over epochs is at least so many.

A count by day is simpler (`read_day`): the last reading of a day is the day's, as services count late; that it shrank
is noted.
"""

from __future__ import annotations

from typing import NamedTuple

LEFT = 2
"""A counter that fell to less than one in so many was reset and not corrected: a machine filter or an old copy takes a
share away, a reset takes all."""


class Standing(NamedTuple):
    """Where a counter stands: the last `total`, the `highest` of this counting, what was `gained` since the first
    reading, and `earlier`, which was counted before it. `epoch` counts the falls and new beginnings."""

    total: int
    made: str = ""
    epoch: int = 1
    highest: int = 0
    gained: int = 0
    earlier: int = 0


class Step(NamedTuple):
    """The new standing, and a sentence where something other than counting happened. `broken` says that clicks may
    have been lost between the two readings."""

    now: Standing
    note: str = ""
    broken: bool = False


def first(total: int, made: str = "") -> Step:
    """The first reading of a counter."""
    note = f"{total} were counted before the first reading; nobody can say on which day." if total else ""
    return Step(Standing(total=total, made=made, highest=total, earlier=total), note)


def advance(before: Standing, total: int, made: str = "") -> Step:
    """The next reading of a counter. An unknown `made` ('') says nothing, neither now nor before."""
    made = made or before.made
    if before.made and made != before.made:
        note = f"The counter was made anew: it stood at {before.total}, and the new one shows {total}."
        return Step(_anew(before, total, made), note, broken=True)
    if total >= before.total:
        gained = before.gained + max(0, total - before.highest)
        return Step(before._replace(total=total, made=made, gained=gained, highest=max(total, before.highest)))
    if total * LEFT < before.total:
        note = (
            f"The counter fell from {before.total} to {total}: it was reset, and what it shows is counted since then."
        )
        return Step(_anew(before, total, made), note, broken=True)
    note = (
        f"The counter fell from {before.total} to {total}: the service corrected it or showed an old state. "
        f"Nothing is taken back, and only what goes beyond {before.highest} is added."
    )
    return Step(before._replace(total=total, made=made, epoch=before.epoch + 1), note)


def _anew(before: Standing, total: int, made: str) -> Standing:
    return before._replace(total=total, made=made, epoch=before.epoch + 1, highest=total, gained=before.gained + total)


def read_day(before: int | None, total: int) -> tuple[int, str]:
    """What a day's count adds to the sum of all days, and a sentence when it fell. `before` None: not read yet."""
    if before is None:
        return total, ""
    note = f"The service lowered this day from {before} to {total}." if total < before else ""
    return total - before, note
