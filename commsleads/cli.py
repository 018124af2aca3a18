"""The command line. Thin: it asks `jobs` and the store, and prints. Heavy parts are imported inside the command.

Exit codes: 0 done, 1 something failed and was recorded, 2 usage or settings.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads import __version__
from commsleads.errors import CommsleadsError, ConfigError

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.store.engine import Row
    from commsleads.store.signals import Filter


class Commands(click.Group):
    """The group of all commands: turns our errors into words and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            for problem in error.problems:
                click.echo(f"commsleads: {problem}", err=True)
            ctx.exit(2)
        except CommsleadsError as error:
            click.echo(f"commsleads: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # The reader of our output has gone (`commsleads signals | head`): nothing failed.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="commsleads")
@click.option("--config", metavar="FILE", help="The settings file (else $COMMSLEADS_CONFIG, else ./config.toml).")
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice for details.")
@click.pass_context
def main(ctx: click.Context, config: str | None, verbose: int) -> None:
    """Turn calls to action and journalists' enquiries into measurable communications leads."""
    level = logging.DEBUG if verbose > 1 else logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(max(level, logging.WARNING))
    ctx.obj = {"config": config}


def settings_file(ctx: click.Context) -> Path:
    """The settings file this call is about."""
    from commsleads import config

    return config.find(ctx.obj["config"], os.environ, Path.cwd())


def opened(ctx: click.Context, *, prepare: bool = True) -> App:
    """The program for this call, its database brought up to date."""
    from commsleads.app import build

    app = build(settings_file(ctx))
    if prepare:
        app.prepare()
    return app


def remember(ctx: click.Context, option: click.Parameter, value: str | None) -> None:  # noqa: ARG001
    """`--config` may stand before or after the command."""
    if value:
        ctx.obj["config"] = value


def command(*, json: bool = True) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that takes `--config` and, unless it shows nothing, `--json`."""

    def make(function: Callable[..., Any]) -> click.Command:
        made = main.command(name=function.__name__.removesuffix("_").replace("_", "-"))(click.pass_context(function))
        made.params.append(
            click.Option(["--config"], metavar="FILE", help="The settings file.", expose_value=False, callback=remember)
        )
        if json:
            made.params.append(
                click.Option(["--json", "as_json"], is_flag=True, help="One JSON document, nothing else.")
            )
        return made

    return make


def show_json(value: Any) -> None:
    """One JSON document on standard output."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


# --- setting up ----------------------------------------------------------------------------------------------------


@command(json=False)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(ctx: click.Context, folder: Path) -> None:
    """Write a commented config.toml and the database into DIR. Overwrites nothing."""
    from importlib import resources

    file = folder / "config.toml"
    if file.exists():
        raise CommsleadsError(f"{file} is there already and was left as it is. Edit it, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as made:
        made.write(resources.files("commsleads").joinpath("config.example.toml").read_bytes())
    ctx.obj["config"] = str(file)
    app = opened(ctx)
    click.echo(f"Wrote {file} and {app.settings.store_url}.")
    click.echo("Put your feeds, watch terms and campaigns into the file, then: commsleads check && commsleads once")


@command()
@click.option("--online", is_flag=True, help="Ask each source once as well.")
def check(ctx: click.Context, online: bool, as_json: bool) -> None:
    """Look at settings, plug-ins, schema and disk; say what is wrong and what to do."""
    from commsleads.checkup import look

    app = opened(ctx, prepare=False)
    lines = look(app, online=online)
    bad = any(not line["ok"] for line in lines)
    if as_json:
        show_json(lines)
    else:
        for line in lines:
            click.echo(f"{'ok ' if line['ok'] else 'NO '} {line['what']}: {line['said']}")
    ctx.exit(1 if bad else 0)


@command(json=False)
@click.option("--dir", "folder", type=click.Path(path_type=Path), default="demo", show_default=True)
@click.option("--serve", is_flag=True, help="Keep the sample newsroom up until Ctrl-C.")
def demo(ctx: click.Context, folder: Path, serve: bool) -> None:
    """Poll a sample newsroom over loopback, end to end, and print its weekly digest."""
    from commsleads import demo as newsroom

    ctx.exit(newsroom.run(folder, serve=serve, say=click.echo))


# --- the schedule --------------------------------------------------------------------------------------------------


@command()
@click.option("--all", "every_source", is_flag=True, help="Poll every source, due or not.")
def once(ctx: click.Context, every_source: bool, as_json: bool) -> None:
    """One full pass: poll what is due, take in, write and send due reports."""
    from commsleads import jobs

    came = jobs.once(opened(ctx, prepare=False), every_source=every_source)
    if as_json:
        show_json(came)
    elif sys.stdout.isatty() or logging.getLogger().isEnabledFor(logging.INFO):
        sources, signals = came["sources"], came["signals"]
        click.echo(
            f"{sources['polled']} polled ({sources['not_modified']} unchanged, {sources['failed']} failed, "
            f"{sources['skipped']} asked us to wait) in {came['seconds']} s: {signals['new']} new signals in "
            f"{came['stories']['new']} new stories, {signals['revised']} edited."
        )
        for report in came["reports"]:
            click.echo(f"Report {report['name']} for {report['period']}: {report['state']}.")
    failed = came["sources"]["failed"] or any(report["state"] == "failed" for report in came["reports"])
    ctx.exit(1 if failed else 0)


@command(json=False)
def run(ctx: click.Context) -> None:
    """Keep polling and reporting in the background until stopped."""
    from commsleads.runners.local import LocalRunner

    LocalRunner(opened(ctx, prepare=False)).run()


@command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
def poll(ctx: click.Context, sources: Sequence[str], as_json: bool) -> None:
    """Poll these sources now, whatever their timetable says."""
    from commsleads import polling

    app = opened(ctx)
    known = {source.id for source in app.settings.sources}
    if missing := [name for name in sources if name not in known]:
        raise click.UsageError(f"No source is called {', '.join(missing)}. See: commsleads sources")
    polling.poll(app, only=sources)
    with app.engine.session() as session:
        from commsleads.store.sources import listed

        shown = [row for row in listed(session) if row["id"] in sources]
    if as_json:
        show_json(shown)
    else:
        for row in shown:
            click.echo(f"{row['id']}: {row['state']}{' - ' + row['last_error'] if row['last_error'] else ''}")
    ctx.exit(1 if any(row["state"] == "failing" for row in shown) else 0)


# --- looking -------------------------------------------------------------------------------------------------------


@command()
def sources(ctx: click.Context, as_json: bool) -> None:
    """Every source: its state, its last success, what went wrong."""
    from commsleads.store.sources import listed

    with opened(ctx).engine.session() as session:
        rows = listed(session)
    answer(
        rows,
        {
            "id": lambda row: row["id"],
            "state": lambda row: row["state"],
            "signals": lambda row: row["signals"],
            "last success": lambda row: row["last_success_at"] or "never",
            "next check": lambda row: row["next_check_at"],
            "said": lambda row: row["last_error"] or row["paused_why"] or row["note"],
        },
        as_json=as_json,
    )


@command()
@click.option("--source", default="", help="Only this source.")
@click.option("--since", default="", help="Only gaps that lasted beyond this day, such as 2026-11-16.")
def gaps(ctx: click.Context, source: str, since: str, as_json: bool) -> None:
    """The stretches in which a source was not observed. Not observed is not zero."""
    from commsleads.store import sources as timetable
    from commsleads.store.engine import stamp

    app = opened(ctx)
    with app.engine.session() as session:
        rows = timetable.gaps(session, since=stamp(day(app, since)) if since else "", source=source)
    answer(
        rows,
        {
            "source": lambda row: row["source"],
            "from": lambda row: row["start_at"],
            "to": lambda row: row["end_at"] or "now",
            "why": lambda row: row["why"],
        },
        as_json=as_json,
    )


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which signals or stories to list."""
    for option in (
        click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all."),
        click.option("--until", default="", help="First seen before this day or time."),
        click.option("--since", default="", help="First seen on or after this day or time, such as 2026-11-16."),
        click.option("--watch", default="", help="Only mentions of this watch."),
        click.option("--campaign", default="", help="Only what is attributed to this campaign."),
        click.option("--kind", default="", help="mention, entry, message, request or hit."),
        click.option("--source", default="", help="Only this source."),
    ):
        function = option(function)
    return function


@command()
@filters
def signals(ctx: click.Context, limit: int, as_json: bool, **chosen: str) -> None:
    """What the collectors saw, newest first."""
    from commsleads.store.signals import listed

    app = opened(ctx)
    with app.engine.session() as session:
        rows = listed(session, chosen_by(app, **chosen), limit=limit)
    answer(
        rows,
        {
            "first seen": lambda row: row["first_seen_at"],
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"] or row["text"],
            "watches": lambda row: ", ".join(watch["id"] for watch in row["watches"]),
            "id": lambda row: row["id"],
        },
        as_json=as_json,
    )


@command()
@filters
def stories(ctx: click.Context, limit: int, as_json: bool, **chosen: str) -> None:
    """Stories with their pickups, newest first."""
    from commsleads.store.signals import stories as told

    app = opened(ctx)
    with app.engine.session() as session:
        rows = told(session, chosen_by(app, **chosen), limit=limit)
    answer(
        rows,
        {
            "first seen": lambda row: row["first_seen_at"],
            "copies": lambda row: len(row["copies"]),
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"],
            "id": lambda row: row["id"],
        },
        as_json=as_json,
    )


@command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@click.option("--since", default="", help="First seen on or after this day.")
@click.option("--until", default="", help="First seen before this day.")
def search(ctx: click.Context, *, words: Sequence[str], limit: int, since: str, until: str, as_json: bool) -> None:
    """Signals and their stories that hold all these WORDS; "quoted words" are a phrase."""
    from commsleads.store import search as index
    from commsleads.store.signals import by_id

    app = opened(ctx)
    chosen = chosen_by(app, since=since, until=until)
    with app.engine.session() as session:
        index.catch_up(session)
        asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
        found = index.find(session, asked, limit=limit, since=chosen.since, until=chosen.until)
        rows = {row["id"]: row for row in by_id(session, [hit["id"] for hit in found])}
    shown = [rows[hit["id"]] | {"excerpt": hit["excerpt"]} for hit in found]
    answer(
        shown,
        {
            "first seen": lambda row: row["first_seen_at"],
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"],
            "excerpt": lambda row: row["excerpt"],
            "story": lambda row: row["story"],
        },
        as_json=as_json,
    )


@command(json=False)
@click.argument("name")
@click.option("--period", default="", help="Such as 2026-W47; the last one that has ended when left out.")
@click.option("--format", "form", type=click.Choice(["text", "html", "md", "json"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def report(ctx: click.Context, name: str, period: str, form: str, out: Path | None) -> None:
    """A report as it was told, or as the figures stand now if it was not."""
    from commsleads import jobs
    from commsleads.delivery import as_json
    from commsleads.rules.periods import parse_period, period_of, previous

    app = opened(ctx)
    zone = app.settings.organisation.zone
    if name not in app.plugins.report_names():
        raise click.UsageError(f"No report is called {name}. There is: {', '.join(app.plugins.report_names())}")
    if period:
        try:
            chosen = parse_period(period, zone)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    else:
        plan = next((plan for plan in app.settings.reports if plan.name == name), None)
        every = plan.every if plan else "week"
        (chosen,) = previous(period_of(every, app.now().astimezone(zone).date(), zone), every, zone, 1)
    document = jobs.write_report(app, name, chosen)
    told = {"text": document.text, "html": document.html, "md": document.markdown}
    content = as_json(document.data) if form == "json" else told[form]
    if out:
        out.write_text(content, encoding="utf-8")
        click.echo(f"Wrote {out}.", err=True)
    else:
        click.echo(content, nl=not content.endswith("\n"))


# --- upkeep --------------------------------------------------------------------------------------------------------


@command()
def rebuild(ctx: click.Context, as_json: bool) -> None:
    """Take every signal in again: after a change of watches, outlets, campaigns or rules."""
    from commsleads.intake import rebuild as again

    app = opened(ctx)
    with app.engine.session() as session:
        count = again(session, app.intake)
    if as_json:
        show_json({"signals": count})
    else:
        click.echo(f"{count} signals were taken in again.")


@command(json=False)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the database to FILE while everything goes on. Overwrites nothing."""
    app = opened(ctx)
    app.engine.copy_to(file)
    click.echo(f"Wrote {file}.")


# --- words ---------------------------------------------------------------------------------------------------------


def chosen_by(
    app: App,
    *,
    since: str = "",
    until: str = "",
    source: str = "",
    kind: str = "",
    campaign: str = "",
    watch: str = "",
) -> Filter:
    """The filter of `signals` and `stories`; days are the organisation's."""
    from commsleads.store.engine import micros
    from commsleads.store.signals import Filter

    found = Filter(source=source, kind=kind, campaign=campaign, watch=watch)
    if since:
        found = found._replace(since=micros(day(app, since)))
    return found._replace(until=micros(day(app, until))) if until else found


def day(app: App, text: str) -> Any:
    """A day (its beginning in the organisation's zone) or an instant that a person typed."""
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f'"{text}" is not a day or time. Write it as 2026-11-16 or 2026-11-16T09:00.') from None
    return (found if found.tzinfo else found.replace(tzinfo=app.settings.organisation.zone)).astimezone(UTC)


def answer(rows: Sequence[Row], columns: Mapping[str, Callable[[Row], Any]], *, as_json: bool) -> None:
    """Rows for a program (all of them, whole) or for people: columns cut to the terminal, an empty table said so."""
    import shutil

    if as_json:
        show_json(rows)
        return
    if not rows:
        click.echo("Nothing.")
        return
    heads = list(columns)
    texts = [[" ".join(str(cell(row)).split()) for cell in columns.values()] for row in rows]
    widths = [max(len(head), *(len(row[n]) for row in texts)) for n, head in enumerate(heads)]
    room = shutil.get_terminal_size((120, 24)).columns
    while sum(widths) + 2 * len(widths) > room and max(widths) > 24:
        widths[widths.index(max(widths))] -= 1
    for row in ([*heads], *texts):
        cells = [
            cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
