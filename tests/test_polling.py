"""Rounds of polls over real sockets: what is kept, what is asked again, and what one bad host costs its neighbours."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from commsleads import jobs, polling
from commsleads.rules.periods import parse_period
from commsleads.store import lists
from commsleads.store import sources as timetable
from commsleads.store.engine import stamp
from tests.office import item, numbers, office, rss
from tests.web import Answer, Asked, Web


def test_two_hundred_then_not_modified_twice_then_only_the_new(tmp_path: Path) -> None:
    """200, 304, 304; after a change 200 again, and only the new entry is new."""
    with Web() as web:
        web.add("/feed", rss(item(1, "One"), item(2, "Two")), etag='"a"', last_modified="Wed, 18 Nov 2026 07:00:00 GMT")
        app, clock = office(tmp_path, {"news": web.url("/feed")})
        rounds = []
        for _ in range(3):
            rounds.append(polling.poll(app, everyone=True))
            clock.move(hours=1)
        web.add("/feed", rss(item(3, "Three"), item(1, "One"), item(2, "Two")), etag='"b"')
        rounds.append(polling.poll(app, everyone=True))
    assert [(came.new, came.not_modified, came.known) for came in rounds] == [
        (2, 0, 0),
        (0, 1, 0),
        (0, 1, 0),
        (1, 0, 2),
    ]
    assert [asked.headers.get("if-none-match") for asked in web.requests] == [None, '"a"', '"a"', '"a"']
    with app.engine.session() as session:
        polls = session.tuples("SELECT status, outcome, new FROM polls ORDER BY at")
    assert polls == [(200, "read", 2), (304, "same", 0), (304, "same", 0), (200, "read", 1)]


def test_bad_hosts_cost_their_neighbours_nothing(tmp_path: Path) -> None:
    """Hanging, dripping, endless, broken and lying hosts fail with words; every good feed is read."""
    good = rss(item(1, "Good"))
    with Web() as web:
        bad = {
            "hang": Answer(hang=True),
            "drip": Answer(body=good, drip=0.5),
            "endless": Answer(body=b"<rss>" * 9999, endless=True, length=-1),
            "reset": Answer(body=good, reset=True, cut=20),
            "cut": Answer(body=good, cut=50),
            "page": Answer(body=b"<!doctype html><html><body>Please accept", headers={"Content-Type": "text/html"}),
            "gone": Answer(status=410),
            "absent": Answer(status=404),
            "down": Answer(status=503),
            "busy": Answer(status=429, headers={"Retry-After": "120"}),
            "loop": Answer(status=302, headers={"Location": "/loop"}),
            "empty": Answer(body=b""),
            "noise": Answer(body=bytes(range(256)) * 40),
        }
        for name, answer in bad.items():
            web.queue(f"/{name}", answer)
        urls = {name: web.url(f"/{name}") for name in bad}
        for number in range(20):
            web.add(f"/good{number}", rss(item(number, f"Good {number}")))
            urls[f"good{number}"] = web.url(f"/good{number}")
        app, _ = office(tmp_path, urls, timeout="3s")
        began = time.monotonic()
        came = polling.poll(app, everyone=True)
        assert time.monotonic() - began < 10
    with app.engine.session() as session:
        listed = {row["id"]: row for row in timetable.listed(session)}
    assert came.new == 20
    assert {name for name, row in listed.items() if row["state"] == "ok"} == {f"good{n}" for n in range(20)}
    for name in bad:
        assert listed[name]["state"] == "failing", name
        assert len(listed[name]["last_error"]) > 20, name
    assert numbers(app, "gaps") == [len(bad)]
    with app.engine.session() as session:
        aside = {name for (name,) in session.tuples("SELECT source_id FROM unread")}
    assert {"page", "noise"} <= aside


def test_unclaimed_when_stopped(tmp_path: Path) -> None:
    """An orderly stop keeps what has answered, gives the rest back, and does not wait for a hanging host."""
    with Web() as web:
        web.add("/quick", rss(item(1, "Quick")))
        web.queue("/hang", Answer(hang=True))
        app, clock = office(tmp_path, {"quick": web.url("/quick"), "hang": web.url("/hang")}, timeout="60s")
        began = time.monotonic()
        came = polling.poll(app, everyone=True, stopping=lambda: True)
        assert time.monotonic() - began < 8
    assert came.new == 1
    with app.engine.session() as session:
        assert [claim.id for claim in timetable.claim(session, clock.now, lease=timedelta(minutes=1))] == ["hang"]


def test_retry_after_is_kept_and_nobody_is_asked_before(tmp_path: Path) -> None:
    """A server that asks for two hours is left alone for two hours, by the timetable."""
    with Web() as web:
        web.queue("/busy", Answer(status=429, headers={"Retry-After": "7200"}), Answer(body=rss(item(1, "Back"))))
        app, clock = office(tmp_path, {"busy": web.url("/busy")})
        polling.poll(app)
        clock.move(minutes=119)
        assert polling.poll(app).polled == 0
        clock.move(minutes=20)
        assert polling.poll(app).new == 1
    assert len(web.requests) == 2


def test_feed_that_moved_on_leaves_a_gap(tmp_path: Path) -> None:
    """When nothing in the feed is known from the poll before, what came in between was not seen: a row says so."""
    with Web() as web:
        web.add("/feed", rss(item(1, "One"), item(2, "Two")))
        app, clock = office(tmp_path, {"news": web.url("/feed")})
        polling.poll(app, everyone=True)
        first = clock.now
        clock.move(days=2)
        web.add("/feed", rss(item(7, "Seven"), item(8, "Eight")))
        polling.poll(app, everyone=True)
    with app.engine.session() as session:
        (gap,) = timetable.gaps(session)
    assert (gap["start_at"], gap["end_at"]) == (stamp(first), stamp(clock.now))
    assert "not seen" in gap["why"]


def test_capped_feed_keeps_the_newest_and_says_so(tmp_path: Path) -> None:
    """More entries than one poll may bring: the rest is a gap, not silence."""
    with Web() as web:
        web.add("/feed", rss(*(item(n, f"Item {n}") for n in range(700))))
        app, _ = office(tmp_path, {"news": web.url("/feed")})
        assert polling.poll(app, everyone=True).new == app.settings.fetch.max_items
    assert numbers(app, "gaps") == [1]


@pytest.mark.parametrize("change", ["watch", "source"])
def test_changed_settings_are_taken_up_at_the_next_start(tmp_path: Path, change: str) -> None:
    """A new watch applies to what comes from now on, and to the past after `rebuild`."""
    from commsleads.intake import rebuild

    with Web() as web:
        web.add("/feed", rss(item(1, "Ferry sails")))
        web.add("/other", rss(item(2, "Other")))
        app, _ = office(tmp_path, {"news": web.url("/feed")})
        jobs.once(app, every_source=True)
        if change == "watch":
            app, _ = office(tmp_path, {"news": web.url("/feed")}, more='[[watches]]\nid = "ferry"\nany = ["ferry"]\n')
            with app.engine.session() as session:
                assert lists.listed(session, lists.Filter(watch="ferry")) == []
                rebuild(session, app.intake(session))
                assert len(lists.listed(session, lists.Filter(watch="ferry"))) == 1
        else:
            app, _ = office(tmp_path, {"other": web.url("/other")})
            assert jobs.once(app, every_source=True)["signals"]["new"] == 1
            assert numbers(app, "signals") == [2]


def test_days_without_a_run_are_a_gap(tmp_path: Path) -> None:
    """The machine was off from Wednesday to Monday: those days were not observed, although the feed lost nothing."""
    with Web() as web:
        web.add("/feed", rss(item(1, "One")))
        app, clock = office(tmp_path, {"news": web.url("/feed")})
        polling.poll(app)
        clock.move(hours=24)  # once a day, as a crontab would
        polling.poll(app)
        with app.engine.session() as session:
            assert timetable.gaps(session) == []
        clock.move(days=4)
        web.add("/feed", rss(item(2, "Two"), item(1, "One")))
        polling.poll(app)
        with app.engine.session() as session:
            (gap,) = timetable.gaps(session)
            facts = app.facts(session)
            week = parse_period("2026-W47", app.settings.organisation.zone)
            assert facts.observed(week) < 0.6
            assert [gap.lost for gap in facts.health(week).gaps] == [False]
    assert (gap["start_at"], gap["end_at"]) == ("2026-11-19T09:30:00Z", "2026-11-23T09:30:00Z")
    assert gap["why"].startswith("It was not asked for 4 days")


def test_a_round_that_outlasts_its_lease_keeps_its_sources(tmp_path: Path) -> None:
    """Many feeds of one site stand in line for longer than a lease: no other round may take them meanwhile."""
    others: list[list[str]] = []

    def slow(_: Asked) -> Answer:
        for _half in range(2):
            clock.move(minutes=4)
            time.sleep(2 * polling.PATIENCE)
        with app.engine.session() as session:
            others.append([claim.id for claim in timetable.claim(session, clock.now, lease=timedelta(minutes=1))])
        return Answer(body=rss(item(1, "Late")))

    with Web() as web:
        web.handler("/slow", slow)
        app, clock = office(tmp_path, {"slow": web.url("/slow")}, timeout="30s")
        assert polling.poll(app).new == 1
    assert others == [[]]


def test_a_wait_counts_from_the_answer(tmp_path: Path) -> None:
    """What a server asks for begins when it says so, however long the feed has stood in line before."""

    def busy(_: Asked) -> Answer:
        clock.move(minutes=50)
        return Answer(status=429, headers={"Retry-After": "3600"})

    with Web() as web:
        web.handler("/busy", busy)
        app, clock = office(tmp_path, {"busy": web.url("/busy")}, every="1m")
        polling.poll(app)
        clock.move(minutes=59)
        assert polling.poll(app).polled == 0


def test_what_a_feed_says_of_itself_is_cleaned(tmp_path: Path) -> None:
    """The title of a feed is a fragment of HTML like any other, and is kept as text."""
    feed = rss(item(1, "One")).replace(
        b"<title>News", b"<title>&lt;b&gt;News&lt;/b&gt;&lt;script&gt;1&lt;/script&gt;", 1
    )
    with Web() as web:
        web.add("/feed", feed)
        app, _ = office(tmp_path, {"news": web.url("/feed")})
        polling.poll(app)
    with app.engine.session() as session:
        assert timetable.listed(session)[0]["about"]["title"] == "News"


def test_a_host_that_is_silent_holds_up_nobody_for_long(tmp_path: Path) -> None:
    """When several feeds of one host have timed out, the others there are left for the next round."""
    with Web() as web:
        web.handler("*", lambda _: Answer(hang=True))
        app, _ = office(tmp_path, {f"f{n:02}": web.url(f"/{n}") for n in range(40)}, timeout="1s")
        began = time.monotonic()
        came = polling.poll(app)
        assert time.monotonic() - began < 10
    assert came.failed >= 3
    assert came.failed + came.skipped == 40
    assert len(web.requests) < 10
