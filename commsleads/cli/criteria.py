"""The commands of the written criteria: `criteria show / list / diff / try / apply`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, local, show_json, unharmed
from commsleads.cli.desking import at_desk, by, must_lead
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.criteria import Criteria
    from commsleads.leads.trying import Tally
    from commsleads.rules.criteria.trial import Changed, Standing
    from commsleads.store.engine import Session
    from commsleads.store.leads.terms import Kept

criteria = group("criteria", "The criteria of a qualified lead: what was agreed, what changed, who would be one.")

FILE = click.Path(path_type=Path, dir_okay=False)


@command(of=criteria)
@click.argument("file", required=False, type=FILE)
@click.option("--number", type=click.IntRange(min=1), metavar="N", help="Those that went by this number.")
def show(ctx: click.Context, *, file: Path | None, number: int | None, as_json: bool) -> None:
    """The criteria in force in sentences; those of a FILE, or of a number that was in force before."""
    if file is not None and number is not None:
        raise click.UsageError("Give a FILE or --number, not both.")
    app = opened(ctx)
    with app.engine.session() as session:
        found, kept = _meant(app, session, str(number or file or ""))
        differs = _differs(app, session) if kept and number is None else ""
    if as_json:
        show_json(_shown(found, kept) | {"differs": differs})
        return
    click.echo(_head(app, found, kept) if kept else f"{file}, not in force")
    for section in _sections(found):
        click.echo(f"\n{section.head}")
        for sentence in section.sentences or ("none",):
            click.echo(f"  {unharmed(sentence)}")
    if differs:
        click.echo(f"\n{unharmed(differs)}", err=True)


@command(of=criteria, name="list")
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """Every set of criteria that was in force, with its number, and since when."""
    from commsleads.store.leads import terms

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        _ensured(app, session)
        rows = [_row(kept) for kept in terms.kept(session)]
    answer(
        rows,
        {
            "number": lambda row: row["number"],
            "since": lambda row: told(row["at"]),
            "by": lambda row: row["by"],
            "version": lambda row: row["version"],
            "author": lambda row: row["author"],
            "ground": lambda row: "" if row["revision"] == 1 else "hours, days off or officers changed",
        },
        as_json=as_json,
        beneath=lambda row: row["note"],
    )


@command(of=criteria)
@click.argument("one", required=False, default="", metavar="[FILE|N]")
@click.argument("other", required=False, default="", metavar="[N]")
def diff(ctx: click.Context, *, one: str, other: str, as_json: bool) -> None:
    """What changes, rule by rule: from those in force (or number N) to a FILE, or from one number to another."""
    from commsleads.rules.criteria.diff import changes, deciding

    app = opened(ctx)
    with app.engine.session() as session:
        first, second = (other, one or _own_file(app)) if not _is_number(one) else (one, other)
        before, _ = _meant(app, session, first)
        after, _ = _meant(app, session, second)
    found = changes(before, after)
    if as_json:
        show_json([change._asdict() | {"sentence": change.sentence} for change in found])
        return
    for change in found:
        click.echo(unharmed(change.sentence))
    if not found:
        click.echo("Nothing that is said in them differs.")
    elif not deciding(found):
        click.echo("Nothing that decides about a lead differs.")


@command(of=criteria, name="try")
@click.argument("file", type=FILE)
def try_(ctx: click.Context, *, file: Path, as_json: bool) -> None:
    """Which leads would change if the criteria of FILE were switched on now. Nothing is written."""
    from commsleads.config import criteria as files
    from commsleads.errors import LeadError
    from commsleads.leads import agreeing, trying
    from commsleads.rules.criteria.checks import contradictions
    from commsleads.store.leads import terms, trial

    app = opened(ctx)
    found = files.read(file)
    with app.engine.session() as session, session.snapshot():
        there = terms.in_force(session)
        now = app.now()
        new = agreeing.on_trial(found, there, app.settings, now)
        if problems := contradictions(found, new.ground.officers):
            raise LeadError(*problems)
        tally = trying.Tally()
        changed = list(trying.tried(session, new, there, now, tally))
        names = trial.names(session, [one.lead for one in changed])
    old = there[-1].criteria if there else found
    rows = [_change(one, names.get(one.lead, ""), old, found) for one in changed]
    stages = _by_stage(tally, old, found)
    if as_json:
        show_json({"number": new.number, "stages": stages, "changes": rows})
        return
    _say_trial(stages, rows, file)


@command(of=criteria)
@click.argument("file", type=FILE)
@click.option("--why", default="", help="Why they are switched on: who agreed on them, and when.")
@by
def apply(ctx: click.Context, *, file: Path, why: str, officer: str, as_json: bool) -> None:
    """Switch the criteria of FILE on: every lead is judged anew. For an officer with the role lead."""
    from commsleads.config import criteria as files
    from commsleads.leads import agreeing, trying
    from commsleads.leads.retelling import retell

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        session, settings, now = desk.session, desk.settings, desk.now
        must_lead(desk, "switch criteria on")
        before = agreeing.ensure(session, settings, now)
        content = files.content_of(file)
        new = agreeing.on_trial(files.read(content, file.name), before, settings, now)
        changed = sum(1 for _ in trying.tried(session, new, before, now))
        done = agreeing.switch_on(session, settings, content, by=desk.who.id, now=now, name=file.name, why=why)
        is_new = done.number != before[-1].number
        if is_new:
            retell(session, agreeing.ensure(session, settings, now), now, most=EVERYBODY)
    if as_json:
        show_json({"number": done.number, "new": is_new, "changed": changed if is_new else 0})
    elif not is_new:
        click.echo(f"This is the text of the criteria in force, number {done.number}. Nothing was switched on.")
    else:
        leads = "1 lead stands" if changed == 1 else f"{changed:,} leads stand"
        click.echo(f"The criteria number {done.number} are in force. {leads} otherwise than before.")


EVERYBODY = 10**9
"""Leads told anew when criteria are switched on: all of them."""


def _ensured(app: App, session: Session) -> None:
    """With none in force yet, those of the settings are."""
    from commsleads.leads import agreeing

    agreeing.ensure(session, app.settings, app.now())


def _differs(app: App, session: Session) -> str:
    from commsleads.leads import agreeing

    return agreeing.differs(session, app.settings)


def _own_file(app: App) -> str:
    """The file of the settings. Raises `LeadError` when they name none."""
    from commsleads.errors import LeadError

    if app.settings.criteria_file is None:
        raise LeadError("Say which file: commsleads criteria diff FILE. The settings name none in [criteria] file.")
    return str(app.settings.criteria_file)


def _meant(app: App, session: Session, words: str) -> tuple[Criteria, Kept | None]:
    """The criteria that a person means by a number or a file; those in force for none.

    Raises `LeadError` for a number that never was, `ConfigError` for a file with mistakes.
    """
    from commsleads.config import criteria as files
    from commsleads.errors import LeadError
    from commsleads.store.leads import terms

    if words and not _is_number(words):
        return files.read(Path(words)), None
    _ensured(app, session)
    rows = terms.kept(session, int(words)) if words else terms.kept(session)[-1:]
    if not rows:
        most = terms.kept(session)[-1].number
        there = "There is number 1 only." if most == 1 else f"There are the numbers 1 to {most}."
        raise LeadError(f"No criteria went by the number {int(words)}. {there}")
    kept = rows[-1]
    return terms.criteria_of(kept.text, f"The criteria number {kept.number}"), kept


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 10


def _sections(found: Criteria) -> Any:
    from commsleads.rules.criteria.sentences import sections

    return sections(found)


def _row(kept: Kept) -> dict[str, Any]:
    from commsleads.store.engine import stamp
    from commsleads.store.leads import terms

    found = terms.criteria_of(kept.text, f"The criteria number {kept.number}")
    return {
        "number": kept.number, "revision": kept.revision, "at": stamp(kept.at), "by": kept.by, "version": found.version,
        "author": kept.author, "dated": kept.dated, "note": kept.note,
    }  # fmt: skip


def _shown(found: Criteria, kept: Kept | None) -> dict[str, Any]:
    """The criteria for a program: who agreed on what, when, in sentences and as the file has it."""
    row = _row(kept) | {"text": kept.text} if kept else {
        "number": None, "revision": None, "at": None, "by": "", "version": found.version, "author": found.author,
        "dated": str(found.dated or ""), "note": found.note, "text": None,
    }  # fmt: skip
    return row | {
        "reading": found.reading,
        "sections": [{"head": one.head, "sentences": list(one.sentences)} for one in _sections(found)],
    }


def _head(app: App, found: Criteria, kept: Kept) -> str:
    from commsleads.store.engine import stamp

    named = f", called “{unharmed(found.version)}”" if found.version else ""
    lines = [f"Criteria number {kept.number}{named}, in force since {local(app)(stamp(kept.at))}, by {kept.by}"]
    written = ", ".join(filter(None, (unharmed(kept.author), kept.dated)))
    lines += [f"Written by {written}"] if written else []
    lines += [unharmed(kept.note)] if kept.note else []
    return "\n".join(lines)


def _by_stage(tally: Tally, old: Criteria, new: Criteria) -> list[dict[str, Any]]:
    names = ["", *(stage.id for stage in new.stages)]
    names += [stage.id for stage in old.stages if stage.id not in names]
    return [{"stage": name, "before": tally.before[name], "after": tally.after[name]} for name in names]


def _change(one: Changed, name: str, old: Criteria, new: Criteria) -> dict[str, Any]:
    from commsleads.rules.criteria.trial import because

    return {
        "lead": one.lead, "name": name, "outlet": one.outlet, "before": _standing(one.before),
        "after": _standing(one.after), "why": because(one.before, one.after, old, new),
    }  # fmt: skip


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "lead": one.opened, "stage": one.stage, "qualified": one.qualified, "status": one.status if one.opened else "",
        "fit": one.fit, "fit_band": one.fit_band, "engagement": one.engagement, "engagement_band": one.engagement_band,
    }  # fmt: skip


def _say_trial(stages: list[dict[str, Any]], rows: list[dict[str, Any]], file: Path) -> None:
    answer(
        stages,
        {
            "stage": lambda row: row["stage"] or "no stage yet",
            "before": lambda row: row["before"],
            "after": lambda row: row["after"],
        },
        as_json=False,
    )
    if not rows:
        click.echo("\nNobody would change.")
        return
    click.echo(f"\n{len(rows):,} {'lead' if len(rows) == 1 else 'leads'} would change:")
    for row in rows:
        who = ", ".join(filter(None, (row["name"], row["outlet"]))) or row["lead"]
        click.echo(unharmed(f"{who} ({row['lead'][:8]}): {_from_to(row['before'], row['after'])}; {row['why']}."))
    click.echo(f"\nNothing was written. Switch them on with: commsleads criteria apply {shlex.quote(str(file))}")


def _from_to(before: dict[str, Any], after: dict[str, Any]) -> str:
    def at(one: dict[str, Any]) -> str:
        return (one["stage"] or "no stage yet") if one["lead"] else "no lead"

    moves = [f"{at(before)} → {at(after)}"] if at(before) != at(after) else []
    if before["status"] != after["status"]:
        moves.append(f"{before['status'] or 'no status'} → {after['status'] or 'no status'}")
    return ", ".join(moves) or ("qualified now" if after["qualified"] else "not qualified any more")
