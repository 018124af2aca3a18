"""What an alert is raised for: the cause, its level, and the id that lets each cause be told once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from commsleads.enquiries import LEVELS
from commsleads.plan import AlertPlan
from commsleads.rules.alerts.wording import one_line

SUMMARY = "summary"
"""The subject of an alert that tells several causes together."""

USUAL = {
    "deadline near": "review",
    "deadline passed": "review",
    "unacknowledged": "review",
    "sign-off waiting": "review",
    "promise overdue": "review",
    "lead due": "watch",
    "tier 1": "review",
    "risk word": "review",
    "surge": "review",
    "collector down": "watch",
    "digest not delivered": "review",
}
"""The level of each kind where nothing makes it graver and the settings name no other."""

AGE = {
    "deadline near": timedelta(hours=24),
    "deadline passed": timedelta(hours=24),
    "unacknowledged": timedelta(hours=24),
    "sign-off waiting": timedelta(hours=24),
    "promise overdue": timedelta(hours=24),
    "lead due": timedelta(hours=24),
    "tier 1": timedelta(hours=24),
    "risk word": timedelta(hours=24),
    "surge": timedelta(hours=24),
    "collector down": timedelta(days=3),
    "digest not delivered": timedelta(days=3),
}
"""A cause older than this is no news any more: after a long stop, or on the first day, it is left to the digest."""

SETTLES = {
    "deadline near": "it was answered, its deadline was moved, or it passed",
    "deadline passed": "it was answered or ended, or its deadline was moved",
    "unacknowledged": "it was acknowledged, answered or ended",
    "sign-off waiting": "it was signed, sent back or answered",
    "promise overdue": "it was kept, or promised for later",
    "lead due": "the offer was answered",
    "surge": "it is over",
    "collector down": "it can be read again, or left the settings",
    "digest not delivered": "it was delivered, or somebody decided",
}
"""The kinds whose causes end by themselves, and what to say then. The others are settled by people, or by time."""

FORGOTTEN = timedelta(days=7)
"""An alert on a story that nobody settled for so long is settled by time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why somebody should be told. `subject` and `slot` say of what: the same three are the same cause, told once.

    A deadline that was moved is another slot. `caused_at` is when it came about, `evidence` the ids of the rows that it
    rests on, `command` what shows them. `title` has at most 100 characters; title and text hold nobody else's markup.
    """

    kind: str
    subject: str
    slot: str
    level: str
    title: str
    text: str
    command: str
    caused_at: datetime
    owner: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made of what it is about, so that raising it twice is raising it once."""
        whole = f"{self.kind}\0{self.subject}\0{self.slot}".encode("utf-8", "replace")
        return hashlib.blake2b(whole, digest_size=8).hexdigest()


def level_of(plan: AlertPlan, kind: str, *others: str) -> str:
    """The level of a kind by the settings, or a graver one that something else about it asks for."""
    return gravest(plan.levels.get(kind, USUAL[kind]), *others)


def gravest(*levels: str) -> str:
    """The gravest of these levels; words that are none count for nothing."""
    return max((one for one in levels if one in LEVELS), key=LEVELS.index, default=LEVELS[0])


def at_least(level: str, bound: str) -> bool:
    """Whether a level is as grave as another."""
    return LEVELS.index(level) >= LEVELS.index(bound)


def fresh(causes: Iterable[Cause], now: datetime) -> list[Cause]:
    """Those that are still news, the oldest first."""
    return sorted(
        (one for one in causes if now - one.caused_at <= AGE[one.kind]), key=lambda one: (one.caused_at, one.id)
    )


MANY = 5
"""Causes of one kind and level in one look that are told one by one; more are told together."""
NAMED = 5
"""Causes that a summary names."""


def together(causes: Iterable[Cause], now: datetime) -> list[tuple[Cause, tuple[Cause, ...]]]:
    """What to send: each cause by itself, or a summary with those that it tells.

    An outage takes every source down at once, a first look finds many stories: nobody reads a hundred messages.
    """
    groups: dict[tuple[str, str], list[Cause]] = {}
    for cause in causes:
        groups.setdefault((cause.kind, cause.level), []).append(cause)
    found: list[tuple[Cause, tuple[Cause, ...]]] = []
    for group in groups.values():
        found += [(one, ()) for one in group] if len(group) <= MANY else [(_summary(group, now), tuple(group))]
    return found


def _summary(group: list[Cause], now: datetime) -> Cause:
    first, owners = group[0], {one.owner for one in group}
    lines = [f"- {one.title}" for one in group[:NAMED]]
    lines.append(f"- and {len(group) - NAMED} more")
    return replace(
        first,
        subject=SUMMARY,
        slot=f"{now.isoformat()} {first.level}",
        title=one_line(f"{len(group)} alerts at once: {first.kind}"),
        text="\n".join((f"{len(group)} alerts of the kind “{first.kind}” came about together:", *lines)),
        command="commsleads alert list --open",
        owner=first.owner if len(owners) == 1 else "",
        caused_at=min(one.caused_at for one in group),
        evidence=tuple(one.id for one in group),
    )
