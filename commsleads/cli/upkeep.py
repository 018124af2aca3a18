"""Commands that keep the house: rebuild, backup."""

from __future__ import annotations

from pathlib import Path

import click

from commsleads.cli.answers import show_json
from commsleads.cli.group import command, opened


@command()
def rebuild(ctx: click.Context, as_json: bool) -> None:
    """Take all signals and mails in again and tell all leads anew: after a change of what is declared, or of rules."""
    from commsleads.desk import Desk
    from commsleads.desk.tracing import again as trace_again
    from commsleads.intake import rebuild as again
    from commsleads.intake.letters import rebuild as read_again
    from commsleads.intake.responses import rebuild as respond_again
    from commsleads.intake.touches import again as touch_again
    from commsleads.leads import agreeing
    from commsleads.leads.retelling import rebuild as tell_again

    app = opened(ctx)
    with app.engine.session() as session:
        count = again(session, app.intake(session))
        mails = read_again(session, app.letters, app.now())
        trace_again(Desk(session=session, settings=app.settings, now=app.now()))
        campaigns = app.campaigns(session)
        respond_again(session, app.settings, campaigns, app.now())
        terms = agreeing.ensure(session, app.settings, app.now())
        touch_again(session, app.settings, campaigns, app.now())
        leads = tell_again(session, terms, app.now())
    if as_json:
        show_json({"signals": count, "mails": mails, "leads": leads})
        return
    click.echo(f"{count} signals were taken in again" + (f", and {mails} mails." if mails else "."))
    if leads:
        were = "lead was" if leads == 1 else "leads were"
        click.echo(f"{leads:,} {were} told anew from what touched them.")


@command(json=False)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the database to FILE while everything goes on. Overwrites nothing."""
    app = opened(ctx)
    app.engine.copy_to(file)
    click.echo(f"Wrote {file}.")
