"""What changed in a campaign's plan, in words, and which plan was promised.

What stands before the start is the plan. What is written after it is a change, and shown as one, however good its
reasons. A start that is moved after the campaign has begun does not make it begin anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads.plan import CallToAction, Campaign, Goal, KeyMessage, Status, TargetGroup, UpliftPlan

_NAMES = {
    "starts_on": "start", "ends_on": "end", "utm_campaigns": "UTM campaigns", "ctas": "calls to action",
    "targets": "groups", "messages": "key messages", "n": "number", "recognised": "how it is recognised",
    "control": "held back", "excluded": "excluded", "reason": "reason of exclusion", "hours": "hours",
}  # fmt: skip
"""What a field is called in a sentence, where its own name will not do."""
_NESTED = {"ctas": ("call to action", "id"), "targets": ("group", "name"), "messages": ("key message", "id")}


class Change(NamedTuple):
    """One field that differs: what it is called, what it was and what it is. '' is not stated."""

    field: str
    was: str
    now: str


class Stamp(NamedTuple):
    """A plan as it was declared. `started` says whether the campaign had begun by then."""

    number: int
    at: datetime
    by: str
    started: bool
    plan: Campaign


class Changed(NamedTuple):
    """What somebody changed at one time, after the start."""

    at: datetime
    by: str
    changes: tuple[Change, ...]


class Promise(NamedTuple):
    """The plan as it stood at the start, and what was changed since.

    `late` is a sentence where the campaign was first written down after it had begun, else ''. `stamped_at` is when the
    plan was declared.
    """

    plan: Campaign
    stamped_at: datetime
    stamped_by: str
    late: str
    since: tuple[Changed, ...]


def begun(starts_on: date | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the campaign's first day, in the organisation's zone, has come. Without a first day it has not."""
    return starts_on is not None and at.astimezone(zone).date() >= starts_on


def started(stamps: Sequence[Stamp], plan: Campaign, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a plan that is written at `at` comes after the start, by what was written before it.

    A campaign without a first day begins with its first plan.
    """
    if not stamps:
        return begun(plan.starts_on, at, zone)
    last = stamps[-1]
    return last.started or last.plan.starts_on is None or begun(last.plan.starts_on, at, zone)


def promise(stamps: Sequence[Stamp], zone: ZoneInfo) -> Promise | None:
    """What was promised and what became of it, by the stamps in their order; None when nothing was written down."""
    if not stamps:
        return None
    before = [stamp for stamp in stamps if not stamp.started]
    plan = before[-1] if before else stamps[0]
    since = []
    last = plan.plan
    for stamp in stamps[stamps.index(plan) + 1 :]:
        if found := tuple(changes(last, stamp.plan)):
            since.append(Changed(stamp.at, stamp.by, found))
        last = stamp.plan
    return Promise(plan.plan, plan.at, plan.by, "" if before else _late(plan, zone), tuple(since))


def _late(stamp: Stamp, zone: ZoneInfo) -> str:
    if stamp.plan.starts_on is None:
        return ""
    days = (stamp.at.astimezone(zone).date() - stamp.plan.starts_on).days
    if days < 1:
        return "It was first written down on the day it began."
    return f"It was first written down {days} day{'' if days == 1 else 's'} after it began."


def changes(before: Campaign, after: Campaign) -> Iterator[Change]:
    """Every field that differs, in the order of the plan; calls to action and groups one by one."""
    for field in fields(Campaign):
        name, was, now = field.name, getattr(before, field.name), getattr(after, field.name)
        if was == now:
            continue
        if name in _NESTED:
            yield from _nested(name, was, now)
        elif isinstance(was, UpliftPlan):
            yield from _fields("uplift", was, now)
        elif isinstance(was or now, Goal):
            yield from _goal(was, now)
        else:
            yield Change(_NAMES.get(name, name.replace("_", " ")), shown(was), shown(now))


def _nested(name: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    word, key = _NESTED[name]
    old, new = ({getattr(one, key): one for one in group} for group in (before, after))
    for ident in [*old, *(ident for ident in new if ident not in old)]:
        what = f"{word} “{ident}”"
        if ident not in new or ident not in old:
            yield Change(what, shown(old.get(ident)), shown(new.get(ident)))
        else:
            yield from _fields(what, old[ident], new[ident])
    if list(old) != list(new) and set(old) == set(new):
        yield Change(f"order of {_NAMES[name]}", ", ".join(old), ", ".join(new))


def _goal(before: Goal | None, after: Goal | None) -> Iterator[Change]:
    if before is None or after is None:
        yield Change("goal", shown(before), shown(after))
    else:
        yield from _fields("goal", before, after)


def _fields(what: str, before: Any, after: Any) -> Iterator[Change]:
    for field in fields(before):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            yield Change(f"{what}, {_NAMES.get(field.name, field.name)}", shown(was), shown(now))


def shown(value: Any) -> str:
    """A value of the plan as it stands in a sentence; '' for what is not stated."""
    for kind, words in _SHOWN:
        if isinstance(value, kind):
            return words(value)
    return "" if value is None else str(value)


def _goal_words(goal: Goal) -> str:
    return f"{goal.n} {goal.of}" + (f" by {goal.by}" if goal.by else "")


def _cta_words(cta: CallToAction) -> str:
    return ": ".join(filter(None, (cta.kind, cta.wording or cta.destination)))


def _group_words(group: TargetGroup) -> str:
    number = "n not stated" if group.n is None else f"n = {group.n}"
    out = f"{group.excluded} excluded{f' ({group.reason})' if group.reason else ''}" if group.excluded else ""
    return ", ".join(filter(None, (number, out, "held back" if group.control else "")))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _stretch(length: timedelta) -> str:
    days, rest = divmod(int(length.total_seconds()), 86_400)
    hours = f"{rest / 3600:g} hours" if rest else ""
    return " ".join(filter(None, (f"{days} day{'' if days == 1 else 's'}" if days or not rest else "", hours)))


_SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (float, _number),
    (timedelta, _stretch),
    (Goal, _goal_words),
    (CallToAction, _cta_words),
    (TargetGroup, _group_words),
    (KeyMessage, lambda message: message.text or message.id),
    (Status, lambda status: status.name),
    (tuple, lambda values: ", ".join(map(shown, values))),
)
