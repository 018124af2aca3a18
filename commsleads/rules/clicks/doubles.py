"""One link fetched twice within seconds: a scanner that looks when a person clicks, and a person who clicks twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from commsleads.responses import Asked, Verdict
from commsleads.rules.clicks import signs
from commsleads.rules.clicks.around import SECOND, Neighbourhood
from commsleads.rules.clicks.headers import Alone
from commsleads.rules.clicks.signs import Sign

REACH = 10 * SECOND
"""In which two fetches of one person's link belong together."""

CLOSE = 5 * SECOND
"""In which two fetches of everybody's link do, at a quiet time."""

QUIET = 4
"""Hits at everybody's link in the two minutes around up to which it is quiet: more, and two people meet by chance."""
AROUND = 60 * SECOND

SIDES = 8
"""Neighbours looked at on each side: a link that is opened more often than this is in a storm, and no pair is seen."""

PEOPLE = (Verdict.HUMAN, Verdict.LIKELY)
AGAIN = "a repeat within 10 s"


def look(near: Neighbourhood, alone: Sequence[Alone]) -> None:
    """Mark the fetch of a pair from two networks that looks less like a person's.

    The other one keeps its verdict: a gateway that looks at the moment of the click takes nothing from the click.
    """
    for group in near.by_link():
        personal = bool(near.facts[group[0]].target)
        gets = [place for place in group if near.hits[place].asked is Asked.GET]
        times = near.times(gets)
        for at, place in enumerate(gets):
            if personal or _quiet(times, at):
                others = [gets[other] for other in _others(times, at, REACH if personal else CLOSE)]
                _weigh(near, alone, place, [other for other in others if _apart(near, other, place)], personal=personal)


def _weigh(near: Neighbourhood, alone: Sequence[Alone], place: int, rivals: Sequence[int], *, personal: bool) -> None:
    if not rivals:
        return
    mine, best = _worth(alone, place), min(_worth(alone, rival) for rival in rivals)
    first = any(near.hits[place].arrival < near.hits[rival].arrival for rival in rivals)
    if mine > best:
        # Scanners look at what mails hold: on a link that was in no mailing two people meet by chance.
        mailed = bool(near.facts[place].sent)
        points = signs.SECOND if personal else signs.COMPANION if mailed else signs.ALIKE
        text = "opened from another network within seconds, by who looks more like a person"
    elif mine == best and first:  # a scanner looks before it lets the person through
        points = signs.SECOND if personal else signs.ALIKE
        text = "opened again from another network within seconds"
    else:
        return
    near.add(place, Sign(points, "double", text))


def _quiet(times: Sequence[int], at: int) -> bool:
    """Whether there are few hits at everybody's link around one."""
    return bisect_right(times, times[at] + AROUND) - bisect_left(times, times[at] - AROUND) <= QUIET


def _others(times: Sequence[int], at: int, reach: int) -> list[int]:
    """The neighbours of one hit within reach, `SIDES` on each side at most."""
    before = range(max(0, at - SIDES), at)
    after = range(at + 1, min(len(times), at + 1 + SIDES))
    return [other for side in (before, after) for other in side if abs(times[other] - times[at]) <= reach]


def _apart(near: Neighbourhood, one: int, two: int) -> bool:
    """Whether two hits are known to come from different networks."""
    first, second = near.hits[one].network, near.hits[two].network
    return bool(first and second and first != second)


def _worth(alone: Sequence[Alone], place: int) -> tuple[float, float]:
    """How little one looks like a person: points of a machine, then few of a person."""
    return sum(sign.points for sign in alone[place].against), -alone[place].person


def repeats(near: Neighbourhood, verdicts: Sequence[Verdict]) -> set[int]:
    """The hits that follow one of the same visitor on the same link within 10 s, both a person's or both a machine's.

    A scanner's fetch makes no repeat of a person's click, and a request that is no click makes no repeat at all.
    """
    hits = near.hits
    found: set[int] = set()
    for places in near.by_visitor:
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
