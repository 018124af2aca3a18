"""A campaign from its plan to its answer, by the commands, the web process and real requests; nothing from behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

PERSON = {
    "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Safari/605.1.15",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
}
CRAWLER = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Accept": "*/*"}

SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
[links]
base = "http://127.0.0.1:{port}/r/"
[web]
listen = "127.0.0.1:{port}"
[[campaigns]]
id = "spring"
name = "Spring opening"
objective = "Fill the new wing from Easter on."
starts_on = {starts}
ends_on = {ends}
goal = {{ n = 5, of = "responses" }}
[[campaigns.ctas]]
id = "tour"
wording = "Book a press tour"
destination = "https://museum.example/press/tour?lang=en"
kind = "visit"
[[campaigns.targets]]
name = "Travel editors"
"""

TARGETS = """\ufeffE-Mail;Name;Medium
anna.berg@reise.example;Anna Berg;Reise heute
ANNA.BERG@reise.example;Berg, Anna;Reise heute
b.okoro@coast.example;Ben Okoro;Coast Weekly
carla@fahrt.example;=HYPERLINK("http://evil.example");Fahrt & Ziel
dora@meer.example;Dora Lind;Meer
emil@meer.example;Emil Roth;Meer
not-an-address;Nobody;Nowhere
"""


class Museum:
    """A press office in a folder, worked by its commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        today = datetime.now(UTC).date()
        (folder / "config.toml").write_text(
            SETTINGS.format(port=self.port, starts=today - timedelta(days=3), ends=today + timedelta(days=11)),
            encoding="utf-8",
        )
        (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")

    def run(self, *words: str, code: int = 0) -> str:
        """What a command says; its exit code must be `code`."""
        done = subprocess.run(
            [sys.executable, "-m", "commsleads", *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=self.env(),
        )
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return done.stdout if code < 2 else done.stdout + done.stderr

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", code=code))

    def env(self) -> Mapping[str, str]:
        return {**os.environ, "COMMSLEADS_USER": "ada"}

    @contextmanager
    def web(self) -> Iterator[None]:
        """The web process while it runs; stopped as an administrator stops it."""
        process = subprocess.Popen([sys.executable, "-m", "commsleads", "web"], cwd=self.folder, env=self.env())
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                    break
                except OSError:
                    assert process.poll() is None, "the web process did not start"
                    time.sleep(0.05)
            yield
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()

    def click(self, address: str, whose: Mapping[str, str], at: str, **more: str) -> tuple[int, dict[str, str]]:
        """Ask for a link from an address behind the proxy on this machine: status and headers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        path = address.partition(f":{self.port}")[2] if "://" in address else address
        line.request("GET", path, headers={**whose, "X-Forwarded-For": at, **more})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}


@pytest.fixture
def museum(tmp_path: Path) -> Museum:
    return Museum(tmp_path)


