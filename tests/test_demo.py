"""The demo from end to end: what the program says about the newsroom, held against the newsroom's truth."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from commsleads.app import build
from commsleads.cli import main
from commsleads.demo import run
from commsleads.demo.newsroom import WEEKS, monday_before, open_newsroom
from commsleads.demo.telling import commands
from commsleads.errors import ConfigError
from commsleads.rules.periods import period_of
from tests import test_demo_campaigns as campaigns
from tests import test_demo_digest as digests
from tests.readingtruth import OURS, entered, told, told_then
from tests.reports.words import SECTIONS, words_of
from tests.shown import TODAY, Shown, shown_once

WATCHES = OURS | {"ostrey-power", "fenline", "shared-heat"}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


# --- the digest against the truth -------------------------------------------------------------------------------------


def test_it_says_the_digest_and_where_everything_is(shown: Shown) -> None:
    """The text digest stands first, then the paths, then what to try; every path is there."""
    text = (shown.folder / "digests" / f"{shown.stem()}.txt").read_text(encoding="utf-8")
    assert shown.said.startswith(text.rstrip())
    rest = shown.said[len(text.rstrip()) :]
    paths = re.findall(r"^  the \w+ +(/\S+)$", rest, re.MULTILINE)
    assert [Path(path).name for path in paths] == [
        f"{shown.stem()}.html",
        "commsleads.db",
        "mailbox",
        "lists",
        "config.toml",
        "criteria.toml",
    ]
    assert all(Path(path).exists() for path in paths)


def test_every_week_is_counted_as_it_was(shown: Shown) -> None:
    """The digest's nine weeks are the newsroom's, and the outage week is left out of the comparison by name."""
    digest, room = shown.digest(), shown.room
    assert digest["figures"]["stories"]["value"] == told(room, WEEKS)
    assert [point["count"] for point in digest["trend"]] == [told(room, week) for week in range(1, WEEKS + 1)]
    outage = period_of(
        "week", room.calendar.day("5 mon"), build(shown.folder / "config.toml").settings.organisation.zone
    )
    assert [point["label"] for point in digest["trend"] if not point["used"]] == [outage.label]
    assert digest["verdict"]["word"] == "above"


def test_every_digest_of_the_nine_weeks_was_written(shown: Shown) -> None:
    """One digest a week, each with the number its week had, as far as anybody knew on its Monday."""
    for week in range(1, WEEKS + 1):
        year, number, _ = shown.room.calendar.day(f"{week} mon").isocalendar()
        file = shown.folder / "digests" / f"weekly-{year}-W{number:02}.json"
        digest = json.loads(file.read_text(encoding="utf-8"))
        assert digest["figures"]["stories"]["value"] == told_then(shown.room, week)


def test_each_digest_is_read_in_its_time(shown: Shown) -> None:
    """A page for the team and a minute for directors, in every week; the sections are all there and in their order."""
    files = sorted((shown.folder / "digests").glob("weekly-????-W??.txt"))
    assert len(files) == WEEKS + 1  # and the evening before the first week
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert words_of(text) <= 600
        assert words_of(text.partition("LEADS AGAINST GOAL")[0]) <= 300
        assert words_of(file.with_name(f"{file.stem}-director.txt").read_text(encoding="utf-8")) <= 250
        places = [text.find(f"\n{name.upper()}\n---") for name in SECTIONS]
        assert places == sorted(places)
        assert places[0] > 0


def test_the_campaign_has_the_stories_it_earned(shown: Shown) -> None:
    """The running campaign's figure, and how surely each story is its own."""
    (answer,) = shown.digest()["campaigns"]
    stories = [s for s in shown.room.stories.values() if s.campaign == "heat-next-door"]
    week = [story for story in stories if story.week == WEEKS]
    assert answer["id"] == "heat-next-door"
    by_hand = sum("heat-next-door" in one["watches"] for one in entered(shown.room, WEEKS))
    assert answer["figure"]["value"] == len(week) + by_hand
    assert answer["to_date"] == sum(len(story.copies) for story in stories if story.week <= WEEKS) + by_hand
    assert {rule["rule"]: rule["stories"] for rule in answer["rules"]} == {
        "utm": sum(story.linked for story in week),
        "watch": sum(not story.linked for story in week) + by_hand,
    }


