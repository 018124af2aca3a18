"""The verdict on every hit, out of weighted signs: of the hit alone, of the clock, and of its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commsleads.plan import ClickPlan
from commsleads.responses import Asked, Hit, Judgement, LinkFacts, Verdict
from commsleads.rules.clicks import doubles, headers, signs, sweeps, traps
from commsleads.rules.clicks.around import SECOND, Neighbourhood
from commsleads.rules.clicks.headers import Alone
from commsleads.rules.clicks.signs import Sign
from commsleads.rules.clicks.timing import after_sending

RULES = 2
"""The version of these rules; a higher one makes every stored hit be judged again."""

NO_CLICK = {
    Asked.HEAD: "not a click: asked for the headers alone",
    Asked.PREFETCH: "not a click: fetched in advance",
}
UNTOLD = headers.weigh("", "", "", "", seen=False)


def judge(hits: Sequence[Hit], links: Mapping[str, LinkFacts], plan: ClickPlan) -> list[Judgement]:
    """The verdict on each hit, in the order given.

    `hits` hold the neighbours that matter, from `plan.trap` (one minute at least) before to as long after; the
    verdicts of those at the edges are as good as what is known of their surroundings. What is no click (`NO_CLICK`) is
    evidence on its neighbours, and called a certain machine. The same neighbourhood gives the same verdicts in
    whatever order it comes. Links that are not in `links` have no mailing and no trap.
    """
    order = sorted(range(len(hits)), key=lambda at: (hits[at].arrival, hits[at].id))
    near = Neighbourhood([hits[at] for at in order], links)
    alone = [_alone(hit) for hit in near.hits]
    _clock(near, plan)
    sweeps.look(near, plan)
    traps.look(near, plan)
    doubles.look(near, alone)
    told = [
        _verdict(hit, one, near.found.get(place, ()))
        for place, (hit, one) in enumerate(zip(near.hits, alone, strict=True))
    ]
    again = doubles.repeats(near, [verdict for verdict, _ in told])
    judged: list[Judgement | None] = [None] * len(hits)
    for place, (at, (verdict, reasons)) in enumerate(zip(order, told, strict=True)):
        if place in again:
            judged[at] = Judgement(hits[at].id, verdict, (doubles.AGAIN, *reasons), repeat=True)
        else:
            judged[at] = Judgement(hits[at].id, verdict, reasons)
    return [one for one in judged if one is not None]


def _alone(hit: Hit) -> Alone:
    if hit.asked is not Asked.GET and not hit.agent:
        return UNTOLD
    came_from = headers.channel(hit.referrer)
    return headers.weigh(hit.agent, hit.marks, hit.known, came_from, seen=bool(hit.visitor))


def _clock(near: Neighbourhood, plan: ClickPlan) -> None:
    after_send = int(plan.after_send.total_seconds() * SECOND)
    for place, (hit, facts) in enumerate(zip(near.hits, near.facts, strict=True)):
        if facts.sent and (sign := after_sending(hit.arrival, facts.sent, after_send, hit.known)):
            near.add(place, sign)


def _verdict(hit: Hit, alone: Alone, found: Sequence[Sign]) -> tuple[Verdict, tuple[str, ...]]:
    if hit.asked is not Asked.GET:
        return Verdict.MACHINE, (NO_CLICK[hit.asked],)
    if not found:
        return alone.verdict, alone.reasons
    against = tuple(sorted((*alone.against, *found), key=lambda sign: (-sign.points, sign.text)))
    verdict = signs.decide(against, alone.person)
    return verdict, headers.words(verdict, against, alone.favour)
