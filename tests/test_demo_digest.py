"""Every figure of the demo's last digest, held against the truth beside its data."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from commsleads.demo.newsroom import WEEKS, ZONE
from tests import alerttruth, readingtruth
from tests.campaigntruth import HEAT
from tests.desktruth import truths
from tests.readingtruth import DATA, about_us, carried, entered, said, told, told_then
from tests.shown import Shown, shown_once
from tests.test_demo_page import test_it_is_as_long_as_its_readers_have_time as is_short
from tests.test_demo_page import text


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


@pytest.fixture(scope="module")
def digest(shown: Shown) -> Any:
    return shown.digest()


def flat(words: str) -> str:
    """The same on one line, so that it does not matter where lines end."""
    return " ".join(words.split())


def stories_of(shown: Shown) -> dict[str, str]:
    """The key of each story by its id in the store."""
    first = {story.title: story.key for story in shown.room.stories.values()}
    first |= {title: story.key for story in shown.room.stories.values() for title in story.edits}
    rows = shown.ask("stories", "--limit", "0")
    return {row["id"]: first[row["title"]] for row in rows if row["title"] in first}


# --- coverage ---------------------------------------------------------------------------------------------------------


def test_the_stories_and_what_they_stand_against(shown: Shown, digest: Any) -> None:
    """The week, the one before, the medians and the weeks behind them, without the one that nobody saw whole."""
    room, figure = shown.room, digest["figures"]["stories"]
    counts = [told(room, week) for week in range(1, WEEKS)]
    seen = [n for week, n in enumerate(counts, 1) if week != 5]
    assert figure["value"] == told(room, WEEKS) == 17
    assert figure["previous"] == counts[-1]
    assert figure["median_4"] == sorted(seen[-3:])[1]
    assert figure["median_8"] == sorted(seen)[len(seen) // 2]
    assert figure["n"] == len(seen)
    assert digest["verdict"]["baseline"]["expected"] == pytest.approx(sum(seen) / len(seen), abs=0.001)
    everything = [s for s in room.stories.values() if s.week == WEEKS and s.about and s.copies and not s.stray]
    assert digest["figures"]["all_stories"]["value"] == len(everything) + len(entered(room, WEEKS))


def test_each_story_with_its_outlets(shown: Shown, digest: Any) -> None:
    """Every story of the week with its pickups, its best tier and what it is about."""
    room, keys = shown.room, stories_of(shown)
    told_of = {keys[row["id"]]: row for row in digest["stories"] if row["id"] in keys}
    expected = {s.key for s in room.stories.values() if s.week == WEEKS and s.about and s.copies and not s.stray}
    assert told_of.keys() == expected
    for key, row in told_of.items():
        story = room.stories[key]
        assert row["pickups"] == len(story.copies) - 1
        assert row["tier"] == readingtruth.tier(room, story)
        assert {watch if isinstance(watch, str) else watch["id"] for watch in row["watches"]} == story.about
    (by_hand,) = [row for row in digest["stories"] if row["id"] not in keys]
    assert by_hand["title"] == DATA["found"][0]["title"]
    assert by_hand["tier"] is None


def test_voices_plain_and_weighted(shown: Shown, digest: Any) -> None:
    """Shares in stories, and in stories weighed by outlet and place, of this week and the one before."""
    room = shown.room
    (each, whole), (before, whole_before) = (readingtruth.weights(room, week) for week in (WEEKS, WEEKS - 1))
    for voice in digest["share_of_voice"]:
        name = voice["id"]
        by_hand = sum(name in one["watches"] for one in entered(room, WEEKS))
        assert voice["share"]["k"] == len(room.told(WEEKS, name)) + by_hand
        assert voice["previous"]["k"] == len(room.told(WEEKS - 1, name))
        assert (voice["weight"], voice["of"]) == (each[name], whole)
        assert voice["weighted"] == pytest.approx(each[name] / whole, abs=1e-4)
        assert voice["previous_weighted"] == pytest.approx(before[name] / whole_before, abs=1e-4)


def test_messages_k_of_n(shown: Shown, digest: Any) -> None:
    """Each key message in so many of the campaign's stories, this week and the one before, and how rightly."""
    room = shown.room
    by_hand = sum(HEAT in one["watches"] for one in entered(room, WEEKS))
    assert len(digest["messages"]) == 3
    for message in digest["messages"]:
        (k, n), (k_before, n_before) = (carried(room, week, message["id"]) for week in (WEEKS, WEEKS - 1))
        marks = readingtruth.accuracy(message["id"])
        assert (message["share"]["k"], message["share"]["n"]) == (k, n + by_hand)
        assert (message["previous"]["k"], message["previous"]["n"]) == (k_before, n_before)
        assert message["judged"] == message["accuracy"]["n"] == len(marks)
        assert (message["accuracy"]["k"], message["partly"], message["wrong"]) == tuple(map(marks.count, (2, 1, 0)))
    assert min(message["share"]["k"] for message in digest["messages"]) == 0


