"""The figures of leads, from rows written by hand and counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commsleads.contract import Period
from commsleads.facts.lead_handoff import Worked
from commsleads.facts.lead_values import LeadFigures
from commsleads.leads import agreeing
from commsleads.rules.periods import parse_period
from tests.reports.lead_office import NOW, LeadOffice, at, filled, offer, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LeadOffice]:
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def week(office: LeadOffice) -> LeadFigures:
    filled(office)
    return told(office)


def told(office: LeadOffice, label: str = "2026-W47") -> LeadFigures:
    facts = office.facts()
    return facts.leads(parse_period(label, facts.zone))


def test_the_steps_of_a_cohort(week: LeadFigures) -> None:
    """Fourteen opened: each step is counted of the step before, stages of all, and who may still take it beside."""
    funnel = week.all
    steps = {one.key: (one.share.k, one.share.n, one.open) for one in funnel.steps}
    assert steps == {
        "opened": (14, 14, 0), "engaged": (14, 14, 0), "material-qualified": (0, 14, 11),
        "story-qualified": (7, 14, 6), "service-qualified": (0, 14, 11), "qualified": (7, 14, 6),
        "offered": (7, 7, 0), "accepted": (3, 7, 3), "closed": (1, 3, 2),
    }  # fmt: skip
    qualified = funnel.step("qualified").share
    assert qualified.low == pytest.approx(0.268, abs=0.001)
    assert funnel.outcomes == (("covered", 1),)


def test_every_part_adds_up_to_the_whole(week: LeadFigures) -> None:
    """Each lead stands in one line of each part, at every step."""
    assert [part.by for part in week.parts] == ["source", "channel", "campaign", "owner", "tier"]
    for part in week.parts:
        for step in week.all.steps:
            assert sum(line.funnel.step(step.key).share.k for line in part.lines) == step.share.k
    by = {part.by: {line.name: line.funnel.n for line in part.lines} for part in week.parts}
    assert by["campaign"] == {"spring": 5, "": 9}
    assert by["owner"] == {"ada": 2, "ben": 1, "": 11}
    assert by["tier"] == {"1": 6, "2": 1, "": 7}


def test_what_happened_is_not_how_far_they_came(office: LeadOffice) -> None:
    """A lead of before that qualifies and is accepted now moves now, and stands in the cohort of its own week."""
    done = offer(at("17 10:00"), "ada", "accepted", at("17 11:00"))
    office.lead(at("10 09:00"), qualified=at("17 10:00"), offers=(done,), owner="ada", kind="reply")
    office.lead(at("16 09:00"))
    figures = told(office)
    assert (figures.moved.opened, figures.moved.qualified, figures.moved.accepted) == (1, 1, 1)
    assert figures.moved.by_kind == (("reply", 1),)
    assert dict(figures.moved.stages) == {
        "engaged": 1, "material-qualified": 0, "story-qualified": 1, "service-qualified": 0,
    }  # fmt: skip
    assert (figures.all.n, figures.all.step("qualified").share.k) == (1, 0)
    assert [(one.label, one.n, one.qualified.k, one.accepted.k) for one in figures.cohorts[-2:]] == [
        ("2026-W46", 1, 1, 1), ("2026-W47", 1, 0, 0),
    ]  # fmt: skip


def test_open_leads_are_censored(week: LeadFigures) -> None:
    """Seven of fourteen qualified: the median is where half of the curve is left, what goes on counting as going on."""
    wait = week.all.to_qualified
    assert (wait.n, wait.events) == (14, 7)
    assert wait.median == timedelta(hours=25)
    assert week.all.to_accepted.median is None
    engaged = next(one for one in week.stages if one.stage == "engaged")
    assert (engaged.wait.n, engaged.wait.events) == (14, 7)


def test_the_ledger_of_the_week(week: LeadFigures) -> None:
    """Seven offers: three accepted, one rejected, one lapsed, two open, of which one is overdue."""
    found = week.handoff
    assert (found.offered, found.rejected, found.lapsed, found.open, found.overdue) == (7, 1, 1, 2, 1)
    assert (found.accepted.k, found.accepted.n) == (3, 5)
    assert found.reasons == (("not our subject", 1),)
    assert [(one.to, one.overdue) for one in found.open_now] == [("ada", True), ("", False)]
    assert len(found.lapsed_now) == 1
    assert {one.name: (one.offered, one.accepted.k, one.lapsed) for one in found.by_owner} == {
        "ada": (3, 2, 0), "ben": (3, 1, 1), "": (1, 0, 0),
    }  # fmt: skip
    assert (found.working.n, found.working.events, found.working.working) == (7, 4, True)
    assert found.working.median == timedelta(hours=2)


def test_sleepers_wake(office: LeadOffice) -> None:
    """Leads that come back within a week are named; those of later are counted."""
    done = offer(at("17 10:00"), "ada", "recycled", at("17 11:00"))
    for day in (1, 30):
        office.lead(
            at("17 09:00"), qualified=at("17 10:00"), offers=(done,), owner="ada", wakes=NOW + timedelta(days=day)
        )
    found = told(office).handoff
    assert (found.recycled, found.recycled_now, len(found.waking)) == (2, 2, 1)
    assert found.waking[0].wakes == NOW + timedelta(days=1)


def test_both_readings(office: LeadOffice) -> None:
    """Under EU those who only clicked, left doubtful traces or never acted stand beside the figures, and in none."""
    filled(office)
    for n in range(4):
        office.session.execute(
            "INSERT INTO targets (id, campaign_id, part, kind, identity, status, status_at, origin, basis, added_at) "
            "VALUES (:id, 'spring', '', :kind, :id, 'targeted', :at, 'test', 'test', :at)",
            id=f"target {n}", kind="outlet" if n == 3 else "person", at="2026-11-18T09:00:00Z",
        )  # fmt: skip
    found = told(office).reading
    assert (found.reading, found.n, found.more) == ("EU", 14, 6)
    assert (found.clicked, found.doubtful, found.named) == (2, 1, 3)


def test_the_us_reading_says_what_the_other_would_leave_out(office: LeadOffice) -> None:
    """Under US the leads of a click alone are in the figures, and told apart."""
    own = (Path(agreeing.__file__).parents[1] / "criteria.example.toml").read_text(encoding="utf-8")
    text = own.replace('reading = "EU"', 'reading = "US"').replace('version = "1"', 'version = "2"')
    agreeing.switch_on(office.session, office.app.settings, text.encode(), by="ben", now=at("18 09:00"))
    office.lead(at("19 09:00"))
    office.lead(at("19 10:00"), kind="click", own=False)
    office.lead(at("19 11:00"), kind="form", own=False)
    figures = told(office)
    found = figures.reading
    assert (found.reading, found.n, found.fewer, found.clicked, found.doubtful) == ("US", 3, 2, 1, 1)
    assert [one.number for one in figures.changed] == [2]
    assert any("US" in sentence for sentence in figures.changed[0].changes)


def test_before_there_is_a_lead(office: LeadOffice) -> None:
    """Without a lead nothing is counted; without criteria neither."""
    figures = told(office)
    assert (figures.counted, figures.ever, figures.begun, figures.before) == (False, 0, None, None)
    office.session.execute("DELETE FROM terms WHERE 1 = 1")
    figures = told(office)
    assert (figures.counted, figures.criteria, figures.all.n) == (False, None, 0)


def test_interest_stays_apart(office: LeadOffice) -> None:
    """Where nobody looked and no link for all exists, interest is not known; it never makes a lead."""
    office.lead(at("17 09:00"))
    found = told(office).interest
    assert (found.stories, found.clicks) == (None, None)


def test_working_time_is_summed_as_the_calendar_counts_it(office: LeadOffice) -> None:
    """Over a weekend, a night and within one day: the sums agree with the calendar itself."""
    calendar = office.facts().calendar
    start = datetime(2026, 10, 20, tzinfo=UTC)
    worked = Worked(calendar, start, start + timedelta(days=30))
    for hours in range(0, 600, 7):
        one, other = start + timedelta(hours=hours), start + timedelta(hours=hours * 1.2 + 3)
        assert timedelta(seconds=worked.between(one, other)) == calendar.worked(one, other)
    assert worked.between(start + timedelta(hours=12), start) == 0


def test_the_funnel_alone_says_the_same(office: LeadOffice) -> None:
    """What the export and the benchmark ask for is the funnel of the report."""
    filled(office)
    facts = office.facts()
    period = parse_period("2026-W47", facts.zone)
    whole, *parts = facts.funnels(period)
    assert whole.lines[0].funnel == facts.leads(period).all
    assert tuple(parts) == facts.leads(period).parts
    nothing = Period(period.start, period.start, "2026-W47")
    assert facts.funnels(nothing)[0].lines[0].funnel.n == 0


def test_the_card_counts_whom_the_campaign_touched(office: LeadOffice) -> None:
    """Qualified in its time with a touch of it, whoever opened them; the goal counts those that it opened."""
    filled(office)
    other = office.lead(at("12 09:00"), qualified=at("13 09:00"))
    office.touch(other, at("12 12:00"), "reply", campaign="spring")
    early = office.lead(datetime(2026, 10, 20, tzinfo=UTC), qualified=datetime(2026, 10, 21, tzinfo=UTC))
    office.touch(early, at("12 12:00"), "reply", campaign="spring")
    card = office.facts().card("spring")
    assert card is not None
    assert card.leads.qualified == 3
    assert card.pace is not None
    assert (card.pace.n, card.pace.goal) == (2, 8)
    (goal,) = [one for one in office.facts().goals() if one.origin == "campaign"]
    assert (goal.reached, goal.pace.word) == (card.pace.n, card.pace.word)


def test_without_criteria_nobody_is_qualified_and_nobody_is_not(office: LeadOffice) -> None:
    """None, and the goal says why."""
    office.session.execute("DELETE FROM terms WHERE 1 = 1")
    card = office.facts().card("spring")
    assert card is not None
    assert card.leads.qualified is None
    assert card.pace is not None
    assert (card.pace.n, card.goal_counts) == (None, "no criteria are in force, so there are no leads")
