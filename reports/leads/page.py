"""The report as a page: facts go in, sentences and sections come out, for every rendering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Block, Page, Section, bars, grey, headline, section, tiles
from commsleads.reports.leads.agreed import agreed_of, reading_of
from commsleads.reports.leads.aims import goals_of, pressing_of
from commsleads.reports.leads.credits import credit_of, even_of
from commsleads.reports.leads.handing import handoff_of
from commsleads.reports.leads.steps import entries_of, moved_of, parts_of, steps_of, times_of
from commsleads.reports.leadwords import (
    chosen,
    goal_lines,
    is_behind,
    kinds_line,
    lead_state,
    needs_of,
    not_yet,
    share_line,
    wait_of,
)
from commsleads.reports.wording import counted, earlier, instant, line, number, percent, short_label, stretch, title_of

TITLES = {"day": "Leads of the day", "week": "Leads of the week", "month": "Leads of the month"}


def page_of(facts: Any, period: Period, found: Mapping[str, Any], settings: Any) -> Page:
    """The page of one period. `settings` caps the lists."""
    unit = facts.unit(period)
    leads, goals = found["leads"], found["goals"]
    there = leads.counted
    return Page(
        subject=subject_of(facts, period, leads, goals),
        organisation=line(facts.organisation) or "commsleads",
        title=title_of(period, unit),
        kind=TITLES[unit],
        days=stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {lead_state(leads)}",
        healthy=not (leads.handoff.overdue or leads.handoff.lapsed_now),
        verdict=verdict_of(facts, period, leads, goals),
        sections=(*(head_of(leads, unit) if there else ()), *sections_of(facts, found, unit, settings)),
        method=tuple((one.name, one.words) for one in leads.definitions) if there else (),
        commands=leads.commands if there else (),
    )


def sections_of(facts: Any, found: Mapping[str, Any], unit: str, settings: Any) -> list[Section]:
    """The sections, in the order in which a director asks. Before there is a lead only what was agreed is told."""
    leads, goals = found["leads"], found["goals"]
    pressing = pressing_of(leads, goals, facts, settings.needs)
    agreed = agreed_of(leads, facts.zone, unit)
    if not leads.counted:
        return [pressing, goals_of(goals, facts), agreed]
    return [
        pressing,
        goals_of(goals, facts),
        moved_of(leads, unit),
        steps_of(leads, unit),
        parts_of(leads, unit, settings.lines),
        times_of(leads),
        entries_of(leads),
        handoff_of(leads, unit, facts.zone, settings.offers),
        credit_of(found["credit"], found["sources"], leads, unit, settings.lines),
        even_of(found["evenness"], leads),
        reading_of(leads, unit),
        agreed,
    ]


def head_of(leads: Any, unit: str) -> tuple[Section, Section]:
    """The figures that a director asks for first, and how they came to be."""
    return section("", first_of(leads, unit), tiles(*figures_of(leads, unit))), section("", *trend_of(leads))


# --- the head ------------------------------------------------------------------------------------------------------


def subject_of(facts: Any, period: Period, leads: Any, goals: Sequence[Any]) -> str:
    """`Leads wk 47: 9 qualified, 14 opened, 2 goals behind, 3 need you`."""
    name = f"Leads {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    if not leads.counted:
        return f"{name}: not counted{'' if leads.early else ' yet'}"
    parts = [f"{number(leads.moved.qualified)} qualified", f"{number(leads.moved.opened)} opened"]
    if behind := sum(map(is_behind, goals)):
        parts.append(f"{counted(behind, 'goal')} behind")
    if needs := len(needs_of(leads, (), facts.now, facts.zone)):
        parts.append(f"{needs} need{'s' if needs == 1 else ''} you")
    return f"{name}: {', '.join(parts)}"


def verdict_of(facts: Any, period: Period, leads: Any, goals: Sequence[Any]) -> tuple[str, ...]:
    """Sentences that can be forwarded alone: how many, against which goal, and who owes an answer."""
    unit = facts.unit(period)
    if not leads.counted:
        return (not_yet(leads),)
    name = f"{title_of(period, unit)}, {stretch(period, facts.zone)}"
    if facts.now < period.end:
        name += f" (not over: as of {instant(facts.now, facts.zone)})"
    return (f"{name}: {_came(leads)}", *(goal_lines(goal) if (goal := chosen(goals)) else []), _answered(leads, unit))


def _came(leads: Any) -> str:
    moved = leads.moved
    qualified = f"{counted(moved.qualified, 'lead')} qualified"
    kinds = f" ({kinds_line(moved.by_kind)})" if moved.qualified else ""
    return f"{qualified}{kinds}, {counted(moved.opened, 'lead')} opened."


def _answered(leads: Any, unit: str) -> str:
    handoff = leads.handoff
    waits = len(handoff.open_now)
    now = (
        f"{counted(waits, 'offer waits', 'offers wait')} for an answer now" if waits else "no offer waits for an answer"
    )
    late = f", {number(handoff.overdue)} of them overdue" if handoff.overdue else ""
    if not handoff.offered:
        return f"Nothing was offered this {unit}; {now}{late}."
    share = share_line(handoff.accepted, "none was accepted, rejected or lapsed so far")
    return f"Of {counted(handoff.offered, 'offer')} made this {unit}, accepted: {share}; {now}{late}."


def first_of(leads: Any, unit: str) -> Block:
    """How many qualified, with what it rests on."""
    n = leads.moved.qualified
    return headline(
        number(n), f"{'lead' if n == 1 else 'leads'} qualified this {unit}", " ".join(notes_of(leads, unit))
    )


def notes_of(leads: Any, unit: str) -> list[str]:
    """What stands in grey under the big number."""
    before = leads.before
    notes = [
        f"{earlier(unit)}: {number(before.qualified)} qualified, {number(before.opened)} opened"
        if before is not None
        else f"no leads were counted all through the {earlier(unit)}",
        f"{counted(leads.ever, 'lead')} since the log began",
    ]
    return [f"{note[0].upper()}{note[1:]}." for note in notes]


def trend_of(leads: Any) -> tuple[Block | None, Block | None]:
    """What the bars are, and the bars: the weeks of entry, from the first week with a lead."""
    weeks = list(leads.cohorts)
    while len(weeks) > 1 and not weeks[0].n:
        weeks.pop(0)
    tallest = max([week.n or 0 for week in weeks] + [1])
    rows = [(short_label(week.label), _opened(week), str(round(100 * (week.n or 0) / tallest)), "") for week in weeks]
    return grey("Leads opened, by week of entry, and how many of them are qualified by now:"), bars(rows)


def _opened(week: Any) -> str:
    return "not counted" if week.n is None else f"{number(week.n)}, {number(week.qualified.k)} qualified"


def figures_of(leads: Any, unit: str) -> list[tuple[str, str, str]]:
    """The four figures that a director asks for first."""
    moved, handoff = leads.moved, leads.handoff
    share = leads.all.step("qualified").share
    came = leads.all.n
    qualified = f"{number(share.k)} of {number(share.n)}" if share.n else "–"
    why = f"{percent(share.value)}, 95% interval {100 * share.low:.0f}–{100 * share.high:.0f}%" if share.n else ""
    still = leads.all.step("qualified").open
    speed = wait_of(handoff.working, f"nothing was offered this {unit}", "answered")
    return [
        ("Opened", number(moved.opened), f"{number(still)} may still qualify" if came else "nobody became a lead"),
        ("Of these qualified", qualified, why or "nothing to divide"),
        ("Accepted", number(moved.accepted), f"this {unit}, of offers whenever made"),
        ("Time to answer", speed[0], "working time, median" if handoff.working.median is not None else speed[1]),
    ]
