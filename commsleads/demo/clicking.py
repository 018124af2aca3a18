"""Who opens the demo's links, from `clicks.toml`: every request with its moment, its headers, and the truth about it.

People and machines are drawn by lot from a plan, the same ones for the same Monday. What is drawn here is sent by
`visiting`; nothing here knows the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from commsleads.demo.campaigning import CampaignOffice, Link, Mailing, Member
from commsleads.demo.newsroom import DAYS, WEEKS, Calendar, data_of

WANTS = {
    "h": (("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),),
    "l": (("Accept-Language", "en-GB,en;q=0.8"),),
    "n": (("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")),
    "u": (("Sec-Fetch-User", "?1"),),
    "c": (("Sec-CH-UA-Mobile", "?0"),),
}
"""The headers that each letter of a device stands for."""
PREFETCH = ("Sec-Purpose", "prefetch")
EARLIEST, LATEST = 7 * 3600, 22 * 3600
"""Between which seconds of the day people are about."""


class Device(NamedTuple):
    """What a browser or program says of itself."""

    name: str
    agent: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """One request at a link, and the truth: whether a person sent it, and whether it is a second one of one click.

    `link` is the key of a link ('' for the bare `word`), `place` whose it is of those by person.
    """

    when: datetime
    link: str
    device: Device
    address: str
    place: int = 0
    word: str = ""
    referrer: str = ""
    asks: str = "get"
    person: bool = False
    again: bool = False

    def headers(self) -> dict[str, str]:
        """All headers but Host."""
        found = {"User-Agent": self.device.agent, "X-Forwarded-For": self.address, **dict(self.device.headers)}
        if self.referrer:
            found["Referer"] = self.referrer
        if self.asks == "prefetch":
            found |= dict([PREFETCH])
        return found


class Drawn:
    """The lot: moments, devices and addresses. Each plan has its own seed, so that no plan disturbs another."""

    def __init__(self, calendar: Calendar, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 - whoever clicks here is invented
        self._calendar = calendar
        told = data_of("clicks")
        self.places: Mapping[str, str] = told["places"]
        self._devices = {
            name: Device(name, one["agent"], tuple(pair for letter in one["says"] for pair in WANTS[letter]))
            for name, one in told["devices"].items()
        }

    def moments(self, after: str, days: Sequence[int]) -> list[datetime]:
        """So many moments on each day since that one, none before `after` and none at night; in order."""
        first = self._calendar.at(after)
        week, day, _ = after.split()
        number = int(week) * 7 + DAYS.index(day)
        found = []
        for later, n in enumerate(days):
            morning = self._calendar.at(f"{(number + later) // 7} {DAYS[(number + later) % 7]} 00:00")
            start = max(EARLIEST, int((first - morning).total_seconds()) + 1)
            found += [morning + timedelta(seconds=self.random.uniform(start, LATEST)) for _ in range(n)]
        return sorted(found)

    def device(self, names: Sequence[str]) -> Device:
        return self._devices[self.random.choice(names)]

    def home(self) -> str:
        """An address of somebody's own network, of those that are kept for examples."""
        return f"2001:db8:{self.random.randrange(1, 0xEFFF):x}::{self.random.randrange(2, 0xFFFF):x}"


def open_stream(calendar: Calendar, office: CampaignOffice) -> tuple[Click, ...]:
    """All requests of the nine weeks, in order, no two at the same moment."""
    told = data_of("clicks")
    found: list[Click] = []
    for number, plan in enumerate(told["crowds"]):
        found += _crowd(Drawn(calendar, f"crowd {number} {plan['link']}"), plan, office)
    for number, plan in enumerate(told["machines"]):
        found += _machines(Drawn(calendar, f"machines {number} {plan['link']}"), plan)
    for mailing in office.mailings:
        found += _gateways(Drawn(calendar, f"gateways {mailing.key}"), mailing, office)
    for plan in told["singles"]:
        draw = Drawn(calendar, f"single {plan['on']}")
        device = draw.device([plan["device"]])
        when = calendar.at(plan["on"])
        link, word = plan.get("link", ""), plan.get("word", "")
        found.append(Click(when=when, link=link, word=word, device=device, address=draw.home(), person=True))
    end = calendar.at(f"{WEEKS + 1} mon 07:00")
    return tuple(_apart(click for click in found if click.when < end))


