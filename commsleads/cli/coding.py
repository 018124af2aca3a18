"""Commands for the tone of coverage: what the machine guesses, what waits for a person, and what people said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened
from commsleads.errors import CoverageError

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.contract import Period
    from commsleads.coverage.coding import Coded
    from commsleads.store.engine import Row

TONES = ("positive", "neutral", "negative", "mixed")
"""As `rules.tone.stories.SAID`: said again, so that asking for help imports nothing."""

PRESENT = {"1": "carried", "0": "not carried"}
"""What is said of the presence of a message, in words."""

WEEKS = 8
"""Weeks that are listed where nobody says since when."""

tone = group("tone", "How stories speak of us: the machine's guess, what people said, and what to look at first.")


@command(of=tone, name="list")
@click.option("--unchecked", is_flag=True, help="Only those that no person has read, the most urgent first.")
@click.option("--doubtful", is_flag=True, help="Of these only where the machine is in doubt or could not tell.")
@click.option("--watch", default="", help="Only stories that name this watch.")
@click.option("--since", default="", help="First seen on or after this day; else eight weeks ago.")
@click.option("--until", default="", help="First seen before this day or time.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def list_(
    ctx: click.Context,
    *,
    unchecked: bool,
    doubtful: bool,
    watch: str,
    since: str,
    until: str,
    limit: int,
    as_json: bool,
) -> None:
    """The stories about us with their tone. A machine's word is a guess and is shown with its chance."""
    from commsleads.facts import tone as facts
    from commsleads.rules.tone.stories import DOUBTFUL

    app = opened(ctx)
    _must_be_ours(app, watch)
    with app.engine.session() as session:
        ground = app.facts(session)
        found = facts.listed(ground, stretch(app, since, until), watch=watch)
        if unchecked or doubtful:
            found = facts.queue(
                one for one in found if not one.said and not (doubtful and one.chances and max(one.chances) >= DOUBTFUL)
            )
        else:
            found.reverse()
        rows = [shown(one) for one in facts.told(ground, found[: limit or None])]
    answer(
        rows,
        {
            "story": lambda row: row["story"],
            "tone": lambda row: row["said"] or ("not read" if not row["machine"] else f"{row['machine']}, unchecked"),
            "machine's chances (-/0/+)": _chances,
            "tier": lambda row: row["tier"] or "",
            "outlet": lambda row: row["outlet"],
            "title": lambda row: row["title"],
        },
        as_json=as_json,
    )
    if not as_json and any(not row["said"] for row in rows):
        click.echo("Say what one is with: commsleads tone set STORY positive|neutral|negative|mixed", err=True)


@command(of=tone, name="set")
@click.argument("story")
@click.argument("value", metavar="TONE", type=click.Choice(TONES))
@click.option("--watch", default="", help="Only towards this watch; else towards us as a whole.")
@click.option("--why", default="", help="Why, in a few words.")
@by
def set_(ctx: click.Context, *, story: str, value: str, watch: str, why: str, officer: str, as_json: bool) -> None:
    """Say how STORY (an id or address) speaks of us: TONE is the stance towards us, not the mood of the text."""
    _say(ctx, story, value, watch=watch, why=why, officer=officer, as_json=as_json)


@command(of=tone)
@click.argument("story")
@click.option("--watch", default="", help="What was said of this watch; else of us as a whole.")
@click.option("--why", default="", help="Why, in a few words.")
@by
def unset(ctx: click.Context, *, story: str, watch: str, why: str, officer: str, as_json: bool) -> None:
    """Take back what was said of STORY. What was said stays in its history."""
    _say(ctx, story, "", watch=watch, why=why, officer=officer, as_json=as_json)


