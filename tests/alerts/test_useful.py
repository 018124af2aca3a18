"""Was it useful? The page asks, a button counts, the newest word of a voter stands; the digest tells the precision."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

from commsleads.rules.periods import parse_period
from commsleads.store.ballots import Ballot, ballot, ballot_of
from commsleads.store.keys import signing_key
from commsleads.web.asking import Asking
from commsleads.web.questions import QUESTIONS
from tests.alerts.house import House, house
from tests.web import Web


def raised(office: House) -> str:
    office.call(timedelta(hours=1))
    office.tick()
    return str(office.alerts()[0]["id"])


def page(office: House, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    asking = Asking(office.app, QUESTIONS)
    try:
        reply = asking.page(path.encode(), form)
    finally:
        asking.close()
    return reply.status, reply.body.decode()


def link(office: House, ident: str, channel: str = "hook") -> str:
    with office.app.engine.session() as session:
        return "/a/" + ballot(signing_key(session), ident, channel)


def said(office: House, ident: str) -> list[tuple[str, bool]]:
    (one,) = [one for one in office.alerts() if one["id"] == ident]
    return [(vote["voter"], vote["useful"]) for vote in one["useful"]]


def test_looking_at_the_link_counts_nothing(tmp_path: Path) -> None:
    """Programs look at every link; the page asks, and only its button is an answer."""
    office = house(tmp_path)
    ident = raised(office)
    path = link(office, ident)
    status, body = page(office, path)
    assert status == 200
    assert "must be answered by" in body
    assert '<form method="post">' in body
    assert page(office, path, {})[0] == 200
    assert page(office, path, {"answer": "perhaps"})[0] == 200
    assert said(office, ident) == []
    assert "Counted as useful" in page(office, path, {"answer": "yes"})[1]
    assert said(office, ident) == [("channel hook", True)]


def test_the_newest_word_of_a_voter_stands(tmp_path: Path) -> None:
    """Pressed twice it counts once; who changes their mind has changed it. Another channel is another voter."""
    office = house(tmp_path)
    ident = raised(office)
    page(office, link(office, ident), {"answer": "yes"})
    page(office, link(office, ident), {"answer": "yes"})
    office.clock.move(minutes=1)
    page(office, link(office, ident), {"answer": "no"})
    page(office, link(office, ident, "phone"), {"answer": "yes"})
    assert sorted(said(office, ident)) == [("channel hook", False), ("channel phone", True)]


def test_a_link_that_was_made_up_asks_nothing(tmp_path: Path) -> None:
    """Nor does one for another purpose, a cut one, or one for an alert that is forgotten."""
    office = house(tmp_path)
    ident = raised(office)
    good = link(office, ident)
    for path in ("/a/", "/a/x", good[:-2], good.replace("/a/", "/u/"), f"/a/{'A' * 60}"):
        assert page(office, path, {"answer": "yes"})[0] == 404
    assert page(office, link(office, "0" * 16), {"answer": "yes"})[0] == 404
    assert said(office, ident) == []


def test_a_ballot_says_what_it_was_made_of() -> None:
    """And nothing else can be read as one."""
    assert ballot_of(bytes.fromhex("0" * 16) + b"desk") == Ballot("0" * 16, "desk")
    for payload in (b"", b"12345678", b"12345678<script>", b"\xff" * 40):
        assert ballot_of(payload) is None


def test_the_precision_is_of_those_that_were_judged(tmp_path: Path) -> None:
    """Two of three judged useful, with its interval; two were not judged; how fast they were is told too."""
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web)
        for minutes in (70, 80, 90, 100, 110):
            office.call(timedelta(minutes=minutes))
        office.clock.move(minutes=3)
        office.tick()
        links = [re.search(r"/a/\S+", json.loads(one.body)["message"]) for one in web.requests]
    paths = [found[0] for found in links if found]
    assert len(set(paths)) == 5
    for path, answer in zip(paths, ("yes", "yes", "no"), strict=False):
        page(office, path, {"answer": answer})
    with office.app.engine.session() as session:
        figures = office.app.facts(session).alerts(parse_period("2026-W47", office.app.settings.organisation.zone))
    assert (figures.raised, figures.alerts, figures.sent, figures.failed) == (5, 5, 5, 0)
    assert (figures.precision.k, figures.precision.n) == (2, 3)
    assert figures.precision.low is not None
    assert round(figures.precision.low, 3) == 0.208  # Wilson for 2 of 3
    assert (figures.minutes, figures.timed) == (3.0, 5)
    assert figures.before is None
    assert figures.by_kind == (("deadline near", 5),)
    assert [one.state for one in figures.told] == ["sent"] * 5
    assert figures.open == figures.told
    (channel,) = figures.channels
    assert (channel.name, channel.sent, channel.trouble) == ("hook", 5, "")


def test_without_alerts_the_figures_say_so(tmp_path: Path) -> None:
    """Nothing raised is nothing to divide by."""
    office = house(tmp_path)
    with office.app.engine.session() as opened:
        figures = office.app.facts(opened).alerts(parse_period("2026-W47", office.app.settings.organisation.zone))
    assert (figures.raised, figures.minutes, figures.precision.value, figures.told) == (0, None, None, ())


def test_what_is_told_on_monday_is_open_in_the_digest_of_the_week_before(tmp_path: Path) -> None:
    """An alert raised after midnight and before the digest is among the open ones of the week that has just ended."""
    office = house(tmp_path)
    raised(office)
    office.clock.move(hours=1)
    zone = office.app.settings.organisation.zone
    with office.app.engine.session() as session:
        figures = office.app.facts(session).alerts(parse_period("2026-W46", zone))
    assert figures.raised == 0
    assert [one.kind for one in figures.open] == ["deadline near"]
