"""The funnel of a cohort: how far leads have come by now, by which steps, and in what time.

A hundred thousand leads are counted at once, so each is read into one small row and everything else is made of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from commsleads.criteria import Stage
from commsleads.facts.lead_values import Funnel, FunnelStep, LeadLine, LeadPart, LeadWait, StageTime, WeekOfEntry
from commsleads.rules.figures import wilson
from commsleads.rules.figures.survival import halfway
from commsleads.store.leads.figures import Staged

LIVE = frozenset({"new", "offered", "lapsed", "accepted", "recycled"})
"""Statuses from which a lead may still go on by itself or by an answer that is awaited."""
PARTS = ("source", "channel", "campaign", "owner", "tier")
CHAIN = (
    ("qualified", "qualified", "opened"),
    ("offered", "offered to somebody", "qualified"),
    ("accepted", "accepted", "offered"),
    ("closed", "closed with an outcome", "accepted"),
)
"""The steps that follow one another: key, what it says, and the step before. Stages stand beside them."""


Lasted = tuple[float, bool]
"""Seconds, and whether it ended. A plain pair: three hundred thousand are made for one funnel."""


class Way(NamedTuple):
    """A lead as the funnel counts it. `took` has a bit for each stage and step; lengths are in seconds.

    The waits are None where what they begin with has not happened.
    """

    source: str
    channel: str
    campaign: str
    owner: str
    tier: str
    opened: datetime
    took: int
    live: bool
    outcome: str
    qualified: Lasted
    accepted: Lasted | None
    closed: Lasted | None


class Steps:
    """The steps of a funnel and their bits: stages in the order of the criteria, then those of every lead."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.stages = {stage.id: 1 << place for place, stage in enumerate(stages)}
        self.says = {stage.id: stage.says for stage in stages}
        after = len(stages)
        self.qualified, self.offered, self.accepted, self.closed = (1 << after + place for place in range(4))

    def bit(self, key: str) -> int:
        """The bit of a step of the chain."""
        return int(getattr(self, key))


def ways(
    rows: Iterable[tuple[str, ...]],
    first: Mapping[str, Mapping[str, str]],
    steps: Steps,
    tier: Callable[[str], str],
    now: datetime,
) -> list[Way]:
    """The rows of a cohort as the funnel counts them. `first` is when each lead was first offered and accepted."""
    offered, accepted = first["offered"], first["accepted"]
    stages = [(f'"{stage}"', bit) for stage, bit in steps.stages.items()]
    read = datetime.fromisoformat
    found = []
    for (
        id_,
        opened_at,
        source,
        channel,
        campaign,
        owner,
        outlet,
        _,
        reached,
        qualified_at,
        status,
        since,
        outcome,
    ) in rows:
        took = 0
        for stage, bit in stages:
            if stage in reached:  # as the store keeps it: [["engaged","2026-11-16T09:30:00Z"]]
                took |= bit
        live = status in LIVE
        opened = read(opened_at)
        end = now if live or not since else read(since)
        to_accepted = to_closed = None
        if qualified_at:
            took |= steps.qualified
            to_qualified = _lasted(opened, read(qualified_at), ended=True)
            if id_ in offered:
                took |= steps.offered
                begins = read(offered[id_])
                done = id_ in accepted
                to_accepted = _lasted(begins, read(accepted[id_]) if done else end, ended=done)
                if done:
                    took |= steps.accepted
                    begins = read(accepted[id_])
                    over = status == "closed"
                    took |= steps.closed if over else 0
                    to_closed = _lasted(begins, end, ended=over)
        else:
            to_qualified = _lasted(opened, end, ended=False)
        found.append(
            Way(
                source, channel, campaign, owner, tier(outlet), opened, took, live, outcome,
                to_qualified, to_accepted, to_closed,
            )
        )  # fmt: skip
    return found


def _lasted(start: datetime, end: datetime, *, ended: bool) -> Lasted:
    """What happened before its beginning (a touch that was learned late) took no time."""
    return (end - start).total_seconds() if end > start else 0.0, ended


# --- the funnel ----------------------------------------------------------------------------------------------------


