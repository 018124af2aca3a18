"""What came of it: stories, quotes, corrections; who asks; who does the work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, items, section, table, text
from commsleads.reports.deskneeds import few, leads_of
from commsleads.reports.deskwords import officer_of, rate_of
from commsleads.reports.wording import counted, day, line, number

STORIES = 10
OPEN_ENDS = 12


def stories_of(desk: Any, unit: str, zone: tzinfo) -> Section:
    """Coverage yield, quotes used, accuracy, corrections, and "could not be reached"."""
    found, yielded = desk.figures.coverage, desk.figures.coverage_yield
    none_tied = f"no story was tied to an enquiry this {unit}"
    early = f"nothing was answered this {unit}"
    unripe = f"none turned 30 days old this {unit}"
    told = [_story(one, zone) for one in desk.stories]
    left = len(told) - STORIES
    return section(
        "What came of it",
        figures(
            ("Coverage yield of this period's answers", *_yield(yielded.of_answered, early)),
            ("Coverage yield of answers now 30 days old", *rate_of(yielded.ripened, unripe)),
            ("Stories tied to enquiries", number(found.links.n), ""),
            ("Our words used", *_said(found.quote_used, none_tied)),
            ("Our messages carried", *_said(found.pull_through, none_tied)),
            ("Without an error", *rate_of(found.accurate, none_tied)),
            ("Corrections granted", *rate_of(found.corrections, "none was asked for")),
            ("“Could not be reached”", number(found.unreached.n), "after a deadline that we missed"),
            ("The same, though we answered", number(found.unreached_though.n), "may be contested")
            if found.unreached_though.n else None,
        ),
        items(told[:STORIES]),
        grey(f"And {number(left)} more: the JSON beside this report has them all." if left > 0 else ""),
        grey(_unknown(desk, yielded.unknown.n)),
        grey(_stale(desk)),
    )  # fmt: skip


def _said(rate: Any, nothing: str) -> tuple[str, str]:
    """Of some stories nobody said."""
    value, why = rate_of(rate, nothing)
    return value, why.replace("not decided yet", "of which nobody said")


def _yield(rate: Any, nothing: str) -> tuple[str, str]:
    """Of the period's own answers most are too young to tell of."""
    value, why = rate_of(rate, nothing)
    return value, why.replace("not decided yet", "answered less than 30 days ago, too early to tell")


def _unknown(desk: Any, n: int) -> str:
    if not n:
        return ""
    named = f": {few(desk.open_ends, OPEN_ENDS)}" if desk.open_ends else ""
    return f"{counted(n, 'answered enquiry')} without a confirmed story of which nobody knows what came{named}."


def _stale(desk: Any) -> str:
    if not desk.stale:
        return ""
    named = few(desk.stale, OPEN_ENDS)
    closed = "so they may be closed with the outcome “unknown”"
    return f"Answered 30 days ago with nothing seen since, {closed} (commsleads enquiry list --stale): {named}."


def _story(one: Any, zone: tzinfo) -> tuple[str, str, str]:
    """A story that came of an enquiry, and what there is to say about it."""
    if one.hidden:
        return "A story of a restricted enquiry", f"Seen {day(one.seen_at, zone)}.", ""
    quoted = {True: "our words used", False: "our words not used", None: "nobody said whether our words were used"}
    parts = [f"seen {day(one.seen_at, zone)}", quoted[one.quote_used]]
    if one.error:
        parts.append(f"error: {line(one.error, 120).rstrip('.')}")
    if one.correction_asked_at:
        granted = f"granted {day(one.correction_granted_at, zone)}" if one.correction_granted_at else "not granted yet"
        parts.append(f"correction asked {day(one.correction_asked_at, zone)}, {granted}")
    if one.unreached:
        which = "after a deadline that we missed" if one.missed else "though we had answered"
        parts.append(f"it says “{line(one.unreached, 80).rstrip('.')}”, {which}")
    outlet = f" ({line(one.outlet, 60)})" if one.outlet else ""
    words = "; ".join(parts)
    return f"“{line(one.title, 140) or one.story}”{outlet}", f"Of {one.reference}: {words}.", ""


def people_of(desk: Any, unit: str) -> Section:
    """Who asks: repeat and new journalists, stance, lead touches."""
    found = desk.figures
    journalists = found.journalists
    none = f"no journalist was identified this {unit}"
    return section(
        "Who asks",
        figures(
            *_known(journalists.known, none),
            ("Enquiries without a name", number(journalists.unidentified.n), "")
            if journalists.unidentified.n else None,
            ("Positive or neutral", *_stance(found.favourable)),
            ("Inbound share", "not measured", "pitches are not counted here"),
        ),
        *(text(words) for words in leads_of(desk)),
        text(_requests(desk.requests)),
    )  # fmt: skip


def _known(rate: Any, none: str) -> tuple[tuple[str, str, str], ...]:
    """Repeat and new journalists. While the log is young a rate would count those it knows and no others."""
    before, new = "Journalists who had asked before", "New journalists"
    if rate.undecided:
        of = rate.share.n + len(rate.undecided)
        young = "the log is younger than the 180 days that this looks back"
        return (before, f"{number(rate.share.k)} of {number(of)}", "at least"), (new, "cannot tell", young)
    known = (before, *rate_of(rate, none))
    return (known, (new, number(len(rate.misses)), "")) if rate.share.n else (known,)


def _stance(rate: Any) -> tuple[str, str]:
    value, why = rate_of(rate, "no enquiry came")
    return value, why.replace("not decided yet", "whose stance nobody has set")


def _requests(n: int) -> str:
    if not n:
        return ""
    fit = "fits" if n == 1 else "fit"
    return f"{counted(n, 'open journalist request')} {fit} one of our watches or topics: commsleads requests"


def load_of(desk: Any, unit: str) -> Section:
    """Who owns what came, and each one's fullest day."""
    rows: dict[str, list[Any]] = {}
    for one in desk.figures.load:
        rows.setdefault(one.officer, []).append(one)
    told = sorted(rows.items(), key=lambda item: (-_total(item[1]), not item[0], item[0]))
    return section(
        "Load",
        table(("Officer", "Received", "Most on one day"), [_officer(desk, who, days) for who, days in told])
        or text(f"No enquiry came this {unit}."),
    )


def _total(days: Iterable[Any]) -> int:
    return sum(one.received.n for one in days)


def _officer(desk: Any, who: str, days: list[Any]) -> tuple[str, ...]:
    most = max(days, key=lambda one: one.received.n)
    return officer_of(desk, who), number(_total(days)), f"{number(most.received.n)} ({day(most.day)})"
