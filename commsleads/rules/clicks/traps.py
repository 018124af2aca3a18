"""Trap links stand in a mail where no person sees them: whoever opens one reads the mail as programs do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from commsleads.plan import ClickPlan
from commsleads.responses import Hit
from commsleads.rules.clicks import signs
from commsleads.rules.clicks.around import SECOND, Neighbourhood
from commsleads.rules.clicks.signs import Sign

BEFORE = 10 * SECOND
SOON = 60 * SECOND


def look(near: Neighbourhood, plan: ClickPlan) -> None:
    """Find who tripped a trap, and what else they opened."""
    hits = near.hits
    tripped = [place for place, facts in enumerate(near.facts) if facts.trap]
    if not tripped:
        return
    caught = set(tripped)
    for place in tripped:
        near.add(place, Sign(signs.TRAP, "trap", "opened a link that no person sees"))
    window = int(plan.trap.total_seconds() * SECOND)
    trippers = [hits[place] for place in tripped]
    visitors, networks = _moments(trippers, _visitor), _moments(trippers, _network)
    for place, hit in enumerate(hits):
        if place in caught:
            continue
        since = _nearest(visitors.get(hit.visitor), hit.arrival, window)
        if since is not None and since <= SOON:
            near.add(place, Sign(signs.TRAP, "trap", "opened a link that no person sees, within a minute"))
        elif since is not None:
            text = f"opened a link that no person sees {since // SOON} min before"
            near.add(place, Sign(signs.TAINT, "trap", text))
        elif _nearest(networks.get(_network(hit)), hit.arrival, BEFORE) is not None:
            text = "its network opened a link that no person sees, within seconds"
            near.add(place, Sign(signs.TAINT, "trap", text))


def _moments(hits: Iterable[Hit], who: Callable[[Hit], str]) -> dict[str, list[int]]:
    """When each visitor, or each network, tripped a trap. Unknown ones are nobody."""
    found: dict[str, list[int]] = {}
    for hit in hits:
        if name := who(hit):
            found.setdefault(name, []).append(hit.arrival)
    return found


def _visitor(hit: Hit) -> str:
    return hit.visitor


def _network(hit: Hit) -> str:
    """A network and an agent: behind one gateway's network there are people too."""
    return hit.network and f"{hit.network}\n{hit.agent}"


def _nearest(moments: list[int] | None, arrival: int, window: int) -> int | None:
    """How long after the last trap a hit came, 0 for shortly before one; None for one that is far from any."""
    if not moments:
        return None
    if bisect_left(moments, arrival) < bisect_right(moments, arrival + BEFORE):
        return 0
    place = bisect_right(moments, arrival)
    since = arrival - moments[place - 1] if place else window + 1
    return since if since <= window else None
