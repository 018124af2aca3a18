"""The commands of one link: `link new / show / retire / qr`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import local, show_json, unharmed
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import at_desk, by, moment_of
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.campaigns.linking import Asking, Each, Made
    from commsleads.desk import Desk
    from commsleads.store.engine import Row, Session

link = group("link", "Links to hand out: made, listed, printed as QR codes, exported, checked, retired.")

NO_BASE = "Nobody can open this link from outside yet: say under [links] `base` where the redirector is reached."


@command(of=link)
@click.option("--campaign", "campaign_id", required=True, metavar="ID")
@click.option("--cta", required=True, metavar="ID", help="The call to action that it leads to.")
@click.option("--channel", required=True, metavar="ID", help="On which way it goes out, such as mail or print.")
@click.option("--group", "part", default="", metavar="NAME", help="The target group it is for; everybody if left out.")
@click.option("--vanity", default="", metavar="WORD", help="A word of your own, in any alphabet.")
@click.option("--expires", default="", metavar="DAY", help="The last day on which it leads anywhere.")
@click.option("--trap", is_flag=True, help="A link that no person sees: who opens it is a machine.")
@click.option("--per-target", is_flag=True, help="A link for each person of the campaign; see --yes-per-person.")
@click.option("--yes-per-person", is_flag=True, help="Yes, each click may become personal data of that person.")
@click.option("--qr", type=click.Path(path_type=Path, dir_okay=False), help="Write its QR code too, as .svg or .png.")
@by
def new(
    ctx: click.Context, *, campaign_id: str, cta: str, channel: str, part: str, vanity: str, expires: str, trap: bool,
    per_target: bool, yes_per_person: bool, qr: Path | None, officer: str, as_json: bool,
) -> None:  # fmt: skip
    """Make the link for a call to action on a channel. Doing it twice gives the same link."""
    from commsleads.campaigns import linking

    if per_target and qr:
        raise click.UsageError("--qr is for one link; export the links by person and print them by mail merge.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        asked = linking.Asking(
            the_campaign(app, desk.session, campaign_id), cta, channel, part, vanity, trap,
            moment_of(app, expires) if expires else None,
        )  # fmt: skip
        if per_target:
            _new_each(app, desk, asked, agreed=yes_per_person, as_json=as_json)
            return
        made = linking.make(desk.session, asked, channels=app.settings.links.channels, now=desk.now, by=desk.who.id)
        file = _draw(app, made.link["slug"], qr) if qr else None
    _tell(app, made, file, as_json=as_json)


def _tell(app: App, made: Made, file: Path | None, *, as_json: bool) -> None:
    told = picture(app, made.link)
    if as_json:
        show_json(told | {"new": made.new, "remarks": list(made.remarks), "qr": str(file) if file else None})
        return
    click.echo(f"{told['url']}{'' if made.new else '  (it was there)'}")
    click.echo(f"  leads to {unharmed(told['destination'])}")
    for remark in (*made.remarks, *([f"QR code: {file}"] if file else [])):
        click.echo(f"  {unharmed(remark)}")
    mind_base(app)


def _new_each(app: App, desk: Desk, asked: Asking, *, agreed: bool, as_json: bool) -> None:
    from commsleads.campaigns import linking
    from commsleads.errors import CampaignError

    if not agreed:
        raise CampaignError(linking.PRIVACY, "If that is what you want, say so with --yes-per-person.")
    done = linking.make_each(
        desk.session,
        asked,
        channels=app.settings.links.channels,
        zone=app.settings.organisation.zone,
        now=desk.now,
        by=desk.who.id,
    )
    if as_json:
        links = [picture(app, one.link) | {"new": one.new} for one in done.made]
        show_json({"links": links, "left_out": done.left_out, "privacy": linking.PRIVACY})
        return
    _tell_each(app, done, linking.PRIVACY)


def _tell_each(app: App, done: Each, privacy: str) -> None:
    fresh = sum(one.new for one in done.made)
    click.echo(f"{len(done.made):,} links by person, {fresh:,} of them new.")
    for why, n in sorted(done.left_out.items()):
        click.echo(f"  left out: {n:,}, {unharmed(why)}")
    if done.made:
        ends = local(app)(done.made[0].link["expires_at"])
        click.echo(f"  They lead nowhere from {ends} on. For a mail merge: commsleads link export --per-target")
    click.echo(f"  {privacy}")
    mind_base(app)


def kind_of(row: dict[str, Any]) -> str:
    if row["source"]:
        return f"of {row['source']}"
    return "trap" if row["trap"] else "by person" if row["target"] else "vanity" if row["vanity"] else ""


@command(of=link)
@click.argument("slug")
def show(ctx: click.Context, *, slug: str, as_json: bool) -> None:
    """One link: where it leads, what it is for, its clicks and what was done with it."""
    from commsleads.campaigns import linking
    from commsleads.store import history

    app = opened(ctx)
    with app.engine.session() as session:
        row = linking.found(session, slug)
        clicks = clicks_of(session, [row["id"]])[row["id"]]
        steps = history.of(session, "link", row["id"])
    told = picture(app, row)
    if as_json:
        show_json(told | {"clicks": clicks, "history": steps})
        return
    at = local(app)
    click.echo(told["url"])
    click.echo(f"  leads to {unharmed(told['destination'])}")
    group = f", group {unharmed(told['group'])}" if told["group"] else ""
    click.echo(f"  {told['campaign']} · {told['cta']} · {told['channel']}{group} · {kind_of(told) or 'link'}")
    ends = f", leads nowhere from {at(told['expires_at'])} on" if told["expires_at"] else ""
    click.echo(f"  made {at(told['made_at'])} by {unharmed(told['made_by'])}, {told['state']}{ends}")
    click.echo(
        f"  clicks: {clicks['certain_human']:,} certainly people, {clicks['best']:,} best figure, "
        f"{clicks['not_machine']:,} not certainly machines, {clicks['all']:,} in all"
    )
    for one in steps:
        click.echo(f"  {at(one['at'])} {one['what']} by {unharmed(one['who'])}")
    mind_base(app)


@command(of=link)
@click.argument("slug")
@by
def retire(ctx: click.Context, *, slug: str, officer: str, as_json: bool) -> None:
    """Let a link lead nowhere from now on. `link new` with the same words lets it lead on again."""
    from commsleads.campaigns import linking

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        row = linking.retire(desk.session, slug, now=desk.now, by=desk.who.id)
    if as_json:
        show_json(picture(app, row))
    else:
        click.echo(f"{row['slug']} leads nowhere from now on; who asks for it is counted.")


@command(of=link)
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def qr(ctx: click.Context, *, slug: str, file: Path, as_json: bool) -> None:
    """Write the QR code of a link to FILE, .svg or .png, for print."""
    from commsleads.campaigns import linking

    app = opened(ctx)
    with app.engine.session() as session:
        row = linking.found(session, slug)
    written = _draw(app, row["slug"], file)
    told = picture(app, row)
    media = {one.id: one.medium for one in app.settings.links.channels}
    remarks = []
    if told["state"] != "live":
        remarks.append(f"The link is {told['state']}: who scans the code finds nothing.")
    if media.get(row["channel"]) != "qr":
        remarks.append(f"Scans count with “{row['channel']}”. To tell paper apart make a link with --channel print.")
    if as_json:
        show_json({"url": told["url"], "file": str(written), "remarks": remarks})
        return
    click.echo(f"{written}: {told['url']}")
    for remark in remarks:
        click.echo(f"  {unharmed(remark)}")


def state_of(app: App, row: Row) -> str:
    from commsleads.store.engine import stamp

    if row["retired_at"]:
        return "retired"
    return "expired" if row["expires_at"] and row["expires_at"] <= stamp(app.now()) else "live"


def picture(app: App, row: Row) -> dict[str, Any]:
    """A link for a program, and for the lines that people read."""
    from commsleads.campaigns import linking

    return {
        "id": row["id"],
        "slug": row["slug"],
        "url": linking.address(app.settings.links.base, row["slug"]) if row["slug"] else row["external"],
        "campaign": row["campaign_id"],
        "cta": row["cta_id"],
        "channel": row["channel"],
        "group": row["part"],
        "target": row["target_id"],
        "source": row["source_id"],
        "external": row["external"],
        "destination": row["destination"],
        "vanity": bool(row["vanity"]),
        "trap": bool(row["trap"]),
        "state": state_of(app, row),
        "made_at": row["made_at"],
        "made_by": row["made_by"],
        "expires_at": row["expires_at"] or None,
    }


def clicks_of(session: Session, ids: list[str]) -> dict[str, dict[str, int]]:
    """The range of clicks of each link, from the counts by day."""
    from commsleads.rules.clicks import clicks
    from commsleads.store.campaigns import tallies

    counts: dict[str, dict[str, int]] = {link_id: {} for link_id in ids}
    for link_id, _, _, verdict, n in tallies.of_links(session, ids):
        counts[link_id][verdict] = counts[link_id].get(verdict, 0) + n
    return {link_id: clicks(found)._asdict() for link_id, found in counts.items()}


def _draw(app: App, slug: str, file: Path) -> Path:
    from commsleads.campaigns import linking
    from commsleads.campaigns.qr import write
    from commsleads.errors import CampaignError

    if not app.settings.links.base:
        raise CampaignError(f"A QR code needs the whole address. {NO_BASE}")
    return write(linking.address(app.settings.links.base, slug), file)


def mind_base(app: App) -> None:
    if not app.settings.links.base:
        click.echo(f"  {NO_BASE}")
