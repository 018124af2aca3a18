"""The figures of coverage in the digest's JSON, counted again from the raw tables by other code; the other reports say
the same."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, median
from typing import Any

import pytest

from commsleads.app import App
from commsleads.rules.periods import parse_period
from commsleads.telling import write_report
from tests.awkward import BERLIN, office, week
from tests.rawcoverage import BEFORE, OURS, TONES, WEEK, Raw, Row, same_share


class Office:
    """The office, its tables, and its reports on week 47."""

    def __init__(self, app: App) -> None:
        names = ("removals", "matches", "signals", "codings", "tones", "attributions", "message_hits", "alerts",
                 "alert_sends", "alert_votes")  # fmt: skip
        order = {"codings": "at, id", "removals": "at, number", "alert_votes": "at"}
        with app.engine.session() as session:
            self.raw = Raw(
                {name: session.query(f"SELECT * FROM {name} ORDER BY {order.get(name, 1)}") for name in names}
            )
        period = parse_period("2026-W47", BERLIN)
        self.told: dict[str, Any] = {
            name: write_report(app, name, period).data
            for name in ("weekly", "campaign", "coverage", "evaluation", "sources")
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    app, _ = office(tmp_path_factory.mktemp("awkward"))
    yield Office(app)
    app.engine.close()


def test_the_office_is_awkward_enough(made: Office) -> None:
    """There is something of everything that can go wrong."""
    raw, told = made.raw, made.told["weekly"]
    assert any(row["story_why"] for row in raw.tables["signals"])
    assert {watch for _, watch in raw.out} == {"", "ada"}
    assert len(raw.words) < len({(row["story_id"], row["what"], row["about"]) for row in raw.tables["codings"]})
    assert len(told["campaigns"]) == 3
    assert told["corrected"]["missed"]
    assert told["figures"]["older_pieces"]


def test_stories_and_pickups_in_every_report(made: Office) -> None:
    """The digest, the coverage book and the evaluation count the same stories, copies and tiers."""
    raw, told = made.raw, made.told
    here = raw.within(WEEK)
    pickups = sum(row["story_why"] != "" for row in raw.copies(here))
    figure = told["weekly"]["figures"]["stories"]
    assert (figure["value"], set(figure["rows"])) == (len(here), set(here))
    assert figure["previous"] == len(raw.within(BEFORE))
    book = told["coverage"]
    assert book["figures"]["stories"] == figure
    assert (book["figures"]["in_book"], book["figures"]["pickups"]) == (len(here), pickups)
    assert {row["tier"]: row["stories"] for row in book["tiers"]} == Counter(map(raw.tier, here))
    chain = {row["figure"]: row["value"] for row in told["evaluation"]["chain"] if not row["campaign"]}
    assert (chain["stories"], chain["pickups"]) == (len(here), pickups)


def test_tone_by_people_and_by_machine(made: Office) -> None:
    """Every story is in one of three; the expectation and the reliability are those of the chances that stood then."""
    raw, told = made.raw, made.told["weekly"]["tone"]
    here = raw.within(WEEK)
    said = Counter(tone for tone in map(raw.tone, here) if tone)
    guesses = [chances for story in here if not raw.tone(story) and (chances := raw.chances(story))]
    assert told["n"] == len(here) == said.total() + len(guesses) + told["unread"]
    assert told["checked"] == {tone: said[tone] for tone in (*TONES, "mixed")}
    likeliest = Counter(TONES[max(range(3), key=one.__getitem__)] for one in guesses)
    assert told["unchecked"] == {tone: likeliest[tone] for tone in (*TONES, "mixed")}
    assert told["expected"] == pytest.approx(fmean(one[0] / 1000 for one in guesses), abs=1e-4)
    same_share(told["negative"], said["negative"], said.total())
    assert {row["story"]: row["tone"] for row in made.told["coverage"]["stories"]} == {
        one: raw.tone(one) for one in here
    }


def test_how_far_the_machine_may_be_believed(made: Office) -> None:
    """Brier's score of every checked story, one word a story."""
    raw, told = made.raw, made.told["weekly"]["tone"]["reliability"]
    scores = []
    for (story, what, about), row in raw.words.items():
        chances = json.loads(row["said"]).get("chances") if what == "tone" else None
        if chances and row["value"] in TONES and (about == "" or (story, "tone", "") not in raw.words):
            place = TONES.index(row["value"])
            scores.append(sum((one / 1000 - (number == place)) ** 2 for number, one in enumerate(chances)))
    assert told["n"] == len(scores) == sum(one["was"]["n"] for one in told["bins"]) == sum(told["was"])
    assert told["brier"] == pytest.approx(fmean(scores), abs=1e-4)


