"""Commands for what the rules are in doubt about, and for journalists' open requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from commsleads.cli.answers import answer, local, show_json
from commsleads.cli.desking import at_desk, by, harmless
from commsleads.cli.group import command, group, opened
from commsleads.cli.mail import mail_words

if TYPE_CHECKING:
    from commsleads.store.engine import Row

CLASSES = (
    "enquiry", "journalist_request", "reply", "auto_reply", "bounce", "complaint_report", "newsletter", "other",
)  # fmt: skip
"""As `letters.LetterClass`: said again, so that asking for help imports nothing."""

HIDDEN = "[hidden text]"

review = group("review", "Mails that a person should look at, and how good the reading of mails is.")


@command(of=review, name="list")
@click.option("--decided", is_flag=True, help="What has been decided, newest first.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@by
def list_(ctx: click.Context, *, decided: bool, limit: int, officer: str, as_json: bool) -> None:
    """What waits for a person, the longest waiting first."""
    from commsleads.intake.review import listed

    app = opened(ctx)
    told = local(app)
    with at_desk(app, officer) as desk:
        rows = listed(desk, decided=decided, limit=limit)
    answer(
        rows,
        {
            "id": lambda row: row["id"],
            "came": lambda row: told(row["opened_at"]),
            "read as": lambda row: row["class"].replace("_", " "),
            "from": lambda row: harmless(row["sender_name"] or row["sender"]),
            "subject": lambda row: harmless(row["subject"]),
            "enquiry": lambda row: row["reference"],
            **({"decision": lambda row: f"{row['decision']} ({row['decided_by']})"} if decided else {}),
        },
        as_json=as_json,
        beneath=lambda row: harmless(" ".join(row["why"])),
    )


@command(of=review)
@click.argument("mail_id", metavar="ID")
@by
def show(ctx: click.Context, *, mail_id: str, officer: str, as_json: bool) -> None:
    """One mail with what is doubtful about it, and what can be decided."""
    from commsleads.intake.review import shown

    with at_desk(opened(ctx), officer) as desk:
        told = shown(desk, mail_id)
    if as_json:
        show_json(told)
        return
    click.echo(mail_words(told))
    if not told["decision"]:
        click.echo(
            f"\nDecide with: commsleads review decide {told['id']} --class CLASS | --joins REF | --nothing", err=True
        )


@command(of=review)
@click.argument("mail_id", metavar="ID")
@click.option("--class", "kind", type=click.Choice(CLASSES), help="What the mail is.")
@click.option("--joins", default="", metavar="REF", help="The enquiry that it belongs to.")
@click.option("--nothing", is_flag=True, help="It was read rightly, and nothing follows.")
@click.option("--note", default="", help="Why, in a few words.")
@by
def decide(
    ctx: click.Context,
    *,
    mail_id: str,
    kind: str | None,
    joins: str,
    nothing: bool,
    note: str,
    officer: str,
    as_json: bool,
) -> None:
    """Say what a mail is. It is carried out, and kept as a label that the rules are held to."""
    from commsleads.intake.review import Decision
    from commsleads.intake.review import decide as carry_out

    if (kind is None) + (not joins) + (not nothing) == 3 or (nothing and (kind or joins)):
        raise click.UsageError("Say what it is: --class CLASS, --joins REF, or --nothing.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = carry_out(desk, app.letters.readers, mail_id, Decision(kind=kind or "", joins=joins, note=note[:1000]))
    if as_json:
        show_json({"id": done.id, "class": done.kind, "was": done.was, "enquiry": done.reference or None,
                   "logged": done.logged})  # fmt: skip
        return
    if done.logged:
        click.echo(f"{done.reference} was logged.")
    elif joins:
        click.echo(f"It belongs to {done.reference} now.")
    else:
        click.echo(f"Noted: {done.kind.replace('_', ' ')}.")


@command(of=review)
def figures(ctx: click.Context, *, as_json: bool) -> None:
    """How often the reading was right, class by class, of the mails that a person looked at."""
    from commsleads.intake.precision import precision

    app = opened(ctx)
    with app.engine.session() as session:
        found = precision(session)
    rows: list[Row] = [
        {
            "class": one.kind,
            "n": one.n,
            "right": one.right,
            "share": one.share.value if one.share else None,
            "low": one.share.low if one.share else None,
            "high": one.share.high if one.share else None,
            "instead": [{"class": kind, "n": n} for kind, n in one.instead],
        }
        for one in found
    ]
    answer(
        rows,
        {
            "class": lambda row: row["class"].replace("_", " "),
            "looked at": lambda row: row["n"],
            "right": lambda row: row["right"],
            "share": lambda row: "cannot tell" if row["share"] is None else f"{row['share']:.0%}",
            "95 % interval": lambda row: "" if row["low"] is None else f"{row['low']:.0%} to {row['high']:.0%}",
            "was instead": lambda row: ", ".join(f"{one['class']} {one['n']}" for one in row["instead"]),
        },
        as_json=as_json,
    )
    if not as_json:
        click.echo("People look at doubtful mails, so over all mails the shares are rather higher.", err=True)


@command()
@click.option(
    "--all", "everything", is_flag=True, help="Also those that match nothing of ours, and those that are over."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def requests(ctx: click.Context, *, everything: bool, limit: int, as_json: bool) -> None:
    """Journalists' open requests for sources that match a watch or a topic of expertise, by deadline.

    Their words belong to the services that sent them: they are for the press office's eyes and for nothing public.
    """
    from commsleads.store import requests as store

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = store.listed(session, app.now(), everything=everything, limit=limit)
        every, matched = store.count(session, app.now())
    answer(
        rows,
        {
            "deadline": lambda row: told(row["deadline_at"]) or row["deadline_text"] or "not read",
            "for": lambda row: ", ".join(match["topic"] for match in row["matches"]),
            "outlet": lambda row: harmless(row["outlet"] or row["journalist"]),
            "asks": lambda row: disarmed(row["summary"], row["trap"]),
            "answer to": lambda row: harmless(row["reply_to"]),
        },
        as_json=as_json,
        beneath=_asked,
    )
    if not as_json and not everything and every > matched:
        click.echo(f"{every - matched} more match nothing of ours. See them with --all.", err=True)


def _asked(row: Row) -> str:
    words = disarmed(row["query"], row["trap"])
    trap = f"{HIDDEN} " if row["trap"] and HIDDEN not in words else ""
    written = " The journalist wants no answers written by machines." if row["no_ai"] else ""
    return f"{trap}{words[:600]}{'…' if len(words) > 600 else ''}{written}"


_RUNS = {
    "base64": re.compile(r"[A-Za-z0-9+/=_-]{16,}"),
    "hex": re.compile(r"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ ,:]?){10,}"),
}


def disarmed(text: str, trap: str) -> str:
    """A request's words for people: what is hidden in them for machines that write is named and left out."""
    if runs := _RUNS.get(trap):
        text = runs.sub(_named, text)
    return harmless(re.sub("[\u200b-\u200d\u2060\ufeff]+", HIDDEN, text))


def _named(found: re.Match[str]) -> str:
    """Long words are not hidden text; runs of small and capital letters or digits are."""
    run = found[0]
    return run if run.isalpha() and (run.islower() or run.istitle()) else HIDDEN
