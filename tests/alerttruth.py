"""Which alerts the demo had to raise about its enquiries and stories, reckoned from the data files alone.

Every moment at which the program looks is gone through, with what people had done before it. Offers of leads and
sources are not told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from commsleads.demo.newsroom import WEEKS, ZONE, Newsroom
from commsleads.demo.pressoffice import open_press_office
from commsleads.demo.replay import moments
from tests.desktruth import KNOWN, Truth, truths
from tests.readingtruth import about_us, tier

NEAR, PATIENCE, SLOW = timedelta(hours=2), timedelta(hours=1), timedelta(minutes=30)
RISKS = ("furious", "fears", "scandal")
ENDS = ("respond", "withdraw", "duplicate", "redirect", "close")
ANSWERED = ("acknowledge", "respond")

Told = tuple[str, str]
"""A kind and the key of what it is about."""


def worked(start: datetime, end: datetime) -> timedelta:
    """How much of a stretch lies in working hours, Monday to Friday from nine to half past five."""
    day, total = start.astimezone(ZONE).date(), timedelta()
    while day <= end.astimezone(ZONE).date():
        if day.weekday() < 5:
            first, last = (datetime.combine(day, time(*at), ZONE).astimezone(UTC) for at in ((9, 0), (17, 30)))
            total += max(timedelta(), min(end, last) - max(start, first))
        day += timedelta(days=1)
    return total


def looked(room: Newsroom) -> list[datetime]:
    """When the program looks: its rounds, whenever something comes or is done, and where a deadline is near or over."""
    office = open_press_office(room.calendar)
    rounds = set(moments(room.calendar))
    found = rounds | {mail.when for mail in office.mails} | office.moments()
    for end in (room.calendar.at(row["deadline"]) for row in KNOWN.values() if _is_enquiry(row)):
        found |= {end - NEAR, end + timedelta(minutes=1)}
    return sorted(one for one in found if min(rounds) <= one <= max(rounds))


def _is_enquiry(row: dict[str, Any]) -> bool:
    return "line" in row or row["kind"] == "enquiry"


def of_enquiries(room: Newsroom) -> dict[Told, list[datetime]]:
    """When each alert about an enquiry was raised."""
    found: dict[Told, list[datetime]] = {}
    known = truths(room.calendar)
    going: set[tuple[Told, int]] = set()
    for look in looked(room):
        for one in known.values():
            for what, number in _owed(room, one, look):
                if (what, number) not in going:
                    going.add((what, number))
                    found.setdefault(what, []).append(look)
    return found


def _owed(room: Newsroom, one: Truth, look: datetime) -> Iterator[tuple[Told, int]]:
    """What somebody should be told of an enquiry at this moment; the number tells apart what may come twice."""
    by_mail = one.channel == "email"
    done = [act for act in one.work if act["when"] < look]
    if one.received > look or (not by_mail and one.received == look):
        return
    yield from ((("promise overdue", one.key), n) for n in _promised(room, done, look))
    if any(act["do"] in ENDS for act in done):
        return
    if one.deadline < look <= one.deadline + timedelta(hours=24):
        yield ("deadline passed", one.key), 0
    elif look <= one.deadline <= look + NEAR:
        yield ("deadline near", one.key), 0
    fresh = not any(act["do"] in ANSWERED for act in done)
    if fresh and worked(one.received, look) > SLOW:
        yield ("unacknowledged", one.key), 0
    steps = [act for act in done if act["do"] in ("ask sign-off", "approve", "waive", "send back", "draft")]
    if steps and steps[-1]["do"] == "ask sign-off":
        near = one.deadline - look <= NEAR
        if near or worked(steps[-1]["when"], look) > PATIENCE:
            yield ("sign-off waiting", one.key), len(steps)


def _promised(room: Newsroom, done: list[dict[str, Any]], look: datetime) -> Iterator[int]:
    promises = [act for act in done if act["do"] == "promise"]
    kept = {act["number"] for act in done if act["do"] == "keep"}
    for number, act in enumerate(promises, 1):
        if number not in kept and room.calendar.at(act["due"]) < look:
            yield number


def of_stories(room: Newsroom, week: int) -> set[Told]:
    """The stories of a week about us that are told at once: for a word in them, else for the outlet."""
    found: set[Told] = set()
    for story in about_us(room, week):
        texts = [
            " ".join([item.title, *item.text]).casefold()
            for by, _ in story.copies
            for item in room.items[by]
            if item.story == story.key
        ]
        if any(word in text for word in RISKS for text in texts):
            found.add(("risk word", story.key))
        elif tier(room, story) == 1:
            found.add(("tier 1", story.key))
    return found


def of_week(room: Newsroom, week: int = WEEKS) -> set[tuple[Told, int]]:
    """All of both that were raised in a week, each with how often."""
    start, end = (room.calendar.at(f"{number} mon 00:00") for number in (week, week + 1))
    desk = {what: sum(start <= at < end for at in times) for what, times in of_enquiries(room).items()}
    return {(what, n) for what, n in desk.items() if n} | {(what, 1) for what in of_stories(room, week)}
