"""Who may see what, what cannot be changed, what happens by the clock, and what comes to its end."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from commsleads.desk import answering, ending, signing, work
from commsleads.desk.looking import as_of, changes, dossier, listed, search_answers, show
from commsleads.desk.upkeep import erase, lapse, stale_now
from commsleads.letters import Deadline
from commsleads.rules.desk.clocks import running
from commsleads.rules.desk.errors import DeskError
from commsleads.store.desk import cases
from commsleads.store.desk.people import Person, identify
from tests.desk.press import RUTH, Press
from tests.desk.test_verbs import SENT, answered


def test_a_restricted_record_is_for_few(press: Press) -> None:
    """Its owner and leads see it, and each look is written down; others learn that it is there and when it is due."""
    ref = press.call(privacy="restricted", owner="cem", deadline=Deadline(press.now + timedelta(hours=1), "soon"))
    for who in ("cem", "ada"):
        assert show(press.desk(who), ref)["subject"] == "Jobs in Leeds"
    with pytest.raises(DeskError, match="may not see it"):
        show(press.desk("ben"), ref)
    for refused in (
        changes,
        lambda desk, one: as_of(desk, one, press.now),
        work.acknowledge,
    ):
        with pytest.raises(DeskError, match="may not see it"):
            refused(press.desk("ben"), ref)
    (hidden,) = listed(press.desk("ben"))
    assert (hidden["reference"], hidden["subject"], hidden["deadline_at"]) == (
        ref,
        "restricted",
        "2026-11-16T10:30:00Z",
    )
    assert "journalists" not in hidden
    assert "outlet" not in hidden
    listed(press.desk("cem"))
    assert [(one["who"], one["what"]) for one in press.history(ref)] == [
        ("ada", "logged"), ("cem", "looked at"), ("ada", "looked at"), ("cem", "looked at"),
    ]  # fmt: skip


def test_answers_of_restricted_records_stay_with_them(press: Press) -> None:
    """Search and dossier leave them out for others, and note the look of who may."""
    ref = answered(press)
    work.set_fields(press.desk("ada"), ref, {"privacy": "restricted"})
    before = len(press.history(ref))
    assert search_answers(press.desk("dot"), "posts") == []
    assert dossier(press.desk("dot"), "Ruth Calder") == []
    assert len(press.history(ref)) == before
    assert len(search_answers(press.desk("ada"), "posts")) == 1
    assert press.history(ref)[-1]["what"] == "looked at"


def test_a_team_record_is_the_teams(press: Press) -> None:
    """Another team sees that it is there; an open one is everybody's."""
    ref = press.call()
    assert listed(press.desk("dot"))[0]["subject"] == "restricted"
    work.set_fields(press.desk(), ref, {"privacy": "open"})
    assert listed(press.desk("dot"))[0]["subject"] == "Jobs in Leeds"
    assert all(one["what"] != "looked at" for one in press.history(ref))


@pytest.mark.parametrize("table", ["history", "moves", "labels"])
@pytest.mark.parametrize("how", ["UPDATE {} SET at = ''", "DELETE FROM {}"])
def test_what_happened_cannot_be_changed(press: Press, table: str, how: str) -> None:
    """The database itself refuses, whoever asks."""
    press.call()
    press.session.execute(
        "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) VALUES ('b', 'm', 60, '', 60)"
    )
    press.session.execute(
        "INSERT INTO letters (id, source_id, message_id, sender_name, sender, subject, text, sent_at, received_at, "
        "arrival, rest) VALUES ('l1', 'b', 'm', '', '', '', '', '', '', 1, '{}')"
    )
    press.session.execute("INSERT INTO labels VALUES ('l1', 1, 'now', 'ada', 'other', 'enquiry', 500, '')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        press.session.execute(how.format(table))


def test_a_deadline_that_passes_is_marked_once(press: Press) -> None:
    """At the deadline there is still time; after it the mark is set, the enquiry stays open, and it needs a reason."""
    ref = press.call(deadline=Deadline(press.now + timedelta(hours=1), "in an hour"))
    press.call()
    press.move(hours=1)
    assert lapse(press.desk("commsleads")) == 0
    press.move(seconds=1)
    assert [lapse(press.desk("commsleads")) for _ in range(3)] == [1, 0, 0]
    assert (press.row(ref)["lapsed_at"], press.row(ref)["state"]) == ("2026-11-16T10:30:00Z", "new")
    assert [(one["who"], one["what"]) for one in press.history(ref)][-1] == ("commsleads", "lapsed")
    with pytest.raises(DeskError, match="deadline passed without an answer"):
        ending.close(press.desk(), ref)
    ending.close(press.desk(), ref, reason="nobody was there")


def test_an_old_answer_is_suggested_for_closing(press: Press) -> None:
    """Thirty days without coverage: a person may say "unknown"; nothing closes itself."""
    ref = answered(press)
    press.move(days=29)
    assert stale_now(press.desk()) == []
    press.move(days=1)
    assert [case.reference for case in stale_now(press.desk())] == [ref]
    assert press.row(ref)["state"] == "responded"


def test_people_come_to_their_end_and_events_stay(press: Press) -> None:
    """Two years after the end names, numbers and notes are gone, from the history too; figures do not change."""
    ref = answered(press)
    work.set_fields(press.desk(), ref, {"background": "Ruth is on maternity cover", "stance": "neutral"})
    ending.close(press.desk(), ref, outcome="unknown")
    (before,) = cases.cases(press.session)
    press.move(days=729)
    assert erase(press.desk("commsleads")) == (0, 0)
    press.move(days=2)
    assert erase(press.desk("commsleads")) == (1, 1)
    assert erase(press.desk("commsleads")) == (0, 0)
    (after,) = cases.cases(press.session)
    assert after == before
    told = show(press.desk(), ref)
    assert (told["journalists"][0]["name"], told["journalists"][0]["email"], told["background"]) == ("erased", "", "")
    assert told["answers"][0]["text"] == "About 150 posts will go."
    everything = str(press.session.query("SELECT * FROM history"))
    assert "Ruth" not in everything
    assert "maternity" not in everything
    assert press.history(ref)[0]["who"] == "ada"
    with pytest.raises(DeskError, match="has been erased"):
        as_of(press.desk(), ref, press.now)


def test_who_comes_back_is_kept(press: Press) -> None:
    """A journalist with an open enquiry, or a younger one, is not erased with the old one."""
    old = press.call()
    ending.withdraw(press.desk(), old)
    press.move(days=700)
    press.call()
    press.move(days=40)
    assert erase(press.desk("commsleads")) == (0, 1)
    assert press.session.tuples("SELECT name FROM contacts") == [("Ruth Calder",)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Person(name="Somebody Else", email="RUTH@ncp.example"), True),
        (Person(name="Calder, Ruth", outlet="North County Post"), True),
        (Person(name="RUTH CALDÉR", outlet="north county post"), True),
        (Person(name="Ruth Calder"), False),
        (Person(name="Ruth Calder", outlet="Evening Star"), False),
        (Person(phone="0044 20 7946 0000", outlet="North County Post"), True),
        (Person(name="R. Calder", phone="+442079460000", outlet="North County Post"), True),
        (Person(name="Lee Park", phone="+442079460000", outlet="North County Post"), False),
        (Person(phone="+44 20 7946 0000", outlet="Evening Star"), False),
        (Person(name="Ruth Calder", email="ruth@star.example", outlet="Evening Star"), False),
    ],
)
def test_who_is_the_same(press: Press, other: Person, same: bool) -> None:
    """An address is a person; a number or a name is one only at the same outlet; a switchboard is nobody."""
    until = press.now + timedelta(days=730)
    first = identify(press.session, RUTH, at=press.now, origin="test", erase_after=until)
    assert (identify(press.session, other, at=press.now, origin="test", erase_after=until) == first) is same


