"""From a settings file to `Settings`, or to every mistake in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from commsleads import __version__
from commsleads.config import checks, fields, file, sources
from commsleads.config import reports as report_settings
from commsleads.config.notes import Notes, show
from commsleads.config.secrecy import refuse_values
from commsleads.config.sources import Plugins
from commsleads.config.tables import table, tables
from commsleads.config.values import Fetch, Organisation, Output, Run, Secrets, Settings, Smtp, Store
from commsleads.enquiries import DeskPlan
from commsleads.errors import ConfigError
from commsleads.plan import (
    AlertPlan,
    CalendarEntry,
    Campaign,
    ClickPlan,
    CriteriaPlan,
    GoalPlan,
    LinkPlan,
    Outlet,
    ReportPlan,
    Watch,
    WebPlan,
)

T = TypeVar("T")

KNOWN = (
    "organisation", "desk", "store", "run", "fetch", "smtp", "secrets", "output", "links", "clicks", "web", "alerts",
    "criteria", "watches", "outlets", "campaigns", "goals", "calendar", "sources", "reports",
)  # fmt: skip
"""The tables of the file: first those that come once, then those that come often."""


def load(path: Path, plugins: Plugins) -> Settings:
    """Read, check and complete the settings. Raises `ConfigError` with one sentence for each mistake."""
    content = file.read(path)
    text, tree = file.parse(content, path.name)
    notes = Notes(tree)
    try:
        refuse_values(text, notes)
        settings = _settings(tree, path.absolute(), plugins, notes)
    except RecursionError:
        raise ConfigError([f"{path.name} is nested too deeply to be a settings file."]) from None
    if problems := notes.all():
        raise ConfigError(problems)
    digest = hashlib.blake2b(__version__.encode() + b"\0" + content, digest_size=16).hexdigest()
    return replace(
        settings, digest=digest, secret_names=tuple(notes.secret_names), remarks=tuple(checks.remarks(settings))
    )


def _settings(tree: dict[str, Any], path: Path, plugins: Plugins, notes: Notes) -> Settings:
    """The settings as far as they make sense; the caller throws them away when something was noted."""
    fields.prepare()
    for key in tree:
        if key not in KNOWN:
            notes.unknown("", key, KNOWN)
    organisation = _single(Organisation, "organisation", tree, notes)
    desk = _single(DeskPlan, "desk", tree, notes)
    store = _single(Store, "store", tree, notes)
    run, fetch = _single(Run, "run", tree, notes), _single(Fetch, "fetch", tree, notes)
    secrets = _single(Secrets, "secrets", tree, notes)
    output = _single(Output, "output", tree, notes)
    links = _single(LinkPlan, "links", tree, notes)
    clicks, web = _single(ClickPlan, "clicks", tree, notes), _single(WebPlan, "web", tree, notes)
    alerts = _single(AlertPlan, "alerts", tree, notes)
    criteria = _single(CriteriaPlan, "criteria", tree, notes)
    smtp = table(Smtp, tree["smtp"], "smtp", notes) if "smtp" in tree else None
    checks.smtp(smtp, notes)
    checks.desk(desk, notes)
    checks.links(links, notes)
    checks.alerts(alerts, desk, notes)
    watches, outlets = _many(Watch, "watches", tree, notes), _many(Outlet, "outlets", tree, notes)
    campaigns, reports = _many(Campaign, "campaigns", tree, notes), _many(ReportPlan, "reports", tree, notes)
    found = sources.read(tree.get("sources", []), plugins, notes, path.parent)
    checks.names(tree, notes)
    checks.watches(watches, notes)
    checks.outlets(outlets, notes)
    checks.campaigns(campaigns, tree, notes)
    goals = _many(GoalPlan, "goals", tree, notes)
    checks.goals(goals, desk, notes)
    calendar = _many(CalendarEntry, "calendar", tree, notes)
    checks.calendar(calendar, notes)
    checks.reports(reports, tree, plugins.report_names() if reports else (), notes)
    reports = report_settings.read(reports, plugins, notes)
    return Settings(
        path=path,
        store_url=str(_place(_database(store.url, notes), "store.url", path.parent, notes)),
        output_folder=_place(output.folder, "output.folder", path.parent, notes),
        secrets_folder=_place(secrets.folder, "secrets.folder", path.parent, notes) if secrets.folder else None,
        organisation=organisation,
        desk=desk,
        run=run,
        fetch=fetch,
        watches=_good(watches),
        outlets=_good(outlets),
        campaigns=_good(campaigns),
        sources=found,
        reports=_good(reports),
        links=links,
        clicks=clicks,
        web=web,
        alerts=alerts,
        goals=_good(goals),
        calendar=_good(calendar),
        criteria_file=_place(criteria.file, "criteria.file", path.parent, notes) if criteria.file else None,
        smtp=smtp,
    )


def _single(cls: type[T], name: str, tree: Mapping[str, Any], notes: Notes) -> T:
    """A table that comes once; its defaults when it is absent or wrong."""
    found = table(cls, tree[name], name, notes) if name in tree else None
    return cls() if found is None else found


def _many(cls: type[T], name: str, tree: Mapping[str, Any], notes: Notes) -> list[T | None]:
    return tables(cls, tree.get(name, []), name, notes)


def _good(found: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)


def _database(url: str, notes: Notes) -> str:
    """The path of the database file; addresses of servers are refused in words."""
    if "://" in url:
        server = url.partition(":")[0] in {"postgres", "postgresql"}
        why = "PostgreSQL is not there yet" if server else f"{show(url)} is not a path"
        notes.wrong("store.url", f'must be the path of a file, such as "commsleads.db"; {why}')
    elif not url:
        notes.wrong("store.url", 'is empty; give the path of a file, such as "commsleads.db"')
    return url


def _place(given: str, where: str, folder: Path, notes: Notes) -> Path:
    """A path of the file as an absolute one: `~` is the home, the rest is relative to the settings file."""
    try:
        return Path(os.path.normpath(folder / Path(given).expanduser()))
    except RuntimeError:  # no such user
        notes.wrong(where, f"is {show(given)}, and there is no such home folder")
        return folder
