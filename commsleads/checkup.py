"""What `commsleads check` looks at: settings, plug-ins, schema, disk, and with `online` each source once.

It changes nothing but what an online check stores, which is what any poll stores.
"""

from __future__ import annotations

import shutil
from collections.abc import Sized
from pathlib import Path
from typing import TypedDict

from commsleads.app import App
from commsleads.errors import CommsleadsError, ConfigError
from commsleads.plan import ReportPlan

LITTLE = 200 * 1024 * 1024
"""Bytes of free disk below which a small press office has about a week left."""


class Line(TypedDict):
    """One thing looked at."""

    what: str
    ok: bool
    said: str


def look(app: App, *, online: bool = False) -> list[Line]:
    """Everything looked at, in the order in which a person would mend it."""
    settings = app.settings
    lines = [
        _line(
            "settings",
            f"{settings.path}: {_n(settings.sources, 'source')}, {_n(settings.watches, 'watch', 'watches')}, "
            f"{_n(settings.campaigns, 'campaign')}, {_n(settings.reports, 'report')}",
        )
    ]
    lines += _plugins(app)
    lines += _secrets(app)
    lines += _channels(app)
    lines += _criteria(app)
    schema = _schema(app)
    lines.append(schema)
    if schema["ok"] and schema["said"].endswith("up to date"):
        lines += _mails(app)
        lines += _agreed(app)
    lines.append(_disk(Path(settings.store_url).parent))
    lines += _advice(app)
    if online and all(line["ok"] for line in lines):
        lines += [*_mail_server(app), *_sources(app)]
    return lines


def _line(what: str, said: str, *, ok: bool = True) -> Line:
    return {"what": what, "ok": ok, "said": said}


def _n(things: Sized, one: str, many: str = "") -> str:
    return f"{len(things)} {one if len(things) == 1 else many or one + 's'}"


def _plugins(app: App) -> list[Line]:
    lines = []
    for kind in sorted({source.kind for source in app.settings.sources}):
        try:
            app.plugins.collector(kind)
            lines.append(_line(f"collector {kind}", "loaded"))
        except CommsleadsError as error:
            lines.append(_line(f"collector {kind}", str(error), ok=False))
    for plan in app.settings.reports:
        try:
            app.plugins.report(plan.name)
            lines.append(
                _line(f"report {plan.name}", f"every {plan.every}, for {', '.join(_readers(plan)) or 'files only'}")
            )
        except CommsleadsError as error:
            lines.append(_line(f"report {plan.name}", str(error), ok=False))
    return lines


def _readers(plan: ReportPlan) -> list[str]:
    """Who gets it, each with the version they get where it is not the team's."""
    others = (("director", plan.directors), ("analyst", plan.analysts))
    return [*plan.to, *(f"{one} (as {audience})" for audience, those in others for one in those)]


def _secrets(app: App) -> list[Line]:
    """Whether each secret that the settings name is there. What it is stays unsaid."""
    lines = []
    for name in sorted({name for _, name in app.settings.secret_names}):
        try:
            app.secret(name)
            lines.append(_line(f"secret {name}", "is there"))
        except CommsleadsError as error:
            lines.append(_line(f"secret {name}", str(error), ok=False))
    return lines


def _channels(app: App) -> list[Line]:
    """Whether each channel of alerts has an address that can be one. Nothing is sent."""
    if not app.settings.alerts.channels:
        return []
    from commsleads.alerting import problems

    return [
        _line(f"alerts {name}", wrong or "the address can be read; try it: commsleads alert test " + name, ok=not wrong)
        for name, wrong in problems(app).items()
    ]


def _criteria(app: App) -> list[Line]:
    """The file of the criteria, held against itself and our own people; a line for each mistake."""
    from commsleads.config import criteria as files
    from commsleads.leads.ground import officers
    from commsleads.rules.criteria.checks import contradictions

    path = app.settings.criteria_file
    called = str(path) if path else "those that come with the program"
    try:
        found = files.read(files.text_of_own().encode() if path is None else path)
    except ConfigError as error:
        return [_line("criteria", problem, ok=False) for problem in error.problems]
    if problems := contradictions(found, officers(app.settings)):
        return [_line("criteria", problem, ok=False) for problem in problems]
    said = f"{called}: {_n(found.engagement + found.fit, 'rule')}, {_n(found.stages, 'stage')}, {found.reading} reading"
    return [_line("criteria", said)]


def _agreed(app: App) -> list[Line]:
    """Whether the file says something else than what is in force: no mistake, so long as it is known."""
    from commsleads.leads import agreeing

    with app.engine.session() as session:
        differs = agreeing.differs(session, app.settings)
    return [_line("remark", differs)] if differs else []


def _schema(app: App) -> Line:
    try:
        pending = app.engine.pending()
    except CommsleadsError as error:
        return _line("database", str(error), ok=False)
    if pending:
        return _line("database", f"{app.settings.store_url}: the next run brings it up to date ({', '.join(pending)})")
    return _line("database", f"{app.settings.store_url}: up to date")


def _mails(app: App) -> list[Line]:
    """Mails that wait for somebody. Nothing is wrong with that, so long as somebody knows."""
    from commsleads.store import letters, review

    with app.engine.session() as session:
        waiting, unread, stuck = review.waiting(session), letters.aside_count(session), len(letters.stuck(session))
    lines = []
    if waiting:
        lines.append(_line("review", f"{_n(range(waiting), 'mail')} to look at: commsleads review list"))
    if unread:
        lines.append(_line("mails set aside", f"{unread} could not be read: commsleads mail aside"))
    if stuck:
        said = f"{_n(range(stuck), 'mail')} made a rule fail; tell us, and see: commsleads mail aside"
        lines.append(_line("mails not read", said, ok=False))
    return lines


def _disk(folder: Path) -> Line:
    if not folder.is_dir():
        return _line("disk", f"the folder {folder} does not exist; make it or change [store] url", ok=False)
    free = shutil.disk_usage(folder).free
    said = f"{free // 2**20:,} MiB free in {folder}"
    return _line("disk", said if free > LITTLE else said + "; make room soon", ok=free > LITTLE)


def _advice(app: App) -> list[Line]:
    """What is allowed and probably not meant."""
    return [_line("remark", remark) for remark in app.settings.remarks]


def _mail_server(app: App) -> list[Line]:
    """Whether the mail server answers and lets us in. Nothing is sent."""
    smtp = app.settings.smtp
    if smtp is None:
        return []
    from commsleads.delivery.post import Post

    try:
        with Post(smtp, app.secret(smtp.password_secret) if smtp.password_secret else "") as post:
            post.greet()
    except CommsleadsError as error:
        return [_line("mail server", str(error), ok=False)]
    return [_line("mail server", f"{smtp.host}:{smtp.port} answers; nothing was sent")]


def _sources(app: App) -> list[Line]:
    from commsleads import polling
    from commsleads.store.sources import listed

    app.prepare()
    declared = {source.id for source in app.settings.sources}
    polling.poll(app, only=sorted(declared))  # by name: whoever checks wants to know about the paused ones as well
    with app.engine.session() as session:
        return [
            _line(
                f"source {row['id']}",
                row["last_error"] or row["paused_why"] or f"can be read; {row['signals']} signals so far",
                ok=row["state"] == "ok",
            )
            for row in listed(session)
            if row["id"] in declared  # one that left the settings is nothing to mend
        ]
