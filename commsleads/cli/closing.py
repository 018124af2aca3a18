"""The commands that end an enquiry or begin it again."""

from __future__ import annotations

from typing import Any

import click

from commsleads.cli.desk import enquiry
from commsleads.cli.desking import at_desk, by, finish, read_version
from commsleads.cli.group import command, opened


@command(of=enquiry)
@click.argument("ref")
@click.option("--outcome", default="", help='What came of it, such as "covered, our words used" or "unknown".')
@click.option("--reason", default="", help="Why it is closed without an answer.")
@click.option("--lessons", default="")
@click.option("--minutes", type=click.IntRange(min=0), help="The time spent on it.")
@read_version
@by
def close(ctx: click.Context, *, ref: str, officer: str, as_json: bool, **given: Any) -> None:
    """Nobody works on it any more: what came of it, or why not."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.close(desk, ref, **given)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--reason", default="")
@read_version
@by
def reopen(ctx: click.Context, *, ref: str, reason: str, version: int | None, officer: str, as_json: bool) -> None:
    """Something came after the end: work on the same reference again."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.reopen(desk, ref, reason=reason, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--reason", default="")
@read_version
@by
def withdraw(ctx: click.Context, *, ref: str, reason: str, version: int | None, officer: str, as_json: bool) -> None:
    """The journalist does not need it any more."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.withdraw(desk, ref, reason=reason, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--of", "other", required=True, metavar="REF", help="The enquiry that it repeats.")
@read_version
@by
def duplicate(ctx: click.Context, *, ref: str, other: str, version: int | None, officer: str, as_json: bool) -> None:
    """It is the same enquiry as another."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.duplicate(desk, ref, other, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--to", "other", required=True, metavar="WHERE", help="Where the journalist was sent.")
@read_version
@by
def redirect(ctx: click.Context, *, ref: str, other: str, version: int | None, officer: str, as_json: bool) -> None:
    """It is no media enquiry, or not for us."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.redirect(desk, ref, other, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--reason", required=True)
@click.option("--told", is_flag=True, help="The journalist knows: it counts as an answer.")
@read_version
@by
def decline(
    ctx: click.Context, *, ref: str, reason: str, told: bool, version: int | None, officer: str, as_json: bool
) -> None:
    """We will not answer."""
    from commsleads.desk import ending

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        ending.decline(desk, ref, reason, told=told, version=version)
        finish(desk, ref, as_json=as_json)
