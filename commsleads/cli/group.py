"""The group of all commands: the options they share, and our errors as words and exit codes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads import __version__
from commsleads.errors import CampaignError, CommsleadsError, ConfigError, LeadError

if TYPE_CHECKING:
    from commsleads.app import App


class Commands(click.Group):
    """The group of all commands: turns our errors into words and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ConfigError, CampaignError, LeadError) as error:
            for problem in error.problems:
                click.echo(f"commsleads: {problem}", err=True)
            ctx.exit(2)
        except CommsleadsError as error:
            click.echo(f"commsleads: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output has gone (`commsleads signals | head`): nothing failed.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


class Command(click.Command):
    """A command that says so when an option's value was forgotten: `--send-back --by ada` has no comment "--by"."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        names = {name for option in options for name in (*option.opts, *option.secondary_opts)}
        valued = {name for option in options if not option.is_flag and not option.count for name in option.opts}
        given = args[: args.index("--")] if "--" in args else args
        for name, value in pairwise(given):
            if name in valued and value in names:
                raise click.UsageError(f"{name} needs a value, but {value} follows it.", ctx)
        return super().parse_args(ctx, args)


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


def group(name: str, said: str, *, of: click.Group | None = None) -> click.Group:
    """A command that has commands of its own, such as `enquiry`."""

    def nothing() -> None:
        """The commands of a group do the work."""

    return (of or main).group(name=name, help=said)(nothing)


def command(
    *, json: bool = True, of: click.Group | None = None, name: str = ""
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that takes `--config` and, unless it shows nothing, `--json`; of a group, or of the program itself."""

    def make(function: Callable[..., Any]) -> click.Command:
        called = name or function.__name__.removesuffix("_").replace("_", "-")
        made = (of or main).command(name=called, cls=Command)(click.pass_context(function))
        made.params.append(
            click.Option(["--config"], metavar="FILE", help="The settings file.", expose_value=False, callback=remember)
        )
        if json:
            made.params.append(
                click.Option(["--json", "as_json"], is_flag=True, help="One JSON document, nothing else.")
            )
        return made

    return make
