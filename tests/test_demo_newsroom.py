"""The invented newsroom by itself: its truth, its feeds, its server and its folder."""

from __future__ import annotations

import gzip
import http.client
import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.demo.folder import MARKER, make_folder, write_settings
from commsleads.demo.formats import render
from commsleads.demo.newsroom import TRAP_LINK, WEEKS, Item, Newsroom, monday_before, open_newsroom
from commsleads.demo.reading import open_reading
from commsleads.demo.replay import moments
from commsleads.demo.server import Server
from commsleads.errors import ConfigError

MONDAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return open_newsroom(MONDAY)


@pytest.fixture
def served(room: Newsroom) -> Iterator[Server]:
    with Server(room, room.calendar.at("10 mon 07:30")) as server:
        yield server


def ask(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    line.close()
    return answer


def leave(server: Server, path: str, body: bytes) -> int:
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    line.request("POST", path, body)
    status = line.getresponse().status
    line.close()
    return status


def words(item: Item) -> str:
    return " ".join([item.title, *item.text]).casefold()


# --- the truth --------------------------------------------------------------------------------------------------------


def test_the_truth_is_what_the_texts_say(room: Newsroom, tmp_path: Path) -> None:
    """Each story names exactly the watches its truth says, by a search as simple as can be."""
    declared = tomllib.loads(write_settings(tmp_path, room, "http://127.0.0.1:1").read_text(encoding="utf-8"))
    for story in room.stories.values():
        versions = [item for items in room.items.values() for item in items if item.story == story.key]
        named = {
            watch["id"]
            for watch in declared["watches"]
            if any(
                any(phrase.casefold() in words(item) for phrase in watch["any"])
                and not any(phrase.casefold() in words(item) for phrase in watch.get("none", ()))
                for item in versions
            )
        }
        assert named == story.about, story.key


def test_the_messages_are_where_the_truth_says(room: Newsroom, tmp_path: Path) -> None:
    """Each story of the running campaign has the words of exactly the messages that its truth names, but for those that
    an officer found in other words."""
    declared = tomllib.loads(write_settings(tmp_path, room, "http://127.0.0.1:1").read_text(encoding="utf-8"))
    messages = next(one["messages"] for one in declared["campaigns"] if one["id"] == "heat-next-door")
    spoken = {(act.about, act.given["message"]) for act in open_reading(room.calendar) if act.does == "message"}
    for story in room.stories.values():
        if story.campaign == "heat-next-door":
            versions = [item for items in room.items.values() for item in items if item.story == story.key]
            found = {
                one["id"]
                for one in messages
                if any(phrase.casefold() in words(item) for phrase in one["phrases"] for item in versions)
            }
            assert found <= story.carries, story.key
            assert {(story.key, name) for name in story.carries - found} <= spoken


def test_the_background_names_nobody_we_watch(room: Newsroom, tmp_path: Path) -> None:
    """Everyday news brings no mention by accident, so that every figure has a story behind it."""
    declared = tomllib.loads(write_settings(tmp_path, room, "http://127.0.0.1:1").read_text(encoding="utf-8"))
    phrases = [phrase.casefold() for watch in declared["watches"] for phrase in watch["any"]]
    for items in room.items.values():
        for item in items:
            if not item.story:
                assert not [phrase for phrase in phrases if phrase in words(item)], item.title


def test_no_two_items_are_alike_by_accident(room: Newsroom) -> None:
    """Different stories have different headlines and addresses: only declared copies may look like copies."""
    seen: dict[str, str] = {}
    for items in room.items.values():
        for item in items:
            owner = item.story or item.key
            assert seen.setdefault(item.title, owner) == owner
            assert item.url == TRAP_LINK or seen.setdefault(item.url, owner) == owner


def test_the_newsroom_has_what_the_demo_promises(room: Newsroom) -> None:
    """A spike after a quiet week, copies, near misses, an outage, lost stories, an edit, two languages."""
    counts = [len(room.told(week, "wendlemere")) for week in range(1, WEEKS + 1)]
    assert counts[-1] > 2 * max(counts[:-1])
    assert min(counts) == 1
    assert {len(story.copies) for story in room.told(WEEKS, "wendlemere")} >= {1, 4, 6}
    assert any(story.lost for story in room.stories.values())
    assert any(story.edits for story in room.stories.values())
    assert any("Drinks" in story.title and not story.about for story in room.stories.values())
    assert {feed.language for feed in room.feeds.values()} == {"en", "de", "fr"}
    assert {trouble.kind for feed in room.feeds.values() for trouble in feed.troubles} == {
        "broken", "consent", "gone", "moved", "outage", "slow",
    }  # fmt: skip


def test_the_same_monday_gives_the_same_newsroom(room: Newsroom) -> None:
    """The demo is the same on every machine on the same day."""
    again = open_newsroom(MONDAY)
    assert again.items == room.items
    assert again.stories == room.stories


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_any_week_of_any_year_will_do(day: date) -> None:
    """Whatever today is, the weeks fit: clock changes and new years included."""
    room = open_newsroom(day - timedelta(days=day.weekday()))
    times = list(moments(room.calendar))
    assert times == sorted(set(times))
    for week in range(1, WEEKS + 1):
        start, end = room.calendar.at(f"{week} mon 00:00"), room.calendar.at(f"{week + 1} mon 00:00")
        assert len([at for at in times if start <= at < end]) == 21
        assert all(
            start <= item.when < end
            for items in room.items.values()
            for item in items
            if item.story and room.stories[item.story].week == week
        )


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 18, 12, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 23, 7, 29, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 6, 6, 30, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), date(2026, 6, 29)),
    ],
)
def test_the_last_whole_week_is_told(now: datetime, monday: date) -> None:
    """The demo ends on this week's Monday morning, or on last week's while this morning is still to come."""
    assert monday_before(now) == monday


