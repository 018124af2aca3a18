"""Alerts on their way: once to each channel, again only when it certainly did not arrive, quiet at night."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commsleads import alerting
from commsleads.alerts.leaving import Left
from commsleads.store import alerts as store
from commsleads.store.engine import stamp
from commsleads.telling import never
from tests.alerts.house import HOOK, House, house
from tests.web import Answer, Web


def sends(office: House) -> list[tuple[str, str, int]]:
    """Every send: channel, state, tries."""
    with office.app.engine.session() as session:
        return session.tuples("SELECT channel, state, tries FROM alert_sends ORDER BY alert_id, channel")


def test_an_alert_arrives_once_with_its_words_and_its_link(tmp_path: Path) -> None:
    """Title, what changed, why, who acts, the command, and a link that asks whether it was useful."""
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web)
        ref = office.call(timedelta(hours=1), owner="ada")
        assert office.tick() == (1, 1)
        assert office.tick() == (0, 0)
        (asked,) = web.requests
    told = json.loads(asked.body)
    assert told["title"] == f"{ref} must be answered by Wed 18 Nov 11:30"
    assert told["message"].split("\n")[:3] == [
        f"{ref} must be answered in 1 h, by Wed 18 Nov 11:30.",
        "After that the story may run without our words.",
        "Ada Stone acts.",
    ]
    assert f"commsleads enquiry show {ref}" in told["message"]
    assert "Was it useful? https://comms.museum.example/a/" in told["message"]
    assert sends(office) == [("hook", "sent", 1)]


def test_a_refusal_is_tried_again_later_and_given_up_in_the_end(tmp_path: Path) -> None:
    """Later each time; what was refused for good is not tried again. The digest names the channel."""
    with Web() as web:
        web.queue("/hook", Answer(status=503), Answer(status=503), Answer(status=404))
        office = house(tmp_path, web)
        office.call(timedelta(minutes=90))
        assert office.tick() == (1, 0)
        assert office.tick() == (0, 0)
        assert len(web.requests) == 1
        office.clock.move(minutes=1)
        office.tick()
        assert sends(office) == [("hook", "failed", 2)]
        with office.app.engine.session() as session:
            (need,) = [one for one in office.app.facts(session).needs() if "Alerts" in one.what]
        assert need.what == "Alerts do not get through on the channel hook"
        assert need.command == "commsleads alert test hook"
        office.clock.move(minutes=5)
        office.tick()
        office.clock.move(minutes=30)
        office.tick()
        assert sends(office) == [("hook", "over", 3)]
        assert len(web.requests) == 3


def test_a_channel_that_asks_for_time_is_let_be(tmp_path: Path) -> None:
    """One refusal is enough for a pass; what waits behind it goes out with the next one, nothing is lost."""
    with Web() as web:
        web.queue("/hook", Answer(status=429), Answer(body=b"ok"))
        office = house(tmp_path, web)
        for minutes in (70, 80, 90):
            office.call(timedelta(minutes=minutes))
        assert office.tick() == (3, 0)
        assert len(web.requests) == 1
        office.clock.move(minutes=1)
        assert office.tick() == (0, 3)
        assert len(web.requests) == 4


def test_what_is_in_doubt_stays_in_doubt(tmp_path: Path) -> None:
    """A service that hangs up without a word may have told it: it is shown, and not told again by itself."""
    with Web() as web:
        web.add("/hook", reset=True, cut=0, body=b"x")
        office = house(tmp_path, web)
        office.call(timedelta(minutes=90))
        office.tick()
        for _ in range(4):
            office.clock.move(minutes=20)
            office.tick()
        assert len(web.requests) == 1
    (one,) = [one for one in office.alerts() if one["kind"] == "deadline near"]
    assert one["channels"][0]["state"] == "in doubt"


def test_a_claim_whose_run_died_is_in_doubt_and_not_sent(tmp_path: Path) -> None:
    """A row that was claimed belongs to the run that claimed it, also when that is gone."""
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web)
        office.call(timedelta(hours=1))
        alerting.alarm(office.app, never)
        with office.app.engine.session() as session:
            (row,) = store.ready(session, office.clock.now)
            assert store.claim(session, row["alert_id"], row["channel"], office.clock.now, "another run")
            assert not store.claim(session, row["alert_id"], row["channel"], office.clock.now, "this run")
        assert office.tick() == (0, 0)
        assert web.requests == []


def test_what_settled_before_it_could_go_out_does_not_go_out(tmp_path: Path) -> None:
    """Nobody is told in the morning of what was answered in the night."""
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web, alerts='[alerts]\nquiet_from = "21:00"\nquiet_until = "07:00"\n')
        office.clock.now = datetime(2026, 11, 18, 21, 0, tzinfo=UTC)  # 22:00 in Berlin
        answered, waiting = office.call(timedelta(hours=1)), office.call(timedelta(hours=10), acknowledged_at="")
        office.clock.move(minutes=40)
        assert office.tick() == (2, 0)
        office.set(answered, responded_at=stamp(office.clock.now))
        office.clock.now = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)
        assert office.tick()[1] == 2
        told = {json.loads(one.body)["title"] for one in web.requests}
    assert told == {f"{waiting} has not been acknowledged", f"{waiting} must be answered by Thu 19 Nov 08:00"}
    assert sorted(state for _, state, _ in sends(office)) == ["dropped", "sent", "sent"]


def test_grave_alerts_do_not_wait_and_some_channels_never_do(tmp_path: Path) -> None:
    """Escalate goes out at night; a channel without quiet hours carries everything at once."""
    loud = HOOK.replace('"hook"', '"loud"', 1) + "quiet = false\n"
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web, more=loud, alerts='[alerts]\nquiet_from = "21:00"\nquiet_until = "07:00"\n')
        office.clock.now = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
        office.call(timedelta(hours=1))
        office.call(timedelta(hours=1), level="escalate")
        assert office.tick() == (2, 3)


def test_a_channel_of_an_officer_carries_what_is_theirs(tmp_path: Path) -> None:
    """And everything while they are on call; a level and kinds narrow it further."""
    mine = HOOK.replace('"hook"', '"ben"', 1) + 'officer = "ben"\n'
    grave = HOOK.replace('"hook"', '"grave"', 1) + 'level = "escalate"\nkinds = ["deadline passed"]\n'
    rota = '[[desk.on_call]]\nofficer = "ben"\nfirst = 2026-11-21\nlast = 2026-11-22\n'
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web, more=mine + grave + rota)
        office.call(timedelta(hours=1), owner="ada")
        office.call(timedelta(hours=1), owner="ben")
        office.tick()
        assert sorted(channel for channel, _, _ in sends(office)) == ["ben", "hook", "hook"]
        office.clock.now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
        office.call(timedelta(minutes=-1), owner="ada", outlet_tier=1)
        office.tick()
        assert sorted(channel for channel, _, _ in sends(office)) == ["ben", "ben", "grave", "hook", "hook", "hook"]


def test_a_secret_that_is_missing_is_said_and_nothing_is_in_doubt(tmp_path: Path) -> None:
    """The channel is tried again, for somebody may set it; the address is named nowhere."""
    office = house(tmp_path, more=HOOK)
    office.call(timedelta(hours=1))
    assert office.tick() == (1, 0)
    (one,) = office.alerts()
    assert one["channels"][0]["state"] == "failed"
    assert "COMMSLEADS_SECRET_HOOK" in one["channels"][0]["error"]


def test_a_test_of_a_channel(tmp_path: Path) -> None:
    """It goes out at once and is no alert."""
    with Web() as web:
        web.add("/hook", b"ok")
        office = house(tmp_path, web)
        assert alerting.test(office.app, "hook") == Left("sent")
        assert json.loads(web.requests[0].body)["title"] == "Test of an alert"
    assert office.alerts() == []