def test_messages_of_all_campaigns(made: Office) -> None:
    """Pull-through, prominence and accuracy, in the digest for the week and in the evaluation for the whole time."""
    raw = made.raw
    chain = {(row["campaign"], row["figure"]): row for row in made.told["evaluation"]["chain"]}
    lasted = {
        "wing": (date(2026, 11, 2), date(2026, 12, 31)),
        "day": (date(2026, 11, 7), date(2026, 11, 23)),
        "past": (date(2026, 9, 1), date(2026, 10, 26)),
    }
    for line in made.told["weekly"]["messages"]:
        campaign, name = line["campaign"], line["id"]
        here = raw.tied(campaign, WEEK)
        stands = [one for story in here if (one := raw.message(story, campaign, name))[0]]
        same_share(line["share"], len(stands), len(here))
        rightly = [accuracy for _, accuracy in stands if accuracy is not None]
        same_share(line["accuracy"], rightly.count(2), len(rightly))
        mean = fmean(place for place, _ in stands) if stands else None
        assert line["prominence"] == (mean if mean is None else pytest.approx(mean, abs=1e-4))
        first, after = (
            int(datetime.combine(day, datetime.min.time(), BERLIN).timestamp() * 1e6) for day in lasted[campaign]
        )
        ever = raw.tied(campaign, (first, after))
        whole = chain[campaign, f"message {name}"]
        carried = sum(raw.message(story, campaign, name)[0] > 0 for story in ever)
        assert (whole["value"], whole["of"]) == (carried, len(ever))
        assert chain[campaign, "stories"]["value"] == len(ever)


def test_voices_plain_and_weighted(made: Office) -> None:
    """Shares of stories, and of their weight by tier and place."""
    raw, names = made.raw, ("museum", "rival")
    for span, share, weighted in ((WEEK, "share", "weighted"), (BEFORE, "previous", "previous_weighted")):
        here = raw.within(span, names)
        weights: dict[str, dict[str, int]] = {story: {} for story in here}
        for row in raw.matches:
            if row["watch_id"] in names and row["story_id"] in weights and span[0] <= row["arrival"] < span[1]:
                place = 2 if row["field"] == "title" or row["lead"] else 1
                weight = place * {1: 3, 2: 2, None: 1}[raw.tier(row["story_id"])]
                mine = weights[row["story_id"]]
                mine[row["watch_id"]] = max(mine.get(row["watch_id"], 0), weight)
        whole = sum(max(one.values()) for one in weights.values())
        for voice in made.told["weekly"]["share_of_voice"]:
            same_share(voice[share], sum(voice["id"] in raw.names[story] for story in here), len(here))
            part = sum(one.get(voice["id"], 0) for one in weights.values()) / whole
            assert voice[weighted] == pytest.approx(part, abs=1e-4)


def test_the_days_of_each_uplift(made: Office) -> None:
    """What came of each day that was watched, what weekdays let one expect, and the same line in both reports."""
    raw = made.raw
    for line in made.told["weekly"]["uplift"]:
        came = _by_day(raw, line["watches"])
        seen = {date.fromisoformat(day["day"]): day for day in line["by_day"] if day["count"] is not None}
        assert {day: one["count"] for day, one in seen.items()} == {day: came[day] for day in seen}
        assert not seen.keys() & {date(2026, 10, 7), date(2026, 11, 10), date(2026, 11, 11)}
        before: dict[int, list[int]] = defaultdict(list)
        for day, one in seen.items():
            if one["part"] == "before":
                before[day.weekday()].append(one["count"])
        since = [day for day, one in seen.items() if one["part"] != "before"]
        if line["expected"] is not None:
            total = sum(map(sum, before.values()))
            expected = sum(fmean(before[day.weekday()]) for day in since) * (total + 0.5) / total
            assert (line["observed"], line["days"]) == (sum(came[day] for day in since), len(since))
            assert line["expected"] == pytest.approx(expected, abs=1e-3)
        card = next(one for one in made.told["campaign"]["campaigns"] if one["id"] == line["campaign"])
        assert card["uplift"] == line
    assert {line["word"] for line in made.told["weekly"]["uplift"]} > {"cannot tell"}


