"""What every figure stands on: the rows as of the cut-off, what was declared, and who was looking when.

Nothing here writes. `now` and `cutoff` are given, so the same rows always make the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commsleads.contract import Period
from commsleads.enquiries import DeskPlan
from commsleads.facts.uplift_values import UpliftLine
from commsleads.facts.values import Gap
from commsleads.plan import AlertPlan, CalendarEntry, Campaign, GoalPlan, Outlet, Watch
from commsleads.rules.coverage import BACKLOG, Span
from commsleads.rules.desk.clocks import Calendar
from commsleads.rules.observed import Blind, Eyes, like_for_like, share, watched
from commsleads.rules.periods import length_of
from commsleads.store import coverage, health, removals
from commsleads.store.engine import Row, Session, micros, moment, stamp
from commsleads.store.removals import Gone
from commsleads.store.sources import REMOVED

if TYPE_CHECKING:
    from commsleads.facts.covering import Coverage

OURS = ("brand", "product", "spokesperson")
"""Roles of watches whose stories are about us. Competitors and topics are counted, and apart."""

WEEKS = 8
"""Periods of a baseline. Four at least must be fully observed (`rules.figures.FEWEST`)."""

MANY = 6
"""Watches of one figure up to which each has a command of its own."""

START = datetime.min.replace(tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC)


class Ground:
    """The session and the values that the figures are made of."""

    def __init__(
        self,
        session: Session,
        *,
        watches: Sequence[Watch],
        outlets: Sequence[Outlet],
        campaigns: Sequence[Campaign],
        zone: ZoneInfo,
        now: datetime,
        cutoff: int,
        organisation: str = "",
        plan: DeskPlan | None = None,
        calendar: Calendar | None = None,
        mailboxes: Iterable[str] = (),
        counters: Iterable[str] = (),
        link_base: str = "",
        criteria_differ: str = "",
        goals: Sequence[GoalPlan] = (),
        diary: Sequence[CalendarEntry] = (),
        dashboard: str = "",
        alerts_plan: AlertPlan | None = None,
    ) -> None:
        self.session = session
        self.watches = tuple(watches)
        self.outlets = tuple(outlets)
        self.campaigns = tuple(campaigns)
        self.zone = zone
        self.now = now
        self.cutoff = cutoff
        self.organisation = organisation
        self.plan = plan or DeskPlan()
        self.calendar = calendar or Calendar(zone=zone, hours=(), holidays=frozenset())
        self.mailboxes = frozenset(mailboxes)
        self.unseeing = self.mailboxes.union(counters)
        """The sources that see no coverage: mailboxes, and counters of clicks and visits."""
        self.link_base = link_base
        self.criteria_differ = criteria_differ
        """A sentence when the file of the criteria says something else than those in force."""
        self.alerts_plan = alerts_plan or AlertPlan()
        """What the settings say of alerts."""
        self.planned = tuple(goals)
        """The goals of the settings."""
        self.diary = tuple(diary)
        """The calendar of the settings."""
        self.dashboard = dashboard
        """Where figures lead to, '' without a dashboard."""
        self.uplifted: dict[tuple[str, datetime | None], UpliftLine] = {}
        """The uplifts that were worked out already, by campaign and end of the period."""
        self.tied: dict[tuple[str, Period, tuple[Period, ...]], Coverage] = {}
        """The coverage of campaigns that was read already, by campaign, period and the periods before."""
        self._watched: dict[tuple[datetime, datetime, timedelta], dict[str, float]] = {}
        self._observed: dict[Period, float] = {}
        self._eyes: dict[tuple[Period, ...], Eyes] = {}
        self.alike: dict[tuple[tuple[Period, ...], int], frozenset[str]] = {}
        """The sources that an uplift rests on (`facts.uplift_days`), by its days and how many of them come before."""
        self.measured: dict[str, Any] = {}
        """Cards of campaigns (`facts.cards`), each made once."""
        self._read: dict[str, tuple[int, int, list[tuple[int, str, str, str, str]]]] = {}

    @cached_property
    def ours(self) -> tuple[str, ...]:
        """The watches that are about us; all of them when no role says which."""
        return tuple(watch.id for watch in self.watches if watch.role in OURS) or tuple(
            watch.id for watch in self.watches
        )

    @property
    def has_own(self) -> bool:
        """Whether any watch is declared to be about us."""
        return any(watch.role in OURS for watch in self.watches)

    @cached_property
    def named(self) -> dict[str, Watch]:
        """The watches by id."""
        return {watch.id: watch for watch in self.watches}

    @cached_property
    def tiers(self) -> dict[str, int | None]:
        """Tiers by outlet name and by domain, as the register declares them."""
        found: dict[str, int | None] = {}
        for outlet in self.outlets:
            for key in (outlet.name, *outlet.domains):
                found.setdefault(key.casefold(), outlet.tier)
        return found

    def tier(self, outlet: str, domain: str) -> int | None:
        """The tier of an outlet by its name, else by its domain; None when it is not in the register."""
        key = outlet.casefold()
        return self.tiers[key] if key in self.tiers else self.tiers.get(domain.casefold())

    # --- time --------------------------------------------------------------------------------------------------

    def span(self, period: Period) -> Span:
        """A period in the units of the rows, ending at the cut-off at the latest."""
        end = min(micros(period.end), self.cutoff + 1)
        return Span(micros(period.start), end, stamp(period.start - BACKLOG))

    def command(self, what: str, period: Period, **filters: str) -> str:
        """The command that lists the rows of a figure."""
        words = [f"commsleads {what}", *(f"--{name} {value}" for name, value in filters.items() if value)]
        first, after = (moment.astimezone(self.zone).date() for moment in (period.start, period.end))
        return " ".join([*words, f"--since {first} --until {after} --limit 0"])

    def listing(self, period: Period, watches: Sequence[str]) -> str:
        """The commands that list the stories about these watches, one for each; of many, one for any of them."""
        if len(watches) > MANY:
            return self.command("stories", period, watch="WATCH")
        return " ; ".join(self.command("stories", period, watch=watch) for watch in watches)

    # --- rows --------------------------------------------------------------------------------------------------

    def mentions(self, watch: str, start: int, end: int) -> list[tuple[int, str, str, str, str]]:
        """The mentions of a watch between two arrivals, read once: (arrival, signal, story, source, published)."""
        first, last, rows = self._read.get(watch, (0, 0, []))
        if first <= start and end <= last:
            return [row for row in rows if start <= row[0] < end]
        rows = coverage.mentions(self.session, watch, start, end, self.gone)
        if end - start > last - first:
            self._read[watch] = (start, end, rows)
        return rows

    @cached_property
    def gone(self) -> Gone:
        """What a person has taken out as no coverage by now."""
        return removals.gone(self.session, self.now)

    # --- who was looking ---------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> tuple[Row, ...]:
        """The sources, those included that left the settings."""
        return tuple(health.sources(self.session))

    @cached_property
    def declared(self) -> tuple[Row, ...]:
        """The sources of the settings."""
        return tuple(row for row in self.sources if not _removed(row))

    @cached_property
    def alive(self) -> frozenset[str]:
        """The sources of the settings that were asked at least once, but for those that see no coverage."""
        looking = [row for row in self.declared if row["id"] not in self.unseeing]
        asked = frozenset(row["id"] for row in looking if row["first_polled_at"] or row["state"] != "new")
        return asked or frozenset(row["id"] for row in looking)

    def gaps(self, period: Period) -> list[Row]:
        """The gaps that touch a period, with their bounds as moments; an open one has no end."""
        rows = health.gaps(self.session, stamp(period.start), stamp(min(period.end, self.now)))
        for row in rows:
            row["start"], row["end"] = moment(row["start_at"]), moment(row["end_at"])
        return rows

    def gap_values(self, period: Period) -> tuple[Gap, ...]:
        """The gaps that touch a period, as a report tells them. Mail waits on its server: it is late and not lost."""
        names = {row["id"]: row["name"] or row["id"] for row in self.sources}
        return tuple(
            Gap(
                source=gap["source"],
                name=names[gap["source"]],
                start=gap["start"],
                end=gap["end"],
                why=gap["why"],
                lost=gap["end"] is None if gap["source"] in self.mailboxes else not gap["seamless"],
            )
            for gap in self.gaps(period)
        )

    def watched(self, period: Period, slack: timedelta = timedelta(0)) -> dict[str, float]:
        """The share of a period in which each source was watched. Within `slack` of it somebody must have asked."""
        key = (period.start, period.end, slack)
        if key not in self._watched:
            ids = [row["id"] for row in self.sources]
            self._watched[key] = watched(self._blind(period, slack), ids, period)
        return self._watched[key]

    @cached_property
    def _lives(self) -> tuple[tuple[str, datetime | None, datetime | None], ...]:
        """Each source with when it was first asked, and when last if it left the settings (None: not so)."""
        return tuple(
            (
                row["id"],
                moment(row["first_polled_at"]),
                (moment(row["last_polled_at"]) or START) if _removed(row) else None,
            )
            for row in self.sources
        )

    def observed(self, period: Period) -> float:
        """The share of a period in which the sources that live were watched, all taken alike."""
        if period not in self._observed:
            self._observed[period] = share(self.watched(period), self.alive)
        return self._observed[period]

    def eyes(self, period: Period, before: Sequence[Period]) -> Eyes:
        """Who was looking both in a period and in those before."""
        key = (period, *before)
        if key not in self._eyes:  # campaigns that began in the same week ask the same
            shares = [self.watched(earlier) for earlier in before]
            self._eyes[key] = like_for_like(self.watched(period), shares, self.alive)
        return self._eyes[key]

    def _blind(self, period: Period, slack: timedelta) -> Iterable[Blind]:
        """The stretches of a period in which sources were not seen."""
        first, last = period.start - slack, period.end + slack
        silent = not health.ran(self.session, stamp(first), stamp(last), (micros(first), micros(last)))
        for source, born, gone in self._lives:
            if silent:
                yield Blind(source, period.start, period.end)
                continue
            if born and born > period.start:
                yield Blind(source, period.start, born)
            if gone and gone < period.end:
                yield Blind(source, gone, END)
            if self.now < period.end:
                yield Blind(source, self.now, END)
        for gap in self.gaps(period):
            # What was still there afterwards was seen, only later; in this period if the gap ended in it.
            if not (gap["seamless"] and gap["end"] <= period.end):
                yield Blind(gap["source"], gap["start"], gap["end"] or END)


def _removed(row: Row) -> bool:
    return bool(row["state"] == "paused" and row["paused_why"] == REMOVED)


def unit(period: Period) -> str:
    """What the period is called in a sentence: day, week or month."""
    return length_of(period)
