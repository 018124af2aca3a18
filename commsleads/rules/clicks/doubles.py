"""One link fetched twice within seconds: a scanner that looks when a person clicks, and a person who clicks twice."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.responses import Asked, Verdict
from commsleads.rules.clicks import signs
from commsleads.rules.clicks.around import SECOND, Neighbourhood
from commsleads.rules.clicks.headers import Alone
from commsleads.rules.clicks.signs import Sign

REACH = 10 * SECOND
"""In which two fetches belong together."""

SIDES = 8
"""Neighbours looked at on each side: a link that is opened more often than this is in a storm, and no pair is seen."""

QUIET = 3
"""Hits within `REACH` on both sides up to which a link that is everybody's is quiet."""

PEOPLE = (Verdict.HUMAN, Verdict.LIKELY)
AGAIN = "a repeat within 10 s"


def look(near: Neighbourhood, alone: Sequence[Alone]) -> None:
    """Mark the fetch of a pair from two networks that looks less like a person's.

    The other one keeps its verdict: a gateway that looks at the moment of the click takes nothing from the click.
    """
    hits, links = near.hits, near.links
    for group in near.by_link():
        facts = links.get(hits[group[0]].link)
        personal = bool(facts and facts.target)
        times = near.times(group)
        for at, place in enumerate(group):
            others = _others(times, at)
            if not others or (not personal and len(others) >= QUIET):
                continue
            worth = _worth(near, alone, place)
            rivals = [group[other] for other in others if _apart(near, group[other], place)]
            if not any(_worth(near, alone, rival) < worth for rival in rivals):
                continue
            if personal:
                text = "opened from another network within seconds, by who looks more like a person"
                near.add(place, Sign(signs.SECOND, "double", text))
            elif worth[0] > 0:
                text = "opened from another network within seconds, at a quiet time"
                near.add(place, Sign(signs.COMPANION, "double", text))


def _others(times: Sequence[int], at: int) -> list[int]:
    """The neighbours of one hit within reach, `SIDES` on each side at most."""
    before = range(max(0, at - SIDES), at)
    after = range(at + 1, min(len(times), at + 1 + SIDES))
    return [other for side in (before, after) for other in side if abs(times[other] - times[at]) <= REACH]


def _apart(near: Neighbourhood, one: int, two: int) -> bool:
    first, second = near.hits[one], near.hits[two]
    told = first.network and second.network and first.asked is Asked.GET and second.asked is Asked.GET
    return bool(told and first.network != second.network)


def _worth(near: Neighbourhood, alone: Sequence[Alone], place: int) -> tuple[float, float, int]:
    """How little one looks like a person: points of a machine, then few of a person, then who was first, for a scanner
    looks before it lets the person through."""
    points = sum(sign.points for sign in alone[place].against)
    return points, -alone[place].person, -near.hits[place].arrival


def repeats(near: Neighbourhood, verdicts: Sequence[Verdict]) -> set[int]:
    """The hits that follow one of the same visitor on the same link within 10 s, both a person's or both a machine's.

    A scanner's fetch makes no repeat of a person's click, and a request that is no click makes no repeat at all.
    """
    hits = near.hits
    found: set[int] = set()
    for places in near.by_visitor():
        last: dict[tuple[str, bool], int] = {}
        for place in places:
            hit = hits[place]
            if hit.asked is not Asked.GET:
                continue
            key = hit.link, verdicts[place] in PEOPLE
            if key in last and hit.arrival - last[key] <= REACH:
                found.add(place)
            last[key] = hit.arrival
    return found