def funnel(found: Sequence[Way], steps: Steps) -> Funnel:
    """The steps of these leads."""
    kinds = Counter((one.took, one.live) for one in found)
    n = len(found)
    outcomes = Counter(one.outcome for one in found if one.took & steps.closed)

    def counted(bit: int) -> int:
        return sum(count for (took, _), count in kinds.items() if took & bit == bit)

    def may_still(base: int, bit: int) -> int:
        return sum(count for (took, live), count in kinds.items() if live and took & base == base and took & bit != bit)

    told = [FunnelStep(kind="opened", key="opened", says="opened", of="", share=wilson(n, n), open=0)]
    for stage, bit in steps.stages.items():
        share = wilson(counted(bit), n)
        told.append(
            FunnelStep(
                kind="stage", key=stage, says=steps.says[stage], of="opened", share=share, open=may_still(0, bit)
            )
        )
    base, of = 0, n
    for key, says, before in CHAIN:
        bit = steps.bit(key)
        k = counted(base | bit)
        told.append(FunnelStep(kind=key, key=key, says=says, of=before, share=wilson(k, of), open=may_still(base, bit)))
        base, of = base | bit, k
    return Funnel(
        n=n,
        steps=tuple(told),
        outcomes=tuple(sorted(outcomes.items(), key=lambda one: (-one[1], one[0]))),
        to_qualified=wait(one.qualified for one in found),
        to_accepted=wait(one.accepted for one in found if one.accepted is not None),
        to_closed=wait(one.closed for one in found if one.closed is not None),
    )


def wait(lengths: Iterable[Lasted], *, working: bool = False) -> LeadWait:
    """The median of these lengths (seconds), with its interval."""
    half = halfway(lengths)
    return LeadWait(
        n=half.n,
        events=half.events,
        median=_length(half.median),
        low=_length(half.low),
        high=_length(half.high),
        working=working,
    )


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def parts(found: Sequence[Way], steps: Steps) -> tuple[LeadPart, ...]:
    """The cohort by source, channel, campaign, owner and tier; the largest first, what is not known last."""
    told = []
    for by in PARTS:
        name = attrgetter(by)
        lines = [
            LeadLine(name=value, funnel=funnel(list(some), steps))
            for value, some in groupby(sorted(found, key=name), key=name)
        ]
        lines.sort(key=lambda one: (one.name in ("", "not known"), -one.funnel.n, one.name))
        told.append(LeadPart(by=by, lines=tuple(lines)))
    return tuple(told)


def weeks(found: Sequence[Way], steps: Steps, mondays: Sequence[date], zone: tzinfo) -> tuple[WeekOfEntry, ...]:
    """The leads by week of entry, a line for each Monday, one without leads too."""
    by: dict[date, list[Way]] = {monday: [] for monday in mondays}
    for one in found:
        day = one.opened.astimezone(zone).date()
        if (monday := day - timedelta(days=day.weekday())) in by:
            by[monday].append(one)
    told = []
    for monday, some in by.items():
        year, week, _ = monday.isocalendar()
        way = funnel(some, steps)
        accepted = steps.qualified | steps.offered | steps.accepted
        told.append(
            WeekOfEntry(
                label=f"{year:04}-W{week:02}",
                starts_on=monday,
                n=len(some),
                qualified=way.step("qualified").share,
                accepted=wilson(sum(one.took & accepted == accepted for one in some), len(some)),
                open=sum(one.live for one in some),
                to_qualified=way.to_qualified,
            )
        )
    return tuple(told)


# --- time in each stage --------------------------------------------------------------------------------------------


def times(
    moves: Sequence[Staged], rows: Iterable[tuple[str, ...]], steps: Steps, now: datetime
) -> tuple[StageTime, ...]:
    """How long leads stayed in each stage; who is there still, or left for good without another stage, is censored."""
    left = {row[0]: "" if row[10] in LIVE else row[11] for row in rows}
    lengths: dict[str, list[Lasted]] = {stage: [] for stage in steps.stages}
    for lead, some in groupby(moves, key=attrgetter("lead")):
        own = list(some)
        gone = left.get(lead, "")
        last = datetime.fromisoformat(gone) if gone else now
        for place, move in enumerate(own):
            if move.to not in lengths:
                continue
            onward = own[place + 1].at if place + 1 < len(own) else ""
            end = datetime.fromisoformat(onward) if onward else last
            lengths[move.to].append(_lasted(datetime.fromisoformat(move.at), end, ended=bool(onward)))
    return tuple(StageTime(stage=stage, says=steps.says[stage], wait=wait(lengths[stage])) for stage in steps.stages)
