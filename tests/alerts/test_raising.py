"""What is raised and settled, on a real database: each cause once, and what ended is over."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from commsleads.store import removals
from commsleads.store.engine import stamp
from tests.alerts.house import house


def test_a_near_deadline_is_told_once_and_again_when_it_was_moved(tmp_path: Path) -> None:
    """A moved deadline is another cause; the same one is never told twice."""
    office = house(tmp_path)
    ref = office.call(timedelta(hours=1))
    assert office.tick() == (1, 0)
    assert office.tick() == (0, 0)
    (one,) = office.alerts()
    assert (one["kind"], one["level"], one["evidence"]) == ("deadline near", "review", [ref])
    office.set(ref, deadline_at=stamp(office.clock.now + timedelta(minutes=90)))
    assert office.tick() == (1, 0)
    assert [(two["settled_at"] is None) for two in office.alerts()].count(True) == 1


def test_an_answer_settles_what_was_raised(tmp_path: Path) -> None:
    """What somebody did away with is not open any more, and says why."""
    office = house(tmp_path)
    ref = office.call(timedelta(hours=1), acknowledged_at="")
    office.clock.move(minutes=40)
    office.tick()
    assert office.kinds(only_open=True) == ["deadline near", "unacknowledged"]
    office.set(ref, responded_at=stamp(office.clock.now))
    office.tick()
    assert office.kinds(only_open=True) == []
    assert {one["settled_why"] for one in office.alerts()} == {
        "it was answered, its deadline was moved, or it passed", "it was acknowledged, answered or ended",
    }  # fmt: skip


def test_a_deadline_that_passed_at_a_great_outlet_escalates(tmp_path: Path) -> None:
    """The level follows the tier, and the enquiry's own level where that is graver."""
    office = house(tmp_path)
    office.call(timedelta(minutes=5), outlet_tier=1)
    office.call(timedelta(minutes=5), outlet_tier=3)
    office.call(timedelta(minutes=5), level="crisis")
    office.clock.move(minutes=10)
    office.tick()
    assert sorted(one["level"] for one in office.alerts()) == ["crisis", "escalate", "review"]
    assert {one["kind"] for one in office.alerts()} == {"deadline passed"}


def test_a_restricted_enquiry_is_told_by_its_reference_alone(tmp_path: Path) -> None:
    """Neither what is asked nor by whom nor for which outlet leaves the house."""
    office = house(tmp_path)
    ref = office.call(timedelta(hours=1), privacy="restricted", outlet="Evening Post", outlet_tier=1)
    open_one = office.call(timedelta(hours=1), privacy="team", outlet="Evening Post", outlet_tier=1)
    office.tick()
    told = {one["evidence"][0]: " ".join((one["title"], one["text"], one["command"])) for one in office.alerts()}
    assert "Evening Post" not in told[ref]
    assert "tier" not in told[ref]
    assert "Evening Post, tier 1" in told[open_one]
    for words in told.values():
        assert "Secret jobs" not in words
        assert "Ruth" not in words


def test_a_story_in_a_great_outlet_and_one_with_a_risk_word(tmp_path: Path) -> None:
    """Each story once, however often it is copied; both at once escalate; small outlets and old pieces do not count."""
    office = house(tmp_path)
    office.story("a1", "Harbour Museum opens", outlet="Evening Post")
    office.story("a2", "Harbour Museum opens", outlet="Evening Post", story="a1")
    office.story("b1", "Harbour Museum faces a lawsuit", outlet="Harbour Weekly")
    office.story("c1", "Lawsuit against Harbour Museum", outlet="Evening Post")
    office.story("d1", "Harbour Museum of old", outlet="Evening Post", published="2026-10-01T00:00:00Z")
    office.story("e1", "Harbour Museum shop", outlet="Harbour Weekly")
    office.tick()
    told = {one["subject"]: (one["kind"], one["level"]) for one in office.alerts()}
    assert told == {"a1": ("tier 1", "review"), "b1": ("risk word", "review"), "c1": ("risk word", "escalate")}
    assert office.tick() == (0, 0)


def test_a_story_that_is_taken_out_settles_its_alert(tmp_path: Path) -> None:
    """It was no coverage after all; put back, it is not told again."""
    office = house(tmp_path)
    office.story("a1", "Harbour Museum opens", outlet="Evening Post")
    office.story("b1", "Harbour Museum shop opens", outlet="Evening Post")
    office.tick()
    with office.app.engine.session() as session:
        removals.add(session, "a1", "", removed=True, who="ada", why="another museum", now=office.clock.now)
    office.tick()
    assert [one["subject"] for one in office.alerts(only_open=True)] == ["b1"]
    assert "the story was taken out as no coverage" in {one["settled_why"] for one in office.alerts()}


