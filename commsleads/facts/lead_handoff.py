"""The handoff as the ledger has it: what was offered, what came of it, what waits for whom now."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.lead_funnel import wait
from commsleads.facts.lead_values import HandoffFigures, LeadWait, OpenOffer, OwnerLine, Waking
from commsleads.rules.desk.clocks import Calendar
from commsleads.rules.figures import Share, wilson
from commsleads.store.engine import stamp
from commsleads.store.leads import figures as rows
from commsleads.store.leads.figures import Offered

SOON = timedelta(days=7)
"""How far ahead leads that wake are told."""
DECIDED = frozenset({"accepted", "rejected", "lapsed"})
"""Answers that a share of acceptance is made of."""
ANSWERED = frozenset({"accepted", "rejected", "recycled", "closed"})
"""Answers that a person gave: with them the waiting ended."""


class Worked:
    """Working time between instants of one stretch, asked thousands of times: summed up once."""

    def __init__(self, calendar: Calendar, start: datetime, end: datetime) -> None:
        days = (end - start).days + 4
        first = calendar.local_day(start) - timedelta(days=1)
        self.opens: list[datetime] = []
        self.stretches: list[tuple[datetime, datetime]] = []
        self.before: list[float] = []
        total = 0.0
        for opens, closes in calendar.stretches(first, days):
            self.opens.append(opens)
            self.stretches.append((opens, closes))
            self.before.append(total)
            total += (closes - opens).total_seconds()

    def since_start(self, at: datetime) -> float:
        """Seconds of working time from the beginning of the stretch until then."""
        place = bisect_right(self.opens, at) - 1
        if place < 0:
            return 0.0
        opens, closes = self.stretches[place]
        return self.before[place] + (min(at, closes) - opens).total_seconds()

    def between(self, start: datetime, end: datetime) -> float:
        """Seconds of working time between two instants; none when the end is not after the start."""
        return max(0.0, self.since_start(end) - self.since_start(start)) if end > start else 0.0


def handoff(ground: Ground, period: Period) -> HandoffFigures:
    """The ledger of a period, and what of it waits now."""
    session, now = ground.session, ground.now
    made = rows.offers(session, stamp(period.start), stamp(period.end))
    waiting = [_waiting(one, now) for one in rows.open_offers(session)]
    resting = rows.standing(session)
    asleep = [one for one in resting if one.status == "recycled"]
    worked = Worked(ground.calendar, min([period.start, now]), max([period.end, now]))
    answers = Counter(one.answer for one in made)
    reasons = Counter(one.reason for one in made if one.answer == "rejected")
    return HandoffFigures(
        offered=len(made),
        accepted=_accepted(made),
        rejected=answers["rejected"],
        reasons=tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        lapsed=answers["lapsed"],
        escalated=sum(one.escalated for one in made),
        recycled=answers["recycled"],
        closed=answers["closed"],
        withdrawn=answers["withdrawn"],
        open=answers[""],
        wait=_wait(made, now),
        working=_working(made, now, worked),
        by_owner=tuple(_by_owner(made, now, worked)),
        open_now=tuple(waiting),
        overdue=sum(one.overdue for one in waiting),
        lapsed_now=tuple(one.lead for one in resting if one.status == "lapsed"),
        recycled_now=len(asleep),
        waking=tuple(
            Waking(lead=one.lead, wakes=wakes, owner=one.owner, stage=one.stage)
            for one in asleep
            if one.wakes and (wakes := datetime.fromisoformat(one.wakes)) <= now + SOON
        ),
    )


def _accepted(made: Iterable[Offered]) -> Share:
    decided = [one.answer for one in made if one.answer in DECIDED]
    return wilson(decided.count("accepted"), len(decided))


def _waiting(one: Offered, now: datetime) -> OpenOffer:
    due = datetime.fromisoformat(one.due)
    return OpenOffer(
        lead=one.lead,
        to=one.to,
        at=datetime.fromisoformat(one.at),
        due=due,
        stage=one.stage,
        campaign=one.campaign,
        overdue=due < now,
        escalated=bool(one.escalated),
    )


def _spans(made: Iterable[Offered], now: datetime) -> Iterable[tuple[datetime, datetime, bool]]:
    """From when to when each was waited for, and whether a person's answer ended it."""
    for one in made:
        end = datetime.fromisoformat(one.answered) if one.answered else now
        yield datetime.fromisoformat(one.at), end, one.answer in ANSWERED


def _wait(made: Iterable[Offered], now: datetime) -> LeadWait:
    return wait((max(0.0, (end - start).total_seconds()), ended) for start, end, ended in _spans(made, now))


def _working(made: Iterable[Offered], now: datetime, worked: Worked) -> LeadWait:
    lengths = ((worked.between(start, end), ended) for start, end, ended in _spans(made, now))
    return wait(lengths, working=True)


def _by_owner(made: Sequence[Offered], now: datetime, worked: Worked) -> Iterable[OwnerLine]:
    """A line for each person offers went to, those with the most first."""
    by: dict[str, list[Offered]] = {}
    for one in made:
        by.setdefault(one.to, []).append(one)
    for name, some in sorted(by.items(), key=lambda part: (-len(part[1]), part[0])):
        answers = Counter(one.answer for one in some)
        yield OwnerLine(
            name=name,
            offered=len(some),
            accepted=_accepted(some),
            rejected=answers["rejected"],
            lapsed=answers["lapsed"],
            open=answers[""],
            wait=_working(some, now, worked),
        )
