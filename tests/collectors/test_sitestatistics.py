"""Plausible, Matomo, Google Analytics and Umami through the whole program: a week of polls with everything that goes
wrong, and each way of theirs to say no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.collectors.counting import Counting, counting
from tests.collectors.sitestatistics import KEY, Ga4, Matomo, Plausible, Service, Umami, Visits
from tests.web import Web

SETTINGS: dict[str, tuple[type[Service], str, dict[str, Any]]] = {
    "plausible": (Plausible, "", {"site": "museum.example", "key_secret": "key", "timezone": "Europe/Berlin"}),
    "matomo": (Matomo, "", {"site_id": 7, "token_secret": "key"}),
    "ga4": (Ga4, "/v1beta", {"property": "123456789", "token_secret": "key", "timezone": "Europe/Berlin"}),
    "umami": (Umami, "", {"site_id": Umami.site, "key_secret": "key", "timezone": "Europe/Berlin"}),
}
KINDS = sorted(SETTINGS)
TROUBLES = ("outage", "limit", "html", "shape")


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on loopback."""
    with Web() as found:
        yield found


def start(kind: str, web: Web, folder: Path, visits: Visits, **settings: Any) -> tuple[Counting, Any]:
    """The program and the service it asks."""
    make, path, usual = SETTINGS[kind]
    service = make(web, visits)
    return counting(folder, kind, web.url(path).rstrip("/"), **{**usual, **settings}), service


def local(at: datetime) -> str:
    """The day in Berlin, in winter."""
    return (at + timedelta(hours=1)).date().isoformat()


@pytest.mark.parametrize("kind", KINDS)
def test_a_week_of_polls(kind: str, web: Web, tmp_path: Path) -> None:
    """Outages, limits, web pages, late visits, a day lowered to nothing: what stands is what happened, to the last."""
    chance = Random(f"week of {kind}")
    visits = Visits()
    program, service = start(kind, web, tmp_path, visits)
    seen: list[int] = []
    for number in range(28):
        at = program.clock.now + timedelta(hours=6)
        for content in ("visit", "order", ""):
            visits.add(local(at), chance.randrange(4), campaign="wing26", content=content, source="newsletter")
        visits.add(local(at), 5, source="search.example")
        if number % 5 == 4:  # counted late
            visits.add(local(at - timedelta(days=2)), 2, campaign="wing26", content="visit", medium="email")
        if number == 13:  # taken back: machines, found afterwards
            for key, n in visits.between(local(at - timedelta(days=1)), local(at - timedelta(days=1))):
                visits.add(key[0], -n, campaign=key[1], content=key[2], source=key[3], medium=key[4])
        service.trouble = TROUBLES[number % 4] if number % 7 in (2, 3) and number < 26 else ""
        said = program.ask(hours=6)
        assert bool(said) is bool(service.trouble)
        lowest = program.row("SELECT coalesce(min(total), 0), coalesce(min(gained), 0) FROM counters")
        assert min(lowest) >= 0
        seen.append(sum(program.by_day().values()))
    assert program.by_day() == visits.by_day()
    assert seen[-1] == sum(visits.by_day().values()) > 0
    assert program.row("SELECT sum(gained) FROM counters") == (seen[-1],)
    assert not program.rows("SELECT 1 FROM counters WHERE thing NOT LIKE 'utm_campaign=wing26%'")


