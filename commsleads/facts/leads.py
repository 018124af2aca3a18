"""The figures of the leads: cohorts, what moved in the period, the handoff, and the reading they are counted under.

Before criteria are in force and a lead was opened nothing is counted, and nothing of a period that was over by then:
`LeadFigures.counted` says so, and a report then says why where it would else print zeros.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import dropwhile

from commsleads.contract import Period
from commsleads.criteria import Criteria
from commsleads.facts import lead_funnel as funnels
from commsleads.facts.ground import Ground, unit
from commsleads.facts.lead_criteria import lines
from commsleads.facts.lead_funnel import Steps
from commsleads.facts.lead_handoff import handoff
from commsleads.facts.lead_readings import interest_of, reading_of
from commsleads.facts.lead_values import Funnel, LeadFigures, LeadLine, LeadPart, Moved, WeekOfEntry
from commsleads.facts.meanings import LEADS
from commsleads.rules.leads.terms import Terms
from commsleads.rules.periods import alike, midnight
from commsleads.store.engine import moment, stamp
from commsleads.store.leads import figures as rows
from commsleads.store.leads import terms as agreed
from commsleads.store.leads import unsaid

WEEKS = 8
"""Weeks of entry that are told."""
NOT_REGISTERED = "not in the register"
FirstSteps = Mapping[str, Mapping[str, str]]
"""When each lead was first offered and accepted: by the step, then by lead."""


def leads(ground: Ground, period: Period, stories: int | None = None) -> LeadFigures:
    """The leads of a period. `stories` is how many stories about us it had, None where nobody looked."""
    session = ground.session
    ever, first = rows.begun(session)
    terms = terms_of(ground)
    criteria = terms[-1].criteria if terms else Criteria()
    steps = Steps(criteria.stages)
    begun = moment(first)
    since = terms[0].at if terms else None
    found = rows.entered(session, *_between(period))
    first_steps = rows.first_steps(session)
    cohort = funnels.ways(found, first_steps, steps, tier_of(ground), ground.now)
    before = alike(period, unit(period), ground.zone, 1)
    moved = moved_in(ground, period, criteria)
    told = lines(terms)
    return LeadFigures(
        ever=ever,
        begun=begun,
        since=since,
        early=since is not None and period.end <= since and not found and not moved.qualified,
        criteria=told[-1] if told else None,
        changed=tuple(one for one in told if period.start <= one.since < period.end),
        all=funnels.funnel(cohort, steps),
        parts=funnels.parts(cohort, steps),
        stages=funnels.times(rows.stage_moves(session, *_between(period)), found, steps, ground.now),
        cohorts=weeks_of(ground, period, steps, first_steps, since),
        moved=moved,
        before=moved_in(ground, before[0], criteria)
        if ever and before and since and since <= before[0].start
        else None,
        handoff=handoff(ground, period),
        reading=reading_of(ground, period, criteria.reading, moved.opened),
        interest=interest_of(ground, period, stories),
        unsaid=unsaid.waiting(ground.session),
        officers=tuple((one.id, one.name or one.id) for one in ground.plan.officers),
        campaigns=tuple((one.id, one.name or one.id) for one in ground.campaigns),
        definitions=LEADS,
        commands=_commands(ground, period),
    )


def funnel_of(ground: Ground, period: Period) -> Funnel:
    """The funnel of the leads opened in a period, and nothing else of it."""
    steps = _steps(ground)
    return funnels.funnel(_cohort(ground, period, steps, rows.first_steps(ground.session)), steps)


def parts_of(ground: Ground, period: Period) -> tuple[LeadPart, ...]:
    """The same by source, channel, campaign, owner and tier; the whole cohort stands first, as `all`."""
    steps = _steps(ground)
    cohort = _cohort(ground, period, steps, rows.first_steps(ground.session))
    whole = LeadPart(by="all", lines=(LeadLine(name="", funnel=funnels.funnel(cohort, steps)),))
    return (whole, *funnels.parts(cohort, steps))


def _steps(ground: Ground) -> Steps:
    terms = terms_of(ground)
    return Steps(terms[-1].criteria.stages if terms else ())


def _cohort(ground: Ground, period: Period, steps: Steps, first: FirstSteps) -> list[funnels.Way]:
    found = rows.entered(ground.session, *_between(period))
    return funnels.ways(found, first, steps, tier_of(ground), ground.now)


def terms_of(ground: Ground) -> list[Terms]:
    """The criteria that have been in force until now, oldest first."""
    return [one for one in agreed.in_force(ground.session) if one.at <= ground.now]


def _between(period: Period) -> tuple[str, str]:
    return stamp(period.start), stamp(period.end)


def tier_of(ground: Ground) -> Callable[[str], str]:
    """The tier of an outlet as the register has it now, as a word; '' where no outlet is known. Remembers."""
    known: dict[str, str] = {"": ""}

    def tier(outlet: str) -> str:
        if outlet not in known:
            found = ground.tier(outlet, "")
            known[outlet] = NOT_REGISTERED if found is None else str(found)
        return known[outlet]

    return tier


def weeks_of(
    ground: Ground, period: Period, steps: Steps, first: FirstSteps, since: datetime | None
) -> tuple[WeekOfEntry, ...]:
    """The eight weeks of entry that end with the period, as far as they have begun.

    A week that was over before leads were counted has only those that were learned of later. Without any it was not
    counted: `n` is None, and it is left out where nothing stands before it.
    """
    last = (period.end - timedelta(seconds=1)).astimezone(ground.zone).date()
    monday = last - timedelta(days=last.weekday())
    weeks: list[date] = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    begun = [one for one in weeks if midnight(one, ground.zone) <= ground.now]
    if not begun or since is None:
        return ()
    whole = Period(midnight(begun[0], ground.zone), midnight(monday + timedelta(days=7), ground.zone))
    told = funnels.weeks(_cohort(ground, whole, steps, first), steps, begun, ground.zone)
    over = (midnight(one + timedelta(days=7), ground.zone) <= since for one in begun)
    known = (
        replace(one, n=None, open=None) if early and not one.n else one for one, early in zip(told, over, strict=True)
    )
    return tuple(dropwhile(lambda one: one.n is None, known))


# --- movement ------------------------------------------------------------------------------------------------------


def moved_in(ground: Ground, period: Period, criteria: Criteria) -> Moved:
    """What happened in a period, whenever the leads were opened."""
    session, (start, end) = ground.session, _between(period)
    moves = rows.moves_between(session, start, end)
    qualified = rows.qualified_between(session, start, end)
    kinds = rows.kinds_of(session, [opener for _, opener in qualified])
    by_kind = Counter(kinds.get(opener, "") for _, opener in qualified)
    outcomes = Counter(rows.closed_between(session, start, end))

    def to(status: str) -> int:
        return len({lead for lead, what, _, aim in moves if what == "status" and aim == status})

    order = [stage.id for stage in criteria.stages]
    return Moved(
        opened=rows.opened_between(session, start, end),
        qualified=len(qualified),
        by_kind=tuple(sorted(by_kind.items(), key=lambda one: (-one[1], one[0]))),
        stages=_reached(ground, order, start, end),
        back=_back(moves, order),
        offered=to("offered"),
        accepted=to("accepted"),
        closed=to("closed"),
        outcomes=tuple(sorted(outcomes.items(), key=lambda one: (-one[1], one[0]))),
        faded=to("faded"),
    )


def _reached(ground: Ground, order: Sequence[str], start: str, end: str) -> tuple[tuple[str, int], ...]:
    """How many leads reached each stage for the first time between two times."""
    n = Counter(rows.reached_between(ground.session, start, end))
    return tuple((stage, n[stage]) for stage in order)


def _back(moves: Sequence[tuple[str, str, str, str]], order: Sequence[str]) -> int:
    """How many moves went to a lower stage, or to none."""
    place = {stage: number for number, stage in enumerate(order)}
    return sum(what == "stage" and place.get(aim, -1) < place.get(came_from, -1) for _, what, came_from, aim in moves)


# --- rows --------------------------------------------------------------------------------------------------------


def _commands(ground: Ground, period: Period) -> tuple[tuple[str, str], ...]:
    first, after = (one.astimezone(ground.zone).date() for one in (period.start, period.end))
    return (
        ("All leads with every column", "commsleads lead export --out leads.xlsx"),
        (
            "Leads qualified in the period",
            f"commsleads lead list --qualified --since {first} --until {after} --limit 0",
        ),
        ("Leads opened in the period", f"commsleads lead list --since {first} --until {after} --limit 0"),
        ("Offers that wait", "commsleads lead due"),
        ("One lead, every touch and change", "commsleads lead history LEAD"),
        ("The criteria in sentences", "commsleads criteria show"),
    )
