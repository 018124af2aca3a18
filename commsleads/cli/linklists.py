"""The commands of many links: `link list / export / check / orphans`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by, harmless
from commsleads.cli.group import command, opened
from commsleads.cli.links import NO_BASE, clicks_of, kind_of, link, mind_base, picture, state_of
from commsleads.errors import CommsleadsError

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.store.engine import Row, Session


@command(of=link, name="list")
@click.option("--campaign", "campaign_id", default="", metavar="ID", help="Only the links of this campaign.")
@click.option("--per-target", is_flag=True, help="The links by person too, each on a line.")
@click.option("--all", "everything", is_flag=True, help="Ended ones too.")
def list_(ctx: click.Context, *, campaign_id: str, per_target: bool, everything: bool, as_json: bool) -> None:
    """The links there are, with their clicks: people as far as can be told, of all."""
    app = opened(ctx)
    with app.engine.session() as session:
        rows = _chosen(app, session, campaign_id, per_target=per_target or as_json, everything=everything or as_json)
        counted = clicks_of(session, [row["id"] for row in rows])
        shown = [picture(app, row) | {"clicks": counted[row["id"]]} for row in rows]
    answer(
        shown,
        {
            "link": lambda row: row["slug"] or row["external"],
            "campaign": lambda row: row["campaign"],
            "asks": lambda row: row["cta"],
            "channel": lambda row: row["channel"],
            "group": lambda row: row["group"],
            "kind": kind_of,
            "state": lambda row: row["state"],
            "clicks": lambda row: f"{row['clicks']['best']:,} of {row['clicks']['all']:,}",
        },
        as_json=as_json,
    )
    if rows and not as_json and (base := app.settings.links.base):
        click.echo(f"Each of ours begins with {base}; whole: commsleads link show LINK", err=True)
    if rows and not as_json:
        mind_base(app)


@command(of=link)
@click.option("--since", default="", metavar="DAY", help="From this day on, such as 2026-11-16.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(min=1), help="How many, the most first.")
def orphans(ctx: click.Context, *, since: str, limit: int, as_json: bool) -> None:
    """Requests that led nowhere: of links that are unknown (misprinted, mistyped), expired or retired."""
    from commsleads.store.campaigns import orphans as rows

    app = opened(ctx)
    first = day(app, since).astimezone(app.settings.organisation.zone).date().isoformat() if since else ""
    with app.engine.session() as session:
        found = rows.listed(session, since=first, limit=limit)
    told = local(app)
    answer(
        found,
        {
            "asked for": lambda row: harmless(row["slug"]),
            "is": lambda row: row["why"],
            "times": lambda row: f"{row['n']:,}",
            "last": lambda row: told(row["last_at"]),
        },
        as_json=as_json,
    )


@command(of=link, json=False)
@click.option("--campaign", "campaign_id", default="", metavar="ID", help="Only the links of this campaign.")
@click.option("--format", "_", expose_value=False, type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--per-target", is_flag=True, help="Only the links by person, with name and address, for a mail merge.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file; standard output if left out.")
def export(ctx: click.Context, *, campaign_id: str, per_target: bool, out: Path | None) -> None:
    """Links as a table: slug, whole address and whom it is for. Only those that lead somewhere."""
    from commsleads.delivery import as_csv
    from commsleads.store.campaigns import targets

    app = opened(ctx)
    columns = ["slug", "url", "campaign", "cta", "channel", "group"]
    columns += ["target", "name", "outlet", "email"] if per_target else ["destination"]
    rows = []
    with app.engine.session() as session:
        people: dict[str, Any] = {}
        for row in _chosen(app, session, campaign_id, per_target=True, everything=False):
            if not row["slug"] or row["trap"] or bool(row["target_id"]) is not per_target:
                continue
            cells = picture(app, row)
            if per_target and not people.get(row["campaign_id"]):
                people[row["campaign_id"]] = {one.id: one for one in targets.of_campaign(session, row["campaign_id"])}
            if per_target:
                one = people[row["campaign_id"]].get(row["target_id"])
                if one is None or one.excluded or one.control:  # erased or excluded since
                    continue
                cells |= {"name": one.name, "outlet": one.outlet, "email": one.email}
            rows.append({name: cells[name] for name in columns})
    table = as_csv({"table": "links", "columns": columns, "links": rows}) or ""
    if out is None:
        click.echo(table, nl=False)
    else:
        try:
            out.write_text(table, encoding="utf-8-sig", newline="")
        except OSError as error:
            raise CommsleadsError(f"{out} cannot be written: {error.strerror}.") from error
        click.echo(f"{out}: {len(rows):,} links", err=True)
    if not app.settings.links.base:
        click.echo(f"commsleads: {NO_BASE}", err=True)


@command(of=link)
@click.option("--campaign", "campaign_id", default="", metavar="ID", help="Only the pages of this campaign.")
@click.option("--accept", default="", metavar="URL", help="This page is right as it was last seen; compare with that.")
@by
def check(ctx: click.Context, *, campaign_id: str, accept: str, officer: str, as_json: bool) -> None:
    """Look now at the pages that calls to action lead to: gone, moved, changed?"""
    from commsleads import landings

    app = opened(ctx)
    if accept:
        _accept(app, accept, officer)
    with app.engine.session() as session:
        only = [the_campaign(app, session, campaign_id).id] if campaign_id else None
    landings.check(app, everyone=True, only=only)
    with app.engine.session() as session:
        rows = landings.told(app, session, only)
    answer(
        rows,
        {
            "page": lambda row: row["url"],
            "for": lambda row: ", ".join(row["asked_by"]),
            "state": lambda row: row["state"],
            "since": lambda row: local(app)(row["since"]),
        },
        as_json=as_json,
        beneath=lambda row: row["note"],
    )


def _accept(app: App, url: str, officer: str) -> None:
    from commsleads.errors import NotFoundError
    from commsleads.store.campaigns import landings

    with at_desk(app, officer) as desk, desk.session.atomic():
        if not landings.accept(desk.session, url, desk.now, desk.who.id):
            known = ", ".join(row["url"] for row in landings.troubled(desk.session)) or "none"
            raise NotFoundError(f"No page {url[:200]} was seen that could be accepted. To be seen to: {known}")


def _chosen(app: App, session: Session, campaign_id: str, *, per_target: bool, everything: bool) -> list[Row]:
    from commsleads.store.campaigns import links

    if campaign_id:
        rows = links.of_campaign(session, the_campaign(app, session, campaign_id).id)
    else:
        rows = links.everything(session)
    return [
        row
        for row in rows
        if (per_target or not row["target_id"]) and (everything or state_of(app, row) == "live")
    ]  # fmt: skip
