"""How well we looked, source by source: what each brought, what only it saw, and when it was not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from commsleads.contract import Period
from commsleads.facts import looking
from commsleads.facts.ground import Ground
from commsleads.facts.looked_values import Looked, SourceLine
from commsleads.facts.survey import Survey
from commsleads.facts.values import Gap, Health
from commsleads.store import health, letters, polls
from commsleads.store.engine import moment, stamp
from commsleads.store.polls import Polled
from commsleads.store.sources import REMOVED

WATCHED = 0.5
"""Share of a period from which on what came in it is compared with."""
NEEDS = {"paused": 0, "failing": 1, "new": 2, "ok": 3, "removed": 4}
"""In which order sources are told: those first for which a person can do something."""


def looked(ground: Ground, survey: Survey) -> Looked:
    """Every source of the period. States are those of now."""
    period = survey.period
    told = looking.health(ground, period)
    seen, alone = _seen(survey)
    stuck, why = health.stuck(ground.session)
    between = (stamp(period.start), stamp(min(period.end, ground.now)))
    return Looked(
        health=told,
        lines=tuple(sorted(_lines(ground, survey, told, (seen, alone)), key=_order)),
        gaps=told.gaps,
        stories=len(survey.now),
        alone=sum(alone[row["id"]] for row in ground.sources),  # what people entered is missed by no source
        aside=letters.aside_count(ground.session),
        stuck=stuck,
        stuck_why=why,
        editions=tuple(sorted(polls.written(ground.session, *between).items())),
        deliveries=tuple(sorted(polls.delivered(ground.session, *between).items())),
        watch=_commands(ground, period),
    )


def _order(one: SourceLine) -> tuple[int, bool, str]:
    return NEEDS[one.state], one.state == "ok" and not one.gaps, one.name.casefold()


def _seen(survey: Survey) -> tuple[Counter[str], Counter[str]]:
    """By source, how many stories of the period it saw, and how many of them no other source did."""
    seen: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for tale in survey.now:
        seen.update(tale.sources)
        if len(tale.sources) == 1:
            alone.update(tale.sources)
    return seen, alone


def _lines(
    ground: Ground, survey: Survey, told: Health, stories: tuple[Counter[str], Counter[str]]
) -> Iterator[SourceLine]:
    period = survey.period
    before = survey.before[-1] if survey.before else None
    now = polls.polled(ground.session, stamp(period.start), stamp(period.end))
    then = polls.polled(ground.session, stamp(before.start), stamp(before.end)) if before else {}
    watched = ground.watched(period)
    earlier = ground.watched(before) if before else {}
    end = stamp(period.end)
    unread = {row["source"]: row for row in health.unread(ground.session)}
    quiet = {one.source: one.since for one in told.quiet}
    for row in ground.sources:
        name = row["id"]
        mine = [gap for gap in told.gaps if gap.source == name]
        state = "removed" if row["paused_why"] == REMOVED and row["state"] == "paused" else row["state"]
        here = now.get(name, Polled())
        if state == "removed" and not here.polls:
            continue
        seen, alone = (some[name] for some in stories)
        yield SourceLine(
            id=name,
            name=row["name"] or name,
            kind=row["kind"],
            brings=_brings(ground, name),
            state=state,
            why="" if state in ("ok", "removed") else row["paused_why"] or row["last_error"],
            last_success_at=moment(row["last_success_at"]),
            last_new_at=moment(row["last_new_at"]),
            observed=watched.get(name) if row["first_polled_at"] and row["first_polled_at"] < end else None,
            polls=here.polls,
            failed=here.failed,
            new=here.new,
            new_before=then.get(name, Polled()).new if earlier.get(name, 0.0) >= WATCHED else None,
            stories=seen,
            alone=alone,
            gaps=sum(gap.lost for gap in mine),
            lost=_lost(ground, period, mine),
            unread_at=moment(unread[name]["at"]) if name in unread else None,
            unread_why=unread[name]["why"] if name in unread else "",
            quiet_since=quiet.get(name),
        )


def _brings(ground: Ground, source: str) -> str:
    if source in ground.mailboxes:
        return "mail"
    return "clicks" if source in ground.unseeing else "coverage"


def _lost(ground: Ground, period: Period, gaps: Sequence[Gap]) -> timedelta:
    """How long of the period the gaps lasted in which something may be missing. Gaps of one source do not overlap."""
    until = min(period.end, ground.now)
    lengths = (min(gap.end or until, until) - max(gap.start, period.start) for gap in gaps if gap.lost)
    return sum((length for length in lengths if length > timedelta(0)), timedelta(0))


def _commands(ground: Ground, period: Period) -> tuple[tuple[str, str], ...]:
    first = period.start.astimezone(ground.zone).date()
    return (
        ("Every source as it stands now", "commsleads sources"),
        ("The stretches that were not observed", f"commsleads gaps --since {first}"),
        ("What came and could not be read", "commsleads unread"),
        ("Ask one again now", "commsleads poll SOURCE"),
        ("All of it as a table", f"commsleads report sources --period {period.label} --format xlsx --out sources.xlsx"),
    )
