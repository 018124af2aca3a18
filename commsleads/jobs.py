"""Every job, said once. Runners decide when and in which thread; here stands what.

Tables are the truth: what is due and what waits are rows, so a job that is lost or run twice does no harm. The only
thing that happens by the clock is the heartbeat, which asks `due` what there is to do.

==========  =====================================================  ============================================
job         what                                                   found by
==========  =====================================================  ============================================
poll        ask the sources that are due and keep what they bring  `sources.next_check_at`
take_in     the rules over signals and mails that wait             rows of `pending` and `letters_pending`
drain       clicks of the web process into the database            files in its folder
tell        write the reports that are due, as files               no row in `reports` for a period that ended
deliver     mail what is written and not sent                      rows of `deliveries`
desk        mark the enquiries whose deadline passed unanswered    open `enquiries` past `deadline_at`
judge       tell people's clicks from machines', and count them     hits without a verdict, or rules that are new
respond     find the responses to campaigns in what came           five minutes since the last pass
qualify     what touches people, and which leads follow from it    `evidence_waiting`, `leads_waiting`, `next_at`
cover       suggest which stories came of which enquiries          signals and enquiries newer than its marks
landings    look at the pages that calls to action lead to         `landings.next_check_at`
keep_cards  keep the answer cards as they stand on this day        an hour gone by, a new day, or soon midnight
index       full-text search catches up                            signals newer than its mark
alarm       raise what may not wait for the digest                 every heartbeat, by indices
notify      send alerts to the channels that carry them            rows of `alert_sends`
prune       forget what is of no use any more                      once a day
==========  =====================================================  ============================================
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsleads import alerting
from commsleads.app import App
from commsleads.runs import lives
from commsleads.sending import deliver, send_again, send_report
from commsleads.spool import folder_of
from commsleads.store import alerts, aside, deliveries, form, letters, meta, prints, stops
from commsleads.store import signals as rows
from commsleads.store import sources as timetable
from commsleads.store.campaigns import hits, responses
from commsleads.store.desk import tracing
from commsleads.store.desk.enquiries import any_lapsing
from commsleads.store.engine import Session, micros, moment, stamp
from commsleads.store.leads import evidence, waiting
from commsleads.telling import Stopping, due_reports, never, tell, told_report, write_changed, write_report

if TYPE_CHECKING:
    from commsleads.keeping import Round
    from commsleads.leads.retelling import Retold

__all__ = [
    "JOBS", "Job", "Stopping", "deliver", "due", "never", "once", "poll", "send_again", "send_report", "tell",
    "told_report", "write_report",
]  # fmt: skip

log = logging.getLogger(__name__)

POLLS_KEPT = timedelta(days=400)
"""A row of `polls` answers "why was this number low?" for a year and a bit."""
PRUNE_EVERY = timedelta(days=1)
RESPOND_EVERY = timedelta(minutes=5)
COVER_EVERY = timedelta(minutes=5)
"""Nobody waits for a suggestion."""
AGREED_ON = "leads_agreed_on"
"""The name in `meta` of what all leads were told on last, see `_ground`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing to do. `side_by_side` is how many of it may run at once: a slow round of polls must not delay the
    sources that fall due meanwhile."""

    name: str
    run: Callable[[App, Stopping], Any]
    side_by_side: int = 1


def poll(app: App, stopping: Stopping) -> Round:
    """Ask the sources that are due."""
    from commsleads import polling

    came = polling.poll(app, stopping=stopping)
    if came.polled:
        log.info("%d sources polled, %d failed, %d new signals", came.polled, came.failed, came.new)
    return came


def take_in(app: App, stopping: Stopping) -> int:  # noqa: ARG001 - a bite is short
    """Run the rules over what waits; how many signals and mails were taken in."""
    return _taken(app)[0]


def _taken(app: App) -> tuple[int, int]:
    """How many signals and mails were taken in, and how many enquiries were logged of these."""
    with app.engine.session() as session:
        signals = app.intake(session).take_in(session) if rows.any_waiting(session) else 0
        if not letters.any_waiting(session):
            return signals, 0
        tally = app.letters.take_in(session, app.now())
        return signals + tally.read, tally.enquiries


def index(app: App, stopping: Stopping) -> int:  # noqa: ARG001 - bites are short and `most` bounds them
    """Let the search catch up, a bounded piece at a time."""
    from commsleads.store import search

    with app.engine.session() as session:
        return search.catch_up(session, most=20_000)


def drain(app: App, stopping: Stopping) -> int:
    """Read the clicks that the web process has put down, whether it is alive or not; how many were new."""
    from commsleads.intake.hits import any_unread
    from commsleads.intake.hits import drain as read_all
    from commsleads.intake.salts import Salts

    folder, zone = _clicks(app), app.settings.organisation.zone
    if not folder.is_dir():
        return 0
    # A salt must not outlive its day because no web process runs.
    Salts(folder, zone).tend(app.now())
    with app.engine.session() as session:
        if not any_unread(session, folder):
            return 0
        return read_all(session, folder, app.now(), zone, stopping).hits


def _clicks(app: App) -> Path:
    return folder_of(Path(app.settings.store_url))


def desk(app: App, stopping: Stopping) -> int:  # noqa: ARG001 - a few rows
    """Mark the enquiries whose deadline has passed without an answer; how many."""
    now = app.now()
    with app.engine.session() as session:
        if not any_lapsing(session, stamp(now)):
            return 0
        from commsleads.desk import Desk
        from commsleads.desk.upkeep import lapse

        return lapse(Desk(session=session, settings=app.settings, now=now))


def judge(app: App, stopping: Stopping) -> int:
    """Verdicts on the hits that wait, and on all of them when the rules are new; how many changed."""
    with app.engine.session() as session:
        if not hits.any_after(session, -1):
            return 0
        from commsleads.intake.judging import Judging, own_hosts

        settings = app.settings
        own = own_hosts(app.campaigns(session), settings.links.base)
        return Judging(settings.clicks, settings.organisation.zone, own).judge(session, stopping=stopping)


def respond(app: App, stopping: Stopping) -> int:
    """Find the responses to campaigns in what came since; how many are new or changed."""
    with app.engine.session() as session:
        campaigns = app.campaigns(session)
        if not campaigns:
            return 0
        from commsleads.intake.responses import settle

        return settle(session, app.settings, campaigns, app.now(), stopping=stopping)


def qualify(app: App, stopping: Stopping) -> Retold:
    """Find what touched people since, and tell their leads anew; how many are new, and how many others changed."""
    from commsleads.leads import agreeing, retelling

    with app.engine.session() as session:
        if not _to_qualify(app, session):
            return retelling.Retold(0, 0)
        from commsleads.intake import touches

        now = app.now()
        terms = agreeing.ensure(session, app.settings, now)
        touches.look(session, app.settings, app.campaigns(session), now, stopping=stopping)
        done = retelling.retell(session, terms, now, stopping=stopping)
        meta.put(session, AGREED_ON, _ground(app, session))
        return done


def _to_qualify(app: App, session: Session) -> bool:
    """Whether there is evidence to look at, a lead whose log grew or whose time has come, or other terms."""
    if evidence.any_(session) or waiting.any_(session, app.now()):
        return True
    return meta.get(session, AGREED_ON) != _ground(app, session)


def _ground(app: App, session: Session) -> str:
    """What everybody's lead hangs on: the criteria in force, the settings, and the year that days off are known of."""
    rows = session.tuples("SELECT number, revision FROM terms ORDER BY number DESC, revision DESC LIMIT 1")
    return " ".join(map(str, (*(rows[0] if rows else ()), app.settings.digest, app.now().year)))