def test_share_of_voice_is_that_of_the_served_stories(shown: Shown) -> None:
    """Brand and competitors, counted in stories of the week."""
    voices = {voice["id"]: voice["share"]["k"] for voice in shown.digest()["share_of_voice"]}
    by_hand = Counter(watch for one in entered(shown.room, WEEKS) for watch in one["watches"])
    assert voices == {
        watch: len(shown.room.told(WEEKS, watch)) + by_hand[watch]
        for watch in ("wendlemere", "ostrey-power", "fenline")
    }


def test_the_edited_headline_is_told(shown: Shown) -> None:
    """What the publisher changed later is a revision of one signal and stands in the digest."""
    story = shown.room.stories["traders-row"]
    edited = [change["text"] for change in shown.digest()["changes"] if change["kind"] == "edited"]
    assert len(edited) == 1
    assert story.title in edited[0]
    assert story.edits[0] in edited[0]


# --- the rows against the truth ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("watch", sorted(WATCHES))
def test_the_stories_of_each_watch_and_week_are_the_served_ones(shown: Shown, watch: str) -> None:
    """`stories --json` lists for each week exactly the stories that name the watch, each with exactly its copies."""
    sources = {row["id"]: row["source"] for row in shown.ask("signals", "--limit", "0")}
    for week in range(1, WEEKS + 1):
        listed = shown.ask("stories", "--watch", watch, *shown.days(week))
        found = sorted(
            (row["url"].partition("?")[0], sorted(sources[copy] for copy in row["copies"])) for row in listed
        )
        first = {item.key: item.url.partition("?")[0] for items in shown.room.items.values() for item in items}
        truth = [(first[story.key], sorted(by for by, _ in story.copies)) for story in shown.room.told(week, watch)]
        truth += [("", ["by-hand"]) for one in entered(shown.room, week) if watch in one["watches"]]
        assert found == sorted(truth)


def test_only_copies_are_joined(shown: Shown) -> None:
    """Over all nine weeks no two stories became one and no story became two."""
    joined = {frozenset(row["copies"]) for row in shown.ask("stories", "--limit", "0") if len(row["copies"]) > 1}
    assert len(joined) == sum(len(story.copies) > 1 for story in shown.room.stories.values())
    assert sum(map(len, joined)) == sum(len(s.copies) for s in shown.room.stories.values() if len(s.copies) > 1)


def test_every_campaign_tie_has_the_rule_the_calendar_gives(shown: Shown) -> None:
    """By tag where the text carries one, by watch while the campaign runs, by window in the week after its end."""
    for campaign, first, last in (("open-turbine-day", 2, 3), ("heat-next-door", 7, 13)):
        rows = shown.ask("signals", "--campaign", campaign, "--limit", "0")
        rules = {row["title"]: {tie["rule"] for tie in row["campaigns"] if tie["id"] == campaign} for row in rows}
        for story in shown.room.stories.values():
            if story.campaign == campaign and story.copies:
                rule = "utm" if story.linked else "watch" if first <= story.week <= last else "window"
                assert rules[story.edits[-1] if story.edits else story.title] >= {rule}
        known = {story.key for story in shown.room.stories.values() if story.campaign == campaign and story.copies}
        by_hand = sum(campaign in one["watches"] for one in entered(shown.room, WEEKS))
        assert len({row["story"] for row in rows}) == len(known) + by_hand


def test_the_company_of_almost_the_same_name_is_kept_out(shown: Shown) -> None:
    """The drinks maker is collected and never counted."""
    drinks = [row for row in shown.ask("signals", "--limit", "0") if "Wendlemere Energy Drinks" in row["title"]]
    assert len(drinks) == sum(len(s.copies) for s in shown.room.stories.values() if "Drinks" in s.title)
    assert not [row for row in drinks if row["watches"]]


