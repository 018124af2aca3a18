"""Commands for contacts that look: list, show, check, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.contacts.record import Book
    from commsleads.desk import Desk
    from commsleads.store.contacts.reading import Chosen

contact = group("contact", "Contacts: the people outside, how they are reached, and where we know that from.")


def book_of(desk: Desk) -> Book:
    """The contacts in the hands of who is at the desk."""
    from commsleads.contacts.record import Book

    return Book(session=desk.session, settings=desk.settings, now=desk.now, who=desk.who)


@command(of=contact, name="list")
@click.option("--outlet", default="", help="Only who writes, or ever wrote, for this outlet.")
@click.option("--tier", type=click.IntRange(1, 3), help="Only who writes for an outlet of this tier.")
@click.option("--role", default="", help="Only whose role has these words.")
@click.option("--beat", default="", help="Only who writes about this.")
@click.option("--since", default="", metavar="DAY", help="Only who was heard of on or after that day.")
@click.option("--stale", type=click.IntRange(min=1), metavar="DAYS", help="Only who was not heard of for so long.")
@click.option("--stopped", is_flag=True, help="Only who is not to be written to.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
def list_(ctx: click.Context, *, as_json: bool, **given: Any) -> None:
    """Who is known, last heard of first."""
    from commsleads.contacts.looking import listed

    app = opened(ctx)
    with app.engine.session() as session:
        rows = listed(session, _chosen(app, **given))
    at = local(app)
    columns = {
        "id": lambda row: row["id"],
        "name": lambda row: row["name"],
        "outlet": lambda row: row["outlet"],
        "role": lambda row: row["role"],
        "email": lambda row: row["email"],
        "heard of": lambda row: at(row["last_at"])[:10],
        "": lambda row: "do not contact" if row["stopped_at"] else "",
    }
    answer(rows, columns, as_json=as_json)


def _chosen(
    app: App, *, outlet: str, tier: int | None, role: str, beat: str, since: str, stale: int | None, stopped: bool,
    limit: int,
) -> Chosen:  # fmt: skip
    from datetime import timedelta

    from commsleads.rules.contacts.register import declared
    from commsleads.store.contacts.reading import Chosen
    from commsleads.store.engine import stamp

    register = app.settings.outlets
    wanted = None
    if outlet:
        known = declared(register, outlet)
        wanted = frozenset((known.name if known else outlet,))
    if tier is not None:
        of_tier = frozenset(one.name for one in register if one.tier == tier)
        wanted = of_tier if wanted is None else wanted & of_tier
    not_since = stamp(app.now() - timedelta(days=min(stale, 36_500))) if stale else ""
    return Chosen(
        outlets=wanted, role=role, beat=beat, since=stamp(day(app, since)) if since else "", not_since=not_since,
        stopped=stopped, limit=limit,
    )  # fmt: skip


@command(of=contact)
@click.argument("who", metavar="CONTACT")
@by
def show(ctx: click.Context, *, who: str, officer: str, as_json: bool) -> None:
    """All that is known of one person, with origin, basis and day of each datum. CONTACT is an id, address or name."""
    from commsleads.contacts import looking

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        told = looking.show(book_of(desk), who)
    if as_json:
        show_json(told)
    else:
        click.echo(_shown(app, told))


def _shown(app: App, told: dict[str, Any]) -> str:
    at = local(app)
    name = unharmed(told["name"] or told["email"] or told["phone"] or told["id"])
    lines = [f"{name} ({told['id']})"]
    if told["stopped_at"]:
        why = f": {unharmed(told['stopped_why'])}" if told["stopped_why"] else ""
        lines.append(f"  Do not contact, since {at(told['stopped_at'])}{why}")
    for label, value in (
        ("role", told["role"]), ("writes about", ", ".join(told["beats"])), ("preferred", told["preferred"]),
        ("joined with", ", ".join(told["also"])), ("first known", at(told["first_at"])),
        ("last heard of", at(told["last_at"])), ("kept until", at(told["erase_after"])), ("because", told["basis"]),
    ):  # fmt: skip
        if value:
            lines.append(f"  {label}: {unharmed(value)}")
    lines += [
        f"  {unharmed(row['outlet'])}, {at(row['first_at'])[:10]} to {at(row['last_at'])[:10]}"
        for row in told["outlets"]
    ]
    for row in told["addresses"]:
        stop = " (suppressed)" if row["suppressed"] else ""
        lines.append(f"  {unharmed(row['shown'])}{stop}: {unharmed(' '.join(row['reasons']))}")
    lines += [f"  {unharmed(row['shown'])}" for row in told["phones"]]
    lines += [f"  {row['reference']}  {row['state']}  {unharmed(row['subject'])}" for row in told["enquiries"]]
    for row in told["leads"]:
        if row["opened_at"]:
            lines.append(f"  lead {row['id']}: {row['stage'] or 'no stage yet'}, {row['status']}")
    lines += [f"  target of {unharmed(row['campaign'])}: {unharmed(row['status'])}" for row in told["targets"]]
    lines.append("Where each datum came from:")
    lines += [
        f"  {row['field']} “{unharmed(row['value'])}”: {unharmed(row['origin'])}, {at(row['at'])}, {row['basis']}"
        for row in told["data"]
    ]
    return "\n".join(lines)


@command(of=contact)
@click.argument("who", metavar="[CONTACT]", default="")
@click.option("--online", is_flag=True, help="Ask name servers whether the domains take mail; else nothing is asked.")
@click.option("--all", "everything", is_flag=True, help="Also addresses with which nothing is the matter.")
def check(ctx: click.Context, *, who: str, online: bool, everything: bool, as_json: bool) -> None:
    """What can be said of addresses without writing to them: broken, shared, throwaway, private, the outlet's own."""
    from commsleads.contacts.looking import checked
    from commsleads.contacts.record import same_person
    from commsleads.store.contacts.reading import Chosen, listed
    from commsleads.store.leads import finding

    app = opened(ctx)
    with app.engine.session() as session:
        ids = same_person(session, finding.contact(session, who)) if who else listed(session, Chosen())
        rows = list(checked(session, app.settings.outlets, ids))
    if online:
        _ask(rows)
    told = [row for row in rows if everything or row["works"] is not True or row["marks"] not in _FINE]
    at_fault = {
        "contact": lambda row: row["contact"],
        "name": lambda row: row["name"],
        "address": lambda row: row["email"],
        "marks": lambda row: ", ".join(row["marks"]),
    }
    answer(told, at_fault, as_json=as_json, beneath=lambda row: " ".join(row["reasons"]))
    if not as_json:
        click.echo(f"{len(rows):,} addresses looked at, {len(told):,} of them shown.", err=True)