def cover(app: App, stopping: Stopping) -> int:
    """Suggest which of the newest stories came of which enquiries; how many."""
    now = app.now()
    with app.engine.session() as session:
        if not tracing.any_new(session, now):
            return 0
        from commsleads.desk import Desk
        from commsleads.desk.tracing import trace

        return trace(Desk(session=session, settings=app.settings, now=now), stopping=stopping)


def landings(app: App, stopping: Stopping) -> int:
    """Look at the pages that calls to action lead to, each once a day; how many are in another state than before."""
    from commsleads import landings as pages

    return pages.check(app, stopping=stopping)


def keep_cards(app: App, stopping: Stopping) -> int:
    """Keep the answer cards as they stand today; how many rows were written."""
    from commsleads import showing

    return showing.keep(app, stopping)


def prune(app: App, stopping: Stopping) -> None:  # noqa: ARG001
    """Once a day: forget old polls, fingerprints that no newcomer can match, and people whose time has come."""
    now = app.now()
    with app.engine.session() as session:
        last = moment(meta.get(session, "pruned_at"))
        if last and last <= now < last + PRUNE_EVERY:
            return
        from commsleads.campaigns import forgetting
        from commsleads.desk import Desk
        from commsleads.desk.upkeep import erase
        from commsleads.rules.dedupe import WINDOW

        with session.atomic():
            erase(Desk(session=session, settings=app.settings, now=now))
            forgetting.prune(
                session,
                app.campaigns(session),
                zone=app.settings.organisation.zone,
                keep=app.settings.desk.keep,
                now=now,
            )
            letters.forget(session, now)
            alerts.forget(session, stamp(now - alerting.KEPT))
            aside.forget(session, now)
            form.forget(session, now)
            deliveries.forget(session, now)
            stops.forget(session, now)
            session.execute("DELETE FROM polls WHERE at < :before", before=stamp(now - POLLS_KEPT))
            prints.forget(session, micros(now) - 2 * WINDOW)
            meta.put(session, "pruned_at", stamp(now))
    write_changed(app)


