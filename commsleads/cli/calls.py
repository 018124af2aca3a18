"""A telephone call as `enquiry log` was given it: five fields, from options, from one line, or by asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.desking import harmless, moment_of, zone_of

if TYPE_CHECKING:
    from commsleads.app import App
    from commsleads.desk import Call, Desk
    from commsleads.desk.hearing import Heard


def call_of(
    app: App, desk: Desk, *, words: str, who: str | None, given: Mapping[str, Any], asking: bool
) -> tuple[list[str], Call]:
    """The call, with what is missing asked for (on a terminal); and what was not said, as it will be logged."""
    from commsleads.desk import Call
    from commsleads.desk.hearing import Heard, asked, by_when, caller, line
    from commsleads.store.desk.people import Person

    zone = zone_of(app, given["zone"])
    received = moment_of(app, given["received"], given["zone"]) if given["received"] else desk.now
    heard = line(desk, words, received=received, zone=zone) if words else Heard(person=Person(), subject="")
    if who is not None:
        heard = replace(heard, person=caller(who, app.settings.outlets))
    if given["outlet"]:
        heard = replace(heard, person=replace(heard.person, outlet=given["outlet"]))
    if given["subject"]:
        heard = replace(heard, subject=given["subject"], questions=asked(given["subject"]))
    if given["by_when"] is not None:
        found, text = by_when(desk, given["by_when"], received=received, zone=zone)
        heard = replace(heard, deadline=found, deadline_text=text)
    channel = given["channel"] or ""
    if asking:
        heard, channel = _ask(app, desk, heard, channel, zone=zone, received=received, given=given)
    if not heard.subject.strip():
        raise click.UsageError('Say what is asked: commsleads enquiry log "Ruth Calder, North County Post: how many?"')
    missing = [] if asking else _missing(heard, channel)
    return missing, Call(
        subject=heard.subject,
        journalists=(heard.person,) if heard.person else (),
        outlet=heard.person.outlet,
        channel=channel or "phone",
        deadline=heard.deadline,
        deadline_text=heard.deadline_text,
        soft=given["soft"],
        received_at=received,
        questions=given["questions"] or heard.questions or (heard.subject,),
        request_type=given["request_type"],
        stance=given["stance"],
        level=given["level"],
        privacy=given["privacy"],
        direction="proactive" if given["proactive"] else "reactive",
        urgent=given["urgent"],
        language=given["language"],
        background=given["background"],
        source_detail=given["source_detail"],
        owner=given["owner"],
        issues=given["issues"],
        campaigns=given["campaigns"],
        key=given["key"],
    )


def _ask(
    app: App, desk: Desk, heard: Heard, channel: str, *, zone: Any, received: Any, given: Mapping[str, Any]
) -> tuple[Heard, str]:
    """The missing ones of the five, each in a line; Enter leaves it out."""
    from commsleads.desk.hearing import asked, by_when, caller

    if not heard.person:
        person = caller(_line("Who (name, outlet, phone)"), app.settings.outlets)
        heard = replace(heard, person=replace(person, outlet=person.outlet or heard.person.outlet))
    if not heard.person.outlet:
        heard = replace(heard, person=replace(heard.person, outlet=_line("Outlet")))
    if not heard.subject:
        subject = _line("What is asked")
        heard = replace(heard, subject=subject, questions=asked(subject))
    if not heard.deadline_text and given["by_when"] is None:
        found, text = by_when(desk, _line("Deadline, in their words"), received=received, zone=zone)
        if text and not found and (more := _line("That was not read as a time. In other words (Enter leaves it so)")):
            again, said = by_when(desk, more, received=received, zone=zone)
            found, text = (again, said) if again else (None, text)
        heard = replace(heard, deadline=found, deadline_text=text)
    return heard, channel or _channel()


def _channel() -> str:
    """One of the channels: a slip here must not cost what was typed before."""
    from commsleads.enquiries import CHANNELS

    while (said := _line("Channel", "phone").lower()) not in CHANNELS:
        click.echo(f"“{said}” is no channel. Say one of: {', '.join(CHANNELS)}.", err=True)
    return said


def _line(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _missing(heard: Heard, channel: str) -> list[str]:
    missing = []
    if not heard.person:
        missing.append("who: none stated")
    if not heard.person.outlet:
        missing.append("outlet: none stated")
    if not heard.deadline_text:
        asked = f" (if “{harmless(heard.unread)}” is one, say it with --by-when)" if heard.unread else ""
        missing.append(f"deadline: none stated{asked}")
    if not channel:
        missing.append("channel: phone")
    return missing
