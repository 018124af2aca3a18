"""Causes in our own machinery: a source that cannot be read, a report that did not get to those it is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from commsleads.rules.alerts.causes import Cause, level_of
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.wording import acts, clock, harmless, one_line, span, told


class Down(NamedTuple):
    """A source of which nothing is seen since then. `paused` means that only a person can help."""

    source: str
    name: str
    since: datetime
    why: str
    paused: bool


class Late(NamedTuple):
    """A report that was due and is not with everybody. `state` is untold, unwritten, undelivered or in doubt.

    `missing` of `of` recipients have not got it, 0 of 0 when it is not written.
    """

    report: str
    period: str
    state: str
    due_at: datetime
    missing: int = 0
    of: int = 0


def of_sources(down: Iterable[Down], now: datetime, office: Office) -> list[Cause]:
    """The causes of sources that have been unreadable for long."""
    after, zone = office.plan.collector_after, office.calendar.zone
    found = []
    for one in down:
        if now - one.since < after:
            continue
        name = harmless(one.name or one.source, 60)
        at = clock(one.since, zone)
        paused = " It is paused until somebody acts." if one.paused else ""
        found.append(
            Cause(
                kind="collector down",
                subject=one.source,
                slot=one.since.isoformat(),
                level=level_of(office.plan, "collector down", "review" if one.paused else ""),
                title=one_line(f"{name} cannot be read since {at}"),
                text=told(
                    f"{name} cannot be read since {at}, {span(now - one.since)} ago.{paused}",
                    f"What it brings is missing, and no figure can make up for it. {harmless(one.why, 200)}".strip(),
                    acts("", office.on_call, office.names),
                ),
                command=f"commsleads poll {one.source}",
                caused_at=one.since + after,
                owner=office.on_call,
                evidence=(one.source,),
            )
        )
    return found


_WHAT = {
    "untold": "was due {due} and has not been written",
    "unwritten": "was due {due} and could not be written",
    "undelivered": "did not get to {missing} of {of} recipients",
    "in doubt": "may not have got to {missing} of {of} recipients: nobody knows",
}
_WHY = {
    "untold": "Nobody has the figures of that time. Is the program running, and is everything taken in?",
    "unwritten": "Nobody has the figures of that time.",
    "undelivered": "They may decide without it, and believe that there is nothing to tell.",
    "in doubt": "It is not sent again by itself, since it might arrive twice.",
}


def of_reports(late: Iterable[Late], now: datetime, office: Office) -> list[Cause]:
    """The causes of reports that were due. Who did not get one is not told outside."""
    del now
    zone = office.calendar.zone
    found = []
    for one in late:
        words = _WHAT[one.state].format(due=clock(one.due_at, zone), missing=one.missing, of=one.of)
        found.append(
            Cause(
                kind="digest not delivered",
                subject=f"{one.report} {one.period}",
                slot=one.state,
                level=level_of(office.plan, "digest not delivered"),
                title=one_line(f"The {one.report} report for {one.period} {words}"),
                text=told(
                    f"The {one.report} report for {one.period} {words}.",
                    _WHY[one.state],
                    acts("", office.on_call, office.names),
                ),
                command=f"commsleads report {one.report} --period {one.period}",
                caused_at=one.due_at,
                owner=office.on_call,
                evidence=(f"{one.report} {one.period}",),
            )
        )
    return found