def _apart(clicks: Iterator[Click]) -> Iterator[Click]:
    """In order; who comes at the same microsecond as another comes one later."""
    last = None
    for click in sorted(clicks, key=lambda one: (one.when, one.link, one.address)):
        when = click.when if last is None or click.when > last else last + timedelta(microseconds=1)
        last = when
        yield replace(click, when=when)


# --- people -----------------------------------------------------------------------------------------------------------


def _crowd(draw: Drawn, plan: Mapping[str, Any], office: CampaignOffice) -> Iterator[Click]:
    link = office.links[plan["link"]]
    moments = draw.moments(plan["after"], plan["days"])
    members = office.lists[plan["list"]].written_to if "list" in plan else ()
    who = draw.random.sample(range(_people(link, office, len(members), len(moments))), len(moments))
    twice = set(draw.random.sample(range(len(moments)), plan.get("twice", 0)))
    for number, when in enumerate(moments):
        device = draw.device(plan["devices"])
        address = draw.home()
        if members:
            member = members[who[number]]
            address = _desk(member, who[number])
            if member.make == "at the click":
                yield _look(draw, member, link, when - timedelta(seconds=draw.random.uniform(0.3, 3)))
        click = Click(
            when=when,
            link=link.key,
            place=who[number] if link.each else 0,
            device=device,
            address=address,
            referrer=draw.places[draw.random.choice(plan["from"])],
            person=True,
        )
        yield click
        if number in twice:
            yield replace(click, when=when + timedelta(seconds=draw.random.uniform(0.2, 4)), again=True)


def _people(link: Link, office: CampaignOffice, members: int, n: int) -> int:
    """Of how many people these are: the members of a list, those with a link of their own, or whoever comes by."""
    if link.each:
        (whose,) = [one for one in office.lists.values() if (one.campaign, one.group) == (link.campaign, link.group)]
        return len(whose.written_to) - round(whose.held * len(whose.written_to))
    return members or n


def _desk(member: Member, place: int) -> str:
    """The address of somebody's desk at their outlet: all desks of an outlet are in one network."""
    return f"2001:db8:f{sum(member.outlet.encode()) % 0xFFF:03x}::{place + 16:x}"


# --- machines ---------------------------------------------------------------------------------------------------------


def _machines(draw: Drawn, plan: Mapping[str, Any]) -> Iterator[Click]:
    for when in draw.moments(plan["after"], plan["days"]):
        yield Click(
            when=when,
            link=plan["link"],
            device=draw.device(plan["devices"]),
            address=draw.home(),
            asks=plan.get("asks", "get"),
        )


def _gateways(draw: Drawn, mailing: Mailing, office: CampaignOffice) -> Iterator[Click]:
    """What the mail gateways of the outlets do with the links of a mailing as it comes in, once for each member."""
    for place, member in enumerate(mailing.list.written_to):
        if member.make in {"", "at the click"}:
            continue
        when = mailing.when + timedelta(seconds=draw.random.uniform(0.5, 40))
        for key in mailing.links:
            when += timedelta(seconds=draw.random.uniform(*PACE[member.make]))
            yield from _scan(draw, member, office.links[key], when, place)


PACE = {"at delivery": (0.02, 0.4), "declared": (0.1, 3.0), "head first": (0.3, 2.0)}
"""Seconds between two links of one mail, by the make of the gateway."""


def _scan(draw: Drawn, member: Member, link: Link, when: datetime, place: int) -> Iterator[Click]:
    names = {"at delivery": "chrome", "declared": "scanner", "head first": "wordless"}
    click = Click(when=when, link=link.key, device=draw.device([names[member.make]]), address=_gateway(member, place))
    if member.make == "head first":
        yield replace(click, asks="head")
        click = replace(click, when=when + timedelta(seconds=draw.random.uniform(0.05, 0.25)))
    yield click


def _look(draw: Drawn, member: Member, link: Link, when: datetime) -> Click:
    """What a gateway does that looks at a link in the moment of the click, before it lets the person through."""
    return Click(when=when, link=link.key, device=draw.device(["wordless"]), address=_gateway(member, 7))


def _gateway(member: Member, place: int) -> str:
    if member.network:
        return f"{member.network}.{place % 250 + 2}"
    return f"2001:db8:e{sum(member.outlet.encode()) % 0xFFF:03x}::{place % 9 + 2:x}"
