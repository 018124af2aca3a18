"""Leads looked at: `lead list / due / show / history`, now or as they stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import answer, day, hint, local, show_json
from commsleads.cli.desking import by
from commsleads.cli.group import command, opened
from commsleads.cli.leading import ahead, at_leads, back_then, lead, on, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from commsleads.app import App
    from commsleads.leads.record import Work
    from commsleads.store.leads.listing import Wanted

SHORT = 8
"""Characters of an id in a table for people: as many as tell it from others."""
STATUSES = ("new", "offered", "lapsed", "accepted", "rejected", "recycled", "closed", "faded")
"""As `journey.STATUSES`: said again, so that asking for help imports nothing."""


@command(of=lead, name="list")
@click.option("--stage", default="", help="Only those that stand here, such as story-qualified.")
@click.option("--status", default="", help=f"One of {', '.join(STATUSES)}.")
@click.option("--owner", default="", metavar="OFFICER", help="Who has it, or to whom it is offered; or a team.")
@click.option("--mine", is_flag=True, help="Only mine, and those of whom I cover.")
@click.option("--campaign", default="", metavar="ID", help="Only those that a campaign brought.")
@click.option("--source", default="", help='Only from this source, such as "personal referral".')
@click.option("--since", default="", help="Opened on or after this day; with --qualified, qualified.")
@click.option("--until", default="", help="Opened before this day; with --qualified, qualified.")
@click.option("--qualified", is_flag=True, help="Only those that ever were qualified, the newest first.")
@click.option("--near", is_flag=True, help="Only those short of a stage by less than a band's margin.")
@click.option("--waiting", is_flag=True, help="Only those that wait for an answer: offered, or lapsed.")
@on
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="0 is all.")
@by
def list_(ctx: click.Context, *, then: str, limit: int, officer: str, as_json: bool, **chosen: Any) -> None:
    """Leads, the newest first."""
    from commsleads.leads import lists

    app = opened(ctx)
    _caught_up(app)
    with at_leads(app, officer) if chosen["mine"] else reading(app) as work:
        wanted = _wanted(app, work, **chosen)
        if at := back_then(app, then, work.now):
            rows = lists.listed_on(work, wanted, at, limit=limit)
        else:
            rows = lists.listed(work, wanted, limit=limit)
    hint(app, campaign=chosen["campaign"])
    answer(rows, _columns(app), as_json=as_json)
    if not (as_json or then):
        _unsaid(app)


def _caught_up(app: App) -> None:
    """Let what came since the last pass be in the list: a call that was logged a minute ago."""
    from commsleads import jobs
    from commsleads.telling import never

    jobs.qualify(app, never)


def _unsaid(app: App) -> None:
    """Who is missing in a list, because nobody has said yet what kind of enquiry theirs is."""
    from commsleads.store.leads import unsaid

    with app.engine.session() as session:
        count, oldest = unsaid.waiting(session)
    if count:
        one = count == 1
        click.echo(
            f"{count:,} open {'enquiry makes' if one else 'enquiries make'} nobody a lead until somebody says whether "
            f"{'it is' if one else 'they are'} positive, neutral or hostile"
            f"{'' if one else ', the oldest of them with'}: commsleads enquiry set {oldest} --stance neutral",
            err=True,
        )


def _wanted(
    app: App,
    work: Work,
    *,
    stage: str,
    status: str,
    owner: str,
    mine: bool,
    campaign: str,
    source: str,
    since: str,
    until: str,
    qualified: bool,
    near: bool,
    waiting: bool,
) -> Wanted:
    from commsleads.journey import LEAD_SOURCES
    from commsleads.leads.lists import minded
    from commsleads.store.leads.listing import Wanted

    owners = (*_owners(work, owner), *(minded(work.officers, work.who.id) if mine else ()))
    return Wanted(
        stage=_stage(work, stage),
        status=_word(status, STATUSES, "status"),
        owners=owners,
        campaign=campaign,
        source=_word(source, LEAD_SOURCES, "source"),
        since=day(app, since) if since else None,
        until=day(app, until) if until else None,
        qualified=qualified,
        near=near,
        waiting=waiting,
    )


def _stage(work: Work, said: str) -> str:
    """A stage of any criteria that ever were in force."""
    known = dict.fromkeys(stage.id for terms in work.terms() for stage in terms.criteria.stages) if said else ()
    return _word(said, tuple(known), "stage of the criteria")


def _word(said: str, known: tuple[str, ...], what: str) -> str:
    from commsleads.errors import LeadError
    from commsleads.rules.leads.verbs import nearest, unknown

    if said and not nearest(said, known):
        raise LeadError(unknown(said, known, what))
    return nearest(said, known)


def _owners(work: Work, name: str) -> tuple[str, ...]:
    """An officer's id, or those of a team."""
    if not name:
        return ()
    team = tuple(one.id for one in work.officers if one.team.casefold() == name.strip().casefold())
    known = any(name.strip().casefold() == one.id.casefold() for one in work.officers)
    return team if team and not known else (work.officer(name).id,)


