"""The command `hits`: every request at a link, with its verdict and the reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, local
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import harmless
from commsleads.cli.group import command, opened

if TYPE_CHECKING:
    from commsleads.store.engine import Row

VERDICTS = ("certain_human", "probable_human", "probable_machine", "certain_machine")


@command()
@click.option("--campaign", default="", metavar="ID", help="Hits on the links of one campaign.")
@click.option("--link", "slug", default="", metavar="SLUG", help="Hits on one link.")
@click.option("--verdict", type=click.Choice(VERDICTS), help="Hits with one verdict.")
@click.option("--since", default="", metavar="WHEN", help="From this day or time on.")
@click.option("--until", default="", metavar="WHEN", help="Before this day or time.")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(min=0), help="How many, newest first; 0 is all."
)
def hits(
    ctx: click.Context, *, campaign: str, slug: str, verdict: str | None, since: str, until: str, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Requests at links: when, from where, by whom as far as can be said, and why we think so."""
    from commsleads.store.campaigns import hits as rows
    from commsleads.store.campaigns import links
    from commsleads.store.engine import micros

    app = opened(ctx)
    with app.engine.session() as session:
        if campaign and not slug and not links.of_campaign(session, campaign):
            the_campaign(app, session, campaign)  # one that was retired may have links still
        found = rows.listed(
            session,
            links=_links(session, campaign, slug),
            since=micros(day(app, since)) if since else None,
            until=micros(day(app, until)) if until else None,
            verdict=verdict or "",
            limit=limit,
        )
    told = local(app)
    answer(
        [_shown(row) for row in found],
        {
            "at": lambda row: told(row["at"]),
            "link": lambda row: harmless(row["link"]),
            "verdict": lambda row: (row["verdict"] or "waits").replace("_", " ") + (" again" if row["again"] else ""),
            "from": lambda row: row["medium"] or "",
        },
        as_json=as_json,
        beneath=lambda row: "; ".join(row["reasons"]),
    )
    if not as_json and limit and len(found) == limit:
        click.echo(f"These are the newest {limit}; all of them with --limit 0.", err=True)


def _links(session: Any, campaign: str, slug: str) -> list[str] | None:
    from commsleads.store.campaigns import links

    if not campaign and not slug:
        return None
    if campaign:
        rows = links.of_campaign(session, campaign)
    else:
        rows = session.query("SELECT id, slug, external FROM links WHERE slug = :slug OR external = :slug", slug=slug)
        if not rows:
            raise click.UsageError(f"No link is called {harmless(slug)}. See: commsleads link list")
    return [row["id"] for row in rows if not slug or slug in (row["slug"], row["external"])]


def _shown(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "link": row["slug"] or row["external"] or row["link_id"],
        "campaign": row["campaign_id"] or None,
        "cta": row["cta_id"] or None,
        "channel": row["channel"] or None,
        "group": row["part"] or None,
        "target": row["target_id"] or None,
        "at": (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=row["arrival"])).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        ),
        "asked": row["asked"],
        "agent": row["agent"] or "",
        "marks": row["marks"].split(),
        "network": row["known"] or None,
        "referrer": row["referrer"],
        "medium": row["medium"] or None,
        "verdict": row["verdict"] or None,
        "again": bool(row["again"]),
        "reasons": row["reasons"].split("; ") if row["reasons"] else [],
    }
