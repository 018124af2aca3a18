"""How a goal stands: so far, expected by now, where it ends if it goes on so, and from when on it was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from commsleads.rules.campaigns.pace import EARLY, Pace, pace
from commsleads.rules.figures import OBSERVED
from commsleads.rules.goals.shortfall import figure
from commsleads.rules.periods import midnight

State = Literal["not begun", "running", "over", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A goal's time. `until` is now, but no later than its end. `share` of it is over, None without both days.

    `day` of `days` is the local day it is, None before the first and after the last.
    """

    state: State
    zone: ZoneInfo
    start: datetime | None
    end: datetime | None
    until: datetime
    days: int | None
    day: int | None
    share: Fraction | None


def span(starts_on: date | None, ends_on: date | None, zone: ZoneInfo, now: datetime) -> Span:
    """The time of a goal, both days included, in the organisation's zone."""
    start = midnight(starts_on, zone) if starts_on else None
    end = midnight(ends_on + timedelta(days=1), zone) if ends_on and ends_on < date.max else None
    until = now if end is None else min(now, end)
    if start is None or end is None or starts_on is None or ends_on is None or end <= start:
        return Span(state="", zone=zone, start=start, end=end, until=until, days=None, day=None, share=None)
    state: State = "not begun" if now < start else "over" if now >= end else "running"
    share = Fraction(_seconds(until - start), _seconds(end - start))
    return Span(
        state=state,
        zone=zone,
        start=start,
        end=end,
        until=until,
        days=(ends_on - starts_on).days + 1,
        day=(now.astimezone(zone).date() - starts_on).days + 1 if state == "running" else None,
        share=min(Fraction(1), max(Fraction(0), share)),
    )


def _seconds(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds


def standing(
    n: int | None, goal: int, time: Span, now: datetime, *, since: datetime | None = None, why: str = ""
) -> Pace:
    """How `n` stands to a goal. `since` is when counting began, None for always; `why` nothing counts it.

    What came before counting began is not known. So a goal that was not counted for more than 1 in 20 of its time so
    far may be reached, but is called neither behind nor ahead.
    """
    found = pace(n, goal, time.start, time.end, now.astimezone(UTC))
    if n is None and why and found.word != "not begun":
        return replace(found, why=why)
    late = hidden(time, since)
    if not late or found.word in ("reached", "not begun") or (found.elapsed or 1) < EARLY:
        return found
    return replace(found, word="cannot tell", low=None, high=None, why=late)


def hidden(time: Span, since: datetime | None) -> str:
    """Why too much of a goal's time so far was not counted for it to be judged; '' when it can be."""
    if since is None or time.start is None or since <= time.start or time.until <= time.start:
        return ""
    unseen = (min(since, time.until) - time.start) / (time.until - time.start)
    if unseen <= 1 - OBSERVED:
        return ""
    first, began = since.astimezone(time.zone), time.start.astimezone(time.zone)
    return f"it was counted only from {first:{'%Y-%m-%d %H:%M' if first.date() == began.date() else '%Y-%m-%d'}} on"


def sentence(found: Pace, of: str, time: Span, late: datetime | None = None) -> str:
    """How it stands, in a few sentences for a person. `late` is when counting began, where that was after the start."""
    told = _told(found, f"{found.goal:,} {of}", time)
    if late is None or found.n is None or found.word == "not begun" or "counted only from" in found.why:
        return told
    if time.start is not None and late.astimezone(time.zone).date() == time.start.astimezone(time.zone).date():
        return told
    return f"{told} The first that is known came on {_day(late, time)}, after the goal began."


def _day(at: datetime, time: Span) -> str:
    there = at.astimezone(time.zone)
    return f"{there.day} {there:%B %Y}"


def _told(found: Pace, goal: str, time: Span) -> str:
    if found.word == "not begun":
        return f"{goal}: the time for it has not begun."
    if found.n is None:
        return f"{goal}: cannot tell how many so far, {found.why}."
    head = f"{found.n:,} of {goal}"
    if time.state == "over" or found.expected is None:
        return f"{head}, {_ended(found)}."
    where = f"day {time.day:,} of {time.days:,}" if time.day and time.days else "by now"
    head = f"{head} on {where}, with {figure(found.expected)} expected by now"
    if found.word == "cannot tell":
        return f"{head}: cannot tell where it ends, {found.why}."
    if found.low is None:
        return f"{head}: {found.word}."
    return f"{head}: {found.word}. If it goes on like this, it ends at {found.low:,} to {found.high:,}."


def _ended(found: Pace) -> str:
    return found.word if found.word in ("reached", "missed") else f"cannot tell, {found.why}"
