"""A simulated year of leads: every figure of funnel, handoff, sources, goals, credit and report equals a recount that
was written for the test, from what the office itself wrote down."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest

from commsleads import jobs
from commsleads.contract import Period
from commsleads.facts.lead_values import LeadFigures
from commsleads.leads import agreeing, looking, retelling
from commsleads.store.engine import stamp
from tests import leadcount, leadgoals
from tests.leadcriteria import CRITERIA
from tests.leadlived import Lived, paths
from tests.leadoffice import CAMPAIGNS, OUTLETS
from tests.leadshapes import funnel, share, wait
from tests.leadsim import year
from tests.leadtouches import in_time
from tests.leadtruth import points_at

STAGES = tuple(stage["id"] for stage in tomllib.loads(CRITERIA[1])["stages"])
MOVES = "SELECT at, what, came_from, aim FROM lead_moves WHERE lead_id = ? ORDER BY number"
OFFERS = (
    "SELECT at, aim, due_at, stage, escalated, answer, answered_at, by, reason FROM handoffs WHERE lead_id = ? "
    "ORDER BY number"
)
TABLES = ("leads", "lead_moves", "handoffs", "lead_people")


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Some weeks."""
    with year(tmp_path_factory.mktemp("weeks"), 3, 40) as lived:
        lived.live(12, 7)
        yield Lived(lived)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The whole year."""
    with year(tmp_path_factory.mktemp("year"), 1, 240) as lived:
        lived.live(52, 20)
        yield Lived(lived)


def written(at: datetime | None) -> str:
    return stamp(at) if at else ""


# --- leads


def same_leads(lived: Lived) -> None:
    """Each lead stands where the recount puts it, came there the same way, and was offered the same."""
    session = lived.year.session
    rows = {row["id"]: row for row in session.query("SELECT * FROM leads")}
    assert set(rows) == {one.id for one in lived.recount.everybody}
    for one in lived.recount.everybody:
        row = rows[one.id]
        opener = one.opener
        assert {name: row[name] for name in ("stage", "owner", "outcome", "touches", "qualified")} == {
            "stage": one.stage, "owner": one.owner, "outcome": one.outcome, "touches": len(one.touches),
            "qualified": int(one.qualified),
        }, one.id  # fmt: skip
        assert (row["status"], row["status_at"]) == (one.status or "new", written(one.status_at)), one.id
        assert (row["opened_at"], row["qualified_at"], row["wakes_at"]) == (
            written(one.opened), written(one.qualified_at), written(one.wakes),
        ), one.id  # fmt: skip
        reached = json.loads(row["reached"] or "[]")
        assert dict(reached) == {stage: stamp(at) for stage, at in one.reached.items()}, one.id
        assert (row["source"], row["channel"], row["campaign_id"]) == (
            (opener.source, opener.channel, opener.campaign) if opener else ("not known", "", "")
        )
        assert session.tuples(MOVES, (one.id,)) == [(stamp(at), what, was, to) for at, what, was, to in one.moves]
        assert session.tuples(OFFERS, (one.id,)) == [
            (stamp(line.at), line.to, stamp(line.due), line.stage, int(line.escalated), line.answer,
             written(line.answered), line.by, line.reason)
            for line in one.offers
        ]  # fmt: skip


def same_points(lived: Lived) -> None:
    """Points and bands as they are now, for leads that were told now."""
    says, now = lived.recount.papers[-1].says, lived.year.now
    rows = lived.year.session.tuples("SELECT id, fit, engagement, fit_band, engagement_band FROM leads")
    truth = {one.id: points_at(one.verdict, says, now) for one in lived.recount.everybody}
    assert {row[0]: row[1:] for row in rows} == truth


def same_touches(lived: Lived) -> None:
    """The touches are what the office's own list says of them, to the last mark."""
    rows = lived.year.session.tuples(
        "SELECT contact_id, kind, at, campaign_id, marks, counts, source, channel, outlet FROM touches t "
        "WHERE kind <> 'known' AND version = (SELECT max(version) FROM touches n WHERE n.id = t.id)"
    )
    newest = {one.id: one for one in lived.recount.touches}
    assert Counter(rows) == Counter(
        (one.who, one.kind, stamp(one.at), one.campaign, " ".join(sorted(one.marks)), int(one.counts), one.source,
         one.channel, one.outlet)
        for one in newest.values()
    )  # fmt: skip


# --- figures