_FINE = (["works"], ["outlet-domain", "works"])


def _ask(rows: list[dict[str, Any]]) -> None:
    from commsleads.contacts.asking import asked

    found = asked({row["email"].rpartition("@")[2] for row in rows if row["works"] is not False})
    for row in rows:
        told = found.get(row["email"].rpartition("@")[2])
        row["takes_mail"] = told.takes if told else None
        if told:
            row["reasons"].append(told.why)
            if told.takes is False:
                row["works"] = False
                row["marks"] = sorted({*row["marks"], "broken"} - {"works"})


@command(of=contact)
@click.argument("who", metavar="CONTACT")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it there: .json as JSON, else text."
)
@by
def export(ctx: click.Context, *, who: str, out: Path | None, officer: str, as_json: bool) -> None:
    """Everything about one person, for that person: the answer to an access request."""
    from commsleads.contacts.handing_out import export as everything
    from commsleads.contacts.handing_out import readable

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        if out is not None:
            _must_be_free(out)
        data = everything(book_of(desk), who)
    if out is None:
        if as_json:
            show_json(data)
        else:
            click.echo("\n".join(map(unharmed_line, readable(data).split("\n"))))
        return
    _write(out, data, as_json=as_json or out.suffix.lower() == ".json")
    if as_json:
        show_json({"contact": data["contact"], "file": str(out)})
    else:
        click.echo(f"Written: {out}. Look through it before it goes out: others may be named in it.")


def unharmed_line(line: str) -> str:
    """A line with its indentation, without what only a terminal would see."""
    return " " * (len(line) - len(line.lstrip(" "))) + unharmed(line)


def _must_be_free(out: Path) -> None:
    if out.exists():
        raise click.UsageError(f"{out} is there already and was left as it is. Name another file.")


def _write(out: Path, data: dict[str, Any], *, as_json: bool) -> None:
    import json
    import os

    from commsleads.contacts.handing_out import readable

    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n" if as_json else readable(data)
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror or error}.") from None
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
