"""The figures of an earlier edition, counted again: only those that were told, from rows that are read anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

from commsleads.contract import Period
from commsleads.enquiries import Case
from commsleads.facts import desk_lists
from commsleads.facts.card_rows import CardRows
from commsleads.facts.causes import StoryCauses, enquiry_causes, lead_causes
from commsleads.facts.covering import tied
from commsleads.facts.ground import Ground
from commsleads.facts.restated_values import Cause
from commsleads.facts.survey import Survey
from commsleads.rules.coverage import by_watch, naming
from commsleads.rules.desk.counting import Scope, received
from commsleads.rules.desk.promptness import in_time
from commsleads.store.desk import cases
from commsleads.store.engine import stamp
from commsleads.store.leads import figures as lead_rows
from commsleads.store.tellings import Told

Value = int | str | None


class Last(NamedTuple):
    """What was told last of a figure, of how many, and when."""

    value: Value
    of: int | None
    at: datetime


Why = Callable[[Last], tuple[Cause, ...]]


class Recount(NamedTuple):
    """One figure of an edition: what was told, what it is counted as now, and why that is not what was told last."""

    figure: str
    name: str
    told: Value
    now: Value
    why: Why
    told_of: int | None = None
    now_of: int | None = None
    command: str = ""


class Recounting:
    """Counts the figures of the periods before the one that is told. Made once for a survey."""

    def __init__(self, ground: Ground, survey: Survey) -> None:
        self.ground = ground
        self.survey = survey

    def figures(self, told: Told, place: int, *, newest: bool) -> Iterator[Recount]:
        """The figures of one edition, that of `survey.before[place]`; those to date of the newest one alone."""
        period = self.survey.before[place]
        yield from self._stories(told, place)
        yield from self._voices(told, place)
        yield from self._campaigns(told, period)
        yield from self._enquiries(told, period)
        yield from self._leads(told, period)
        if newest:
            yield from self._took(told)

    # --- coverage ----------------------------------------------------------------------------------------------------

    def _stories(self, told: Told, place: int) -> Iterator[Recount]:
        figure = _part(told.data, "figures", "stories")
        value = _number(figure.get("value"))
        if value is None and figure.get("value", 0) is not None:
            return
        ours = self.ground.ours
        now = self._ours[place]
        if value is None and not now:
            return  # nobody looked, and nothing came to light since
        rows = _texts(figure.get("rows"))
        name = "stories about us" if self.ground.has_own else "stories"
        yield Recount(
            "figures.stories", name, value, now,
            self._became(told, rows, lambda: [tale.id for tale in naming(self.survey.weeks[place], ours)]),
            command=self.ground.listing(self.survey.before[place], ours),
        )  # fmt: skip

    def _voices(self, told: Told, place: int) -> Iterator[Recount]:
        voices = _rows(told.data.get("share_of_voice"))
        ids = [watch.id for watch in self.ground.watches if watch.role in {"brand", "competitor"}]
        if {voice.get("id") for voice in voices} != set(ids):
            return  # other names are compared now
        week = self.survey.weeks[place]
        tales = naming(week, ids)
        counts = by_watch(tales)
        for voice in voices:
            share, watch = _share(voice.get("share")), str(voice["id"])
            if share is None or share[0] * len(tales) == counts[watch] * share[1]:
                continue  # the same part, of more stories or of fewer
            name = f"share of voice of {self.ground.named[watch].name or watch}"
            yield Recount(
                f"share_of_voice.{watch}", name, share[0], counts[watch],
                lambda _: (Cause(kind="late", words="follows from the stories that are counted otherwise"),),
                share[1], len(tales), self.ground.listing(self.survey.before[place], (watch,)),
            )  # fmt: skip

    def _campaigns(self, told: Told, period: Period) -> Iterator[Recount]:
        campaigns = {campaign.id: campaign for campaign in self.ground.campaigns}
        for answer in _rows(told.data.get("campaigns")):
            campaign = campaigns.get(str(answer.get("id")))
            figure = _part(answer, "figure")
            value = _number(figure.get("value"))
            if campaign is None or value is None:
                continue
            first = self.ground.span(period)
            here = tied(self.ground, campaign, period, ())
            now = [story for story in here.now if here.stories[story].first < first.end]
            rows = _texts(figure.get("rows"))
            yield Recount(
                f"campaigns.{campaign.id}.stories", f"stories tied to {campaign.name or campaign.id}", value, len(now),
                self._became(told, rows, partial(tuple, now)),
                command=self.ground.command("stories", period, campaign=campaign.id),
            )  # fmt: skip

    @cached_property
    def _ours(self) -> list[int]:
        """How many stories about us each period has now."""
        return self.survey.counts(self.ground.ours)

    def _became(self, told: Told, before: Sequence[str], find: Callable[[], Sequence[str]]) -> Why:
        def why(last: Last) -> tuple[Cause, ...]:
            now = find()
            difference = len(now) - (last.value if isinstance(last.value, int) else 0)
            return StoryCauses(self.ground, told, last.at).of(before, now, difference)

        return why

    # --- what people did ---------------------------------------------------------------------------------------------

    def _took(self, told: Told) -> Iterator[Recount]:
        """How many did what was asked: by the moment it was told, so that whoever did it since is no correction."""
        by = stamp(_instant(told.data.get("as_of")) or told.at)
        campaigns = {campaign.id: campaign for campaign in self.ground.campaigns}
        for answer in _rows(told.data.get("campaigns")):
            campaign, value = campaigns.get(str(answer.get("id"))), _number(answer.get("took"))
            if campaign is None or value is None:
                continue
            read = CardRows(self.ground, campaign)
            now = sum(one.at <= by for target, one in read.did().items() if target in read.aimed)
            yield Recount(
                f"campaigns.{campaign.id}.took", f"who did what {campaign.name or campaign.id} asked", value, now,
                lambda _: (Cause(kind="late", words="responses of that time were read or judged later"),),
                command=f"commsleads campaign show {campaign.id}",
            )  # fmt: skip

    @cached_property
    def _cases(self) -> list[Case]:
        return list(cases.cases(self.ground.session, since=self.survey.before[0].start))

    def _enquiries(self, told: Told, period: Period) -> Iterator[Recount]:
        part = _part(told.data, "enquiries")
        value = _number(part.get("value"))
        if value is None:
            return
        ground = self.ground
        scope = Scope(period=period, now=ground.now, calendar=ground.calendar, plan=ground.plan)
        here = received(self._cases, scope)
        names = {case.id: desk_lists.RESTRICTED if desk_lists.hidden(case) else case.reference for case in here}
        rows = _texts(part.get("rows"))
        verdicts = [in_time(case, ground.now) for case in here]
        deadlines = [case.id for case in here if case.deadline_at is not None]
        command = ground.command("enquiry list", period)
        yield Recount(
            "enquiries.value", "enquiries received", value, len(here),
            lambda last: enquiry_causes(ground, last.at, rows, names, changed=()), command=command,
        )  # fmt: skip
        share = _share(part.get("in_time"))
        hit, miss = verdicts.count("hit"), verdicts.count("miss")
        if share is not None and not settled(share, (hit, hit + miss), _number(part.get("in_time_undecided")) or 0):
            yield Recount(
                "enquiries.in_time", "enquiries answered in time", share[0], hit,
                lambda last: enquiry_causes(ground, last.at, rows, names, changed=deadlines),
                share[1], hit + miss, command,
            )  # fmt: skip

    def _leads(self, told: Told, period: Period) -> Iterator[Recount]:
        value = _number(_part(told.data, "leads").get("value"))
        if value is None:
            return
        qualified = lead_rows.qualified_between(self.ground.session, stamp(period.start), stamp(period.end))
        yield Recount(
            "leads.value", "qualified leads", value, len(qualified), lambda last: lead_causes(self.ground, last.at),
            command=self.ground.command("lead list", period),
        )  # fmt: skip


# --- an edition's JSON, of which nothing is taken for granted ------------------------------------------------------


def _part(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        found = data.get(name)
        if not isinstance(found, dict):
            return {}
        data = found
    return data


def _rows(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict) and one.get("id")] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _number(value: object) -> int | None:
    return value if type(value) is int else None


def settled(told: tuple[int, int], now: tuple[int, int], undecided: int) -> bool:
    """Whether nothing happened but that some of those were decided which the edition called undecided."""
    more, of = now[0] - told[0], now[1] - told[1]
    return 0 <= more <= of <= undecided


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _share(value: object) -> tuple[int, int] | None:
    """k and n of a share, as `reports.plain` writes a named tuple: by its names, or in its order."""
    k: object = None
    n: object = None
    if isinstance(value, dict):
        k, n = value.get("k"), value.get("n")
    elif isinstance(value, list) and len(value) > 1:
        k, n = value[:2]
    return (k, n) if isinstance(k, int) and isinstance(n, int) else None
