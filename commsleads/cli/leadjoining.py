"""Leads that are one person: `lead merge / unmerge / apart / twins`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, show_json, unharmed
from commsleads.cli.desking import by
from commsleads.cli.group import command, opened
from commsleads.cli.leading import at_leads, lead, reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commsleads.leads.joining import Joined


@command(of=lead)
@click.argument("one", metavar="LEAD")
@click.argument("other", metavar="OTHER")
@click.option("--why", default="", help="Why they are one person.")
@by
def merge(ctx: click.Context, *, one: str, other: str, why: str, officer: str, as_json: bool) -> None:
    """Say that two leads or contacts are one person. It can be undone at any time, exactly."""
    from commsleads.leads import joining

    app = opened(ctx)
    with at_leads(app, officer) as work:
        done = joining.merge(work, one, other, why=why)
    undo = f"To undo it: commsleads lead unmerge {done.merge.id} --why TEXT"
    _tell(done, f"{done.merge.one} and {done.merge.other} are one lead now: {done.leads[0]}. {undo}", as_json=as_json)


@command(of=lead)
@click.argument("one", metavar="MERGE")
@click.argument("other", metavar="[OTHER]", default="")
@click.option("--why", default="", help="Why they are two people after all.")
@by
def unmerge(ctx: click.Context, *, one: str, other: str, why: str, officer: str, as_json: bool) -> None:
    """Undo a joining: MERGE is its id, or name the two whom it joined. All stands as if it had never been."""
    from commsleads.leads import joining

    app = opened(ctx)
    with at_leads(app, officer) as work:
        done = joining.unmerge(work, one, other, why=why)
    if len(done.leads) > 1:
        said = f"{done.merge.one} and {done.merge.other} are two leads again."
    else:
        said = f"Undone. {done.merge.one} and {done.merge.other} are one lead still, by way of others."
    _tell(done, said, as_json=as_json)


def _tell(done: Joined, said: str, *, as_json: bool) -> None:
    from commsleads.leads import pictures

    if as_json:
        show_json({"merge": pictures.merge(done.merge), "leads": list(done.leads)})
    else:
        click.echo(unharmed(said))


@command(of=lead)
@click.argument("one", metavar="LEAD")
@click.argument("other", metavar="OTHER")
@click.option("--why", default="", help="How you know.")
@by
def apart(ctx: click.Context, *, one: str, other: str, why: str, officer: str, as_json: bool) -> None:
    """Say that two are two people: they are never suggested for joining again."""
    from commsleads.leads import joining

    app = opened(ctx)
    with at_leads(app, officer) as work:
        first, second = joining.apart(work, one, other, why=why)
    if as_json:
        show_json({"one": first, "other": second})
    else:
        click.echo(f"{first} and {second} are two people, and are suggested no more.")


@command(of=lead)
@click.argument("who", metavar="[LEAD]", default="")
@click.option("--weak", is_flag=True, help="Those too who are alike by their names alone.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def twins(ctx: click.Context, *, who: str, weak: bool, limit: int, as_json: bool) -> None:
    """Who may be one person twice, with the reasons: for everybody, or for one. Nothing is joined by it."""
    from commsleads.leads.twins import twins as suggested

    app = opened(ctx)
    with reading(app) as work:
        found = suggested(work, who, weak=weak, limit=limit)
    if as_json:
        show_json(found.pairs)
    else:
        answer(
            found.pairs,
            {
                "one": lambda row: _person(row["one"]),
                "other": lambda row: _person(row["other"]),
                "ids": lambda row: f"{row['one']['id'][:8]} {row['other']['id'][:8]}",
            },
            as_json=False,
            beneath=lambda row: " ".join(row["reasons"]),
        )
        if found.pairs:
            click.echo(
                "\nIf they are: commsleads lead merge ID ID --why TEXT; if not: commsleads lead apart ID ID", err=True
            )
    _beside(found.found - len(found.pairs), found.left_out)


def _person(one: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (one["name"], one["outlet"], one["email"]))) or "no name"


def _beside(more: int, left_out: Mapping[str, int]) -> None:
    if more > 0:
        click.echo(f"{more:,} more; all of them with --limit 0.", err=True)
    for what, count in sorted(left_out.items()):
        click.echo(f"{count:,} were not compared: too many share {what}.", err=True)
