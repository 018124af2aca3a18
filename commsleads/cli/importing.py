"""The command of lists: `target import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import show_json, unharmed
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, opened
from commsleads.cli.targets import target

if TYPE_CHECKING:
    from commsleads.campaigns.importing import Imported

KINDS = ("contact", "outlet", "organisation", "person")
"""As `responses.TARGET_KINDS`: said again, so that asking for help imports nothing."""
SHOWN = 20
"""Bad and doubtful rows that are told to people; a program is told all."""


@command(of=target, name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--campaign", required=True, metavar="ID")
@click.option("--group", "part", default="", help="The group they are of; or a column tells it.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME", help="email=E-Mail, or email=3 for the third."
)
@click.option("--sheet", default="", help="Of a workbook: this sheet instead of the first.")
@click.option("--control", is_flag=True, help="They are held back on purpose, for comparison.")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"{', '.join(KINDS)}.")
@click.option("--basis", default="legitimate interest", show_default=True, help="Why we may keep their addresses.")
@click.option("--origin", default="", help="Where the list is from; else the name of the file.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@by
def import_(ctx: click.Context, *, file: Path, campaign: str, dry_run: bool, officer: str, as_json: bool,
            columns: Sequence[str], sheet: str, **how: Any) -> None:  # fmt: skip
    """Take the targets of a CSV, XLSX, ODS or XLS file into a campaign; the same list again brings nobody new."""
    from commsleads import lists
    from commsleads.campaigns.importing import Wanted, import_rows

    app = opened(ctx)
    origin = how.pop("origin") or f"list {file.name}"
    how["kind"] = how["kind"] or ""
    wanted = Wanted(group=how.pop("part"), columns=said(columns), origin=origin, **how)
    with at_desk(app, officer) as desk:
        found = the_campaign(app, desk.session, campaign)
        rows = lists.read(file, sheet)
        done = import_rows(
            desk.session, found, rows, wanted, zone=app.settings.organisation.zone, keep=app.settings.desk.keep,
            now=desk.now, by=desk.who.id, dry_run=dry_run,
        )  # fmt: skip
    if as_json:
        from dataclasses import asdict

        show_json(asdict(done))
    else:
        _imported_words(done, dry_run=dry_run)
    ctx.exit(1 if done.bad else 0)


def said(columns: Sequence[str]) -> dict[str, str]:
    """What `--column` says: fields, and the names of their columns."""
    found = {}
    for one in columns:
        field, equals, name = one.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"“{one[:60]}” is no column. Write it as email=E-Mail.")
        found[field.strip().lower().replace("-", "_")] = name
    return found


def _imported_words(done: Imported, *, dry_run: bool) -> None:
    verb = " (nothing was kept: --dry-run)" if dry_run else ""
    excluded = f"; {done.excluded} of them excluded" if done.excluded else ""
    lines = "1 row" if done.read == 1 else f"{done.read:,} rows"
    click.echo(f"{lines}: {done.new} new, {done.known} known, {len(done.bad)} bad{excluded}{verb}.")
    for what, rows in (("bad", done.bad), ("doubtful", done.doubtful)):
        for row in rows[:SHOWN]:
            click.echo(f"  row {row['row']}, {what}: it {unharmed(row['why'])}.", err=True)
        if len(rows) > SHOWN:
            click.echo(f"  and {len(rows) - SHOWN} more {what} rows; all of them with --json.", err=True)
    if done.unread:
        names = ", ".join(f"“{unharmed(name)[:40]}”" for name in done.unread[:SHOWN])
        click.echo(f"  columns not read: {names}", err=True)
    if done.bad:
        click.echo("Correct these rows and import the list again: nobody is taken in twice.", err=True)
    if not done.read:
        click.echo("The list has names of columns and nobody beneath them.", err=True)
