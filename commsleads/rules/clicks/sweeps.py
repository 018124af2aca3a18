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
    burst = plan.burst.total_seconds()
    reach = int(burst * SECOND)
    least = max(plan.burst_links, 2)
    for places in near.by_visitor():
        _visitor(near, places, reach, least)
        _same_link(near, places)
    for places in near.by_network(least):
        if len({near.hits[place].visitor for place in places}) > 1:
            _network(near, places, reach, least)
    _one_person(near, reach, least)


def _visitor(near: Neighbourhood, places: list[int], reach: int, least: int) -> None:
    for group in near.by_message(places):
        times, links = near.times(group), [near.hits[place].link for place in group]
        quick = spread(times, links, reach)
        slow = spread(times, links, MINUTE) if len(group) >= least else quick
        for place, at_once, in_a_minute in zip(group, quick, slow, strict=True):
            if at_once >= least:
                near.add(place, Sign(signs.SWEEP, "sweep", f"{at_once} links of one mail within {_long(reach)}"))
            elif in_a_minute >= least:
                near.add(place, Sign(signs.MANY, "sweep", f"{in_a_minute} links of one mail within a minute"))
            elif at_once == 2:
                near.add(place, Sign(signs.TWO, "sweep", f"2 links of one mail within {_long(reach)}"))
    for group, counts in _of_people(near, places, least):
        for place, people in zip(group, counts, strict=True):
            if people >= least:
                near.add(
                    place, Sign(signs.SWEEP, "sweep", f"opened the links of {people} people within {_long(TOGETHER)}")
                )


def _network(near: Neighbourhood, places: list[int], reach: int, least: int) -> None:
    for group in near.by_message(places):
        _mark(near, group, reach, least, "links of one mail opened out of its network")
    for group, counts in _of_people(near, places, least):
        for place, people in zip(group, counts, strict=True):
            if people >= least:
                text = f"its network opened the links of {people} people within {_long(TOGETHER)}"
                near.add(place, Sign(signs.NEIGHBOURS, "sweep", text))


def _one_person(near: Neighbourhood, reach: int, least: int) -> None:
    """Links that one person alone got, opened together from wherever."""
    hits, links = near.hits, near.links
    theirs = [place for place, hit in enumerate(hits) if (facts := links.get(hit.link)) and facts.target]
    for group in near.by_message(theirs):
        _mark(near, group, reach, least, "links of one person opened from several places")


def _mark(near: Neighbourhood, group: Sequence[int], reach: int, least: int, what: str) -> None:
    if len(group) < least:
        return
    links = [near.hits[place].link for place in group]
    for place, count in zip(group, spread(near.times(group), links, reach), strict=True):
        if count >= least:
            near.add(place, Sign(signs.NEIGHBOURS, "sweep", f"{count} {what} within {_long(reach)}"))


def _of_people(near: Neighbourhood, places: list[int], least: int) -> list[tuple[list[int], list[int]]]:
    """Those of some hits that are at links by person, with how many people's were opened together."""
    found: list[tuple[list[int], list[int]]] = []
    for group in near.by_round(places):
        if len(group) >= least:
            people = [near.links[near.hits[place].link].target for place in group]
            found.append((group, spread(near.times(group), people, TOGETHER)))
    return found


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
