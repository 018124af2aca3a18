"""The whole log recounted: from the office's own list to the story of each lead."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property

from tests.leadcriteria import CRITERIA
from tests.leadhouse import House
from tests.leadoffice import BEGIN, HEAD
from tests.leadsim import Year
from tests.leadstory import story
from tests.leadtouches import Reader
from tests.leadtruth import Deed, Known, Paper, Told


class Recount:
    """What follows from what the office wrote down. Only ids of contacts are asked of the program: they are its own."""

    def __init__(self, year: Year) -> None:
        self.said, self.now, self.ids = year.said, year.now, year.ids()
        told = tomllib.loads(HEAD)
        self.house = House(
            zone=year.zone,
            opens=time(9),
            closes=time(17, 30),
            free=frozenset(told["organisation"]["holidays"]),
            people=tuple((one["id"], one.get("role", "officer"), one["team"]) for one in told["desk"]["officers"]),
        )

    @cached_property
    def papers(self) -> list[Paper]:
        """The criteria and when they were switched on."""
        return [
            Paper(one.more["number"], one.now, tomllib.loads(CRITERIA[one.more["number"]]))
            for one in self.said
            if one.what == "agreed"
        ]

    @cached_property
    def touches(self) -> list[Known]:
        """Each touch as it was known from when on, of the contact whose it is."""
        return [one._replace(who=self.ids[one.who]) for one in Reader().read(self.said) if one.who in self.ids]

    @cached_property
    def deeds(self) -> list[Deed]:
        """What people did."""
        acted = [one for one in self.said if one.what == "acted"]
        keys = ("lead", "by", "verb", "to", "reason", "until")
        return [
            Deed(at=one.now, number=number, **{name: one.more[name] for name in keys})
            for number, one in enumerate(acted)
        ]

    def people(self) -> list[tuple[str, ...]]:
        """Who is one person now."""
        groups = [{one} for one in {touch.who for touch in self.touches}]
        edges: list[tuple[str, str]] = []
        for one in self.said:
            if one.what not in ("joined", "parted"):
                continue
            pair = (self.ids[one.more["one"]], self.ids[one.more["other"]])
            if one.what == "joined":
                edges.append(pair)
            else:
                edges = [edge for edge in edges if set(edge) != set(pair)]
        for edge in edges:
            mine = [group for group in groups if group & set(edge)]
            groups = [group for group in groups if group not in mine] + [set(edge).union(*mine)]
        return [tuple(sorted(group)) for group in groups]

    @cached_property
    def everybody(self) -> list[Told]:
        """The story of each person that was ever in touch with us."""
        by_person: dict[str, list[Known]] = {}
        for one in self.touches:
            by_person.setdefault(one.who, []).append(one)
        found = []
        for group in self.people():
            said = [one for who in group for one in by_person.get(who, [])]
            found.append(story(group, said, self.deeds, self.papers, self.house, now=self.now))
        return found

    @cached_property
    def asked(self) -> list[tuple[datetime, str]]:
        """The enquiries that were received, without those that were none of ours."""
        gone = {one.more["key"] for one in self.said if one.what == "dropped" and one.more["how"] == "redirected"}
        return [
            (one.more["at"], one.more["key"])
            for one in self.said
            if one.what == "asked" and one.more["key"] not in gone
        ]

    def silent(self, start: datetime, end: datetime) -> int:
        """Different people who were put on a list in a time and of whom nothing came, ever."""
        person = {who: one for one in self.everybody for who in one.who}
        found: set[str] = set()
        for one in self.said:
            if one.what == "aimed" and start <= one.now < end:
                found |= {f"silent {number} {one.more['campaign']}" for number in range(5)}
                for address in one.more["who"]:
                    contact = self.ids[address] if address in self.ids else str(address)
                    if contact not in person:
                        found.add(contact)
                    elif not person[contact].touches:
                        found.add(person[contact].id)
        return len(found)

    @property
    def leads(self) -> Mapping[str, Told]:
        """Those who are a lead."""
        return {one.id: one for one in self.everybody if one.opened is not None}


__all__ = ["BEGIN", "Recount", "date", "datetime"]
