"""When a response to a campaign counts: from its first day to the end of its measurement window."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign

PROLOGUE = timedelta(days=30)
"""What came so long before a campaign is not even kept as outside: nobody could have answered it."""


BEFORE = "It came before the campaign began."
AFTER = "It came after the campaign's measurement window."


class Span(NamedTuple):
    """Half-open: from `start`, the first midnight of the campaign, to before `late`, the end of its window.

    None where the campaign says no day: then it is open on that side.
    """

    start: datetime | None
    late: datetime | None

    def outside(self, at: datetime) -> str:
        """Why a moment is not within, as a sentence; '' when it is."""
        if self.start is not None and at < self.start:
            return BEFORE
        if self.late is not None and at >= self.late:
            return AFTER
        return ""

    def long_before(self, at: datetime) -> bool:
        """Whether a moment is so long before the campaign that it has nothing to do with it."""
        return self.start is not None and at < self.start - PROLOGUE


def span(campaign: Campaign, zone: ZoneInfo) -> Span:
    """The span of a campaign; its days are of `zone`, and the window is counted by the clock on the wall."""
    start = datetime.combine(campaign.starts_on, time(), zone) if campaign.starts_on else None
    if campaign.ends_on is None:
        return Span(start, None)
    try:
        late = datetime.combine(campaign.ends_on + timedelta(days=1), time()) + campaign.window
    except OverflowError:  # it ends with the calendar
        return Span(start, None)
    return Span(start, late.replace(tzinfo=zone))
