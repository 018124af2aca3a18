"""What is to come: embargoes, launches, interviews, deadlines, by day."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import grey, table, text
from commsleads.reports.leadwords import SHORT
from commsleads.reports.weekly.told import Part, Told, clipped, more
from commsleads.reports.wording import DAYS, day, line
from commsleads.reports.words import say

MOST = 200
"""Entries that an analyst reads; the data hold them all."""
LINE = 80
"""Characters of the first entry for directors."""
LONG = 12
"""Letters up to which an id is written whole: longer ones are those of leads, and are found by their beginning."""


def coming_part(told: Told) -> Part:
    """The section: the next entries, capped."""
    every, most = told.found["coming"], told.caps.coming
    title = say("head-coming", unit=told.unit)
    if not every:
        nothing = say("coming-none", unit=told.unit)
        return Part(title=title, line=nothing, blocks=(text(nothing),))
    head = tuple(say(f"coming-{name}") for name in ("when", "what", "who"))
    shown = every[: MOST if told.whole else max(most, 1)]
    rows = [(_when(told, one), what_of(one), line(one.who, 40) or say("nobody")) for one in shown]
    return Part(
        title=title,
        line=say("coming-line", when=rows[0][0], what=clipped(rows[0][1], LINE), others=len(every) - 1),
        blocks=(table(head, rows[:most]), grey(more(len(every), most))),
        full=(table(head, rows), grey(more(len(every), MOST))),
    )


def what_of(one: Any) -> str:
    """`Embargo: Annual figures (Heat Next Door)`; of a hidden enquiry its reference alone."""
    kind = say("coming-kind", kind=one.kind.replace(" ", "-"))
    what = line(one.what, 70) or (one.reference[:SHORT] if len(one.reference) > LONG else one.reference)
    campaign = line(one.campaign, 40)
    if campaign and campaign not in what:
        return say("coming-entry-campaign", kind=kind, what=what, campaign=campaign)
    return say("coming-entry", kind=kind, what=what)


def _when(told: Told, one: Any) -> str:
    named = f"{DAYS[one.on.weekday()]} {day(one.on)}"
    return f"{named}, {one.at.astimezone(told.zone):%H:%M}" if one.at is not None else named
