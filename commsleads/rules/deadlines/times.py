"""Which time of day was meant: five in the morning or in the afternoon, and where a part of the day ends."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from commsleads.rules.deadlines.pieces import Clock
from commsleads.rules.deadlines.tongue import Tongue

MIDNIGHT = 24
PART_ENDS = {"early": time(8), "morning": time(12), "evening": time(20), "night": time(22), "tonight": time(22)}
"""Where a part of the day ends as a deadline; the afternoon ends when the working day does."""

_OTHER_HALF = "it may be meant in the other half of the day"


class Hour(NamedTuple):
    """A possible time of day; hour 24 is the end of the day."""

    hour: int
    minute: int
    doubt: str = ""


def hours(clock: Clock, part: str, tongue: Tongue) -> tuple[Hour, ...]:
    """The times of day a clock can mean, the likeliest first. Empty if it contradicts the part of the day."""
    part = part.removeprefix("this ")
    if clock.half in {"lunch", "about", "today"}:
        return (Hour(clock.hour, clock.minute, "" if clock.half == "today" else "the words leave the hour open"),)
    if clock.half in {"am", "pm"}:
        return _halved(clock, part)
    if part and 1 <= clock.hour <= 12:
        hour = _in_part(clock.hour, part)
        return (Hour(hour, clock.minute),) if hour is not None else ()
    if part == "tonight" and clock.hour < 16:
        return ()
    if clock.half == "24":
        doubt = _OTHER_HALF if tongue.literal and 1 <= clock.hour < 7 else ""
        return (Hour(clock.hour, clock.minute, doubt),)
    return _open(clock, tongue)


def _halved(clock: Clock, part: str) -> tuple[Hour, ...]:
    """am and pm, unless the part of the day says otherwise."""
    hour = clock.hour % 12 + (12 if clock.half == "pm" else 0)
    morning = hour < 12
    if part in {"afternoon", "evening", "tonight", "night"} and morning:
        return ()
    if part in {"morning", "early"} and not morning:
        return ()
    return (Hour(hour, clock.minute),)


def _in_part(hour: int, part: str) -> int | None:
    """The hour of 24 for an hour of a part of the day: five in the afternoon is 17, eleven is None."""
    if part in {"morning", "early"}:
        return hour if hour < 12 else None
    if part == "afternoon":
        return 12 if hour == 12 else hour + 12 if hour <= 8 else None
    if hour == 12:
        return MIDNIGHT
    return hour + 12 if hour >= 4 else None


def _open(clock: Clock, tongue: Tongue) -> tuple[Hour, ...]:
    """An hour of which no half was said: the one in which offices work, the other with a doubt."""
    hour, minute = clock.hour, clock.minute
    if hour == 12:
        return (Hour(12, minute),)
    late = Hour(hour + 12, minute)
    if hour <= 6:
        sure = clock.spoken or not tongue.literal
        return (late if sure else late._replace(doubt=_OTHER_HALF),)
    if hour == 7:
        return (Hour(hour, minute, _OTHER_HALF), late._replace(doubt=_OTHER_HALF))
    return (
        Hour(hour, minute, _OTHER_HALF if hour == 8 and not tongue.literal else ""),
        late._replace(doubt=_OTHER_HALF),
    )


def later_end(first: Clock, second: Clock) -> Clock | None:
    """The end of a range, 2 to 4, 10 until 5: in the second half of the day if it would lie before the beginning.

    None where it does so all the same: 20 to 5 is no range.
    """
    start = first.hour % 12 + (12 if first.half == "pm" else 0) if first.half in {"am", "pm"} else first.hour
    if not second.half and first.half:
        second = second._replace(half="pm" if second.hour % 12 <= start % 12 or start >= 12 else "am")
    end = second.hour % 12 + (12 if second.half == "pm" else 0) if second.half in {"am", "pm"} else second.hour
    return second if not first.half or end > start else None
