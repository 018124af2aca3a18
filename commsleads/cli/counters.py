"""The command `counters`: what link services and site statistics count, by which rule, and when it was last read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commsleads.cli.answers import answer, hint, local
from commsleads.cli.group import command, opened

if TYPE_CHECKING:
    from commsleads.store.engine import Row

FILTERED = {"no": "machines too", "service": "machines left out", "unknown": "not said"}


@command()
@click.option("--campaign", default=None, metavar="ID", help='Counters of one campaign; "" for those of none.')
@click.option("--source", default="", metavar="ID", help="Counters of one source.")
def counters(ctx: click.Context, campaign: str | None, source: str, as_json: bool) -> None:
    """What other services count for us: what was gained since the first reading, by whose rule, and what was missed."""
    from commsleads.store.campaigns import counters as rows

    app = opened(ctx)
    told = local(app)
    with app.engine.session() as session:
        found = rows.listed(session, campaign=campaign, source=source)
        notes = rows.notes(session, [row["id"] for row in found])
    if not found:
        hint(app, campaign=campaign or "", source=source)
    answer(
        [_shown(row, notes.get(row["id"], [])) for row in found],
        {
            "campaign": lambda row: " ".join(filter(None, (row["campaign"], row["cta"]))) or "-",
            "thing": lambda row: row["thing"],
            "measure": lambda row: row["measure"],
            "gained": lambda row: row["gained"],
            "earlier": lambda row: row["earlier"] or "",
            "resets": lambda row: row["resets"] or "",
            "counts": lambda row: FILTERED[row["filtered"]],
            "zone": lambda row: row["zone"],
            "last read": lambda row: told(row["last_at"]),
            "gaps": lambda row: row["gaps"] or "",
        },
        as_json=as_json,
        beneath=_beneath,
    )


def _shown(row: Row, notes: list[str]) -> Row:
    """A counter as programs get it; times in UTC."""
    return {
        "id": row["id"],
        "source": row["source_id"],
        "kind": row["kind"],
        "state": row["state"],
        "campaign": row["campaign_id"],
        "cta": row["cta_id"],
        "why": row["why"],
        "link": row["link_id"],
        "thing": row["thing"],
        "measure": row["measure"],
        "total": row["total"],
        "gained": row["gained"],
        "earlier": row["earlier"],
        "resets": row["resets"],
        "daily": row["daily"],
        "additive": row["additive"],
        "singly": row["singly"],
        "filtered": row["filtered"],
        "rule": row["rule"],
        "zone": row["zone"],
        "first_at": row["first_at"],
        "last_at": row["last_at"],
        "gaps": row["gaps"],
        "notes": notes,
    }


def _beneath(row: Row) -> str:
    """By which rule, and what a person must know before the number is used."""
    said = [row["rule"]]
    if row["singly"]:
        said.append("Its clicks are kept singly, too (commsleads hits): do not add them up.")
    if not row["additive"] and row["daily"]:
        said.append("This is the sum of days, and no number of people.")
    if row["state"] in ("failing", "paused"):
        said.append(f"Its source is {row['state']} (commsleads sources).")
    return " ".join([*said, *row["notes"][:1]])
