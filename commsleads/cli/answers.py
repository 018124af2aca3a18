"""What lists have in common: the options that choose rows, and how rows are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import date

    from commsleads.app import App
    from commsleads.store.engine import Row
    from commsleads.store.lists import Filter

KINDS = ("mention", "entry", "message", "request", "hit")
"""Kinds of signals."""


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a terminal's cursor or turns the order of letters: in somebody else's words it is an attack."""


def show_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(in_json(value, indent=2))


def in_json(value: Any, *, indent: int) -> str:
    """A value as JSON in any script that does no harm on a terminal: what nobody sees stands there as an escape."""
    import json

    # Line ends and such stand outside strings, or are escapes already; none of what is sought can.
    return _UNSEEN.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def unharmed(text: str) -> str:
    """Somebody's words, on one line, without what only a terminal would see."""
    return " ".join(_UNSEEN.sub("\ufffd", text).split())


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which signals or stories to list."""
    for option in (
        click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all."),
        click.option("--until", default="", help="First seen before this day or time."),
        click.option("--since", default="", help="First seen on or after this day or time, such as 2026-11-16."),
        click.option("--watch", default="", help="Only mentions of this watch."),
        click.option("--campaign", default="", help="Only what is attributed to this campaign."),
        click.option("--kind", default="", help=f"One of {', '.join(KINDS)}."),
        click.option("--source", default="", help="Only this source."),
    ):
        function = option(function)
    return function


def chosen_by(
    app: App,
    *,
    since: str = "",
    until: str = "",
    source: str = "",
    kind: str = "",
    campaign: str = "",
    watch: str = "",
) -> Filter:
    """The filter of `signals` and `stories`; days are the organisation's."""
    from commsleads.store.engine import micros
    from commsleads.store.lists import Filter

    found = Filter(source=source, kind=kind, campaign=campaign, watch=watch)
    if since:
        found = found._replace(since=micros(day(app, since)))
    return found._replace(until=micros(day(app, until))) if until else found


def hint(app: App, **chosen: str) -> None:
    """Nothing was found: say so when a name that was given is not in the settings, for it may be misspelt."""
    settings = app.settings
    known: dict[str, Sequence[str]] = {
        "source": [source.id for source in settings.sources],
        "watch": [watch.id for watch in settings.watches],
        "campaign": _campaigns(app) if chosen.get("campaign") else (),
        "kind": KINDS,
    }
    for what, name in chosen.items():
        if name and name not in known.get(what, (name,)):
            there = f"There is: {', '.join(known[what][:20])}." if known[what] else f"There is no {what} yet."
            click.echo(f'No {what} is called "{name}". {there}', err=True)


def _campaigns(app: App) -> list[str]:
    with app.engine.session() as session:
        return [campaign.id for campaign in app.campaigns(session)]


def day(app: App, text: str) -> Any:
    """A day (its beginning in the organisation's zone) or an instant that a person typed."""
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f'"{text}" is not a day or time. Write it as 2026-11-16 or 2026-11-16T09:00.') from None
    return (found if found.tzinfo else found.replace(tzinfo=app.settings.organisation.zone)).astimezone(UTC)


def past_day(app: App, text: str) -> date:
    """A day that a person typed for something as it stood then; one that has not come is refused."""
    from datetime import date

    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f'"{text[:40]}" is not a day. Write it as 2026-11-16.') from None
    if found > app.now().astimezone(app.settings.organisation.zone).date():
        raise click.UsageError(f"{found} has not come yet: nobody knows how things stand then.")
    return found


def local(app: App) -> Callable[[str | None], str]:
    """How people read a time of the rows: to the minute, in the organisation's zone. '' when there is none."""
    from commsleads.store.engine import moment

    zone = app.settings.organisation.zone

    def told(stamp: str | None) -> str:
        at = moment(stamp or "")
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""

    return told


def answer(
    rows: Sequence[Row],
    columns: Mapping[str, Callable[[Row], Any]],
    *,
    as_json: bool,
    beneath: Callable[[Row], str] | None = None,
) -> None:
    """Rows for a program (all of them, whole) or for people: columns cut to the terminal, an empty table said so.

    `beneath` is a sentence that a person has to read to its end: it stands under its row and is not cut.
    """
    import shutil
    import textwrap

    if as_json:
        show_json(rows)
        return
    if not rows:
        click.echo("Nothing.")
        return
    heads = list(columns)
    texts = [[unharmed(str(cell(row))) for cell in columns.values()] for row in rows]
    widths = [max(len(head), *(len(row[n]) for row in texts)) for n, head in enumerate(heads)]
    room = shutil.get_terminal_size((120, 24)).columns
    while sum(widths) + 2 * len(widths) > room and max(widths) > 24:
        widths[widths.index(max(widths))] -= 1
    for place, row in enumerate(([*heads], *texts)):
        cells = [
            cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
        if place and beneath and (said := unharmed(beneath(rows[place - 1]))):
            click.echo(textwrap.fill(said, max(room, 40), initial_indent="    ", subsequent_indent="    "))
