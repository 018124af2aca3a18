"""The report as a page: facts go in, sentences and sections come out, for every rendering."""

from __future__ import annotations

from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Block, Page, Section, bars, grey, headline, section, tiles
from commsleads.reports.deskneeds import before_of, logged, open_now, summary_of, unread_mail, used
from commsleads.reports.deskwords import rate_line
from commsleads.reports.enquiries.answers import answers_of, missed_of, punctual_of, speed_of
from commsleads.reports.enquiries.lists import left_out_of, log_of, pressing_of
from commsleads.reports.enquiries.outcomes import load_of, people_of, stories_of
from commsleads.reports.enquiries.signing import signing_of
from commsleads.reports.wording import (
    counted,
    earlier,
    instant,
    lasted,
    line,
    listed,
    number,
    percent,
    short_label,
    stretch,
    title_of,
)
from commsleads.reports.words import say

TITLES = {"day": "Press desk of the day", "week": "Press desk of the week", "month": "Press desk of the month"}


def page_of(facts: Any, period: Period, desk: Any, settings: Any) -> Page:
    """The page of one period. `settings` caps the lists."""
    unit = facts.unit(period)
    return Page(
        subject=subject_of(facts, period, desk),
        organisation=line(facts.organisation) or "commsleads",
        title=title_of(period, unit),
        kind=TITLES[unit],
        days=stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {mail_line(desk)}",
        healthy=not unread_mail(desk, facts.zone),
        verdict=verdict_of(facts, period, desk),
        sections=(*(head_of(desk, unit) if logged(desk) else ()), *sections_of(facts, desk, unit, settings)),
        method=tuple((one.name, one.words) for one in desk.definitions) if desk.ever else (),
        commands=desk.commands if desk.ever else (),
    )


def sections_of(facts: Any, desk: Any, unit: str, settings: Any) -> list[Section]:
    """The sections, in the order in which a head of press asks. Before there is a log only what presses is told."""
    pressing = pressing_of(desk, facts, settings.needs)
    if not logged(desk):
        return [pressing]
    return [
        pressing,
        punctual_of(desk, unit),
        missed_of(desk, facts.zone, settings.missed),
        speed_of(desk, facts.plan),
        signing_of(desk, unit),
        answers_of(desk, unit),
        stories_of(desk, unit, facts.zone),
        people_of(desk, unit),
        load_of(desk, unit),
        left_out_of(desk),
        log_of(desk, facts.zone, settings.enquiries),
    ]


def head_of(desk: Any, unit: str) -> tuple[Section, Section]:
    """The figures that a director asks for first, and how they came to be."""
    return section("", first_of(desk, unit), tiles(*figures_of(desk))), section(
        "", grey(f"Enquiries received, by {unit}:"), trend_of(desk)
    )


# --- the head ------------------------------------------------------------------------------------------------------


def subject_of(facts: Any, period: Period, desk: Any) -> str:
    """`Press desk wk 47: 14 enquiries, 9 of 10 in time, 4 open (1 lapsed)`."""
    name = f"Press desk {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    if not logged(desk):
        return f"{name}: no enquiry logged yet"
    figures = desk.figures
    parts = [counted(figures.all.received.n, "enquiry")]
    if (share := figures.all.hit_rate.share).n:
        parts.append(f"{number(share.k)} of {number(share.n)} in time")
    lapsed = figures.backlog.lapsed.n
    parts.append(f"{number(figures.backlog.open.n)} open{f' ({number(lapsed)} lapsed)' if lapsed else ''}")
    return f"{name}: {', '.join(parts)}"


def mail_line(desk: Any) -> str:
    """How enquiries reach the log."""
    if not desk.mailboxes:
        return "logged by hand, no mailbox is set up"
    boxes = counted(len(desk.mailboxes), "mailbox", "mailboxes")
    late = [gap for gap in desk.gaps if gap.end is None]
    if desk.silent or late:
        return f"{boxes}, {number(len(desk.silent) + len(late))} not read"
    return f"{boxes}, {'read late at times' if desk.gaps else 'read without a gap'}"


def verdict_of(facts: Any, period: Period, desk: Any) -> tuple[str, ...]:
    """Sentences that can be forwarded alone: how many came, how punctual we were, what is open, what may be missing."""
    unit = facts.unit(period)
    if not used(desk):
        return (f"{say('desk-unused')}.",)
    missing = unread_mail(desk, facts.zone)
    if not logged(desk):
        return (summary_of(desk, unit, facts.zone), *missing)
    name = f"{title_of(period, unit)}, {stretch(period, facts.zone)}"
    if facts.now < period.end:
        name += f" (not over: as of {instant(facts.now, facts.zone)})"
    return (f"{name}: {_came(desk)}", _punctual(desk, unit), open_now(desk, facts.zone), *missing)