def test_nobody_is_no_contact(press: Press) -> None:
    """An outlet alone is not a person."""
    assert identify(
        press.session, Person(outlet="North County Post"), at=press.now, origin="test", erase_after=press.now
    ) == ""  # fmt: skip


def test_cases_are_the_record(press: Press) -> None:
    """What rules and figures see is what was written, in a few queries, bounded by a period when asked."""
    ref = answered(press)
    answering.promise(press.desk(), ref, "call", press.now)
    answering.interview(press.desk(), ref, "Dr Vale", chief=True)
    work.set_fields(press.desk(), ref, {}, ties={"issue": ["jobs"], "campaign": ["new-wing"]})
    (case,) = cases.cases(press.session)
    assert (case.author, case.owner, case.tier, case.issues, case.campaign) == ("ben", "ben", 3, ("jobs",), "new-wing")
    assert [one.decision for one in case.approvals] == ["approved", "approved"]
    assert (case.interviews[0].chief, case.promises[0].what, len(case.journalists)) == (True, "call", 1)
    assert case.moves == ()
    assert [move.to for move in cases.open_cases(press.session)[0].moves][:2] == ["new", "assigned"]
    assert cases.cases(press.session, until=press.now - timedelta(days=1)) == []
    ending.close(press.desk(), ref, outcome="unknown")
    assert cases.cases(press.session, since=press.now + timedelta(days=1)) == []
    assert cases.open_cases(press.session) == []


def test_moves_are_told_of_those_that_were_on_hold(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only they have waits to take off; read by id or as whole tables, it is the same."""
    press.call()
    ref = press.call()
    work.acknowledge(press.desk(), ref)
    work.hold(press.desk(), ref, "journalist")
    press.move(hours=1)
    work.release(press.desk(), ref)
    found = cases.cases(press.session)
    whole = cases.open_cases(press.session)
    assert [bool(case.moves) for case in found] == [case.reference == ref for case in found]
    calendar = press.desk().calendar(press.now)
    start = press.now - timedelta(hours=1)
    assert [running(calendar, case.moves, start, press.now) for case in found] == [
        running(calendar, case.moves, start, press.now) for case in whole
    ]
    monkeypatch.setattr(cases, "FEW", 0)
    assert cases.cases(press.session) == found


def test_an_author_in_a_one_person_office(press: Press) -> None:
    """Where no officers are declared whoever works may waive, and sign nothing of their own."""
    from dataclasses import replace

    press.settings = replace(press.settings, desk=replace(press.settings.desk, officers=(), on_call=()))
    ref = press.call("zoe")
    answering.draft(press.desk("zoe"), ref, "Yes.")
    with pytest.raises(DeskError, match="nobody signs what they wrote"):
        signing.ask_signoff(press.desk("zoe"), ref, "zoe")
    signing.waive_signoff(press.desk("zoe"), ref, "I am alone here")
    answering.respond(press.desk("zoe"), ref, SENT)
