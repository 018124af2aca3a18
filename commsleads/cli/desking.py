"""What the desk's commands share: who is asking, whose time it is, and a record as people read it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from commsleads.app import App
    from commsleads.desk import Desk
    from commsleads.letters import Deadline


def by(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--by`: who is at the desk."""
    return click.option(
        "--by",
        "officer",
        default="",
        metavar="OFFICER",
        help="Who you are; else $COMMSLEADS_USER, else the login name.",
    )(function)


@contextmanager
def at_desk(app: App, name: str) -> Iterator[Desk]:
    """The desk, with this person at it. An officer who is not declared is refused, with the nearest name."""
    from commsleads.desk import Desk, officer
    from commsleads.rules.desk.errors import WordError

    login = "" if name else _login(app)
    with app.engine.session() as session:
        desk = Desk(session=session, settings=app.settings, now=app.now())
        try:
            who = officer(desk.officers, name or login)
        except WordError as error:
            if not login:
                raise
            raise WordError(f"{error} Say who you are with --by OFFICER, or set COMMSLEADS_USER.") from None
        yield Desk(session=session, settings=app.settings, now=desk.now, who=who)


def must_lead(desk: Desk, what: str) -> None:
    """Raises `LeadError` for who is no lead among the officers."""
    from commsleads.errors import LeadError

    if desk.who.role != "lead":
        leads = ", ".join(one.id for one in desk.settings.desk.officers if one.role == "lead")
        raise LeadError(f"Only an officer with the role lead may {what}. Ask: {leads or 'nobody has it'}.")


def _login(app: App) -> str:
    import getpass

    if named := app.environ.get("COMMSLEADS_USER") or os.environ.get("COMMSLEADS_USER"):
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a process without a name, as in a container
        return ""


def zone_of(app: App, name: str) -> ZoneInfo:
    """The zone of that name, the organisation's for none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if not name:
        return app.settings.organisation.zone
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.UsageError(f"“{name}” is no zone. Write it as Europe/London or America/New_York.") from None


def moment_of(app: App, text: str, zone: str = "") -> datetime:
    """An instant that a person typed; a bare day is its end, because it is asked "as of" and "by"."""
    from datetime import UTC, date, datetime, time, timedelta

    where = zone_of(app, zone)
    try:
        if len(text) <= len("2026-11-16"):
            day = date.fromisoformat(text)
            return datetime.combine(day + timedelta(days=1), time(), where).astimezone(UTC) - timedelta(seconds=1)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise click.UsageError(f'"{text}" is not a day or time. Write it as 2026-11-16 or 2026-11-16T09:00.') from None
    return (found if found.tzinfo else found.replace(tzinfo=where)).astimezone(UTC)


def in_words(at: datetime, zone: ZoneInfo) -> str:
    """An instant with its weekday and zone: Thursday 19 November 2026, 17:00 GMT."""
    there = at.astimezone(zone)
    return f"{there:%A} {there.day} {there:%B %Y, %H:%M} {there.tzname()}"


def deadline_words(app: App, told: dict[str, Any]) -> str:
    """What was understood of a deadline."""
    from commsleads.store.engine import moment

    said = f' ("{told["deadline_text"]}")' if told["deadline_text"] else ""
    at = moment(told["deadline_at"] or "")
    if at is None:
        return f"not read{said}" if told["deadline_kind"] == "not read" else "none stated"
    soft = ", may slip" if told["deadline_kind"] == "soft" else ""
    return f"{in_words(at, app.settings.organisation.zone)}{soft}{said}"


def understood(app: App, found: Deadline | None, words: str) -> str:
    """What was read of a deadline that somebody has just typed; when nothing was, what to do about it."""
    if found:
        doubt = "" if found.sure else "; other readings are possible"
        return f"deadline {in_words(found.at, app.settings.organisation.zone)}{doubt}"
    return f"deadline not read (“{words}”); say it in other words, or as 2026-11-16T17:00" if words else "no deadline"


def logged_words(app: App, told: dict[str, Any]) -> str:
    """The answer to `enquiry log`: the reference first."""
    lines = [told["reference"], f"{who_words(told)}: {told['subject']}" if who_words(told) else told["subject"]]
    lines.append(f"Deadline: {deadline_words(app, told)}")
    if told["deadline_kind"] == "not read":
        lines.append(f"Give it with: commsleads enquiry set {told['reference']} --by-when TEXT")
    return "\n".join(lines)


def who_words(told: dict[str, Any]) -> str:
    """Who asks: the journalists and the outlet."""
    names = [one["name"] or one["email"] or one["phone"] for one in told["journalists"]]
    return ", ".join(filter(None, (*names, told["outlet"])))


def dossier_words(app: App, one: dict[str, Any]) -> str:
    """A journalist for people."""
    from commsleads.cli.answers import local

    at = local(app)
    lines = [", ".join(filter(None, (one["name"], one["role"], one["email"], one["phone"])))]
    lines += [f"  {row['outlet']}, {at(row['first_at'])} to {at(row['last_at'])}" for row in one["outlets"]]
    lines += [f"  {row['reference']}  {spoken(row['shown'])}  {row['subject']}" for row in one["enquiries"]]
    lines += [f"  said {at(row['at'])} ({row['reference']}): {harmless(row['text'])}" for row in one["answers"]]
    lines += [f"  appeared {at(row['seen_at'])} ({row['reference']}): {row['title']}" for row in one["coverage"]]
    return "\n".join(lines)


def spoken(word: str) -> str:
    """A state or a hold as people say it: awaiting sign-off."""
    from commsleads.rules.desk.workflow import spoken as said

    return said(word)


def harmless(text: str) -> str:
    """Somebody's words for a terminal: nothing in them moves the cursor."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text)


def read_version(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--if-version`: do it only when nobody has changed the record since it was read."""
    return click.option(
        "--if-version",
        "version",
        type=int,
        metavar="N",
        help="Only if the record is still in version N, as you read it.",
    )(function)


def finish(desk: Desk, ref: str, *, as_json: bool, said: str = "") -> None:
    """What a verb answers: the whole record for a program, a line for people."""
    from commsleads.cli.answers import show_json
    from commsleads.desk.looking import show
    from commsleads.rules.desk.errors import DeskError
    from commsleads.store.desk import enquiries

    row = enquiries.find(desk.session, ref, desk.year)
    if not as_json:
        hold = f", {spoken(row['hold'])}" if row["hold"] else ""
        click.echo(f"{row['reference']} {spoken(row['state'])}{hold}{': ' + said if said else ''}")
        return
    try:
        show_json(show(desk, ref))
    except DeskError:  # who handed a restricted enquiry over may not see it any more
        show_json({"reference": row["reference"], "status": row["state"]})