@command(of=tone)
@click.argument("story")
def history(ctx: click.Context, *, story: str, as_json: bool) -> None:
    """All that people ever said of STORY: tone and messages, when, who, and what the machine had thought."""
    from commsleads.cli.answers import local
    from commsleads.coverage import coding

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        ident, title, words = coding.history(session, story)
    rows: list[Row] = [{"story": ident, "title": title, **one._asdict(), "said": dict(one.said)} for one in words]
    answer(
        rows,
        {
            "at": lambda row: told(row["at"]),
            "by": lambda row: row["who"],
            "what": lambda row: " of ".join(filter(None, (row["what"], row["about"]))),
            "said": lambda row: row["value"] or "taken back",
            "before": lambda row: row["said"].get("before", ""),
            "why": lambda row: row["why"],
        },
        as_json=as_json,
    )


@command(of=tone)
def figures(ctx: click.Context, *, as_json: bool) -> None:
    """How far the machine may be believed: its chances held against what people said, bin by bin."""
    from dataclasses import asdict

    from commsleads.facts import tone as facts

    app = opened(ctx)
    with app.engine.session() as session:
        found = facts.so_far(app.facts(session))
    if as_json:
        show_json(asdict(found))
        return
    stories = "1 story was" if found.n == 1 else f"{found.n} stories were"
    click.echo(f"{stories} read by a person and by the machine{_agreed(found)}.")
    if found.brier is None or found.usual is None:
        return
    click.echo(f"Brier score {found.brier:.3f}; who guesses the usual shares has {found.usual:.3f} (lower is better).")
    click.echo(f"Better than guessing the usual shares: {found.better}.")
    for one in found.bins:
        click.echo(
            f"  said {one.low:.0%} to {one.high:.0%}: {one.was.k} of {one.was.n} were so; expected {one.said:.0%}"
        )


def _agreed(found: Any) -> str:
    mixed = f" ({found.mixed} more were called mixed)" if found.mixed else ""
    return f"{mixed}; its likeliest tone was the person's for {found.agreed.k}" if found.n else mixed


def _say(ctx: click.Context, story: str, value: str, *, watch: str, why: str, officer: str, as_json: bool) -> None:
    from commsleads.coverage import coding

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = coding.set_tone(
            desk.session,
            story,
            value,
            watches=app.settings.watches,
            who=desk.who.id,
            now=desk.now,
            watch=watch,
            why=why,
        )
    tell([done], as_json=as_json)


def tell(done: list[Coded], *, as_json: bool) -> None:
    """What was said of a story, beside what the machine thinks."""
    if as_json:
        show_json([one._asdict() for one in done])
        return
    for one in done:
        machine = f"; the machine thought {one.machine}" if one.machine else ""
        of = " of ".join(filter(None, (one.what, one.about)))
        change = "" if one.changed else " (it was so before)"
        value = PRESENT.get(one.value, one.value) if one.what == "presence" else one.value
        click.echo(f"{of.capitalize()}: {value or 'taken back'}{change}{machine}. {unharmed(one.title)} ({one.story})")


def shown(one: Any) -> Row:
    """A story with its tone, for a list."""
    return {
        "story": one.story, "title": one.title, "outlet": one.outlet, "tier": one.tier, "url": one.url,
        "said": one.said, "by": one.by, "at": one.at.isoformat() if one.at else None, "machine": one.machine,
        "chances": list(one.chances) if one.chances else None,
        "doubt": None if one.doubt is None else round(one.doubt, 3),
    }  # fmt: skip


def stretch(app: App, since: str, until: str) -> Period:
    """The days that a person names; from eight weeks ago to now."""
    from commsleads.contract import Period

    end = day(app, until) if until else app.now() + timedelta(seconds=1)
    start = day(app, since) if since else end - timedelta(weeks=WEEKS)
    if start >= end:
        raise click.UsageError("--since must be before --until.")
    return Period(start, end, "")


def _must_be_ours(app: App, watch: str) -> None:
    own = [one.id for one in app.settings.watches if one.role in ("brand", "product", "spokesperson")]
    if watch and watch not in own:
        raise CoverageError(f"“{watch[:60]}” is no watch of ours. There is: {', '.join(own) or 'none'}.")


def _chances(row: Row) -> str:
    return "/".join(f"{one / 10:.0f}" for one in row["chances"]) + " %" if row["chances"] else ""