# --- the feeds --------------------------------------------------------------------------------------------------------


def test_every_feed_reads_as_what_it_holds(room: Newsroom) -> None:
    """The reference parser finds every entry of every feed, with its title and its date."""
    moment = room.calendar.at("10 mon 07:30")
    for feed in room.feeds.values():
        items = room.visible(feed, moment)
        assert items
        media_type, body = render(feed, items)
        if feed.format == "json":
            assert [entry["title"] for entry in json.loads(body)["items"]] == [item.title for item in items]
            continue
        read = feedparser.parse(body, response_headers={"content-type": media_type})
        assert not read.bozo, feed.id
        titles = [entry.title for entry in read.entries]
        assert [title.replace("<b>", "").replace("</b>", "") for title in titles] == [item.title for item in items]
        assert all(
            (entry.get("published_parsed") or entry["updated_parsed"])[:3] == item.when.utctimetuple()[:3]
            for entry, item in zip(read.entries, items, strict=True)
        )


def test_the_broken_feed_is_broken_and_readable(room: Newsroom) -> None:
    """Radio Wendle sends no XML any more, and the reference parser still reads all of it."""
    feed = room.feeds["radio"]
    items = room.visible(feed, room.calendar.at("10 mon 07:30"))
    media_type, body = render(feed, items, broken=True)
    read = feedparser.parse(body, response_headers={"content-type": media_type})
    assert read.bozo
    assert len(read.entries) == len(items)


def test_after_an_outage_a_feed_begins_afresh(room: Newsroom) -> None:
    """What was published while the publisher was down never comes back: the demo's gap has a reason."""
    feed = room.feeds["courier"]
    shown = room.visible(feed, room.calendar.at("5 sat 22:00"))
    assert [item.title for item in shown] == [f"{feed.name} is back: our pages were out of reach for most of the week"]
    assert "is back" in room.visible(feed, room.calendar.at("6 sun 12:00"))[-1].title


def test_an_edit_replaces_the_headline(room: Newsroom) -> None:
    """An item has one version at a time: the newest."""
    feed, story = room.feeds["gazette"], room.stories["traders-row"]
    before = [item.title for item in room.visible(feed, room.calendar.at("9 wed 08:00"))]
    after = [item.title for item in room.visible(feed, room.calendar.at("9 wed 10:00"))]
    assert story.title in before
    assert story.edits[0] not in before
    assert story.title not in after
    assert story.edits[0] in after


# --- the server -------------------------------------------------------------------------------------------------------