def test_what_was_not_seen_is_a_gap_and_not_a_zero(shown: Shown) -> None:
    """Closed gaps for the outages of three papers and the link service, two open ones for the feeds that are gone; lost
    stories are in no row."""
    gaps = shown.ask("gaps")
    assert sorted(gap["source"] for gap in gaps if gap["end_at"]) == ["courier", "gazette", "mail", "wndl"]
    assert sorted(gap["source"] for gap in gaps if not gap["end_at"]) == ["business-board", "house-and-hearth"]
    titles = {row["title"] for row in shown.ask("signals", "--limit", "0")}
    lost = [s for s in shown.room.stories.values() if s.lost and not s.copies]
    assert lost
    assert not titles & {story.title for story in lost}


def test_the_sources_are_as_their_servers_are(shown: Shown) -> None:
    """One feed is gone, one has become a web page; the broken, slow and moved ones are well."""
    sources = {row["id"]: row for row in shown.ask("sources")}
    assert sources.keys() == {*shown.room.feeds, "press-mail", "wndl"}
    failing = {name: row["last_status"] for name, row in sources.items() if row["state"] != "ok"}
    assert failing.keys() == {"business-board", "house-and-hearth"}
    assert failing["business-board"] == 410


def test_the_broken_feed_was_read_to_its_end(shown: Shown) -> None:
    """Every item of the radio's damaged feed came through."""
    radio = {row["title"] for row in shown.ask("signals", "--source", "radio", "--limit", "0")}
    assert radio == {item.title for item in shown.room.items["radio"]}


def test_nothing_was_put_in_behind_the_programs_back(shown: Shown) -> None:
    """Every signal is an item that its feed has shown, word for word, and every item shown in time is a signal; but for
    what an officer has entered by hand."""
    served = {(by, item.title) for by, items in shown.room.items.items() for item in items}
    rows = shown.ask("signals", "--limit", "0")
    by_hand = {("by-hand", one["title"]) for week in range(1, WEEKS + 1) for one in entered(shown.room, week)}
    assert by_hand <= {(row["source"], row["title"]) for row in rows} <= served | by_hand
    well = [
        feed for feed in shown.room.feeds.values() if {t.kind for t in feed.troubles} <= {"broken", "moved", "slow"}
    ]
    for feed in well:
        keys = {item.key for item in shown.room.items[feed.id]}
        assert len([row for row in rows if row["source"] == feed.id]) == len(keys)


def test_hostile_markup_is_inert(shown: Shown) -> None:
    """Scripts, handlers and javascript: addresses of the hostile feed are in no row and in no digest."""
    bad = re.compile(r"<script|javascript:|onerror|onmouseover|trap\.example|<iframe", re.IGNORECASE)
    rows = shown.ask("signals", "--source", "kettle-on", "--limit", "0")
    assert len(rows) == len(shown.room.items["kettle-on"])
    assert any(not row["url"] for row in rows)
    assert not [row for row in rows if bad.search(json.dumps(row))]
    for file in shown.folder.glob("digests/*"):
        assert not bad.search(file.read_text(encoding="utf-8"))


# --- afterwards -------------------------------------------------------------------------------------------------------


def test_everything_to_try_next_works(shown: Shown) -> None:
    """Each command that the demo suggests ends well and shows something."""
    zone = build(shown.folder / "config.toml").settings.organisation.zone
    period = period_of("week", shown.room.calendar.day(f"{WEEKS} mon"), zone)
    (sent_back,) = re.findall(r"enquiry show (\S+)", shown.said)
    suggested = commands(shown.folder, period, sent_back, serve=False)
    assert len(suggested) == shown.said.count("  # ")
    for command, what in suggested:
        assert command in shown.said
        assert what in shown.said
        program, *words = shlex.split(command)
        assert program in {"./run", "commsleads"}
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        assert len(result.stdout.splitlines()) > (0 if "--replay" in words else 3), command


def test_the_settings_it_left_are_a_sound_file(shown: Shown) -> None:
    """`check` has nothing against the demo's config.toml, and the loader has no remarks."""
    settings = build(shown.folder / "config.toml").settings
    assert not settings.remarks
    assert {source.id for source in settings.sources} == {*shown.room.feeds, "press-mail", "wndl"}
    assert all(line["ok"] for line in shown.ask("check"))