def test_tone_as_people_read_it(shown: Shown, digest: Any) -> None:
    """What people said of the week's stories, the newest word of each; all others are unchecked or not read."""
    room, tone, words = shown.room, digest["tone"], Counter(said(shown.room, WEEKS).values())
    assert tone["n"] == told(room, WEEKS)
    assert tone["checked"] == {name: words[name] for name in ("negative", "neutral", "positive", "mixed")}
    assert (tone["negative"]["k"], tone["negative"]["n"]) == (words["negative"], words.total())
    assert words.total() + sum(tone["unchecked"].values()) + tone["unread"] == tone["n"]
    foreign = {"nachbarschaftswaerme", "mille-foyers"} - said(room, WEEKS).keys()
    assert tone["unread"] >= len(foreign)
    before = Counter(said(room, WEEKS - 1).values())
    assert tone["previous"] == {name: before[name] for name in ("negative", "neutral", "positive", "mixed")}


def test_the_machine_is_held_to_what_people_said(digest: Any) -> None:
    """Its reliability is reckoned on every story that a person read and that it had a guess about, and printed with
    the figure: the demo's news is not what it learnt from, and that is said."""
    last: dict[str, str] = {}
    for one in DATA["tones"]:
        last |= one["stories"]
    found = digest["tone"]["reliability"]
    assert found["mixed"] == sum(tone == "mixed" for tone in last.values())
    assert len(last) - 3 <= found["n"] + found["mixed"] <= len(last)
    was = dict(zip(("negative", "neutral", "positive"), found["was"], strict=True))
    assert sum(was.values()) == found["n"] == found["agreed"]["n"] == sum(one["was"]["n"] for one in found["bins"])
    assert sum(found["expected"]) == pytest.approx(found["n"], abs=0.1)


def test_uplift_as_counted_on_the_fingers(shown: Shown, digest: Any) -> None:
    """The stories since the campaign began against the same weekdays before it, and the verdict that follows."""
    (found,) = digest["uplift"]
    rows = {row["id"]: datetime.fromisoformat(row["first_seen_at"]) for row in shown.ask("stories", "--limit", "0")}
    seen = {key: rows[ident].astimezone(ZONE).date() for ident, key in stories_of(shown).items()}
    observed, expected, days = readingtruth.uplift(shown.room, seen)
    assert (found["observed"], found["days"], found["left_out"]) == (observed, days, 21 - days)
    assert found["expected"] == pytest.approx(expected, abs=0.001)
    assert found["before_days"] == 42 - found["before_left_out"]
    assert found["ratio"] == pytest.approx(observed / expected, abs=0.001)
    assert found["word"] == "more"
    assert found["ratio_low"] > 1
    assert found["high"] < observed
    assert not found["late"]
    assert f"more, {observed} stories" in flat(text(shown))


def test_the_finished_campaign_cannot_be_told(shown: Shown) -> None:
    """It began in the second week: what came before it is too short for any answer, and that is the answer."""
    found = shown.ask("campaign", "show", "open-turbine-day")["uplift"]
    assert found["word"] == "cannot tell"
    assert found["why"]


# --- the desk, the leads, the alerts ----------------------------------------------------------------------------------


