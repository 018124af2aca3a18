"""Commands for responses: list them with their evidence, mark one by hand, set one aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local, show_json
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commsleads.app import App
    from commsleads.responses import Response, Target

response = group("response", "Responses to campaigns, each with its evidence.")


@command(of=response, name="list")
@click.option("--campaign", required=True, metavar="ID")
@click.option("--cta", default="", metavar="ID", help="Only those to this call to action.")
@click.option("--target", default="", metavar="ID", help="Only those of this target: its id, address or name.")
@click.option("--aside", is_flag=True, help="Only those that do not count.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def list_(ctx: click.Context, *, campaign: str, cta: str, target: str, aside: bool, limit: int, as_json: bool) -> None:
    """The responses to a campaign, the newest first: who, what, when, and by which evidence."""
    from commsleads.campaigns.targets import the_one
    from commsleads.store.campaigns import responses, targets

    app = opened(ctx)
    with app.engine.session() as session:
        found = the_campaign(app, session, campaign)
        whose = the_one(session, target, found.id).id if target else ""
        given = responses.of_campaign(session, found.id)
        known = {one.id: one for one in targets.of_campaign(session, found.id)}
    rows = [
        _row(one, known)
        for one in reversed(given)
        if cta in ("", one.cta) and whose in ("", one.target) and not (aside and one.counts)
    ]
    at = local(app)
    answer(
        rows[: limit or None],
        {
            "id": lambda row: row["id"],
            "at": lambda row: at(row["at"]),
            "call to action": lambda row: row["cta"] or "not known which",
            "kind": lambda row: row["kind"],
            "channel": lambda row: row["channel"],
            "target": lambda row: row["who"] or "-",
            "what": lambda row: "does not count" if not row["counts"] else "did it" if row["did"] else "a step",
        },
        as_json=as_json,
        beneath=lambda row: f"{row['why']} ({row['evidence']})",
    )


def _row(one: Response, known: Mapping[str, Target]) -> dict[str, Any]:
    from commsleads.store.engine import stamp

    target = known.get(one.target)
    who = (target.name or target.outlet or target.email) if target else ""
    return one._asdict() | {"at": stamp(one.at), "target": one.target or None, "who": who or None}


@command(of=response)
@click.option("--campaign", required=True, metavar="ID")
@click.option("--cta", required=True, metavar="ID", help="The call to action that it answers.")
@click.option("--kind", required=True, metavar="KIND", help="phone, event or referral.")
@click.option("--target", default="", metavar="WHO", help="Whose it is: the id, address or name of a target.")
@click.option("--at", "when", default="", metavar="TIME", help="When it came, such as 2026-11-16T09:00; else now.")
@click.option("--note", default="", help="What happened, in a sentence.")
@by
def add(ctx: click.Context, *, campaign: str, cta: str, kind: str, officer: str, as_json: bool, **said: str) -> None:
    """Mark a response that no machine can see: somebody called, came, or was sent by somebody."""
    from commsleads.campaigns import responding

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = responding.add(
            desk.session,
            the_campaign(app, desk.session, campaign),
            cta,
            kind,
            at=day(app, said["when"]) if said["when"] else desk.now,
            now=desk.now,
            zone=desk.zone,
            by=desk.who.id,
            target=said["target"],
            note=said["note"],
        )
    what = "Marked" if done.new else "It stands there already"
    _said(done.response, what, as_json=as_json)


@command(of=response, name="set-aside")
@click.argument("ident", metavar="ID")
@click.option("--why", required=True, help="The reason.")
@by
def set_aside(ctx: click.Context, *, ident: str, why: str, officer: str, as_json: bool) -> None:
    """Let a response not count. It stays to be seen with the reason, and its target's status stays where it is."""
    from commsleads.campaigns import responding

    app: App = opened(ctx)
    with at_desk(app, officer) as desk:
        done = responding.set_aside(desk.session, ident, why, now=desk.now, by=desk.who.id)
    _said(done, "Set aside", as_json=as_json)


@command(of=response)
@click.argument("ident", metavar="ID")
@by
def undo(ctx: click.Context, *, ident: str, officer: str, as_json: bool) -> None:
    """Let a response that was set aside stand as it stood before."""
    from commsleads.campaigns import responding

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = responding.undo(desk.session, ident, now=desk.now, by=desk.who.id)
    _said(done, "Taken up again", as_json=as_json)


def _said(one: Response, what: str, *, as_json: bool) -> None:
    if as_json:
        show_json(_row(one, {}))
        return
    counts = "" if one.counts else f" It does not count: {one.why}"
    click.echo(f"{what}: response {one.id} to {one.campaign}.{counts}")
