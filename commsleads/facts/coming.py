"""What is to come: the days after a period, for as long as the period is.

The calendar of the settings, and what follows from what is kept: campaigns that start or end, goals and embargoes that
end, deadlines, promises, offers and leads that wake. What is late already is no part of it; that needs somebody now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from commsleads.contract import Period
from commsleads.facts.coming_values import KINDS, Coming
from commsleads.facts.goal_aims import aims
from commsleads.facts.ground import Ground, unit
from commsleads.plan import CalendarEntry
from commsleads.rules.periods import period_of
from commsleads.store import coming as rows
from commsleads.store.coming import Falling
from commsleads.store.engine import stamp

RESTRICTED = "restricted"


def coming(ground: Ground, period: Period) -> tuple[Coming, ...]:
    """What is to come in the period after this one, by day and time."""
    try:
        after = period_of(unit(period), period.end.astimezone(ground.zone).date(), ground.zone)
    except ValueError:  # the calendar ends
        return ()
    found = [*_entered(ground, after), *_campaigns(ground, after), *_goals(ground, after), *_desk(ground, after)]
    return tuple(sorted([*found, *_leads(ground, after)], key=_order))


def _order(one: Coming) -> tuple[date, bool, str, int, str, str]:
    """By day; what has no time first, then by time; of one time in the order of `KINDS`."""
    at = one.at.isoformat() if one.at else ""
    return one.on, one.at is not None, at, KINDS.index(one.kind), one.reference, one.what


def _within(day: date | None, ground: Ground, after: Period) -> bool:
    if day is None:
        return False
    return after.start.astimezone(ground.zone).date() <= day < after.end.astimezone(ground.zone).date()


def _entered(ground: Ground, after: Period) -> Iterator[Coming]:
    """The entries of the calendar."""
    for entry in ground.diary:
        if _within(entry.on, ground, after):
            yield Coming(
                on=entry.on,
                at=_at(entry, ground),
                kind=entry.kind,
                what=entry.what,
                reference="",
                who=_name(ground, entry.who),
                campaign=_called(ground, entry.campaign),
                command=f"commsleads campaign show {entry.campaign}" if entry.campaign else "",
            )


def _at(entry: CalendarEntry, ground: Ground) -> datetime | None:
    """When in the day. A local time that the clocks skip is that at which they go forward."""
    if not entry.at:
        return None
    hour, minute = (int(part) for part in entry.at.split(":"))
    return datetime(entry.on.year, entry.on.month, entry.on.day, hour, minute, tzinfo=ground.zone)


def _campaigns(ground: Ground, after: Period) -> Iterator[Coming]:
    for one in ground.campaigns:
        for day, kind in ((one.starts_on, "campaign starts"), (one.ends_on, "campaign ends")):
            if day is not None and _within(day, ground, after):
                yield Coming(
                    on=day,
                    at=None,
                    kind=kind,
                    what=one.name or one.id,
                    reference=one.id,
                    who=_name(ground, one.owner),
                    campaign=one.name or one.id,
                    command=f"commsleads campaign show {one.id}",
                )


def _goals(ground: Ground, after: Period) -> Iterator[Coming]:
    for aim in aims(ground):
        if aim.ends_on is not None and _within(aim.ends_on, ground, after):
            own = aim.origin == "campaign"
            yield Coming(
                on=aim.ends_on,
                at=None,
                kind="goal due",
                what=f"{aim.n:,} {aim.what} ({aim.name})" if aim.name else f"{aim.n:,} {aim.what}",
                reference=aim.id,
                who=_name(ground, aim.owner) or aim.team,
                campaign=_called(ground, aim.campaign),
                command=f"commsleads campaign show {aim.campaign}" if own else f"commsleads goal show {aim.id}",
            )


def _desk(ground: Ground, after: Period) -> Iterator[Coming]:
    between = (stamp(after.start), stamp(after.end))
    for kind, found in (
        ("deadline", rows.deadlines(ground.session, *between)),
        ("embargo", rows.embargoes(ground.session, *between)),
        ("call back", rows.promises(ground.session, *between)),
    ):
        for one in found:
            yield _of_enquiry(ground, kind, one)


def _of_enquiry(ground: Ground, kind: str, one: Falling) -> Coming:
    at = datetime.fromisoformat(one.at)
    hidden = one.privacy == RESTRICTED
    subject = f"{one.subject} ({one.outlet})" if one.outlet else one.subject
    return Coming(
        on=at.astimezone(ground.zone).date(),
        at=at,
        kind=kind,
        what="" if hidden else one.what or subject,
        reference=one.reference,
        who="" if hidden else _name(ground, one.owner),
        campaign="",
        command=f"commsleads enquiry show {one.reference}",
        hidden=hidden,
    )


def _leads(ground: Ground, after: Period) -> Iterator[Coming]:
    between = (stamp(after.start), stamp(after.end))
    for kind, found in (
        ("offer due", rows.offers(ground.session, *between)),
        ("lead wakes", rows.waking(ground.session, *between)),
    ):
        for when, lead, who, campaign in found:
            at = datetime.fromisoformat(when)
            yield Coming(
                on=at.astimezone(ground.zone).date(),
                at=at,
                kind=kind,
                what="",
                reference=lead,
                who=_name(ground, who),
                campaign=_called(ground, campaign),
                command=f"commsleads lead show {lead}",
            )


def _name(ground: Ground, who: str) -> str:
    """The name of one of our own people by id, else the word as it stands."""
    return next((one.name or one.id for one in ground.plan.officers if one.id == who), who)


def _called(ground: Ground, campaign: str) -> str:
    return next((one.name or one.id for one in ground.campaigns if one.id == campaign), campaign)
