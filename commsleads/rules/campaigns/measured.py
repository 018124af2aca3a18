"""What the uplift of a campaign is measured by: settled before it begins, and what was changed afterwards.

Whoever chooses the watches, the weeks or the end when the figures are known can find any uplift that he likes. So the
version that stood when the campaign began is the one that counts, and every later one is shown as a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign, Watch
from commsleads.rules.campaigns.changes import begun, shown

OURS = ("brand", "product", "spokesperson")
_NAMES = {
    "watches": "watches counted", "compare": "watches compared with", "weeks": "weeks of the baseline",
    "starts_on": "start", "ends_on": "end", "window": "window",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is counted, against what, and when. `watches` are settled: those of the uplift, of the campaign, or ours."""

    watches: tuple[str, ...]
    compare: tuple[str, ...]
    weeks: int
    starts_on: date
    ends_on: date | None
    window: timedelta

    @property
    def last(self) -> date | None:
        """The last day that is counted; None while nobody said when it ends."""
        return self.ends_on + timedelta(days=self.window.days) if self.ends_on else None


class Registered(NamedTuple):
    """A measure, and when the program wrote it down."""

    at: datetime
    measure: Measure


class InForce(NamedTuple):
    """The measure that counts. `late` says that it was written down after the campaign had begun, `changes` what was
    changed since and does not count."""

    at: datetime
    measure: Measure
    late: bool
    changes: tuple[str, ...]


def measure(campaign: Campaign, watches: Sequence[Watch]) -> Measure | None:
    """What a campaign would be measured by today; None as long as nobody said when it begins."""
    if campaign.starts_on is None:
        return None
    about_us = tuple(watch.id for watch in watches if watch.role in OURS)
    return Measure(
        watches=campaign.uplift.watches or campaign.watches or about_us,
        compare=campaign.uplift.compare,
        weeks=campaign.uplift.weeks,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        window=campaign.window,
    )


def in_force(registered: Sequence[Registered], zone: ZoneInfo) -> InForce | None:
    """The version that counts, of those that were registered, oldest first; None when none was.

    It is the last one written down before the campaign began, or the first of all. A start that is moved after the
    campaign has begun does not make it begin anew.
    """
    if not registered:
        return None
    chosen: Registered | None = None
    for version in registered:
        starts_on = (chosen or version).measure.starts_on
        if begun(starts_on, version.at, zone):
            break
        chosen = version
    first = chosen or registered[0]
    changed = tuple(differences(first.measure, registered[-1].measure))
    return InForce(first.at, first.measure, chosen is None, changed)


def differences(before: Measure, after: Measure) -> Iterator[str]:
    """What differs, as clauses: `weeks of the baseline: 8, now 6`."""
    for field in fields(Measure):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            yield f"{_NAMES[field.name]}: {shown(was) or 'none'}, now {shown(now) or 'none'}"
