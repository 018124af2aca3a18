"""Many links opened at once: what nobody's hand does, and every scanner."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.plan import ClickPlan
from commsleads.responses import Asked
from commsleads.rules.clicks import signs
from commsleads.rules.clicks.around import SECOND, Neighbourhood
from commsleads.rules.clicks.signs import Sign
from commsleads.rules.clicks.spreads import spread

MINUTE = 60 * SECOND
TOGETHER = 10 * SECOND
"""In which a gateway opens the links of many people, whose mails came in together."""
HEAD_BEFORE = 10 * SECOND
HAMMERED = 5


def look(near: Neighbourhood, plan: ClickPlan) -> None:
    """Find sweeps by visitors, by networks, and at the links of one person."""
    search = _Search(near, plan)
    for places in near.by_visitor:
        search.visitor(places)
        _same_link(near, places)
    for places in near.by_network(search.least):
        search.network(places)
    search.one_person()


class _Search:
    """The look-out for sweeps in one neighbourhood. Who swept alone needs no neighbours to be seen (`swept`)."""

    def __init__(self, near: Neighbourhood, plan: ClickPlan) -> None:
        self.near = near
        self.least = max(plan.burst_links, 2)
        self.reach = int(plan.burst.total_seconds() * SECOND)
        self.swept: set[int] = set()

    def visitor(self, places: list[int]) -> None:
        """Links of one message, or of many people, that one visitor opened together."""
        for group in self.near.by_message(places):
            self._message(group)
        text = f"opened the links of {{}} people within {_long(TOGETHER)}"
        self._people(places, Sign(signs.SWEEP, "sweep", text))

    def network(self, places: list[int]) -> None:
        """The same by several visitors of one network."""
        hits = self.near.hits
        if self.swept.issuperset(places) or len({hits[place].visitor for place in places}) == 1:
            return
        text = f"{{}} links of one mail opened out of its network within {_long(self.reach)}"
        for group in self.near.by_message(places):
            self._links(group, Sign(signs.NEIGHBOURS, "sweep", text))
        text = f"its network opened the links of {{}} people within {_long(TOGETHER)}"
        self._people(places, Sign(signs.NEIGHBOURS, "sweep", text))

    def one_person(self) -> None:
        """Links that one person alone got, opened together from wherever."""
        theirs = [place for place, facts in enumerate(self.near.facts) if facts.target]
        text = f"{{}} links of one person opened from several places within {_long(self.reach)}"
        for group in self.near.by_message(theirs):
            self._links(group, Sign(signs.NEIGHBOURS, "sweep", text))

    def _message(self, group: list[int]) -> None:
        near = self.near
        times, links = near.times(group), [near.hits[place].link for place in group]
        quick = spread(times, links, self.reach)
        slow = spread(times, links, MINUTE) if len(group) >= self.least else quick
        for place, at_once, in_a_minute in zip(group, quick, slow, strict=True):
            if at_once >= self.least:
                self.swept.add(place)
                near.add(place, Sign(signs.SWEEP, "sweep", f"{at_once} links of one mail within {_long(self.reach)}"))
            elif in_a_minute >= self.least:
                near.add(place, Sign(signs.MANY, "sweep", f"{in_a_minute} links of one mail within a minute"))
            elif at_once == 2:
                near.add(place, Sign(signs.TWO, "sweep", f"2 links of one mail within {_long(self.reach)}"))

    def _links(self, group: Sequence[int], sign: Sign) -> None:
        if len(group) >= self.least and not self.swept.issuperset(group):
            links = [self.near.hits[place].link for place in group]
            self._mark(group, spread(self.near.times(group), links, self.reach), sign)

    def _people(self, places: list[int], sign: Sign) -> None:
        """Links of several people opened together, of those of some hits that are at links by person."""
        if len(places) < self.least:
            return
        near = self.near
        for group in near.by_round(places):
            if len(group) >= self.least:
                people = [near.facts[place].target for place in group]
                self._mark(group, spread(near.times(group), people, TOGETHER), sign)

    def _mark(self, group: Sequence[int], counts: list[int], sign: Sign) -> None:
        for place, count in zip(group, counts, strict=True):
            if count >= self.least and place not in self.swept:
                self.near.add(place, sign._replace(text=sign.text.format(count)))


def _same_link(near: Neighbourhood, places: list[int]) -> None:
    """What one visitor does at one link: headers first, or again and again."""
    hits = near.hits
    groups: dict[str, list[int]] = {}
    for place in places:
        groups.setdefault(hits[place].link, []).append(place)
    for group in groups.values():
        if len(group) < 2:
            continue
        head = None
        for place in group:
            hit = hits[place]
            if hit.asked is Asked.HEAD:
                head = hit.arrival
            elif head is not None and hit.arrival - head <= HEAD_BEFORE:
                near.add(place, Sign(signs.HEAD, "head", "asked for the headers alone just before"))
        if len(group) >= HAMMERED:
            for place, n in zip(group, spread(near.times(group), group, TOGETHER), strict=True):
                if n >= HAMMERED:
                    near.add(place, Sign(signs.HAMMER, "again", f"fetched it {n} times within {_long(TOGETHER)}"))


def _long(reach: int) -> str:
    return "a second" if reach == SECOND else f"{reach / SECOND:g} s"
