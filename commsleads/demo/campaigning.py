"""The demo's campaigns as data: the lists of targets, and what the campaign people do when, from `campaigns.toml`.

It knows the calendar and does nothing. The same Monday gives the same lists and acts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from commsleads.demo.newsroom import Calendar, data_of
from commsleads.demo.pressoffice import Act


class Member(NamedTuple):
    """One row of a list. `make` is the make of the mail gateway at the outlet, `network` the three numbers that its
    addresses begin with ('' for one that no list of networks has)."""

    name: str
    outlet: str
    email: str
    excluded: str = ""
    make: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetList:
    """A list as somebody hands it over. `spoilt` are its rows that bring nobody new; `held` is the share held back."""

    key: str
    campaign: str
    group: str
    file: str
    members: tuple[Member, ...]
    spoilt: tuple[tuple[str, ...], ...] = ()
    held: float = 0.0

    @property
    def written_to(self) -> tuple[Member, ...]:
        """Who is not excluded; whom the lot holds back is not known here."""
        return tuple(one for one in self.members if not one.excluded)

    def csv(self) -> str:
        """The list as a file of a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(["Name", "Outlet", "E-Mail", "Excluded"])
        for one in self.members:
            writer.writerow([one.name, one.outlet, one.email, one.excluded])
        for row in self.spoilt:
            writer.writerow([*row, ""])
        return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Something that went out to a list, with these links in it."""

    key: str
    when: datetime
    campaign: str
    links: tuple[str, ...]
    list: TargetList


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that is made. `each` makes one for every person, `ends` is when it leads nowhere any more."""

    key: str
    campaign: str
    cta: str
    channel: str
    group: str = ""
    vanity: str = ""
    trap: bool = False
    each: bool = False
    ends: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignOffice:
    """All that is done for the campaigns, in the order of time. `marks` are what people mark by hand."""

    lists: Mapping[str, TargetList]
    links: Mapping[str, Link]
    mailings: tuple[Mailing, ...]
    marks: tuple[Mapping[str, Any], ...]
    acts: tuple[Act, ...]


def open_campaign_office(calendar: Calendar) -> CampaignOffice:
    """The campaign people of the nine weeks of this calendar."""
    told = data_of("campaigns")
    lists = {one["key"]: _list(one, told) for one in told["lists"]}
    links = {one["key"]: _link(one, calendar) for one in told["links"]}
    mailings = tuple(_mailing(one, lists, calendar) for one in told["sent"])
    return CampaignOffice(
        lists=lists,
        links=links,
        mailings=mailings,
        marks=tuple(told["marks"]),
        acts=tuple(sorted(_acts(told, lists, links, calendar), key=lambda act: act.when)),
    )


def _acts(
    told: Mapping[str, Any], lists: Mapping[str, TargetList], links: Mapping[str, Link], calendar: Calendar
) -> Iterator[Act]:
    for one in told["lists"]:
        given = {"list": lists[one["key"]]}
        come = one["import"]
        yield Act(calendar.at(come["on"]), one["campaign"], come["by"], "import", given)
        if held := one.get("hold_back"):
            seeded = given | {"share": held["share"], "seed": held["seed"]}
            yield Act(calendar.at(held["on"]), one["campaign"], held["by"], "hold back", seeded)
    for one in told["links"]:
        link = links[one["key"]]
        yield Act(
            calendar.at(one["on"]), link.campaign, one["by"], "links by person" if link.each else "link", {"link": link}
        )
    for one in told["sent"]:
        given = {"channel": one["channel"], "group": one["group"]}
        yield Act(calendar.at(one["on"]), one["campaign"], one["by"], "sent", given)
    for one in told["marks"]:
        yield Act(calendar.at(one["on"]), one["campaign"], one["by"], "mark", one)


def _list(one: Mapping[str, Any], told: Mapping[str, Any]) -> TargetList:
    outlets = {outlet["name"]: outlet for outlet in told["outlets"]}
    rows = [tuple(row) for row in one["known"]]
    taken = {name for name, _, _ in rows}
    random = Random(f"list {one['group']}")  # noqa: S311 - invented people are no secret
    while len(rows) < one["n"]:
        name = f"{random.choice(told['names'])} {random.choice(told['surnames'])}"
        if name not in taken:
            taken.add(name)
            rows.append(_invented(name, one, told, random))
    excluded = one.get("excluded", {})
    members = tuple(
        Member(
            name,
            outlet,
            email,
            excluded.get(str(place), ""),
            outlets.get(outlet, {}).get("make", ""),
            outlets.get(outlet, {}).get("network", ""),
        )
        for place, (name, outlet, email) in enumerate(rows)
    )
    return TargetList(
        key=one["key"],
        campaign=one["campaign"],
        group=one["group"],
        file=one["file"],
        members=members,
        spoilt=tuple(tuple(row) for row in one.get("spoilt", ())),
        held=one.get("hold_back", {}).get("share", 0.0),
    )


def _invented(name: str, one: Mapping[str, Any], told: Mapping[str, Any], random: Random) -> tuple[str, str, str]:
    """A journalist of one of the outlets, or a neighbour of one of the streets."""
    first, last = name.lower().split()
    if one["key"] == "streets":
        return name, random.choice(told["streets"]), f"{first}.{last}@{random.choice(told['homes'])}"
    outlet = random.choice(told["outlets"])
    return name, outlet["name"], f"{first[0]}.{last}.{len(first)}@{outlet['domain']}"


def _link(one: Mapping[str, Any], calendar: Calendar) -> Link:
    fields = {name: value for name, value in one.items() if name not in {"on", "by", "expires"}}
    return Link(**fields, ends=calendar.at(one["expires"]) if "expires" in one else None)


def _mailing(one: Mapping[str, Any], lists: Mapping[str, TargetList], calendar: Calendar) -> Mailing:
    return Mailing(
        key=one["key"],
        when=calendar.at(one["on"]),
        campaign=one["campaign"],
        links=tuple(one["links"]),
        list=lists[one["list"]],
    )