JOBS = {
    job.name: job
    for job in (
        Job(name="poll", run=poll, side_by_side=4),
        Job(name="take_in", run=take_in),
        Job(name="drain", run=drain),
        Job(name="tell", run=tell),
        Job(name="deliver", run=deliver),
        Job(name="desk", run=desk),
        Job(name="judge", run=judge),
        Job(name="respond", run=respond),
        Job(name="qualify", run=qualify),
        Job(name="cover", run=cover),
        Job(name="landings", run=landings),
        Job(name="keep_cards", run=keep_cards),
        Job(name="alarm", run=alerting.alarm),
        Job(name="notify", run=alerting.notify),
        Job(name="index", run=index),
        Job(name="prune", run=prune),
    )
}


def _pages_due(app: App, session: Session) -> bool:
    if not any(cta.destination for campaign in app.campaigns(session) for cta in campaign.ctas):
        return False
    from commsleads.landings import any_due

    return any_due(app, session)


def _cards_due(app: App, session: Session) -> bool:
    from commsleads.showing import any_due

    return any_due(app, session) and bool(app.campaigns(session))


def _of_people(app: App, session: Session) -> Iterable[Job]:
    """What is due of what people ask and do."""
    now = app.now()
    if any_lapsing(session, stamp(now)):
        yield JOBS["desk"]
    if _to_qualify(app, session):
        yield JOBS["qualify"]
    if tracing.any_new(session, now, every=COVER_EVERY):
        yield JOBS["cover"]


def due(app: App) -> Iterable[Job]:
    """The jobs that have something to do now, by the tables."""
    now = app.now()
    with app.engine.session() as session:
        timetable.free_dead(session, lives)
        if timetable.any_due(session, now):
            yield JOBS["poll"]
        if rows.any_waiting(session) or letters.any_waiting(session):
            yield JOBS["take_in"]
    if _clicks(app).is_dir():
        yield JOBS["drain"]
    if due_reports(app):
        yield JOBS["tell"]
    with app.engine.session() as session:
        if app.settings.smtp and deliveries.any_due(session, now):
            yield JOBS["deliver"]
    with app.engine.session() as session:
        yield from _of_people(app, session)
        if hits.any_after(session, -1):
            yield JOBS["judge"]
        if responses.due(session, now, RESPOND_EVERY) and app.campaigns(session):
            yield JOBS["respond"]
        if _pages_due(app, session):
            yield JOBS["landings"]
        if _cards_due(app, session):
            yield JOBS["keep_cards"]
        if alerting.any_ready(app, session):
            yield JOBS["notify"]
    yield JOBS["alarm"]
    yield JOBS["index"]
    yield JOBS["prune"]


def once(app: App, *, every_source: bool = False, stopping: Stopping = never) -> dict[str, Any]:
    """One full pass, in this thread; what came of it, in the shape of `commsleads once --json`.

    The search index is left to `run` and to those who search: it costs more than all the rest.
    """
    from commsleads import polling

    began = time.monotonic()
    app.prepare()
    came = polling.poll(app, everyone=every_source, stopping=stopping)
    logged = came.enquiries + _taken(app)[1]
    drain(app, stopping)
    judge(app, stopping)
    respond(app, stopping)
    desk(app, stopping)
    qualified = qualify(app, stopping)
    cover(app, stopping)
    landings(app, stopping)
    keep_cards(app, stopping)
    raised = alerting.alarm(app, stopping)
    alerted = alerting.notify(app, stopping)
    told = tell(app, stopping)
    deliver(app, stopping)
    prune(app, stopping)
    return {
        "seconds": round(time.monotonic() - began, 3),
        "sources": {
            "polled": came.polled,
            "not_modified": came.not_modified,
            "failed": came.failed,
            "skipped": came.skipped,
        },
        "signals": {"new": came.new, "revised": came.revised, "known": came.known},
        "stories": {"new": came.stories},
        "enquiries": {"new": logged},
        "leads": {"new": qualified.new, "touched": qualified.touched},
        "alerts": {"raised": raised, "sent": alerted},
        "reports": told,
    }
