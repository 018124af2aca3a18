"""Commands for targets: import, list, history, mark, exclude, hold-back, forget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local, show_json, unharmed
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.campaigns.importing import Imported
    from commsleads.campaigns.targets import Advanced
    from commsleads.plan import Campaign
    from commsleads.responses import Target

KINDS = ("contact", "outlet", "organisation", "person")
"""As `responses.TARGET_KINDS`: said again, so that asking for help imports nothing."""
COLUMNS = (
    "id", "campaign", "group", "kind", "name", "outlet", "email", "status", "excluded", "control", "contacted_at",
    "responded_at", "first_response",
)  # fmt: skip
SHOWN = 20
"""Bad and doubtful rows that are told to people; a program is told all."""

target = group("target", "Targets: the people and outlets that a campaign aims at, one by one.")


@command(of=target, name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--campaign", required=True, metavar="ID")
@click.option("--group", "part", default="", help="The group they are of; or a column tells it.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME", help="email=E-Mail, or email=3 for the third."
)
@click.option("--sheet", default="", help="Of a workbook: this sheet instead of the first.")
@click.option("--control", is_flag=True, help="They are held back on purpose, for comparison.")
@click.option("--kind", default="", type=click.Choice(("", *KINDS)), show_choices=False, help=f"{', '.join(KINDS)}.")
@click.option("--basis", default="legitimate interest", show_default=True, help="Why we may keep their addresses.")
@click.option("--origin", default="", help="Where the list is from; else the name of the file.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@by
def import_(ctx: click.Context, *, file: Path, campaign: str, dry_run: bool, officer: str, as_json: bool,
            columns: Sequence[str], sheet: str, **how: Any) -> None:  # fmt: skip
    """Take the targets of a CSV, XLSX, ODS or XLS file into a campaign; the same list again brings nobody new."""
    from commsleads.campaigns import lists
    from commsleads.campaigns.importing import Wanted, import_rows

    app = opened(ctx)
    origin = how.pop("origin") or f"list {file.name}"
    wanted = Wanted(group=how.pop("part"), columns=_said(columns), origin=origin, **how)
    with at_desk(app, officer) as desk:
        found = the_campaign(app, desk.session, campaign)
        rows = lists.read(file, sheet)
        done = import_rows(
            desk.session, found, rows, wanted, zone=app.settings.organisation.zone, keep=app.settings.desk.keep,
            now=desk.now, by=desk.who.id, dry_run=dry_run,
        )  # fmt: skip
    if as_json:
        from dataclasses import asdict

        show_json(asdict(done))
    else:
        _imported_words(done, dry_run=dry_run)
    ctx.exit(1 if done.bad else 0)


def _said(columns: Sequence[str]) -> dict[str, str]:
    said = {}
    for one in columns:
        field, equals, name = one.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"“{one[:60]}” is no column. Write it as email=E-Mail.")
        said[field.strip().lower().replace("-", "_")] = name
    return said


def _imported_words(done: Imported, *, dry_run: bool) -> None:
    verb = " (nothing was kept: --dry-run)" if dry_run else ""
    excluded = f"; {done.excluded} of them excluded" if done.excluded else ""
    lines = "1 row" if done.read == 1 else f"{done.read:,} rows"
    click.echo(f"{lines}: {done.new} new, {done.known} known, {len(done.bad)} bad{excluded}{verb}.")
    for what, rows in (("bad", done.bad), ("doubtful", done.doubtful)):
        for row in rows[:SHOWN]:
            click.echo(f"  row {row['row']}, {what}: it {unharmed(row['why'])}.", err=True)
        if len(rows) > SHOWN:
            click.echo(f"  and {len(rows) - SHOWN} more {what} rows; all of them with --json.", err=True)
    if done.unread:
        names = ", ".join(f"“{unharmed(name)[:40]}”" for name in done.unread[:SHOWN])
        click.echo(f"  columns not read: {names}", err=True)
    if done.bad:
        click.echo("Correct these rows and import the list again: nobody is taken in twice.", err=True)
    if not done.read:
        click.echo("The list has names of columns and nobody beneath them.", err=True)


@command(of=target, name="list")
@click.option("--campaign", required=True, metavar="ID")
@click.option("--group", "part", default="", help="Only this group.")
@click.option("--status", default="", help="Only those who stand here.")
@click.option("--to-write", is_flag=True, help="Only who is to be written to: not excluded, not held back.")
@click.option("--format", "form", default="", type=click.Choice(("", "csv")), show_choices=False, help="csv.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all; csv and json: all.")
def list_(
    ctx: click.Context, *, campaign: str, part: str, status: str, to_write: bool, form: str, limit: int, as_json: bool
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
            raise CampaignError("That time is yet to come.")
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
@click.option("--share", required=True, type=float, help="Which part of each group, such as 0.1.")
@click.option("--group", "part", default="", help="Of this group only.")
@click.option("--seed", default="", help="Another word draws others; the same one the same.")
@by
def hold_back(
    ctx: click.Context, *, campaign: str, share: float, part: str, seed: str, officer: str, as_json: bool
) -> None:
    """Hold back some targets at random, before the start: what they do anyway is what the others are compared with."""
    from commsleads.campaigns import holding

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
        click.echo(f"Erased from {n} {'place' if n == 1 else 'places'}; not taken in again from any list.")
