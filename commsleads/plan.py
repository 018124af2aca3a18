"""What the organisation has declared: watches, outlets, campaigns, reports. Values only.

The settings file (and later the dashboard) keeps this intent; the store keeps the state. Rules take these
values as arguments, so they stand low in the house and know nothing of files or tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ROLES = ("brand", "product", "spokesperson", "competitor", "topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Watch terms. A text is a mention when it holds one of `any`, every one of `all` and none of `none`.

    With no `any`, `all` decides alone.
    """

    id: str
    role: str = "topic"
    name: str = ""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publication or programme. `tier` 1 is national or high reach, 2 trade, 3 regional or local."""

    name: str
    domains: tuple[str, ...] = ()
    tier: int | None = None
    type: str = ""
    region: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToAction:
    """An act asked for, with a destination."""

    id: str
    wording: str = ""
    destination: str = ""
    kind: str = "visit"
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """A named group aimed at. `n` is None when nobody counted it: then no rate is given."""

    name: str
    n: int | None = None
    excluded: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What was promised before the start: how many of what, by when."""

    n: int
    of: str = "qualified leads"
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A planned effort: whom it aims at, what it asks, when it runs.

    `window` is how long after `ends_on` coverage still counts as its own (7 days: 69 % of stories appear
    within 7 days of the pitch, `docs/rules.md`).
    """

    id: str
    name: str = ""
    objective: str = ""
    owner: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    window: timedelta = timedelta(days=7)
    watches: tuple[str, ...] = ()
    utm_campaigns: tuple[str, ...] = ()
    goal: Goal | None = None
    ctas: tuple[CallToAction, ...] = ()
    targets: tuple[TargetGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlan:
    """What is written when, for whom. `every` is day, week or month; `at` is local time in the zone."""

    name: str
    every: str = "week"
    on: str = "monday"
    at: str = "07:00"
    to: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