def test_from_the_plan_to_the_answer(museum: Museum) -> None:
    """Import whom, make links, send, let people and machines click, mark a call: the card says n of N and the range."""
    came = museum.json("target", "import", "targets.csv", "--campaign", "spring", "--group", "Travel editors", code=1)
    assert (came["new"], len(came["bad"])) == (5, 1)
    assert came["bad"][0]["row"] == 8
    again = museum.json("target", "import", "targets.csv", "--campaign", "spring", "--group", "Travel editors", code=1)
    assert (again["new"], again["known"]) == (0, 6)

    shared = museum.json("link", "new", "--campaign", "spring", "--cta", "tour", "--channel", "social")
    address = shared["url"]
    own = museum.json(
        "link", "new", "--campaign", "spring", "--cta", "tour", "--channel", "mail", "--per-target", "--yes-per-person"
    )["links"]
    assert len(own) == 5
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    museum.run("campaign", "sent", "spring", "--channel", "mail", "--at", an_hour_ago)

    with museum.web():
        status, headers = museum.click(address, PERSON, "192.0.2.7", Referer="https://www.linkedin.com/feed/?secret=1")
        assert status == 302
        assert headers["location"].startswith("https://museum.example/press/tour?lang=en&utm_source=")
        assert headers["cache-control"] == "no-store"
        assert "noindex" in headers["x-robots-tag"]
        assert "set-cookie" not in headers
        museum.click(address, PERSON, "198.51.100.20")
        museum.click(address, CRAWLER, "203.0.113.5")
        museum.click(own[0]["url"], PERSON, "192.0.2.44")
        museum.click(own[1]["url"], PERSON, "192.0.2.90")
        assert museum.click("/r/no-such-link", PERSON, "192.0.2.7")[0] == 404

    museum.run(
        "response", "add", "--campaign", "spring", "--cta", "tour", "--kind", "phone", "--target", own[2]["target"]
    )
    museum.run("once")
    card = museum.json("campaign", "show", "spring")
    assert card["targets"]["n"] == 5
    (tour,) = card["ctas"]
    assert (tour["took"]["n"], tour["targets"]) == (3, 5)
    assert tour["took"]["rate"] == pytest.approx(0.6)
    assert 0.2 < tour["took"]["low"] < 0.6 < tour["took"]["high"] < 0.9
    clicks = tour["clicks"]
    assert clicks["certain_human"] <= clicks["best"] <= clicks["not_machine"] <= clicks["all"]
    assert (clicks["best"], clicks["all"]) == (4, 5)
    assert card["unattributed"] == 2
    assert card["leads"]["n"] == 0

    (orphan,) = museum.json("link", "orphans")
    assert (orphan["slug"], orphan["why"], orphan["n"]) == ("no-such-link", "unknown", 1)
    assert "no-such-link" in museum.run("link", "orphans", "--since", "2026-01-01")

    shown = museum.json("hits", "--campaign", "spring")
    assert {hit["medium"] for hit in shown} == {"social", "direct"}
    assert [hit["verdict"] for hit in shown].count("certain_machine") == 1
    text = museum.run("campaign", "show", "spring")
    assert "3 of 5" in text
    assert card["redirector_did_not_run"] == []  # it stopped a moment ago
    database = sqlite3.connect(museum.folder / "commsleads.db")
    ((since, seen),) = database.execute("SELECT since_at, seen_at FROM redirector_runs").fetchall()
    assert since <= seen
    hours_ago = (datetime.now(UTC) - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with database:
        database.execute("UPDATE redirector_runs SET since_at = ?, seen_at = ?", (hours_ago, hours_ago))
        database.execute("UPDATE links SET made_at = ?", (hours_ago,))
    database.close()
    (hole,) = museum.json("campaign", "show", "spring")["redirector_did_not_run"]
    assert hole["start"] == hours_ago
    assert "Our redirector did not run" in museum.run("campaign", "show", "spring")


def test_no_address_rests_anywhere(museum: Museum) -> None:
    """Nothing that was written while people clicked holds their address, or what stood behind the question mark."""
    address = museum.json("link", "new", "--campaign", "spring", "--cta", "tour", "--channel", "mail")["url"]
    with museum.web():
        museum.click(
            f"{address}?mail=anna.berg@reise.example", PERSON, "198.51.100.77", Referer="https://x.example/?q=geheim"
        )
    museum.run("once")
    assert len(museum.json("hits")) == 1
    for file in museum.folder.rglob("*"):
        if file.is_file() and file.name != "targets.csv":
            body = file.read_bytes()
            for trace in (b"198.51.100.77", b"anna.berg", b"geheim"):
                assert trace not in body, (file, trace)


def test_a_plan_is_stamped_and_a_later_change_shows(museum: Museum) -> None:
    """What was declared after the start is a change with its day, not the plan."""
    museum.run("campaign", "list")
    config = museum.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("n = 5,", "n = 2,"), encoding="utf-8")
    card = museum.json("campaign", "show", "spring")
    said = json.dumps(card)
    assert "goal" in said
    text = museum.run("campaign", "show", "spring")
    assert str(datetime.now(UTC).astimezone().year) in text
    assert "goal" in text.lower()


def test_a_campaign_that_ends_before_it_starts_is_refused(museum: Museum) -> None:
    """A file of campaigns is read whole, and every mistake in it said in a sentence."""
    today = date.today()  # noqa: DTZ011 - any day will do
    (museum.folder / "autumn.toml").write_text(
        f'[[campaigns]]\nid = "autumn"\nstarts_on = {today}\nends_on = {today - timedelta(days=1)}\n'
        '[[campaigns]]\nid = "winter"\n[[campaigns.ctas]]\nid = "a"\nkind = "dance"\n',
        encoding="utf-8",
    )
    said = museum.run("campaign", "apply", "autumn.toml", code=2)
    assert "ends_on" in said
    assert "kind" in said
