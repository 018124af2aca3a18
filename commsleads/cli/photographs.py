"""The command that has the pages of stories photographed."""

from __future__ import annotations

import click

from commsleads.cli.answers import show_json, unharmed
from commsleads.cli.group import command, opened
from commsleads.cli.stories import story
from commsleads.errors import CommsleadsError

MOST = 40
"""Pages of one command: each takes seconds."""


@command(of=story)
@click.argument("wanted", metavar="STORY...", nargs=-1)
@click.option("--period", default="", help="Instead of naming them: the first stories of a period, such as 2026-W47.")
@click.option("--most", default=12, show_default=True, type=click.IntRange(1, MOST), help="With --period: so many.")
@click.option("--forget", is_flag=True, help="Let the pictures of these stories go instead.")
def photograph(
    ctx: click.Context, *, wanted: tuple[str, ...], period: str, most: int, forget: bool, as_json: bool
) -> None:
    """Take pictures of the pages of STORY (ids or addresses) for the coverage book, with a Chromium of this machine.

    The page's scripts do not run, and the browser gets out only to addresses that may be connected to.
    """
    from commsleads.photographing import Photographed
    from commsleads.photographing import photograph as take
    from commsleads.rules.periods import parse_period
    from commsleads.store import shots
    from commsleads.store.desk.covered import signal

    if bool(wanted) == bool(period):
        raise click.UsageError("Name stories, or a --period.")
    app = opened(ctx)
    with app.engine.session() as session:
        if period:
            try:
                chosen = parse_period(period, app.settings.organisation.zone)
            except ValueError as error:
                raise click.UsageError(str(error)) from None
            book = app.facts(session).book(chosen)
            pages = [(one.story.id, one.story.url) for one in book.stories[:most]] if book else []
        else:
            found = [signal(session, one) for one in wanted[:MOST]]
            pages = [(row["story_id"], row["url"]) for row in found]
    if forget:
        with app.engine.session() as session, session.atomic():
            gone = [(story_id, url, shots.forget(session, story_id)) for story_id, url in pages]
        done = [Photographed(story_id, url, was, "" if was else "there was no picture") for story_id, url, was in gone]
    else:
        done = take(app, pages)
    if as_json:
        show_json([one._asdict() for one in done])
    for one in () if as_json else done:
        word = "forgotten" if forget else "taken"
        click.echo(f"{one.story}  {word if one.taken else f'not {word}: {one.why}'}  {unharmed(one.url)}")
    if (failed := sum(not one.taken for one in done)) and not forget:
        raise CommsleadsError(f"{failed} of {len(done)} pictures could not be taken.")
