"""What the demo says of its campaigns, held against the truth beside its data."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.demo.campaigning import open_campaign_office
from commsleads.demo.clicking import open_stream
from commsleads.demo.folder import make_folder
from commsleads.demo.newsroom import WEEKS, Calendar
from tests.campaigntruth import DAY, HEAT, Truth
from tests.shown import Shown, shown_once

JOURNALISTS, STREETS = "Regional and trade journalists", "Street representatives in Ostrey"
CLICKED = [
    (HEAT, "check-street"), (HEAT, "ask-us"), (HEAT, "warm-evening"), (DAY, "take-a-place"), (DAY, "pictures"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


def truth_of(shown: Shown) -> Truth:
    return Truth(shown.room.calendar)


def card(shown: Shown, campaign: str) -> Any:
    return shown.ask("campaign", "show", campaign)


def asks(shown: Shown, campaign: str) -> dict[str, Any]:
    return {one["id"]: one for one in card(shown, campaign)["ctas"]}


# --- whom -------------------------------------------------------------------------------------------------------------


def test_whom_the_running_campaign_aimed_at(shown: Shown) -> None:
    """Both lists whole, but for who is excluded and one in five of a group who is held back; each with its N."""
    told, lists = card(shown, HEAT)["targets"], truth_of(shown).office.lists
    held = round(0.2 * len(lists["streets"].members))
    named = len(lists["journalists"].members) + len(lists["streets"].members) - held
    assert (told["n"], told["excluded"], told["control"]) == (named, 3, held)
    assert told["aimed"] == named - 3
    assert {one["name"]: (one["n"], one["aimed"]) for one in told["groups"]} == {
        JOURNALISTS: (64, 61), STREETS: (120 - held, 120 - held),
    }  # fmt: skip


def test_where_a_group_was_not_counted_there_is_no_rate(shown: Shown) -> None:
    """The finished campaign has families whom nobody counted: N is unknown, and nothing is divided by it."""
    told = card(shown, DAY)
    assert (told["targets"]["n"], told["targets"]["aimed"]) == (None, None)
    assert "Families on the coast" in told["targets"]["why"]
    assert all(one["took"]["rate"] is None and one["took"]["low"] is None for one in told["ctas"])
    regional = next(one for one in told["targets"]["groups"] if one["name"] == "Regional journalists")
    assert (regional["n"], regional["excluded"], regional["aimed"]) == (41, 2, 39)


def test_the_lists_were_read_with_their_bad_rows(shown: Shown) -> None:
    """Who stands twice in other letters is one target, and a row without an address is none."""
    rows = shown.ask("target", "list", "--campaign", HEAT, "--limit", "0")
    emails = Counter(row["email"] for row in rows if row["email"])
    assert len(rows) == 64 + 120
    assert max(emails.values()) == 1
    assert "Nobody Inparticular" not in {row["name"] for row in rows}


# --- how many ---------------------------------------------------------------------------------------------------------


def test_who_did_what_the_running_campaign_asked(shown: Shown) -> None:
    """For each call to action exactly those who did it, of those who were aimed at."""
    truth, told = truth_of(shown), asks(shown, HEAT)
    held = {row["email"] for row in shown.ask("target", "list", "--campaign", HEAT, "--limit", "0") if row["control"]}
    wrote = truth.wrote(HEAT, JOURNALISTS) | truth.wrote(HEAT, STREETS)
    expected = {
        "check-street": len(truth.each("heat-each") | truth.marked(HEAT, "check-street")),
        "ask-us": len(wrote - held),
        "warm-evening": len(truth.marked(HEAT, "warm-evening")),
        "say-it": 0,
    }
    assert {name: one["took"]["n"] for name, one in told.items()} == expected
    n = card(shown, HEAT)["targets"]["aimed"]
    for name, one in told.items():
        assert one["targets"] == n
        assert one["took"]["rate"] == pytest.approx(expected[name] / n, abs=1e-4)
        assert one["took"]["low"] <= one["took"]["rate"] <= one["took"]["high"]
    assert told["say-it"]["unknown"] == len(truth.stories(shown.room)) == 2


def test_how_many_came_to_the_turbines(shown: Shown) -> None:
    """Seven journalists by name, and twelve families of whom nobody knows who they are."""
    truth, climb = truth_of(shown), asks(shown, DAY)["climb"]
    assert climb["took"]["n"] == len(truth.marked(DAY, "climb"))
    assert climb["unknown"] == next(one["times"] for one in truth.office.marks if "times" in one)


def test_where_everybody_stands(shown: Shown) -> None:
    """Who did anything that was asked did it, who only clicked on the way has responded, the others were contacted."""
    truth, told = truth_of(shown), card(shown, HEAT)
    did = truth.each("heat-each") | truth.marked(HEAT, "check-street") | truth.marked(HEAT, "warm-evening")
    on_the_way = truth.each("heat-each-evening") - did
    streets = {row["id"]: row for row in shown.ask("target", "list", "--campaign", HEAT, "--limit", "0")}
    order = sorted(
        (row for row in streets.values() if row["group"] == STREETS and not row["control"]),
        key=lambda row: row["email"],
    )
    wrote = {place for place, row in enumerate(order) if row["email"] in truth.wrote(HEAT, STREETS)}
    journalists = len(truth.wrote(HEAT, JOURNALISTS))
    assert told["targets"]["statuses"] == {
        "targeted": 0,
        "contacted": told["targets"]["aimed"] - len(did | wrote) - len(on_the_way - wrote) - journalists,
        "responded": len(on_the_way - wrote),
        "did it": len(did | wrote) + journalists,
    }


def test_those_held_back_are_compared(shown: Shown) -> None:
    """They got no link, one of them came all the same, and no difference is claimed from so few."""
    found = card(shown, HEAT)["difference"]
    assert (found["control"]["k"], found["control"]["n"]) == (1, 24)
    assert found["low"] <= found["value"] <= found["high"]
    links = shown.ask("link", "list", "--campaign", HEAT)
    held = {row["id"] for row in shown.ask("target", "list", "--campaign", HEAT, "--limit", "0") if row["control"]}
    assert not held & {row["target"] for row in links}


# --- clicks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("campaign", "cta"), CLICKED)
def test_the_range_holds_the_true_clicks_and_the_best_figure_is_near(shown: Shown, campaign: str, cta: str) -> None:
    """Between certain people and all but certain machines; the best within a tenth."""
    true, found = truth_of(shown).people(campaign, cta), asks(shown, campaign)[cta]["clicks"]
    assert found["certain_human"] <= true <= found["not_machine"] <= found["all"]
    assert abs(found["best"] - true) <= max(1, true / 10)


@pytest.mark.parametrize(("campaign", "cta"), CLICKED)
def test_every_request_is_counted_once(shown: Shown, campaign: str, cta: str) -> None:
    """All clicks are those that were sent; where a gateway fetches a link twice within ten seconds the first counts."""
    truth, one = truth_of(shown), asks(shown, campaign)[cta]
    sent = truth.all(campaign, cta)
    assert sent - 3 <= one["clicks"]["all"] <= sent


def test_who_is_certainly_a_person_is_one(shown: Shown) -> None:
    """Each of these hits was sent by a person, at that second; and no person is a certain machine."""
    truth = truth_of(shown)
    sent = Counter((click.when.replace(microsecond=0), click.device.agent, click.person) for click in truth.stream)
    seen = 0
    for campaign in (HEAT, DAY):
        for hit in shown.ask("hits", "--campaign", campaign, "--limit", "0"):
            who = (datetime.fromisoformat(hit["at"]), hit["agent"])
            if hit["verdict"] == "certain_human":
                assert sent[*who, True], hit
                seen += 1
            if hit["verdict"] == "certain_machine" and hit["asked"] == "get" and not hit["link"].startswith("http"):
                assert sent[*who, False], hit
    assert seen > 300


def test_the_channels_of_clicks_are_those_of_the_links(shown: Shown) -> None:
    """By the channel of the link, each near what people did; the short link elsewhere has no channel of ours."""
    truth, told = truth_of(shown), asks(shown, HEAT)["check-street"]
    true = Counter(
        truth.office.links[click.link].channel for click in truth.requests(HEAT, "check-street") if click.person
    )
    found = {name: part["best"] for name, part in told["clicks_by_channel"].items() if name in true}
    assert found.keys() == true.keys()
    assert all(abs(found[name] - n) <= max(1, n / 10) for name, n in true.items())


def test_from_where_people_came(shown: Shown) -> None:
    """Search, social networks, webmail, an assistant: as many as came from there."""
    truth, told = truth_of(shown), asks(shown, HEAT)["check-street"]["clicks_by_medium"]
    media = {"google": "search", "linkedin": "social", "facebook": "social", "mail.google": "mail", "outlook": "mail",
             "chatgpt": "assistant", "themeridian": "referral"}  # fmt: skip
    true: Counter[str] = Counter()
    for click in truth.requests(HEAT, "check-street"):
        if click.person and click.referrer:
            name = max((one for one in media if one in click.referrer), key=len)
            true[media[name]] += 1
    assert {name: part["best"] for name, part in told.items() if name != "direct"} == true


def test_what_cannot_be_assigned_is_said(shown: Shown) -> None:
    """The clicks on links for all, and the responses of nobody knows whom."""
    truth, told = truth_of(shown), card(shown, HEAT)
    people = sum(truth.people(HEAT, cta) for cta in ("check-street", "ask-us", "warm-evening"))
    open_clicks = people - sum(
        click.person and truth.office.links[click.link].each
        for cta in ("check-street", "warm-evening")
        for click in truth.requests(HEAT, cta)
    )
    assert told["not_attributed"]["responses"] == len(truth.stories(shown.room))
    assert abs(told["not_attributed"]["clicks"] - open_clicks) <= open_clicks / 10
    assert told["unattributed"] == told["not_attributed"]["responses"] + told["not_attributed"]["clicks"]


# --- the link service -------------------------------------------------------------------------------------------------


def test_the_link_service_is_read_through_outage_and_new_beginning(shown: Shown) -> None:
    """Nothing negative, doubled or invented: what it showed to us is all there, and the outage is a gap."""
    truth = truth_of(shown)
    heard = truth.visits()
    found = {row["measure"]: row for row in shown.ask("counters", "--campaign", HEAT)}
    assert (found["clicks"]["gained"], found["clicks"]["earlier"]) == (len(heard), 0)
    assert found["clicks without bots"]["gained"] == sum(one.person for one in heard)
    assert all(row["resets"] == 1 and row["gaps"] == 1 for row in found.values())
    singly = [hit for hit in shown.ask("hits", "--campaign", HEAT, "--limit", "0") if hit["link"].startswith("http")]
    assert len(singly) == len(heard)


# --- what is told -----------------------------------------------------------------------------------------------------


def test_the_digest_tells_what_the_card_tells(shown: Shown) -> None:
    """The figures of the last digest are those of the card on that morning."""
    (answer,) = shown.digest()["campaigns"]
    told = card(shown, HEAT)
    assert answer["took"] == told["did"]["n"]
    for line, one in zip(answer["asked"], told["ctas"], strict=True):
        assert (line["took"], line["clicks"]) == (one["took"], one["clicks"])
    assert (answer["goal"], answer["pace"]["n"]) == (140, sum(one["responses"] for one in told["ctas"]))


def test_the_digest_tells_that_a_page_is_gone(shown: Shown) -> None:
    """The page of the warm evening went away in the week reported; the others stand."""
    (answer,) = shown.digest()["campaigns"]
    assert {one["id"]: one["trouble"] for one in answer["asked"] if one["trouble"]} == {"warm-evening": "gone"}
    text = (shown.folder / "digests" / f"{shown.stem()}-analyst.txt").read_text(encoding="utf-8")
    assert re.search(r"laundry”\s+is gone", text)


def test_the_plan_was_written_down_before_the_start(shown: Shown) -> None:
    """Both plans were there before their first day and were not changed."""
    for campaign in (HEAT, DAY):
        plan = card(shown, campaign)["plan"]
        assert plan["before_the_start"]
        assert not plan["since"]


def test_the_demo_ends_with_the_answer_card_in_short(shown: Shown) -> None:
    """Whom, how many, clicks as a range, the goal; each as in the card."""
    told = card(shown, HEAT)
    short = shown.said.partition("The answer card of Heat Next Door, in short:")[2].partition("The open board")[0]
    assert f"{told['targets']['aimed']} aimed at, 3 excluded, 24 held back" in short
    for one in told["ctas"]:
        assert f"{one['took']['n']} of {one['targets']}" in short
    clicks = told["ctas"][0]["clicks"]
    assert f"{clicks['certain_human']} to {clicks['not_machine']} clicks by people, best {clicks['best']}" in short
    assert f"{sum(one['responses'] for one in told['ctas'])} of 140 responses" in short


def test_no_address_of_a_visitor_is_kept(shown: Shown) -> None:
    """Neither in the database nor in what the redirector has put down."""
    addresses = {click.address.encode() for click in truth_of(shown).stream}
    kept = [shown.folder / "commsleads.db", *(shown.folder / "commsleads.db-clicks").iterdir()]
    for file in kept:
        held = file.read_bytes()
        assert not [one for one in addresses if one in held]


# --- the data by itself -----------------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_the_stream_of_any_week_is_sound(day: date) -> None:
    """The same Monday gives the same requests, in order, none at the moment of another, none before its link."""
    calendar = Calendar(day - timedelta(days=day.weekday()))
    office = open_campaign_office(calendar)
    stream = open_stream(calendar, office)
    assert stream == open_stream(calendar, office)
    moments = [click.when for click in stream]
    assert moments == sorted(set(moments))
    assert moments[-1] < calendar.at(f"{WEEKS + 1} mon 07:30")
    made = {act.given["link"].key: act.when for act in office.acts if "link" in act.given}
    assert all(made[click.link] < click.when for click in stream if click.link)
    assert 500 < sum(click.person for click in stream) < 700
    again = [(click.when, click.link) for click in stream if click.again]
    assert len(again) == 14


def test_the_lists_are_files_that_anybody_can_read() -> None:
    """Each has its rows and the spoilt ones; nobody stands on one twice but who is spoilt."""
    office = open_campaign_office(Calendar(date(2026, 11, 16)))
    for one in office.lists.values():
        rows = list(csv.DictReader(io.StringIO(one.csv()), delimiter=";"))
        assert len(rows) == len(one.members) + len(one.spoilt)
        assert len({member.email for member in one.members}) == len(one.members)


def test_a_demo_begins_without_the_clicks_of_the_last_one(tmp_path: Path) -> None:
    """What an earlier demo left in the spool, among its lists and secrets is deleted; what is not the demo's stays."""
    make_folder(tmp_path / "demo")
    ours = ("commsleads.db-clicks/12-ab34.clicks", "commsleads.db-clicks/2026-11-16.salt", "lists/journalists.csv")
    theirs = ("commsleads.db-clicks/notes.txt", "lists/mine.xlsx", "secrets/other")
    for name in (*ours, "secrets/wndl", *theirs):
        file = tmp_path / "demo" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("", encoding="utf-8")
    make_folder(tmp_path / "demo")
    left = {file.relative_to(tmp_path / "demo").as_posix() for file in (tmp_path / "demo").rglob("*") if file.is_file()}
    assert left == {".commsleads-demo", *theirs}


def check_all(shown: Shown) -> None:
    """All figures of both campaigns, for a demo of any day."""
    test_whom_the_running_campaign_aimed_at(shown)
    test_who_did_what_the_running_campaign_asked(shown)
    test_how_many_came_to_the_turbines(shown)
    test_where_everybody_stands(shown)
    for campaign, cta in CLICKED:
        test_the_range_holds_the_true_clicks_and_the_best_figure_is_near(shown, campaign, cta)
        test_every_request_is_counted_once(shown, campaign, cta)
    test_who_is_certainly_a_person_is_one(shown)
    test_the_link_service_is_read_through_outage_and_new_beginning(shown)