def _by_day(raw: Raw, watches: Collection[str]) -> Counter[date]:
    first: dict[str, Row] = {}
    for row in sorted(raw.matches, key=lambda row: row["arrival"]):
        if row["watch_id"] in watches and row["source_id"] in {"a", "b", "c"}:
            first.setdefault(row["story_id"], row)
    days: Counter[date] = Counter()
    for row in first.values():
        day = datetime.fromtimestamp(row["arrival"] / 1e6, UTC).astimezone(BERLIN).date()
        old = datetime.combine(day, datetime.min.time(), BERLIN) - timedelta(days=7)
        days[day] += datetime.fromisoformat(row["published_at"]) >= old.astimezone(UTC)
    return days


def test_alerts_and_their_precision(made: Office) -> None:
    """How many were raised, sent and found useful by most of their judges, by the last word of each."""
    tables, told = made.raw.tables, made.told["weekly"]["alerts"]
    raised = [row for row in tables["alerts"] if "2026-11-15T23" <= row["raised_at"] < "2026-11-22T23"]
    alone = [row for row in raised if not row["told_in"]]
    sent = {row["alert_id"]: row["at"] for row in tables["alert_sends"] if row["state"] == "sent"}
    last = {(row["alert_id"], row["voter"]): row["useful"] for row in tables["alert_votes"]}
    votes = [[said for (one, _), said in last.items() if one == row["id"]] for row in alone if row["id"] in sent]
    assert told["raised"] == sum(row["subject"] != "summary" for row in raised)
    assert (told["alerts"], told["sent"]) == (len(alone), sum(row["id"] in sent for row in alone))
    same_share(told["precision"], sum(2 * sum(one) > len(one) for one in votes if one), sum(map(bool, votes)))
    waits = [
        (datetime.fromisoformat(sent[row["id"]]) - datetime.fromisoformat(row["caused_at"])).total_seconds() / 60
        for row in alone
        if row["id"] in sent and row["ready_at"] <= row["raised_at"]
    ]
    assert told["minutes"] == pytest.approx(median(waits))


def test_noise_is_of_stories_and_not_of_watches(made: Office) -> None:
    """Of each watch and of all that are about us: what is no coverage any more, of all that was found."""
    raw = made.raw
    for line in made.told["weekly"]["corrected"]["noise"]:
        watches = {line["watch"]} if line["watch"] else OURS
        first: dict[str, int] = {}
        for row in raw.tables["matches"]:
            first[row["story_id"]] = min(first.get(row["story_id"], 1 << 62), row["arrival"])
        ever = {row["story_id"] for row in raw.tables["matches"] if row["watch_id"] in watches}
        found = {story for story in ever if week(39) <= first[story] < WEEK[1]}
        gone = {story for story in found if not raw.names[story] & watches}
        assert (line["removed"], line["found"]) == (len(gone), len(found)), line["watch"]


def test_what_only_one_source_saw(made: Office) -> None:
    """By source and in all; what people entered came from no source."""
    raw, told = made.raw, made.told["sources"]
    sources: dict[str, set[str]] = defaultdict(set)
    for row in raw.matches:
        sources[row["story_id"]].add(row["source_id"])
    here = raw.within(WEEK, {"museum", "ada", "rival", "docks"})
    assert told["figures"]["stories"] == len(here) == made.told["weekly"]["figures"]["all_stories"]["value"]
    assert any(sources[story] == {"by-hand"} for story in here)
    alone = {name: sum(sources[story] == {name} for story in here) for name in "abc"}
    assert {row["id"]: row["alone"] for row in told["sources"]} == alone
    assert told["figures"]["alone"] == sum(alone.values())
