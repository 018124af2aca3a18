"""The group `story`: what people do to coverage. The list of stories is the command `stories`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import local, past_day, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.coverage.removing import Taken

story = group("story", "One story: take it out as no coverage, put it back, enter one by hand, say what it says.")


@command(of=story)
@click.argument("wanted", metavar="STORY")
@click.option("--why", default="", help="Why it is no coverage, such as “another company of that name”.")
@click.option("--watch", default="", help="Only of this watch; it stays coverage of the others.")
@by
def remove(ctx: click.Context, *, wanted: str, why: str, watch: str, officer: str, as_json: bool) -> None:
    """Take STORY (an id or address) out of every count from now on: a watch found it, and it is no coverage."""
    from commsleads.coverage import removing

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        taken = removing.remove(
            desk.session, wanted, why=why, who=desk.who.id, now=desk.now, watch=watch, watches=_watches(app)
        )
    of = f" of {', '.join(taken.watches)}" if watch else ""
    _tell(taken, f"No coverage{of} any more: " if taken.changed else "Was taken out before: ", as_json=as_json)


@command(of=story)
@click.argument("wanted", metavar="STORY")
@click.option("--why", default="", help="Why it is coverage after all.")
@by
def keep(ctx: click.Context, *, wanted: str, why: str, officer: str, as_json: bool) -> None:
    """Put STORY back that was taken out: it is coverage after all."""
    from commsleads.coverage import removing

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        taken = removing.keep(desk.session, wanted, why=why, who=desk.who.id, now=desk.now)
    _tell(taken, "Coverage again: " if taken.changed else "Was not taken out: ", as_json=as_json)


def _tell(taken: Taken, said: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": taken.story, "title": taken.title, "watches": taken.watches, "changed": taken.changed})
    else:
        click.echo(f"{said}{unharmed(taken.title)} ({taken.story})")


@command(of=story)
@click.option("--title", required=True, help="Its headline, or in a few words what was said.")
@click.option("--outlet", required=True, help="Where it was, as the outlet register calls it.")
@click.option("--on", "day", required=True, metavar="DAY", help="The day it bears, such as 2026-11-16.")
@click.option("--url", default="", help="Its address, where it has one.")
@click.option(
    "--medium",
    default="print",
    show_default=True,
    help="print, radio, television, online, podcast, newsletter or other.",
)
@click.option("--programme", default="", help="In which programme or part.")
@click.option("--watch", "watches", multiple=True, help="What it is about, where its title names no watch.")
@click.option("--summary", default="", help="What it says, in our own words.")
@by
def add(ctx: click.Context, *, day: str, officer: str, as_json: bool, **given: Any) -> None:
    """Enter coverage that no collector sees: print, radio, television, a paywall. It counts from now on."""
    from commsleads.coverage.adding import Found
    from commsleads.intake.entered import enter

    app = opened(ctx)
    found = Found(on=past_day(app, day), **given)
    with at_desk(app, officer) as desk:
        added = enter(
            desk.session,
            app.intake(desk.session),
            found,
            who=desk.who.id,
            now=desk.now,
            zone=app.settings.organisation.zone,
            watches=_watches(app),
        )
    if as_json:
        show_json(added._asdict())
        return
    what = "Entered" if added.new else "Was entered before"
    click.echo(f"{what}: {unharmed(added.title)} ({added.story}), about {', '.join(added.watches) or 'no watch'}")
    if added.joined:
        click.echo(f"It is a copy of a story that is known ({added.joined}). See: commsleads story show {added.story}")


@command(of=story)
@click.argument("wanted", metavar="STORY")
@click.argument("words", metavar="SUMMARY", default="")
@click.option("--forget", is_flag=True, help="Take back the summary that is there.")
@by
def note(ctx: click.Context, *, wanted: str, words: str, forget: bool, officer: str, as_json: bool) -> None:
    """Say what STORY says, in your own words: the coverage book prints it, and no text of the article."""
    from commsleads.coverage.adding import summarise
    from commsleads.store.desk.covered import signal

    if bool(words.strip()) == forget:
        raise click.UsageError('Say what it says, in quotes, or --forget: commsleads story note STORY "..."')
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        found = signal(desk.session, wanted)
        summarise(desk.session, found["story_id"], words, who=desk.who.id, now=desk.now)
    if as_json:
        show_json({"id": found["story_id"], "summary": words})
    else:
        click.echo(f"{'Kept' if words else 'Taken back'}: {unharmed(found['title'])} ({found['story_id']})")


@command(of=story)
@click.argument("wanted", metavar="STORY")
def show(ctx: click.Context, *, wanted: str, as_json: bool) -> None:
    """STORY with its copies, what it is about, and what people said of it."""
    from commsleads.store import removals, summaries
    from commsleads.store.desk.covered import signal
    from commsleads.store.lists import one

    app = opened(ctx)
    with app.engine.session() as session:
        row = one(session, signal(session, wanted)["story_id"])
        summary = summaries.summaries(session, [row["id"]], app.now()).get(row["id"])
        row |= {
            "summary": summary._asdict() if summary else None,
            "removals": removals.of_story(session, row["id"]),
        }
    if as_json:
        show_json(row)
    else:
        click.echo("\n".join(_shown(app, row)))


def _shown(app: App, row: dict[str, Any]) -> list[str]:
    told = local(app)
    said = [
        unharmed(row["title"]),
        f"{row['id']} · {unharmed(row['outlet'])} · first seen {told(row['first_seen_at'])}",
        f"about {', '.join(row['watches']) or 'no watch'}",
    ]
    said += [unharmed(row["url"])] if row["url"] else []
    said += [f"campaign {', '.join(row['campaigns'])}"] if row["campaigns"] else []
    said += [f"copy: {unharmed(copy['outlet'])} {copy['id']}, {unharmed(copy['why'])}" for copy in row["pickups"]]
    if row["summary"]:
        said.append(f"“{unharmed(row['summary']['text'])}” ({row['summary']['who']})")
    for one in row["removals"]:
        what = "taken out" if one["removed"] else "put back"
        of = f" of {one['watch']}" if one["watch"] else ""
        why = f": {unharmed(one['why'])}" if one["why"] else ""
        said.append(f"{told(one['at'])} {what}{of} by {unharmed(one['who'])}{why}")
    return said


def _watches(app: App) -> list[str]:
    return [watch.id for watch in app.settings.watches]
