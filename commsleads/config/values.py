"""What the settings file says beside the plan: who we are, how we run, fetch and deliver. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from commsleads.contract import Source
from commsleads.enquiries import DeskPlan, Hours
from commsleads.plan import (
    AlertPlan,
    CalendarEntry,
    Campaign,
    ClickPlan,
    GoalPlan,
    LinkPlan,
    Outlet,
    ReportPlan,
    Watch,
    WebPlan,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


OFFICE_HOURS = tuple(Hours(day, time(9), time(17)) for day in range(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who we are. `timezone` is the zone of weeks, deadlines and digests."""

    name: str = ""
    timezone: str = "UTC"
    working_hours: tuple[Hours, ...] = OFFICE_HOURS
    holidays: tuple[date, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """`timezone` as something to compute with; the loader has seen that it exists."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How the background work runs. `heartbeat` is how often the tables are asked what is due."""

    runner: str = "local"
    heartbeat: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """The manners of the client that asks other people's servers.

    `concurrency` and `per_host` count open requests, `spacing` is the pause between two requests to one site,
    `timeout` covers a whole fetch, `max_bytes` bounds an answer raw and unpacked, `max_items` bounds one poll.
    `allow_networks` admits, in CIDR notation, networks that are otherwise never connected to.
    """

    contact: str = ""
    allow_networks: tuple[str, ...] = ()
    concurrency: int = 64
    per_host: int = 2
    spacing: timedelta = timedelta(seconds=1)
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 10_000_000
    max_items: int = 500
    proxy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The server that takes our mail. `password_secret` names a secret and is never the password itself."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password_secret: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Where the database is, as written in the file."""

    url: str = "commsleads.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """The folder of secrets, as written in the file: one file a secret, its name the secret's."""

    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The folder that reports are written to, as written in the file."""

    folder: str = "reports-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that the settings file says, checked and with its defaults filled in.

    `store_url`, the folders and `criteria_file` (None: the criteria that come with the program) are absolute.
    `secret_names` are the secrets that the file names, each with the dotted name of the key. `remarks` are sentences
    about what is allowed and probably not meant. `digest` changes whenever the file or the program's version does: the
    store uses it to see whether anything was declared anew.
    """

    path: Path
    store_url: str
    output_folder: Path
    organisation: Organisation = field(default_factory=Organisation)
    desk: DeskPlan = field(default_factory=DeskPlan)
    run: Run = field(default_factory=Run)
    fetch: Fetch = field(default_factory=Fetch)
    watches: tuple[Watch, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    sources: tuple[Source[Any], ...] = ()
    reports: tuple[ReportPlan, ...] = ()
    links: LinkPlan = field(default_factory=LinkPlan)
    clicks: ClickPlan = field(default_factory=ClickPlan)
    web: WebPlan = field(default_factory=WebPlan)
    alerts: AlertPlan = field(default_factory=AlertPlan)
    goals: tuple[GoalPlan, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    criteria_file: Path | None = None
    smtp: Smtp | None = None
    secrets_folder: Path | None = None
    secret_names: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    digest: str = ""
