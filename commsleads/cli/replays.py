"""How an edition that was made again is shown: the same, or where it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commsleads.cli.answers import show_json, unharmed

if TYPE_CHECKING:
    from commsleads.app import App


def told_again(ctx: click.Context, app: App, name: str, period: str, *, as_json: bool) -> None:
    """Make an edition again and say whether it has the same bytes; the exit code is 1 when it has not."""
    from commsleads.replaying import replay

    found = replay(app, name, period)
    at = f"{found.told_at.astimezone(app.settings.organisation.zone):%Y-%m-%d %H:%M}" if found.told_at else ""
    if as_json:
        show_json(
            {
                "report": name,
                "period": period,
                "same": found.same,
                "told_at": found.told_at.isoformat() if found.told_at else None,
                "told_by": found.program,
                "made_by": found.now,
                "parts": [{"part": part.name, "same": part.same, "where": part.where} for part in found.parts],
            }
        )
    else:
        differ = [part for part in found.parts if not part.same]
        said = (
            f"all {len(found.parts)} parts have"
            if found.same
            else f"{len(differ)} of {len(found.parts)} parts have not"
        )
        click.echo(f"{name} {period}, told on {at} by {found.program or 'an earlier program'}: {said} the same bytes.")
        for part in differ:
            click.echo(f"  {unharmed(part.name)}: {unharmed(part.where)}")
        if differ and found.now != found.program:
            click.echo(f"It was made again by {found.now}.")
    if not found.same:
        ctx.exit(1)
