"""What the organisation has declared: watches, outlets, campaigns, reports. Values only.

The settings file (and later the dashboard) keeps this intent; the store keeps the state. Rules take these
values as arguments, so they stand low in the house and know nothing of files or tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
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


KINDS = ("visit", "download", "register", "reply", "attend", "use", "request")
"""What a call to action asks for: visit a page, download, register, reply, come, use a hashtag or phrase, ask for
material."""

WAYS = ("click", "reply", "enquiry", "form", "mention", "mark")
"""How a response can be recognised: a person's click, an answer by mail, an enquiry, a form that was sent, a phrase in
a mention, or a mark set by hand (phone, event, referral)."""

RECOGNISED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "visit": ("click", "mark"),
    "download": ("click", "mark"),
    "register": ("form", "mark"),
    "reply": ("reply", "enquiry", "mark"),
    "attend": ("mark",),
    "use": ("mention", "mark"),
    "request": ("reply", "enquiry", "form", "mark"),
})  # fmt: skip
"""By which ways an act of each kind is recognised where the call to action does not say. A click on the way to a
registration is a step of the funnel and not the act asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToAction:
    """An act asked for, with a destination.

    `recognised` are the ways (`WAYS`) in which the act is seen to have been done; `ways` fills in the usual ones.
    `phrases` are hashtags or words whose use in a mention is a response. `links` are addresses that already lead to it.
    """

    id: str
    wording: str = ""
    destination: str = ""
    kind: str = "visit"
    recognised: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """How a response is recognised."""
        return self.recognised or RECOGNISED[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """A named group aimed at. `n` is None when nobody counted it: then no rate is given.

    `excluded` of `n` are not written to, for `reason`. `control` is a group that is held back on purpose, so that what
    the others do can be compared with what happens anyway.
    """

    name: str
    n: int | None = None
    excluded: int = 0
    reason: str = ""
    control: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One step of a target's way. `responded` says that who stands here has answered, `success` that they did it."""

    name: str
    responded: bool = False
    success: bool = False


STATUSES = (
    Status(name="targeted"),
    Status(name="contacted"),
    Status(name="responded", responded=True),
    Status(name="did it", responded=True, success=True),
)
"""The usual way of a target: the first is where everybody begins, and nobody steps back silently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way on which links go out, and what stands in their UTM parameters. The closed vocabulary of a link."""

    id: str
    source: str
    medium: str


CHANNELS = (
    Channel(id="mail", source="mailing", medium="email"),
    Channel(id="newsletter", source="newsletter", medium="email"),
    Channel(id="press", source="press-release", medium="press"),
    Channel(id="social", source="social", medium="social"),
    Channel(id="web", source="website", medium="referral"),
    Channel(id="partner", source="partner", medium="referral"),
    Channel(id="print", source="print", medium="qr"),
    Channel(id="event", source="event", medium="qr"),
    Channel(id="sms", source="sms", medium="sms"),
    Channel(id="advert", source="advert", medium="paid"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlan:
    """How links are made. `base` is where our own redirector is reached from outside, such as
    "https://go.museum.example/r/"; `channels` replace the usual ones."""

    base: str = ""
    channels: tuple[Channel, ...] = CHANNELS


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickPlan:
    """The thresholds by which a person's click is told from a machine's; each alone decides nothing.

    `after_send` is how long after a mailing scanners are at work; `burst` in which nobody opens `burst_links` links;
    `trap` for how long a tripped trap link taints its visitor. `networks` are networks (CIDR) of scanning gateways in
    addition to the list that comes with the program.
    """

    after_send: timedelta = timedelta(seconds=60)
    burst: timedelta = timedelta(seconds=2)
    burst_links: int = 3
    trap: timedelta = timedelta(minutes=15)
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPlan:
    """The web process. `listen` is the address and port it listens on; `trusted_proxies` (CIDR) are those whose
    X-Forwarded-For is believed. `base` is where the signed links of our mails and alerts are reached from outside, such
    as "https://comms.museum.example" (without it there are none); `dashboard` where the figures of a digest lead to."""

    listen: str = "127.0.0.1:8105"
    trusted_proxies: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    base: str = ""
    dashboard: str = ""


ALERTS = (
    "deadline near", "deadline passed", "unacknowledged", "sign-off waiting", "promise overdue", "lead due", "tier 1",
    "risk word", "surge", "collector down", "digest not delivered",
)  # fmt: skip
"""What an alert may be about."""

SENSITIVITIES = ("low", "normal", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChannel:
    """A way on which alerts go out. `url_secret` names the secret that holds its Apprise URL.

    It carries alerts of `level` and above, of `kinds` ([]: all). With an `officer` it carries only what is theirs to
    act on, and everything while they are on call. `quiet` lets it wait in quiet hours; escalate and crisis never wait.
    """

    name: str
    url_secret: str
    level: str = "watch"
    kinds: tuple[str, ...] = ()
    officer: str = ""
    quiet: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SurgePlan:
    """When many stories are unusually many: those of the last 24 hours beside the same hours of the weeks before.

    `sensitivity` is how unlikely it must be, `least` the stories below which there is no surge, `cool_down` how long
    after one there is no other about the same watch, `weeks` how many weeks are compared.
    """

    sensitivity: str = "normal"
    least: int = 5
    cool_down: timedelta = timedelta(hours=24)
    weeks: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPlan:
    """What may not wait for the digest.

    Quiet hours are local times ('' for none). `deadline_before` and `lead_before` are how long before it an end is
    near, `unacknowledged_after` is working time, `collector_after` and `report_after` are how long something must have
    failed. `tier` is the worst tier of an outlet whose story about us is told (0: none); `risk` are words that make a
    story about us a risk, matched like those of a watch. `levels` are other levels for a kind than the usual ones.
    """

    quiet_from: str = ""
    quiet_until: str = ""
    deadline_before: timedelta = timedelta(hours=2)
    unacknowledged_after: timedelta = timedelta(minutes=30)
    lead_before: timedelta = timedelta(hours=4)
    collector_after: timedelta = timedelta(hours=6)
    report_after: timedelta = timedelta(hours=2)
    tier: int = 1
    risk: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    surge: SurgePlan = field(default_factory=SurgePlan)
    channels: tuple[AlertChannel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What was promised before the start: how many of what, by when."""

    n: int
    of: str = "qualified leads"
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMessage:
    """What we want to be said. `phrases` are what counts as saying it, written and matched like those of a watch."""

    id: str
    text: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpliftPlan:
    """What the uplift of a campaign is measured by; in force as it stood when the campaign began.

    Counted are stories a day that name one of `watches` ([]: the campaign's own, else all that are about us). The
    baseline are the `weeks` before it began. `compare` are watches that the campaign cannot move (competitors, the
    topic without us): they tell what happened anyway.
    """

    watches: tuple[str, ...] = ()
    weeks: int = 8
    compare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A planned effort: whom it aims at, what it asks, when it runs.

    `window` is how long after `ends_on` coverage still counts as its own (7 days: 69 % of stories appear
    within 7 days of the pitch, `docs/rules.md`). `cost` (in `currency`) and `hours` are what was spent on it;
    `statuses` are the steps of a target's way, in order.
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
    statuses: tuple[Status, ...] = STATUSES
    messages: tuple[KeyMessage, ...] = ()
    uplift: UpliftPlan = field(default_factory=UpliftPlan)
    cost: float | None = None
    currency: str = ""
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaPlan:
    """Where the written criteria of a qualified lead are. '' for those that come with the program."""

    file: str = ""


FIGURES = (
    "qualified leads", "engaged leads", "leads", "accepted leads", "enquiries", "responses", "people who did it",
    "stories",
)  # fmt: skip
"""What a goal may be about, beside the id of a stage of the criteria."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPlan:
    """A goal that can be measured: how many of what, for whom, in which time, and why that can be done.

    `of` is one of `FIGURES` or a stage of the criteria. `campaign`, `team` (or `owner`) and `source` say of which part;
    '' means all of it. Both days are included. `leads` is how many leads it was thought to take; with it, a shortfall
    is split into too few leads and too few of them that qualify. `relevant` says what it is good for, `reachable` why
    it can be done.
    """

    id: str
    n: int
    of: str = "qualified leads"
    name: str = ""
    campaign: str = ""
    team: str = ""
    owner: str = ""
    source: str = ""
    starts_on: date
    ends_on: date
    leads: int | None = None
    relevant: str = ""
    reachable: str = ""


ENTRIES = ("embargo", "launch", "interview", "event", "follow-up")
"""What a day of the calendar may be: an embargo that ends, a launch, an interview, an event, something to come back
to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """Something that is to come and that nothing else here knows of, for the digest's last section.

    `on` is a local day, `at` a local time ("" for the whole day). `who` sees to it: an officer's id, or any name.
    """

    on: date
    what: str
    kind: str = "event"
    at: str = ""
    campaign: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlan:
    """What is written when, for whom. `every` is day, week or month; `at` is local time in the zone.

    `to` get it as written for the team, `directors` and `analysts` the shorter and the longer version where the report
    has one.
    """

    name: str
    every: str = "week"
    on: str = "monday"
    at: str = "07:00"
    to: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    analysts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
