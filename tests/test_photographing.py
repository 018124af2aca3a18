"""Pictures of pages: by a real browser that runs no script and gets nowhere it must not; and shown in the book."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads import photographing
from commsleads.app import App
from commsleads.cli import main
from commsleads.errors import CommsleadsError
from commsleads.photographing import NAMES, photograph
from commsleads.printing import page_of
from commsleads.reports.coverage import CoverageBook, CoverageSettings
from commsleads.rules.periods import parse_period
from commsleads.store import shots
from commsleads.store.engine import Session
from commsleads.store.shots import Shot
from tests.ledger import BERLIN, NOW, Ledger
from tests.office import office
from tests.web import Web

BROWSER = next((path for name in NAMES if (path := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HTML = {"Content-Type": "text/html"}
PAGE = (
    b"<title>x</title><link rel=stylesheet href=/style.css><h1>The new wing</h1><img src=/picture.png>"
    b"<script>fetch('/script-ran');new Image().src='/script-ran'</script><img src='http://169.254.169.254/meta'>"
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[App, Web]]:
    """An office, and a page on loopback, which its settings admit."""
    with Web() as web:
        web.add("/page", PAGE, headers=HTML)
        web.add("/style.css", b"body{background:#fd0}", headers={"Content-Type": "text/css"})
        web.add("/picture.png", PNG, headers={"Content-Type": "image/png"})
        web.add("/script-ran", b"")
        yield office(tmp_path, {"news": web.url("/feed")})[0], web


@needs_browser
def test_a_page_is_taken_with_its_style_and_without_its_scripts(house: tuple[App, Web]) -> None:
    """The browser fetched what the page shows, ran nothing, and what must not be connected to was not."""
    app, web = house
    (done,) = photograph(app, [("s1", web.url("/page"))], sandbox=False)
    assert done.taken, done.why
    assert web.asked("/page")
    assert web.asked("/style.css")
    assert web.asked("/picture.png")
    assert not web.asked("/script-ran")
    with app.engine.session() as session:
        shot = shots.shots(session, ["s1"])["s1"]
    assert (shot.width, shot.height, shot.url) == (500, 625, web.url("/page"))
    assert len(base64.b64decode(shot.content)) <= photographing.LARGEST


def test_the_command_says_what_became_of_each_and_forgets_on_demand(
    house: tuple[App, Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story that nobody knows, a story without a picture, one with a picture, and no browser at all."""
    app, _ = house
    config = str(app.settings.path)

    def call(*words: str) -> Any:
        return CliRunner().invoke(main, ["story", "photograph", *words, "--config", config])

    with app.engine.session() as session:
        ledger = Ledger(session)
        ledger.source("post")
        ident = ledger.signal("2026-11-17T08:00", title="Seen")
        shots.keep(session, ident, Shot("https://x.example/", "", "x", 1, 1), NOW)
    assert "Name stories, or a --period" in call().stderr
    assert "is not a period" in call("--period", "soon").stderr
    assert "No story has the id" in call("nope").output + call("nope").stderr
    assert f"{ident}  forgotten" in call(ident, "--forget").stdout
    assert "not forgotten: there was no picture" in call(ident, "--forget").stdout
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = call("--period", "2026-W47")
    assert result.exit_code == 1
    assert "Install Chromium" in result.output + result.stderr


@needs_browser
def test_addresses_that_are_never_connected_to_are_not_taken(house: tuple[App, Web]) -> None:
    """The reason is that of every other request; a file of this machine is no page."""
    app, _ = house
    pages = [("a", "http://192.168.7.7/"), ("b", "file:///etc/passwd"), ("c", "javascript:alert(1)")]
    done = photograph(app, pages, sandbox=False)
    assert [one.taken for one in done] == [False, False, False]
    assert "private network" in done[0].why
    assert done[1].why == done[2].why == "it has no address of a web page"
    with app.engine.session() as session:
        assert shots.shots(session, ["a", "b", "c"]) == {}


def test_without_a_browser_or_a_sandbox_nothing_is_taken(
    house: tuple[App, Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence says what to install, or that root is the wrong user."""
    app, web = house
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/chromium")
    with pytest.raises(CommsleadsError, match="no sandbox as root"):
        photograph(app, [("s1", web.url("/page"))])
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(CommsleadsError, match="Install Chromium"):
        photograph(app, [("s1", web.url("/page"))])


def test_the_oldest_pictures_give_way(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each story the newest is kept, and of all so many."""
    monkeypatch.setattr(shots, "MOST", 3)
    for number in range(5):
        shots.keep(session, f"s{number}", Shot("https://x.example/", "", f"{number}", 1, 1), NOW.replace(minute=number))
    shots.keep(session, "s2", Shot("https://x.example/", "", "again", 1, 1), NOW.replace(minute=9))
    found = shots.shots(session, [f"s{number}" for number in range(5)])
    assert sorted(found) == ["s2", "s3", "s4"]
    assert found["s2"].content == "again"


def book(session: Session, **settings: Any) -> Any:
    ledger = Ledger(session)
    ledger.source("post")
    ledger.weekly_polls()
    for number in range(3):
        ident = ledger.signal("2026-11-17T08:00", title=f'<b>"Story" {number}</b>')
        shots.keep(session, ident, Shot("https://x.example/", "", base64.b64encode(PNG).decode(), 500, 625), NOW)
    week = parse_period("2026-W47", BERLIN)
    return CoverageBook().write(ledger.facts(), week, CoverageSettings(**settings))


def test_a_picture_stands_on_its_card_in_every_rendering(session: Session) -> None:
    """In the mail as a part of it, in the file in its place, with words that say what it is; nothing is fetched."""
    document = book(session, pictures=2)
    assert len(document.pictures) == 2
    picture = document.pictures[0]
    assert picture.png == PNG
    assert picture.alt.endswith("” as it was seen on 23 Nov 2026.")
    assert f"cid:{picture.name}" in document.html
    whole = page_of(document)
    assert whole.count("data:image/png;base64,") == 2
    assert "cid:" not in whole
    assert '<b>"Story"' not in whole


def test_a_picture_on_paper(session: Session) -> None:
    """A PDF holds it."""
    pytest.importorskip("typst", reason="pages are made by Typst")
    from commsleads.printing import pdf

    document = book(session, pictures=1)
    assert b"/Image" in pdf(document.printed, document.pictures)