@pytest.mark.parametrize("kind", KINDS)
def test_the_counters_say_how_they_were_counted(kind: str, web: Web, tmp_path: Path) -> None:
    """A campaign's counter belongs to it, with the rule of the service, its zone and whether machines are left out."""
    visits = Visits()
    visits.add("2026-11-17", 3, campaign="wing26")
    program, _ = start(kind, web, tmp_path, visits)
    assert program.ask() == ""
    ((thing, measure, campaign, rule, zone, filtered),) = program.rows(
        "SELECT thing, measure, campaign_id, rule, zone, filtered FROM counters"
    )
    assert (thing, measure, campaign) == ("utm_campaign=wing26", "visits", "new-wing")
    assert (zone, filtered) == ("Europe/Berlin", "service")
    assert "counts" in rule
    assert rule.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_told_is_not_zero(kind: str, web: Web, tmp_path: Path) -> None:
    """A poll that fails changes no count, says so in a sentence, and the next one reads everything."""
    visits = Visits()
    visits.add("2026-11-17", 3, campaign="wing26")
    program, service = start(kind, web, tmp_path, visits)
    program.ask()
    visits.add("2026-11-18", 2, campaign="wing26")
    for service.trouble in TROUBLES:
        said = program.ask(hours=1)
        assert said.endswith((".", '"', ")"))
        assert KEY not in said
        assert program.by_day() == {"2026-11-17": 3}
    service.trouble = ""
    assert program.ask(hours=1) == ""
    assert program.by_day() == {"2026-11-17": 3, "2026-11-18": 2}


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_key(kind: str, web: Web, tmp_path: Path) -> None:
    """A key that the service does not take pauses the source, with a sentence that has no part of the key in it."""
    program, _ = start(kind, web, tmp_path, Visits())
    (tmp_path / "secrets" / "key").write_text("withdrawn-98765", encoding="utf-8")
    said = program.ask()
    assert "refuses" in said
    assert "withdrawn" not in said
    assert program.row("SELECT state FROM sources") == ("paused",)


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_that_is_missing(kind: str, web: Web, tmp_path: Path) -> None:
    """Without its secret nothing is sent, and the sentence says what to do."""
    program, service = start(kind, web, tmp_path, Visits())
    (tmp_path / "secrets" / "key").unlink()
    assert "key" in program.ask()
    assert service.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_many_rows_come_page_by_page(kind: str, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than one page holds are read to the end, each once."""
    monkeypatch.setattr(f"commsleads.collectors.statistics.{kind}.ROWS", 4)
    visits = Visits()
    for number in range(11):
        for day in ("2026-11-17", "2026-11-18"):
            visits.add(day, number + 1, campaign=f"wing26-{number:02}", content="visit")
    program, _ = start(kind, web, tmp_path, visits, first_days=2)
    assert program.ask() == ""
    assert program.by_day() == {"2026-11-17": 66, "2026-11-18": 66}
    assert program.row("SELECT count(*) FROM counters") == (11,)


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_gives_the_same_page_for_ever(
    kind: str, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that does not go on is cut, told, and counted once."""
    monkeypatch.setattr(f"commsleads.collectors.statistics.{kind}.ROWS", 1)
    visits = Visits()
    visits.add("2026-11-18", 7, campaign="wing26")
    program, service = start(kind, web, tmp_path, visits, first_days=0)
    first = service.answer

    def stuck(asked: Any) -> Any:
        for name in ("offset", "filter_offset"):
            for old in (f'"{name}":1', f'"{name}":"1"', f"{name}=1"):
                body, target = asked.body.replace(old.encode(), old[:-1].encode() + b"0"), asked.target
                if old.endswith('"'):
                    body = asked.body.replace(old.encode(), old[:-2].encode() + b'0"')
                asked = type(asked)(
                    method=asked.method, target=target.replace(old, old[:-1] + "0"), headers=asked.headers, body=body,
                    peer=asked.peer,
                )  # fmt: skip
        return first(asked)

    service.answer = stuck
    assert program.ask() == ""
    assert program.by_day() == {"2026-11-18": 7}
    assert len(service.asked) <= 5
    assert "more rows" in str(program.row("SELECT note FROM polls")[0])


def test_matomo_says_its_errors_with_status_200(web: Web, tmp_path: Path) -> None:
    """A token that may not see the site pauses the source although the status is 200."""
    program, service = start("matomo", web, tmp_path, Visits(), site_id=8, timezone="Europe/Berlin")
    assert "does not exist" in program.ask()
    assert program.row("SELECT state FROM sources") != ("paused",)
    assert all(KEY not in asked.target for asked in service.asked)


def test_google_withholds_small_figures(web: Web, tmp_path: Path) -> None:
    """What Google withholds is not zero: what stood stays, and the poll says so."""
    visits = Visits()
    visits.add("2026-11-17", 12, campaign="wing26", content="visit")
    program, service = start("ga4", web, tmp_path, visits)
    program.ask()
    service.withheld_below = 20
    program.ask(hours=6)
    assert program.by_day() == {"2026-11-17": 12}
    assert "withholds" in str(program.row("SELECT note FROM polls ORDER BY at DESC LIMIT 1")[0])


def test_google_s_columns_in_another_order(web: Web, tmp_path: Path) -> None:
    """Values are known by their place: other columns than those asked for are an error and not a count."""
    visits = Visits()
    visits.add("2026-11-17", 12, campaign="wing26", content="visit")
    program, service = start("ga4", web, tmp_path, visits)
    first = service.answer

    def turned(asked: Any) -> Any:
        answer = first(asked)
        return type(answer)(body=answer.body.replace(b'"date"', b'"hour"'), headers=answer.headers)

    service.answer = turned
    assert "columns" in program.ask()
    assert program.by_day() == {}


def test_google_s_quota_is_nearly_used_up(web: Web, tmp_path: Path) -> None:
    """With little left of the hour's quota the next poll waits for an hour."""
    program, service = start("ga4", web, tmp_path, Visits())
    service.remaining = 12
    assert program.ask() == ""
    until = datetime.fromisoformat(str(program.row("SELECT next_check_at FROM sources")[0])).replace(tzinfo=UTC)
    assert until - program.clock.now >= timedelta(hours=1)


def test_an_old_umami_tells_visitors(web: Web, tmp_path: Path) -> None:
    """Version 2 has no visits by name: its visitors are kept under their own name, not as visits."""
    visits = Visits()
    visits.add("2026-11-17", 4, campaign="wing26")
    program, service = start("umami", web, tmp_path, visits)
    service.version = 2
    assert program.ask() == ""
    assert program.rows("SELECT measure, campaign_id FROM counters") == [("visitors", "new-wing")]
    assert program.by_day() == {"2026-11-17": 4}


def test_an_umami_of_one_s_own(web: Web, tmp_path: Path) -> None:
    """With a name and a password it logs in first; its links are counted since they were made."""
    service = Umami(web, Visits())
    service.link("aaaa", "wing", "https://museum.example/wing?utm_campaign=wing26", 5)
    secrets = {"password": "a password"}
    settings = {"site_id": "", "user": "press", "password_secret": "password", "short_links": True}
    program = counting(tmp_path, "umami", web.url(""), secrets=secrets, **settings)
    assert program.ask() == ""
    service.links["aaaa"]["n"] = 9
    assert program.ask(hours=6) == ""
    ((thing, total, gained, campaign),) = program.rows("SELECT thing, total, gained, campaign_id FROM counters")
    assert (thing, total, gained, campaign) == (web.url("/q/wing"), 9, 4, "new-wing")
    assert all(b"a password" not in asked.body for asked in service.asked if asked.path != "/api/auth/login")


def test_a_long_absence_of_umami_is_read_in_turns(web: Web, tmp_path: Path) -> None:
    """Each day is a request: more days than one poll may ask for are read by the following polls."""
    visits = Visits()
    for back in range(100):
        visits.add((datetime(2026, 11, 18, tzinfo=UTC) - timedelta(days=back)).date().isoformat(), 1, campaign="wing26")
    program, service = start("umami", web, tmp_path, visits, first_days=99)
    assert program.ask() == ""
    assert len(service.asked) <= 60
    assert program.ask(hours=1) == ""
    assert program.by_day() == visits.by_day()


@pytest.mark.parametrize("kind", KINDS)
def test_settings_that_make_no_sense(kind: str, tmp_path: Path) -> None:
    """A zone that is none, and days that nobody looks back, are refused before anything is asked."""
    from commsleads.errors import ConfigError

    for settings, word in (({"first_days": 4000}, "first_days"), ({"timezone": "Europe/Nowhere"}, "timezone")):
        with pytest.raises(ConfigError, match=word):
            counting(tmp_path, kind, "https://stats.example", **{**SETTINGS[kind][2], **settings})
