"""Why a lead moved, in a sentence for each kind of move. Never with a person's name or words: those can be erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from commsleads.journey import Act, Offer, Touch

NOUNS = {
    "enquiry": "an enquiry",
    "reply": "a reply",
    "form": "a form",
    "click": "a click",
    "phone": "a phone call",
    "event": "a talk at an event",
    "referral": "a referral",
    "known": "what we learned of them",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ACTED = {
    "stage": "set",
    "assign": "assigned",
    "reopen": "reopened",
    "close": "closed",
    "recycle": "sent back to nurture",
}


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """The instant on the organisation's clock; as it is, at the ends of the calendar."""
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError):
        return at


def day(at: datetime, zone: ZoneInfo) -> str:
    """The local day, as people write it: 12 November 2026."""
    there = local(at, zone)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def minute(at: datetime, zone: ZoneInfo) -> str:
    """The local day and minute: 12 November 2026, 09:30."""
    there = local(at, zone)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}, {there.hour:02}:{there.minute:02}"


def came(touch: Touch, zone: ZoneInfo) -> str:
    """A touch in words: a reply of 12 November 2026."""
    return f"{NOUNS.get(touch.kind, 'a touch')} of {day(min(touch.at, touch.learned), zone)}"


def opened(touch: Touch | None, reading: str, zone: ZoneInfo) -> str:
    """Why somebody is a lead."""
    said = began(came(touch, zone)) if touch is not None else "A touch"
    if reading == "EU":
        return f"{said} is their own act towards us, and makes them a lead."
    return f"{said} says something of a person, and under the US reading that makes a lead."


def standing(fit: tuple[int, str], engagement: tuple[int, str]) -> str:
    """The points of the moment: fit 40 (B), engagement 30 (warm)."""
    named = (f"{points} ({band})" if band else str(points) for points, band in (fit, engagement))
    return "fit {}, engagement {}".format(*named)


def rose(cause: str, says: str, points: str) -> str:
    """Why a stage was reached. `cause` is what brought it: "a reply of 12 November 2026", "under criteria 2"."""
    return f"{began(cause)}: {says or 'the conditions of the stage are met'} ({points})."


def fell(cause: str, stage: str, points: str) -> str:
    """Why a stage is held no longer."""
    return f"{began(cause)}: they do not meet “{stage}” any more ({points})."


def set_by(act: Act) -> str:
    """A stage that one of us set."""
    return f"{act.by or 'One of us'} set the stage{_because(act)}."


def offered(offer: Offer, zone: ZoneInfo, *, again: bool) -> str:
    """Why somebody is to answer."""
    once_more = " again" if again else ""
    until = f"an answer is due by {minute(offer.due, zone)}"
    if not offer.to:
        return f"A qualified lead{once_more}, and nobody is named to take it: {until}."
    return f"A qualified lead{once_more}, offered to {offer.to}: {until}."


def lapsed(offer: Offer, zone: ZoneInfo) -> str:
    """Why it is nobody's turn any more."""
    return f"{offer.to or 'Nobody was named, and nobody'} did not answer by {minute(offer.due, zone)}.".replace(
        "nobody did not answer", "nobody answered"
    )


def faded(last: datetime, fades: timedelta, zone: ZoneInfo) -> str:
    """Why it has left."""
    return f"Nothing came and nobody did anything since {day(last, zone)}: a lead fades after {fades.days} days."


def woke(*, qualified: bool) -> str:
    """Why it is back from nurture."""
    return "The day of waking came" + ("." if qualified else ", and it is no qualified lead.")


def acted(act: Act, outcome: str) -> str:
    """What one of us did: "ruth rejected it: not our subject."."""
    return f"{act.by or 'One of us'} {outcome}{_because(act)}."


def _because(act: Act) -> str:
    return f": {act.reason}" if act.reason else ""


def began(said: str) -> str:
    """With a capital."""
    return said[:1].upper() + said[1:]
