"""Goals, their diagnosis, and what qualified leads are due to, counted again from the stories of the leads."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from tests.leadcount import Row, first, within
from tests.leadhouse import House
from tests.leadoffice import SETTINGS
from tests.leadtruth import Known, Told

GOALS: list[dict[str, Any]] = tomllib.loads(SETTINGS)["goals"]
MODELS = ("first", "last", "linear", "U", "W", "decay")


def midnight(day: date, house: House) -> datetime:
    return datetime.combine(day, time(), house.zone).astimezone(UTC)


def got(goal: Row, lead: Told) -> datetime | None:
    """When a lead first got to where a goal is."""
    of = goal.get("of", "qualified leads")
    if of == "leads":
        return lead.opened
    if of == "accepted leads":
        return first(lead, "accepted")
    if of == "engaged leads":
        return min(lead.reached.values(), default=None)
    return lead.qualified_at if of == "qualified leads" else lead.reached.get(of)


def theirs(goal: Row, leads: Sequence[Told], house: House) -> list[Told]:
    """The leads that a goal is about."""
    found = []
    team = {ident for ident, _, of in house.people if of == goal.get("team")}
    for lead in leads:
        assert lead.opener
        whose = lead.owner or (lead.offers[-1].to if lead.offers else "")
        if lead.opener.campaign == goal.get("campaign", lead.opener.campaign) and (not team or whose in team):
            found.append(lead)
    return found


def came(goal: Row, leads: Sequence[Told], start: datetime, end: datetime) -> tuple[int, int, int]:
    """How many came in a time, how many of them got there in it, and how many got there who had come before."""
    entered = [one for one in leads if within(one.opened, start, end)]
    there = [one for one in entered if (at := got(goal, one)) is not None and at < end]
    return len(entered), len(there), sum(within(got(goal, one), start, end) for one in leads) - len(there)


def split(now: tuple[Fraction, Fraction, Fraction], then: tuple[Fraction, Fraction, Fraction]) -> list[Fraction]:
    """What each cause adds to the difference: leads that came, the share that got there, those from before.

    A product of two changes first in one factor and then in the other; both orders count alike. Where nobody came, the
    share is what it was on the other side.
    """
    one = now[1] / now[0] if now[0] else None
    two = then[1] / then[0] if then[0] else None
    share, was = one if one is not None else two or Fraction(0), two if two is not None else one or Fraction(0)
    leads = ((now[0] - then[0]) * was + (now[0] - then[0]) * share) / 2
    shares = ((share - was) * now[0] + (share - was) * then[0]) / 2
    return [leads, shares, now[2] - then[2]]


def goal(told: Row, leads: Sequence[Told], asked: Sequence[tuple[datetime, str]], house: House, now: datetime) -> Row:
    """How one goal stands: how many, how many expected by now, and what the difference is made of (None: not told)."""
    start, end = midnight(told["starts_on"], house), midnight(told["ends_on"] + timedelta(days=1), house)
    until = min(now, end)
    passed = max(Fraction(0), Fraction(int((until - start).total_seconds()), int((end - start).total_seconds())))
    of = told.get("of", "qualified leads")
    found: Row = {"expected": float(told["n"] * passed), "parts": None, "by_kind": {}}
    if of == "enquiries":
        return found | {"n": sum(start <= at < until for at, _ in asked)}
    mine = theirs(told, leads, house)
    there = [one for one in mine if within(got(told, one), start, until)]
    found |= {"n": len(there), "by_kind": dict(Counter(one.opener.kind for one in there if one.opener))}
    if "team" in told or until <= start:
        return found
    actual = came(told, mine, start, until)
    if of == "leads":
        return found | {"parts": [actual[0] - told["n"] * passed]}
    if "leads" in told:
        then = (told["leads"] * passed, told["n"] * passed, Fraction(0))
        return found | {"parts": split((Fraction(actual[0]), Fraction(actual[1]), Fraction(actual[2])), then)}
    first_seen = min(one.at for lead in leads for one in lead.touches)
    earlier = start - (until - start)
    if first_seen <= earlier:
        before = came(told, mine, earlier, start)
        found["parts"] = split(
            (Fraction(actual[0]), Fraction(actual[1]), Fraction(actual[2])),
            (Fraction(before[0]), Fraction(before[1]), Fraction(before[2])),
        )
    return found


# --- what leads are due to


def weights(model: str, touches: Sequence[Known], opener: str, then: datetime) -> list[Fraction]:
    """What each touch weighs, by the words of the document."""
    n = len(touches)
    if model == "first":
        return [Fraction(place == 0) for place in range(n)]
    if model == "last":
        return [Fraction(place == n - 1) for place in range(n)]
    if model == "linear":
        return [Fraction(1)] * n
    if model == "decay":
        return [Fraction(0.5 ** ((then - one.at) / timedelta(days=7))) for one in touches]
    points = (
        [0, n - 1] if model == "U" else [0, n - 1, *[place for place, one in enumerate(touches) if one.id == opener]]
    )
    each, rest = (40, 20) if model == "U" else (30, 10)
    others = [place for place in range(n) if place not in points]
    found = [Fraction(0)] * n
    for place in points:
        found[place] += each
    for place in others:
        found[place] += Fraction(rest, len(others))
    return [Fraction(1)] if n == 1 else found


def thousandths(names: Sequence[str], weighed: Sequence[Fraction]) -> dict[str, int]:
    """1000 among the names: whole parts, and what is left to those of whom most was cut off, who came first first."""
    total = sum(weighed)
    exact: dict[str, Fraction] = {}
    for name, weight in zip(names, weighed, strict=True):
        exact[name] = exact.get(name, Fraction(0)) + 1000 * weight / total
    found = {name: int(part) for name, part in exact.items()}
    order = sorted(exact, key=lambda name: (-(exact[name] - found[name]), list(exact).index(name)))
    for name in order[: 1000 - sum(found.values())]:
        found[name] += 1
    return found


def credit(leads: Sequence[Told], key: str, start: datetime, end: datetime) -> Row:
    """The credits of leads qualified in a period by campaign, source or channel, for each model."""
    rows: dict[str, list[int]] = {"": [0] * len(MODELS)}
    touched: Counter[str] = Counter()
    qualified = [one for one in leads if within(one.qualified_at, start, end)]
    for lead in qualified:
        then = lead.qualified_at
        assert then
        mine = [one for one in lead.touches if then - timedelta(days=90) <= one.at <= then]
        mine.sort(key=lambda one: (one.at, one.learned))
        names = ["" if (name := getattr(one, key)) == "not known" else name for one in mine] or [""]
        touched.update(set(names))
        for place, model in enumerate(MODELS):
            weighed = weights(model, mine, lead.opener.id if lead.opener else "", then) if mine else [Fraction(1)]
            for name, part in thousandths(names, weighed).items():
                rows.setdefault(name, [0] * len(MODELS))[place] += part
    return {"leads": len(qualified), "rows": {name: (tuple(row), touched[name]) for name, row in rows.items()}}
