"""Commands for campaigns: apply, plan, retire, sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import local, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from commsleads.app import App
    from commsleads.campaigns.planning import Applied
    from commsleads.plan import Campaign
    from commsleads.rules.campaigns.changes import Change, Promise
    from commsleads.store.engine import Session

campaign = group("campaign", "Campaigns: what was planned, whom it aims at, what came of it.")


def the_campaign(app: App, session: Session, name: str) -> Campaign:
    """The campaign of that id. Raises `CampaignError` with the nearest."""
    from difflib import get_close_matches

    from commsleads.errors import CampaignError

    known = {one.id: one for one in app.campaigns(session)}
    if found := known.get(name):
        return found
    near = get_close_matches(name[:100].lower(), list(known), 1, 0.6)
    there = f"There is: {', '.join(list(known)[:20])}." if known else "Declare one with [[campaigns]], or apply a file."
    raise CampaignError(f"No campaign is called “{name[:60]}”. {f'Did you mean “{near[0]}”?' if near else there}")


@command(of=campaign)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@by
def apply(ctx: click.Context, *, file: Path, dry_run: bool, officer: str, as_json: bool) -> None:
    """Put the [[campaigns]] of FILE in force, written as in config.toml. Doing it twice changes nothing."""
    from commsleads.campaigns import planning
    from commsleads.config.applying import campaigns

    app = opened(ctx)
    settings = app.settings
    found = campaigns(
        file, watches=[watch.id for watch in settings.watches], owned={one.id for one in settings.campaigns}
    )
    with at_desk(app, officer) as desk:
        zone = settings.organisation.zone
        done = planning.apply(desk.session, found, zone=zone, now=desk.now, by=desk.who.id, dry_run=dry_run)
    if as_json:
        show_json([one._asdict() | {"changes": [change._asdict() for change in one.changes]} for one in done])
        return
    for one in done:
        click.echo(_applied_words(one, dry_run=dry_run))
    if any(one.what != "same" for one in done) and not dry_run:
        click.echo("What came before is tied to them by: commsleads rebuild", err=True)


def _applied_words(one: Applied, *, dry_run: bool) -> str:
    if one.what == "same":
        return f"{one.id}: nothing changed."
    verb = "would be " if dry_run else ""
    late = " It has begun: this is kept as a change of the plan." if one.started and one.what == "changed" else ""
    late = " It has begun, so this is no plan made before the start." if one.started and one.what == "new" else late
    return "\n".join([f"{one.id}: {verb}{one.what}.{late}", *_change_words(one.changes)])


def _change_words(changes: Sequence[Change]) -> list[str]:
    def said(text: str) -> str:
        return unharmed(text) or "not stated"

    return [f"  {unharmed(one.field)}: {said(one.was)} → {said(one.now)}" for one in changes]


@command(of=campaign)
@click.argument("name", metavar="ID")
def plan(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """What was promised before the start, and every change of it since."""
    from commsleads.campaigns import planning

    app = opened(ctx)
    with app.engine.session() as session:
        found = planning.promised(session, name, app.settings.organisation.zone)
        if found is None:
            the_campaign(app, session, name)
    if as_json:
        show_json(_promise_data(found))
    elif found is None:
        click.echo("No plan of it was written down yet.")
    else:
        click.echo(_promise_words(app, found))


def _promise_data(found: Promise | None) -> dict[str, Any] | None:
    import json

    from commsleads.store.campaigns.applied import written
    from commsleads.store.engine import stamp

    if found is None:
        return None
    return {
        "plan": json.loads(written(found.plan)),
        "stamped_at": stamp(found.stamped_at),
        "stamped_by": found.stamped_by,
        "late": found.late,
        "since": [
            {"at": stamp(one.at), "by": one.by, "changes": [change._asdict() for change in one.changes]}
            for one in found.since
        ],
    }


def _promise_words(app: App, found: Promise) -> str:
    from commsleads.rules.campaigns.changes import shown
    from commsleads.store.engine import stamp

    told, plan = local(app), found.plan
    lines = [f"{unharmed(plan.name or plan.id)}, as written down {told(stamp(found.stamped_at))} by {found.stamped_by}"]
    if found.late:
        lines.append(f"  {found.late}")
    lines += [
        f"  {word}: {unharmed(shown(value)) or 'not stated'}"
        for word, value in (
            ("objective", plan.objective), ("start", plan.starts_on), ("end", plan.ends_on), ("window", plan.window),
            ("goal", plan.goal),
        )
    ]  # fmt: skip
    lines += [f"  group “{unharmed(one.name)}”: {shown(one)}" for one in plan.targets]
    lines += [f"  call to action “{one.id}”: {unharmed(shown(one))}" for one in plan.ctas]
    for one in found.since:
        lines += [f"Changed {told(stamp(one.at))} by {one.by}", *_change_words(one.changes)]
    return "\n".join(lines)


@command(of=campaign)
@click.argument("name", metavar="ID")
@by
def retire(ctx: click.Context, *, name: str, officer: str, as_json: bool) -> None:
    """Take a campaign that was applied out of force. Its targets, links and responses stay."""
    from commsleads.campaigns import planning
    from commsleads.store.campaigns import links

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        owned = {one.id for one in app.settings.campaigns}
        planning.retire(desk.session, name, owned=owned, now=desk.now, by=desk.who.id)
        leading = [row for row in links.of_campaign(desk.session, name) if row["slug"] and not row["retired_at"]]
    if as_json:
        show_json({"id": name, "what": "retired"})
    else:
        click.echo(f"{name} is retired.")
        if leading:
            click.echo(f"{len(leading)} of its links still lead on: commsleads link list --campaign {name}", err=True)


def _beside(app: App, found: Campaign, at: datetime) -> str:
    """What somebody should know who tells of a mailing before or after the time that is measured; '' otherwise."""
    from commsleads.rules.campaigns.changes import begun

    zone = app.settings.organisation.zone
    if found.starts_on and not begun(found.starts_on, at, zone):
        return f"“{found.id}” begins on {found.starts_on}: what comes before that day is in no figure."
    if found.ends_on and at.astimezone(zone).date() > found.ends_on:
        return f"“{found.id}” ended on {found.ends_on}: what comes after its window is in no figure."
    return ""


@command(of=campaign)
@click.argument("name", metavar="ID")
@click.option("--channel", required=True, help="On which channel: mail, newsletter, press, social ...")
@click.option("--group", "part", default="", help="To this group; to all when left out.")
@click.option("--at", "when", default="", metavar="TIME", help="When it went out, if not now: 2026-11-16T09:00.")
@click.option("--n", type=click.IntRange(min=0), help="To how many, when they are not known one by one.")
@click.option("--note", default="", help="Anything else about it.")
@by
def sent(
    ctx: click.Context, *, name: str, channel: str, part: str, when: str, n: int | None, note: str, officer: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Say that something went out: its targets are contacted, and clicks right after it are looked at closely."""
    from commsleads.campaigns import mailing
    from commsleads.cli.answers import day

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        found = the_campaign(app, desk.session, name)
        channels = app.settings.links.channels
        at = day(app, when) if when else desk.now
        done = mailing.sent(
            desk.session, found, channel, channels=channels, at=at, now=desk.now, by=desk.who.id, group=part, n=n,
            note=note,
        )  # fmt: skip
    if as_json:
        show_json(done._asdict())
        return
    if not done.new:
        click.echo("This was told before; nothing changed.")
        return
    to = "an unknown number of people" if done.n is None else f"{done.n:,} {'target' if done.n == 1 else 'targets'}"
    click.echo(f"Noted: {unharmed(channel)}, {at.astimezone(app.settings.organisation.zone):%Y-%m-%d %H:%M}, to {to}.")
    if beside := _beside(app, found, at):
        click.echo(beside, err=True)
    out = sum(done.left_out.values())
    if out:
        reasons = ", ".join(f"{count} {unharmed(why)}" for why, count in sorted(done.left_out.items()))
        click.echo(
            f"{out} {'was' if out == 1 else 'were'} left out: {reasons}. See that they are not on the list used."
        )
