"""The figures of the press desk, and what on it needs somebody now.

The figures themselves are worked out in `rules.desk.measures`; here they get their rows, and what stands beside them:
what waits for whom, which of it is a lead touch, and whether the mailbox was read at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from commsleads.contract import Period
from commsleads.enquiries import Case
from commsleads.facts import desk_lists as lists
from commsleads.facts.desk_values import DeskFigures, TouchFigures
from commsleads.facts.ground import Ground, unit
from commsleads.facts.meanings import DESK
from commsleads.facts.values import Bar, Gap
from commsleads.rules.desk.aftermath import stale
from commsleads.rules.desk.alarms import due
from commsleads.rules.desk.counting import Scope, received
from commsleads.rules.desk.measures import Figures, measure
from commsleads.rules.desk.promptness import Group, group
from commsleads.rules.desk.touch import touch_of
from commsleads.rules.desk.workflow import is_open
from commsleads.rules.desk.workload import SEEN_WITHIN
from commsleads.rules.figures import OBSERVED, Point, Verdict, compare, median
from commsleads.rules.observed import Blind, watched
from commsleads.rules.periods import alike
from commsleads.store import letters, requests, review
from commsleads.store.desk import cases, enquiries
from commsleads.store.desk.names import names_of

PERIODS = 8
HALF = 4


def desk(ground: Ground, period: Period) -> DeskFigures:
    """The desk in a period. What is open, waits or is due is so now, whichever period is asked for."""
    before = alike(period, unit(period), ground.zone, PERIODS)
    found = _found(ground, period, before)
    begun = enquiries.begun(ground.session)
    names = names_of(ground.session, {who for case in found for who in case.journalists})
    here = [case for case in found if period.start <= case.received_at < period.end and case.received_at <= ground.now]
    waiting = [case for case in found if is_open(case) and case.received_at <= ground.now]
    figures = _figures(ground, found, period, begun)
    gaps = _gaps(ground, period)
    bars = _trend(ground, found, [*before, period], begun)
    known = [one for one, bar in zip(before, bars, strict=False) if bar.used]
    counts = [bar.count for bar in bars[:-1] if bar.used]
    return DeskFigures(
        ever=enquiries.count(ground.session),
        begun=begun,
        figures=figures,
        before=_figures(ground, found, before[-1], begun) if known and known[-1] == before[-1] else None,
        eight=_together(ground, found, known),
        median_4=median([bar.count for bar in bars[-1 - HALF : -1] if bar.used]),
        median_8=median(counts),
        periods=len(known),
        verdict=_verdict(bars, unit(period)),
        trend=tuple(bars),
        lines=tuple(lists.line(case, names, ground.now) for case in reversed(here)),
        board=tuple(lists.line(case, names, ground.now) for case in sorted(waiting, key=lists.by_deadline)),
        alarms=tuple(due(found, ground.now, ground.plan, ground.calendar)),
        pending=tuple(lists.pending(waiting)),
        promises=tuple(lists.promised(found, ground.now)),
        stale=tuple(case.reference for case in stale(waiting, ground.now)),
        open_ends=tuple(lists.open_ends(found, figures)),
        stories=tuple(lists.printed(ground, found, period)),
        touches=_touches(here),
        requests=requests.count(ground.session, ground.now)[1],
        review=review.waiting(ground.session),
        aside=letters.aside_count(ground.session),
        mailboxes=tuple(sorted(ground.mailboxes)),
        silent=_silent(ground),
        gaps=gaps,
        officers={one.id: one.name or one.id for one in ground.plan.officers},
        references={case.id: lists.RESTRICTED if lists.hidden(case) else case.reference for case in found},
        definitions=DESK,
        commands=_commands(ground, period),
    )


def _found(ground: Ground, period: Period, before: Sequence[Period]) -> list[Case]:
    """The enquiries that the figures need, each once: see `rules.desk.measures.measure`."""
    since = (before[0] if before else period).start - SEEN_WITHIN
    found = cases.cases(ground.session, since=since)
    first = (before[-1] if before else period).start
    return [*cases.late(ground.session, ended_before=since, start=first, end=period.end), *found]


def _figures(ground: Ground, found: Sequence[Case], period: Period, begun: datetime | None) -> Figures:
    return measure(found, period, ground.now, ground.calendar, ground.plan, log_begins=begun)


def _received(ground: Ground, found: Sequence[Case], period: Period) -> list[Case]:
    return received(found, Scope(period=period, now=ground.now, calendar=ground.calendar, plan=ground.plan))


def _together(ground: Ground, found: Sequence[Case], periods: Sequence[Period]) -> Group | None:
    """The figures of several periods in one: a rate over few enquiries a week needs more weeks to be seen."""
    if not periods:
        return None
    return group([case for one in periods for case in _received(ground, found, one)], ground.now)


# --- many or few ---------------------------------------------------------------------------------------------------


def _trend(ground: Ground, found: Sequence[Case], periods: Sequence[Period], begun: datetime | None) -> list[Bar]:
    """Enquiries received in each period; what came before the log began, or while a mailbox was not read, is unseen."""
    bars = []
    for one in periods:
        seen = _observed(ground, one, begun)
        count = len(_received(ground, found, one))
        bars.append(Bar(label=one.label, count=count, observed=seen, used=seen >= OBSERVED))
    return bars


def _observed(ground: Ground, period: Period, begun: datetime | None) -> float:
    """The share of a period in which an enquiry would have been logged."""
    if begun is None or begun >= period.end:
        return 0.0
    blind = [Blind("", gap.start, gap.end or ground.now) for gap in _gaps(ground, period) if gap.lost]
    blind += [Blind("", period.start, begun)] if begun > period.start else []
    blind += [Blind("", ground.now, period.end)] if ground.now < period.end else []
    return watched(blind, ("",), period)[""]


def _verdict(bars: Sequence[Bar], of: str) -> Verdict:
    points = [Point(label=bar.label, count=bar.count, observed=bar.observed) for bar in bars]
    return compare(points[-1], points[:-1], unit=of)


# --- leads, mailboxes ----------------------------------------------------------------------------------------------


def _touches(here: Iterable[Case]) -> TouchFigures:
    found = [touch_of(case) for case in here]
    counted = [touch for touch in found if touch.counts]
    return TouchFigures(
        n=len(counted),
        not_yet=sum(not touch.counts and touch.why.startswith("not yet") for touch in found),
        by_source=_most_first(touch.source for touch in counted),
        by_channel=_most_first(touch.channel for touch in counted),
        contacts=len({who for touch in counted for who in touch.contacts}),
    )


def _most_first(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))


def _gaps(ground: Ground, period: Period) -> tuple[Gap, ...]:
    """The stretches in which a mailbox was not read."""
    return tuple(gap for gap in ground.gap_values(period) if gap.source in ground.mailboxes)


def _silent(ground: Ground) -> tuple[str, ...]:
    """The mailboxes that were never asked."""
    return tuple(
        row["name"] or row["id"]
        for row in ground.declared
        if row["id"] in ground.mailboxes and not row["first_polled_at"]
    )


def _commands(ground: Ground, period: Period) -> tuple[tuple[str, str], ...]:
    first = period.start.astimezone(ground.zone).date()
    return (
        (
            "Enquiries received, each with its times and verdicts",
            f"commsleads report enquiries --period {period.label} --format csv",
        ),
        ("Enquiries since the period began", f"commsleads enquiry list --all --since {first} --limit 0"),
        ("Open now, by deadline", "commsleads enquiry list --limit 0"),
        ("One enquiry, and how it came to stand so", "commsleads enquiry show REF ; commsleads enquiry history REF"),
        ("Mails that wait for a person", "commsleads review list"),
        ("Mails that could not be read", "commsleads mail aside"),
        ("Journalists' open requests that fit us", "commsleads requests"),
    )
