"""The web process: web."""

from __future__ import annotations

import logging
import sys

import click

from commsleads.cli.group import command, opened


@command(json=False)
@click.option("--listen", metavar="ADDRESS:PORT", default="", help="Where to listen, instead of [web] listen.")
def web(ctx: click.Context, listen: str) -> None:
    """Redirect the visitors of our links and keep their clicks, until stopped.

    The settings are read once, at the start: after a change of them stop it and start it again. New links are known
    within a second.
    """
    from commsleads.web.serving import Web

    process = Web(opened(ctx, prepare=False), listen)
    if sys.stderr.isatty() or logging.getLogger().isEnabledFor(logging.INFO):
        host, port = process.address
        click.echo(f"Listening on http://{host}:{port}{process.prefix} until Ctrl-C.", err=True)
    process.run()
