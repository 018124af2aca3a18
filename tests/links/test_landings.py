"""Pages that calls to action lead to, looked at through the real client on a real server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from commsleads import jobs, landings
from commsleads.app import App
from commsleads.store import history
from commsleads.store.campaigns import landings as rows
from commsleads.store.engine import Row
from tests.office import Clock, office
from tests.web import Answer, Web

WORDS = (
    "The harbour museum opens its new wing in spring with early maps, tools, letters and ships lent by twelve ports of "
    "the northern coast; visitors find guided tours, workshops for schools, a reading room, lectures and a small café."
)
OTHER = (
    "Buy cheap watches online today: hundred percent original brands, fast delivery worldwide, secure payment, codes "
    "every week, customer reviews, gift boxes, warranty, returns within thirty days, newsletter and loyalty points."
)


def page(title: str = "The new wing", words: str = WORDS) -> bytes:
    """A web page."""
    return f"<html><head><title>{title}</title></head><body><p>{words}</p></body></html>".encode()


HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def web() -> Iterator[Web]:
    """The site that calls to action lead to."""
    with Web() as site:
        site.add("/wing", page(), headers=HTML)
        yield site


def with_pages(folder: Path, *urls: str, more: str = "") -> tuple[App, Clock]:
    """An office whose running campaign asks for visits of these pages."""
    ctas = "".join(
        f'[[campaigns.ctas]]\nid = "visit-{number}"\ndestination = "{url}"\n' for number, url in enumerate(urls)
    )
    return office(folder, {}, more=f"{ctas}{more}")


def one(app: App, url: str) -> Row:
    """The row of a page."""
    with app.engine.session() as session:
        return rows.known(session)[url]


def looked(app: App, clock: Clock, **later: float) -> int:
    """Another look, some time later."""
    clock.move(**later)
    return landings.check(app)


def test_each_page_is_looked_at_once_a_day(tmp_path: Path, web: Web) -> None:
    """Two calls to action that lead to one page make one request a day, and a page that stays is ok."""
    url = web.url("/wing")
    app, clock = with_pages(tmp_path, url, url)
    landings.check(app)
    landings.check(app)
    assert (len(web.asked("/wing")), one(app, url)["state"]) == (1, "ok")
    looked(app, clock, hours=23)
    assert len(web.asked("/wing")) == 1
    looked(app, clock, hours=2)
    assert len(web.asked("/wing")) == 2
    assert one(app, url)["title"] == "The new wing"
    with app.engine.session() as session:
        assert history.of(session, "landing", url) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_and_so_is_its_return(tmp_path: Path, web: Web, status: int) -> None:
    """The state changes at once, with its line of history and a need in the digest; it goes when the page is back."""
    url = web.url("/wing")
    web.queue("/wing", Answer(body=page(), headers=HTML), Answer(status=status), Answer(body=page(), headers=HTML))
    app, clock = with_pages(tmp_path, url)
    landings.check(app)
    assert looked(app, clock, days=1, hours=1) == 1
    assert one(app, url)["state"] == "gone"
    with app.engine.session() as session:
        needs = [need for need in app.facts(session).needs() if need.command == "commsleads link check"]
        assert [need.what for need in needs] == ["The page for new-wing/visit-0 is gone"]
        assert str(status) in needs[0].why
    assert looked(app, clock, hours=7) == 1
    assert one(app, url)["state"] == "ok"
    with app.engine.session() as session:
        assert [row["what"] for row in history.of(session, "landing", url)] == ["found gone", "found ok"]
        assert not [need for need in app.facts(session).needs() if need.command == "commsleads link check"]


def test_a_name_that_is_not_known_is_gone(tmp_path: Path) -> None:
    """The domain was given up, or misspelt from the start."""
    try:
        socket.getaddrinfo("no-such-name.invalid", 80)
    except socket.gaierror as error:
        if error.errno != socket.EAI_NONAME:
            pytest.skip("there is no name server here that could say so")
    url = "http://no-such-name.invalid/wing"
    app, _ = with_pages(tmp_path, url)
    landings.check(app)
    assert one(app, url)["state"] == "gone"


def test_a_page_that_moved_for_good_is_told_where_to(tmp_path: Path, web: Web) -> None:
    """A permanent redirect elsewhere is told from the first look on."""
    url = web.url("/old")
    web.redirect("/old", "/wing", status=301)
    app, _ = with_pages(tmp_path, url)
    landings.check(app)
    found = one(app, url)
    assert found["state"] == "moved"
    assert f"leads for good to {web.url('/wing')}" in found["note"]


def test_a_detour_that_was_there_from_the_start_is_no_move(tmp_path: Path, web: Web) -> None:
    """Sites send visitors to a language or a login; another place later is a move."""
    url = web.url("/start")
    web.redirect("/start", "/wing")
    app, clock = with_pages(tmp_path, url)
    landings.check(app)
    assert one(app, url)["state"] == "ok"
    web.redirect("/start", "/")
    web.add("/", page("Harbour Museum"), headers=HTML)
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "moved"


def test_small_edits_are_no_change_and_another_page_is(tmp_path: Path, web: Web) -> None:
    """A corrected sentence is let be; other words under the same address are told until a person accepts them."""
    url = web.url("/wing")
    app, clock = with_pages(tmp_path, url)
    landings.check(app)
    web.add("/wing", page(words=WORDS.replace("twelve", "thirteen") + " Tickets are sold at the door."), headers=HTML)
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "ok"
    web.add("/wing", page("Watches", OTHER), headers=HTML)
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "changed"
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "changed"
    with app.engine.session() as session:
        assert rows.accept(session, url, clock.now, "ada")
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "ok"


def test_one_bad_moment_is_no_state(tmp_path: Path, web: Web) -> None:
    """A fault of the server is waited out; the third in a row is told, and that nothing was observed."""
    url = web.url("/wing")
    app, clock = with_pages(tmp_path, url)
    landings.check(app)
    seen = one(app, url)["seen_at"]
    web.add("/wing", status=500)
    for state in ("ok", "ok", "failing", "failing"):
        looked(app, clock, days=2)
        assert one(app, url)["state"] == state
        assert "could not be looked at" in one(app, url)["note"]
    assert one(app, url)["seen_at"] == seen
    web.add("/wing", page(), headers=HTML)
    looked(app, clock, days=2)
    assert one(app, url)["state"] == "ok"


def test_a_page_that_only_pretends_to_be_there_is_gone(tmp_path: Path, web: Web) -> None:
    """Many sites answer 200 and say in the title that there is nothing."""
    web.add("/lost", page("Seite nicht gefunden – Museum"), headers=HTML)
    app, _ = with_pages(tmp_path, web.url("/lost"))
    landings.check(app)
    assert one(app, web.url("/lost"))["state"] == "gone"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"\x00\xff\xfe" * 5_000, headers={"Content-Type": "text/html; charset=no-such"}),
        Answer(body=b"<title" * 50_000, headers=HTML),
        Answer(body=b"<div>" * 100_000, headers=HTML),
        Answer(body=b"%PDF-1.7 ..." * 100, headers={"Content-Type": "application/pdf"}),
        Answer(body=b"", headers=HTML),
        Answer(body=b"x" * 1_000_000, endless=True, headers=HTML),
    ],
)
def test_odd_pages_are_there(tmp_path: Path, web: Web, answer: Answer) -> None:
    """Broken markup, files and floods answer: they are there, whatever their words."""
    web.handler("/odd", lambda _: answer)
    app, _ = with_pages(tmp_path, web.url("/odd"))
    landings.check(app)
    assert one(app, web.url("/odd"))["state"] == "ok"


def test_campaigns_that_are_over_or_yet_to_come_are_let_be(tmp_path: Path, web: Web) -> None:
    """Only while a campaign runs and is measured are its pages looked at."""
    url = web.url("/wing")
    more = (
        f'[[campaigns]]\nid = "old"\nstarts_on = 2025-01-01\nends_on = 2026-11-01\n'
        f'[[campaigns.ctas]]\nid = "a"\ndestination = "{web.url("/old")}"\n'
        f'[[campaigns]]\nid = "next"\nstarts_on = 2026-12-01\n'
        f'[[campaigns.ctas]]\nid = "a"\ndestination = "{web.url("/next")}"\n'
    )
    app, _ = with_pages(tmp_path, url, more=more)
    landings.check(app, everyone=True)
    assert [asked.path for asked in web.requests] == ["/wing"]


def test_the_job_is_due_when_a_page_is(tmp_path: Path, web: Web) -> None:
    """The heartbeat finds it by the table, and not again before a day has passed."""
    app, clock = with_pages(tmp_path, web.url("/wing"))
    assert "landings" in {job.name for job in jobs.due(app)}
    jobs.JOBS["landings"].run(app, jobs.never)
    assert "landings" not in {job.name for job in jobs.due(app)}
    clock.move(days=2)
    assert "landings" in {job.name for job in jobs.due(app)}
    clock.move(days=-30)  # the clock was ahead
    assert "landings" in {job.name for job in jobs.due(app)}
