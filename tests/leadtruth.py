"""What a lead is, told again from what was said of it, by other means than the program's.

Nothing of `commsleads.rules`, `facts`, `store` or of the tables of leads is used. Everything is reckoned from the whole
list each time it is asked for: no total goes on from the one before, no clock is kept, nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import floor
from typing import Any, NamedTuple

WHO = {"outlet", "tier-1", "tier-2", "tier-3", "works", "broken", "shared", "throwaway", "private", "outlet-domain"}
EVER = {"listed", "did", "objected"}
EASY = 1e-6
"""A half that is a half but for the arithmetic of the machine."""


class Known(NamedTuple):
    """A touch as somebody would tell of it from `learned` on. The newest of the same `id` is the one that is so."""

    id: str
    who: str
    at: datetime
    learned: datetime
    kind: str
    marks: frozenset[str]
    channel: str
    source: str
    campaign: str
    outlet: str
    counts: bool


class Deed(NamedTuple):
    """What one of us did with a lead."""

    lead: str
    at: datetime
    number: int
    by: str
    verb: str
    to: str
    reason: str
    until: datetime | None


class Paper(NamedTuple):
    """Criteria that were switched on, as their file says."""

    number: int
    at: datetime
    says: Mapping[str, Any]


# --- what a touch is worth ------------------------------------------------------------------------------------------


def length(text: str) -> timedelta:
    """How long "8h", "30d" or "0s" is."""
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[text[-1]]
    return timedelta(**{unit: float(text[:-1])})


def meets(sort: Mapping[str, Any], one: Known) -> bool:
    """Whether a touch is of a sort."""
    return (
        one.kind in (sort.get("touch") or [one.kind])
        and one.source in (sort.get("source") or [one.source])
        and one.campaign in (sort.get("campaign") or [one.campaign])
        and set(sort.get("having", [])) <= one.marks
        and not set(sort.get("without", [])) & one.marks
        and (not sort.get("any") or bool(set(sort["any"]) & one.marks))
    )


def left(amount: float, age: timedelta, half: timedelta) -> float:
    """What is left of points after a time."""
    return amount if not half else amount * 0.5 ** (age / half)


def worth(rule: Mapping[str, Any], usual: str, told: Sequence[tuple[Known, datetime]], now: datetime) -> int:
    """The points of one rule. `told` are touches with the moment at which each was taken into account.

    Without a bound it is the sum of what is left of each. The bound held whenever a touch was taken into account; so
    the total is no more than what is left of a full bound then, with all that came after it, whichever moment is taken.
    """
    half = length(rule.get("half_life", usual))
    points = rule["points"]
    mine = [
        (one, then) for one, then in told if one.kind != "known" and meets(rule, one) and (one.counts or points < 0)
    ]
    every = [left(points, now - one.at, half) for one, _ in mine]
    ways = [sum(every)]
    if "cap" in rule:
        ways += [left(rule["cap"], now - then, half) + sum(every[place + 1 :]) for place, (_, then) in enumerate(mine)]
    total = min(ways) if points > 0 else max(ways)
    return floor(total + 0.5 + EASY)


def banded(bands: Sequence[Mapping[str, Any]], points: int, was: int) -> int:
    """In which band points are, for who was in band `was` (0: none)."""
    ordered = sorted(bands, key=lambda band: band["least"])
    reached = max((place for place, band in enumerate(ordered, 1) if points >= band["least"]), default=0)
    held = max(
        (
            place
            for place, band in enumerate(ordered, 1)
            if place <= was and points >= band["least"] - band.get("margin", 0)
        ),
        default=0,
    )
    return max(reached, held)


class Verdict(NamedTuple):
    """What the touches known so far come to."""

    opened: datetime | None
    opener: str
    stage: int
    reached: dict[int, datetime]
    when: datetime | None
    fit: int
    engagement: int
    fit_band: int
    engagement_band: int
    marks: frozenset[str]
    told: tuple[tuple[Known, datetime], ...]


NOTHING_YET = Verdict(None, "", -1, {}, None, 0, 0, 0, 0, frozenset(), ())


def who_they_are(told: Iterable[Known]) -> frozenset[str]:
    """The marks that say who somebody is: of the newest touch that has any; and those that hold for good."""
    known = list(told)
    newest: Known | None = None
    for one in known:
        if one.marks & WHO and (newest is None or one.at >= newest.at):
            newest = one
    ever = frozenset(mark for one in known for mark in one.marks & EVER)
    return ever | (newest.marks & WHO if newest else frozenset())


def fit_of(says: Mapping[str, Any], told: Sequence[Known]) -> int:
    """The points of fit: each rule once."""
    marks = who_they_are(told)
    total = 0
    for rule in says["fit"]:
        asked = {"having": rule.get("having", []), "any": rule.get("any", []), "without": rule.get("without", [])}
        here = told[-1]._replace(marks=marks) if told else None
        total += rule["points"] * (here is not None and meets(asked, here))
    return total


def judge(items: Sequence[Known | Deed], says: Mapping[str, Any]) -> Verdict:
    """The verdict over touches and stages set by hand, in the order in which they were known."""
    verdict = NOTHING_YET
    for place in range(len(items)):
        verdict = _next(verdict, items[: place + 1], says)
    return verdict


def _next(verdict: Verdict, items: Sequence[Known | Deed], says: Mapping[str, Any]) -> Verdict:
    newest, stages = items[-1], says["stages"]
    names = [stage["id"] for stage in stages]
    if isinstance(newest, Deed):
        if verdict.opened is None or newest.to not in names:
            return verdict
        put = names.index(newest.to)
        reached = {one: at for one, at in verdict.reached.items() if one <= put} | (
            {} if put in verdict.reached else {put: newest.at}
        )
        return verdict._replace(stage=put, reached=reached)
    then = max(newest.at, verdict.when) if verdict.when else newest.at
    told = (*verdict.told, (newest, then))
    touches = [one for one, _ in told]
    engagement = sum(worth(rule, says["half_life"], told, then) for rule in says["engagement"])
    fit = fit_of(says, touches)
    bands = (
        banded(says["fit_bands"], fit, verdict.fit_band),
        banded(says["engagement_bands"], engagement, verdict.engagement_band),
    )
    opens = newest.counts and newest.kind != "known" and (says["reading"] == "US" or "own" in newest.marks)
    opened, opener = verdict.opened, verdict.opener
    if opened is None and opens:
        opened, opener = newest.at, newest.id
    reached = dict(verdict.reached)
    if opened is not None:
        for place, stage in enumerate(stages):
            if place not in reached and met(items, place, says) and _enough(says, stage, *bands):
                reached[place] = then
    stage_now = max([verdict.stage, *[place for place in reached if place not in verdict.reached]])
    return Verdict(opened, opener, stage_now, reached, then, fit, engagement, *bands, who_they_are(touches), told)


def _enough(says: Mapping[str, Any], stage: Mapping[str, Any], fit: int, engagement: int) -> bool:
    def place(bands: Sequence[Mapping[str, Any]], name: str) -> int:
        return [band["name"] for band in sorted(bands, key=lambda band: band["least"])].index(name) + 1

    return (not stage.get("fit") or fit >= place(says["fit_bands"], stage["fit"])) and (
        not stage.get("engagement") or engagement >= place(says["engagement_bands"], stage["engagement"])
    )


def met(items: Sequence[Known | Deed], place: int, says: Mapping[str, Any]) -> bool:
    """Whether a stage's condition is met by these. Where somebody set a lower stage, only touches after it meet it."""
    stage = says["stages"][place]
    names = [one["id"] for one in says["stages"]]
    since = max(
        (
            number
            for number, one in enumerate(items)
            if isinstance(one, Deed) and one.to in names and names.index(one.to) < place
        ),
        default=-1,
    )
    touches = [one for one in items if isinstance(one, Known) and one.kind != "known"]
    for one in items[since + 1 :]:
        if isinstance(one, Deed) or one.kind == "known" or not one.counts or not meets(stage["when"], one):
            continue
        if "after" not in stage:
            return True
        apart = length(stage.get("apart", "0s"))
        if any(meets(stage["after"], two) and two.at < one.at and two.at + apart <= one.at for two in touches):
            return True
    return False


