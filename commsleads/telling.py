"""Reports told: each claimed by a row before it is written. How they reach people is `sending`.

What is due follows from the settings, the clock and the rows of `reports`; nothing here remembers anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commsleads.app import App
from commsleads.errors import CommsleadsError, ReportError
from commsleads.runs import lives, this_run
from commsleads.store import meta, reports, unnaming
from commsleads.store import signals as rows
from commsleads.store.engine import moment
from commsleads.store.stops import bare

if TYPE_CHECKING:
    from datetime import date, datetime

    from commsleads.contract import Document, Period
    from commsleads.plan import ReportPlan
    from commsleads.store.engine import Session

log = logging.getLogger(__name__)

Stopping = Callable[[], bool]


def never() -> bool:
    """Nobody asks this run to stop."""
    return False


def tell(app: App, stopping: Stopping) -> list[dict[str, str]]:
    """Write every report whose period has ended and that has no row yet; what became of each.

    Nothing is told while signals wait to be taken in, as in the middle of a rebuild: its figures would be too small.
    """
    done: list[dict[str, str]] = []
    for plan, period in due_reports(app):
        if stopping():
            break
        done += tell_one(app, plan, period)
    write_changed(app)
    _missing_files(app)
    return done


def due_reports(app: App) -> list[tuple[ReportPlan, Period]]:
    """The reports whose period has ended and that have no row yet. None while signals wait to be taken in."""
    if not app.settings.reports:
        return []
    from commsleads.rules.periods import due

    now, zone = app.now(), app.settings.organisation.zone
    with app.engine.session() as session:
        if rows.any_untried(session):
            return []
        since = moment(meta.get(session, "since")) or now
        return [
            (plan, period)
            for plan in app.settings.reports
            for period in due(plan, now, zone, reports.told(session, plan.name), since)
        ]


def addressed(plan: ReportPlan) -> dict[str, str]:
    """Who gets a report, each with the audience it is written for. Somebody in two lists gets the longer one, once."""
    found: dict[str, tuple[str, str]] = {}
    for audience, people in (("director", plan.directors), ("team", plan.to), ("analyst", plan.analysts)):
        found |= {bare(one): (one, audience) for one in people}
    return dict(found.values())


def tell_one(app: App, plan: ReportPlan, period: Period) -> list[dict[str, str]]:
    """Write one report, unless it is written or another run is at it; what became of it."""
    now = app.now()
    with app.engine.session() as session:
        reports.free_dead(session, lives)
        claimed = reports.claim(session, plan.name, period, now, run=this_run(), due_at=_due_at(app, plan, period))
        if claimed is None:  # another run is at it
            return []
        line = {"name": plan.name, "period": period.label, "state": "written"}
        try:
            document, made_of = _write(app, session, plan, claimed)
            # Without a mail server nothing is addressed: one that is set up later must not mail the past.
            to = addressed(plan) if app.settings.smtp else {}
            if not reports.written(session, claimed, document, to, now, **made_of):
                return []  # this run slept past its lease, and another told it
        except Exception as error:  # a report that fails must not keep the next one from being told
            log.exception("The report %s for %s failed", plan.name, period.label)
            reports.failed(session, claimed, f"{type(error).__name__}: {error}", now)
            return [line | {"state": "failed"}]
    _files(app, plan.name, period, document)
    return [line]


def _due_at(app: App, plan: ReportPlan, period: Period) -> datetime | None:
    """When it was to be told; None when somebody asks for it before, or for another length of time."""
    from commsleads.rules.periods import length_of, told_at

    at = told_at(plan, period, app.settings.organisation.zone) if length_of(period) == plan.every else None
    return at if at and at <= app.now() else None


def _write(app: App, session: Session, plan: ReportPlan, claimed: reports.Claimed) -> tuple[Document, dict[str, str]]:
    """The document, and what it can be made again of: what the facts were asked, the settings, the program."""
    from commsleads.facts.recorded import Recorded, kept_settings, recorded

    with session.snapshot():
        if rows.any_untried(session):
            raise ReportError("Signals are being taken in anew; it is told when that is done.")
        facts = Recorded(app.facts(session, cutoff=claimed.cutoff), claimed.period)
        document = app.plugins.report(plan.name).write(facts, claimed.period, _report_settings(app, plan))
    program = app.plugins.program(plan.name)
    return document, {"inputs": recorded(facts), "settings": kept_settings(plan.settings), "program": program}


def _report_settings(app: App, plan: ReportPlan) -> Any:
    return app.plugins.report(plan.name).Settings(**plan.settings)


def _files(app: App, name: str, period: Period, document: Document) -> None:
    from commsleads.delivery import write_files

    try:
        write_files(document, name, period, app.settings.output_folder)
    except ReportError as error:  # the document is in the database; the next pass tries again
        log.warning("%s", error)


def write_changed(app: App) -> None:
    """Where somebody was taken out of an edition, their name goes from its files as well. What is gone stays gone."""
    with app.engine.session() as session:
        changed = unnaming.editions(session)
    if not changed:
        return
    from commsleads.delivery import stem, write_files
    from commsleads.rules.periods import parse_period

    done, folder, zone = [], app.settings.output_folder, app.settings.organisation.zone
    with app.engine.session() as session:
        for name, period in changed:
            document = reports.document(session, name, period)
            try:
                if document and (folder / f"{stem(name, period)}.json").exists():
                    write_files(document, name, parse_period(period, zone), folder)
                done.append((name, period))
            except ReportError as error:  # the next pass tries again
                log.warning("%s", error)
        unnaming.written(session, done)


def _missing_files(app: App) -> None:
    """A run that was killed between the row and the file leaves the file to us."""
    with app.engine.session() as session:
        written = reports.recent(session, app.now() - timedelta(days=31))
    if not written:
        return
    from commsleads.delivery import stem
    from commsleads.rules.periods import parse_period

    zone = app.settings.organisation.zone
    with app.engine.session() as session:
        for row in written:
            file = app.settings.output_folder / f"{stem(row['name'], row['period'])}.html"
            if not file.exists():
                document = reports.document(session, row["name"], row["period"])
                if document:
                    _files(app, row["name"], parse_period(row["period"], zone), document)


def write_report(app: App, name: str, period: Period, chosen: Mapping[str, Any] | None = None) -> Document:
    """The report as a person asks for it: as it was told when it was, else as the figures stand now.

    With `chosen`, settings for this once, it is always written anew. Nothing is claimed or sent.
    """
    with app.engine.session() as session:
        if not chosen and (document := reports.document(session, name, period.label)):
            return document
        plan = next((plan for plan in app.settings.reports if plan.name == name), None)
        settings = app.plugins.report(name).Settings(**{**(plan.settings if plan else {}), **(chosen or {})})
        with session.snapshot():
            document = app.plugins.report(name).write(app.facts(session), period, settings)
        if document is None:
            raise CommsleadsError(f"The report {name} wrote nothing.")
        return document


def told_report(app: App, name: str, period: Period, day: date) -> Document:
    """The report as it had been told by the end of a day.

    Raises `CommsleadsError` when it had not: a report is never told for a day that is over, for it would know more.
    """
    from commsleads.rules.periods import midnight

    zone = app.settings.organisation.zone
    with app.engine.session() as session:
        at, document = reports.written_at(session, name, period.label), reports.document(session, name, period.label)
    if at is None or document is None:
        raise CommsleadsError(f"The report {name} for {period.label} was never told.")
    if at >= midnight(day + timedelta(days=1), zone):
        raise CommsleadsError(
            f"The report {name} for {period.label} had not been told by {day}: that was on "
            f"{at.astimezone(zone):%Y-%m-%d at %H:%M}."
        )
    return document
