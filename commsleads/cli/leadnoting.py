"""`lead touch`: what no mailbox and no link saw, told by one of us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import day, show_json, unharmed
from commsleads.cli.campaigning import the_campaign
from commsleads.cli.desking import by
from commsleads.cli.group import command, opened
from commsleads.cli.leading import at_leads, lead

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.leads.noting import Talk
    from commsleads.leads.record import Work

FLAGS = ("ask", "deadline", "use", "material", "positive", "neutral", "hostile", "objected")


@command(of=lead)
@click.argument("who", metavar="[WHO]", default="")
@click.option("--kind", default="", help="phone, event or referral.")
@click.option("--when", default="", metavar="TIME", help="When it was, if not now: 2026-11-16T09:00.")
@click.option("--name", default="", help="Somebody new: their name, with an outlet or an address.")
@click.option("--outlet", default="", help="For whom they work.")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--role", default="")
@click.option("--source", default="", help="Where they came from, if it is not the kind itself: search, advert ...")
@click.option("--source-detail", "detail", default="", help="What exactly, such as the fair.")
@click.option("--campaign", default="", metavar="ID")
@click.option("--cta", default="", metavar="ID", help="The call to action that they followed.")
@click.option("--asks", "ask", is_flag=True, help="They ask for something.")
@click.option("--deadline", is_flag=True, help="With a deadline.")
@click.option("--use", is_flag=True, help="They say where it is to appear.")
@click.option("--material", is_flag=True, help="They used our data, an asset or a briefing.")
@click.option("--positive", is_flag=True)
@click.option("--neutral", is_flag=True)
@click.option("--hostile", is_flag=True)
@click.option("--objected", is_flag=True, help="They asked not to be written to.")
@click.option("--note", "words", default="", help="What was said. It is erased with them.")
@click.option("--undo", default="", metavar="ID", help="Take back a touch that was noted by mistake; with --why.")
@click.option("--why", default="", help="With --undo.")
@by
def touch(ctx: click.Context, *, undo: str, why: str, officer: str, as_json: bool, **given: Any) -> None:
    """Note a call, a talk at an event, or a referral. WHO is an id, an address or a name; --name is somebody new."""
    from commsleads.leads import noting

    app = opened(ctx)
    with at_leads(app, officer) as work:
        with work.session.atomic():
            if undo:
                contact, ident = noting.take_back(work, undo, why=why), undo
            else:
                made = noting.touch(work, _talk(app, work, **given))
                contact, ident = made.contact, made.id
            _follow(work, contact)
        _finish(work, contact, ident, as_json=as_json, undone=bool(undo))


def _talk(app: App, work: Work, **given: Any) -> Talk:
    from commsleads.leads.noting import Talk
    from commsleads.store.desk.people import Person

    return Talk(
        who=given["who"],
        person=Person(**{name: given[name] for name in ("name", "outlet", "email", "phone", "role")}),
        kind=given["kind"],
        at=day(app, given["when"]) if given["when"] else work.now,
        source=given["source"],
        detail=given["detail"],
        campaign=the_campaign(app, work.session, given["campaign"]) if given["campaign"] else None,
        cta=given["cta"],
        marks=[mark for mark in FLAGS if given[mark]],
        words=given["words"],
    )


def _follow(work: Work, contact: str) -> None:
    """What follows from what was noted: the touch, and the lead told anew."""
    from commsleads.intake.touches import noted_by_hand
    from commsleads.leads.retelling import retell

    noted_by_hand(work.session, work.settings, work.now)
    retell(work.session, work.terms(), work.now, [contact])


def _finish(work: Work, contact: str, ident: str, *, as_json: bool, undone: bool) -> None:
    from commsleads.leads import looking

    told = looking.shown(work, looking.seen(work, contact))
    if as_json:
        show_json({"touch": ident, "contact": contact, "lead": told})
        return
    undo = "" if undone else f" To take it back: commsleads lead touch --undo {ident} --why TEXT"
    stage = told["stage"] or ("no stage" if told["opened_at"] else "no lead")
    said = "Taken back." if undone else "Noted."
    click.echo(unharmed(f"{said} {told['name']} ({told['id']}): {stage}, {told['status']}.{undo}"))
