"""What is to be known of the demo's campaigns in the end, counted from its data alone.

The program is not asked: clicks are those of people in `clicks.toml`, answers those of `press.toml`, marks those of
`campaigns.toml`. Only whom the lot has held back is not known here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from typing import Any

from commsleads.demo.campaigning import CampaignOffice, open_campaign_office
from commsleads.demo.clicking import Click, open_stream
from commsleads.demo.newsroom import WEEKS, Calendar, Newsroom
from commsleads.demo.pressoffice import open_press_office
from commsleads.demo.shortener import Shortener, Visit

HEAT, DAY = "heat-next-door", "open-turbine-day"
MEASURED = {HEAT: ("7 mon 00:00", f"{WEEKS + 1} mon 07:30"), DAY: ("2 mon 00:00", "5 mon 00:00")}
"""From when until when; the end of the turbine day's window, and of the demo for what still runs."""
HASHTAG = "#WarmNextDoor"


class Truth:
    """The truth about both campaigns."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.office: CampaignOffice = open_campaign_office(calendar)
        self.stream = open_stream(calendar, self.office)
        told = resources.files("commsleads.demo").joinpath("clicks.toml").read_text(encoding="utf-8")
        self.wndl: dict[str, Any] = tomllib.loads(told)["wndl"]

    def within(self, campaign: str, when: datetime) -> bool:
        """Whether a moment is measured."""
        first, last = (self.calendar.at(text) for text in MEASURED[campaign])
        return first <= when < last

    # --- clicks ----------------------------------------------------------------------------------------------------

    def requests(self, campaign: str, cta: str, *, again: bool = False) -> Iterator[Click]:
        """The GETs at the live links of a call to action in the measured time, without traps; or the second ones of
        people who clicked twice."""
        for click in self.stream:
            link = self.office.links.get(click.link)
            if link is None or (link.campaign, link.cta, link.trap) != (campaign, cta, False):
                continue
            live = link.ends is None or click.when < link.ends
            if click.asks == "get" and live and click.again == again and self.within(campaign, click.when):
                yield click

    def visits(self) -> list[Visit]:
        """What the link service counted and still had when it was asked: what came between the last poll and the new
        beginning, or while we are not polling any more, nobody can know."""
        again, last = self.calendar.at(self.wndl["again"]), self.calendar.at("9 mon 19:30")
        return [one for one in Shortener(self.calendar).visits if not last <= one.when < again]

    def people(self, campaign: str, cta: str) -> int:
        """Clicks by people, on our own links and on that of the link service."""
        ours = sum(click.person for click in self.requests(campaign, cta))
        return ours + (sum(one.person for one in self.visits()) if (campaign, cta) == (HEAT, "check-street") else 0)

    def all(self, campaign: str, cta: str) -> int:
        """Requests by whomever, also the second ones of people who clicked twice."""
        ours = sum(1 for again in (False, True) for _ in self.requests(campaign, cta, again=again))
        return ours + (len(self.visits()) if (campaign, cta) == (HEAT, "check-street") else 0)

    def each(self, key: str) -> set[int]:
        """The places of those who clicked their own link."""
        return {click.place for click in self.stream if click.link == key and click.person}

    # --- answers ---------------------------------------------------------------------------------------------------

    def marked(self, campaign: str, cta: str) -> set[int]:
        """The places of the targets whom somebody marked."""
        marks = [one for one in self.office.marks if (one["campaign"], one["cta"]) == (campaign, cta)]
        return {place for one in marks for place in one.get("who", ())}

    def wrote(self, campaign: str, group: str) -> set[str]:
        """The members of a group who asked or answered by mail in time; who answers an answer of ours is no second."""
        members = {one.email for part in self.office.lists.values() if part.group == group for one in part.members}
        mails = open_press_office(self.calendar).mails
        return {
            address
            for mail in mails
            if (mail.kind == "enquiry" or (mail.kind == "reply" and not mail.answers))
            and self.within(campaign, mail.when)
            and (address := mail.sender.partition("<")[2].rstrip(">")) in members
        }

    @staticmethod
    def stories(room: Newsroom) -> set[str]:
        """The stories that use the hashtag and reached us."""
        found = Counter(
            item.story
            for items in room.items.values()
            for item in items
            if HASHTAG in " ".join((item.title, *item.text))
        )
        return {story for story in found if story and room.stories[story].copies}
