"""How far leads came: the steps of the cohort as bars, the same by part, by week of entry, and in what time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from commsleads.reports.blocks import Block, Section, bars, figures, grey, section, table, text
from commsleads.reports.leadwords import (
    campaign_of,
    kinds_line,
    officer_of,
    share_cell,
    share_line,
    wait_cell,
    wait_of,
)
from commsleads.reports.wording import counted, earlier, line, listed, number, short_label

BY = {
    "source": "Source",
    "channel": "Channel",
    "campaign": "Campaign that opened it",
    "owner": "Owner",
    "tier": "Tier of the outlet",
}
NOBODY = {
    "source": "not known",
    "channel": "not known",
    "campaign": "no campaign",
    "owner": "nobody yet",
    "tier": "no outlet known",
}
HEAD = ("Leads", "Opened", "Qualified (95% interval)", "Accepted", "Median to qualify")


def moved_of(leads: Any, unit: str) -> Section:
    """What happened in the period, whenever the leads came."""
    now, before = leads.moved, leads.before

    def row(name: str, key: str, why: str = "") -> tuple[str, str, str]:
        then = f"{earlier(unit)} {number(getattr(before, key))}" if before is not None else ""
        return name, number(getattr(now, key)), "; ".join(part for part in (why, then) if part)

    stages = listed([f"{number(n)} {line(stage, 40)}" for stage, n in now.stages if n])
    closed = listed([f"{number(n)} {line(outcome, 40)}" for outcome, n in now.outcomes])
    return section(
        f"What happened this {unit}",
        figures(
            row("Leads opened", "opened"),
            row("Qualified", "qualified", kinds_line(now.by_kind) if now.qualified else ""),
            ("Stages reached for the first time", number(sum(n for _, n in now.stages)), stages),
            ("Fell back a stage", number(now.back), "each with its reason in the history") if now.back else None,
            row("Offered", "offered"),
            row("Accepted", "accepted"),
            row("Closed", "closed", closed),
            row("Faded: nothing came for long", "faded") if now.faded else None,
        ),
        grey(f"What took place this {unit}, whenever the lead was opened: not to be divided by the leads below."),
    )


def steps_of(leads: Any, unit: str) -> Section:
    """The cohort of the period, step by step."""
    funnel = leads.all
    if not funnel.n:
        return section(f"How far the leads of this {unit} came", text(f"Nobody became a lead this {unit}."))
    outcomes = listed([f"{number(n)} {line(outcome, 40)}" for outcome, n in funnel.outcomes])
    return section(
        f"How far the leads of this {unit} came",
        bars(_bars(funnel)),
        text(f"Of those closed: {outcomes}.") if outcomes else None,
        grey(
            f"All {counted(funnel.n, 'lead')} opened this {unit}, as they stand now. Each step is a share of the step "
            "named beside it; who may still take it is counted, so a share can rise."
        ),
    )


def _bars(funnel: Any) -> Iterable[tuple[str, str, str, str]]:
    for step in funnel.steps:
        length = round(100 * step.share.k / funnel.n)
        if step.kind == "opened":
            yield "Opened", number(funnel.n), "100", ""
            continue
        name = f"Stage: {line(step.key, 40)}" if step.kind == "stage" else f"{step.says[0].upper()}{step.says[1:]}"
        rests = share_line(step.share, f"none was {step.of}")
        still = f"{number(step.open)} may still" if step.open else ""
        of = f"{rests}, of those {step.of}" if step.share.n else rests
        yield name, number(step.share.k), str(length), "; ".join(part for part in (of, still) if part)


def parts_of(leads: Any, unit: str, most: int) -> Section:
    """The same leads by source, channel, campaign, owner and tier."""
    rows: list[tuple[str, ...]] = []
    for part in leads.parts:
        if not part.lines:
            continue
        rows.append((BY[part.by],))
        rows += [_line(_called(leads, part.by, one.name), one.funnel) for one in part.lines[:most]]
        if (left := len(part.lines) - most) > 0:
            n = sum(one.funnel.n for one in part.lines[most:])
            rows.append((f"{number(left)} more", number(n), "in the CSV", "", ""))
    return section(
        "The same leads by source, channel, campaign, owner and tier",
        table(HEAD, rows) or text(f"Nobody became a lead this {unit}, so there is nothing to divide."),
    )


def _line(name: str, funnel: Any) -> tuple[str, ...]:
    accepted = funnel.step("accepted").share
    return (
        name,
        number(funnel.n),
        share_cell(funnel.step("qualified").share),
        f"{number(accepted.k)} of {number(accepted.n)} offered" if accepted.n else "–",
        wait_cell(funnel.to_qualified),
    )


def _called(leads: Any, by: str, name: str) -> str:
    if name in ("", "not known"):
        return NOBODY[by]
    if by == "campaign":
        return campaign_of(leads, name)
    if by == "owner":
        return officer_of(leads, name)
    if by == "tier":
        return f"Tier {name}" if name.isdecimal() else name
    return line(name, 40)


def times_of(leads: Any) -> Section:
    """How long it took, what still goes on included."""
    funnel = leads.all
    rows: Sequence[tuple[str, str, str]] = [
        ("From opening to qualified", *wait_of(funnel.to_qualified, "nobody became a lead", "qualified")),
        ("From the first offer to acceptance", *wait_of(funnel.to_accepted, "none was offered", "accepted")),
        ("From acceptance to the end", *wait_of(funnel.to_closed, "none was accepted", "closed")),
        *(
            (f"In the stage {line(one.stage, 40)}", *wait_of(one.wait, "none stood in it", "past it"))
            for one in leads.stages
        ),
    ]
    return section(
        "How long it took, in median",
        figures(*rows),
        grey("Kaplan and Meier's medians: a lead that still goes on counts for as long as it has lasted."),
    )


def entries_of(leads: Any) -> Section:
    """The weeks of entry."""
    return section("By week of entry", _weeks(leads))


def _weeks(leads: Any) -> Block | None:
    rows = [
        (
            short_label(week.label),
            "not counted" if week.n is None else number(week.n),
            share_cell(week.qualified),
            share_cell(week.accepted),
            number(week.open) if week.n else "–",
        )
        for week in leads.cohorts
    ]
    return table(("Week", "Opened", "Qualified by now", "Accepted by now", "Still going on"), rows)
