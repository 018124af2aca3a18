"""Shlink, YOURLS and Kutt, polled by the whole program over HTTP: what is counted, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.app import App
from commsleads.cli import main
from commsleads.polling import poll
from commsleads.store.campaigns import counters
from commsleads.store.engine import Row
from tests.collectors.linkservices import HTML, JSON, KuttServer, Service, ShlinkServer, YourlsServer
from tests.office import Clock, office
from tests.web import Answer

CTAS = """
[[campaigns.ctas]]
id = "visit"
wording = "Come and see the new wing"
destination = "https://museum.example/wing"
[[campaigns.ctas]]
id = "press-kit"
destination = "https://museum.example/kit"
kind = "download"
links = ["https://go.museum.example/kit"]
"""

KINDS: dict[str, type[Service]] = {"shlink": ShlinkServer, "yourls": YourlsServer, "kutt": KuttServer}


def program(folder: Path, service: Service, kind: str, more: str = "", *, every: str = "1h") -> tuple[App, Clock]:
    """The program with one such source, its key in the environment."""
    source = f'[[sources]]\nid = "go"\nkind = "{kind}"\nurl = "{service.url}"\nevery = "{every}"\nkey_secret = "go"\n'
    app, clock = office(folder, {}, more=CTAS + source + more)
    app.environ = {"COMMSLEADS_SECRET_GO": service.key}
    return app, clock


def read(app: App, source: str = "go") -> Row:
    """Poll once; the source as it stands then."""
    poll(app, only=[source])
    return rows(app, "SELECT * FROM sources WHERE id = 'go'")[0]


def rows(app: App, sql: str) -> list[Row]:
    """Rows of the database."""
    with app.engine.session() as session:
        return session.query(sql)


def counted(app: App) -> dict[str, Row]:
    """The counters of all clicks, by the last part of the short address."""
    with app.engine.session() as session:
        return {row["thing"].rpartition("/")[2]: row for row in counters.listed(session) if row["measure"] == "clicks"}


def count(service: Service, code: str, clicks: int, clock: Clock) -> None:
    """Let a link be clicked so often, in the minutes before now."""
    link = service.links[code]
    link.clicks += clicks
    if isinstance(service, ShlinkServer):
        for number in range(clicks):
            service.click(link, clock.now - timedelta(seconds=7 * number + 1))


@pytest.mark.parametrize("kind", KINDS)
def test_totals_are_read_and_what_came_before_is_kept_apart(kind: str, tmp_path: Path) -> None:
    """The first reading gains nothing; each further one gains the rise."""
    with KINDS[kind]() as service:
        service.make("wing")
        service.make("other", "https://elsewhere.example/")
        app, clock = program(tmp_path, service, kind)
        count(service, "wing", 12, clock)
        assert read(app)["state"] == "ok"
        clock.move(hours=1)
        count(service, "wing", 5, clock)
        read(app)
        clock.move(hours=1)
        read(app)
    wing, other = counted(app)["wing"], counted(app)["other"]
    assert (wing["earlier"], wing["gained"], wing["total"], wing["resets"]) == (12, 5, 17, 0)
    assert (wing["campaign_id"], wing["cta_id"], wing["why"]) == ("new-wing", "visit", "it leads to its destination")
    assert wing["rule"]
    assert wing["filtered"] == ("service" if kind == "kutt" else "no")
    assert (other["campaign_id"], other["total"]) == ("", 0)
    assert (
        rows(app, "SELECT gained, total FROM counts WHERE total > 0 ORDER BY at, counter_id LIMIT 9")[-1]["gained"] == 5
    )


@pytest.mark.parametrize("kind", KINDS)
def test_links_are_tied_by_their_short_address_or_their_tags(kind: str, tmp_path: Path) -> None:
    """The short address in `links` comes first; tags name the campaign and, with utm_content, the call to action."""
    with KINDS[kind]() as service:
        service.make("kit", "https://cdn.example/kit.zip")
        service.make("tagged", "https://shop.example/?utm_source=mailing&utm_medium=email&utm_campaign=Wing26")
        service.make("named", "https://shop.example/?utm_campaign=wing26&utm_content=visit")
        app, _ = program(tmp_path, service, kind)
        read(app)
    tied = {code: (row["campaign_id"], row["cta_id"]) for code, row in counted(app).items()}
    assert tied == {"kit": ("new-wing", "press-kit"), "tagged": ("new-wing", ""), "named": ("new-wing", "visit")}
    links = {row["external"].rpartition("/")[2]: row for row in rows(app, "SELECT * FROM links")}
    assert links["tagged"]["channel"] == "mail"
    assert all(row["source_id"] == "go" and not row["slug"] for row in links.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_made_anew_is_a_new_epoch(kind: str, tmp_path: Path) -> None:
    """Deleted and made again under the same name: its count goes on from what was gained, even if it shows more."""
    with KINDS[kind]() as service:
        service.make("wing")
        app, clock = program(tmp_path, service, kind)
        count(service, "wing", 4, clock)
        read(app)
        clock.move(hours=1)
        service.delete("wing")
        service.make("wing")
        count(service, "wing", 9, clock)
        read(app)
    wing = counted(app)["wing"]
    assert (wing["earlier"], wing["gained"], wing["total"], wing["resets"]) == (4, 9, 9, 1)
    assert "made anew" in rows(app, "SELECT note FROM counts ORDER BY at DESC, note DESC LIMIT 1")[0]["note"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_key_pauses_the_source_and_is_never_written(kind: str, tmp_path: Path) -> None:
    """A person must act; neither key nor a part of it stands in the database."""
    with KINDS[kind](key="sesame-7") as service:
        service.make("wing")
        app, _ = program(tmp_path, service, kind)
        app.environ = {"COMMSLEADS_SECRET_GO": "open-sesame-8"}
        service.key = "another"
        before = read(app)
    assert before["state"] == "paused"
    assert "refuses" in before["paused_why"]
    assert not rows(app, "SELECT * FROM counters")
    assert b"sesame" not in b"".join(file.read_bytes() for file in tmp_path.glob("commsleads.db*"))


def test_a_key_that_the_server_repeats_is_taken_out_of_its_words(tmp_path: Path) -> None:
    """Shlink quotes the key it refuses."""
    with ShlinkServer() as service:
        app, _ = program(tmp_path, service, "shlink")
        app.environ = {"COMMSLEADS_SECRET_GO": "wrong-key-1"}
        said = {"title": "Invalid API key", "detail": "Provided API key wrong-key-1 is invalid", "status": 401}
        service.trouble = Answer(status=401, body=json.dumps(said).encode(), headers=JSON)
        why = read(app)["paused_why"]
    assert "Invalid API key" in why
    assert "wrong-key-1" not in why


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Answer(status=503), "not available now"),
        (Answer(status=500, body=b'{"error":"boom"}', headers=JSON), "again. It says: \"boom\""),
        (Answer(status=404, body=b'{"error":"Not found."}', headers=JSON), "not there (404)"),
        (Answer(status=301, headers={"Location": "https://elsewhere.example/"}), "Write the address that answers"),
        (HTML, "a web page came where JSON should be"),
        (Answer(body=b""), "nothing came where JSON should be"),
        (Answer(body=b"[" * 100_000), "something else came"),
        (Answer(body=b'{"links": {"link_1": {}}, "data": [{}], "total": 1, "shortUrls": {"data": [{}]}}'),
         'so the interface is not the one that is known here'),
        (Answer(status=429, body=b'{"error":"Too many"}', headers={"Retry-After": "7200"}), "asked too often"),
        (Answer(status=402, body=b'{"error":"Upgrade to read"}', headers=JSON), "Choose another plan"),
        (Answer(hang=True, cut=3, body=b'{"data":[]}'), "when the time was up"),
        (Answer(reset=True, cut=3, body=b'{"data":[]}'), "broke off"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_sentence_and_no_zero(trouble: Answer, said: str, tmp_path: Path) -> None:
    """An answer that is none leaves the counters as they were, and a gap."""
    _goes_wrong("kutt", trouble, said, tmp_path)


@pytest.mark.parametrize("kind", ["shlink", "yourls"])
def test_another_answer_is_no_zero_anywhere(kind: str, tmp_path: Path) -> None:
    """A web page with 200, and rows of another shape, leave the counters of each service as they were."""
    _goes_wrong(kind, HTML, "a web page came where JSON should be", tmp_path)
    shape = b'{"links": {"link_1": {}}, "shortUrls": {"data": [{}]}}'
    (tmp_path / "again").mkdir()
    _goes_wrong(kind, Answer(body=shape), "so the interface is not the one that is known here", tmp_path / "again")


def _goes_wrong(kind: str, trouble: Answer, said: str, tmp_path: Path) -> None:
    with KINDS[kind]() as service:
        service.make("wing")
        app, clock = program(tmp_path, service, kind)
        app.settings = _hurried(app)
        count(service, "wing", 6, clock)
        read(app)
        service.trouble = trouble
        clock.move(hours=1)
        source = read(app)
    assert said in source["last_error"]
    wing = counted(app)["wing"]
    assert (wing["earlier"], wing["gained"], wing["total"], wing["resets"]) == (6, 0, 6, 0)
    assert [row["end_at"] for row in rows(app, "SELECT * FROM gaps")] == [""]


def _hurried(app: App) -> Any:
    from dataclasses import replace

    return replace(app.settings, fetch=replace(app.settings.fetch, timeout=timedelta(seconds=1)))


def test_the_command_shows_rule_resets_and_gaps(tmp_path: Path) -> None:
    """`counters` says of each number whose rule it follows and what was missed."""
    with KuttServer() as service:
        service.make("wing", clicks=50)
        service.make("other", "https://elsewhere.example/", clicks=1)
        app, clock = program(tmp_path, service, "kutt")
        read(app)
        service.links["wing"].clicks = 3
        clock.move(hours=2)
        read(app)
        service.trouble = Answer(status=503)
        clock.move(hours=2)
        read(app)
    file = str(tmp_path / "config.toml")
    shown = CliRunner().invoke(main, ["--config", file, "counters", "--campaign", "new-wing", "--json"])
    (row,) = json.loads(shown.output)
    assert (row["total"], row["gained"], row["earlier"], row["resets"], row["gaps"]) == (3, 3, 50, 1, 1)
    assert (row["campaign"], row["cta"], row["filtered"], row["state"]) == ("new-wing", "visit", "service", "failing")
    assert row["notes"][0].startswith("The counter fell from 50 to 3")
    told = CliRunner().invoke(main, ["--config", file, "counters"]).output
    assert "machines left out" in told
    assert "Kutt counts requests at the link" in told
    assert "Its source is failing" in told
    assert CliRunner().invoke(main, ["--config", file, "counters", "--source", "nobody"]).exit_code == 0


def test_a_week_with_an_outage_a_reset_and_a_rate_limit(tmp_path: Path) -> None:
    """No click is negative, doubled or invented; the stretches that were not read are gaps that nothing was lost in."""
    with YourlsServer() as service:
        service.make("wing")
        app, clock = program(tmp_path, service, "yourls", every="2h")
        count(service, "wing", 40, clock)
        happened = lost = 0
        for step in range(84):
            if step == 20:
                service.trouble = Answer(status=503)
            if step == 50:
                service.trouble = Answer(status=429, headers={"Retry-After": "10800"})
            if step in (26, 52):
                service.trouble = None
            if step == 66:
                service.links["wing"].clicks = 0
            if step % 3 == 0:
                count(service, "wing", 2, clock)
                happened += 2
            poll(app)
            if step == 0:
                happened = 0
            clock.move(hours=2)
    wing = counted(app)["wing"]
    assert wing["earlier"] == 42
    assert wing["gained"] == happened - lost
    assert wing["resets"] == 1
    steps = rows(app, "SELECT gained, total, note FROM counts ORDER BY at")
    assert all(row["gained"] >= 0 for row in steps)
    assert sum(row["gained"] for row in steps) == wing["gained"]
    assert sum("reset" in row["note"] for row in steps) == 1
    gaps = rows(app, "SELECT * FROM gaps ORDER BY start_at")
    assert len(gaps) == 2
    assert all(gap["end_at"] and gap["why"].endswith("so nothing was lost.") for gap in gaps)
    assert "503" in gaps[0]["why"]
    assert "429" in gaps[1]["why"]


def test_a_gap_that_ends_with_a_reset_is_none_that_nothing_was_lost_in(tmp_path: Path) -> None:
    """What was counted between the last reading and a reset is not known."""
    with KuttServer() as service:
        service.make("wing", clicks=50)
        app, clock = program(tmp_path, service, "kutt")
        read(app)
        service.trouble = Answer(status=503)
        clock.move(hours=2)
        read(app)
        service.trouble = None
        service.links["wing"].clicks = 3
        clock.move(hours=2)
        read(app)
    (gap,) = rows(app, "SELECT * FROM gaps")
    assert gap["end_at"]
    assert "nothing was lost" not in gap["why"]


@pytest.mark.parametrize("kind", KINDS)
def test_many_links_are_read_page_by_page(kind: str, tmp_path: Path) -> None:
    """More links than stand on one page are all counted, each once."""
    with KINDS[kind]() as service:
        for number in range(620):
            service.make(f"l{number}", clicks=number)
        app, _ = program(tmp_path, service, kind, "clicks = false\n" if kind == "shlink" else "")
        source = read(app)
    assert source["state"] == "ok", source["last_error"]
    assert len(counted(app)) == 620


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_choose_links_and_name_those_that_are_missing(kind: str, tmp_path: Path) -> None:
    """Links are named by address or code; one that is not there is said and costs the others nothing."""
    named = 'links = ["https://GO.museum.example/wing", "kit", "go.museum.example/gone"]\n'
    with KINDS[kind]() as service:
        for code in ("wing", "kit", "other"):
            service.make(code)
        app, _ = program(tmp_path, service, kind, named)
        source = read(app)
    assert set(counted(app)) == {"wing", "kit"}
    assert source["note"] == "Not found there: go.museum.example/gone."


# --- the clicks of Shlink --------------------------------------------------------------------------------------------


def hits(app: App) -> list[Row]:
    """The hits, in order of arrival."""
    return rows(
        app, "SELECT h.*, l.external, l.cta_id FROM hits h JOIN links l ON l.id = h.link_id ORDER BY arrival, h.id"
    )


def test_clicks_come_singly_and_once(tmp_path: Path) -> None:
    """Windows overlap, equal visits are told apart by their number, and what the service thinks of them is a mark."""
    with ShlinkServer() as service:
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        at = clock.now - timedelta(minutes=5)
        service.click(link, at, agent="Googlebot/2.1", bot=True)
        service.click(link, at, agent="Mozilla/5.0", referrer="https://www.paper.example/story?id=7")
        service.click(link, at, agent="Mozilla/5.0", referrer="https://www.paper.example/story?id=7")
        read(app)
        first = [row["id"] for row in hits(app)]
        clock.move(hours=1)
        service.click(link, clock.now - timedelta(minutes=30))
        source = read(app)
        clock.move(hours=1)
        asked = service.asked
        read(app)
        assert service.asked - asked == 1  # nothing new: the list alone was asked for
    found = hits(app)
    assert len(found) == 4
    assert {row["id"] for row in found} > set(first)
    assert sorted(row["marks"] for row in found) == ["", "", "", "bot"]
    assert {row["referrer"] for row in found} == {"", "www.paper.example/story"}
    assert all(row["visitor"] == "" and row["cta_id"] == "visit" for row in found)
    assert (source["signals"], source["note"]) == (4, "")
    assert counted(app)["wing"]["singly"]


def test_a_visit_that_is_written_late_is_found(tmp_path: Path) -> None:
    """The stretch that is read begins an hour before the newest visit that is known."""
    with ShlinkServer() as service:
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        service.click(link, clock.now - timedelta(minutes=1))
        read(app)
        service.click(link, clock.now - timedelta(minutes=40))
        clock.move(hours=1)
        read(app)
    assert len(hits(app)) == 2


def test_visits_on_many_pages_come_whole_while_more_are_made(tmp_path: Path) -> None:
    """A backlog is read from its oldest page on, and what happens meanwhile is read by the next poll."""
    with ShlinkServer() as service:
        service.most = 40
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        for number in range(1_000):
            service.click(link, clock.now - timedelta(seconds=10 * (number // 3) + 60))

        def busy(said: Any) -> Any:
            service.click(link, clock.now - timedelta(seconds=1))
            return said

        service.shape = busy
        read(app)
        service.shape = lambda said: said
        for _ in range(3):
            clock.move(hours=1)
            read(app)
    found = hits(app)
    assert len(found) == len(link.visits)
    assert [row["arrival"] for row in found] == sorted(int(visit.at.timestamp() * 1e6) for visit in link.visits)


def test_a_backlog_too_long_for_one_poll_is_read_on(tmp_path: Path) -> None:
    """What one poll may not ask for any more is left, said, and read by the next; nothing is skipped."""
    with ShlinkServer() as service:
        service.most = 10
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        for number in range(1_500):
            service.click(link, clock.now - timedelta(seconds=5 * number + 60))
        first = read(app)
        seen = [len(hits(app))]
        for _ in range(4):
            clock.move(hours=1)
            read(app)
            seen.append(len(hits(app)))
    assert "left for the next poll" in first["note"]
    assert seen[0] < 600
    assert seen[-1] == 1_500


def test_a_rate_limit_in_the_middle_keeps_what_came(tmp_path: Path) -> None:
    """The totals stand, the clicks are left for later, and the source is left alone as long as it asks."""
    with ShlinkServer() as service:
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        service.click(link, clock.now - timedelta(minutes=1))

        def strict(said: Any) -> Any:
            service.trouble = Answer(status=429, headers={"Retry-After": "7200"})
            return said

        service.shape = strict
        source = read(app)
        assert "left for the next poll" in source["note"]
        assert source["next_check_at"] >= (clock.now + timedelta(hours=2)).isoformat()[:19]
        assert counted(app)["wing"]["total"] == 1
        assert not hits(app)
        service.shape, service.trouble = (lambda said: said), None
        clock.move(hours=3)
        read(app)
    assert len(hits(app)) == 1


SHAPES: list[Callable[[Any], Any]] = [
    lambda said: {"visits": {"data": "none"}} if "visits" in said else said,
    lambda said: {"visits": {}} if "visits" in said else said,
    lambda said: [] if "visits" in said else said,
]


@pytest.mark.parametrize("shape", SHAPES, ids=["a text", "nothing", "a list"])
def test_visits_of_another_shape_are_an_error_with_their_body(shape: Callable[[Any], Any], tmp_path: Path) -> None:
    """A changed interface names what it lacks, and what came is kept aside."""
    with ShlinkServer() as service:
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        service.click(link, clock.now - timedelta(minutes=1))
        service.shape = shape
        source = read(app)
    assert '"visits' in source["last_error"]
    assert rows(app, "SELECT body FROM unread")


def test_an_odd_visit_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    """A visit without a date stays in the totals alone, and the note says so."""
    with ShlinkServer() as service:
        link = service.make("wing")
        app, clock = program(tmp_path, service, "shlink")
        service.click(link, clock.now - timedelta(minutes=1))
        service.click(link, clock.now - timedelta(minutes=2))

        def spoil(said: Any) -> Any:
            if "visits" in said:
                said["visits"]["data"][0]["date"] = "yesterday"
            return said

        service.shape = spoil
        source = read(app)
    assert len(hits(app)) == 1
    assert source["note"] == "1 visits have no date that can be read, and are in the totals only."


def test_counters_are_no_eyes_for_coverage(tmp_path: Path) -> None:
    """How much of a week was watched does not count the sources that count clicks."""
    with KuttServer() as service:
        service.make("wing")
        app, _ = program(tmp_path, service, "kutt")
        read(app)
    assert app.counting == ["go"]
    assert app.mailboxes == []
    with app.engine.session() as session:
        facts = app.facts(session)
        assert facts.unseeing == {"go"}


def test_addresses_of_people_are_nowhere_kept(tmp_path: Path) -> None:
    """YOURLS says from which address a link was made: not even an answer set aside holds it."""
    with YourlsServer() as service:
        service.make("wing")
        service.shape = lambda said: {
            **said,
            "links": {name: {**row, "clicks": "many"} for name, row in said["links"].items()},
        }
        app, _ = program(tmp_path, service, "yourls")
        source = read(app)
    assert '"clicks" is not a count' in source["last_error"]
    (kept,) = rows(app, "SELECT body FROM unread")
    assert '"ip": "***"' in kept["body"]
    assert "192.0.2.7" not in kept["body"]


def test_the_answer_of_yourls_may_say_no_with_200(tmp_path: Path) -> None:
    """Older sites write their trouble into the body only, as number or text."""
    with YourlsServer() as service:
        app, clock = program(tmp_path, service, "yourls")
        service.shape = lambda _: {"status": "fail", "errorCode": 500, "message": "Database is away"}
        assert 'YOURLS could not answer. It says: "Database is away"' in read(app)["last_error"]
        service.shape = lambda _: {"errorCode": "403", "message": "Please log in"}
        clock.move(hours=1)
        assert read(app)["state"] == "paused"