def _came(desk: Any) -> str:
    verdict, n = desk.verdict, desk.figures.all.received.n
    came = f"{counted(n, 'enquiry')} came"
    if verdict.word == "cannot tell":
        much = "little" if not n else "many"
        why = verdict.why.replace("observed", "logged")
        return f"{came}; whether that is {much} cannot be told, because {why}."
    band = f"{verdict.baseline.low} to {verdict.baseline.high} were to be expected"
    if verdict.word == "nothing outside baseline":
        return f"{came}, which is nothing outside baseline ({band})."
    return f"{came}, {'more' if verdict.word == 'above' else 'fewer'} than usual, where {band}."


def _punctual(desk: Any, unit: str) -> str:
    rate = desk.figures.all.hit_rate
    said = f"Answered in time: {rate_line(rate, 'no deadline was stated')}"
    eight = desk.eight
    if eight is not None and eight.hit_rate.share.n:
        share = eight.hit_rate.share
        over = f"the {counted(desk.periods, unit)} before" if desk.periods > 1 else f"the {earlier(unit)}"
        said += f"; in {over} {number(share.k)} of {number(share.n)} ({percent(share.value)})"
    return f"{said}."


def first_of(desk: Any, unit: str) -> Block:
    """How many came, with what it rests on."""
    n = desk.figures.all.received.n
    return headline(number(n), f"{'enquiry' if n == 1 else 'enquiries'} received", " ".join(notes_of(desk, unit)))


def notes_of(desk: Any, unit: str) -> list[str]:
    """What stands in grey under the big number."""
    notes = [before_of(desk, unit)]
    base = desk.verdict.baseline
    if base:
        left = (
            f"; {listed([short_label(label) for label in base.left_out])} left out, not logged whole"
            if base.left_out
            else ""
        )
        notes.append(
            f"expected {number(base.expected)}, 95% interval {base.low}–{base.high}, from {counted(base.n, unit)}{left}"
        )
    if out := desk.figures.left_out.duplicate.n + desk.figures.left_out.redirected.n:
        notes.append(f"not counted: {number(out)} duplicate or redirected")
    return [f"{note[0].upper()}{note[1:]}." for note in notes if note]


def trend_of(desk: Any) -> Block | None:
    """The bars since the log began. What was logged in part only is told so."""
    found = list(desk.trend)
    while len(found) > 1 and not found[0].observed and not found[0].count:
        found.pop(0)
    tallest = max([bar.count for bar in found] + [1])
    return bars((short_label(bar.label), _logged(bar), str(round(100 * bar.count / tallest)), "") for bar in found)


def _logged(bar: Any) -> str:
    if not bar.observed and not bar.count:
        return "no log"
    return number(bar.count) if bar.used else f"{number(bar.count)}, logged in part"


def figures_of(desk: Any) -> list[tuple[str, str, str]]:
    """The four figures that a director asks for first."""
    figures = desk.figures
    rate, wait, off, backlog = figures.all.hit_rate, figures.all.first_answer, figures.out_of_hours, figures.backlog
    share = rate.share
    if share.n:
        punctual = f"{number(share.k)} of {number(share.n)}"
        between = f"{percent(share.value)}, 95% interval {100 * share.low:.0f}–{100 * share.high:.0f}%"
        waits = f"; {number(len(rate.undecided))} not decided yet" if rate.undecided else ""
        punctual_why = f"{between}{waits}"
    else:
        punctual = "cannot tell"
        punctual_why = rate_line(rate, "no deadline was stated").removeprefix("cannot tell, ")
    going = wait.n - wait.events
    median = lasted(wait.median) if wait.median is not None else "cannot tell"
    if not wait.n:
        why = "no enquiry came"
    elif wait.median is None:
        why = say("desk-unanswered")
    else:
        why = f"of {number(wait.n)}, {number(going) if going else 'none'} without an answer"
    waiting = f"{number(backlog.unanswered.n)} unanswered, {number(backlog.lapsed.n)} lapsed"
    waiting = waiting if backlog.unanswered.n else "all answered"
    return [
        ("Answered in time", punctual, punctual_why),
        ("Median to first answer", median, why),
        ("Open now", number(backlog.open.n), waiting if backlog.open.n else "nothing waits"),
        ("Out of hours", f"{number(off.share.k)} of {number(off.share.n)}" if off.share.n else "–",
         percent(off.share.value) if off.share.n else "no enquiry came"),
    ]  # fmt: skip
