"""Bitly and Dub through the whole program: a week of polls with everything that goes wrong, and how they say no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.collectors.counting import Counting, counting
from tests.collectors.linkaccounts import Account, Bitly, Dub, Links
from tests.collectors.sitestatistics import KEY
from tests.web import Answer, Web

SETTINGS: dict[str, tuple[type[Account], str, dict[str, Any]]] = {
    "bitly": (Bitly, "/v4", {"key_secret": "key"}),
    "dub": (Dub, "", {"key_secret": "key"}),
}
KINDS = sorted(SETTINGS)
TROUBLES = ("outage", "limit", "html", "shape")
NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on loopback."""
    with Web() as found:
        yield found


def start(kind: str, web: Web, folder: Path, account: Links, **settings: Any) -> tuple[Counting, Any]:
    """The program and the service it asks."""
    make, path, usual = SETTINGS[kind]
    service = make(web, account)
    return counting(folder, kind, web.url(path).rstrip("/"), **{**usual, **settings}), service


def poll(program: Counting, service: Account, **by: float) -> str:
    """Poll, the service's clock going with ours."""
    service.now = program.clock.now + timedelta(**by)
    return program.ask(**by)


def note(program: Counting) -> str:
    return str(program.row("SELECT note FROM polls ORDER BY at DESC LIMIT 1")[0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_week_of_polls(kind: str, web: Web, tmp_path: Path) -> None:
    """Outages, limits, web pages, a link made anew in a week of clicks: none negative, doubled, invented or missing."""
    chance = Random(f"week of {kind}")
    links = Links()
    names = [f"go.example/{word}" for word in ("a", "b", "c")]
    for name in names:
        links.make(name)
    program, service = start(kind, web, tmp_path, links)
    assert poll(program, service) == ""
    former = dict.fromkeys(names, 0)
    for number in range(28):
        if kind == "dub" and number == 15:
            former[names[2]] = len(links.at[names[2]])
            links.make(names[2], "2026-11-22T08:00:00+0000")
        for name in names:
            links.click(name, program.clock.now + timedelta(hours=1, minutes=number), chance.randrange(4))
        service.trouble = TROUBLES[number % 4] if number % 7 in (2, 3) and number < 26 else ""
        assert bool(poll(program, service, hours=6)) is bool(service.trouble)
        assert min(program.row("SELECT min(total), min(gained) FROM counters")) >= 0
    truth = {f"https://{name}": former[name] + len(links.at[name]) for name in names}
    assert dict(program.rows("SELECT thing, gained FROM counters")) == truth
    if kind == "bitly":
        for name in names:
            assert program.by_day(f"https://{name}") == links.by_day(name)
    else:
        assert program.row("SELECT count(*) FROM hits") == (sum(truth.values()),)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_is_made_anew(kind: str, web: Web, tmp_path: Path) -> None:
    """A link deleted and made again under its name: what was counted stays, and the new clicks are added."""
    links = Links()
    links.make("go.example/a")
    program, service = start(kind, web, tmp_path, links)
    poll(program, service)
    links.click("go.example/a", program.clock.now + timedelta(hours=1), 9)
    poll(program, service, hours=6)
    program.clock.move(days=5)
    links.make("go.example/a", "2026-11-23T08:00:00+0000")
    links.click("go.example/a", program.clock.now + timedelta(hours=1), 2)
    assert poll(program, service, hours=6) == ""
    assert program.row("SELECT gained FROM counters") == (11,)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_belongs_to_its_campaign(kind: str, web: Web, tmp_path: Path) -> None:
    """By the UTM names of where it leads; the rule and the zone of the service stand beside the number."""
    links = Links()
    links.make("go.example/a")
    links.click("go.example/a", NOON)
    program, service = start(kind, web, tmp_path, links)
    assert poll(program, service) == ""
    ((campaign, rule, zone, filtered),) = program.rows("SELECT campaign_id, rule, zone, filtered FROM counters")
    assert (campaign, zone) == ("new-wing", "UTC")
    assert filtered == {"bitly": "unknown", "dub": "service"}[kind]
    assert "counts" in rule


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_key(kind: str, web: Web, tmp_path: Path) -> None:
    """A key that the service does not take pauses the source, with a sentence that has no part of the key in it."""
    program, service = start(kind, web, tmp_path, Links())
    (tmp_path / "secrets" / "key").write_text("withdrawn-98765", encoding="utf-8")
    said = poll(program, service)
    assert "refuses" in said
    assert "withdrawn" not in said
    assert program.row("SELECT state FROM sources") == ("paused",)


@pytest.mark.parametrize("kind", KINDS)
def test_many_links(kind: str, web: Web, tmp_path: Path) -> None:
    """More links than a page or a poll holds: the following polls read the rest, and nothing twice."""
    links = Links()
    for number in range(130):
        links.make(f"go.example/{number:03}")
        links.click(f"go.example/{number:03}", NOON, number % 5 + 1)
    program, service = start(kind, web, tmp_path, links)
    for _ in range(4):
        assert poll(program, service, hours=1) == ""
    column = "total" if kind == "dub" else "gained"
    assert program.row(f"SELECT count(*), sum({column}) FROM counters") == (130, sum(map(len, links.at.values())))
    assert program.rows("SELECT why FROM gaps") == []


@pytest.mark.parametrize("zeros", [True, False])
def test_bitly_in_turns_reaches_back_to_the_last_turn(zeros: bool, web: Web, tmp_path: Path) -> None:
    """A link whose turn comes after days is asked for all of them, also after a limit in the middle of a poll."""
    links = Links()
    names = [f"go.example/{number:02}" for number in range(12)]
    for name in names:
        links.make(name)
    program, service = start("bitly", web, tmp_path, links)
    service.zeros = zeros
    poll(program, service)
    for number in range(12):
        for name in names:
            links.click(name, program.clock.now + timedelta(hours=2), 1)
        service.allowed = 5 if number < 9 else 10**9  # two lists and three links, then the limit
        assert poll(program, service, hours=24) == ""
    assert {name: program.by_day(f"https://{name}") for name in names} == {name: links.by_day(name) for name in names}


def test_bitly_counts_the_links_that_are_named(web: Web, tmp_path: Path) -> None:
    """With links in the settings only those are asked for; one that is not there costs no other."""
    links = Links()
    for name in ("go.example/a", "go.example/b", "go.example/c"):
        links.make(name)
        links.click(name, NOON, 2)
    links.gone.add("go.example/b")
    named = ["https://go.example/a", "go.example/b"]
    program, service = start("bitly", web, tmp_path, links, links=named)
    assert poll(program, service) == ""
    assert program.rows("SELECT thing, gained FROM counters") == [("https://go.example/a", 2)]
    assert "go.example/b is not there (404)" in note(program)
    assert not any("/groups" in asked.target for asked in service.asked)


def test_one_broken_link_of_bitly_costs_no_other(web: Web, tmp_path: Path) -> None:
    """A link whose counts Bitly cannot tell is noted, with a gap, and the others are counted all the same."""
    links = Links()
    for name in ("go.example/a", "go.example/b"):
        links.make(name)
        links.click(name, NOON, 2)
    program, service = start("bitly", web, tmp_path, links)
    usual = service.answer
    service.answer = lambda asked: Answer(status=500) if "example/a/clicks" in asked.target else usual(asked)
    assert poll(program, service) == ""
    assert program.rows("SELECT thing, gained FROM counters") == [("https://go.example/b", 2)]
    assert "go.example/a" in note(program)
    assert len(program.rows("SELECT why FROM gaps")) == 1


def test_bitly_s_day_that_is_not_named_is_not_zero(web: Web, tmp_path: Path) -> None:
    """The plan of Bitly may show few days: those that it leaves out stay as they were."""
    links = Links()
    links.make("go.example/a")
    links.click("go.example/a", NOON, 3)
    program, service = start("bitly", web, tmp_path, links)
    poll(program, service)
    links.at["go.example/a"].clear()
    poll(program, service, hours=6)
    assert program.by_day("https://go.example/a") == {"2026-11-17": 3}
    service.zeros = True
    poll(program, service, hours=6)
    assert program.by_day("https://go.example/a") == {}


def test_what_is_no_link_of_bitly(tmp_path: Path) -> None:
    """An address that would ask for something else is refused before anything is asked."""
    from commsleads.errors import ConfigError

    for link in ("bit.ly", "bit.ly/../groups", "bit.ly/a?unit=day", "ftp://bit.ly/a", "bit.ly/a/b", ""):
        with pytest.raises(ConfigError, match="no link of Bitly"):
            counting(tmp_path, "bitly", "https://api-ssl.bitly.com/v4", key_secret="key", links=[link])


def test_dub_without_a_plan_for_single_clicks(web: Web, tmp_path: Path) -> None:
    """The free plan shows totals only: they are kept, the poll is sound and says so."""
    links = Links()
    links.make("go.example/a")
    program, service = start("dub", web, tmp_path, links)
    service.paid = False
    poll(program, service)
    links.click("go.example/a", program.clock.now, 4)
    assert poll(program, service, hours=6) == ""
    assert program.row("SELECT gained FROM counters") == (4,)
    assert program.row("SELECT count(*) FROM hits") == (0,)
    assert "totals are kept" in note(program)
    assert KEY not in note(program)


def test_dub_s_limit_between_totals_and_clicks(web: Web, tmp_path: Path) -> None:
    """The totals that came are kept, and the clicks come with the next poll."""
    links = Links()
    links.make("go.example/a")
    links.click("go.example/a", NOON, 4)
    program, service = start("dub", web, tmp_path, links)
    service.allowed = 1
    assert poll(program, service) == ""
    assert program.row("SELECT (SELECT count(*) FROM counters), (SELECT count(*) FROM hits)") == (1, 0)
    service.allowed = 10**9
    assert poll(program, service, hours=6) == ""
    assert program.row("SELECT count(*) FROM hits") == (4,)


def test_dub_s_clicks_come_page_by_page(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More clicks than one poll may read: each is kept once, and the next poll goes on where this one stopped."""
    monkeypatch.setattr("commsleads.collectors.links.dub.EVENTS", 10)
    monkeypatch.setattr("commsleads.collectors.links.dub.MOST_CLICKS", 40)
    links = Links()
    links.make("go.example/a")
    for hour in range(50):
        links.click("go.example/a", NOON - timedelta(hours=50 - hour), 3)
    links.click("go.example/a", NOON, 90)  # more in a moment than one poll may read
    program, service = start("dub", web, tmp_path, links)
    for _ in range(9):
        assert poll(program, service, hours=1) == ""
    assert program.row("SELECT count(*) FROM hits") == (240,)


def test_nothing_of_a_person_comes_along(web: Web, tmp_path: Path) -> None:
    """Dub tells addresses of visitors: none of them reaches the store."""
    links = Links()
    links.make("go.example/a")
    links.click("go.example/a", NOON, 2)
    program, service = start("dub", web, tmp_path, links)
    poll(program, service)
    with program.app.engine.session() as session:
        tables = [row[0] for row in session.tuples("SELECT name FROM sqlite_master WHERE type = 'table'")]
        words = [str(tuple(row)) for table in tables for row in session.tuples(f"SELECT * FROM {table}")]
    assert not any("192.0.2.7" in word for word in words)
