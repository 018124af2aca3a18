"""The commands of the lines-to-take library: `enquiry line add / list / show / approve / retire`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from commsleads.cli.answers import answer, show_json
from commsleads.cli.desk import enquiry
from commsleads.cli.desking import at_desk, by, harmless
from commsleads.cli.group import command, group, opened
from commsleads.cli.working import words_of

if TYPE_CHECKING:
    from datetime import date

line = group("line", "Lines to take: agreed words, in versions, with an owner and days on which they hold.", of=enquiry)


@command(of=line)
@click.argument("name")
@click.argument("text")
@click.option("--topic", default="")
@click.option("--owner", default="", metavar="OFFICER")
@click.option("--from", "since", default="", metavar="DAY", help="The first day on which it holds; today if left out.")
@click.option("--until", default="", metavar="DAY", help="The last day on which it holds.")
@click.option("--tag", "tags", multiple=True)
@by
def add(
    ctx: click.Context, *, name: str, text: str, topic: str, owner: str, since: str, until: str, tags: Sequence[str],
    officer: str, as_json: bool,
) -> None:  # fmt: skip
    """Write a line, or the next version of one; TEXT "-" reads standard input. Somebody else approves it."""
    from commsleads.desk import library

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        version = library.add(
            desk, name, words_of(text), topic=topic, owner=owner, valid_from=_day(since), valid_until=_day(until),
            tags=tags,
        )  # fmt: skip
        if as_json:
            show_json(library.told(desk, name)[-1])
        else:
            how = f"commsleads enquiry line approve {name}"
            click.echo(f"{name} v{version}. It goes out once somebody else approves it: {how}")


@command(of=line, name="list")
@click.option("--all", "everything", is_flag=True, help="Old, retired and unapproved versions too.")
@by
def list_(ctx: click.Context, *, everything: bool, officer: str, as_json: bool) -> None:
    """The lines in force today, and those that wait for an approval."""
    from commsleads.desk import library

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        rows = library.told(desk)
    shown = [row for row in rows if everything or row["in_force"] or not (row["approved_by"] or row["retired"])]
    answer(
        shown,
        {
            "line": lambda row: f"{row['id']} v{row['version']}",
            "topic": lambda row: row["topic"],
            "owner": lambda row: row["owner"],
            "until": lambda row: row["valid_until"] or "",
            "state": _state,
        },
        as_json=as_json,
        beneath=lambda row: harmless(row["text"]),
    )


def _state(row: dict[str, object]) -> str:
    if row["retired"]:
        return "retired"
    if row["in_force"]:
        return "in force"
    return "not in force" if row["approved_by"] else "not approved"


@command(of=line)
@click.argument("name")
@by
def show(ctx: click.Context, *, name: str, officer: str, as_json: bool) -> None:
    """Every version of a line."""
    from commsleads.desk import library

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        rows = library.told(desk, name)
    if as_json:
        show_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']} v{row['version']}, {_state(row)}, {row['owner']}\n  {harmless(row['text'])}")


@command(of=line)
@click.argument("name")
@click.option("--version", type=int, metavar="N", help="The newest if left out.")
@by
def approve(ctx: click.Context, *, name: str, version: int | None, officer: str, as_json: bool) -> None:
    """Approve a version: from then on it goes out as it stands. Not by who wrote it."""
    from commsleads.desk import library

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        chosen = library.approve(desk, name, version)
        if as_json:
            show_json(next(row for row in library.told(desk, name) if row["version"] == chosen))
        else:
            click.echo(f"{name} v{chosen} is approved.")


@command(of=line)
@click.argument("name")
@by
def retire(ctx: click.Context, *, name: str, officer: str, as_json: bool) -> None:
    """The line is not said any more."""
    from commsleads.desk import library

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        library.retire(desk, name)
        if as_json:
            show_json(library.told(desk, name))
        else:
            click.echo(f"{name} is retired.")


def _day(text: str) -> date | None:
    from datetime import date

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f'"{text}" is not a day. Write it as 2026-11-16.') from None
