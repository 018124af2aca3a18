"""The evaluation as words: the chain of one campaign on a page, or of the office with all that a period concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Block, CardBlock, Page, Section, grey, section, text
from commsleads.reports.evaluation.chain import Metric, is_counted, rows_of
from commsleads.reports.evaluation.office import aims_of
from commsleads.reports.lookwords import health_line, is_healthy
from commsleads.reports.wording import counted, day, instant, line, listed, number, stretch, title_of

KINDS = {"day": "Evaluation of the day", "week": "Evaluation of the week", "month": "Evaluation of the month"}
STATES = {"running": "running", "just ended": "just ended", "ended": "ended", "to come": "to come"}
METHOD = (
    ("Chain", "Inputs, activities, outputs, out-takes, outcomes, impact: after the frameworks of AMEC and of GCS."),
    ("Depth", "Basic, enhanced, comprehensive: the scale of GCS, by what was written down and counted; our reading."),
    ("Impact", "Not counted here. Coverage beside its baseline and people held back are evidence, and no more."),
    ("Advertising value", "None is given: the price of an advert of that size says nothing of what a story did."),
)


def cards(*found: CardBlock) -> Block:
    """Chains as cards."""
    return Block(kind="cards", cards=found)


def page_of(
    facts: Any, period: Period, found: Mapping[str, Any], chains: Sequence[tuple[str, Sequence[Metric]]], settings: Any
) -> Page:
    """The page. `chains` are by the id of a campaign; the one named '' is that of the office."""
    unit = facts.unit(period)
    health = found["health"]
    alone = found["evaluation"].campaigns[0] if settings.campaign else None
    return Page(
        subject=_subject(facts, period, found, alone),
        organisation=line(facts.organisation) or "commsleads",
        kind="Evaluation of a campaign" if alone else KINDS[unit],
        title=line(alone.card.name, 80) if alone else title_of(period, unit),
        days=_days(alone, facts.zone) if alone else stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {health_line(health)}",
        healthy=is_healthy(health),
        verdict=tuple(_alone(alone, dict(chains)) if alone else _office(facts, period, found)),
        sections=tuple(_sections(facts, period, found, dict(chains), settings)),
        method=METHOD,
        commands=tuple(_commands(period, alone)),
    )


def _subject(facts: Any, period: Period, found: Mapping[str, Any], alone: Any) -> str:
    if alone is not None:
        return f"Evaluation {line(alone.card.name, 80)}: {_took(alone)}"
    name = f"Evaluation {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    goals = found["goals"]
    parts = [counted(len(found["evaluation"].campaigns), "campaign"), aims_of(goals) if goals else "no goal set"]
    return f"{name}: {', '.join(parts)}"


def _took(one: Any) -> str:
    took = one.card.did
    if took.rate is not None:
        return f"{number(took.n)} of {number(one.card.whom.listed)} did what was asked"
    if not is_counted(one.card):
        return "not measured yet"
    return f"{counted(one.card.responses, 'response')}, the rate is not known"


def _days(one: Any, zone: Any) -> str:
    first, last = one.card.starts_on, one.card.ends_on
    if first is None:
        return "nobody said when it began"
    return f"{day(first, zone, year=True)} – {day(last, zone, year=True) if last else 'no end was set'}"


# --- what can be forwarded alone -------------------------------------------------------------------------------------


def _alone(one: Any, chains: Mapping[str, Sequence[Metric]]) -> Iterator[str]:
    told = {metric.name: metric for metric in chains[one.card.id]}
    if one.measured is None:
        yield f"{line(one.card.name, 80)} has not begun: nothing can be told of it yet."
        return
    did = told["did it"].words
    yield f"{line(one.card.name, 80)}, {STATES[one.card.state]}: {did}."
    stories = told["stories"].words
    yield f"{stories[:1].upper()}{stories[1:]}; {told['qualified leads'].words}."
    yield _depth(one)


def _office(facts: Any, period: Period, found: Mapping[str, Any]) -> Iterator[str]:
    unit = facts.unit(period)
    name = f"{title_of(period, unit)}, {stretch(period, facts.zone)}"
    if facts.now < period.end:
        name += f" (not over: as of {instant(facts.now, facts.zone)})"
    campaigns, goals = found["evaluation"].campaigns, found["goals"]
    aims = aims_of(goals) if goals else "no goal was set"
    yield f"{name}: {counted(len(campaigns), 'campaign')}, {aims}."
    if campaigns:
        rated = [f"{line(one.card.name, 60)}: {_took(one)}" for one in campaigns[:3]]
        yield f"{'; '.join(rated)}."
    yield "What it did for the organisation in the end cannot be told from here; what was counted stands below."


def _depth(one: Any) -> str:
    lacks = f"; for more it lacks {listed(list(one.depth.missing))}" if one.depth.missing else ""
    return f"Depth of this evaluation: {one.depth.level}{lacks}."


# --- sections --------------------------------------------------------------------------------------------------------


def _sections(
    facts: Any, period: Period, found: Mapping[str, Any], chains: Mapping[str, Sequence[Metric]], settings: Any
) -> Iterator[Section]:
    unit, zone = facts.unit(period), facts.zone
    campaigns = found["evaluation"].campaigns
    if settings.campaign:
        yield section("", cards(_card(campaigns[0], chains, zone)))
        return
    office = CardBlock(name="All of the office", when=stretch(period, zone), rows=rows_of(list(chains[""])))
    yield section("The office", cards(office))
    if not campaigns:
        yield section("Campaigns", text(f"No campaign ran or was written about this {unit}."))
        return
    shown = campaigns[: settings.campaigns]
    left = len(campaigns) - len(shown)
    yield section(
        "Campaigns, each over its whole time",
        cards(*(_card(one, chains, zone) for one in shown)),
        *(grey(f"{line(one.card.name, 60)}. {_depth(one)}") for one in shown),
        grey(f"And {number(left)} more: the JSON, the CSV and the workbook have them all." if left > 0 else ""),
    )


def _card(one: Any, chains: Mapping[str, Sequence[Metric]], zone: Any) -> CardBlock:
    return CardBlock(
        name=line(one.card.name, 80),
        when=f"{STATES[one.card.state]}, {_days(one, zone)}",
        objective=line(one.card.objective, 300) or "No objective was written down.",
        rows=rows_of(list(chains[one.card.id])),
    )


def _commands(period: Period, alone: Any) -> Iterator[tuple[str, str]]:
    if alone is not None:
        name = alone.card.id
        yield "The answer card", f"commsleads campaign show {name}"
        yield "What was registered", f"commsleads campaign plan {name}"
        yield "Stories tied to it", f"commsleads stories --campaign {name} --limit 0"
    else:
        yield "The answer cards", f"commsleads report campaign --period {period.label}"
        yield (
            "One campaign on a page",
            "commsleads report evaluation --set campaign=ID --format pdf --out evaluation.pdf",
        )
    yield "All of it as a table", f"commsleads report evaluation --period {period.label} --format csv"