def _columns(app: App) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
    told = local(app)

    def status(row: Mapping[str, Any]) -> str:
        if row["due_at"]:
            return f"due {told(row['due_at'])}"
        return f"wakes {told(row['wakes_at'])[:10]}" if row["wakes_at"] else str(row["status"])

    return {
        "id": lambda row: row["id"][:SHORT],
        "who": lambda row: ", ".join(filter(None, (row["name"] or row["email"], row["outlet"]))),
        "stage": lambda row: row["stage"],
        "status": status,
        "owner": lambda row: row["owner"] or (f"({row['offered_to']}?)" if row["offered_to"] else ""),
        "opened": lambda row: told(row["opened_at"])[:10],
    }


@command(of=lead)
@click.option("--mine", is_flag=True, help="Only mine, and those of whom I cover.")
@click.option("--owner", default="", metavar="OFFICER", help="Only of this officer, or this team.")
@click.option("--until", "until", default="", metavar="WHEN", help="How far ahead: a day, or 14d; 7 days if left out.")
@by
def due(ctx: click.Context, *, mine: bool, owner: str, until: str, officer: str, as_json: bool) -> None:
    """What waits for whom: offers by the time they are due, leads that lapsed, and who wakes soon."""
    from commsleads.leads import lists

    app = opened(ctx)
    _caught_up(app)
    with at_leads(app, officer) if mine else reading(app) as work:
        owners = (*_owners(work, owner), *(lists.minded(work.officers, work.who.id) if mine else ()))
        rows = lists.due(work, until=ahead(app, until) if until else None, owners=owners)
    told = local(app)
    words = {"answer": "answer by", "lapsed": "lapsed at", "wakes": "wakes"}

    def who(row: Mapping[str, Any]) -> str:
        cover = f" (cover: {row['cover']})" if row["cover"] else ""
        return f"{row['who'] or 'nobody: assign it'}{', escalated' if row['escalated'] else ''}{cover}"

    answer(
        rows,
        {
            "what": lambda row: words[row["what"]],
            "when": lambda row: told(row["at"]),
            "whose turn": who,
            "lead": lambda row: ", ".join(filter(None, (row["name"], row["outlet"]))),
            "id": lambda row: row["id"][:SHORT],
        },
        as_json=as_json,
    )
    if not as_json:
        _unsaid(app)


@command(of=lead)
@click.argument("who", metavar="LEAD")
@on
@by
def show(ctx: click.Context, *, who: str, then: str, officer: str, as_json: bool) -> None:
    """One lead whole: how it stands, which rule gave what, what was offered to whom, and what to do next."""
    from commsleads.cli.leadwords import lead_words
    from commsleads.leads import looking

    app = opened(ctx)
    with at_leads(app, officer) as work:
        told = looking.shown(work, looking.seen(work, who, back_then(app, then, work.now)))
    if as_json:
        show_json(told)
    else:
        click.echo(lead_words(app, told, then=bool(then)))


@command(of=lead)
@click.argument("who", metavar="LEAD")
@on
@by
def history(ctx: click.Context, *, who: str, then: str, officer: str, as_json: bool) -> None:
    """A lead from cradle to grave: every touch and what shows it, every change and why, in the order it was known."""
    from commsleads.leads import following, looking

    app = opened(ctx)
    told = local(app)
    with at_leads(app, officer) as work:
        rows = following.history(work, looking.seen(work, who, back_then(app, then, work.now)))

    def when(row: Mapping[str, Any]) -> str:
        late = f" (of {told(row['at'])})" if told(row["at"]) != told(row["known_at"]) else ""
        return f"{told(row['known_at'])}{late}"

    answer(
        rows if as_json else _told_once(rows),
        {"known": when, "what": lambda row: row["what"], "by": lambda row: row["by"]},
        as_json=as_json,
        beneath=lambda row: row["says"],
    )


def _told_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without lines of the ledger that a change of status of the same moment tells already."""
    told = {row["known_at"] for row in rows if row["what"] == "move" and row["of"] == "status"}
    return [row for row in rows if row["what"] not in ("offer", "answer") or row["known_at"] not in told]
