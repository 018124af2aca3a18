"""Commands for mails: import, show, aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, in_json, local, show_json
from commsleads.cli.desking import at_desk, by, harmless
from commsleads.cli.group import command, group, opened
from commsleads.errors import CommsleadsError

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.imports import Imported

mail = group("mail", "Mails to the press office: read files of them, look at one.")


@command(of=mail, name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
def import_(ctx: click.Context, paths: Sequence[Path], *, as_json: bool) -> None:
    """Read .eml files, mbox files, Maildirs, or folders of these, as the mailbox would be read."""
    from commsleads.imports import import_mails

    app = opened(ctx)
    shown = _Shown(as_json)
    try:
        came = import_mails(app, paths, shown.tell)
    finally:
        shown.end()
    _said(came, as_json=as_json)
    ctx.exit(1 if came.failed else 0)


class _Shown:
    """The list for programs, written as it comes: ten thousand mails are not held until the end."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._first = True
        if as_json:
            click.echo("[", nl=False)

    def tell(self, entries: Sequence[dict[str, Any]]) -> None:
        for entry in entries:
            if self._as_json:
                click.echo("\n" if self._first else ",\n", nl=False)
                click.echo(in_json(entry, indent=1), nl=False)
                self._first = False
            elif entry.get("error"):
                click.echo(f"{harmless(entry['file'])}: {harmless(entry['error'])}", err=True)

    def end(self) -> None:
        if self._as_json:
            click.echo("\n]")


def _said(came: Imported, *, as_json: bool) -> None:
    """What an import came to."""
    for note, n in came.notes.items():
        click.echo(f"{n} {note}", err=True)
    if came.unread:
        click.echo(f"{came.unread} could not be read and were set aside. See: commsleads mail aside", err=True)
    if as_json:
        return
    for name, n in came.classes.most_common():
        click.echo(f"{n:>7}  {name.replace('_', ' ') or 'not read'}")
    mails, logged = "mail" if came.mails == 1 else "mails", "enquiry" if came.enquiries == 1 else "enquiries"
    click.echo(f"{came.mails:>7}  {mails}, {came.new} new; {came.enquiries} {logged} logged.")


@command(of=mail)
@click.argument("mail_id", metavar="ID")
@by
def show(ctx: click.Context, *, mail_id: str, officer: str, as_json: bool) -> None:
    """One mail: its words made harmless, what it was read as, and why."""
    told = _looked_at(opened(ctx), mail_id, officer)
    if as_json:
        show_json(told)
    else:
        click.echo(mail_words(told))


def _looked_at(app: App, mail_id: str, officer: str) -> dict[str, Any]:
    from commsleads.intake.review import shown

    with at_desk(app, officer) as desk:
        return shown(desk, mail_id)


def mail_words(told: dict[str, Any]) -> str:
    """A mail as people read it."""
    sender = told["from"]
    lines = [
        f"From:     {sender['name']} <{sender['address']}>",
        f"To:       {', '.join(told['to'])}",
        f"Subject:  {told['subject']}",
        f"Received: {told['received_at']}{'. ' + told['note'] if told['note'] else ''}",
        f"Read as:  {told['class'].replace('_', ' ')}, {told['confidence']:.0%} sure",
    ]
    lines += [f"          {reason}" for reason in told["reasons"]]
    lines += [f"Doubt:    {doubt}" for doubt in dict.fromkeys((*told["asked"], *told["doubts"]))]
    if told["decision"]:
        lines.append(f"Decided:  {told['decision']}")
    if told["enquiries"]:
        lines.append(f"Enquiry:  {', '.join(told['enquiries'])}")
    lines += [f"Attached: {one['name']} ({one['type']}, {one['bytes']:,} bytes)" for one in told["attachments"]]
    lines += [f"Mended:   {said}" for said in told["damage"]]
    return harmless("\n".join([*lines, "", told["text"]]))


@command(of=mail)
@click.argument("aside_id", metavar="[ID]", default="")
def aside(ctx: click.Context, aside_id: str, *, as_json: bool) -> None:
    """What came and was no mail that could be read, and mails that a rule failed on; with ID its beginning."""
    from commsleads.store import aside as store
    from commsleads.store import letters

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        rows = store.listed(session)
        stuck = letters.stuck(session)
    if aside_id:
        rows = [row for row in rows if row["id"].startswith(aside_id)]
        if len(rows) != 1:
            which = "Nothing (or more than one thing) set aside"
            raise CommsleadsError(f"{which} is called {aside_id}. See: commsleads mail aside")
        if not as_json:
            click.echo(f"{told(rows[0]['at'])}: {harmless(rows[0]['why'])}\n\n{harmless(rows[0]['body'])}")
            return
    else:
        rows += [
            {"id": row["id"], "source": "", "external_id": row["place"], "at": row["at"], "why": row["error"],
             "size": 0, "body": ""}
            for row in stuck
        ]  # fmt: skip
    answer(
        rows,
        {
            "id": lambda row: row["id"],
            "at": lambda row: told(row["at"]),
            "source": lambda row: row["source"] or "(a rule)",
            "bytes": lambda row: row["size"],
            "what": lambda row: harmless(row["external_id"]),
        },
        as_json=as_json,
        beneath=lambda row: harmless(f"{row['external_id']}: {row['why']}"),
    )
