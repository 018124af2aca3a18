"""Commands for how reports reach people: delivery list, settle, stops, stop, allow; and `report --send`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from commsleads.cli.answers import answer, local, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened
from commsleads.errors import ReportError

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.contract import Period
    from commsleads.store.engine import Row

delivery = group("delivery", "How reports reach people: what went out, what is in doubt, who wants no more.")

WELL = frozenset({"sent", "stopped", "waiting"})
"""States that nobody has to do anything about."""


class Forced(NamedTuple):
    """Sent again because a person says so: to whom (nobody named: everybody), who says so, whether to ask."""

    to: Sequence[str] = ()
    who: str = ""
    yes: bool = False


def send_now(ctx: click.Context, app: App, name: str, period: Period, forced: Forced | None, *, as_json: bool) -> None:
    """Mail a report because a person asks, and say what came of each delivery."""
    from commsleads import jobs
    from commsleads.store import deliveries

    with app.engine.session() as session:
        gone = {
            (row["recipient"], row["turn"])
            for row in deliveries.of(session, name, period.label)
            if row["state"] == "sent"
        }
    if forced is None:
        rows = jobs.send_report(app, name, period)
    else:
        with at_desk(app, forced.who) as desk:
            who = desk.who.id
        many = ", ".join(forced.to) or "everybody it is for"
        if not forced.yes and sys.stdin.isatty():
            click.confirm(f"Mail the {name} report for {period.label} again to {many}?", abort=True)
        rows = jobs.send_again(app, name, period, to=forced.to, who=who)
    if as_json:
        show_json(rows)
    else:
        told = local(app)
        for row in rows:
            before = f" before, {told(row['at'])}" if (row["recipient"], row["turn"]) in gone else ""
            error = f" - {row['error']}" if row["error"] else ""
            click.echo(unharmed(f"{row['recipient']}: {row['state']}{before}{error}"))
        _advise(rows)
    ctx.exit(0 if all(row["state"] in WELL for row in rows) else 1)


def _advise(rows: Sequence[Row]) -> None:
    """What to type about a delivery of which nobody knows."""
    for row in rows:
        if row["state"] == "sending":
            settle = f"commsleads delivery settle {row['name']} {row['recipient']} --period {row['period']}"
            click.echo(unharmed(f"Did it arrive? {settle} --arrived; else: {settle} --again"), err=True)


@command(of=delivery, name="list")
@click.argument("name", default="")
@click.option("--period", default="", help="Only this edition, such as 2026-W47.")
@click.option("--doubtful", is_flag=True, help="Only those of which nobody knows whether they arrived.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="The newest.")
def list_(ctx: click.Context, *, name: str, period: str, doubtful: bool, limit: int, as_json: bool) -> None:
    """Who got which edition, and how that stands."""
    from commsleads.runs import lives
    from commsleads.store import deliveries

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        if doubtful:
            rows = deliveries.doubtful(session, app.now(), lives)
        elif name and period:
            rows = deliveries.of(session, name, period)
        else:
            rows = deliveries.newest(session, limit, name, period)
    answer(
        [row for row in rows if name in ("", row["name"]) and period in ("", row["period"])],
        {
            "report": lambda row: f"{row['name']} {row['period']}",
            "recipient": lambda row: row["recipient"],
            "as": lambda row: row["audience"],
            "state": lambda row: "in doubt" if row["state"] == "sending" else row["state"],
            "at": lambda row: told(row["at"]),
            "next try": lambda row: told(row["next_at"]),
            "turn": lambda row: f"{row['turn']} ({row['who']})" if row["turn"] > 1 else row["turn"],
        },
        as_json=as_json,
        beneath=lambda row: row["error"],
    )
    if not as_json:
        _advise([row for row in rows if doubtful])


@command(of=delivery)
@click.argument("name")
@click.argument("recipient")
@click.option("--period", required=True, help="The edition, such as 2026-W47.")
@click.option("--arrived", is_flag=True, help="They have it.")
@click.option("--again", is_flag=True, help="They do not have it: send it.")
@by
def settle(
    ctx: click.Context, *, name: str, recipient: str, period: str, arrived: bool, again: bool, officer: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Decide about a delivery of which nobody knows, after asking the recipient."""
    from commsleads import jobs, sending

    if arrived == again:
        raise click.UsageError("Say --arrived or --again, after asking whether it arrived.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        who = desk.who.id
    rows = sending.settle(app, name, period, recipient, arrived=arrived, who=who)
    if not rows:
        raise ReportError(f"Nothing to {recipient} is in doubt there. See: commsleads delivery list --doubtful")
    if again:
        jobs.deliver(app, jobs.never)
    _say({"settled": len(rows), "state": "sent" if arrived else "again"}, as_json, f"Settled: {len(rows)}.")


@command(of=delivery)
@click.option("--all", "lifted", is_flag=True, help="Those that were taken back, too.")
def stops(ctx: click.Context, *, lifted: bool, as_json: bool) -> None:
    """Who gets reports no more, since when and why."""
    from commsleads.store import stops as kept

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = list(kept.listed(session, lifted=lifted))
    answer(
        rows,
        {
            "recipient": lambda row: row["recipient"],
            "report": lambda row: row["name"] or "every one",
            "since": lambda row: told(row["at"]),
            "how": lambda row: row["how"],
            "by": lambda row: row["who"],
            "until": lambda row: told(row["lifted_at"]),
        },
        as_json=as_json,
        beneath=lambda row: row["why"],
    )


@command(of=delivery)
@click.argument("recipient")
@click.option("--report", "name", default="", help="Only of this report; else of every one.")
@click.option("--why", default="", help="Why.")
@by
def stop(ctx: click.Context, *, recipient: str, name: str, why: str, officer: str, as_json: bool) -> None:
    """Mail this address no more reports, until it is allowed again."""
    from commsleads.delivery.addresses import address
    from commsleads.store import stops as kept

    app = opened(ctx)
    bare = address(recipient).addr_spec
    with at_desk(app, officer) as desk:
        said = kept.Stop("person", why, desk.who.id)
        new = kept.stop(desk.session, bare, name, said, app.now())
    _say({"recipient": bare, "report": name, "new": new}, as_json, "Stopped." if new else "It was stopped already.")


@command(of=delivery)
@click.argument("recipient")
@click.option("--report", "name", default="", help="Only this report; else every one.")
@by
def allow(ctx: click.Context, *, recipient: str, name: str, officer: str, as_json: bool) -> None:
    """Mail this address reports again: it said so, or its mailbox is mended."""
    from commsleads.store import stops as kept

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        many = kept.allow(desk.session, recipient, name, app.now(), desk.who.id)
    _say({"recipient": kept.bare(recipient), "lifted": many}, as_json, f"Stops lifted: {many}.")


def _say(told: dict[str, Any], as_json: bool, words: str) -> None:
    if as_json:
        show_json(told)
    else:
        click.echo(words)
