"""The evaluation: every stage of the chain with its figures, and nothing that nobody knows."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from commsleads.contract import Document, Report
from commsleads.delivery import as_csv
from commsleads.errors import ReportError
from commsleads.facts.recorded import Recorded, Replayed, recorded
from commsleads.plan import Campaign, Goal, KeyMessage
from commsleads.reports.evaluation import Evaluation, EvaluationSettings
from commsleads.reports.evaluation.chain import STAGES
from commsleads.rules.periods import parse_period
from commsleads.store.campaigns import plans
from commsleads.store.engine import Session
from tests.campaign_rows import Drive, busy
from tests.ledger import BERLIN, WING, at

WEEK = parse_period("2026-W47", BERLIN)
EVIL = '<img src=x onerror="alert(1)"> =HYPERLINK("http://evil.example") | **x** \u202ereversed'


@pytest.fixture
def drive(session: Session) -> Drive:
    made = Drive(session)
    made.source("post")
    made.weekly_polls()
    busy(made)
    return made


def report(drive: Drive, label: str = "2026-W47", *, facts: dict[str, Any] | None = None, **how: Any) -> Document:
    made: Report[EvaluationSettings] = Evaluation()
    return made.write(drive.facts(**facts or {}), parse_period(label, BERLIN), EvaluationSettings(**how))


def alone(drive: Drive, campaign: Campaign = WING, **facts: Any) -> Document:
    return report(drive, facts={"campaigns": (campaign,)} | facts, campaign=campaign.id)


def stage(document: Document, name: str, campaign: str = WING.id) -> dict[str, dict[str, Any]]:
    """The figures of a stage by their names."""
    rows = [row for row in document.data["chain"] if (row["stage"], row["campaign"]) == (name, campaign)]
    return {row["figure"]: row for row in rows}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_stage_is_told_in_order(drive: Drive) -> None:
    """From the goal to what was learned, none left out, for a campaign and for the office."""
    document = report(drive)
    for campaign in ("", WING.id):
        told = [row["stage"] for row in document.data["chain"] if row["campaign"] == campaign]
        assert list(dict.fromkeys(told)) == list(STAGES)


def test_the_figures_of_a_campaign_are_those_of_its_card(drive: Drive) -> None:
    """Six of twenty did it; clicks are a range; what was sent and asked is told as it was noted."""
    document = alone(drive)
    did = stage(document, "Outcomes")["did it"]
    assert (did["value"], did["of"]) == (6, 20)
    assert did["low"] < 0.3 < did["high"]
    clicks = stage(document, "Out-takes")["clicks by people"]
    assert (clicks["low"], clicks["value"], clicks["high"]) == (41, 55, 68)
    text = flat(document.text)
    assert "6 of 20 known one by one did what was asked (30%, 95% interval 15–52%)" in text
    assert "31 targets aimed at" in text
    assert "1 mailing to 20 targets" in text
    assert "2 excluded; 10 held back to compare with" in text


def test_what_nobody_noted_is_not_noted_and_no_zero(drive: Drive) -> None:
    """Neither cost nor hours were written down, and no goal was registered before the start."""
    document = alone(drive)
    inputs = stage(document, "Inputs")
    assert (inputs["cost"]["words"], inputs["cost"]["value"]) == ("cost not noted", None)
    assert (inputs["hours"]["words"], inputs["hours"]["value"]) == ("hours not noted", None)
    assert stage(document, "Goal")["goal"]["words"] == "no goal with a number was registered before the start"


def test_nobody_who_did_it_is_no_zero_where_nothing_counts_it(session: Session) -> None:
    """A campaign that asks nobody anything: unknown, in words and in the table."""
    made = Drive(session)
    made.source("post")
    made.weekly_polls()
    document = report(made, facts={"campaigns": (replace(WING, ctas=(), targets=()),)})
    did = stage(document, "Outcomes", WING.id)["did it"]
    assert (did["value"], did["of"], did["words"]) == (None, None, "who did what was asked is not measured yet")
    assert f"{WING.name}: not measured yet." in flat(document.text)
    goals = stage(document, "Goal", "")["goals reached"]
    assert (goals["value"], goals["of"], goals["words"]) == (None, None, "whether the goal is reached cannot be told")


def test_cost_hours_and_a_goal_registered_before_the_start(drive: Drive) -> None:
    """What was written down is told with when."""
    plan = replace(WING, cost=1200.0, currency="EUR", hours=30.0)
    with drive.session.atomic():
        plans.keep(drive.session, plan, at("2026-11-01T10:00"), BERLIN, "ada")
    document = alone(drive, plan)
    text = flat(document.text)
    assert "EUR 1,200; 30 hours of work. EUR 150 for each response" in text
    assert "40 school bookings by 31 Dec 2026. registered on 1 Nov 2026, before the start" in text
    assert document.data["campaigns"][0]["level"] == "comprehensive"  # ten were held back to compare with


def test_impact_is_never_claimed_and_nothing_is_worth_money(drive: Drive) -> None:
    """Whatever was counted: impact cannot be told from here, and there is no advertising value."""
    for document in (report(drive), alone(drive)):
        text = flat(document.text)
        assert "Cannot be told from here." in text
        assert "Advertising value: None is given" in text


def test_the_depth_is_told_with_what_is_missing(drive: Drive) -> None:
    """Without a registered goal an evaluation is basic, whatever else there is."""
    assert "Depth of this evaluation: basic; for more it lacks" in flat(alone(drive).text)
    (told,) = alone(drive).data["campaigns"]
    assert told["level"] == "basic"
    assert told["missing"]


def test_a_campaign_to_come_has_nothing_to_tell(drive: Drive) -> None:
    """Before it begins there are no outputs, and no crash."""
    plan = replace(WING, starts_on=WING.ends_on)
    document = alone(drive, plan)
    assert "has not begun: nothing can be told of it yet" in flat(document.text)
    assert stage(document, "Outputs")["stories"]["words"] == "it has not begun"


def test_an_id_of_nothing_is_told(drive: Drive) -> None:
    """A sentence, and where the ids are."""
    with pytest.raises(ReportError, match="of the campaign “nope”, and there is none"):
        report(drive, campaign="nope")


def test_an_office_with_nothing_in_it(session: Session) -> None:
    """A first month: no campaign, no goal, no lead, no enquiry, and a page all the same."""
    document = report(Drive(session), "2026-10", facts={"campaigns": (), "watches": ()})
    text = flat(document.text)
    assert "no goal was set for this month" in text.lower()
    assert "No campaign ran or was written about this month." in text
    assert stage(document, "Outputs", "")["stories"]["words"] == "nobody was looking, so coverage is not known"
    assert document.subject == "Evaluation October: no campaigns, no goal set"


def test_coverage_by_tier_over_the_whole_time(drive: Drive) -> None:
    """Stories of the first week of the campaign count in the evaluation of the second."""
    first = drive.signal("2026-11-10T08:00", tied="utm")
    drive.signal("2026-11-11T08:00", copy_of=first, outlet="Quay Radio", domain="quayradio.example")
    drive.signal("2026-11-18T08:00", tied="watch", outlet="Museum Weekly", domain="museumweekly.example")
    outputs = stage(alone(drive), "Outputs")
    assert outputs["stories"]["value"] == 2
    assert outputs["stories"]["rests_on"].startswith("1 in tier 1 and 1 in tier 2")
    assert (outputs["stories of tier 1"]["value"], outputs["stories of tier 1"]["of"]) == (1, 2)
    assert outputs["pickups"]["value"] == 1


def test_hostile_words_are_words(drive: Drive) -> None:
    """Names, objectives and goals that people typed or imported."""
    plan = replace(WING, name=EVIL, objective=EVIL, goal=Goal(n=3, of=EVIL))
    for document in (alone(drive, plan, organisation=EVIL), report(drive, facts={"campaigns": (plan,)})):
        assert "<img" not in document.html
        assert "\u202e" not in document.html + document.text + document.markdown + document.printed
        assert "onerror" in unescape(re.sub(r"<[^>]*>", "", document.html))
        table = as_csv(document.data)
        assert table is not None
        assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(table)) for cell in row)


def test_many_campaigns_are_bounded(drive: Drive) -> None:
    """Six cards and a line that says how many more there are; the table has all."""
    many = tuple(replace(WING, id=f"c{number}", name=f"Campaign {number}") for number in range(9))
    document = report(drive, facts={"campaigns": many})
    assert "And 3 more: the JSON, the CSV and the workbook have them all." in flat(document.text)
    assert len({row["campaign"] for row in document.data["chain"]}) == 10


def test_it_can_be_made_again(drive: Drive) -> None:
    """The same bytes from what was kept of its facts."""
    made: Report[EvaluationSettings] = Evaluation()
    facts = Recorded(drive.facts(), WEEK)
    then = made.write(facts, WEEK, EvaluationSettings())
    drive.session.execute("DELETE FROM responses")
    assert made.write(Replayed(recorded(facts)), WEEK, EvaluationSettings()) == then


def test_key_messages_over_the_whole_time(drive: Drive) -> None:
    """How many of the campaign's stories carry what we wanted to be said, and whether a person looked."""
    first = drive.signal("2026-11-10T08:00", tied="utm")
    drive.signal("2026-11-18T08:00", tied="watch")
    drive.row(
        "message_hits", signal_id=first, campaign_id=WING.id, message_id="free", story_id=first,
        arrival=drive.session.tuples("SELECT arrival FROM signals WHERE id = ?", (first,))[0][0], prominence=2,
        phrase="free for schools",
    )  # fmt: skip
    plan = replace(WING, messages=(KeyMessage(id="free", text="Free for schools", phrases=("free for schools",)),))
    told = stage(alone(drive, plan), "Outputs")["message free"]
    assert (told["value"], told["of"]) == (1, 2)
    assert told["words"].startswith("“Free for schools” in 1 of 2 (50%")
    assert told["rests_on"] == "none judged by a person"


def test_uplift_is_evidence_and_is_told_as_that(drive: Drive) -> None:
    """Coverage beside its baseline stands under impact with its interval, and never as the impact."""
    for week in range(37, 45):
        drive.week(week, 3)
    for week in (46, 47):
        drive.week(week, 20)
    document = alone(drive)
    impact = stage(document, "Impact")["coverage by what was to be expected"]
    assert impact["words"] == "cannot be told from here"
    assert "evidence of coverage: " in impact["rests_on"]
    if impact["value"] is not None:
        assert impact["low"] < impact["value"]
        assert f"{impact['value']:.1f} times what was to be expected" in impact["rests_on"]
