"""Commands that show what there is: sources, gaps, unread, signals, stories, search."""

from __future__ import annotations

from collections.abc import Sequence

import click

from commsleads.cli.answers import answer, chosen_by, day, filters, hint, local
from commsleads.cli.group import command, opened
from commsleads.errors import CommsleadsError


@command()
def sources(ctx: click.Context, as_json: bool) -> None:
    """Every source: its state, its last success, what went wrong."""
    from commsleads.store.sources import listed

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = listed(session)
    answer(
        rows,
        {
            "id": lambda row: row["id"],
            "state": lambda row: row["state"],
            "signals": lambda row: row["signals"],
            "last success": lambda row: told(row["last_success_at"]) or "never",
            "next check": lambda row: "-" if row["state"] == "paused" else told(row["next_check_at"]),
        },
        as_json=as_json,
        beneath=lambda row: row["paused_why"] or row["last_error"] or row["note"],
    )


@command()
@click.option("--source", default="", help="Only this source.")
@click.option("--since", default="", help="Only gaps that lasted beyond this day, such as 2026-11-16.")
def gaps(ctx: click.Context, source: str, since: str, as_json: bool) -> None:
    """The stretches in which a source was not observed. Not observed is not zero."""
    from commsleads.store import sources as timetable
    from commsleads.store.engine import stamp

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = timetable.gaps(session, since=stamp(day(app, since)) if since else "", source=source)
    if not rows:
        hint(app, source=source)
    answer(
        rows,
        {
            "source": lambda row: row["source"],
            "from": lambda row: told(row["start_at"]),
            "to": lambda row: told(row["end_at"]) or "still open",
        },
        as_json=as_json,
        beneath=lambda row: row["why"],
    )


@command()
@click.argument("source", default="")
def unread(ctx: click.Context, source: str, as_json: bool) -> None:
    """What came and could not be read, kept aside; with SOURCE the beginning of it, made harmless."""
    from commsleads.store.sources import unread as kept

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = kept(session, source)
    if source and not as_json:
        if not rows:
            raise CommsleadsError(f"Nothing of {source} is kept aside. See: commsleads unread")
        shown = "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in rows[0]["body"])
        click.echo(f"{told(rows[0]['at'])}: {rows[0]['why']}\n\n{shown}")
        return
    answer(
        rows,
        {
            "source": lambda row: row["source"],
            "at": lambda row: told(row["at"]),
            "bytes": lambda row: row["size"],
            "type": lambda row: row["media_type"],
        },
        as_json=as_json,
        beneath=lambda row: row["why"],
    )


@command()
@filters
def signals(ctx: click.Context, limit: int, as_json: bool, **chosen: str) -> None:
    """What the collectors saw, newest first."""
    from commsleads.store.lists import listed

    app = opened(ctx)
    seen = local(app)
    with app.engine.session() as session:
        rows = listed(session, chosen_by(app, **chosen), limit=limit)
    if not rows:
        hint(app, **chosen)
    answer(
        rows,
        {
            "first seen": lambda row: seen(row["first_seen_at"]),
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"] or row["text"],
            "watches": lambda row: ", ".join(watch["id"] for watch in row["watches"]),
            "id": lambda row: row["id"],
        },
        as_json=as_json,
    )


@command()
@filters
@click.option("--removed", is_flag=True, help="Those that were taken out as no coverage, instead of the others.")
def stories(ctx: click.Context, limit: int, as_json: bool, removed: bool, **chosen: str) -> None:
    """Stories with their pickups, newest first."""
    from commsleads.store.lists import stories as told

    app = opened(ctx)
    seen = local(app)
    with app.engine.session() as session:
        rows = told(session, chosen_by(app, **chosen)._replace(removed=removed), limit=limit)
    if not rows:
        hint(app, **chosen)
    answer(
        rows,
        {
            "first seen": lambda row: seen(row["first_seen_at"]),
            "copies": lambda row: len(row["copies"]),
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"],
            "id": lambda row: row["id"],
        },
        as_json=as_json,
    )


@command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@click.option("--since", default="", help="First seen on or after this day.")
@click.option("--until", default="", help="First seen before this day.")
def search(ctx: click.Context, *, words: Sequence[str], limit: int, since: str, until: str, as_json: bool) -> None:
    """Signals and their stories that hold all these WORDS; "quoted words" are a phrase."""
    from commsleads.store import search as index
    from commsleads.store.lists import by_id

    app = opened(ctx)
    seen = local(app)
    chosen = chosen_by(app, since=since, until=until)
    with app.engine.session() as session:
        index.catch_up(session)
        asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
        found = index.find(session, asked, limit=limit, since=chosen.since, until=chosen.until)
        rows = {row["id"]: row for row in by_id(session, [hit["id"] for hit in found])}
    shown = [rows[hit["id"]] | {"excerpt": hit["excerpt"]} for hit in found]
    answer(
        shown,
        {
            "first seen": lambda row: seen(row["first_seen_at"]),
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"],
            "story": lambda row: row["story"],
        },
        as_json=as_json,
        beneath=lambda row: row["excerpt"],
    )
