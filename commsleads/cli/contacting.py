"""Commands for contacts that change something: import, change, erase, suppress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import show_json, unharmed
from commsleads.cli.contacts import book_of, contact
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, opened
from commsleads.cli.importing import said

if TYPE_CHECKING:
    from commsleads.contacts.importing import Imported

SHOWN = 20
"""Rows and pairs that are told to people; a program is told all."""


@command(of=contact, name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--origin", default="", help="Where the list is from; else the name of the file.")
@click.option("--basis", default="legitimate interest", show_default=True, help="Why we may keep what is in it.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME", help="email=E-Mail, or email=3 for the third."
)
@click.option("--sheet", default="", help="Of a workbook: this sheet instead of the first.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@by
def import_(ctx: click.Context, *, file: Path, origin: str, basis: str, columns: Sequence[str], sheet: str,
            dry_run: bool, officer: str, as_json: bool) -> None:  # fmt: skip
    """Take the people of a CSV, XLSX, ODS or XLS file in; the same list again brings nobody new."""
    from commsleads import lists
    from commsleads.contacts.importing import Wanted, import_rows

    app = opened(ctx)
    wanted = Wanted(origin=origin or f"list {file.name}", basis=basis, columns=said(columns))
    with at_desk(app, officer) as desk:
        done = import_rows(book_of(desk), lists.read(file, sheet), wanted, dry_run=dry_run)
    if as_json:
        from dataclasses import asdict

        show_json(asdict(done))
    else:
        _imported_words(done, dry_run=dry_run)
    ctx.exit(1 if done.bad else 0)


def _imported_words(done: Imported, *, dry_run: bool) -> None:
    verb = " (nothing was kept: --dry-run)" if dry_run else ""
    rows = "1 row" if done.read == 1 else f"{done.read:,} rows"
    refused = f", {done.refused} not taken in" if done.refused else ""
    click.echo(f"{rows}: {done.new} new, {done.known} known, {len(done.bad)} bad{refused}{verb}.")
    if done.unread:
        click.echo(f"Not read: {', '.join(unharmed(one) for one in done.unread[:SHOWN])}.", err=True)
    for what, told in (("Bad", done.bad), ("Look at", done.doubtful)):
        for one in told[:SHOWN]:
            click.echo(f"{what}: row {one['row']} {unharmed(one['why'])}", err=True)
        if len(told) > SHOWN:
            click.echo(f"… and {len(told) - SHOWN} more; all of them: --json", err=True)
    for pair in done.suggested[:SHOWN]:
        why = unharmed(" ".join(pair["reasons"]))
        click.echo(f"Row {pair['row']}: {pair['one']} and {pair['other']} may be one person. {why}", err=True)
    if done.suggested and not dry_run:
        click.echo("If they are: commsleads lead merge ONE OTHER; if not: commsleads lead apart ONE OTHER", err=True)
    if len(done.suggested) > SHOWN:
        click.echo(f"… and {len(done.suggested) - SHOWN} more pairs; all of them: --json", err=True)


def _several(name: str, told: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option that may be given several times."""
    return click.option(f"--{name}", f"{name.replace('-', '_')}s", multiple=True, help=told)


@command(of=contact)
@click.argument("who", metavar="CONTACT")
@click.option("--name", default="")
@click.option("--role", default="", help="What they are there: editor, reporter.")
@click.option("--preferred", default="", help="How they would rather be reached: phone, email ...")
@_several("beat", "What they write about; several times for several.")
@_several("email", "An address to add.")
@_several("phone", "A number to add.")
@_several("outlet", "An outlet they write for now; those before stay.")
@_several("drop-beat", "Not what they write about.")
@_several("drop-email", "An address that is not theirs.")
@_several("drop-phone", "A number that is not theirs.")
@_several("drop-outlet", "An outlet that they never wrote for.")
@click.option("--origin", default="", help="Where this was learned; else it is by you.")
@click.option("--basis", default="legitimate interest", show_default=True, help="Why we may keep it.")
@by
def change(ctx: click.Context, *, who: str, officer: str, as_json: bool, **given: Any) -> None:
    """Change what is known of a person. CONTACT is an id, address or name."""
    from commsleads.contacts import looking
    from commsleads.contacts.describing import Changes
    from commsleads.contacts.describing import change as describe

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        book = book_of(desk)
        found = describe(book, who, Changes(**given))
        told = looking.show(book, found)
    if as_json:
        show_json(told)
    else:
        click.echo(f"{unharmed(told['name'] or told['email'] or found)} ({found}) is changed.")


@command(of=contact)
@click.argument("who", metavar="CONTACT")
@click.option("--even-open", is_flag=True, help="Also when an enquiry of theirs is open: nobody can answer it then.")
@by
def erase(ctx: click.Context, *, who: str, even_open: bool, officer: str, as_json: bool) -> None:
    """Forget a person at once, everywhere; figures stay, and say of nobody who it was. It cannot be undone."""
    from commsleads.contacts import forgetting

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        done = forgetting.erase(book_of(desk), who, even_open=even_open)
    if as_json:
        show_json(done._asdict())
    else:
        click.echo(
            f"Erased: {done.contacts} {'entry' if done.contacts == 1 else 'entries'}, {done.targets} targets, words in "
            f"{done.enquiries} enquiries and {done.letters} mails. No later list brings them back."
        )


@command(of=contact)
@click.argument("who", metavar="CONTACT", default="")
@click.option("--address", default="", help="Only this address, whoever reads it.")
@click.option("--lift", is_flag=True, help="They may be written to again: for an officer with the role lead.")
@click.option("--why", default="", help="What they said; for --lift it must be there.")
@by
def suppress(
    ctx: click.Context, *, who: str, address: str, lift: bool, why: str, officer: str, as_json: bool
) -> None:  # fmt: skip
    """Do not write to a person any more, at whatever address; or, with --address, to one address."""
    from commsleads.contacts import stopping

    if bool(who.strip()) == bool(address.strip()):
        raise click.UsageError("Say who: a CONTACT, or one address with --address.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        book = book_of(desk)
        if address:
            verb = stopping.lift_address if lift else stopping.stop_address
            done = verb(book, address, why=why)
        else:
            done = stopping.lift(book, who, why=why) if lift else stopping.stop(book, who, why=why)
    if as_json:
        show_json(done._asdict())
        return
    what = "address" if address else "person"
    if lift:
        click.echo(f"That {what} may be written to again." if done.new else f"That {what} was not stopped.")
    else:
        click.echo(f"Nobody writes to that {what} any more." if done.new else f"That {what} was stopped already.")
    if done.targets:
        n = done.targets
        targets = f"{n} {'target of a campaign is' if n == 1 else 'targets of campaigns are'}"
        click.echo(f"{targets} {'taken in again' if lift else 'left out from now on'}.")