def test_enquiries(shown: Shown, digest: Any) -> None:
    """Received, answered in time of those decided, out of hours, open and lapsed, from `press.toml`."""
    calendar, found = shown.room.calendar, digest["enquiries"]
    start, end = (calendar.at(f"{week} mon 00:00") for week in (WEEKS, WEEKS + 1))
    known = [one for one in truths(calendar).values() if one.counts]
    week = [one for one in known if start <= one.received < end]
    decided = [one.in_time for one in week if one.in_time is not None]
    before = [one for one in known if start - timedelta(weeks=1) <= one.received < start]
    assert (found["value"], found["previous"]) == (len(week), len(before))
    assert (found["in_time"]["k"], found["in_time"]["n"]) == (sum(decided), len(decided))
    assert found["in_time_undecided"] == sum(one.in_time is None and one.state != "withdrawn" for one in week)
    assert found["out_of_hours"] == sum(one.out_of_hours for one in week)
    still = [one for one in known if one.state not in ("closed", "withdrawn")]
    assert found["open"] == len(still)
    unanswered = [one for one in still if not one.responded]
    assert found["unanswered"] == len(unanswered)
    assert found["lapsed"] == sum(one.deadline < end for one in unanswered)


def test_leads_are_those_of_the_list(shown: Shown, digest: Any) -> None:
    """The leads qualified in the week are those that the list has, which `test_demo_leads` holds to `leads.toml`."""
    rows = shown.ask("lead", "list", "--qualified", *shown.days(WEEKS))
    assert digest["leads"]["value"] == len(rows)
    found = digest["leads"]
    assert found["by_enquiry"] + found["by_call_to_action"] + found["by_other"] == found["value"]
    assert found["goal"] == 30
    assert f"{found['to_date']} of {found['goal']} qualified leads" in flat(text(shown))


def test_each_alert_that_had_to_be_raised(shown: Shown, digest: Any) -> None:
    """Deadlines near and passed, signatures and promises, great outlets and risk words: exactly those of the week; and
    one surge, and the two feeds that went."""
    found = digest["alerts"]
    owed = Counter[str]()
    for (kind, _), n in alerttruth.of_week(shown.room):
        owed[kind] += n
    kinds = dict(found["by_kind"])
    assert {kind: n for kind, n in kinds.items() if kind not in ("collector down", "surge", "lead due")} == dict(owed)
    down = {one["subject"] for one in found["told"] if one["kind"] == "collector down"}
    assert down == {"business-board", "house-and-hearth"}
    assert {one["subject"] for one in found["told"] if one["kind"] == "surge"} == {HEAT}
    assert found["raised"] == sum(kinds.values()) == found["sent"]
    assert found["before"] >= sum(n for _, n in alerttruth.of_week(shown.room, WEEKS - 1))


def test_every_alert_went_out_once(shown: Shown) -> None:
    """What the demo says at its end is what the list has: each alert on its one channel, sent at the first try."""
    rows = shown.ask("alert", "list", "--all", "--limit", "0")
    sends = [send for row in rows if not row["told_in"] for send in row["channels"]]
    (count,) = re.findall(r"(\d+) alerts went out at once", flat(shown.said))
    assert int(count) == len(sends)
    assert {(send["channel"], send["state"], send["tries"]) for send in sends} == {("chat", "sent", 1)}
    kinds = {row["kind"] for row in rows}
    assert kinds >= {"deadline near", "deadline passed", "surge", "tier 1", "collector down", "risk word", "lead due"}


def test_the_precision_of_alerts(shown: Shown, digest: Any) -> None:
    """Of the alerts of the week that anybody judged, those called useful."""
    votes = [one["useful"] for one in DATA["votes"] if int(one["on"].split()[0]) == WEEKS]
    precision = digest["alerts"]["precision"]
    assert (precision["k"], precision["n"]) == (sum(votes), len(votes))
    assert f"{sum(votes)} of {len(votes)} alerts that somebody judged" in flat(text(shown, "analyst"))


