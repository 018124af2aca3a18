"""The press desk's commands: log, list, show, history, search, deadline. Others of the group stand beside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, hint, local, show_json
from commsleads.cli.desking import at_desk, by, finish, logged_words, moment_of, spoken
from commsleads.cli.group import command, group, opened
from commsleads.cli.recording import record_words

if TYPE_CHECKING:
    from commsleads.app import App

CHANNELS = (
    "phone", "email", "web form", "social message", "in person", "event", "advert", "personal referral", "search",
    "site referral", "request service", "other",
)  # fmt: skip
"""As `enquiries.CHANNELS`: said again, so that asking for help imports nothing."""

enquiry = group("enquiry", "The press desk: every media enquiry, from the call to what came of it.")


@command(of=enquiry)
@click.argument("words", default="")
@click.option("--from", "who", metavar="WHO", help='Who calls: "Ruth Calder, North County Post, +44 20 7946 0000".')
@click.option("--outlet", help="For whom, when --from does not say.")
@click.option("--subject", help="What is asked, in a few words.")
@click.option("--by-when", help='The deadline in the caller\'s words: "by COB Thursday".')
@click.option("--channel", help=f"One of {', '.join(CHANNELS)}.")
@click.option("--received", default="", metavar="WHEN", help="When it came, if not now: 2026-11-16T09:00.")
@click.option("--zone", default="", help="The caller's zone, such as America/New_York; else the organisation's.")
@click.option("--soft", is_flag=True, help="The deadline may slip.")
@click.option("--question", "questions", multiple=True, help="One of the things asked; several may be given.")
@click.option("--type", "request_type", default="other", help="comment, interview, data, right of reply ...")
@click.option("--stance", default="unknown", help="positive, neutral, hostile or unknown.")
@click.option("--level", default="watch", help="watch, review, escalate or crisis.")
@click.option("--privacy", default="team", help="open, team or restricted.")
@click.option("--proactive", is_flag=True, help="A follow-up of what we offered ourselves.")
@click.option("--urgent", is_flag=True)
@click.option("--language", default="")
@click.option("--background", default="", help="Anything else that was said.")
@click.option("--source-detail", default="", help="How they came to us, such as the advert or the event.")
@click.option("--issue", "issues", multiple=True)
@click.option("--campaign", "campaigns", multiple=True)
@click.option("--to", "owner", default="", metavar="OFFICER", help="Who takes it.")
@click.option("--key", default="", help="For scripts: the same key twice logs once.")
@by
def log(ctx: click.Context, *, words: str, who: str | None, as_json: bool, **given: Any) -> None:
    """Log an enquiry, in one line or by questions; the reference comes first.

    WORDS is the free form: "Ruth Calder, North County Post: how many jobs go in Leeds? by COB Thursday".
    """
    from commsleads import desk as press
    from commsleads.cli.calls import call_of
    from commsleads.desk.looking import show
    from commsleads.rules.desk.errors import DeskError

    app = opened(ctx)
    with at_desk(app, given.pop("officer")) as desk:
        missing, call = call_of(app, desk, words=words, who=who, given=given, asking=sys.stdin.isatty() and not as_json)
        found = press.log(desk, call)
        try:
            told = show(desk, found)
        except DeskError:  # it is restricted, or another team's: who took the call must have the reference all the same
            finish(desk, found, as_json=as_json, said="logged; only those whom it concerns may see it from now on")
            return
    for name in given["campaigns"]:
        hint(app, campaign=name)
    if missing:
        click.echo(f"Not said, so logged as {'; '.join(missing)}.", err=True)
    if as_json:
        show_json(told)
    else:
        click.echo(logged_words(app, told))


@command(of=enquiry, name="list")
@click.option("--mine", is_flag=True, help="Only those that I own or cover.")
@click.option("--all", "everything", is_flag=True, help="The ended ones too, newest first.")
@click.option("--state", default="", help="Only those in this state, such as drafting or lapsed.")
@click.option("--since", default="", help="Received on or after this day.")
@click.option("--journalist", default="", help="By this journalist: a name, an address or a number.")
@click.option("--outlet", default="", help="For this outlet.")
@click.option("--stale", is_flag=True, help="Answered 30 days ago and nothing confirmed: close as unknown?")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@by
def list_(ctx: click.Context, *, officer: str, stale: bool, limit: int, as_json: bool, **chosen: Any) -> None:
    """The board: open enquiries by deadline, the nearest first."""
    from commsleads.desk.looking import listed

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        wanted = _wanted(app, desk, **chosen)
        if stale:
            from commsleads.desk.upkeep import stale_now

            wanted = wanted._replace(only=tuple(case.id for case in stale_now(desk)))
        rows = listed(desk, wanted, limit=limit)
    answer(rows, _columns(app), as_json=as_json)


def _wanted(
    app: App, desk: Any, *, mine: bool, everything: bool, state: str, since: str, journalist: str, outlet: str
) -> Any:
    from commsleads.desk.looking import owners
    from commsleads.enquiries import ENDED, State
    from commsleads.rules.contacts.register import declared
    from commsleads.rules.desk.workflow import LAPSED
    from commsleads.store.desk.board import Wanted
    from commsleads.store.desk.people import called
    from commsleads.store.engine import stamp

    if state and (state := _state(state)) not in (*State, LAPSED):
        raise click.UsageError(f"“{state}” is no state. There is: {', '.join(map(spoken, (*State, LAPSED)))}.")
    late = state == LAPSED
    known = declared(app.settings.outlets, outlet)
    return Wanted(
        open_only=late or (not everything and state not in ENDED),
        state="" if late else state,
        late=stamp(desk.now) if late else "",
        owners=owners(desk.officers, desk.who.id) if mine else (),
        since=stamp(day(app, since)) if since else "",
        contacts=tuple(called(desk.session, journalist)) if journalist else None,
        outlet=known.name if known else outlet,
    )


def _state(said: str) -> str:
    """A state as the board shows it, or as it is stored: awaiting sign-off, awaiting_signoff."""
    return said.strip().lower().replace("sign-off", "signoff").replace(" ", "_")


def _columns(app: App) -> dict[str, Callable[[Any], Any]]:
    told = local(app)

    def due(row: Any) -> str:
        return told(row["deadline_at"]) or ("not read" if row["deadline_kind"] == "not read" else "none stated")

    return {
        "reference": lambda row: row["reference"],
        "due": due,
        "state": lambda row: spoken(" ".join(filter(None, (row["shown"], row.get("hold", ""))))),
        "owner": lambda row: row.get("owner", ""),
        "who": lambda row: ", ".join(filter(None, (*row.get("journalists", ()), row.get("outlet", "")))),
        "subject": lambda row: row["subject"],
    }


@command(of=enquiry)
@click.argument("ref")
@click.option("--as-of", default="", metavar="DAY", help="As it stood at the end of that day, or at that time.")
@by
def show(ctx: click.Context, *, ref: str, as_of: str, officer: str, as_json: bool) -> None:
    """One enquiry whole: REF is 2026-0012, or 12 for this year's."""
    from commsleads.desk import looking

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        told = looking.as_of(desk, ref, moment_of(app, as_of)) if as_of else looking.show(desk, ref)
    if as_json:
        show_json(told)
    else:
        click.echo(record_words(app, told))