def test_a_risk_that_a_great_outlet_picks_up_is_told_at_the_graver_level(tmp_path: Path) -> None:
    """The story was known; that many read it now is another thing."""
    office = house(tmp_path)
    office.story("b1", "Harbour Museum faces a lawsuit", outlet="Harbour Weekly")
    office.tick()
    office.clock.move(minutes=30)
    office.story("b2", "Harbour Museum faces a lawsuit", outlet="Evening Post", story="b1")
    office.tick()
    assert sorted((one["kind"], one["level"]) for one in office.alerts()) == [
        ("risk word", "review"), ("tier 1", "escalate"),
    ]  # fmt: skip


def test_old_causes_are_left_to_the_digest(tmp_path: Path) -> None:
    """After a stop of a week nobody is told of what passed in it, and what is still news is told."""
    office = house(tmp_path)
    office.call(timedelta(hours=1))
    office.story("a1", "Harbour Museum opens", outlet="Evening Post")
    office.clock.move(days=7)
    ref = office.call(timedelta(hours=1))
    office.tick()
    assert [one["evidence"] for one in office.alerts()] == [[ref]]


def test_many_at_once_are_one_summary(tmp_path: Path) -> None:
    """A first look at a full feed is one message; every story is known all the same and none comes back."""
    office = house(tmp_path)
    for number in range(40):
        office.story(f"s{number}", f"Harbour Museum {number}", outlet="Evening Post")
    assert office.tick() == (40, 0)
    summary = [one for one in office.alerts() if not one["told_in"]]
    assert [one["title"] for one in summary] == ["40 alerts at once: tier 1"]
    assert len([one for one in office.alerts() if one["told_in"] == summary[0]["id"]]) == 40
    assert office.tick() == (0, 0)
    office.clock.move(days=8)
    office.tick()
    assert office.kinds(only_open=True) == []


def test_a_source_that_is_down_and_comes_back(tmp_path: Path) -> None:
    """Told after six hours of silence, settled when it can be read; down again is another time."""
    office = house(tmp_path)
    office.story("a1", "Harbour Museum shop")
    with office.app.engine.session() as session:
        session.execute("UPDATE sources SET state = 'failing', last_error = 'Answer 503 <!channel>' WHERE id = 'press'")
        session.execute(
            "INSERT INTO gaps (source_id, start_at, why) VALUES ('press', :at, 'x')", at=stamp(office.clock.now)
        )
    office.clock.move(hours=5)
    assert office.tick() == (0, 0)
    office.clock.move(hours=2)
    assert office.tick() == (1, 0)
    (one,) = office.alerts()
    assert (one["kind"], one["level"], one["command"]) == ("collector down", "watch", "commsleads poll press")
    assert "<!" not in one["text"]
    with office.app.engine.session() as session:
        session.execute("UPDATE sources SET state = 'ok' WHERE id = 'press'")
        session.execute("UPDATE gaps SET end_at = :at", at=stamp(office.clock.now))
    office.tick()
    assert office.kinds(only_open=True) == []


def test_a_signature_and_a_promise_that_somebody_owes(tmp_path: Path) -> None:
    """Told to who owes it, after an hour, or at once when the deadline is near; settled when it is done."""
    office = house(tmp_path)
    slow, near = office.call(timedelta(hours=9)), office.call(timedelta(hours=1))
    with office.app.engine.session() as session:
        session.execute("UPDATE enquiries SET state = 'awaiting_signoff'")
        session.execute(
            "INSERT INTO approvals (enquiry_id, number, round, step, approver, decision, draft, asked_at) "
            "SELECT id, 1, 1, 'legal', 'ben', 'asked', 1, :at FROM enquiries",
            at=stamp(office.clock.now),
        )
        session.execute(
            "INSERT INTO promises (enquiry_id, number, what, made_at, due_at, by) "
            "SELECT id, 1, 'secret call', :at, :due, 'ada' FROM enquiries WHERE reference = :ref",
            at=stamp(office.clock.now),
            due=stamp(office.clock.now + timedelta(minutes=30)),
            ref=slow,
        )
    office.tick()
    assert [one["evidence"] for one in office.alerts() if one["kind"] == "sign-off waiting"] == [[near]]
    office.clock.move(minutes=61)
    office.tick()
    owed = {one["kind"]: one for one in office.alerts() if one["evidence"] == [slow]}
    assert (owed["sign-off waiting"]["owner"], owed["promise overdue"]["owner"]) == ("ben", "ada")
    assert "secret" not in owed["promise overdue"]["text"]
    with office.app.engine.session() as session:
        session.execute("UPDATE approvals SET decision = 'approved'")
        session.execute("UPDATE promises SET done_at = :at", at=stamp(office.clock.now))
    office.tick()
    assert not {"sign-off waiting", "promise overdue"} & set(office.kinds(only_open=True))