@dataclass(slots=True, kw_only=True)
class Offered:
    """A line of the ledger."""

    at: datetime
    to: str
    due: datetime
    stage: str
    escalated: bool
    answer: str = ""
    answered: datetime | None = None
    by: str = ""
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Told:
    """A lead as it stands."""

    id: str
    who: tuple[str, ...]
    verdict: Verdict = NOTHING_YET
    opened: datetime | None = None
    opener: Known | None = None
    outlet: str = ""
    stage: str = ""
    qualified: bool = False
    qualified_at: datetime | None = None
    reached: dict[str, datetime] = field(default_factory=dict)
    status: str = "new"
    status_at: datetime | None = None
    owner: str = ""
    outcome: str = ""
    wakes: datetime | None = None
    moves: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    offers: list[Offered] = field(default_factory=list)
    touches: list[Known] = field(default_factory=list)


def points_at(verdict: Verdict, says: Mapping[str, Any], now: datetime) -> tuple[int, int, str, str]:
    """Fit and engagement at a moment, and the names of their bands ('' below them all)."""
    engagement = sum(worth(rule, says["half_life"], verdict.told, now) for rule in says["engagement"])
    fit = fit_of(says, [one for one, _ in verdict.told])

    def name(bands: Sequence[Mapping[str, Any]], points: int, was: int) -> str:
        place = banded(bands, points, was)
        return str(sorted(bands, key=lambda band: band["least"])[place - 1]["name"]) if place else ""

    return (
        fit,
        engagement,
        name(says["fit_bands"], fit, verdict.fit_band),
        name(says["engagement_bands"], engagement, verdict.engagement_band),
    )
