"""The leads of the demo: what the program made of touches and acts, held against what `leads.toml` says.

The truth stands in the data file, or is counted from `press.toml` by other means than the program's.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.cli import main
from commsleads.demo.handing import edited, open_lead_office
from commsleads.demo.newsroom import WEEKS, ZONE
from tests.desktruth import truths
from tests.shown import Shown, shown_once

DATA = tomllib.loads((resources.files("commsleads.demo") / "leads.toml").read_text(encoding="utf-8"))
TRUTH = {one["who"]: one for one in DATA["leads"]}
Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


@pytest.fixture(scope="module")
def end(shown: Shown) -> str:
    """The demo's last moment, as it is typed."""
    return typed(shown, f"{WEEKS + 1} mon 07:30")


@pytest.fixture(scope="module")
def leads(shown: Shown, end: str) -> Rows:
    """All leads at the end, by their names."""
    rows = shown.ask("lead", "list", "--on", end, "--limit", "0")
    found = {row["name"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def typed(shown: Shown, moment: str) -> str:
    """A moment of the demo as a person types it."""
    return f"{shown.room.calendar.at(moment).astimezone(ZONE):%Y-%m-%dT%H:%M}"


def period_before(shown: Shown) -> str:
    """The week before the one told."""
    year, week, _ = shown.room.calendar.day(f"{WEEKS - 1} mon").isocalendar()
    return f"{year}-W{week:02}"


def name_of(one: dict[str, Any]) -> str:
    return str(one.get("name", one["who"]))


def seen(shown: Shown, one: dict[str, Any], on: str) -> Any:
    return shown.ask("lead", "show", one["who"], "--on", on, "--by", "nadia")


def stands(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["stage"], row["status"], row["owner"]


def qualified(shown: Shown) -> dict[str, datetime]:
    """When each qualified lead came to be one: by the first enquiry that counts, or by a talk that somebody noted."""
    at = shown.room.calendar.at
    found: dict[str, datetime] = {}
    for one in truths(shown.room.calendar).values():
        if one.counts and one.state != "withdrawn" and one.stance in ("positive", "neutral"):
            found.setdefault(one.journalist, one.received)
    return found | {name_of(one): at(one["touches"][-1]["on"]) for one in DATA["leads"] if "touches" in one}


# --- each lead ------------------------------------------------------------------------------------------------------


def test_every_lead_of_the_press_stands_where_the_data_says(shown: Shown, leads: Rows) -> None:
    """Stage, status and owner at the end; and nobody else is qualified."""
    found = {name: (row["outlet"], *stands(row)) for name, row in leads.items() if row["qualified"]}
    assert found == {name_of(one): (one["outlet"], *stands(one)) for one in DATA["leads"]}
    assert found.keys() == qualified(shown).keys()


@pytest.mark.parametrize("who", TRUTH)
def test_every_offer_has_the_answer_it_was_given(shown: Shown, end: str, who: str) -> None:
    """The ledger, line by line: the answers in their order, and each at the moment at which somebody gave it."""
    one = TRUTH[who]
    offers = seen(shown, one, end)["offers"]
    assert [offer["answer"] for offer in offers] == one["offers"]
    answers = {"accept", "reject", "recycle", "assign", "close"}
    acts = {shown.room.calendar.at(act["on"]): act for act in one.get("work", ()) if act["do"] in answers}
    for offer in offers:
        if offer["answer"] in ("accepted", "rejected", "recycled", "withdrawn"):
            act = acts[datetime.fromisoformat(offer["answered_at"])]
            assert (offer["by"], offer["reason"]) == (act["by"], act.get("reason", ""))


def test_who_does_not_answer_in_time_is_passed_over(shown: Shown, end: str) -> None:
    """Eight working hours after the offer it lapses, and somebody else is asked once."""
    first, second = seen(shown, TRUTH["Hal Brisco"], end)["offers"]
    offered, due = (shown.room.calendar.at(moment) for moment in ("2 thu 09:12", "2 thu 17:12"))
    assert (first["to"], first["answer"], first["escalated"]) == ("nadia", "lapsed", False)
    assert [datetime.fromisoformat(first[name]) for name in ("at", "due_at", "answered_at")] == [offered, due, due]
    assert (second["to"], second["by"], second["escalated"], second["at"]) == ("ravi", "ravi", True, first["due_at"])


def test_who_was_recycled_wakes_on_the_day(shown: Shown, end: str) -> None:
    """The second offer is made at the moment that was agreed on, by the clock."""
    record = seen(shown, TRUTH["Owen Tarrant"], end)
    woken = shown.room.calendar.at("6 mon 09:00")
    assert datetime.fromisoformat(record["offers"][1]["at"]) == woken
    (move,) = [move for move in record["moves"] if move["from"] == "recycled"]
    assert (datetime.fromisoformat(move["at"]), move["cause"]) == (woken, "clock")


@pytest.mark.parametrize("who", TRUTH)
def test_a_day_in_week_six_is_shown_as_it_stood(shown: Shown, who: str) -> None:
    """With `--on` nothing that came later is known; of whom nothing was known there is nothing to show."""
    one, day = TRUTH[who], f"{shown.room.calendar.day('6 fri')}"
    if not one["then"]:
        words = ["--config", str(shown.folder / "config.toml"), "lead", "show", one["who"], "--on", day]
        result = CliRunner().invoke(main, [*words, "--by", "nadia"])
        assert result.exit_code == 1
        assert "Nothing was known" in result.output
        return
    record = seen(shown, one, day)
    assert stands(record) == tuple(one["then"])
    assert max(datetime.fromisoformat(move["known_at"]) for move in record["moves"]) < shown.room.calendar.at(
        "6 sat 00:00"
    )
    listed = {row["name"]: row for row in shown.ask("lead", "list", "--on", day, "--limit", "0")}
    assert stands(listed[name_of(one)]) == tuple(one["then"])


def test_two_addresses_are_one_lead_and_two_people_are_two(shown: Shown, end: str, leads: Rows) -> None:
    """A joining holds with all its touches; one that was taken back is as if it had never been, and is told."""
    bram = seen(shown, TRUTH["b.colley@ostreymail.example"], end)
    assert {one["email"] for one in bram["contacts"]} == {"b.colley@ostreymail.example", "bram@letters.example"}
    assert "Abraham Colley" not in leads
    holly = TRUTH["holly.brisco@wendlemere-courier.example"]
    assert leads["Holly Brisco"]["id"] != leads["Hal Brisco"]["id"]
    told = json.dumps(shown.ask("lead", "history", holly["who"], "--on", end, "--by", "nadia"))
    assert all(act["why"] in told for act in holly["work"] if "why" in act)


def test_everybody_else_did_something_and_asked_for_nothing(shown: Shown, leads: Rows) -> None:
    """The other leads answered a campaign, came or rang; who only opened a link of their own is no lead."""
    did, clicked = set[str](), set[str]()
    for campaign in ("heat-next-door", "open-turbine-day"):
        names = {one["id"]: one["name"] for one in shown.ask("target", "list", "--campaign", campaign, "--limit", "0")}
        for row in shown.ask("response", "list", "--campaign", campaign, "--limit", "0"):
            if name := names.get(row["target"]):
                (clicked if row["kind"] == "click" else did).add(name)
    others = {name for name, row in leads.items() if not row["qualified"]}
    assert {leads[name]["stage"] for name in others} == {"engaged"}
    assert others <= did
    assert did - others <= {name_of(one) for one in DATA["leads"]}
    assert len(clicked - did) > 10
    assert (clicked - did) & leads.keys() <= {name_of(one) for one in DATA["leads"]}


# --- the criteria ---------------------------------------------------------------------------------------------------


def test_the_criteria_were_switched_on_by_people(shown: Shown) -> None:
    """The file that the demo began with is number 1; number 2 is what somebody wrote otherwise, from its moment on."""
    one, two = shown.ask("criteria", "list")
    (told,) = DATA["criteria"]
    assert (one["version"], two["version"]) == ("1", "2")
    assert (two["by"], datetime.fromisoformat(two["at"])) == (told["by"], shown.room.calendar.at(told["on"]))
    assert told["why"] in two["note"]
    record = seen(shown, TRUTH["Hal Brisco"], typed(shown, "5 fri 12:00"))
    (move,) = [move for move in record["moves"] if move["to"] == "service-qualified"]
    assert (move["cause"], move["criteria"]) == ("criteria 2", 2)


def test_the_stricter_criteria_name_exactly_the_leads_that_change(shown: Shown) -> None:
    """`criteria try` says of each where it would stand, and of nobody else; nothing is written by it."""
    before = shown.ask("lead", "list", "--limit", "0")
    tried = shown.ask("criteria", "try", str(shown.folder / "criteria-stricter.toml"))
    assert {row["name"]: row["after"]["stage"] for row in tried["changes"]} == DATA["stricter"]["changes"]
    assert shown.ask("lead", "list", "--limit", "0") == before
    assert [one["number"] for one in shown.ask("criteria", "list")] == [1, 2]


def test_what_was_tried_is_what_comes(shown: Shown, tmp_path: Path) -> None:
    """Switched on in a copy of the demo, the stricter criteria change the leads that were named, and no others."""
    copy = shown._replace(folder=tmp_path / "copy")
    shutil.copytree(shown.folder, copy.folder)
    stricter = str(copy.folder / "criteria-stricter.toml")
    before = {row["name"]: stands(row) for row in copy.ask("lead", "list", "--limit", "0")}
    tried = copy.ask("criteria", "try", stricter)
    done = copy.ask("criteria", "apply", stricter, "--why", "agreed", "--by", "nadia")
    after = {row["name"]: stands(row) for row in copy.ask("lead", "list", "--limit", "0")}
    changed = {name: after[name][:2] for name in before if after[name] != before[name]}
    assert changed == {row["name"]: (row["after"]["stage"], row["after"]["status"]) for row in tried["changes"]}
    assert (done["number"], done["changed"]) == (3, len(changed))


def test_the_files_of_criteria_lie_beside_the_settings(shown: Shown) -> None:
    """The file in force is the one that was switched on last; the proposal is a whole file too."""
    office = open_lead_office(shown.room.calendar)
    assert (shown.folder / "criteria-stricter.toml").read_text(encoding="utf-8") == office.stricter
    (act,) = [act for act in office.acts if act.does == "criteria"]
    assert (shown.folder / "criteria.toml").read_text(encoding="utf-8") == act.given["text"] != office.first
    with pytest.raises(ValueError, match="stands 0 times"):
        edited(office.first, [["nobody wrote this", ""]])


# --- goals, digest, report ------------------------------------------------------------------------------------------


def test_the_digest_says_what_was_expected_by_now_and_why_it_is_missing(shown: Shown, leads: Rows) -> None:
    """Section 3: the goal of the quarter is behind; the parts of the diagnosis add up to what is missing."""
    at = shown.room.calendar.at
    start, now, stop = at("1 mon 00:00"), at(f"{WEEKS + 1} mon 07:30"), at("14 mon 00:00")
    part = (now - start) / (stop - start)
    told = shown.digest()["leads"]
    week = [when for when in qualified(shown).values() if when >= at(f"{WEEKS} mon 00:00")]
    assert (told["value"], told["by_enquiry"]) == (len(week), len(week))
    assert (told["goal_id"], told["goal"], told["to_date"], told["pace"]) == ("quarter", 30, len(TRUTH), "behind")
    assert told["expected"] == pytest.approx(30 * part, abs=0.001)
    why = told["diagnosis"]
    assert why["difference"] == pytest.approx(1000 * (len(TRUTH) - 30 * part), abs=1)
    assert sum(one["thousandths"] for one in why["parts"]) == why["difference"]
    came, rate = why["parts"]
    assert (came["actual"], came["expected"]) == (len(leads), pytest.approx(75 * part, abs=0.001))
    assert (rate["share"]["k"], rate["share"]["n"]) == (len(TRUTH), len(leads))
    short, whole = (
        " ".join((shown.folder / "digests" / f"{shown.stem()}{ending}.txt").read_text(encoding="utf-8").split())
        for ending in ("", "-analyst")
    )
    assert "the goal “Qualified leads of the quarter” stands at 13 of 30, behind the 21 expected by now." in short
    assert "expected by now: behind" in whole
    assert why["sentence"] in whole


def test_the_goal_of_the_campaign_was_set_by_a_person(shown: Shown) -> None:
    """It counts the qualified leads that the campaign opened, and stands beside the goal of the settings."""
    goals = {one["id"]: one for one in shown.digest()["leads"]["goals"]}
    (told,) = DATA["goals"]
    ours = goals[told["id"]]
    assert (ours["origin"], ours["n"], ours["campaign"]) == ("people", told["n"], told["campaign"])
    firsts = {one.journalist: one for one in reversed(truths(shown.room.calendar).values()) if one.journalist}
    tied = [
        name
        for name in qualified(shown)
        if name in firsts and any(act.get("campaign") == told["campaign"] for act in firsts[name].work)
    ]
    assert ours["reached"] == len(tied) == 4


def test_the_report_counts_the_week_as_the_data_does(shown: Shown) -> None:
    """Opened, qualified and accepted in the week told; and how many more the US reading counts."""
    report = shown.ask("report", "leads", "--period", shown.stem().removeprefix("weekly-"))
    at = shown.room.calendar.at
    start, stop = at(f"{WEEKS} mon 00:00"), at(f"{WEEKS + 1} mon 00:00")
    accepts = [act for one in DATA["leads"] for act in one.get("work", ()) if act["do"] == "accept"]
    moved = report["moved"]
    assert moved["qualified"] == sum(when >= start for when in qualified(shown).values())
    assert moved["accepted"] == sum(start <= at(act["on"]) < stop for act in accepts)
    assert moved["outcomes"] == {"covered": 1}
    reading = report["reading"]
    assert (reading["reading"], reading["more"], reading["doubtful"], reading["clicked"]) == ("EU", 1, 1, 0)
    before = shown.ask("report", "leads", "--period", period_before(shown))["reading"]
    assert before["more"] == before["clicked"] > 0
