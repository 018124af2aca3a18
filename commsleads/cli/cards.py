"""Commands that answer: campaign list, campaign show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, past_day, show_json
from commsleads.cli.campaigning import campaign, the_campaign
from commsleads.cli.group import command, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from commsleads.app import App
    from commsleads.facts.card_values import Card
    from commsleads.store.engine import Row


@command(of=campaign, name="list")
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """Every campaign: whom it aims at, how many did it, clicks by people, and its goal."""
    app = opened(ctx)
    with app.engine.session() as session, session.snapshot():
        rows = [_line(card) for card in app.facts(session).listed()]
    if rows or as_json:
        answer(rows, COLUMNS, as_json=as_json, beneath=_beneath)
    else:
        click.echo(
            "No campaign yet. Declare one with [[campaigns]] in the settings, or: commsleads campaign apply FILE"
        )


def _line(card: Card) -> Row:
    """A campaign in one line: N, how many did anything that was asked, clicks by people (best), and its goal."""
    return {
        "id": card.id,
        "name": card.name,
        "state": card.state,
        "starts_on": card.starts_on.isoformat() if card.starts_on else None,
        "ends_on": card.ends_on.isoformat() if card.ends_on else None,
        "targets": card.whom.aimed,
        "took": card.did.n,
        "unattributed": card.unattributed.total,
        "clicks": card.clicks.best if card.clicks else None,
        "leads": card.leads.n,
        "qualified": card.leads.qualified,
        "goal": card.leads.goal,
        "goal_of": card.leads.goal_of,
        "pace": card.pace.word if card.pace else None,
    }


def _or_dash(name: str) -> Callable[[Any], Any]:
    return lambda row: "–" if row[name] is None else row[name]


COLUMNS: dict[str, Callable[[Any], Any]] = {
    "id": lambda row: row["id"],
    "state": lambda row: row["state"],
    "N": _or_dash("targets"),
    "did it": _or_dash("took"),
    "unassigned": lambda row: row["unattributed"],
    "clicks": _or_dash("clicks"),
}


def _beneath(row: Row) -> str:
    """The name and the goal, whole: cut to a cell they would say nothing."""
    goal = f"goal, {row['goal']} {row['goal_of']}: {row['pace']}" if row["goal"] is not None else "no goal"
    return f"{row['name']}; {goal}"


@command(of=campaign)
@click.argument("name", metavar="ID")
@click.option("--period", default="", help="Compare coverage in this period, such as 2026-W47; else its last week.")
@click.option("--on", "then", default="", metavar="DAY", help="As it stood on that day, such as 2026-11-15.")
def show(ctx: click.Context, *, name: str, period: str, then: str, as_json: bool) -> None:
    """The answer card: whom we targeted, what we asked, how many did it, and what nobody can tell."""
    from commsleads import showing
    from commsleads.rules.periods import parse_period

    if period and then:
        raise click.UsageError("--period and --on do not go together: what was kept of a day is told as it was.")
    app = opened(ctx)
    if then:
        _show_on(app, name, past_day(app, then), as_json=as_json)
        return
    try:
        chosen = parse_period(period, app.settings.organisation.zone) if period else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with app.engine.session() as session, session.snapshot():
        the_campaign(app, session, name)
        document = showing.card(app, app.facts(session), name, chosen)
    if as_json:
        show_json(showing.data_of(document))
    else:
        click.echo(document.text.rstrip())


def _show_on(app: App, name: str, day: date, *, as_json: bool) -> None:
    """What was kept of that day. A campaign that is retired by now still has its days."""
    import json

    from commsleads import showing
    from commsleads.store.campaigns import shown

    with app.engine.session() as session:
        if shown.first(session, name) is None:
            the_campaign(app, session, name)
        found = showing.card_on(session, name, day)
    if as_json:
        show_json(json.loads(found.data))
    else:
        click.echo(f"{showing.as_it_stood(found, day, app)}\n\n{found.text}")
