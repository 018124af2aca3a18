"""All leads, with every column, to be taken away: `lead export`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.group import command, opened
from commsleads.cli.leading import lead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commsleads.app import App
    from commsleads.cli.workbooks import Table
    from commsleads.facts import Facts
    from commsleads.store.engine import Session

FORMS = ("csv", "xlsx", "json")
STEPS = ("qualified", "offered", "accepted", "closed")
NAMES = {"aim": "to", "campaign_id": "campaign", "cta_id": "cta", "terms": "criteria"}
"""What columns of the tables are called outside."""
OFFERED = ("offers", "first_offered_at", "offered_to", "due_at", "answer", "answered_at", "reason")
PEOPLE = ("name", "email", "phone")


@command(of=lead)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Left out: what the ending of the file says.")
@click.option("--with-people", "people", is_flag=True, help="With names, addresses and what people said.")
def export(ctx: click.Context, *, out: Path, form: str | None, people: bool, as_json: bool) -> None:
    """All leads with every column: where from, each stage and when, points, owner, handoff, criteria.

    CSV is the list of leads; a workbook and JSON have their touches, the handoff ledger, the funnel and the sources as
    well. There is no limit. Without --with-people nobody is named in it.
    """
    from commsleads.cli import workbooks
    from commsleads.cli.answers import show_json
    from commsleads.store.engine import stamp

    app = opened(ctx)
    form = form or out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise click.UsageError(f'"{out.name}" does not say what to write. Take --format {", ".join(FORMS)}.')
    zone = app.settings.organisation.zone
    with app.engine.session() as session, session.snapshot():
        tables = tables_of(app, session, people=people)
        if form == "csv":
            workbooks.write_csv(out, next(tables), zone)
        elif form == "xlsx":
            workbooks.write_xlsx(out, tables, zone)
        else:
            organisation = app.settings.organisation.name
            head = {"edition": 1, "organisation": organisation, "as_of": stamp(app.now()), "zone": str(zone)}
            workbooks.write_json(out, head, tables)
        n = len(_ids(session))
    if as_json:
        show_json({"file": str(out), "format": form, "leads": n, "people": people})
    else:
        click.echo(f"Wrote {n:,} lead{'' if n == 1 else 's'} to {out}.", err=True)


def tables_of(app: App, session: Session, *, people: bool) -> Iterator[Table]:
    """The tables of the export. Their rows are read when they are written."""
    from commsleads.cli.workbooks import Table
    from commsleads.store.leads import exports

    facts = app.facts(session)
    ids = _ids(session)
    stages = _stages(session)
    said = exports.SAID if people else ()
    own = [name for name in exports.LEAD if name in said or name not in exports.SAID]
    reached = [f"{stage}_at" for stage in stages]
    columns = [*map(_called, own), *reached, *OFFERED, "people", *(PEOPLE if people else ())]
    yield Table("leads", columns, (_lead(row, stages) for row in exports.leads(session, ids, people=people)))
    touch = ["lead_id", *(_called(name) for name in exports.TOUCH if name != "contact_id")]
    yield Table("touches", [_time(one) for one in touch], map(_outside, exports.touches(session, ids)))
    offer = [_time(_called(name)) for name in (*exports.OFFER, *(("words",) if people else ()))]
    yield Table("handoffs", offer, map(_outside, exports.handoffs(session, ids, people=people)))
    yield from _funnels(facts, stages)


def _ids(session: Session) -> list[str]:
    from commsleads.store.leads import exports

    return exports.lead_ids(session)


def _stages(session: Session) -> list[str]:
    """The stages of all criteria there ever were: those in force first."""
    from commsleads.store.leads import terms

    there = reversed(terms.in_force(session))
    return list(dict.fromkeys(stage.id for one in there for stage in one.criteria.stages))


def _called(name: str) -> str:
    return NAMES.get(name, name)


def _time(name: str) -> str:
    """`at` alone is a time, too, and would not be told as one."""
    return "happened_at" if name == "at" else name


def _lead(row: Mapping[str, Any], stages: Sequence[str]) -> dict[str, Any]:
    told = {_called(key): value for key, value in row.items() if key != "reached"}
    told["qualified"] = bool(told["qualified"])
    return told | {f"{stage}_at": row["reached"].get(stage, "") for stage in stages}


def _outside(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {_time(_called(key)): value for key, value in row.items()}
    return told | {key: bool(told[key]) for key in ("counts", "escalated") if key in told}


def _funnels(facts: Facts, stages: Sequence[str]) -> Iterator[Table]:
    """The funnel of all leads there are, and by each part of them."""
    from datetime import UTC, datetime, timedelta

    from commsleads.cli.workbooks import Table
    from commsleads.contract import Period

    everything = Period(datetime(1970, 1, 1, tzinfo=UTC), facts.now + timedelta(seconds=1), "all")
    parts = facts.funnels(everything)
    (whole,) = parts[0].lines
    names = ("step", "stage", "n", "of", "rate", "low", "high", "may_still")
    yield Table("funnel", names, (
        {
            "step": step.kind, "stage": step.key if step.kind == "stage" else "", "n": step.share.k, "of": step.share.n,
            "rate": step.share.value, "low": step.share.low, "high": step.share.high, "may_still": step.open,
        }
        for step in whole.funnel.steps
    ))  # fmt: skip
    there = [step.key for step in whole.funnel.steps if step.kind == "stage" and step.key in stages]
    columns = ("by", "name", "opened", *there, *STEPS, "seconds_to_qualify", "seconds_to_accept")
    yield Table("sources", columns, (
        {
            "by": part.by, "name": one.name, "opened": one.funnel.n,
            **{key: one.funnel.step(key).share.k for key in (*there, *STEPS)},
            "seconds_to_qualify": _seconds(one.funnel.to_qualified.median),
            "seconds_to_accept": _seconds(one.funnel.to_accepted.median),
        }
        for part in parts[1:]
        for one in part.lines
    ))  # fmt: skip


def _seconds(length: Any) -> int | None:
    return None if length is None else round(length.total_seconds())
