"""What the commands of leads share: who is at work, moments that are to come, and what a verb answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import local, show_json, unharmed
from commsleads.cli.desking import at_desk
from commsleads.cli.group import group

if TYPE_CHECKING:
    from datetime import datetime

    from commsleads.app import App
    from commsleads.leads.record import Work

lead = group("lead", "Leads: what is offered to whom, what became of it, and how each came about.")

_AHEAD = re.compile(r"(\d{1,5}) ?([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}


@contextmanager
def at_leads(app: App, name: str) -> Iterator[Work]:
    """The leads, with this person at them. An officer who is not declared is refused, with the nearest name."""
    from commsleads.leads.record import Work

    with at_desk(app, name) as desk:
        yield Work(session=desk.session, settings=app.settings, now=desk.now, who=desk.who)


@contextmanager
def reading(app: App) -> Iterator[Work]:
    """The leads, for somebody who only looks."""
    from commsleads.enquiries import Officer
    from commsleads.leads.record import Work

    with app.engine.session() as session:
        yield Work(session=session, settings=app.settings, now=app.now(), who=Officer(id="commsleads"))


def seen(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--seen`: do it only when nothing has happened to the lead since it was looked at."""
    return click.option(
        "--seen", type=click.IntRange(min=0), metavar="N", help="Only if it is still as of N, as `lead show` told it."
    )(function)


def on(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--on`: as it stood then."""
    return click.option(
        "--on", "then", default="", metavar="DAY", help="As it stood at the end of that day, or at that time."
    )(function)


def back_then(app: App, text: str, now: datetime) -> datetime | None:
    """A moment that has been, for `--on`: the end of a day (now, of today), or a time; None for ''."""
    from commsleads.cli.desking import moment_of

    if not text:
        return None
    at, zone = moment_of(app, text), app.settings.organisation.zone
    return now if text == f"{now.astimezone(zone):%Y-%m-%d}" else at


def ahead(app: App, text: str) -> datetime:
    """A moment to come that a person typed: a day (its beginning), a time, or how long from now, such as 30d."""
    from datetime import timedelta

    from commsleads.cli.answers import day

    found = _AHEAD.fullmatch(text.strip().lower())
    if not found:
        try:
            return day(app, text)  # type: ignore[no-any-return]
        except click.UsageError:
            raise click.UsageError(
                f'"{text[:40]}" is no day, time or duration. Write 2026-12-01, 2026-12-01T09:00, or 12h, 30d, 6w.'
            ) from None
    hours = int(found[1]) * _HOURS[found[2]]
    return app.now() + timedelta(hours=min(hours, 10 * 366 * 24))


def finish(app: App, work: Work, ident: str, *, as_json: bool, said: str = "") -> None:
    """What a verb answers: the whole lead for a program, how it stands in a line for people."""
    from commsleads.leads import looking

    told = looking.shown(work, looking.seen(work, ident))
    if as_json:
        show_json(told)
        return
    click.echo(f"{stands(app, told)}{f' {said}' if said else ''}")


def stands(app: App, told: dict[str, Any]) -> str:
    """A lead in a line: who, how they stand, whose turn it is."""
    at = local(app)
    open_ = next((one for one in told["offers"] if not one["answer"]), None)
    status = {
        "offered": f"offered to {open_['to'] or 'nobody yet'}, to be answered by {at(open_['due_at'])}"
        if open_
        else "",
        "accepted": f"accepted, {told['owner']} has it",
        "rejected": f"rejected: {told['offers'][-1]['reason']}"
        if told["offers"] and told["offers"][-1]["reason"]
        else "",
        "recycled": f"back to nurture until {at(told['wakes_at'])}",
        "closed": f"closed: {told['outcome']}",
    }.get(told["status"], "")
    stage = told["stage"] or "no stage"
    return unharmed(f"{told['name']} ({told['id']}): {stage}, {status or told['status']}. As of {told['as_of']}.")