def test_a_folder_of_somebody_else_ends_it_before_anything_is_done(tmp_path: Path) -> None:
    """A folder with things in it is refused in words, and they stay."""
    (tmp_path / "config.toml").write_text("mine")
    with pytest.raises(ConfigError, match="left alone"):
        run(tmp_path, serve=False, say=print, now=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


# --- served, and once more --------------------------------------------------------------------------------------------

SERVE = """
import signal
import sys
from datetime import datetime
from pathlib import Path
from commsleads.demo import run
say = lambda text: print(text, flush=True)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background leaves it ignored
sys.exit(run(Path(sys.argv[1]), serve=True, say=say, now=datetime.fromisoformat(sys.argv[2])))
"""


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], str]]:
    folder = tmp_path / "again"
    program = [sys.executable, "-c", SERVE, str(folder), TODAY.isoformat()]
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, env=environ, cwd=tmp_path, text=True, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while "until you press Ctrl-C" not in said and (line := process.stdout.readline()):
                said += line
            yield folder, process, said
        finally:
            process.kill()


def test_the_same_day_gives_the_same_bytes_and_it_stays_up(
    shown: Shown, serving: tuple[Path, subprocess.Popen[str], str]
) -> None:
    """Another process, another folder, another hash seed and zone: the same digests, but for the port on loopback at
    which our pages happen to be, and ids: those of leads are drawn by lot. Ctrl-C ends it with 0."""
    folder, process, said = serving
    drawn = re.compile(rb"127\.0\.0\.1:\d+|\b[0-9a-f]{8}(?:[0-9a-f]{8})?\b")
    first = {file.name: drawn.sub(b"", file.read_bytes()) for file in shown.folder.glob("digests/*")}
    again = {file.name: drawn.sub(b"", file.read_bytes()) for file in folder.glob("digests/*")}
    assert len(first) >= 4 * WEEKS
    assert first == again
    (base,) = re.findall(r"stays on (\S+) until", said)
    with urllib.request.urlopen(f"{base}/courier/feed", timeout=10) as answer:
        assert answer.status == 200
    result = CliRunner().invoke(main, ["--config", str(folder / "config.toml"), "once", "--all", "--json"])
    assert result.exit_code == 1  # two feeds are gone, and that is recorded
    came = json.loads(result.stdout)
    assert came["sources"]["polled"] == len(shown.room.feeds) + 2
    assert came["sources"]["failed"] == 2
    assert came["signals"]["new"] == 0
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


@pytest.mark.soak
@pytest.mark.parametrize(
    "today",
    [
        datetime(2026, 1, 7, 12, tzinfo=UTC),  # over the new year
        datetime(2026, 4, 20, 5, tzinfo=UTC),  # a Monday before the morning round, over the clocks going forward
        datetime(2026, 7, 6, 6, 30, tzinfo=UTC),  # a Monday at the very moment
        datetime(2026, 11, 9, 23, tzinfo=UTC),  # over the clocks going back
        datetime(2028, 3, 15, 12, tzinfo=UTC),  # over a leap day
        datetime(2033, 1, 4, 12, tzinfo=UTC),  # after a year of 53 weeks
    ],
)
def test_any_day_tells_the_same_truth(tmp_path: Path, today: datetime) -> None:
    """Whenever the demo is run, its nine weeks have the numbers the newsroom has."""
    assert run(tmp_path / "demo", serve=False, say=lambda _: None, now=today) == 0
    shown = Shown(tmp_path / "demo", "", open_newsroom(monday_before(today)))
    test_every_week_is_counted_as_it_was(shown)
    test_the_campaign_has_the_stories_it_earned(shown)
    test_only_copies_are_joined(shown)
    test_what_was_not_seen_is_a_gap_and_not_a_zero(shown)
    for watch in sorted(WATCHES):
        test_the_stories_of_each_watch_and_week_are_the_served_ones(shown, watch)
    campaigns.check_all(shown)
    digests.check_all(shown)
