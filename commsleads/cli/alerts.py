"""The commands of alerts: `alert list / show / useful / settle / test`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, local, show_json, unharmed
from commsleads.cli.desking import at_desk, by, harmless
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App

alert = group("alert", "Alerts: what could not wait for the digest, where it went, and whether it was worth it.")


@command(of=alert, name="list")
@click.option("--open/--all", "only_open", default=True, help="Those that nobody has settled (the usual), or all.")
@click.option("--since", default="", metavar="DAY", help="Raised on or after this day or time.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def list_(ctx: click.Context, *, only_open: bool, since: str, limit: int, as_json: bool) -> None:
    """Alerts, the newest first."""
    from commsleads.alerts import looking
    from commsleads.cli.answers import day
    from commsleads.store.engine import stamp

    app = opened(ctx)
    start = stamp(day(app, since)) if since else ""
    with app.engine.session() as session:
        rows = looking.listed(session, app.now(), only_open=only_open, since=start, most=limit)
    told = local(app)
    answer(
        rows,
        {
            "id": lambda row: row["id"][:8],
            "raised": lambda row: told(row["raised_at"]),
            "level": lambda row: row["level"],
            "kind": lambda row: row["kind"],
            "state": looking.state,
            "alert": lambda row: row["title"],
        },
        as_json=as_json,
    )


@command(of=alert)
@click.argument("ident", metavar="ID")
def show(ctx: click.Context, *, ident: str, as_json: bool) -> None:
    """One alert: what it said, what it rests on, where it went and who called it useful."""
    from commsleads.alerts import looking

    app = opened(ctx)
    with app.engine.session() as session:
        told = looking.shown(session, ident, app.now())
    if as_json:
        show_json(told)
    else:
        click.echo(_words(app, told))


def _words(app: App, told: dict[str, Any]) -> str:
    at = local(app)
    lines = [
        f"{told['title']}",
        f"{told['kind']}, {told['level']}, alert {told['id']}",
        "",
        harmless(told["text"]),
        "",
        f"Came about {at(told['caused_at'])}, raised {at(told['raised_at'])}",
    ]
    if told["settled_at"]:
        lines.append(f"Settled {at(told['settled_at'])}: {unharmed(told['settled_why'])}")
    for one in told["channels"]:
        when = f"next try {at(one['next_at'])}" if one["next_at"] else at(one["at"])
        lines.append(f"  {one['channel']}: {one['state']}, {when}{'. ' + one['error'] if one['error'] else ''}")
    if not told["channels"]:
        lines.append("  No channel carries it.")
    lines += [f"  {unharmed(one['voter'])}: {'useful' if one['useful'] else 'not useful'}" for one in told["useful"]]
    return "\n".join([*lines, "", f"See: {told['command']}"])


@command(of=alert)
@click.argument("ident", metavar="ID")
@click.argument("verdict", type=click.Choice(["yes", "no"]))
@by
def useful(ctx: click.Context, *, ident: str, verdict: str, officer: str, as_json: bool) -> None:
    """Say whether an alert was worth it. Your newest word counts."""
    from commsleads.alerts import judging, looking

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        row = judging.vote(desk.session, ident, voter=desk.who.id, useful=verdict == "yes", now=desk.now)
        told = looking.shown(desk.session, row["id"], desk.now)
    if as_json:
        show_json(told)
    else:
        click.echo(f"{told['title']}\nCounted as {'useful' if verdict == 'yes' else 'not useful'}.")


@command(of=alert)
@click.argument("ident", metavar="ID")
@click.option("--why", default="", help="Why nobody needs to act any more.")
@by
def settle(ctx: click.Context, *, ident: str, why: str, officer: str, as_json: bool) -> None:
    """Nobody needs to act on it any more. What has not gone out yet goes out no more."""
    from commsleads.alerts import judging, looking

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        row = judging.settle(desk.session, ident, who=desk.who.id, why=why, now=desk.now)
        told = looking.shown(desk.session, row["id"], desk.now)
    if as_json:
        show_json(told)
    else:
        click.echo(f"{told['title']}\nSettled: {unharmed(told['settled_why'])}.")


@command(of=alert)
@click.argument("channel")
def test(ctx: click.Context, *, channel: str, as_json: bool) -> None:
    """Send a test to a channel, now."""
    from commsleads import alerting

    left = alerting.test(opened(ctx), channel)
    if as_json:
        show_json({"channel": channel, "state": left.state, "why": left.why})
    elif left.state == "sent":
        click.echo(f"The test was taken by {channel}. Look whether it arrived.")
    else:
        click.echo(f"The test did not get through on {channel}. {left.why}", err=True)
    ctx.exit(0 if left.state == "sent" else 1)
