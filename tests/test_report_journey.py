"""From the news to the director's inbox: told, sent to three audiences, stopped, restated, told late, made again.

The whole program on a clock that is moved, with a real feed, a real mail server and a real webhook.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from commsleads import jobs, replaying
from commsleads.app import App
from commsleads.coverage import removing
from commsleads.rules.periods import parse_period
from commsleads.web.asking import Asking
from commsleads.web.questions import QUESTIONS
from tests.office import Clock, item, office, rss
from tests.sending.smtpd import Smtpd
from tests.web import Answer, Asked, Web

SETTINGS = """
[[outlets]]
name = "Evening Post"
domains = ["evening-post.example"]
tier = 1
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "Harbour Museum <press@museum.example>"
[web]
base = "https://comms.museum.example"
[secrets]
folder = "secrets"
[[alerts.channels]]
name = "room"
url_secret = "room"
[[reports]]
name = "weekly"
every = "week"
on = "monday"
at = "07:00"
to = ["team@museum.example"]
directors = ["dora@museum.example"]
analysts = ["anna@museum.example"]
"""
MONDAY = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
"""Five past seven in Berlin."""


class Inbox:
    """Reads what a mail server was given."""

    def __init__(self, server: Smtpd) -> None:
        self.server = server

    @property
    def came(self) -> list[EmailMessage]:
        found = []
        for recipient, raw in self.server.accepted:
            message = email.message_from_bytes(raw, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            assert recipient == message["To"].addresses[0].addr_spec
            found.append(message)
        return found

    def of(self, name: str) -> list[EmailMessage]:
        return [one for one in self.came if one["To"].addresses[0].username == name]


class House:
    """The office, its clock, what it was asked and what it said."""

    def __init__(self, folder: Path, web: Web, inbox: Inbox, port: int) -> None:
        self.web, self.inbox = web, inbox
        self.rung: list[dict[str, Any]] = []
        web.handler("/room", self._ring)
        (folder / "secrets").mkdir()
        (folder / "secrets" / "room").write_text(f"json://127.0.0.1:{web.port}/room")
        self.folder = folder
        self.app: App
        self.clock: Clock
        self.app, self.clock = office(folder, {"post": web.url("/post")}, more=SETTINGS.format(port=port))

    def _ring(self, asked: Asked) -> Answer:
        self.rung.append(json.loads(asked.body))
        return Answer(body=b"ok")

    def publish(self, *titles: str) -> None:
        made = [
            item(t, f"{t}: Harbour Museum", link=f"https://www.evening-post.example/{n}") for n, t in enumerate(titles)
        ]
        self.web.add("/post", rss(*made))

    def once(self, at: datetime) -> dict[str, Any]:
        self.clock.now = at
        return jobs.once(self.app, every_source=True)

    def page(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """What the web process says at a signed link."""
        asking = Asking(self.app, QUESTIONS)
        try:
            reply = asking.page(address.removeprefix("https://comms.museum.example").encode(), form)
        finally:
            asking.close()
        return reply.status, reply.body.decode()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Smtpd() as server, Web() as web:
        yield House(tmp_path, web, Inbox(server), server.port)


def parts(message: EmailMessage) -> dict[str, list[EmailMessage]]:
    found: dict[str, list[EmailMessage]] = {}
    for part in message.walk():
        found.setdefault(part.get_content_type(), []).append(part)
    return found


def text(message: EmailMessage) -> str:
    return str(parts(message)["text/plain"][0].get_content())


def way_out(message: EmailMessage) -> str:
    """The address of the one-click way to get no more (RFC 8058)."""
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.search(r"<(https://[^>]+)>", message["List-Unsubscribe"])
    assert found
    return found[1]


def test_from_the_news_to_the_inbox(house: House) -> None:
    """A high-reach story rings once; on Monday each gets one mail made for them, pictures inside and words beside."""
    house.publish("Roof falls", "Whale comes")
    first = house.once(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
    assert first["alerts"]["raised"] >= 1
    assert first["alerts"]["sent"] == len(house.rung) == first["alerts"]["raised"]
    assert any("Evening Post" in json.dumps(one) for one in house.rung)
    again = house.once(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))
    assert again["alerts"] == {"raised": 0, "sent": 0}
    assert house.inbox.came == []
    told = house.once(MONDAY)
    assert [one["state"] for one in told["reports"]] == ["written"]
    team, director, analyst = (house.inbox.of(name) for name in ("team", "dora", "anna"))
    assert (len(team), len(director), len(analyst)) == (1, 1, 1)
    words = [len(text(one[0]).split()) for one in (director, team, analyst)]
    assert words == sorted(words)
    assert words[0] < words[2]
    found = parts(team[0])
    html = found["text/html"][0].get_content()
    named = set(re.findall(r'src="cid:([^"]+)"', html))
    assert named
    assert named == {one["Content-ID"].strip("<>") for one in found["image/png"]}
    assert "http" not in "".join(re.findall(r'<img[^>]*src="([^"]+)"', html))
    assert "Roof falls" in html
    assert "Roof falls" in text(team[0])
    house.once(MONDAY.replace(hour=8))
    assert len(house.inbox.came) == 3


def test_who_wants_no_more_gets_no_more(house: House) -> None:
    """The link asks and changes nothing; a button or one click stops it; the next edition is noted as stopped."""
    house.publish("Roof falls")
    house.once(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
    house.once(MONDAY)
    (mail,) = house.inbox.of("dora")
    address = way_out(mail)
    for _ in range(2):
        status, page = house.page(address)
        assert status == 200
        assert "<form" in page
        assert "dora" not in address
    status, _ = house.page(address[:-2] + ("aa" if address[-2:] != "aa" else "bb"))
    assert status == 404
    with house.app.engine.session() as session:
        assert session.tuples("SELECT count(*) FROM report_stops") == [(0,)]
    status, _ = house.page(address, {"List-Unsubscribe": "One-Click"})
    assert status == 200
    house.publish("Roof falls", "Roof mended")
    house.once(datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
    house.once(datetime(2026, 11, 30, 6, 5, tzinfo=UTC))
    assert len(house.inbox.of("dora")) == 1
    assert len(house.inbox.of("team")) == 2
    with house.app.engine.session() as session:
        rows = session.tuples(
            "SELECT recipient, state FROM deliveries WHERE period = '2026-W48' ORDER BY recipient",
        )
    assert dict(rows)["dora@museum.example"] == "stopped"
    assert sorted(dict(rows).values()) == ["sent", "sent", "stopped"]


def test_a_false_positive_is_restated_and_the_old_edition_stands(house: House) -> None:
    """A story taken out leaves the counts, is named in the next edition with its reason; W47 is made again as told."""
    house.publish("Roof falls", "Another museum of that name", "Whale comes")
    house.once(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
    house.once(MONDAY)
    zone = house.app.settings.organisation.zone
    before = jobs.write_report(house.app, "weekly", parse_period("2026-W47", zone))
    assert before.data["figures"]["stories"]["value"] == 3
    house.clock.now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    with house.app.engine.session() as session:
        (wrong,) = session.tuples("SELECT story_id FROM signals WHERE title LIKE 'Another%'")[0]
        removing.remove(session, wrong, why="another museum", who="ada", now=house.clock.now)
        now = house.app.facts(session).coverage(parse_period("2026-W47", zone))
    assert now.figure.value == 2
    house.once(datetime(2026, 11, 30, 6, 5, tzinfo=UTC))
    after = house.inbox.of("team")[1]
    assert "another museum" in text(after) or "false positive" in text(after)
    document = jobs.write_report(house.app, "weekly", parse_period("2026-W48", zone))
    (restated, *_) = [one for one in document.data["restated"] if one["period"] == "2026-W47"]
    assert (restated["told"], restated["now"]) in {(3, 2), ("3", "2")}
    for period in ("2026-W47", "2026-W48"):
        replay = replaying.replay(house.app, "weekly", period)
        assert replay.same, [part for part in replay.parts if not part.same]
    assert jobs.write_report(house.app, "weekly", parse_period("2026-W47", zone)) == before


def test_a_machine_that_slept_tells_late_and_says_so(house: House) -> None:
    """Asleep from Sunday to Tuesday: the digest of the week comes once, late, and says how late; nothing is skipped."""
    house.publish("Roof falls")
    house.once(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
    done = house.once(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert [(one["period"], one["state"]) for one in done["reports"]] == [("2026-W47", "written")]
    (mail,) = house.inbox.of("team")
    assert re.search(r"\blate\b|later than", text(mail)), text(mail)
    assert "27 h" in text(mail) or "1 day" in text(mail)


def test_every_report_in_every_form(house: House, tmp_path: Path) -> None:
    """Each report there is comes as HTML, text, Markdown, JSON and PDF, with and without anything to tell."""
    from commsleads import printing

    zone = house.app.settings.organisation.zone
    house.app.prepare()
    for turn in range(2):
        for name in house.app.plugins.report_names():
            document = jobs.write_report(house.app, name, parse_period("2026-W47", zone))
            assert document.subject, name
            assert document.text.strip(), name
            assert document.markdown.strip(), name
            json.dumps(document.data)
            page = printing.page_of(document)
            assert "<h1" in page, name
            assert "cid:" not in page, name
            assert printing.pdf(document.printed, document.pictures).startswith(b"%PDF"), name
        if not turn:
            house.publish("Roof falls", "Whale comes")
            house.once(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