@command(of=enquiry)
@click.argument("ref")
@by
def history(ctx: click.Context, *, ref: str, officer: str, as_json: bool) -> None:
    """Every change of an enquiry and every look at a restricted one, oldest first."""
    from commsleads.desk.looking import changes

    app = opened(ctx)
    told = local(app)
    with at_desk(app, officer) as desk:
        rows = changes(desk, ref)
    answer(
        rows,
        {
            "at": lambda row: told(row["at"]),
            "who": lambda row: row["who"],
            "what": lambda row: row["what"],
            "changed": lambda row: ", ".join(name.replace("/", " ") for name in row["before"] or ()),
        },
        as_json=as_json,
    )


@command(of=enquiry)
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@by
def search(ctx: click.Context, *, words: Sequence[str], limit: int, officer: str, as_json: bool) -> None:
    """Past answers that hold all these WORDS, word for word as they went out; "quoted words" are a phrase."""
    from commsleads.desk.looking import search_answers

    app = opened(ctx)
    told = local(app)
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with at_desk(app, officer) as desk:
        rows = search_answers(desk, asked, limit=limit)
    answer(
        rows,
        {
            "at": lambda row: told(row["at"]),
            "reference": lambda row: row["reference"],
            "by": lambda row: row["by"],
            "terms": lambda row: row["terms"],
            "subject": lambda row: row["subject"],
        },
        as_json=as_json,
        beneath=lambda row: row["excerpt"],
    )


@command(of=enquiry)
@click.argument("name")
@by
def journalist(ctx: click.Context, *, name: str, officer: str, as_json: bool) -> None:
    """What we know of a journalist: outlets over time, enquiries, what we said, what appeared."""
    from commsleads.cli.desking import dossier_words
    from commsleads.desk.looking import dossier

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        found = dossier(desk, name)
    if as_json:
        show_json(found)
    else:
        nobody = "Nobody of that name, address or number is in the log, as far as you may see."
        click.echo("\n\n".join(dossier_words(app, one) for one in found) or nobody)


@command(of=enquiry)
@click.argument("text")
@click.option("--received", default="", metavar="WHEN", help="When the words were said; now when left out.")
@click.option("--zone", default="", help="The zone of who said them; else the organisation's.")
def deadline(ctx: click.Context, *, text: str, received: str, zone: str, as_json: bool) -> None:
    """What "by COB Thursday" means: the instant that is read of these words, or that nothing is."""
    from commsleads.cli.desking import in_words, zone_of
    from commsleads.desk.hearing import by_when
    from commsleads.desk.record import Desk
    from commsleads.store.engine import stamp

    app = opened(ctx)
    at = moment_of(app, received, zone) if received else app.now()
    where = zone_of(app, zone)
    with app.engine.session() as session:
        desk = Desk(session=session, settings=app.settings, now=app.now())
        found, _ = by_when(desk, text, received=at, zone=where)
    if as_json:
        show_json(
            {
                "text": text,
                "deadline_at": stamp(found.at) if found else None,
                "deadline_text": found.words if found else "",
                "day": found.day.isoformat() if found and found.day else None,
                "sure": found.sure if found else None,
                "why": found.why if found else "Nothing in these words was read as a deadline.",
            }
        )
    elif found:
        doubt = "" if found.sure else " (other readings are possible)"
        click.echo(f"{in_words(found.at, where)}{doubt}\n{found.why}")
    else:
        click.echo("Nothing in these words was read as a deadline.")
