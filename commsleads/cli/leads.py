"""The verbs of a lead: accept, reject, recycle, assign, close, reopen, stage, note."""

from __future__ import annotations

import click

from commsleads.cli.desking import by
from commsleads.cli.group import command, opened
from commsleads.cli.leading import ahead, at_leads, finish, lead, seen

WORDS = "Anything else that should be known."


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--to", default="", metavar="OFFICER", help="Who has it from now on, if not who accepts.")
@click.option("--note", "words", default="", help=WORDS)
@seen
@by
def accept(
    ctx: click.Context, *, who: str, to: str, words: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Take over a lead that is offered. LEAD is an id, the beginning of one, an address or a name."""
    from commsleads.leads import answering

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, answering.accept(work, who, to=to, words=words, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--reason", default="", help="One of the reasons that both sides agreed on.")
@click.option("--note", "words", default="", help=WORDS)
@seen
@by
def reject(
    ctx: click.Context, *, who: str, reason: str, words: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Send an offered lead back, with a reason of the closed list of the criteria."""
    from commsleads.leads import answering

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, answering.reject(work, who, reason=reason, words=words, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--until", "until", required=True, metavar="WHEN", help="When it wakes: 2026-12-01, or 30d from now.")
@click.option("--why", "words", default="", help="Why not now, and what should be known then.")
@seen
@by
def recycle(
    ctx: click.Context, *, who: str, until: str, words: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Send a lead back to nurture until a day: then it is offered again, if it is qualified still."""
    from commsleads.leads import answering

    app = opened(ctx)
    moment = ahead(app, until)
    with at_leads(app, officer) as work:
        ident = answering.recycle(work, who, until=moment, words=words, seen=seen)
        finish(app, work, ident, as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--to", required=True, metavar="OFFICER", help="An officer, or a team: then whoever leads it.")
@click.option("--note", "words", default="", help="What the next one must know.")
@seen
@by
def assign(
    ctx: click.Context, *, who: str, to: str, words: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Give a lead to an officer or a team. An open offer is made to them instead, with a new time to answer."""
    from commsleads.leads import working

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, working.assign(work, who, to, words=words, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--outcome", default="", help="covered, served, came to nothing, withdrew or other.")
@click.option("--note", "words", default="", help=WORDS)
@seen
@by
def close(
    ctx: click.Context, *, who: str, outcome: str, words: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """End the work on a lead, with what became of it."""
    from commsleads.leads import answering

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, answering.close(work, who, outcome=outcome, words=words, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.option("--note", "words", default="", help=WORDS)
@seen
@by
def reopen(ctx: click.Context, *, who: str, words: str, seen: int | None, officer: str, as_json: bool) -> None:
    """Work on a lead again that was rejected, recycled or closed, that lapsed or faded."""
    from commsleads.leads import answering

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, answering.reopen(work, who, words=words, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.argument("to", metavar="STAGE")
@click.option("--why", default="", help="Why: the criteria do not say so.")
@seen
@by
def stage(
    ctx: click.Context, *, who: str, to: str, why: str, seen: int | None, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Set the stage of a lead by hand. It holds until a later touch reaches a higher one."""
    from commsleads.leads import working

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, working.stage(work, who, to, why=why, seen=seen), as_json=as_json)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@click.argument("words")
@seen
@by
def note(ctx: click.Context, *, who: str, words: str, seen: int | None, officer: str, as_json: bool) -> None:
    """Write down what should be known of a lead; it changes nothing else."""
    from commsleads.leads import working

    app = opened(ctx)
    with at_leads(app, officer) as work:
        finish(app, work, working.note(work, who, words, seen=seen), as_json=as_json, said="The note is kept.")
