"""Commands for targets: list, history, mark, exclude, hold-back, forget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local, show_json, unharmed
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.campaigns.targets import Advanced
    from commsleads.plan import Campaign
    from commsleads.responses import Target

COLUMNS = (
    "id", "campaign", "group", "kind", "name", "outlet", "email", "status", "excluded", "control", "contacted_at",
    "responded_at", "first_response",
)  # fmt: skip

target = group("target", "Targets: the people and outlets that a campaign aims at, one by one.")


@command(of=target, name="list")
@click.option("--campaign", required=True, metavar="ID")
@click.option("--group", "part", default="", help="Only this group.")
@click.option("--status", default="", help="Only those who stand here.")
@click.option("--to-write", is_flag=True, help="Only who is to be written to: not excluded, not held back.")
@click.option("--format", "form", type=click.Choice(["csv"]), metavar="FORMAT", help="csv.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all; csv and json: all.")
def list_(
    ctx: click.Context,
    *,
    campaign: str,
    part: str,
    status: str,
    to_write: bool,
    form: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Who is aimed at, and how far each has come."""
    from commsleads.rules.campaigns.statuses import named
    from commsleads.store.campaigns import targets

    app = opened(ctx)
    with app.engine.session() as session:
        found = the_campaign(app, session, campaign)
        wanted = named(found.statuses, status).name if status else ""
        members = targets.of_campaign(session, found.id, group=part, status=wanted)
        if part and not members:
            _known_group(found, part, {one.group for one in targets.of_campaign(session, found.id)})
    rows = [shown(one) for one in members if not to_write or not (one.excluded or one.control)]
    if form:
        click.echo(_csv(app, rows), nl=False)
        return
    told = local(app)
    answer(
        rows if as_json or not limit else rows[:limit],
        {
            "id": lambda row: row["id"],
            "group": lambda row: row["group"],
            "who": lambda row: ", ".join(filter(None, (row["name"], row["outlet"]))),
            "email": lambda row: row["email"],
            "status": lambda row: row["status"],
            "contacted": lambda row: told(row["contacted_at"]),
            "responded": lambda row: told(row["responded_at"]),
            "left out": lambda row: row["excluded"] or ("control" if row["control"] else ""),
        },
        as_json=as_json,
    )
    if not as_json and limit and len(rows) > limit:
        click.echo(f"{len(rows) - limit} more; all of them with --limit 0.", err=True)


def _known_group(campaign: Campaign, part: str, there: set[str]) -> None:
    from commsleads.errors import CampaignError

    names = {one.name for one in campaign.targets} | there
    if part not in names:
        known = f"There is: {', '.join(sorted(names))}." if names else "It has none."
        raise CampaignError(f"“{campaign.id}” has no group “{part[:60]}”. {known}")


def shown(one: Target) -> dict[str, Any]:
    """A target as JSON: None for a time that is not known."""
    from commsleads.store.engine import stamp

    told = {name: getattr(one, name) for name in COLUMNS}
    for name in ("contacted_at", "responded_at"):
        told[name] = stamp(told[name]) if told[name] else None
    return told


def _csv(app: App, rows: Sequence[Mapping[str, Any]]) -> str:
    """A table for a spreadsheet; a cell that it would take for a formula begins with an apostrophe."""
    from commsleads.delivery import as_csv

    zone = app.settings.organisation.timezone
    return as_csv({"table": "rows", "columns": COLUMNS, "rows": rows, "period": {"zone": zone}}) or ""


@command(of=target)
@click.argument("who", metavar="TARGET")
@click.option("--campaign", default="", metavar="ID", help="Which one is meant, when it is a target of several.")
def history(ctx: click.Context, *, who: str, campaign: str, as_json: bool) -> None:
    """Every step of a target, oldest first. TARGET is an id, an address or a name."""
    from commsleads.campaigns.targets import the_one
    from commsleads.store.campaigns import targets
    from commsleads.store.engine import stamp

    app = opened(ctx)
    with app.engine.session() as session:
        one = the_one(session, who, campaign)
        moves = [move._asdict() | {"at": stamp(move.at)} for move in targets.moves(session, one.id)]
    if as_json:
        show_json({"target": shown(one), "moves": moves})
        return
    told = local(app)
    click.echo(unharmed(", ".join(filter(None, (one.id, one.name, one.outlet, one.email, one.status)))))
    answer(
        moves,
        {
            "at": lambda row: told(row["at"]),
            "by": lambda row: row["by"],
            "from": lambda row: row["came_from"],
            "to": lambda row: row["status"],
            "why": lambda row: row["why"],
        },
        as_json=False,
    )


