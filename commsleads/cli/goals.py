"""Commands for goals: list, show, set, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, show_json, unharmed
from commsleads.cli.desking import at_desk, by
from commsleads.cli.group import command, group, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from commsleads.app import App
    from commsleads.facts.goal_values import GoalLine
    from commsleads.store.engine import Row, Session

goal = group("goal", "Goals: how many of what by when, how each stands, and why one is behind.")


@command(of=goal, name="list")
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """Every goal: those of the settings, those set here, and those of campaigns; the ones that run first."""
    app = opened(ctx)
    with app.engine.session() as session, session.snapshot():
        found = app.facts(session).goals()
    if found or as_json:
        answer([told(one) for one in found], COLUMNS, as_json=as_json, beneath=lambda row: row["sentence"])
    else:
        click.echo("No goal yet. Set one with [[goals]] in the settings, or: commsleads goal set ID")


def _or_dash(name: str) -> Callable[[Row], Any]:
    return lambda row: "–" if row[name] is None else row[name]


def _day_of(row: Row) -> str:
    return f"{row['day']} of {row['days']}" if row["day"] else row["state"] or "–"


COLUMNS: dict[str, Callable[[Row], Any]] = {
    "id": lambda row: row["id"],
    "day": _day_of,
    "so far": _or_dash("reached"),
    "goal": lambda row: f"{row['n']} {row['of']}",
    "expected": lambda row: "–" if row["expected"] is None else f"{row['expected']:.1f}",
    "it is": lambda row: row["word"],
}


@command(of=goal)
@click.argument("name", metavar="ID")
def show(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """One goal: so far, expected by now, where it ends if it goes on like this, and why it is behind."""
    from commsleads.leads.aiming import missing

    app = opened(ctx)
    with app.engine.session() as session, session.snapshot():
        lines = app.facts(session).goals()
    found = next((one for one in lines if one.id == name), None)
    if found is None:
        raise missing(name, [one.id for one in lines])
    if as_json:
        show_json(told(found))
    else:
        click.echo(_words(found))


def _words(one: GoalLine) -> str:
    lines = [
        unharmed(f"{one.name}: {one.n:,} {one.of}, {one.starts_on or 'no beginning'} to {one.ends_on or 'no end'}"),
        f"  {unharmed(one.sentence)}",
        f"  {unharmed(one.diagnosis.sentence)}",
    ]
    parts = [(word, getattr(one, word)) for word in ("campaign", "team", "owner", "source")]
    parts += [("relevant", one.relevant), ("reachable", one.reachable), ("counted", one.counts), ("rows", one.query)]
    lines += [f"  {word}: {unharmed(value)}" for word, value in parts if value]
    if one.by_kind:
        lines.append(f"  by: {', '.join(f'{kind} {n:,}' for kind, n in one.by_kind)}")
    if one.leads is not None:
        lines.append(f"  leads it takes: {one.leads:,}")
    lines.append(f"  kept by: {KEPT[one.origin]}")
    return "\n".join(lines)


KEPT = {"settings": "the settings file", "people": "commsleads goal set", "campaign": "its campaign"}


@command(of=goal, name="set")
@click.argument("name", metavar="ID")
@click.option("--n", required=True, type=int, help="How many.")
@click.option("--of", "of", default="qualified leads", show_default=True, help="Of what, or a stage of the criteria.")
@click.option("--from", "first", required=True, metavar="DAY", help="Its first day, such as 2026-10-01.")
@click.option("--until", "last", required=True, metavar="DAY", help="Its last day.")
@click.option("--name", "title", default="", help="What people call it.")
@click.option("--campaign", default="", help="Only of this campaign.")
@click.option("--team", default="", help="Only of this team's leads.")
@click.option("--owner", default="", metavar="OFFICER", help="Only of this officer's leads.")
@click.option("--source", default="", help="Only of leads from this source, such as email.")
@click.option("--leads", type=int, help="How many leads it takes: with it a shortfall is split.")
@click.option("--why", "relevant", default="", help="What it is good for.")
@click.option("--how", "reachable", default="", help="Why it can be done.")
@by
def set_(
    ctx: click.Context, *, name: str, first: str, last: str, title: str, officer: str, as_json: bool, **given: Any
) -> None:
    """Set a goal, in place of one that was set under that ID. Doing it twice changes nothing."""
    from commsleads.config.aims import goal as checked
    from commsleads.leads import aiming

    app = opened(ctx)
    keys = {"id": name, "name": title, "starts_on": _day(first, "--from"), "ends_on": _day(last, "--until"), **given}
    with at_desk(app, officer) as desk:
        plan = checked(
            {key: value for key, value in keys.items() if value not in ("", None)},
            app.settings,
            campaigns={one.id for one in app.campaigns(desk.session)},
            stages=_stages(app, desk.session),
        )
        owned = {one.id for one in app.settings.goals}
        what = aiming.set_goal(desk.session, plan, owned=owned, now=desk.now, by=desk.who.id)
        line = next(one for one in app.facts(desk.session).goals() if one.id == name)
    if as_json:
        show_json(told(line) | {"what": what})
    else:
        click.echo(f"{name}: {'nothing changed' if what == 'same' else what}.")
        click.echo(unharmed(line.sentence))


@command(of=goal)
@click.argument("name", metavar="ID")
@by
def drop(ctx: click.Context, *, name: str, officer: str, as_json: bool) -> None:
    """Drop a goal that was set here. What was said of it stays in the history."""
    from commsleads.leads import aiming

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        owned = {one.id for one in app.settings.goals}
        aiming.drop_goal(desk.session, name, owned=owned, now=desk.now, by=desk.who.id)
    if as_json:
        show_json({"id": name, "what": "dropped"})
    else:
        click.echo(f"{name} is dropped.")


def _stages(app: App, session: Session) -> list[str]:
    """The stages of the criteria in force; of the file that is to come into force, where none are yet."""
    from commsleads.leads.agreeing import ensure

    return [stage.id for stage in ensure(session, app.settings, app.now())[-1].criteria.stages]


def _day(text: str, option: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f'{option} is "{text}" and no day. Write it as 2026-11-16.') from None


def told(one: GoalLine) -> dict[str, Any]:
    """A goal as a program reads it."""
    from commsleads.store.engine import stamp

    why = one.diagnosis
    return {
        "id": one.id,
        "name": one.name,
        "origin": one.origin,
        "n": one.n,
        "of": one.of,
        "counts": one.counts,
        **{word: getattr(one, word) for word in ("campaign", "team", "owner", "source")},
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        **{word: getattr(one, word) for word in ("leads", "relevant", "reachable", "state", "day", "days", "reached")},
        "expected": one.pace.expected,
        "low": one.pace.low,
        "high": one.pace.high,
        "word": one.pace.word,
        "why": one.pace.why,
        "counted_from": stamp(one.counted_from) if one.counted_from else None,
        "by_kind": dict(one.by_kind),
        "sentence": one.sentence,
        "diagnosis": {
            **{word: getattr(why, word) for word in ("word", "basis", "actual", "expected", "why", "sentence")},
            "difference_thousandths": why.difference,
            "parts": [
                {
                    **{word: getattr(part, word) for word in ("step", "thousandths", "actual", "expected")},
                    "share": part.share._asdict() if part.share else None,
                    "may_be_chance": part.chance,
                }
                for part in why.parts
            ],
        },
        "query": one.query,
    }
