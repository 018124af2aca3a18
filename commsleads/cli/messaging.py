"""Commands for key messages: which stories carry them, and what people say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commsleads.cli.answers import answer
from commsleads.cli.coding import stretch, tell
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.store.engine import Row

message = group("message", "Key messages of campaigns: which stories carry them, how prominently, how rightly.")

PLACES = ("not there", "somewhere", "headline or lead")
RIGHT = ("wrong", "partly", "right")


@command(of=message, name="list")
@click.option("--campaign", default="", help="Only messages of this campaign.")
@click.option("--message", "wanted", default="", metavar="MESSAGE", help="Only this message.")
@click.option("--unchecked", is_flag=True, help="Only where no person has judged how right it is.")
@click.option("--since", default="", help="First seen on or after this day; else eight weeks ago.")
@click.option("--until", default="", help="First seen before this day or time.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def list_(
    ctx: click.Context,
    *,
    campaign: str,
    wanted: str,
    unchecked: bool,
    since: str,
    until: str,
    limit: int,
    as_json: bool,
) -> None:
    """The stories that carry key messages, newest first; where a phrase stands, and what people said."""
    from commsleads.coverage.coding import find_message
    from commsleads.errors import CoverageError
    from commsleads.facts.messages import listed

    app = opened(ctx)
    with app.engine.session() as session:
        campaigns = [one for one in app.campaigns(session) if campaign in ("", one.id)]
        if not campaigns:
            raise CoverageError(f"No campaign is called “{campaign[:60]}”. See: commsleads campaign list")
        about = find_message(wanted, campaigns) if wanted else ""
        found = listed(app.facts(session), campaigns, stretch(app, since, until), about=about)
    chosen: list[Row] = [one._asdict() for one in found if not (unchecked and one.accuracy is not None)]
    answer(
        chosen[: limit or None],
        {
            "story": lambda row: row["story"],
            "message": lambda row: row["about"],
            "stands": lambda row: PLACES[row["prominence"]],
            "phrase": lambda row: row["phrase"],
            "accuracy": lambda row: "unchecked" if row["accuracy"] is None else RIGHT[row["accuracy"]],
            "title": lambda row: row["title"],
        },
        as_json=as_json,
    )


@command(of=message, name="set")
@click.argument("story")
@click.argument("wanted", metavar="MESSAGE")
@click.option("--present/--absent", "present", default=None, help="Whether the story carries it at all.")
@click.option("--prominence", type=click.Choice(["0", "1", "2"]), help="2 headline or lead, 1 elsewhere, 0 not there.")
@click.option("--accuracy", type=click.Choice(["0", "1", "2"]), help="2 right, 1 partly, 0 wrong.")
@click.option("--why", default="", help="Why, in a few words.")
@by
def set_(
    ctx: click.Context,
    *,
    story: str,
    wanted: str,
    present: bool | None,
    prominence: str | None,
    accuracy: str | None,
    why: str,
    officer: str,
    as_json: bool,
) -> None:
    """Say whether STORY (an id or address) carries MESSAGE (its id, or CAMPAIGN/ID), how prominently, how rightly."""
    given = {"presence": None if present is None else str(int(present)), "prominence": prominence, "accuracy": accuracy}
    said = {what: value for what, value in given.items() if value is not None}
    _say(ctx, story, wanted, said, why=why, officer=officer, as_json=as_json)


@command(of=message)
@click.argument("story")
@click.argument("wanted", metavar="MESSAGE")
@click.option("--why", default="", help="Why, in a few words.")
@by
def unset(ctx: click.Context, *, story: str, wanted: str, why: str, officer: str, as_json: bool) -> None:
    """Take back all that was said of MESSAGE in STORY. What was said stays in its history: commsleads tone history."""
    said: dict[str, str] = {"presence": "", "prominence": "", "accuracy": ""}
    _say(ctx, story, wanted, said, why=why, officer=officer, as_json=as_json)


def _say(
    ctx: click.Context, story: str, wanted: str, said: dict[str, str], *, why: str, officer: str, as_json: bool
) -> None:
    from commsleads.coverage import coding

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = coding.set_message(
            desk.session,
            story,
            wanted,
            campaigns=app.campaigns(desk.session),
            given=said,
            who=desk.who.id,
            now=desk.now,
            why=why,
        )
    tell([one for one in done if one.changed] or done, as_json=as_json)
