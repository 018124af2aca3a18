"""Nine weeks in a few seconds: the program polls the newsroom while time passes for both.

The program is the real one with the real collectors; only its clock is ours. Nothing is put into its store from here.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from commsleads import alerting, jobs, polling
from commsleads.alerts.carrying import kept
from commsleads.app import App, build
from commsleads.contract import Document, Period
from commsleads.demo.campaigners import Campaigners
from commsleads.demo.campaigning import open_campaign_office
from commsleads.demo.clicking import open_stream
from commsleads.demo.folder import MAILBOX, write_lists
from commsleads.demo.handing import open_lead_office
from commsleads.demo.handlers import Handlers
from commsleads.demo.maildir import Maildir
from commsleads.demo.newsroom import DAYS, MORNING, WEEKS, Calendar
from commsleads.demo.officers import Officers
from commsleads.demo.pressoffice import open_press_office
from commsleads.demo.readers import Readers
from commsleads.demo.reading import looks, open_reading
from commsleads.demo.server import Server
from commsleads.demo.visiting import Redirector, Visitors
from commsleads.desk.looking import listed
from commsleads.errors import CommsleadsError
from commsleads.rules.periods import period_of
from commsleads.store.engine import Session
from commsleads.store.reports import told

ROUNDS = (MORNING, time(13, 30), time(19, 30))
"""When the program runs on a day of the demo, in local time. A real one looks every minute."""
REPORT = "weekly"
MAIL_SOURCE = "press-mail"
CAMPAIGN = "heat-next-door"
"""The one that runs, of which the answer card is told at the end."""
LOOKER = "tobias"
"""Who looks at the board at the end: an officer, to whom what is restricted is not shown."""


class Told(NamedTuple):
    """What the replay came to.

    `board` is what `looker`, one of the officers, sees of the open enquiries at the end (`at`); `sent_back` is the
    reference of one whose draft was sent back; `card` is the answer card of the running campaign.
    """

    digest: Document
    period: Period
    at: datetime
    failed: int
    news: int
    mails: int
    calls: int
    enquiries: int
    clicks: int
    alerts: int
    looker: str
    board: Sequence[Mapping[str, Any]]
    sent_back: str
    card: Mapping[str, Any]


def moments(calendar: Calendar) -> Iterator[datetime]:
    """Every moment at which the program runs, from the evening before week 1 to the morning after week 9."""
    yield calendar.at("0 sun 18:30")
    for week in range(1, WEEKS + 1):
        for day in DAYS:
            for clock in ROUNDS:
                yield calendar.at(f"{week} {day} {clock:%H:%M}")
    yield calendar.at(f"{WEEKS + 1} mon {MORNING:%H:%M}")


def replay(settings: Path, server: Server, progress: Callable[[datetime], None]) -> Told:
    """Run program and press office through all weeks, and hand over the digest and the board that came of it."""
    calendar = server.newsroom.calendar
    office, campaigns = open_press_office(calendar), open_campaign_office(calendar)
    app = build(settings, clock=lambda: server.moment)
    people = Officers(app, server.newsroom, office)
    campaigners = Campaigners(app, write_lists(settings.parent, campaigns))
    leads, handlers = open_lead_office(calendar), Handlers(app, settings.parent)
    reading, readers = open_reading(calendar), Readers(app, people)
    mailbox = Maildir(settings.parent / MAILBOX, office.mails)
    rounds = set(moments(calendar))
    office_moments = {one for one in office.moments() | looks(office) if one < max(rounds)}
    times = sorted(rounds | office_moments | {act.when for act in (*campaigns.acts, *leads.acts, *reading)})
    counts = Counter[str]()
    waiting, planned, handed, read = deque(office.acts), deque(campaigns.acts), deque(leads.acts), deque(reading)

    def at(moment: datetime) -> None:
        server.moment = moment

    app.prepare()
    # One session stays open: the last one to close has SQLite tidy up its log and wait for the disk, each time.
    with app.engine.session() as session, Redirector(app) as redirector, kept():
        visitors = Visitors(redirector, open_stream(calendar, campaigns), slug=campaigners.slug, at=at)
        for moment in times:
            counts["clicks"] += visitors.come(moment)
            at(moment)
            came = mailbox.deliver(moment)
            counts["mails"] += came
            if moment in rounds:
                redirector.note(session)
                _count(counts, jobs.once(app, every_source=moment == times[-1]))
            elif came or moment in office_moments:
                _look(app, counts, mail=bool(came))
            while waiting and waiting[0].when <= moment:
                people.do(session, waiting.popleft())
            while planned and planned[0].when <= moment:
                if campaigners.do(session, planned.popleft()):
                    redirector.look(session)
            while handed and handed[0].when <= moment:
                handlers.do(session, handed.popleft())
            while read and read[0].when <= moment:
                readers.do(session, read.popleft())
            progress(moment)
        visitors.close()
        return _told(app, session, people, counts)


def _count(counts: Counter[str], came: Mapping[str, Any]) -> None:
    counts["failed"] += came["sources"]["failed"]
    counts["enquiries"] += came["enquiries"]["new"]
    counts["alerts"] += came["alerts"]["sent"]


def _look(app: App, counts: Counter[str], *, mail: bool) -> None:
    """Between two rounds: the mailbox, when something has come, the clock of the desk, and what may not wait."""
    if mail:
        found = polling.poll(app, only=[MAIL_SOURCE])
        counts["failed"] += found.failed
        counts["enquiries"] += found.enquiries
    jobs.desk(app, jobs.never)
    alerting.alarm(app, jobs.never)
    counts["alerts"] += alerting.notify(app, jobs.never)


def _told(app: App, session: Session, people: Officers, counts: Counter[str]) -> Told:
    period = reported_week(app, people.room.calendar)
    if period.label not in told(session, REPORT):
        raise CommsleadsError("The digest of the demo was not written.")
    desk = people.desk(session, app.now(), LOOKER)
    sent_back = next(act.about for act in reversed(people.office.acts) if act.does == "send back")
    return Told(
        digest=jobs.write_report(app, REPORT, period),
        period=period,
        at=app.now(),
        failed=counts["failed"],
        news=session.query("SELECT COUNT(*) AS n FROM signals")[0]["n"],
        mails=counts["mails"],
        calls=len(people.office.calls),
        enquiries=counts["enquiries"] + len(people.office.calls),
        clicks=counts["clicks"],
        alerts=counts["alerts"],
        looker=desk.who.name,
        board=listed(desk),
        sent_back=people.reference(session, sent_back),
        card=_card(app, session, period),
    )


def _card(app: App, session: Session, period: Period) -> Mapping[str, Any]:
    """The answer card of the running campaign, as `campaign show --json` tells it."""
    report = app.plugins.report("campaign")
    document = report.write(app.facts(session), period, report.Settings(only=CAMPAIGN))
    card: Mapping[str, Any] = document.data["campaigns"][0]
    return card


def reported_week(app: App, calendar: Calendar) -> Period:
    """The week the demo tells: the last whole one before its final morning."""
    return period_of("week", calendar.monday - timedelta(days=7), app.settings.organisation.zone)
