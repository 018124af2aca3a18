"""Commands that poll and report: once, run, poll."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import click

from commsleads.cli.answers import show_json
from commsleads.cli.group import command, opened


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
        if sources["failed"]:
            click.echo("What failed and what to do about it: commsleads sources", err=True)
    failed = came["sources"]["failed"] or any(report["state"] == "failed" for report in came["reports"])
    ctx.exit(1 if failed else 0)


@command(json=False)
@click.option("--web", is_flag=True, help="Be the web process too (see: commsleads web).")
def run(ctx: click.Context, web: bool) -> None:
    """Keep polling and reporting in the background until stopped.

    The settings are read once, at the start: after a change of them stop it and start it again.
    """
    from commsleads.runners.local import LocalRunner

    app = opened(ctx, prepare=False)
    if sys.stderr.isatty() or logging.getLogger().isEnabledFor(logging.INFO):
        click.echo(f"Watching {len(app.settings.sources)} sources until Ctrl-C. See: commsleads sources", err=True)
        if web:
            click.echo(f"Redirecting on http://{app.settings.web.listen}, as [web] listen says.", err=True)
    if not web:
        LocalRunner(app).run()
        return
    from commsleads.web.beside import run_beside

    run_beside(app, LocalRunner(app))


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
