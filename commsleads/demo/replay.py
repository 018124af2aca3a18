"""Nine weeks in a few seconds: the program polls the newsroom while time passes for both.

The program is the real one with the real collectors; only its clock is ours. Nothing is put into its store from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from commsleads import jobs
from commsleads.app import App, build
from commsleads.contract import Document, Period
from commsleads.demo.newsroom import DAYS, MORNING, WEEKS, Calendar
from commsleads.demo.server import Server
from commsleads.errors import CommsleadsError
from commsleads.rules.periods import period_of
from commsleads.store.reports import told

ROUNDS = (MORNING, time(13, 30), time(19, 30))
"""When the program runs on a day of the demo, in local time. A real one looks every minute."""
REPORT = "weekly"


class Told(NamedTuple):
    """What the replay came to."""

    digest: Document
    period: Period
    polls: int
    failed: int
    signals: int
    revised: int


def moments(calendar: Calendar) -> Iterator[datetime]:
    """Every moment at which the program runs, from the evening before week 1 to the morning after week 9."""
    yield calendar.at("0 sun 18:30")
    for week in range(1, WEEKS + 1):
        for day in DAYS:
            for clock in ROUNDS:
                yield calendar.at(f"{week} {day} {clock:%H:%M}")
    yield calendar.at(f"{WEEKS + 1} mon {MORNING:%H:%M}")


def replay(settings: Path, server: Server, progress: Callable[[datetime], None]) -> Told:
    """Run the program through all weeks, the last time over every source, and hand over the digest it wrote."""
    calendar = server.newsroom.calendar
    app = build(settings, clock=lambda: server.moment)
    polls = failed = signals = revised = 0
    times = list(moments(calendar))
    app.prepare()
    # One session stays open: the last one to close has SQLite tidy up its log and wait for the disk, each time.
    with app.engine.session():
        for moment in times:
            server.moment = moment
            came = jobs.once(app, every_source=moment == times[-1])
            polls += came["sources"]["polled"]
            failed += came["sources"]["failed"]
            signals += came["signals"]["new"]
            revised += came["signals"]["revised"]
            progress(moment)
    period = reported_week(app, calendar)
    with app.engine.session() as session:
        if period.label not in told(session, REPORT):
            raise CommsleadsError("The digest of the demo was not written.")
    return Told(jobs.write_report(app, REPORT, period), period, polls, failed, signals, revised)


def reported_week(app: App, calendar: Calendar) -> Period:
    """The week the demo tells: the last whole one before its final morning."""
    return period_of("week", calendar.monday - timedelta(days=7), app.settings.organisation.zone)
