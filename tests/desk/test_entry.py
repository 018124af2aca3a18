"""How enquiries enter the log: calls, mails, one line that a person types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commsleads.desk import Call, log, log_letter
from commsleads.desk.hearing import asked, caller, line
from commsleads.desk.looking import show
from commsleads.letters import Deadline, Letter, LetterClass, Party, Reading
from commsleads.plan import Outlet
from commsleads.rules.desk.errors import DeskError
from commsleads.store.desk.people import Person
from tests.desk.press import RUTH, Press

THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


def test_a_call_becomes_a_record(press: Press) -> None:
    """All five fields, the outlet's tier as it is now, and who took it."""
    ref = press.call(deadline=Deadline(THURSDAY, "by COB Thursday", THURSDAY.date()), deadline_text="by COB Thursday")
    told = show(press.desk(), ref)
    assert ref == "2026-0001"
    assert told["journalists"][0] | {"id": ""} == {
        "id": "", "name": "Ruth Calder", "role": "", "preferred": "", "email": "ruth@ncp.example",
        "phone": "+44 20 7946 0000", "outlet": "North County Post",
    }  # fmt: skip
    assert (told["outlet"], told["tier"], told["region"]) == ("North County Post", 3, "North")
    assert (told["deadline_at"], told["deadline_text"], told["deadline_kind"]) == (
        "2026-11-19T17:00:00Z", "by COB Thursday", "hard",
    )  # fmt: skip
    assert (told["status"], told["received_by"], told["channel_in"], told["out_of_hours"]) == (
        "new", "ada", "phone", False,
    )  # fmt: skip
    assert [one["text"] for one in told["questions"]] == ["How many jobs?"]
    assert [(one["who"], one["what"]) for one in press.history(ref)] == [("ada", "logged")]


def test_references_count_up_within_the_year_of_receipt(press: Press) -> None:
    """Each year has its own numbers, by the organisation's calendar."""
    assert [press.call(), press.call()] == ["2026-0001", "2026-0002"]
    assert press.call(received_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC)) == "2025-0001"
    assert press.call() == "2026-0003"


def test_the_same_key_logs_once(press: Press) -> None:
    """A script that is run twice makes one enquiry, and the second time changes nothing."""
    assert press.call(key="call-17") == press.call(key="call-17", subject="Something else")
    assert press.row("2026-0001")["subject"] == "Jobs in Leeds"
    assert len(press.history("2026-0001")) == 1


def test_words_of_a_deadline_that_nobody_can_read_are_kept(press: Press) -> None:
    """Not read is not the same as none stated."""
    assert press.row(press.call(deadline_text="when the cows come home"))["deadline_kind"] == "not read"
    assert press.row(press.call())["deadline_kind"] == "none stated"
    soft = press.call(deadline=Deadline(THURSDAY, "Thursday or so"), soft=True)
    assert (press.row(soft)["deadline_kind"], press.row(soft)["deadline_text"]) == ("soft", "Thursday or so")


@pytest.mark.parametrize(
    ("at", "outside", "on_call"),
    [
        (datetime(2026, 11, 16, 9, tzinfo=UTC), 0, ""),
        (datetime(2026, 11, 16, 17, tzinfo=UTC), 1, ""),
        (datetime(2026, 11, 21, 11, tzinfo=UTC), 1, "ben"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), 1, "ben"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), 1, ""),
    ],
)
def test_out_of_hours_is_by_the_calendar(press: Press, at: datetime, outside: int, on_call: str) -> None:
    """Closing time is out of hours, a weekend is, and who was on call is noted."""
    press.now = max(press.now, at)
    row = press.row(press.call(received_at=at))
    assert (row["out_of_hours"], row["on_call"]) == (outside, on_call)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"channel": "pigeon"}, "no channel"),
        ({"stance": "angry"}, "no stance"),
        ({"level": "red"}, "no level"),
        ({"privacy": "secret"}, "no privacy"),
        ({"request_type": "gossip"}, "no request type"),
        ({"direction": "sideways"}, "no direction"),
        ({"subject": "  "}, "needs a subject"),
        ({"owner": "zoe"}, "No officer is called"),
    ],
)
def test_words_outside_the_vocabulary_are_refused(press: Press, given: dict[str, Any], word: str) -> None:
    """Each refusal names the words there are, and nothing is logged."""
    with pytest.raises(DeskError, match=word):
        press.call(**given)
    assert press.session.tuples("SELECT count(*) FROM enquiries") == [(0,)]
    assert press.session.tuples("SELECT count(*) FROM history") == [(0,)]


READING = Reading(
    kind=LetterClass.ENQUIRY, permille=950, reasons=("asks a question",), own="How many jobs go?",
    journalist="Ruth Calder", email="Ruth@ncp.example", outlet="ncp.example", topic="Jobs in Leeds",
    request_type="data", questions=("How many jobs go?",), urgent=True, language="en",
    deadline=Deadline(THURSDAY, "by COB Thursday", THURSDAY.date()),
)  # fmt: skip