def test_a_feed_is_served_once_and_then_unchanged(served: Server) -> None:
    """ETag and Last-Modified are there, and what is known is answered with 304."""
    first = ask(served, "/courier/feed")
    tag = first.headers["ETag"]
    assert (first.status, first.headers["Content-Type"]) == (200, "application/rss+xml")
    assert first.headers["Last-Modified"].endswith("GMT")
    again = ask(served, "/courier/feed", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")  # type: ignore[attr-defined]
    served.moment = served.newsroom.calendar.at("9 mon 07:30")
    assert ask(served, "/courier/feed", If_None_Match=tag).status == 200


def test_a_feed_is_compressed_for_those_who_can_read_it(served: Server) -> None:
    """A client that accepts gzip gets it."""
    packed = ask(served, "/mail/feed", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == ask(served, "/mail/feed").body  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "when", "status"),
    [
        ("/gazette/feed", "5 wed 12:00", HTTPStatus.SERVICE_UNAVAILABLE),
        ("/business-board/feed", "10 mon 07:30", HTTPStatus.GONE),
        ("/council/feed", "4 tue 12:00", HTTPStatus.MOVED_PERMANENTLY),
        ("/council/news.xml", "4 tue 12:00", HTTPStatus.OK),
        ("/council/feed", "3 tue 12:00", HTTPStatus.OK),
        ("/house-and-hearth/feed", "10 mon 07:30", HTTPStatus.OK),
        ("/nobody/feed", "1 mon 07:30", HTTPStatus.NOT_FOUND),
        ("/", "1 mon 07:30", HTTPStatus.OK),
    ],
)
def test_what_goes_wrong_goes_wrong_on_time(served: Server, path: str, when: str, status: HTTPStatus) -> None:
    """Each trouble of the world is served when the calendar says so."""
    served.moment = served.newsroom.calendar.at(when)
    answer = ask(served, path)
    assert answer.status == status
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        assert answer.headers["Retry-After"] == "7200"
    if status == HTTPStatus.MOVED_PERMANENTLY:
        assert answer.headers["Location"] == f"{served.base}/council/news.xml"
    if path == "/house-and-hearth/feed":
        assert answer.headers["Content-Type"].startswith("text/html")


# --- the folder -------------------------------------------------------------------------------------------------------


def test_a_folder_is_made_and_made_anew(tmp_path: Path) -> None:
    """What the demo made is deleted at the next run; what a person put beside it stays."""
    folder = tmp_path / "demo"
    make_folder(folder)
    ours = ["config.toml", "commsleads.db", "commsleads.db-wal", "digests/weekly-2026-W46.html"]
    ours += ["digests/coverage-2026-10.csv", "digests/weekly-2026-W46-director.html", "secrets/alerts-chat"]
    ours += ["digests/enquiries-2026-W46.json", "mailbox/new/1789000000.3.demo", "mailbox/cur/1789000000.4.demo:2,S"]
    theirs = ["notes.txt", "commsleads.db.backup", "digests/weekly-notes.html", "digests/sub/weekly-2026-W46.html"]
    theirs += ["mailbox/new/1789000000.M1P2.host", "mailbox/draft.eml"]
    for name in [*ours, *theirs]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    make_folder(folder)
    assert not [name for name in ours if (folder / name).exists()]
    assert all((folder / name).exists() for name in theirs)


def test_the_chat_takes_messages_and_nothing_else(served: Server) -> None:
    """What is left at its address is kept with the moment; other addresses, floods and what is no JSON are refused, and
    none of it is a request to the newsroom."""
    assert leave(served, "/chat/press-office", b'{"title": "A"}') == 200
    assert leave(served, "/courier/feed", b'{"title": "B"}') == 404
    assert leave(served, "/chat/press-office", b"[" + b" " * 100_000 + b"]") == 404
    assert leave(served, "/chat/press-office", b"{title") == 404
    assert [(path, message) for _, path, message in served.told] == [("/chat/press-office", {"title": "A"})]
    assert served.told[0][0] == served.moment
    assert not served.asked


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Without the demo's marker nothing is deleted, not even a file that has one of our names."""
    (tmp_path / "config.toml").write_text("precious")
    with pytest.raises(ConfigError, match="left alone"):
        make_folder(tmp_path)
    assert (tmp_path / "config.toml").read_text() == "precious"
    assert not (tmp_path / MARKER).exists()


def test_a_file_in_the_way_is_told_in_words(tmp_path: Path) -> None:
    """A path that cannot be a folder gives a sentence and not a trace."""
    (tmp_path / "demo").write_text("I am a file")
    with pytest.raises(ConfigError, match="Name another folder"):
        make_folder(tmp_path / "demo")


def test_a_linked_digest_folder_is_not_emptied(tmp_path: Path) -> None:
    """Clearing never follows a link out of the demo's folder."""
    make_folder(tmp_path / "demo")
    away = tmp_path / "away"
    away.mkdir()
    (away / "weekly-2026-W46.html").write_text("mine")
    (away / "new").mkdir()
    (away / "new" / "1789000000.3.demo").write_text("mine as well")
    (tmp_path / "demo" / "digests").symlink_to(away)
    (tmp_path / "demo" / "mailbox").symlink_to(away)
    make_folder(tmp_path / "demo")
    assert (away / "weekly-2026-W46.html").read_text() == "mine"
    assert (away / "new" / "1789000000.3.demo").read_text() == "mine as well"