def same_figures(lived: Lived, label: str) -> LeadFigures:
    """Funnel, parts, times in stages, weeks of entry, what moved, handoff and reading of one period."""
    period, now = lived.period(label), lived.year.now
    found: LeadFigures = lived.facts.leads(period)
    leads, house = lived.leads, lived.recount.house
    cohort = [one for one in leads if leadcount.within(one.opened, period.start, period.end)]
    assert (found.ever, found.begun) == (len(leads), min(one.opened for one in leads if one.opened))
    assert funnel(found.all) == leadcount.funnel(cohort, STAGES, now)
    assert {
        part.by: {line.name: funnel(line.funnel) for line in part.lines} for part in found.parts
    } == leadcount.parts(cohort, STAGES, now, OUTLETS)
    assert {one.stage: wait(one.wait) for one in found.stages} == leadcount.stage_times(cohort, STAGES, now)
    assert {
        one.starts_on: {"n": one.n, "qualified": share(one.qualified), "accepted": share(one.accepted),
                        "open": one.open, "to_qualified": wait(one.to_qualified)}
        for one in found.cohorts
    } == leadcount.weeks(leads, [one.starts_on for one in found.cohorts], house, now)  # fmt: skip
    moved = asdict(found.moved) | {name: dict(getattr(found.moved, name)) for name in ("by_kind", "stages", "outcomes")}
    assert moved == leadcount.moved(lived.recount.everybody, STAGES, period.start, period.end)
    same_handoff(lived, found, period)
    silent = lived.recount.silent(period.start, period.end)
    told = asdict(found.reading)
    assert {name: told[name] for name in ("clicked", "doubtful", "named", "more")} == leadcount.reading(
        lived.recount.everybody, period.start, period.end, silent
    )
    return found


def same_handoff(lived: Lived, found: LeadFigures, period: Period) -> None:
    """The ledger."""
    told, now = found.handoff, lived.year.now
    truth = leadcount.handoff(lived.recount.everybody, lived.recount.house, period.start, period.end, now)
    names = (
        "offered",
        "rejected",
        "lapsed",
        "recycled",
        "closed",
        "withdrawn",
        "escalated",
        "open",
        "overdue",
        "recycled_now",
    )
    assert {name: getattr(told, name) for name in names} == {name: truth[name] for name in names}
    assert share(told.accepted) == truth["accepted"]
    assert dict(told.reasons) == truth["reasons"]
    assert (wait(told.wait), wait(told.working)) == (truth["wait"], truth["working"])
    assert {
        one.name: {"offered": one.offered, "accepted": share(one.accepted), "rejected": one.rejected,
                   "lapsed": one.lapsed, "open": one.open, "wait": wait(one.wait)}
        for one in told.by_owner
    } == truth["by_owner"]  # fmt: skip
    assert sorted((one.due, one.lead, one.to) for one in told.open_now) == truth["open_now"]
    assert sorted(told.lapsed_now) == truth["lapsed_now"]
    assert sorted((one.wakes, one.lead) for one in told.waking) == truth["waking"]


def same_goals(lived: Lived) -> None:
    """How each goal stands, and what its shortfall is made of."""
    lines = {one.id: one for one in lived.facts.goals()}
    assert set(lines) == {goal["id"] for goal in leadgoals.GOALS}
    for goal in leadgoals.GOALS:
        told = lines[goal["id"]]
        truth = leadgoals.goal(goal, lived.leads, lived.recount.asked, lived.recount.house, lived.year.now)
        if told.state == "not begun":
            continue
        assert told.reached == truth["n"], goal["id"]
        assert told.pace.expected == pytest.approx(truth["expected"]), goal["id"]
        assert dict(told.by_kind) == truth["by_kind"], goal["id"]
        parts = told.diagnosis.parts
        if truth["parts"] is None:
            assert parts == (), goal["id"]
            continue
        exact = [1000 * part for part in truth["parts"]]
        named = {"leads": 0, "earlier": len(exact) - 1}
        told_parts = [0] * len(exact)
        for part in parts:
            told_parts[named.get(part.step, min(1, len(exact) - 1))] += part.thousandths
        assert all(abs(one - two) < 1 for one, two in zip(told_parts, exact, strict=True)), (
            goal["id"],
            told_parts,
            exact,
        )
        assert sum(told_parts) == told.diagnosis.difference == pytest.approx(float(sum(exact)), abs=0.5001), goal["id"]