def test_what_stands_among_needs_and_risks_has_been_an_alert(shown: Shown, digest: Any) -> None:
    """A weekly is late by design: the enquiry that lapsed, the sources that are down and the wave of the week went out
    before it, and to the chat of the press office."""
    told_of = {(one["kind"], one["subject"]) for one in digest["alerts"]["told"] if one["state"] == "sent"}
    assert {("collector down", "business-board"), ("collector down", "house-and-hearth"), ("surge", HEAT)} <= told_of
    lapsed = [one for one in digest["alerts"]["told"] if one["kind"] == "deadline passed" and one["settled_at"] is None]
    assert len(lapsed) == digest["enquiries"]["lapsed"] == 1
    assert digest["needs"][0]["what"].startswith("1 enquiry lapsed")
    assert digest["alerts"]["channels"][0]["sent"] == digest["alerts"]["raised"]


# --- what changed, and what is to come --------------------------------------------------------------------------------


def test_what_was_told_and_is_not_so_is_said(shown: Shown, digest: Any) -> None:
    """The story that was none is out of the week before, which is told anew with who took it out and why."""
    room = shown.room
    (stories,) = [one for one in digest["restated"] if one["figure"] == "figures.stories"]
    assert (stories["told"], stories["now"]) == (told_then(room, WEEKS - 1), told(room, WEEKS - 1))
    (why,) = stories["why"]
    act = DATA["removals"][0]
    assert (why["kind"], why["n"], why["who"]) == ("removed", -1, "Nadia Frome")
    assert act["why"].rstrip(".") in why["words"]
    others = {one["figure"] for one in digest["restated"]} - {"figures.stories"}
    assert others <= {f"share_of_voice.{name}" for name in readingtruth.NAMES}
    assert "7 told, 6 now" in flat(text(shown))


def test_what_people_corrected(shown: Shown, digest: Any) -> None:
    """One story taken out and one found, of as many as were found for us in nine weeks."""
    room, found = shown.room, digest["corrected"]
    assert (len(found["removed"]), len(found["kept"]), len(found["missed"])) == (1, 0, 1)
    assert found["missed"][0]["outlet"] == DATA["found"][0]["outlet"]
    all_of_it = next(one for one in found["noise"] if not one["watch"])
    fed = sum(len(about_us(room, week)) for week in range(1, WEEKS + 1)) + len(readingtruth.strays(room, WEEKS - 1))
    assert (all_of_it["removed"], all_of_it["found"]) == (1, fed + len(entered(room, WEEKS)))


def test_what_is_to_come(shown: Shown, digest: Any) -> None:
    """The five entries of the calendar, and the deadline of the enquiry that is open, by day and time."""
    coming = digest["coming"]
    entries = [one for one in coming if one["kind"] in ("launch", "embargo", "interview", "event", "follow-up")]
    assert len(entries) == 5
    day = shown.room.calendar.day
    assert [one["on"] for one in entries] == [f"{day(f'10 {name}')}" for name in ("mon", "tue", "wed", "thu", "fri")]
    end = shown.room.calendar.at(f"{WEEKS + 1} mon 07:30")
    ahead = [
        one for one in truths(shown.room.calendar).values()
        if not one.responded and end <= one.deadline < end + timedelta(days=6) and one.state != "lapsed"
    ]  # fmt: skip
    assert sum(one["kind"] == "deadline" for one in coming) == len(ahead)
    assert [one["on"] for one in coming] == sorted(one["on"] for one in coming)
    assert all(one["on"] < f"{(end + timedelta(days=7)).astimezone(ZONE).date()}" for one in coming)


def check_all(shown: Shown) -> None:
    """What holds whenever the demo is run: all but what hangs on the hours at which feeds happen to be read."""
    digest = shown.digest()
    is_short(shown)
    for check in (
        test_the_stories_and_what_they_stand_against, test_each_story_with_its_outlets, test_voices_plain_and_weighted,
        test_messages_k_of_n, test_tone_as_people_read_it, test_uplift_as_counted_on_the_fingers, test_enquiries,
        test_the_precision_of_alerts, test_what_was_told_and_is_not_so_is_said, test_what_people_corrected,
        test_what_is_to_come,
    ):  # fmt: skip
        check(shown, digest)