def test_a_mail_makes_one_enquiry(press: Press) -> None:
    """However often it is read; its outlet is the register's, its stance nobody's guess."""
    desk = press.desk("commsleads")
    press.session.execute(
        "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) VALUES ('box', 'm', 60, '', 60)"
    )
    press.session.execute(
        "INSERT INTO letters (id, source_id, message_id, sender_name, sender, subject, text, sent_at, received_at, "
        "arrival, rest) VALUES ('l1', 'box', 'm', '', '', '', '', '', '', 1, '{}')"
    )
    letter = Letter(subject="Leeds", sender=Party("Ruth Calder", "ruth@ncp.example"))
    found = {log_letter(desk, "l1", READING, letter, received_at=press.now) for _ in range(3)}
    (told,) = (show(desk, ref) for ref in found)
    assert (told["outlet"], told["tier"], told["stance"], told["urgent"]) == ("North County Post", 3, "unknown", True)
    assert (told["channel_in"], told["received_by"], told["letter_id"]) == ("email", "", "l1")
    assert [one["number"] for one in told["letters"]] == ["l1"]
    assert (told["deadline_at"], told["language"]) == ("2026-11-19T17:00:00Z", "en")
    press.call()
    assert press.session.tuples("SELECT count(*) FROM contacts") == [(1,)]


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Ruth Calder, North County Post, +44 20 7946 0000", Person(name="Ruth Calder", outlet="North County Post",
                                                                    phone="+44 20 7946 0000")),
        ("Ruth Calder, the North County Post", Person(name="Ruth Calder", outlet="North County Post")),
        ("Ruth Calder (North County Post)", Person(name="Ruth Calder", outlet="North County Post")),
        ("Ruth Calder <ruth@ncp.example>", Person(name="Ruth Calder", email="ruth@ncp.example")),
        ("Ruth Calder from the North County Post", Person(name="Ruth Calder", outlet="North County Post")),
        ("Ruth Calder", Person(name="Ruth Calder")),
        ("north county post", Person(outlet="north county post")),
        ("020 7946 0000", Person(phone="020 7946 0000")),
        ("Ruth Calder, Post, 020 7946 0000, health editor", Person(name="Ruth Calder", outlet="Post",
                                                                   phone="020 7946 0000", role="health editor")),
        ("", Person()),
        (" ,;, ", Person()),
    ],
)  # fmt: skip
def test_who_calls(words: str, person: Person) -> None:
    """Name, outlet, number and address are told apart; what is missing stays empty."""
    assert caller(words, (Outlet(name="North County Post"),)) == person


@pytest.mark.parametrize(
    ("words", "who", "subject", "by_when"),
    [
        ("Ruth Calder, North County Post: how many jobs go in Leeds? by COB Thursday", "Ruth Calder",
         "how many jobs go in Leeds?", "by COB Thursday"),
        ("Ruth Calder, North County Post: how many jobs go in Leeds?", "Ruth Calder", "how many jobs go in Leeds?", ""),
        ("how many jobs go in Leeds?", "", "how many jobs go in Leeds?", ""),
        ("was the site closed by the council?", "", "was the site closed by the council?",
         ""),
        ("Ruth Calder: interview with the director, deadline 5pm tomorrow", "Ruth Calder",
         "interview with the director", "deadline 5pm tomorrow"),
    ],
)  # fmt: skip
def test_one_line_is_understood(press: Press, words: str, who: str, subject: str, by_when: str) -> None:
    """Who, what and by when out of one line; a "by" that is no time stays where it is."""
    heard = line(press.desk(), words, received=press.now, zone=ZoneInfo("Europe/London"))
    assert (heard.person.name, heard.subject, heard.deadline_text) == (who, subject, by_when)
    assert bool(heard.deadline) == bool(by_when)


def test_each_question_is_one() -> None:
    """A line with two questions holds two."""
    assert asked("How many go? And when? Thanks.") == ("How many go?", "And when?")


def test_a_long_line_takes_no_long_time(press: Press) -> None:
    """A megabyte that somebody pasted is cut, and ends."""
    for words in ("by " * 350_000, "a, " * 350_000, "?" * 1_000_000, "x: " * 350_000):
        heard = line(press.desk(), words, received=press.now, zone=ZoneInfo("Europe/London"))
        assert len(heard.subject) <= 2_000


def test_many_journalists_on_one_enquiry(press: Press) -> None:
    """Several may ask the same; the same one twice is one."""
    other = Person(name="Lee Park", email="lee@ncp.example", outlet="North County Post")
    told = show(press.desk(), press.call(journalists=(RUTH, other, RUTH)))
    assert [one["name"] for one in told["journalists"]] == ["Ruth Calder", "Lee Park"]


def test_a_returning_journalist_makes_a_new_enquiry_on_the_same_contact(press: Press) -> None:
    """Another outlet by then is another row of theirs, and the person stays the same."""
    press.call()
    press.move(days=40)
    moved = Person(name="Ruth Calder", email="ruth@ncp.example", outlet="Evening Star")
    log(press.desk(), Call(subject="Another", journalists=(moved,)))
    assert press.session.tuples("SELECT count(*) FROM contacts") == [(1,)]
    assert press.session.tuples("SELECT outlet FROM contact_outlets ORDER BY outlet") == [
        ("Evening Star",), ("North County Post",),
    ]  # fmt: skip