@command(of=target)
@click.argument("who", metavar="TARGET")
@click.option("--status", required=True, help="Where they stand now: contacted, responded, did it ...")
@click.option("--campaign", default="", metavar="ID", help="Which one is meant, when it is a target of several.")
@click.option("--at", "when", default="", metavar="TIME", help="Since when, if not now.")
@click.option("--why", default="", help="The reason; a step back needs one.")
@by
def mark(
    ctx: click.Context, *, who: str, status: str, campaign: str, when: str, why: str, officer: str, as_json: bool
) -> None:
    """Say how far a target has come. TARGET is an id, an address or a name."""
    from commsleads.campaigns.targets import mark as set_status
    from commsleads.campaigns.targets import the_one
    from commsleads.errors import CampaignError

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        at = day(app, when) if when else desk.now
        if at > desk.now:
            raise CampaignError("That time is yet to come: mark it when it has come.")
        one = the_one(desk.session, who, campaign)
        done = set_status(desk.session, one, status, at, desk.who.id, why=why)
    _finish(one, done, as_json=as_json)
    if done.first:
        click.echo(
            "A status is in no figure of how many did it. To have it counted, with what shows it: "
            f"commsleads response add --campaign {one.campaign} --cta ID --kind phone --target {one.id}",
            err=True,
        )


def _finish(one: Target, done: Advanced, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": one.id, **done._asdict()})
        return
    name = unharmed(one.name or one.outlet or one.email or one.id)
    first = " It is their first response." if done.first else ""
    click.echo(f"{name}: {done.status}.{first}" if done.moved else f"{name} stands at “{done.status}” already.")


@command(of=target)
@click.argument("who", metavar="TARGET")
@click.option("--why", default="", help="The reason; it is shown beside every figure.")
@click.option("--undo", is_flag=True, help="Take the target in again.")
@click.option("--campaign", default="", metavar="ID", help="Which one is meant, when it is a target of several.")
@by
def exclude(
    ctx: click.Context, *, who: str, why: str, undo: bool, campaign: str, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Leave a target out of all mailings, for a reason. TARGET is an id, an address or a name."""
    from commsleads.campaigns.targets import exclude as leave_out
    from commsleads.campaigns.targets import the_one

    if bool(why.strip()) == undo:
        raise click.UsageError("Say why they are left out (--why TEXT), or take them in again (--undo).")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        one = the_one(desk.session, who, campaign)
        done = leave_out(desk.session, one, desk.now, desk.who.id, why)
    if as_json:
        show_json({"id": one.id, "excluded": why, "changed": done})
        return
    said = ("taken in again" if undo else "left out") if done else ("not left out" if undo else "left out already")
    click.echo(f"{unharmed(one.name or one.outlet or one.email or one.id)} {'is' if done else 'was'} {said}.")


@command(of=target, name="hold-back")
@click.argument("campaign", metavar="CAMPAIGN")
@click.option("--share", "said", required=True, metavar="SHARE", help="Which part of each group, such as 0.1 or 10%.")
@click.option("--group", "part", default="", help="Of this group only.")
@click.option("--seed", default="", help="Another word draws others; the same one the same.")
@by
def hold_back(
    ctx: click.Context, *, campaign: str, said: str, part: str, seed: str, officer: str, as_json: bool
) -> None:
    """Hold back some targets at random, before the start: what they do anyway is what the others are compared with."""
    from commsleads.campaigns import holding

    share = _share(said)
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        found = the_campaign(app, desk.session, campaign)
        zone = app.settings.organisation.zone
        done = holding.hold_back(
            desk.session, found, share, seed, zone=zone, now=desk.now, by=desk.who.id, group=part
        )  # fmt: skip
    if as_json:
        show_json([one._asdict() for one in done])
        return
    for one in done:
        click.echo(f"{unharmed(one.group)}: {one.held} of {one.of} are held back, {one.new} of them new.")


def _share(said: str) -> float:
    """0.1 or 10%; what no group can have a share of is refused where it is drawn."""
    try:
        return float(said.removesuffix("%")) / (100 if said.endswith("%") else 1)
    except ValueError:
        raise click.UsageError(f"“{said[:40]}” is no share. Write 0.1 or 10% for one in ten.") from None


@command(of=target)
@click.argument("address")
@click.option("--why", default="", help="What they said, if it matters; no personal data.")
@by
def forget(ctx: click.Context, *, address: str, why: str, officer: str, as_json: bool) -> None:
    """Somebody does not want to be written to: erase them from all campaigns, and never take them in again."""
    from commsleads.campaigns import forgetting

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = forgetting.forget(desk.session, address, now=desk.now, by=desk.who.id, why=why)
    if as_json:
        show_json(done._asdict())
    else:
        n = done.erased
        erased = f"Erased from {n} {'place' if n == 1 else 'places'}" if n else "It stood in no campaign"
        click.echo(f"{erased}; not taken in from any list from now on.")
