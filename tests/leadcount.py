"""The figures of the leads, counted again from the stories of `tests.leadstory`, in loops over all of them.

By the definitions that stand in the reports. Shapes are plain dictionaries, so that a test can hold them against what
the program says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from math import exp, log, sqrt
from typing import Any

from tests.answertruth import Z, share
from tests.leadhouse import House
from tests.leadtruth import Told

Row = dict[str, Any]
GOING = ("new", "offered", "lapsed", "accepted", "recycled")
"""From where a lead may still go on."""


def within(at: datetime | None, start: datetime, end: datetime) -> bool:
    return at is not None and start <= at < end


def median(lengths: Iterable[tuple[float, bool]]) -> Row:
    """How long it lasts until it happens; where False, it had not happened by then (Kaplan and Meier).

    The interval are the times at which a half is not refuted, on the scale of log(-log) (Brookmeyer and Crowley).
    """
    known = sorted(lengths)
    found: Row = {"n": len(known), "events": sum(done for _, done in known), "median": None, "low": None, "high": None}
    lasting, spread = 1.0, 0.0
    for at in sorted({time for time, done in known if done}):
        risk = sum(time >= at for time, _ in known)
        gone = sum(time == at and done for time, done in known)
        lasting *= 1 - gone / risk
        if found["median"] is None and lasting <= 0.5 + 1e-9:
            found["median"] = timedelta(seconds=at)
        if risk == gone:
            break
        spread += gone / (risk * (risk - gone))
        here, width = log(-log(lasting)), Z * sqrt(spread) / -log(lasting)
        if found["low"] is None and lasting ** exp(width) <= 0.5:
            found["low"] = timedelta(seconds=at)
        if found["high"] is None and here - width >= log(log(2)):
            found["high"] = timedelta(seconds=at)
    return found


def first(lead: Told, status: str) -> datetime | None:
    """When a lead first came to a working status."""
    return min((at for at, what, _, to in lead.moves if what == "status" and to == status), default=None)


def took(lead: Told) -> dict[str, bool]:
    """The steps that a lead took, each only after the one before it."""
    qualified = lead.qualified_at is not None
    offered = qualified and first(lead, "offered") is not None
    accepted = offered and first(lead, "accepted") is not None
    return {"qualified": qualified, "offered": offered, "accepted": accepted,
            "closed": accepted and lead.status == "closed"}  # fmt: skip


def seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())


def funnel(leads: Sequence[Told], stages: Sequence[str], now: datetime) -> Row:
    """The steps of these leads, what became of them, and how long it took."""
    steps = [took(lead) for lead in leads]
    going = [lead.status in GOING for lead in leads]
    told: dict[str, tuple[Row, int]] = {"opened": (share(len(leads), len(leads)), 0)}
    for stage in stages:
        there = [stage in lead.reached for lead in leads]
        told[stage] = (
            share(sum(there), len(leads)),
            sum(live and not been for live, been in zip(going, there, strict=True)),
        )
    of = [True] * len(leads)
    for key in ("qualified", "offered", "accepted", "closed"):
        here = [step[key] for step in steps]
        may = sum(live and was and not is_ for live, was, is_ in zip(going, of, here, strict=True))
        told[key], of = (share(sum(here), sum(of)), may), here
    waits: dict[str, list[tuple[float, bool]]] = {"to_qualified": [], "to_accepted": [], "to_closed": []}
    for lead, step in zip(leads, steps, strict=True):
        assert lead.opened
        over = now if lead.status in GOING else lead.status_at or now
        waits["to_qualified"].append((seconds(lead.opened, lead.qualified_at or over), step["qualified"]))
        offered, accepted = first(lead, "offered"), first(lead, "accepted")
        if step["offered"] and offered:
            waits["to_accepted"].append((seconds(offered, accepted or over), step["accepted"]))
        if step["accepted"] and accepted:
            waits["to_closed"].append((seconds(accepted, over), step["closed"]))
    return {
        "n": len(leads),
        "steps": told,
        "outcomes": dict(Counter(lead.outcome for lead, step in zip(leads, steps, strict=True) if step["closed"])),
        **{name: median(lengths) for name, lengths in waits.items()},
    }


def parts(
    leads: Sequence[Told], stages: Sequence[str], now: datetime, tiers: dict[str, int]
) -> dict[str, dict[str, Row]]:
    """The same by what a lead came by, of or to."""

    def tier(lead: Told) -> str:
        return str(tiers.get(lead.outlet, "not in the register")) if lead.outlet else ""

    keys: dict[str, Callable[[Told], str]] = {
        "source": lambda one: one.opener.source if one.opener else "",
        "channel": lambda one: one.opener.channel if one.opener else "",
        "campaign": lambda one: one.opener.campaign if one.opener else "",
        "owner": lambda one: one.owner,
        "tier": tier,
    }
    found: dict[str, dict[str, Row]] = {}
    for by, key in keys.items():
        names = {key(lead) for lead in leads}
        found[by] = {name: funnel([lead for lead in leads if key(lead) == name], stages, now) for name in names}
    return found


def stage_times(leads: Sequence[Told], stages: Sequence[str], now: datetime) -> dict[str, Row]:
    """How long leads stood in each stage."""
    lengths: dict[str, list[tuple[float, bool]]] = {stage: [] for stage in stages}
    for lead in leads:
        moves = [(at, to) for at, what, _, to in lead.moves if what == "stage"]
        over = now if lead.status in GOING else lead.status_at or now
        for place, (at, to) in enumerate(moves):
            if to in lengths:
                onward = moves[place + 1][0] if place + 1 < len(moves) else None
                lengths[to].append((seconds(at, onward or over), onward is not None))
    return {stage: median(some) for stage, some in lengths.items()}


def moved(leads: Sequence[Told], stages: Sequence[str], start: datetime, end: datetime) -> Row:
    """What happened in a period, whenever the leads were opened."""
    qualified = [one for one in leads if within(one.qualified_at, start, end) and one.opened]

    def came(status: str) -> int:
        return sum(
            any(what == "status" and to == status and start <= at < end for at, what, _, to in one.moves)
            for one in leads
        )

    order = {stage: place for place, stage in enumerate(stages)}
    return {
        "opened": sum(within(one.opened, start, end) for one in leads),
        "qualified": len(qualified),
        "by_kind": dict(Counter(one.opener.kind for one in qualified if one.opener)),
        "stages": {
            stage: sum(one.opened is not None and within(one.reached.get(stage), start, end) for one in leads)
            for stage in stages
        },
        "back": sum(
            what == "stage" and order.get(to, -1) < order.get(was, -1) and start <= at < end
            for one in leads
            for at, what, was, to in one.moves
        ),
        "offered": came("offered"),
        "accepted": came("accepted"),
        "closed": came("closed"),
        "outcomes": dict(
            Counter(one.outcome for one in leads if one.status == "closed" and within(one.status_at, start, end))
        ),
        "faded": came("faded"),
    }


def handoff(leads: Sequence[Told], house: House, start: datetime, end: datetime, now: datetime) -> Row:
    """The ledger of a period, and what waits now."""
    made = [(lead, line) for lead in leads for line in lead.offers if start <= line.at < end]
    waiting = [(lead, line) for lead in leads for line in lead.offers if not line.answer]
    answers = Counter(line.answer for _, line in made)

    def accepted(some: Sequence[Any]) -> Row:
        decided = [line.answer for _, line in some if line.answer in ("accepted", "rejected", "lapsed")]
        return share(decided.count("accepted"), len(decided))

    def waits(some: Sequence[Any], *, working: bool) -> Row:
        lengths = []
        for _, line in some:
            over = line.answered or now
            last = house.worked(line.at, over) if working else seconds(line.at, over)
            lengths.append((last, line.answer in ("accepted", "rejected", "recycled", "closed")))
        return median(lengths)

    owners = {}
    for name in {line.to for _, line in made}:
        some = [(lead, line) for lead, line in made if line.to == name]
        counts = Counter(line.answer for _, line in some)
        owners[name] = {
            "offered": len(some), "accepted": accepted(some), "rejected": counts["rejected"],
            "lapsed": counts["lapsed"], "open": counts[""], "wait": waits(some, working=True),
        }  # fmt: skip
    asleep = [one for one in leads if one.status == "recycled"]
    return {
        "offered": len(made),
        "accepted": accepted(made),
        "reasons": dict(Counter(line.reason for _, line in made if line.answer == "rejected")),
        **{name: answers[name] for name in ("rejected", "lapsed", "recycled", "closed", "withdrawn")},
        "escalated": sum(line.escalated for _, line in made),
        "open": answers[""],
        "wait": waits(made, working=False),
        "working": waits(made, working=True),
        "by_owner": owners,
        "open_now": sorted((line.due, lead.id, line.to) for lead, line in waiting),
        "overdue": sum(line.due < now for _, line in waiting),
        "lapsed_now": sorted(one.id for one in leads if one.status == "lapsed"),
        "recycled_now": len(asleep),
        "waking": sorted((one.wakes, one.id) for one in asleep if one.wakes and one.wakes <= now + timedelta(days=7)),
    }


def weeks(leads: Sequence[Told], mondays: Sequence[date], house: House, now: datetime) -> dict[date, Row]:
    """Leads by week of entry."""
    found = {}
    for monday in mondays:
        some = []
        for one in leads:
            assert one.opened
            if monday <= one.opened.astimezone(house.zone).date() < monday + timedelta(days=7):
                some.append(one)
        steps = [took(one) for one in some]
        found[monday] = {
            "n": len(some),
            "qualified": share(sum(one["qualified"] for one in steps), len(some)),
            "accepted": share(sum(one["accepted"] for one in steps), len(some)),
            "open": sum(one.status in GOING for one in some),
            "to_qualified": funnel(some, (), now)["to_qualified"],
        }
    return found


def reading(everybody: Sequence[Told], start: datetime, end: datetime, silent: int) -> Row:
    """Under the EU reading: how many more the other one would count. `silent` are people on lists who never acted."""
    clicked = doubtful = 0
    for one in everybody:
        if one.opened is None and one.touches and within(min(touch.at for touch in one.touches), start, end):
            if all(touch.kind == "click" for touch in one.touches):
                clicked += 1
            else:
                doubtful += 1
    return {"clicked": clicked, "doubtful": doubtful, "named": silent, "more": clicked + doubtful + silent}


def card(everybody: Sequence[Told], campaign: str, start: datetime, end: datetime) -> tuple[int, int, int]:
    """Of a campaign's measured time: people whose enquiries were its touches, these enquiries, and leads that qualified
    in it and had a touch of it."""
    asked = [
        (touch.who, touch.id)
        for lead in everybody
        for touch in lead.touches
        if touch.kind == "enquiry" and touch.campaign == campaign and within(touch.at, start, end)
    ]
    qualified = [
        lead
        for lead in everybody
        if lead.opened
        and within(lead.qualified_at, start, end)
        and any(touch.campaign == campaign and within(touch.at, start, end) for touch in lead.touches)
    ]
    return len({who for who, _ in asked}), len({ident for _, ident in asked}), len(qualified)