def same_credit(lived: Lived, label: str) -> None:
    """What qualified leads are due to, by six models; each gives every lead exactly once."""
    period = lived.period(label)
    for key in ("campaign", "source", "channel"):
        told = lived.facts.credit(period, key)
        truth = leadgoals.credit(lived.leads, key, period.start, period.end)
        assert {one.name: (one.credits, one.touched) for one in told.rows} == truth["rows"], key
        assert told.leads == truth["leads"]
        assert all(sum(row.credits[place] for row in told.rows) == 1000 * told.leads for place in range(6))


def same_report(lived: Lived, label: str, found: LeadFigures) -> None:
    """The report says what the facts say: its JSON and its lines for a spreadsheet."""
    period = lived.period(label)
    report = lived.year.app.plugins.report("leads")
    data = report.write(lived.facts, period, report.Settings()).data
    cohort = [one for one in lived.leads if leadcount.within(one.opened, period.start, period.end)]
    truth = leadcount.funnel(cohort, STAGES, lived.year.now)
    assert data["funnel"]["n"] == truth["n"] == found.all.n
    (row,) = [one for one in data["funnels"] if one["by"] == "all"]
    assert {key: row[key.replace("-", "_")] for key in truth["steps"]} == {
        key: step["k"] for key, (step, _) in truth["steps"].items()
    }
    assert (
        data["moved"]["opened"] == leadcount.moved(lived.recount.everybody, STAGES, period.start, period.end)["opened"]
    )
    assert {one["id"]: one["reached"] for one in data["goals"]} == {
        one.id: one.reached for one in lived.facts.goals(period)
    }


def same_cards(lived: Lived) -> None:
    """The answer cards: who asked because of a campaign, and who qualified in its time."""
    for campaign in CAMPAIGNS:
        start, end = in_time(campaign)
        found = lived.facts.card(campaign)
        assert (found.start, found.until) == (start, end), campaign
        told = found.leads.n, found.leads.enquiries, found.leads.qualified
        assert told == leadcount.card(lived.recount.everybody, campaign, start, end), campaign


def same_as_shown(lived: Lived) -> None:
    """Leads as they stood on a day are what was shown on that day, whatever was learned and undone since."""
    assert lived.year.shown
    for at, lead in lived.year.shown:
        for contact in lead.contacts:
            assert looking.seen(lived.year.work(), contact, at).lead == lead


def same_tables(lived: Lived) -> None:
    """Thrown away and made again from the log, the leads are the same to the last row."""
    session = lived.year.session

    def rows() -> dict[str, list[tuple[Any, ...]]]:
        return {name: session.tuples(f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES}

    jobs.JOBS["qualify"].run(lived.year.app, jobs.never)
    terms = agreeing.ensure(session, lived.year.app.settings, lived.year.now)
    retelling.rebuild(session, terms, lived.year.now)
    before = rows()
    retelling.rebuild(session, terms, lived.year.now)
    assert rows() == before


def test_some_weeks(weeks: Lived) -> None:
    """Twelve weeks: touches, leads and every figure of some weeks, months and the year."""
    same_touches(weeks)
    same_leads(weeks)
    for label in ("2026-W06", "2026-W12", "2026-01", "2026-03", "2026"):
        found = same_figures(weeks, label)
        if "-" in label:
            same_report(weeks, label, found)
    same_goals(weeks)
    same_credit(weeks, "2026-02")
    same_credit(weeks, "2026")
    same_tables(weeks)
    same_points(weeks)
    same_as_shown(weeks)
    same_cards(weeks)
    same_leads(weeks)


def test_all_paths_were_taken(weeks: Lived) -> None:
    """What a recount agrees on without having seen it proves nothing."""
    paths(weeks.recount.everybody, {"", "engaged", "story-qualified"}, {"new", "closed", "faded", "lapsed"})


@pytest.mark.soak
@pytest.mark.timeout(1_500)
def test_the_whole_year(whole: Lived) -> None:
    """Fifty-two weeks of a few hundred people: everything again, for many weeks, every month and the year."""
    same_touches(whole)
    same_leads(whole)
    months = [f"2026-{month:02}" for month in range(1, 13)]
    for label in (*[f"2026-W{week:02}" for week in range(2, 53, 5)], *months, "2026"):
        found = same_figures(whole, label)
        if "-" in label:
            same_report(whole, label, found)
    same_goals(whole)
    for label in (*months, "2026"):
        same_credit(whole, label)
    same_tables(whole)
    same_points(whole)
    same_as_shown(whole)
    same_cards(whole)
    same_leads(whole)
    paths(whole.recount.everybody, {"", *STAGES}, {"new", "offered", "closed", "faded", "lapsed", "recycled"})
