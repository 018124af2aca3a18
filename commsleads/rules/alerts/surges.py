"""Whether many stories are unusually many, when a surge is over, and how grave it is.

Beside the stories of the last 24 hours stand those of the same hours of the weeks before: news has a rhythm of days and
hours, and a Monday is held against Mondays. The test is that of the digest (`rules.figures.compare`): over-dispersed
counts, weeks with gaps left out, at least four weeks. What differs is how unlikely it must be, for it is asked every
quarter of an hour and not once a week; how often each sensitivity is wrong is simulated, see `docs/alerts.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.contract import Period
from commsleads.plan import SurgePlan
from commsleads.rules.alerts.causes import Cause, level_of
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.wording import acts, harmless, one_line, told
from commsleads.rules.figures import Verdict

WINDOW = timedelta(hours=24)
SURE: Mapping[str, float] = MappingProxyType({"low": 0.9998, "normal": 0.998, "high": 0.98})
"""The level of the baseline's interval: half of what is left is the chance of a false alarm in one look."""
OVER = 0.8
"""A surge is over when the count lies in this narrower interval again; between the two it goes on."""


class Rising(NamedTuple):
    """The stories of a watch in the last 24 hours. `risky` and `great` are how many of them hold a risk word, and how
    many of those stand in an outlet of the first tier."""

    watch: str
    name: str
    ours: bool
    verdict: Verdict
    stories: tuple[str, ...]
    risky: int = 0
    great: int = 0


def windows(now: datetime, zone: ZoneInfo, weeks: int) -> tuple[Period, list[Period]]:
    """The last 24 hours, and the same hours of the weeks before by the clock on the wall, the oldest first."""
    local = now.astimezone(zone)
    ends = [(local - timedelta(weeks=number)).astimezone(UTC) for number in range(weeks, 0, -1)]
    return _window(now, zone), [_window(end, zone) for end in ends]


def _window(end: datetime, zone: ZoneInfo) -> Period:
    return Period(end - WINDOW, end, end.astimezone(zone).date().isoformat())


def begins(verdict: Verdict, plan: SurgePlan) -> bool:
    """Whether this verdict, at the level of the plan's sensitivity, is a surge."""
    return verdict.count >= plan.least and verdict.word == "above"


def goes_on(verdict: Verdict, plan: SurgePlan) -> bool:
    """Whether a surge that began is not over, by a verdict at the level `OVER`."""
    return verdict.count >= plan.least and verdict.word == "above"


def cause(one: Rising, now: datetime, office: Office) -> Cause:
    """The alert for a surge. The caller has seen that it begins, and that none of this watch goes on or cools down."""
    base = one.verdict.baseline
    usual = f"{base.expected:.1f} (at most {base.high})" if base else "not known"
    graver = ""
    if one.ours and one.risky:
        graver = "crisis" if one.great else "escalate"
    name = harmless(one.name or one.watch, 60)
    weeks = base.n if base else 0
    why = f"In the same hours of {weeks} weeks before it was {usual}."
    if one.risky:
        what = "of them holds a risk word" if one.risky == 1 else "of them hold risk words"
        why += f" {one.risky} {what}" + (f", {one.great} in an outlet of the first tier." if one.great else ".")
    since = (now - WINDOW).astimezone(office.calendar.zone).date().isoformat()
    return Cause(
        kind="surge",
        subject=one.watch,
        slot=now.isoformat(),
        level=level_of(office.plan, "surge", graver),
        title=one_line(f"{one.verdict.count} stories about {name} in 24 hours, far more than usual"),
        text=told(
            f"{one.verdict.count} stories about {name} were seen in the last 24 hours.",
            why,
            acts("", office.on_call, office.names),
        ),
        command=f"commsleads stories --watch {one.watch} --since {since}",
        caused_at=now,
        owner=office.on_call,
        evidence=one.stories[:50],
    )


def rested(last: Sequence[datetime], now: datetime, plan: SurgePlan) -> bool:
    """Whether the cool-down is over: `last` are when the newest alert on a watch was raised, and when it was settled.

    A moment yet to come was noted by a clock that was wrong, and keeps nothing back.
    """
    return all(at > now or now - at >= plan.cool_down for at in last)


def wave(watch: str, name: str, verdict: Verdict, *, week: str, command: str, now: datetime, office: Office) -> Cause:
    """The alert for a week that was far above its baseline without any one day's being a surge.

    It is raised when the week is over, before the digest tells it, so that nobody learns of it there first.
    """
    base = verdict.baseline
    usual = f"at most {base.high} were to be expected, after {base.n} weeks" if base else "what is usual is not known"
    shown = harmless(name or watch, 60)
    return Cause(
        kind="surge",
        subject=watch,
        slot=week,
        level=office.plan.levels.get("surge", "watch"),
        title=one_line(f"{verdict.count} stories about {shown} in {week}, more than usual"),
        text=told(
            f"{verdict.count} stories about {shown} were seen in the week {week}.",
            f"It came slowly: no single day was a surge, and for the week {usual}.",
            acts("", office.on_call, office.names),
        ),
        command=command,
        caused_at=now,
        owner=office.on_call,
    )