def test_an_offer_that_runs_out_is_told_to_who_has_it(tmp_path: Path) -> None:
    """The lead is named by its id alone; an answer settles it."""
    office = house(tmp_path)
    with office.app.engine.session() as session:
        session.execute(
            "INSERT INTO handoffs (lead_id, number, at, aim, due_at, stage, terms, escalated) "
            "VALUES ('ruth1', 1, :at, 'ben', :due, 'engaged', 1, 0)",
            at=stamp(office.clock.now - timedelta(hours=20)),
            due=stamp(office.clock.now + timedelta(hours=3)),
        )
    office.tick()
    (one,) = office.alerts()
    assert (one["kind"], one["level"], one["owner"]) == ("lead due", "watch", "ben")
    assert "Ben Okoro acts." in one["text"]
    with office.app.engine.session() as session:
        session.execute("UPDATE handoffs SET answer = 'accepted'")
    office.tick()
    assert office.kinds(only_open=True) == []


def test_a_digest_that_was_not_told_and_one_that_did_not_arrive(tmp_path: Path) -> None:
    """Both are told, and settle when they are with everybody; who did not get it is not told."""
    weekly = '[[reports]]\nname = "weekly"\nevery = "week"\non = "monday"\nat = "07:00"\n'
    office = house(tmp_path, more=weekly)
    office.clock.move(days=7)
    assert office.tick() == (0, 0)  # it has just woken, and would write it now
    office.clock.move(minutes=1)
    office.tick()
    (one,) = office.alerts()
    assert one["kind"] == "digest not delivered"
    assert one["title"].startswith("The weekly report for 2026-W47 was due Mon 23 Nov 07:00")
    with office.app.engine.session() as session:
        session.execute(
            "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, written_at) "
            "VALUES ('weekly', '2026-W47', '', '', 0, 'written', :at, '', :at)",
            at=stamp(office.clock.now),
        )
        session.many(
            "INSERT INTO deliveries (name, period, recipient, state, at) VALUES ('weekly', '2026-W47', ?, ?, ?)",
            [("a@x.example", "sent", stamp(office.clock.now)), ("b@x.example", "over", stamp(office.clock.now)),
             ("c@x.example", "sending", stamp(office.clock.now - timedelta(hours=1)))],
        )  # fmt: skip
    office.tick()
    open_ones = [one["title"] for one in office.alerts(only_open=True)]
    assert sorted(open_ones) == [
        "The weekly report for 2026-W47 did not get to 1 of 3 recipients",
        "The weekly report for 2026-W47 may not have got to 1 of 3 recipients: nobody knows",
    ]
    assert not any("x.example" in one["text"] for one in office.alerts())
    with office.app.engine.session() as session:
        session.execute("UPDATE deliveries SET state = 'sent'")
    office.tick()
    assert office.kinds(only_open=True) == []


def test_a_clock_that_was_ahead_keeps_nothing_back(tmp_path: Path) -> None:
    """A look that was made in the future is not the end of all looking."""
    office = house(tmp_path)
    office.clock.move(days=30)
    office.story("f1", "Harbour Museum in the future", outlet="Harbour Weekly")
    office.tick()
    office.clock.move(days=-30)
    office.call(timedelta(hours=1))
    assert office.tick() == (1, 0)


def test_nothing_heavy_is_read_to_look_for_alerts() -> None:
    """Apprise costs a third of a second and is read by the child that sends, and by nothing else."""
    script = (
        "import sys, commsleads.jobs, commsleads.alerts.raising, commsleads.alerts.leaving, commsleads.cli.alerts\n"
    )
    script += "assert not {'apprise', 'requests', 'smtplib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
