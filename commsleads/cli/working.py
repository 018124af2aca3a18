"""The commands of the work on an enquiry: acknowledge, assign, set, question, hold, expert, research."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from commsleads.cli.answers import hint
from commsleads.cli.desk import enquiry
from commsleads.cli.desking import at_desk, by, finish, moment_of, read_version, understood, zone_of
from commsleads.cli.group import command, opened


@command(of=enquiry)
@click.argument("ref")
@read_version
@by
def acknowledge(ctx: click.Context, *, ref: str, version: int | None, officer: str, as_json: bool) -> None:
    """The journalist has heard from us that we have it."""
    from commsleads.desk import work

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        work.acknowledge(desk, ref, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.option("--to", "owner", required=True, metavar="OFFICER", help="Who has it from now on.")
@click.option("--team", default="")
@click.option("--cover", default="", metavar="OFFICER", help="Who stands in; else whom the settings name.")
@click.option("--note", default="", help="What the next one must know.")
@read_version
@by
def assign(ctx: click.Context, *, ref: str, officer: str, as_json: bool, **given: Any) -> None:
    """Give an enquiry an owner, or hand it over."""
    from commsleads.desk import work

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        work.assign(desk, ref, given.pop("owner"), **given)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@read_version
@by
def research(ctx: click.Context, *, ref: str, version: int | None, officer: str, as_json: bool) -> None:
    """Somebody is finding out."""
    from commsleads.desk import work

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        work.research(desk, ref, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry, name="set")
@click.argument("ref")
@click.option("--subject")
@click.option("--background")
@click.option("--angle", help="What the story is going to say.")
@click.option("--heard-how", help="How they heard of us.")
@click.option("--source-detail")
@click.option("--type", "request_type", help="comment, interview, data, right of reply ...")
@click.option("--format", "format_", help="print, online, live, pre-recorded, podcast; length.")
@click.option("--participants", help="Who else takes part.")
@click.option("--language")
@click.option("--expected-publication")
@click.option("--level", help="watch, review, escalate or crisis.")
@click.option("--privacy", help="open, team or restricted.")
@click.option("--stance", help="positive, neutral, hostile or unknown.")
@click.option("--direction", help="reactive or proactive.")
@click.option("--urgent/--not-urgent", default=None)
@click.option("--outlet")
@click.option("--programme", help="The programme or desk.")
@click.option("--parent", help="Whom the outlet belongs to.")
@click.option("--freelance-for")
@click.option("--spokesperson")
@click.option("--media-trained/--not-media-trained", default=None, help="Whether the spokesperson has had training.")
@click.option("--availability", help="When the spokesperson can speak.")
@click.option("--lessons")
@click.option("--minutes", "minutes_spent", type=click.IntRange(min=0), help="The time spent on it.")
@click.option("--by-when", help="The deadline in the caller's words.")
@click.option("--soft/--hard", default=None, help="The deadline may slip, or not.")
@click.option("--zone", default="", help="The caller's zone.")
@click.option("--channel", help="How it came, when that was logged wrongly.")
@click.option("--received", default="", metavar="WHEN", help="When it came, when that was logged wrongly.")
@click.option("--journalist", help='One more: "Ruth Calder, North County Post, +44 20 7946 0000".')
@click.option("--prefers", default="", help="With --journalist: phone, email, text message ...")
@click.option("--drop-journalist", help="Who was put there by mistake: a name, an address or a number.")
@click.option("--issue", multiple=True, help='All issues it belongs to from now on; "" for none.')
@click.option("--campaign", multiple=True, help='All its campaigns; "" for none.')
@click.option("--cta", multiple=True, help='All its calls to action; "" for none.')
@click.option("--fact", multiple=True, metavar="SOURCE", help='All sources of its facts, such as links; "" for none.')
@read_version
@by
def set_(ctx: click.Context, *, ref: str, officer: str, as_json: bool, **given: Any) -> None:
    """Note what has become known of an enquiry."""
    from commsleads.desk import work
    from commsleads.desk.hearing import by_when, caller

    app = opened(ctx)
    version, zone, soft = given.pop("version"), given.pop("zone"), given.pop("soft")
    words, journalist, prefers = given.pop("by_when"), given.pop("journalist"), given.pop("prefers")
    dropped, received = given.pop("drop_journalist"), given.pop("received")
    if prefers and not journalist:
        raise click.UsageError("Say who prefers it, with --journalist.")
    ties = {what: refs for what in work.TIES if (refs := given.pop(what))}
    given["format"] = given.pop("format_")
    fields = {name: value for name, value in given.items() if value is not None}
    if received:
        fields["received_at"] = moment_of(app, received, zone)
    if not (fields or ties or journalist or dropped) and words is soft is None:
        raise click.UsageError("Say what to note. See: commsleads enquiry set --help")
    with at_desk(app, officer) as desk:
        with desk.session.atomic():
            deadline = None
            if words is not None:
                deadline = by_when(desk, words, received=desk.now, zone=zone_of(app, zone))
            if fields or ties or deadline or soft is not None:
                work.set_fields(desk, ref, fields, ties=ties, deadline=deadline, soft=soft, version=version)
                version = None
            if journalist:
                person = caller(journalist, app.settings.outlets)
                work.add_journalist(desk, ref, person, prefers=prefers, version=version)
                version = None
            if dropped:
                work.drop_journalist(desk, ref, dropped, version=version)
        finish(desk, ref, as_json=as_json, said=understood(app, *deadline) if deadline else "")
    for name in filter(None, ties.get("campaign", ())):
        hint(app, campaign=name)


@command(of=enquiry)
@click.argument("ref")
@click.argument("text", default="")
@click.option("--answer", "number", type=int, metavar="N", help="TEXT answers question N.")
@click.option("--state", type=click.Choice(["answered", "declined", "unknown", "open"]), default="answered")
@by
def question(
    ctx: click.Context, *, ref: str, text: str, number: int | None, state: str, officer: str, as_json: bool
) -> None:
    """Add a question, or (--answer N) say what was answered to one."""
    from commsleads.desk import work

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        if number is None:
            said = f"question {work.add_question(desk, ref, text)}"
        else:
            work.answer_question(desk, ref, number, text, state=state)
            said = f"question {number} {state}"
        finish(desk, ref, as_json=as_json, said=said)


@command(of=enquiry)
@click.argument("ref")
@click.option("--for", "whom", type=click.Choice(["journalist", "expert"]), help="Whom it waits for.")
@click.option("--release", is_flag=True, help="The wait is over.")
@click.option("--why", default="")
@read_version
@by
def hold(
    ctx: click.Context, *, ref: str, whom: str | None, release: bool, why: str, version: int | None, officer: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Wait for somebody. It may stop our own clock, never the journalist's."""
    from commsleads.desk import work

    if release == bool(whom):
        raise click.UsageError("Say --for journalist, --for expert, or --release.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        if release:
            work.release(desk, ref, why=why, version=version)
        else:
            work.hold(desk, ref, whom or "", why=why, version=version)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.argument("name", default="")
@click.option("--answered", "number", type=int, metavar="N", help="Expert N has answered.")
@click.option("--note", default="", help="What was asked, or what was said.")
@click.option("--wait", is_flag=True, help="The enquiry waits for the answer.")
@by
def expert(
    ctx: click.Context, *, ref: str, name: str, number: int | None, note: str, wait: bool, officer: str, as_json: bool
) -> None:
    """Ask one of our experts, or (--answered N) note what one said."""
    from commsleads.desk import work

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        if number is None:
            work.ask_expert(desk, ref, name, note=note, wait=wait)
        else:
            work.expert_answered(desk, ref, number, note=note)
        finish(desk, ref, as_json=as_json)


@command(of=enquiry)
@click.argument("ref")
@click.argument("what", default="")
@click.option("--due", metavar="WHEN", help='By when: "in an hour", "Friday noon", 2026-11-16T17:00.')
@click.option("--kept", "number", type=int, metavar="N", help="Promise N was kept.")
@click.option("--at", default="", metavar="WHEN", help="When it was kept, if not now.")
@by
def promise(
    ctx: click.Context, *, ref: str, what: str, due: str | None, number: int | None, at: str, officer: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Promise a call back, or anything else by a time; or (--kept N) say that one was kept."""
    from commsleads.cli.desking import in_words
    from commsleads.desk import answering
    from commsleads.desk.hearing import by_when

    app = opened(ctx)
    zone = app.settings.organisation.zone
    with at_desk(app, officer) as desk:
        if number is not None:
            answering.kept(desk, ref, number, at=moment_of(app, at) if at else None)
            said = f"promise {number} kept"
        else:
            if not due:
                raise click.UsageError("Say by when, with --due.")
            found, words = by_when(desk, due, received=desk.now, zone=zone)
            try:
                instant = found.at if found else moment_of(app, due)
            except click.UsageError:
                how = 'Say it in other words, such as "Friday noon", or as 2026-11-16T17:00.'
                raise click.UsageError(f"“{due}” was not read as a time. {how}") from None
            number = answering.promise(desk, ref, what, instant, due_text=words)
            said = f"promise {number}, by {in_words(instant, zone)}"
        finish(desk, ref, as_json=as_json, said=said)


@command(of=enquiry)
@click.argument("ref")
@click.argument("spokesperson")
@click.option("--at", default="", metavar="WHEN", help="When, if not now.")
@click.option("--chief", is_flag=True, help="It was the chief executive's.")
@click.option("--trained", is_flag=True, help="Who spoke has had media training.")
@click.option("--format", "form", default="", help="live, pre-recorded, podcast ...")
@click.option("--recording", default="", help="Who keeps the recording.")
@click.option("--note", default="")
@by
def interview(
    ctx: click.Context, *, ref: str, spokesperson: str, at: str, officer: str, as_json: bool, **given: Any
) -> None:
    """Note an interview that was given."""
    from commsleads.desk import answering

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        answering.interview(desk, ref, spokesperson, at=moment_of(app, at) if at else None, **given)
        finish(desk, ref, as_json=as_json)


def words_of(text: str) -> str:
    """A text argument; "-" is standard input, for what is longer than a line."""
    import sys

    return sys.stdin.read() if text == "-" else text


def numbers(values: Sequence[int]) -> tuple[int, ...] | None:
    """Numbers that were named, None when none was."""
    return tuple(values) or None
