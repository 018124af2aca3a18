"""The answer card, out of real tables filled by hand and counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.cli import main
from commsleads.plan import CallToAction, Goal, TargetGroup
from commsleads.reports.campaign.data import card_data
from commsleads.responses import Clicks
from commsleads.store.campaigns import plans
from commsleads.store.engine import Engine, Session
from tests.campaign_rows import HUMAN, LIKELY, MACHINE, SENT, Drive, busy
from tests.ledger import BERLIN, WING, at
from tests.office import office as museum
from tests.reports.desk_office import OMAR, PRIYA, RUTH, office


@pytest.fixture
def drive(session: Session) -> Drive:
    return Drive(session)


def only(*groups: TargetGroup) -> dict[str, Any]:
    """The campaign with these groups and no others."""
    return {"campaigns": (replace(WING, targets=groups),)}


# --- whom ----------------------------------------------------------------------------------------------------------


def test_whom(drive: Drive) -> None:
    """A list counts before what the plan says; a group without one counts as declared; those held back are apart."""
    busy(drive)
    whom = drive.card().whom
    assert (whom.n, whom.excluded, whom.aimed, whom.listed, whom.control) == (33, 2, 31, 20, 10)
    assert whom.source == "list and plan"
    assert whom.exclusions == (("address bounces", 1), ("asked not to be contacted", 1))
    assert [(g.name, g.n, g.aimed, g.listed, g.declared, g.control) for g in whom.groups] == [
        ("education desks", 22, 20, True, 38, False),
        ("local radio", 11, 11, False, 11, False),
        ("held back", 10, 10, True, None, True),
    ]
    assert dict(whom.statuses) == {"targeted": 0, "contacted": 20, "responded": 0, "did it": 0}


def test_a_mark_that_was_taken_back_is_no_answer(drive: Drive) -> None:
    """The time of the first response stays with a target who was set back; the funnel does not count it."""
    stood = {"responded_at": "2026-11-13T10:00:00Z", "first_response": "marked by ada"}
    drive.target("back", status="contacted", **stood)
    drive.target("on", status="responded", **stood)
    assert {step.name: step.n for step in drive.card().funnel}["responded"] == 1


def test_as_declared_where_there_is_no_list(drive: Drive) -> None:
    """N is what the plan says less who was excluded; who did it nobody can tell, so there is no rate."""
    drive.response("2026-11-12T10:00")
    card = drive.card()
    assert (card.whom.n, card.whom.excluded, card.whom.aimed, card.whom.source) == (49, 2, 47, "plan")
    (cta,) = card.ctas
    assert (cta.targets, cta.took, cta.unknown, cta.responses) == (47, (None, None, None, None), 1, 1)
    assert (card.unattributed.total, card.funnel) == (1, ())


def test_n_is_not_known(drive: Drive) -> None:
    """One group that nobody counted: N is not known, it says which, and no rate is given though one did it."""
    drive.response("2026-11-12T10:00", drive.target("ann"))
    groups = (TargetGroup(name="education desks"), TargetGroup(name="passers-by"))
    card = drive.card(**only(*groups))
    assert (card.whom.n, card.whom.aimed, card.whom.why) == (None, None, "nobody counted passers-by")
    (cta,) = card.ctas
    assert (cta.targets, cta.took.n, cta.took.rate, cta.took.low) == (None, 1, None, None)


def test_a_list_of_no_group_is_that_of_the_only_group_without_one(drive: Drive) -> None:
    """Who was imported without naming a group is not counted beside the group that was declared."""
    for name in ("ann", "ben", "cleo"):
        drive.target(name, group="")
    card = drive.card(**only(TargetGroup(name="education desks", n=40)))
    assert (card.whom.aimed, card.whom.listed, card.whom.source) == (3, 3, "list")


def test_an_empty_campaign_claims_nothing(drive: Drive) -> None:
    """Nobody, nothing, no dates: every part of the card is there, and nothing is zero that is not known."""
    bare = type(WING)(id="bare")
    card = drive.card("bare", campaigns=(bare,))
    told = card_data(card)
    assert (told["targets"]["n"], told["ctas"], told["clicks"], told["goal"]) == (None, [], None, None)
    assert (told["difference"], told["plan"], told["did"]["n"]) == (None, None, None)
    assert (told["unattributed"], told["leads"]["n"], told["uplift"]["word"]) == (0, 0, "cannot tell")
    assert card.whom.why == "no target group is declared and no list was imported"


# --- how many ------------------------------------------------------------------------------------------------------


def test_how_many_did_it(drive: Drive) -> None:
    """Different targets are counted and not responses; those held back, outside the time or set aside are apart."""
    busy(drive)
    (cta,) = drive.card().ctas
    assert (cta.targets, cta.took.n, cta.took.rate) == (20, 6, 0.3)
    assert [cta.took.low, cta.took.high] == pytest.approx([0.1455, 0.5190], abs=1e-4)
    assert (cta.unknown, cta.control, cta.outside, cta.steps, cta.excluded) == (1, 1, 1, 1, 0)
    assert dict(cta.by_kind) == {"form": 7, "phone": 1}
    assert (cta.curve[0].n, cta.curve[-1].n) == (0, 6)
    assert cta.wait is not None
    assert (cta.wait.n, cta.wait.came, cta.wait.median) == (20, 6, None)
    assert cta.first_at == SENT + timedelta(hours=3)


@pytest.mark.parametrize(("did", "low", "high"), [(0, 0.0, 0.2775), (10, 0.7225, 1.0)])
def test_none_and_all(drive: Drive, did: int, low: float, high: float) -> None:
    """None of ten and all of ten have intervals that do not promise none or all for ever."""
    people = drive.targets(10)
    for person in people[:did]:
        drive.response("2026-11-12T10:00", person)
    (cta,) = drive.card(**only(TargetGroup(name="education desks"))).ctas
    assert (cta.took.n, cta.took.rate) == (did, did / 10)
    assert [cta.took.low, cta.took.high] == pytest.approx([low, high], abs=1e-4)


def test_clicks_are_a_range_of_the_measured_time(drive: Drive) -> None:
    """Before the start and after the window are apart; traps are no clicks, a double click is one twice asked for."""
    busy(drive)
    drive.clicks("l-wing", "2026-12-27T22:00", HUMAN, 1)
    drive.clicks("l-wing", "2026-12-28T00:00", HUMAN, 7)
    (cta,) = drive.card().ctas
    assert cta.clicks == Clicks(42, 56, 69, 189)
    assert (cta.before, cta.after, cta.again) == (Clicks(3, 3, 3, 3), Clicks(7, 7, 7, 7), 5)
    assert dict(cta.clicks_by_channel)["print"] == Clicks(0, 2, 2, 2)
    assert dict(cta.clicks_by_medium)["social"] == Clicks(10, 10, 10, 10)
    assert [(link.address, link.busiest) for link in cta.links] == [
        ("https://go.museum.example/r/wing", 38),
        ("https://go.museum.example/r/poster", None),
    ]
    (counter,) = cta.counters
    assert (counter.n, counter.rule, counter.zone, len(counter.gaps)) == (214, "every GET and HEAD", "UTC", 1)


def test_a_link_nobody_clicked_is_zero_and_no_link_is_unknown(drive: Drive) -> None:
    """Zero is said only where something would have counted."""
    assert drive.card().ctas[0].clicks is None
    drive.link("wing")
    assert drive.card().ctas[0].clicks == Clicks(0, 0, 0, 0)


def test_what_nobody_can_assign(drive: Drive) -> None:
    """Clicks at links for all and responses without a target; clicks at links by person have somebody."""
    busy(drive)
    drive.link("own", target_id="t-e000")
    drive.clicks("l-own", "2026-11-12T10:00", LIKELY, 4)
    card = drive.card()
    assert (card.unattributed.clicks, card.unattributed.responses, card.unattributed.total) == (55, 1, 56)
    assert (card.ctas[0].personal, card.clicks and card.clicks.best) == (1, 59)


def test_another_campaign_changes_nothing(drive: Drive) -> None:
    """Clicks, targets and responses of others are in no figure of this one."""
    busy(drive)
    before = drive.card()
    drive.link("else", campaign_id="other")
    drive.clicks("l-else", "2026-11-12T10:00", MACHINE, 900)
    drive.target("else", campaign_id="other")
    drive.response("2026-11-12T10:00", "t-else", campaign_id="other")
    assert drive.card() == before


# --- against those held back, goal, plan ---------------------------------------------------------------------------


def test_against_those_held_back(drive: Drive) -> None:
    """Six of twenty against one of ten is no difference that can be told; clicks are left out on both sides."""
    busy(drive)
    found = drive.card().difference
    assert found is not None
    assert (found.word, found.rest.k, found.rest.n, found.control.k, found.control.n) == ("cannot tell", 6, 20, 1, 10)
    assert found.low is not None
    assert found.low < 0 < (found.value or 0) < (found.high or 0)
    assert found.detectable is not None


def test_without_anybody_held_back_there_is_no_comparison(drive: Drive) -> None:
    """No control group, no difference; one that is only declared cannot be compared, and says why."""
    drive.targets(3)
    assert drive.card().difference is None
    found = drive.card(**only(TargetGroup(name="kept", n=5, control=True))).difference
    assert found is not None
    assert (found.word, found.why) == ("cannot tell", "those held back are not known one by one")


def test_a_click_proves_nothing_against_those_who_have_no_link(drive: Drive) -> None:
    """Where only clicks were seen, the comparison says that it cannot be made."""
    people = drive.targets(5)
    drive.targets(5, "held", control=1)
    for person in people:
        drive.response("2026-11-12T10:00", person, kind="click")
    found = drive.card().difference
    assert found is not None
    assert (found.word, found.rest.k) == ("cannot tell", 0)
    assert "clicks only" in found.why


def test_the_goal_counts_what_it_names(drive: Drive) -> None:
    """Bookings are responses, clicks are clicks, leads nobody counts yet; what it means must be sayable."""
    busy(drive)

    def goal(of: str, *ctas: CallToAction) -> tuple[int | None, str]:
        changed = replace(WING, goal=Goal(n=40, of=of), ctas=ctas or WING.ctas)
        card = drive.card(campaigns=(changed,))
        assert card.pace is not None
        return card.pace.n, card.goal_counts

    assert goal("school bookings")[0] == 8
    assert goal("clicks")[0] == 55
    assert goal("qualified leads")[0] is None
    more = CallToAction(id="film", wording="See the film")
    assert goal("bookings", *WING.ctas, more)[0] == 8
    assert goal("something else", *WING.ctas, more)[0] is None
    assert goal("responses", *WING.ctas, more)[0] == 8


def test_cost_of_a_response(drive: Drive) -> None:
    """Cost is told for each response with the number of them, and for none where there is none."""
    paid = replace(WING, cost=400.0, currency="EUR")
    assert drive.card(campaigns=(paid,)).cost_each is None
    busy(drive)
    assert (drive.card(campaigns=(paid,)).cost_each, drive.card(campaigns=(paid,)).responses) == (50, 8)


def test_the_plan_as_it_was_stamped(drive: Drive) -> None:
    """What was written down before the start was promised; what came after is a change, named with what it was."""
    plans.keep(drive.session, WING, at("2026-11-01T09:00"), BERLIN, "ada")
    softer = replace(WING, goal=Goal(n=10, of="school bookings", by=date(2026, 12, 31)))
    plans.keep(drive.session, softer, at("2026-11-15T09:00"), BERLIN, "ben")
    promise = drive.card().promise
    assert promise is not None
    assert (promise.late, promise.stamped_by, len(promise.since)) == ("", "ada", 1)
    (change,) = promise.since[0].changes
    assert (change.was, change.now) == ("40", "10")


def test_how_far_they_went(drive: Drive) -> None:
    """Each step by what is known of it; clicks are a step only where links are by person."""
    busy(drive)
    steps = {step.name: step for step in drive.card().funnel}
    assert [(name, step.n) for name, step in steps.items()] == [
        ("targeted", 20), ("contacted", 20), ("responded", 6), ("did it", 6),
    ]  # fmt: skip
    drive.link("own", target_id="t-e007")
    clicked = {step.name: step for step in drive.card().funnel}["clicked"]
    assert (clicked.n, clicked.before, clicked.share and clicked.share.n) == (1, "contacted", 20)
    assert clicked.wait is not None
    assert clicked.wait.of_those == timedelta(days=3)


def test_leads_are_journalists(engine: Engine, tmp_path: Path) -> None:
    """Two enquiries of one journalist are one lead; a hostile one, or one of no campaign, is none."""
    with office(engine, tmp_path) as desk:
        for when, who, stance, campaigns in (
            ("10 09:30", RUTH, "positive", ("new-wing",)),
            ("12 09:30", RUTH, "neutral", ("new-wing",)),
            ("13 09:30", PRIYA, "hostile", ("new-wing",)),
            ("16 09:30", OMAR, "positive", ()),
        ):
            desk.came(when, "The wing", who, stance=stance, campaigns=campaigns)
        card = desk.facts(campaigns=(WING,)).card("new-wing")
    assert card is not None
    assert (card.leads.n, card.leads.enquiries, card.leads.qualified, card.leads.goal) == (1, 2, None, 40)


# --- the commands --------------------------------------------------------------------------------------------------


def test_show_and_list(tmp_path: Path) -> None:
    """The JSON has the shape that other programs rely on; the list tells each campaign in a line."""
    app, _ = museum(tmp_path, {})
    run = CliRunner()
    shown = run.invoke(main, ["campaign", "show", "new-wing", "--json", "--config", str(tmp_path / "config.toml")])
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    assert told["targets"]["n"] is None
    assert {"id", "targets", "ctas", "leads", "unattributed", "uplift"} <= set(told)
    assert {"n", "qualified", "goal"} <= set(told["leads"])
    listed = run.invoke(main, ["campaign", "list", "--json", "--config", str(tmp_path / "config.toml")])
    assert [row["id"] for row in json.loads(listed.stdout)] == ["new-wing"]
    narrow = run.invoke(
        main, ["campaign", "list", "--config", str(tmp_path / "config.toml")], env={"COLUMNS": "80"}
    ).stdout  # fmt: skip
    assert max(map(len, narrow.splitlines())) <= 80
    assert "goal" in narrow
    empty = run.invoke(main, ["report", "campaign", "--period", "2020-W01", "--config", str(tmp_path / "config.toml")])
    assert "in this time." in empty.stdout
    words = run.invoke(main, ["campaign", "show", "new-wing", "--config", str(tmp_path / "config.toml")])
    assert "How many were aimed at is not known." in " ".join(words.stdout.split())
    wrong = run.invoke(main, ["campaign", "show", "new-win", "--config", str(tmp_path / "config.toml")])
    assert wrong.exit_code == 2
    assert "new-wing" in wrong.output
    app.engine.close()
