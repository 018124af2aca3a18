"""Commands that keep the house: rebuild, backup."""

from __future__ import annotations

from pathlib import Path

import click

from commsleads.cli.answers import show_json
from commsleads.cli.group import command, opened


@command()
def rebuild(ctx: click.Context, as_json: bool) -> None:
    """Take every signal and every mail in again: after a change of watches, outlets, campaigns or rules."""
    from commsleads.desk import Desk
    from commsleads.desk.tracing import again as trace_again
    from commsleads.intake import rebuild as again
    from commsleads.intake.letters import rebuild as read_again
    from commsleads.intake.responses import rebuild as respond_again

    app = opened(ctx)
    with app.engine.session() as session:
        count = again(session, app.intake(session))
        mails = read_again(session, app.letters, app.now())
        trace_again(Desk(session=session, settings=app.settings, now=app.now()))
        respond_again(session, app.settings, app.campaigns(session), app.now())
    if as_json:
        show_json({"signals": count, "mails": mails})
    else:
        click.echo(f"{count} signals were taken in again" + (f", and {mails} mails." if mails else "."))


@command(json=False)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the database to FILE while everything goes on. Overwrites nothing."""
    app = opened(ctx)
    app.engine.copy_to(file)
    click.echo(f"Wrote {file}.")
