"""Commands for the first day: init, check, demo."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from commsleads.cli.answers import show_json
from commsleads.cli.group import command, opened
from commsleads.errors import CommsleadsError


@command(json=False)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(ctx: click.Context, folder: Path) -> None:
    """Write a commented config.toml and the database into DIR. Overwrites nothing."""
    from importlib import resources

    file = folder / "config.toml"
    if file.exists():
        raise CommsleadsError(f"{file} is there already and was left as it is. Edit it, or name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as made:
            made.write(resources.files("commsleads").joinpath("config.example.toml").read_bytes())
    except OSError as error:
        raise CommsleadsError(f"{file} cannot be written: {error.strerror}. Name another folder.") from error
    ctx.obj["config"] = str(file)
    app = opened(ctx, prepare=False)
    # The example's feeds and watches stay out of the database: it begins with the person's own, at the first run.
    app.engine.migrate()
    click.echo(f"Wrote {file} and {app.settings.store_url}.")
    where = "" if str(folder) == "." else f" --config {shlex.quote(str(file))}"
    click.echo("Put your feeds, watch terms and campaigns into the file, then:")
    click.echo(f"  commsleads{where} check --online\n  commsleads{where} once")


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
